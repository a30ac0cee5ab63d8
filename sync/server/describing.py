"""Says of every route what it asks, gives and refuses, as OpenAPI, made from the types that are read and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

import msgspec
from fastapi import FastAPI
from fastapi.params import Depends
from fastapi.routing import iter_route_contexts
from sqlalchemy import ColumnDefault, Table, Text

from app.store.rows import REVISION
from app.store.rows.base import SyncedRow, table_of
from sync.protocol import transfer
from sync.protocol.buckets import COUNT
from sync.protocol.devices import CodeAsked, CodeMade, Deposit, Known, Person, Recover, Recovered, Rescue, WipeNews
from sync.protocol.enrolment import PROOF_HEADER, Enrol, Enrolled, Refused
from sync.protocol.frames import Ask, End, Frame, Verify
from sync.protocol.handshake import PROTOCOL, Cursor, Hello, Welcome
from sync.protocol.loads import Found, LoadAsked, LoadMade
from sync.protocol.renewal import Renew, Renewed
from sync.server.exchange.soundness import LONGEST_TEXT
from sync.server.grants.asking import asking_of, caller_of
from sync.server.unavailable import AWAY, BUSY, FULL
from sync.server.web import LINES, STATUS

OPENAPI = "/centre/v1/openapi.json"
JSON, OCTETS = "application/json", "application/octet-stream"

_PROOF = ("TOKEN_UNKNOWN", "PROOF_UNSOUND", "PROOF_OUT_OF_TIME", "PROOF_HEARD_BEFORE", "WIPE_ORDERED")
_ALWAYS = ("BODY_TOO_LARGE", "MESSAGE_UNSOUND", BUSY, AWAY, FULL)
_UNAVAILABLE = {BUSY: 503, AWAY: 503, FULL: 507}
_LINES = frozenset({"lines"})
_BYTES = frozenset({"bytes"})
Content = type | frozenset[str] | None
"""A type written as one JSON document, lines, bytes, or nothing."""


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows of the caller's scopes are there, by table, and how many changesets its device brought."""

    rows: dict[str, int]
    changesets: int


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """That the centre listens."""

    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of one route beside its parameters and its first words, which stand in its own docstring."""

    tag: str
    asks: Content = None
    gives: Content = None
    many: bool = False
    status: int = 200
    more: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()


_TUS = "Tus-Resumable"
_UPLOAD = ("UPLOAD_UNKNOWN", "TUS_VERSION")
ROUTES: Mapping[tuple[str, str], Told] = {
    ("POST", "/sync/v1/hello"): Told(tag="sync", asks=Hello, gives=Welcome),
    ("GET", "/sync/v1/snapshot"): Told(tag="sync", gives=_LINES, codes=("OUT_OF_SCOPE", "RESUME_UNKNOWN")),
    ("POST", "/sync/v1/exchange"): Told(
        tag="sync", asks=_LINES, gives=_LINES, codes=("OTHER_PROTOCOL", "TOO_MANY_CHANGESETS")
    ),
    ("GET", "/sync/v1/results"): Told(tag="sync", gives=_LINES),
    ("POST", "/sync/v1/repair"): Told(tag="sync", asks=_LINES, gives=_LINES, codes=("OTHER_PROTOCOL", "OUT_OF_SCOPE")),
    ("POST", "/sync/v1/pull"): Told(tag="sync", asks=_LINES, gives=_LINES, codes=("OTHER_PROTOCOL",)),
    ("POST", "/sync/v1/loads"): Told(
        tag="sync", asks=LoadAsked, gives=LoadMade, codes=("OUT_OF_SCOPE", "LOAD_OVER", "TOO_MANY_LOADS")
    ),
    ("DELETE", "/sync/v1/loads/{account_id}"): Told(tag="sync", status=204),
    ("OPTIONS", "/sync/v1/blobs"): Told(
        tag="files",
        status=204,
        headers=("Tus-Version", "Tus-Extension", "Tus-Max-Size", "Tus-Checksum-Algorithm", _TUS),
    ),
    ("POST", "/sync/v1/blobs"): Told(
        tag="files",
        status=201,
        codes=("TUS_VERSION", "UPLOAD_UNSOUND", "BLOB_UNKNOWN", "BLOB_TOO_LARGE"),
        headers=("Location", "Upload-Offset", "Upload-Expires", _TUS),
    ),
    ("HEAD", "/sync/v1/blobs/uploads/{upload}"): Told(
        tag="files",
        codes=_UPLOAD,
        headers=("Upload-Offset", "Upload-Length", "Upload-Metadata", "Upload-Expires", "Cache-Control", _TUS),
    ),
    ("PATCH", "/sync/v1/blobs/uploads/{upload}"): Told(
        tag="files",
        asks=_BYTES,
        status=204,
        codes=(
            *_UPLOAD,
            "UPLOAD_UNSOUND",
            "UPLOAD_ELSEWHERE",
            "PIECE_UNTYPED",
            "PIECE_DAMAGED",
            "BLOB_TOO_LARGE",
            "BLOB_DAMAGED",
        ),
        headers=("Upload-Offset", "Upload-Expires", _TUS),
    ),
    ("DELETE", "/sync/v1/blobs/uploads/{upload}"): Told(tag="files", status=204, codes=_UPLOAD, headers=(_TUS,)),
    ("HEAD", "/sync/v1/blobs/{sha256}"): Told(
        tag="files", codes=("BLOB_UNKNOWN",), headers=("Content-Length", "ETag", "Accept-Ranges", "Repr-Digest")
    ),
    ("GET", "/sync/v1/blobs/{sha256}"): Told(
        tag="files",
        gives=_BYTES,
        more=(206, 416),
        codes=("BLOB_UNKNOWN",),
        headers=("Content-Length", "ETag", "Accept-Ranges", "Content-Range"),
    ),
    ("POST", "/centre/v1/enrol"): Told(
        tag="entering",
        asks=Enrol,
        gives=Enrolled,
        status=201,
        codes=("ENROLMENT_REFUSED", "DEVICE_KEY_UNSOUND", "CERTIFICATE_REQUEST_UNSOUND", "CENTRE_SECRET_MISSING"),
    ),
    ("POST", "/centre/v1/device/renew"): Told(
        tag="entering", asks=Renew, gives=Renewed, status=201, codes=("RENEWAL_REFUSED", "DEVICE_KEY_UNSOUND")
    ),
    ("POST", "/centre/v1/recover"): Told(
        tag="entering",
        asks=Recover,
        gives=Recovered,
        codes=("ENROLMENT_REFUSED", "DEVICE_KEY_UNSOUND", "NOT_ENTRUSTED", "ORGANISATION_KEY_WRONG"),
    ),
    ("PUT", "/centre/v1/deposit"): Told(tag="entering", asks=Deposit, status=204, codes=("DEPOSIT_UNSOUND",)),
    ("GET", "/centre/v1/devices"): Told(tag="devices", gives=Known, many=True),
    ("POST", "/centre/v1/devices/{device}/revoke"): Told(tag="devices", status=204, codes=("DEVICE_UNKNOWN",)),
    ("POST", "/centre/v1/devices/{device}/wipe"): Told(tag="devices", status=204, codes=("DEVICE_UNKNOWN",)),
    ("POST", "/centre/v1/devices/{device}/wipe/cancel"): Told(
        tag="devices", status=204, codes=("DEVICE_UNKNOWN", "WIPE_UNDER_WAY")
    ),
    ("POST", "/centre/v1/devices/{device}/recovery"): Told(
        tag="devices", gives=CodeMade, status=201, codes=("DEVICE_UNKNOWN", "NOT_ENTRUSTED")
    ),
    ("POST", "/centre/v1/codes"): Told(
        tag="devices", asks=CodeAsked, gives=CodeMade, status=201, codes=("USER_UNKNOWN",)
    ),
    ("GET", "/centre/v1/users"): Told(tag="devices", gives=Person, many=True),
    ("POST", "/centre/v1/wiped"): Told(tag="devices", asks=WipeNews, status=204, codes=("DEVICE_UNKNOWN",)),
    ("PUT", "/centre/v1/rescue"): Told(tag="devices", asks=Rescue, status=204, codes=("DEVICE_UNKNOWN",)),
    ("GET", "/centre/v1/accounts"): Told(
        tag="accounts", gives=Found, many=True, codes=("SEARCH_TOO_SHORT", "TOO_MANY_SEARCHES")
    ),
    ("GET", "/centre/v1/arrived"): Told(tag="support", gives=Arrived),
    ("GET", "/centre/v1/health"): Told(tag="support", gives=Health),
}
"""Every route. One that is not among them has no policy: the description of the centre cannot be made."""

PUBLIC = frozenset(
    {
        ("POST", "/centre/v1/enrol"),
        ("POST", "/centre/v1/recover"),
        ("POST", "/centre/v1/wiped"),
        ("PUT", "/centre/v1/rescue"),
        ("GET", "/centre/v1/health"),
    }
)
"""The routes that ask for no proof of a device: its keys are not made yet, or no more, or nothing is told."""

_TAGS = {
    "sync": f"What devices and centre say to each other; protocol {PROTOCOL}, as `sync/README.md` has it.",
    "files": f"Kept documents by their SHA-256: up by tus {transfer.TUS} in pieces, down whole or in ranges.",
    "entering": "How a device is let in, gets an identity of its own, or its store's key back.",
    "devices": "Which devices and people there are; shutting out and wiping.",
    "accounts": "Finding accounts of the team.",
    "support": "Whether the centre listens, and what arrived.",
}
_EXAMPLES: tuple[msgspec.Struct, ...] = (
    Hello(protocol=PROTOCOL, revision="1", epoch="e", cursors=(Cursor(scope="catalogue", seq=12, tag="0a" * 8),)),
    Ask(protocol=PROTOCOL, revision="1", epoch="e", cursors=(), first=1),
    Verify(protocol=PROTOCOL, revision="1", epoch="e", scope="catalogue", buckets=("",) * COUNT),
    End(frames=1, rows=0, check="0" * 32),
    LoadAsked(account_id="0" * 32, until=1_800_000_000_000_000),
    CodeMade(code="ABCD-EFGH", expires_at=1_800_000_000_000_000),
    Refused(code="OUT_OF_SCOPE", at=1_800_000_000_000_000, parameters={"table": "rep:1"}),
)


class Described(FastAPI):
    """The application, with its description."""

    def openapi(self) -> dict[str, Any]:  # a JSON document has no other type
        """Give the description; made once. Raises KeyError for a route of which nothing is said."""
        if self.openapi_schema is None:
            self.openapi_schema = _described(self, super().openapi())
        return self.openapi_schema


def _described(centre: FastAPI, document: dict[str, Any]) -> dict[str, Any]:
    types = {content for told in ROUTES.values() for content in (told.asks, told.gives) if isinstance(content, type)}
    schemas = msgspec.json.schema_components(
        [*sorted(types, key=lambda found: found.__name__), Refused, Frame],
        ref_template="#/components/schemas/{name}",
    )
    components: dict[str, Any] = schemas[1]
    components["Frame"] = schemas[0][-1] | {"description": "One line; `f` says which. The last one is `End`."}
    components |= {f"row.{name}": row for name, row in _rows()}
    for example in _EXAMPLES:
        components[type(example).__name__]["examples"] = [msgspec.to_builtins(example)]
    for method, path, endpoint in endpoints(centre):
        operation = document["paths"][path][method.lower()]
        _tell(operation, ROUTES[method, path], method, is_proven=asks_for_proof(endpoint))
        first, _, rest = (endpoint.__doc__ or "").strip().partition("\n")
        operation["summary"] = first.rstrip(".")
        operation["description"] = rest.strip() or first
    document["components"] = {"schemas": components, "securitySchemes": _SCHEMES}
    document["tags"] = [{"name": name, "description": words} for name, words in _TAGS.items()]
    return document


def _rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the name of each synced table with what its rows hold, and what that means."""
    for mapper in SyncedRow.registry.mappers:
        table = table_of(mapper.class_)
        yield table.name, _row(table, (mapper.class_.__doc__ or "").strip())


