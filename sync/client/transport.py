"""The road to the centre: HTTPS with limits on time and size, each request proven, and a switch that cuts it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, urlencode, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError

from app.domain.refusal import Refusal
from app.ports.courtesy import GivesWay, nobody_looks
from app.ports.trouble import Trouble
from app.store.codec import microseconds
from sync.client.clocks import Clocks
from sync.client.identity import Identity
from sync.client.moment import Now
from sync.client.severing import Severable
from sync.protocol import compression
from sync.protocol.enrolment import PROOF_HEADER, Refused, read_refused

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
MOST_BYTES = 512_000_000
"""Bytes of one unpacked answer at most; a first pull of a large portfolio stays far below."""
MOST_DOCUMENT = 8_000_000
_PIECE = 65_536
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_SHUT_OUT = {"TOKEN_UNKNOWN", "PROOF_UNSOUND", "ENROLMENT_REFUSED", "PROOF_HEARD_BEFORE", "PROOF_OUT_OF_TIME"}

_COME_AGAIN = {429, 502, 503, 504, 507}
"""Statuses by which a centre, or a proxy before it, says that it cannot now: the same as being offline."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a request may take to begin and between two pieces, in seconds."""

    connect: float = CONNECT_SECONDS
    read: float = READ_SECONDS


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of which the headers count too."""

    status: int
    headers: Mapping[str, str]
    pieces: Iterator[bytes]


@dataclass(slots=True)
class Road:
    """A connection to one centre, kept open between requests; one thread uses it, any may cut it.

    `verify` is a bundle of certificates to trust instead of the machine's own (a path), or True for those.
    """

    centre: str
    now: Now
    identity: Identity | None = None
    verify: bool | str = True
    limits: Limits = field(default_factory=Limits)
    clocks: Clocks = field(default_factory=Clocks)
    give_way: GivesWay = nobody_looks
    _session: requests.Session = field(default_factory=requests.Session, repr=False)
    _is_cut: threading.Event = field(default_factory=threading.Event, repr=False)
    came: int = 0
    """Bytes of answers that came so far, as they were on the way: packed."""
    _ahead: int = 0
    """Microseconds by which the centre's clock is ahead of this device's."""

    def __post_init__(self) -> None:
        must_be_safe(self.centre)
        self._session.trust_env = False  # a .netrc would put its own word in place of our token
        self._session.proxies = requests.utils.get_environ_proxies(self.centre)
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, Severable())

    def twin(self) -> Road:
        """Give another road to the same centre, for what must not hold up this one."""
        twin = Road(self.centre, self.now, self.identity, self.verify, self.limits, self.clocks, self.give_way)
        twin._ahead = self._ahead
        return twin

    # ------------------------------------------------------------------------------------------ the switch
    def cut(self) -> None:
        """Begin no request any more and give up the one under way, also where its answer is still awaited."""
        self._is_cut.set()
        self.break_off()

    def break_off(self) -> None:
        """Give up the request under way, from any thread; the next one goes over a new connection."""
        for adapter in self._session.adapters.values():
            if isinstance(adapter, Severable):
                adapter.sever()
        self.close()

    def mend(self) -> None:
        """Let requests begin again."""
        self._is_cut.clear()

    def close(self) -> None:
        """Close every connection at once: the library alone does so only when nothing remembers them any more."""
        for adapter in self._session.adapters.values():
            if isinstance(adapter, HTTPAdapter):
                pools = adapter.poolmanager.pools
                for key in list(pools.keys()):
                    pool = pools.get(key)
                    if pool is not None:
                        pool.close()
        self._session.close()

    def _must_not_be_cut(self) -> None:
        if self._is_cut.is_set():
            raise Trouble("OFFLINE", technical="switched off")

    # ------------------------------------------------------------------------------------------ requests
    def document(self, method: str, path: str, body: bytes = b"") -> bytes:
        """Send one document and give the one that comes back.

        Raises Trouble OFFLINE, CENTRE_UNPROVEN, CENTRE_FULL, CENTRE_REFUSES, CENTRE_SPEAKS_OTHERWISE; Refusal.
        """
        with self._asked(method, path, body, packed=False) as pieces:
            return b"".join(_limited(pieces, MOST_DOCUMENT))

    @contextmanager
    def answered(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Iterator[Answered]:
        """Send a request with headers of its own; give those of the answer, and its bytes as soon as they are there.

        Raises as `document`; Refusal BLOB_UNKNOWN for what a HEAD does not find.
        """
        with self._opened(method, path, body, {"Accept-Encoding": "identity", **(headers or {})}) as answer:
            yield Answered(answer.status_code, answer.headers, self._at_once(answer))

    @contextmanager
    def lines(self, method: str, path: str, body: bytes = b"") -> Iterator[Iterator[bytes]]:
        """Send lines and give the pieces of those that come back, as they come. Raises as `document`."""
        with self._asked(method, path, body, packed=True) as pieces:
            yield pieces

    @contextmanager
    def _asked(self, method: str, path: str, body: bytes, *, packed: bool) -> Iterator[Iterator[bytes]]:
        headers = {"Accept-Encoding": compression.ENCODING if packed else "identity"}
        if packed and len(body) > _PIECE // 8:
            body = compression.packed(body)
            headers["Content-Encoding"] = compression.ENCODING
        with self._opened(method, path, body, headers) as answer:
            yield self._pieces(answer)

    @contextmanager
    def _opened(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Iterator[requests.Response]:
        try:
            answer = self._sent(method, path, body, headers)
            try:
                yield answer
            finally:
                answer.close()
        except (RequestException, HTTPError, OSError) as error:
            if is_of_a_stranger(error):
                raise Trouble("CENTRE_UNPROVEN", technical=str(error)[:500]) from error
            raise Trouble("OFFLINE", technical=f"{type(error).__name__}: {error}"[:500]) from error
        except (compression.Broken, compression.TooLarge) as error:
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=str(error)) from error

    def _sent(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> requests.Response:
        answer = self._once(method, path, body, headers)
        if answer.ok:
            return answer
        refused = _refused(answer)
        if refused is not None and refused.code == "PROOF_OUT_OF_TIME":
            # The device's clock is wrong: the centre said its own, and the request is proven anew with it.
            self._ahead = refused.at - microseconds(self.now())
            self.clocks.heard(refused.at, microseconds(self.now()), microseconds(self.now()))
            answer = self._once(method, path, body, headers)
            if answer.ok:
                return answer
            refused = _refused(answer)
        if refused is None and (method, answer.status_code) == ("HEAD", 404):
            raise Refusal("BLOB_UNKNOWN")  # an answer to HEAD has no words of its own
        raise _told(answer.status_code, refused)

    def _once(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> requests.Response:
        self._must_not_be_cut()
        sent = dict(headers)
        if self.identity is not None:
            at = microseconds(self.now()) + self._ahead
            proof = self.identity.proof(method, urlsplit(self.centre).path.rstrip("/") + path, body, at)
            sent |= {"Authorization": f"Bearer {self.identity.token}", PROOF_HEADER: proof.header()}
        request = self._written(method, path, body, sent)
        # Given to the adapter at once: the session's hooks, cookies and ways onward, which nobody asked for, take as
        # long as all the rest of a small request.
        answer = self._session.get_adapter(str(request.url)).send(
            request,
            stream=True,
            timeout=(self.limits.connect, self.limits.read),
            verify=self.verify,
            proxies=self._session.proxies,
        )
        if 300 <= answer.status_code < 400:
            answer.close()
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=f"sent on to {answer.headers.get('Location')}"[:300])
        return answer

    def _written(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> requests.PreparedRequest:
        """Put a request together with what is needed and no more: no headers of the session's own, nor its cookies."""
        request = requests.PreparedRequest()
        request.method, request.url, request.body = method, _address_of(self.centre) + path, body or None
        request.headers = CaseInsensitiveDict(headers)
        if body or method not in {"GET", "HEAD"}:
            request.headers["Content-Length"] = str(len(body))
        return request

    def _pieces(self, answer: requests.Response) -> Iterator[bytes]:
        raw = self._watched(answer)
        if answer.headers.get("Content-Encoding") == compression.ENCODING:
            return compression.unpacked_stream(raw, MOST_BYTES)
        return _limited(raw, MOST_BYTES)

    def _at_once(self, answer: requests.Response) -> Iterator[bytes]:
        while piece := answer.raw.read1(_PIECE, decode_content=False):
            self._must_not_be_cut()
            yield piece

    def _watched(self, answer: requests.Response) -> Iterator[bytes]:
        for piece in answer.raw.stream(_PIECE, decode_content=False):
            self._must_not_be_cut()
            self.came += len(piece)
            self.give_way()
            yield piece


