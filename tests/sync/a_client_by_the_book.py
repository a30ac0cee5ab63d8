"""A small client of another hand, written from sync/README.md and the centre's OpenAPI document alone."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import msgspec
import requests
import zstandard
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.sync.lines_by_the_book import LINE, REPLY, REVISION, Changeset, Entry, Key, Line, Result, Row, Value

PIECE = 256_000
OCTETS = "application/offset+octet-stream"
TUS = {"Tus_Resumable": "1.0.0"}


class Refused(Exception):
    """A whole request was refused: its status and code."""


class Damaged(Exception):
    """A message came cut or changed; what came up to its last sound mark is kept."""


@dataclass
class Scope:
    """What is held of a scope: the rows in it, the cursor, and how far a first reading came."""

    keys: set[Key] = field(default_factory=set)
    cursor: Row | None = None
    resume: str = ""
    named: set[Key] = field(default_factory=set)
    is_sound: bool = True


def _b64(said: bytes) -> str:
    return base64.b64encode(said).decode()


def _id() -> str:
    """Give a UUIDv7 in hex."""
    random = secrets.randbits(74)
    return f"{time.time_ns() // 1_000_000:012x}7{random >> 62:03x}{(random & (1 << 62) - 1) | 1 << 63:016x}"


def _bucket(key: Key) -> int:
    return hashlib.blake2b("/".join(key).encode(), digest_size=1).digest()[0]


def _cursor(mark: Line) -> Row:
    return {"scope": mark.scope, "seq": mark.seq, "tag": mark.tag}


def _public(key: ec.EllipticCurvePrivateKey) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def _certificate_request(key: ec.EllipticCurvePrivateKey) -> str:
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, hashes.SHA256())
    return request.public_bytes(serialization.Encoding.PEM).decode()


class ClientByTheBook:
    """A device whose store is plain dicts: rows as the centre told them, and the changesets that it made itself."""

    def __init__(self, url: str, login: str, password: str, code: str) -> None:
        self.url, self.session, self.skew, self.epoch = url, requests.Session(), 0, ""
        self.key, sealing_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        self.rows: dict[Key, Row] = {}
        self.columns: dict[str, list[str]] = {}
        self.scopes: dict[str, Scope] = {}
        self.made: list[Changeset] = []
        self.answered = 0
        self.is_wanted = self.is_copy = False
        self.results: dict[str, Result] = {}
        said = {"login": login, "password": password, "code": code, "name": "by the book"}
        said |= {"public_key": _public(self.key), "certificate_request": _certificate_request(sealing_key)}
        answer = self.session.post(f"{url}/centre/v1/enrol", data=msgspec.json.encode(said), timeout=30)
        self.me = REPLY.decode(answer.content)
        if self.me.code:
            raise Refused(answer.status_code, self.me.code)

    def request(self, method: str, path: str, body: bytes = b"", /, **named: str) -> requests.Response:
        """Ask with a proof; told that the clock is wrong, ask once more by the centre's. Raises Refused."""
        is_second = False
        while True:
            at, nonce = time.time_ns() // 1000 + self.skew, secrets.token_hex(16)
            lines = ("tournee-proof-1", method, path, hashlib.sha256(body).hexdigest(), str(at), nonce)
            signature = self.key.sign("\n".join(lines).encode(), ec.ECDSA(hashes.SHA256())).hex()
            headers = {name.replace("_", "-"): value for name, value in named.items()}
            headers |= {"Authorization": f"Bearer {self.me.token}", "Tournee-Proof": f"{at}.{nonce}.{signature}"}
            answer = self.session.request(method, self.url + path, data=body, headers=headers, stream=True, timeout=60)
            if answer.status_code < 400:
                return answer
            refusal = REPLY.decode(answer.content or b"{}")
            if refusal.code != "PROOF_OUT_OF_TIME" or is_second:
                raise Refused(answer.status_code, refusal.code)
            self.skew += refusal.at - at
            is_second = True

    def say(self, route: str, *frames: Mapping[str, object]) -> requests.Response:
        """Send lines and their end."""
        lines = b"".join(msgspec.json.encode(frame) + b"\n" for frame in frames)
        check = hashlib.blake2b(lines, digest_size=16).hexdigest()
        lines += msgspec.json.encode({"f": "end", "frames": len(frames), "rows": 0, "check": check}) + b"\n"
        body = zstandard.ZstdCompressor(level=1).compress(lines)
        return self.request("POST", f"/sync/v1/{route}", body, Content_Encoding="zstd", Accept_Encoding="zstd")

    def pieces(self, answer: requests.Response) -> Iterator[bytes]:
        """Give the bytes of an answer as they come, unpacked."""
        packed = answer.raw.stream(65_536, decode_content=False)
        if answer.headers.get("Content-Encoding") != "zstd":
            return iter(packed)
        unpacking = zstandard.ZstdDecompressor().decompressobj()
        return (unpacking.decompress(piece) for piece in packed)

    def hear(self, answer: requests.Response) -> Iterator[Line]:
        """Give the lines of an answer but the last. Raises Damaged."""
        check, count, rows, rest, is_over = hashlib.blake2b(digest_size=16), 0, 0, b"", False
        for piece in self.pieces(answer):
            *whole, rest = (rest + piece).split(b"\n")
            for said in whole:
                line = LINE.decode(said)
                if is_over or (line.check and line.check != check.hexdigest()):
                    raise Damaged
                check.update(said + b"\n")
                if line.f == "end":
                    is_over = (line.frames, line.rows) == (count, rows)
                    continue
                count += 1
                rows += len(line.rows) if line.f == "rows" and isinstance(line.rows, list) else 0
                yield line
        if rest or not is_over:
            raise Damaged

    def batches(self, answer: requests.Response) -> Iterator[tuple[Line, list[Line]]]:
        """Hear an answer: what became of changesets is kept at once; gives each mark with the lines before it."""
        batch: list[Line] = []
        for line in self.hear(answer):
            batch.append(line)
            if line.f == "told":  # less than was answered: the centre was put back, and hears it again
                self.answered = min(self.answered, line.last_n)
            elif line.f == "answer" and line.n == self.answered + 1 and line.result.r != "deferred":
                self.results[line.mid], self.answered = line.result, line.n
            elif line.f == "gap":
                self.answered, self.is_wanted = line.expected - 1, True
            elif line.f == "cloned":
                self.is_copy = True
            elif line.f == "columns":
                self.columns[line.table] = line.columns
            elif line.f == "mark":
                yield line, batch
                batch = []

    def sums(self, name: str) -> list[str]:
        """Give the sums of a scope's 256 buckets, and last of all of them together."""
        sums = [0] * 257
        for table, row in self.scopes[name].keys:
            said = f"{table}/{row}/{self.rows[table, row]['ver']}".encode()
            one = int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big")
            sums[_bucket((table, row))] ^= one
            sums[256] ^= one
        return [f"{one:016x}" if one else "" for one in sums]

    def _keep(self, scope: Scope, batch: Sequence[Line]) -> set[Key]:
        """Keep what the lines of a batch tell; gives the rows that they named."""
        named: set[Key] = set()
        for line in batch:
            for cells in line.rows if isinstance(line.rows, list) else ():
                if line.f == "gone":
                    self._drop(scope, {(line.table, str(cells[0]))})
                    continue
                row = dict(zip(self.columns[line.table], cells, strict=True))
                self.rows[line.table, str(row["id"])] = row
                named.add((line.table, str(row["id"])))
        scope.keys |= named
        return named

    def _drop(self, scope: Scope, keys: set[Key]) -> None:
        scope.keys -= keys
        for key in keys:
            if not any(key in other.keys for other in self.scopes.values()):
                self.rows.pop(key, None)

    def seen(self, table: str, row: str) -> Row:
        """Give a row as its rep sees it: as the centre told it, with what waits laid on top."""
        seen = dict(self.rows.get((table, row), {}))
        for entry in (entry for changeset in self.made[self.answered :] for entry in changeset.entries):
            seen |= entry.new if (entry.table, entry.row) == (table, row) else {}
        return seen

    def edit(self, table: str, row: str, **new: Value) -> str:
        """Change columns of a row; gives the `mid` of the changeset."""
        before = self.seen(table, row)
        old, ver = {name: before[name] for name in new}, int(before.get("ver") or 0)
        return self.act(Entry(table=table, row=row, op="update", base_ver=ver, old=old, new=new))

    def create(self, table: str, row: str, **new: Value) -> str:
        """Make a row, of all its columns but `id` and `ver`; gives the `mid` of the changeset."""
        return self.act(Entry(table=table, row=row, op="create", new=new))

    def delete(self, table: str, row: str) -> str:
        """Delete a row; gives the `mid` of the changeset."""
        old = self.seen(table, row)
        del old["id"]
        return self.act(Entry(table=table, row=row, op="delete", base_ver=int(old.pop("ver", 0) or 0), old=old))

    def act(self, entry: Entry) -> str:
        """Keep what an action did until the centre answered it; gives the `mid` of the changeset."""
        at = time.time_ns() // 1000 + self.skew
        self.made.append(Changeset(n=len(self.made) + 1, mid=_id(), name="by_the_book", at=at, entries=[entry]))
        return self.made[-1].mid

    def round(self) -> None:
        """Say hello, read what was never read, exchange until nothing is left, and repair what differs."""
        self.hello()
        is_wanted = True
        while is_wanted:
            for name, scope in self.scopes.items():
                if scope.cursor is None:
                    self.read(name)
            is_wanted = self.take(self.send())
        for name, scope in self.scopes.items():
            if not scope.is_sound:
                self.repair(name)

    def hello(self) -> None:
        """Say the first words and hear the scopes; with the verdict `renew` take a new identity before."""
        said = self._ask() | {"last": len(self.made), "answered": self.answered, "digest": ""}
        if self.answered:
            last = msgspec.structs.replace(self.made[self.answered - 1], n=0)
            said["digest"] = hashlib.sha256(msgspec.json.encode(last, order="deterministic")).hexdigest()
        del said["f"]
        welcome = REPLY.decode(self.request("POST", "/sync/v1/hello", msgspec.json.encode(said)).content)
        if welcome.verdict == "renew":
            self.renew()
        elif self.epoch != welcome.epoch:
            self._forget_cursors()
        self.epoch, self.answered = welcome.epoch, min(self.answered, welcome.last_n)
        mine = {str(head["scope"]) for head in welcome.scopes if isinstance(head, dict)}
        for scope in [self.scopes.pop(name) for name in self.scopes.keys() - mine]:
            self._drop(scope, set(scope.keys))
        for name in mine:
            self.scopes.setdefault(name, Scope())

    def renew(self) -> None:
        """Take an identity of its own: the other copy goes on under the old one."""
        key = ec.generate_private_key(ec.SECP256R1())
        said = msgspec.json.encode({"public_key": _public(key), "first": self.answered + 1})
        answer = self.request("POST", "/centre/v1/device/renew", said)
        self.key, self.me = key, REPLY.decode(answer.content)
        self._forget_cursors()

    def _forget_cursors(self) -> None:
        for scope in self.scopes.values():
            scope.cursor, scope.resume = None, ""

    def read(self, name: str) -> None:
        """Read a scope from the beginning, or on from where a reading broke. Raises Damaged."""
        scope = self.scopes[name]
        scope.named = scope.named if scope.resume else set()
        path = f"/sync/v1/snapshot?scope={quote(name)}&resume={quote(scope.resume)}"
        for mark, batch in self.batches(self.request("GET", path, Accept_Encoding="zstd")):
            scope.named |= self._keep(scope, batch)
            scope.resume = mark.resume or ""
            if not mark.more:
                self._drop(scope, scope.keys - scope.named)
                scope.cursor, scope.named = _cursor(mark), set()

    def _ask(self) -> dict[str, object]:
        cursors = [scope.cursor for scope in self.scopes.values() if scope.cursor]
        said = {"f": "ask", "protocol": 1, "revision": REVISION, "epoch": self.epoch}
        return {**said, "cursors": cursors, "first": 1}  # nothing that was made is ever let go

    def send(self) -> requests.Response:
        """Send what waits, and ask for what is new."""
        return self.say(
            "exchange", self._ask(), *({"f": "push", "changeset": one} for one in self.made[self.answered :])
        )

    def take(self, answer: requests.Response) -> bool:
        """Keep what an exchange answers; gives whether another one is wanted. Raises Damaged."""
        self.is_wanted = self.is_copy = False
        for mark, batch in self.batches(answer):
            scope = self.scopes[mark.scope]
            self._keep(scope, batch)
            scope.cursor = None if mark.reset else _cursor(mark)
            scope.is_sound = mark.more or mark.reset or self.sums(mark.scope)[-1] == mark.sum
            self.is_wanted |= mark.more or mark.reset
        if self.is_copy:
            self.renew()
        return self.is_wanted or self.is_copy

    def repair(self, name: str) -> None:
        """Say the sums of a scope by bucket; have the rows of those that differ as the centre has them."""
        scope, is_more = self.scopes[name], True
        while is_more:
            said = {**self._ask(), "f": "verify", "scope": name, "buckets": self.sums(name)[:-1]}
            del said["cursors"], said["first"]
            for mark, batch in self.batches(self.say("repair", said)):
                buckets = {bucket for line in batch for bucket in line.buckets}
                named = self._keep(scope, batch)
                self._drop(scope, {key for key in scope.keys - named if _bucket(key) in buckets})
                is_more, scope.is_sound = mark.more, self.sums(name)[-1] == mark.sum
                scope.cursor = scope.cursor if is_more else _cursor(mark)

    def wait(self) -> list[str]:
        """Wait until scopes moved, 25 seconds at most; gives which."""
        return [mark.scope for mark, _ in self.batches(self.say("pull", self._ask()))]

    def results_again(self, first: int, last: int) -> dict[str, Result]:
        """Hear again what became of changesets, by `mid`."""
        answer = self.request("GET", f"/sync/v1/results?first={first}&last={last}", Accept_Encoding="zstd")
        return {line.mid: line.result for line in self.hear(answer) if line.f == "answer"}

    def bring(self, content: bytes) -> Iterator[int]:
        """Bring a file up, or go on where it broke; gives after each piece how many bytes are there."""
        sha256, length = hashlib.sha256(content).hexdigest(), str(len(content))
        metadata = f"sha256 {_b64(sha256.encode())}"
        begun = self.request("POST", "/sync/v1/blobs", **TUS, Upload_Length=length, Upload_Metadata=metadata)
        path, offset = urlsplit(begun.headers["Location"]).path, int(begun.headers["Upload-Offset"])
        while offset < len(content):
            piece = content[offset : offset + PIECE]
            checksum = f"sha256 {_b64(hashlib.sha256(piece).digest())}"
            said = {"Upload_Offset": str(offset), "Upload_Checksum": checksum, "Content_Type": OCTETS, **TUS}
            offset = int(self.request("PATCH", path, piece, **said).headers["Upload-Offset"])
            yield offset

    def is_safe(self, sha256: str) -> bool:
        """Whether the bytes at the centre have this hash."""
        said = self.request("HEAD", f"/sync/v1/blobs/{sha256}").headers["Repr-Digest"]
        return said == f"sha-256=:{_b64(bytes.fromhex(sha256))}:"

    def fetch(self, sha256: str, first: int, last: int) -> bytes:
        """Fetch bytes `first` to `last` of a file."""
        answer = self.request(
            "GET", f"/sync/v1/blobs/{sha256}", Range=f"bytes={first}-{last}", Accept_Encoding="identity"
        )
        return b"".join(self.pieces(answer))