def _row(table: Table, meaning: str) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for column in table.columns:
        kind: dict[str, Any] = {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1}
        if isinstance(column.type, Text):
            kind = {"type": "string", "maxLength": LONGEST_TEXT}
        if column.nullable:
            kind["type"] = [kind["type"], "null"]
        if isinstance(column.default, ColumnDefault):
            kind["default"] = column.default.arg
        for key in column.foreign_keys:
            kind["description"] = f"A part of the `{key.column.table.name}` of this id."
        properties[column.name] = kind
    properties["id"] = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
    properties["ver"] = {"type": "integer", "minimum": 0, "description": "The centre's; no changeset tells it."}
    return {
        "type": "object",
        "description": f"{meaning}\n\nAs of revision {REVISION}; {_VALUES}.",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


_VALUES = "days ISO text, instants microseconds UTC, amounts cents, rates basis points, flags 1 and 0, lists JSON text"
_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "The token that the device was enrolled with."},
    "proof": {
        "type": "apiKey",
        "in": "header",
        "name": PROOF_HEADER,
        "description": (
            "`at.nonce.signature`: microseconds UTC, 32 hex digits heard once, ECDSA-SHA256 with the device's P-256 "
            "key (DER, hex) over the lines tournee-proof-1, method, path with query, SHA-256 of the body as sent, at, "
            "nonce."
        ),
    },
}