@lru_cache(maxsize=16)
def _address_of(centre: str) -> str:
    """Give an address as the library writes it, a name beyond ASCII too."""
    return str(requests.Request("GET", centre).prepare().url).rstrip("/")


def _limited(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=f"an answer of more than {most} bytes")
        yield piece


def _refused(answer: requests.Response) -> Refused | None:
    try:
        data = answer.raw.read(_PIECE, decode_content=False)
    finally:
        answer.close()
    return read_refused(data)


def _told(status: int, refused: Refused | None) -> Exception:
    """Say what an answer that is no success means here."""
    if refused is not None and refused.code == "CENTRE_FULL":
        return Trouble("CENTRE_FULL", technical=f"HTTP {status}")
    if status in _COME_AGAIN:
        return Trouble("OFFLINE", technical=f"HTTP {status} {refused.code if refused else ''}".rstrip())
    if refused is None:
        return Trouble("CENTRE_SPEAKS_OTHERWISE", {"status": status}, technical=f"HTTP {status}")
    if refused.code in _SHUT_OUT and refused.code != "ENROLMENT_REFUSED":
        return Trouble("CENTRE_REFUSES", technical=refused.code)
    if refused.code == "WIPE_ORDERED":
        return Trouble("CENTRE_REFUSES", refused.parameters, refused.code)
    if refused.code == "OTHER_PROTOCOL":
        return Trouble("CENTRE_SPEAKS_OTHERWISE", technical=f"{refused.code} {refused.parameters}")
    return Refusal(refused.code, refused.parameters)


def is_of_a_stranger(error: BaseException) -> bool:
    """Say whether a connection was given up because who answered did not prove to be the centre: its certificate."""
    seen: list[object] = [error]
    for one in seen:
        if isinstance(one, ssl.SSLCertVerificationError):
            return True
        if isinstance(one, BaseException):
            # The library wraps the error twice, once as an argument and once as a reason.
            inner = (*one.args, getattr(one, "reason", None), one.__cause__, one.__context__)
            seen += [new for new in inner if isinstance(new, BaseException) and new not in seen]
    return False


def must_be_safe(centre: str) -> None:
    """Raise Refusal CENTRE_ADDRESS_UNSAFE unless the address is https, or this very machine."""
    parts = urlsplit(centre)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK:
        raise Refusal("CENTRE_ADDRESS_UNSAFE", {"centre": centre}, "centre")


def with_query(path: str, **values: str | int) -> str:
    """Give a path with its query, written as it will be signed."""
    return f"{path}?{urlencode(values, quote_via=quote)}"