def endpoints(centre: FastAPI) -> Iterator[tuple[str, str, Any]]:
    """Give method, path and function of every route that the description tells of."""
    for context in iter_route_contexts(centre.routes):
        if context.path and context.path != OPENAPI:
            for method in sorted(context.methods or ()):
                yield method, context.path, context.endpoint


def asks_for_proof(endpoint: Any) -> bool:  # noqa: ANN401 - whatever a framework may be given
    """Say whether a route is answered to a proven device alone."""
    hints = get_type_hints(endpoint, include_extras=True).values()
    asked: Iterable[object] = (part for hint in hints for part in get_args(hint))
    return any(isinstance(part, Depends) and part.dependency in (asking_of, caller_of) for part in asked)


def _tell(operation: dict[str, Any], told: Told, method: str, *, is_proven: bool) -> None:
    operation["tags"] = [told.tag]
    operation["security"] = [{"token": [], "proof": []}] if is_proven else []
    if told.asks is not None:
        operation["requestBody"] = {"required": True, "content": _content(told.asks, many=False)}
        if told.asks is _BYTES:
            operation["requestBody"]["content"] = {transfer.OCTETS: {"schema": {"type": "string", "format": "binary"}}}
    responses: dict[str, Any] = {str(told.status): _answer(told, "As asked.")}
    for status in told.more:
        responses[str(status)] = _answer(told, "A part of it." if status == 206 else "No such part.")
    codes: dict[int, list[str]] = {}
    for code in (*(_PROOF if is_proven else ()), *_ALWAYS, *told.codes):
        codes.setdefault(_UNAVAILABLE.get(code, STATUS.get(code, 400)), []).append(code)
    for status, refused in sorted(codes.items()):
        answer: dict[str, Any] = {"description": ", ".join(refused)}
        if method != "HEAD":
            answer["content"] = _content(Refused, many=False)
        responses[str(status)] = answer
    operation["responses"] = responses


def _answer(told: Told, words: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": words}
    if told.gives is not None:
        answer["content"] = _content(told.gives, many=told.many)
    if told.headers:
        answer["headers"] = {name: {"schema": {"type": "string"}} for name in told.headers}
    return answer


def _content(content: type | frozenset[str], *, many: bool) -> dict[str, Any]:
    if content is _LINES:
        words = "One JSON document a line, each a `Frame`; zstd where `Content-Encoding` says so."
        line = {"$ref": "#/components/schemas/Frame"}
        return {LINES: {"schema": {"type": "string", "description": words, "x-line": line}}}
    if content is _BYTES or not isinstance(content, type):
        return {OCTETS: {"schema": {"type": "string", "format": "binary"}}}
    one = {"$ref": f"#/components/schemas/{content.__name__}"}
    return {JSON: {"schema": {"type": "array", "items": one} if many else one}}
