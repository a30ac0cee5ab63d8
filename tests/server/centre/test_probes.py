"""Whoever asks whatever route about whatever is another's is told nothing of it, and changes nothing of it."""

from __future__ import annotations

import logging
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from random import Random

import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import Connection, select, true

from app.domain.refusal import Refusal
from sync.protocol import compression
from sync.protocol.enrolment import PROOF_HEADER
from sync.server.application import application
from sync.server.blobs import service as files
from sync.server.blobs import uploads
from sync.server.clock import now_us
from sync.server.exchange import patch as patching
from sync.server.exchange import service
from sync.server.grants.rights import Caller
from sync.server.loads import service as loads
from sync.server.tables import UPLOAD
from tests.server.centre.asking_for_all import POLICIES, Policy, Request
from tests.server.centre.canaries import THINGS, Aim, Asker, Stage, staged
from tests.sync.world import Centre

IS_SOAK = os.environ.get("TOURNEE_SOAK") == "1"
SEED = int(os.environ.get("TOURNEE_SEED", "1"))
DRAWN = int(os.environ.get("TOURNEE_PROBES", "10000"))
ROUND = 50
"""Questions of one asker between two looks at what is not theirs to change."""
OUT = {"TOKEN_UNKNOWN", "PROOF_UNSOUND", "WIPE_ORDERED"}
SAME = re.compile(rb'"(at|check|mid|n|last_n|expires_at|lease|seq|tag)":("[^"]*"|\d+)')
"""What differs from one answer to the next, whatever was asked."""
ONE_OF_EACH = {
    "account": tuple(THINGS),
    "person": ("own", "colleague", "foreign", "boss"),
    "nothing": ("own",),
}
"""About whom each route is asked; of people once is enough."""
SOME = {
    ("tablet", "account"): ("own", "loaded"),
    ("karim", "account"): ("own", "deleted", "foreign"),
    ("paul", "account"): ("own", "loaded", "left"),
    ("chief", "account"): ("own", "foreign"),
    ("boss", "account"): ("own", "foreign"),
    ("leaving", "account"): ("own", "colleague", "foreign"),
    ("karim", "person"): ("own", "foreign"),
    ("paul", "person"): ("own", "foreign"),
    ("chief", "person"): ("own",),
    ("boss", "person"): ("own", "foreign"),
}
"""About whom the check asks for others than Marie; the soak draws from all."""
OF_ACCOUNTS = [key for key, policy in POLICIES.items() if policy.about == "account"]
_OF_ROWS = frozenset({"account", "found", "inner", "id", "person"})
TOLD = {
    "/sync/v1/hello": {"device", "person", "account"},
    "/sync/v1/snapshot": _OF_ROWS,
    "/sync/v1/exchange": _OF_ROWS,
    "/sync/v1/repair": _OF_ROWS,
    "/sync/v1/results": {"answer"},
    "/sync/v1/blobs/{sha256}": {"file"},
    "/centre/v1/accounts": {"account", "person"},
    "/centre/v1/devices": {"device", "person"},
    "/centre/v1/users": {"person"},
}
"""What each route must have told somebody whose it is, or who may see it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came, unpacked."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def but_for(self, named: tuple[str, ...]) -> bytes:
        """All of it but for what the question itself named."""
        said = "\n".join(f"{name}: {value}" for name, value in self.headers).encode() + b"\n" + self.body
        for name in sorted(filter(None, named), key=len, reverse=True):
            said = said.replace(name.encode(), b"?")
        return said

    def masked(self, named: tuple[str, ...]) -> tuple[int, bytes]:
        """What it says of what was named, whatever that was called and whenever it was asked."""
        return self.status, SAME.sub(b"", Answer(self.status, (), self.body).but_for(named))


@dataclass
class Probing:
    """Asks, and judges each answer by the policy of its route."""

    stage: Stage
    link: HTTPConnection
    leaks: list[str] = field(default_factory=list)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often somebody was told what is theirs: by route and kind."""
    probes: int = 0

    def send(self, asker: Asker, method: str, asked: Request) -> Answer:
        try:
            return self._sent(asker, method, asked)
        except ConnectionError:  # the centre ended the connection after the answer before
            self.link.close()
            return self._sent(asker, method, asked)

    def _sent(self, asker: Asker, method: str, asked: Request) -> Answer:
        headers = {"Accept-Encoding": "identity", **dict(asked.headers)}
        if asker.identity is not None:
            proof = asker.identity.proof(method, asked.path, asked.body, now_us()).header()
            headers |= {"Authorization": f"Bearer {asker.identity.token}", PROOF_HEADER: proof}
        self.link.request(method, asked.path, asked.body or None, headers)
        with self.link.getresponse() as answer:
            body, told = answer.read(), answer.getheaders()
        if ("content-encoding", "zstd") in told:
            body = compression.unpacked(body, 10_000_000)
        self.probes += 1
        return Answer(answer.status, tuple((name, value) for name, value in told if name != "date"), body)

    def compare(self, key: tuple[str, str], asker: Asker, aims: list[Aim], seed: str) -> None:
        """Ask about several, and hold what is told of what is another's against what is told of nothing."""
        policy = POLICIES[key]
        is_judged = policy.about != "nothing" and (asker.state != "out" or policy.who == "anyone")
        nothing = self._of_nothing(key, policy, asker, seed) if is_judged else []
        for aim in aims:
            for place, asked in enumerate(policy.ask(self.stage, asker, aim, Random(seed))):
                answer = self.send(asker, key[0], asked)
                self._judge(key, policy, asker, aim, asked, answer)
                if asked.is_own or asked.tells_apart or place >= len(nothing):
                    continue
                told = answer.masked(asked.named)
                if told != nothing[place]:
                    self._leak(key, asker, aim, f"tells {told} of it and {nothing[place]} of nothing")
        if key[1].startswith(("/sync/v1/loads", "/centre/v1/accounts")):
            self.stage.put_back_loads()

    def _of_nothing(self, key: tuple[str, str], policy: Policy, asker: Asker, seed: str) -> list[tuple[int, bytes]]:
        told = []
        for asked in policy.ask(self.stage, asker, self.stage.nothing, Random(seed)):
            answer = self.send(asker, key[0], asked)
            self._judge(key, policy, asker, self.stage.nothing, asked, answer)
            told.append(answer.masked(asked.named))
        return told

    def _judge(
        self, key: tuple[str, str], policy: Policy, asker: Asker, aim: Aim, asked: Request, answer: Answer
    ) -> None:
        if answer.status >= 500:
            self._leak(key, asker, aim, f"answered {answer.status}")
        if asker.state == "out" and policy.who == "device":
            if answer.status != 401:
                self._leak(key, asker, aim, f"answered {answer.status} to one that is not to be answered")
        elif answer.status == 401:
            self._leak(key, asker, aim, "was not answered: the test asks amiss")
        elif policy.refuses and not asked.is_own and answer.status < 400:
            self._leak(key, asker, aim, f"answered {answer.status}, though it is another's")
        told = answer.but_for(asked.named)
        for mark, what in self.stage.marks.items():
            if mark in told:
                if policy.tells(asker, what):
                    self.seen[key[1], what.kind] += 1
                else:
                    self._leak(key, asker, aim, f"tells {what.kind} of {what.of}: {told[:2_000]!r}")

    def _leak(self, key: tuple[str, str], asker: Asker, aim: Aim, what: str) -> None:
        self.leaks.append(f"{' '.join(key)}, {asker.name} about {aim.thing}: {what}")

    def must_be_unchanged(self, asker: Asker, before: dict[tuple[str, str], str]) -> None:
        after = self.stage.of_others(asker)
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        self.leaks += [f"{asker.name} changed {key}: {before.get(key)} -> {after.get(key)}" for key in sorted(changed)]


@pytest.fixture
def probing(centre: Centre, caplog: pytest.LogCaptureFixture) -> Iterator[Probing]:
    caplog.set_level(logging.CRITICAL, "sync.server")  # that sums differ and devices renew themselves is what is asked
    stage = staged(centre.engines)
    with closing(HTTPConnection(centre.url.removeprefix("http://"), timeout=30)) as link:
        yield Probing(stage, link)


def routes_of(centre: Centre) -> set[tuple[str, str]]:
    """Every method and path that the application answers."""
    contexts = iter_route_contexts(application(centre.engines).routes)
    return {(method, str(context.path)) for context in contexts for method in context.methods or ()}


def all_asked(
    probing: Probing,
    askers: Sequence[str],
    keys: Sequence[tuple[str, str]] = tuple(POLICIES),
    only: Sequence[str] = (),
) -> None:
    """Ask these routes by these askers, Marie and nobody else about everything, or about these alone."""
    stage = probing.stage
    for name in askers:
        asker = stage.askers[name]
        stage.most_pushed = 7 if name == "marie" else 3
        before = stage.of_others(asker)
        for key in keys:
            about = POLICIES[key].about
            aims = ONE_OF_EACH[about] if name == "marie" else SOME.get((name, about), ONE_OF_EACH["nothing"])
            probing.compare(key, asker, [stage.aims[aim] for aim in only or aims], f"{SEED} {key} {name}")
        probing.must_be_unchanged(asker, before)


# ---------------------------------------------------------------------------------------------- the matrix
@pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
def test_every_route_has_a_policy_and_no_policy_is_of_none(centre: Centre) -> None:
    assert routes_of(centre) == set(POLICIES), "say in the table who may ask it, and what of whose it may tell"


@pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
def test_nobody_is_told_or_changes_what_is_another_s_on_any_route(probing: Probing) -> None:
    all_asked(probing, list(probing.stage.askers))
    assert probing.leaks == []
    unseen = {(path, kind) for path, kinds in TOLD.items() for kind in kinds} - set(probing.seen)
    assert unseen == set(), "whose it is was not told it either: these canaries would not be heard"


@pytest.mark.parametrize("centre", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_behind_the_walls_neither(probing: Probing) -> None:
    all_asked(probing, ["karim", "leaving"], OF_ACCOUNTS)
    assert probing.leaks == []


# ---------------------------------------------------------------------------------------------- it would be seen
def _knows_every_scope(patch: pytest.MonkeyPatch, stage: Stage) -> None:
    scopes = [scope for aim in stage.aims.values() for scope in aim.scopes]
    patch.setattr(Caller, "scopes", property(lambda _: ("catalogue", *dict.fromkeys(scopes))))


BUGS: Mapping[str, tuple[tuple[str, str], Callable[[pytest.MonkeyPatch, Stage], None]]] = {
    "a caller of every scope": (("GET", "/sync/v1/snapshot"), _knows_every_scope),
    "a cursor that nobody looks at": (
        ("POST", "/sync/v1/exchange"),
        lambda patch, _: patch.setattr(service, "_followed", lambda _caller, ask: list(ask.cursors)),
    ),
    "rows that are written unasked": (
        ("POST", "/sync/v1/exchange"),
        lambda patch, _: patch.setattr(patching, "must_be_own", lambda *_: None),
    ),
    "a file that no document names": (
        ("GET", "/sync/v1/blobs/{sha256}"),
        lambda patch, _: patch.setattr(files, "must_be_named", lambda *_: None),
    ),
    "an upload of any device": (
        ("HEAD", "/sync/v1/blobs/uploads/{upload}"),
        lambda patch, _: patch.setattr(uploads, "_find", _found_for_anybody),
    ),
    "a search of every team": (
        ("GET", "/centre/v1/accounts"),
        lambda patch, _: patch.setattr(Caller, "shares_team", lambda *_: true()),
    ),
    "a list of all devices": (
        ("GET", "/centre/v1/devices"),
        lambda patch, _: patch.setattr(Caller, "sees_devices", lambda _: true()),
    ),
    "a device that anybody shuts out": (
        ("POST", "/centre/v1/devices/{device}/revoke"),
        lambda patch, _: patch.setattr(Caller, "sees_devices", lambda _: true()),
    ),
    "a load of any account": (
        ("POST", "/sync/v1/loads"),
        lambda patch, _: patch.setattr(loads, "_must_be_loadable", lambda *_: None),
    ),
}
"""One predicate left out each, and the route that it stood on."""


def _found_for_anybody(connection: Connection, _: Caller, upload: str, *, lock: bool = False) -> uploads.Upload:
    row = connection.execute(select(UPLOAD).where(UPLOAD.c.id == upload)).first()
    if row is None:
        raise Refusal("UPLOAD_UNKNOWN")
    return uploads.Upload(row.id, row.sha256, row.size, row.done, row.expires_at)


@pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
def test_a_predicate_that_is_left_out_is_found(
    probing: Probing, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "uvicorn.error")  # what is left out may also break what comes after it
    for name, (key, leave_out) in BUGS.items():
        with monkeypatch.context() as patch:
            leave_out(patch, probing.stage)
            all_asked(probing, ["marie"], [key], ["foreign"])
        assert probing.leaks != [], name
        probing.leaks.clear()


# ---------------------------------------------------------------------------------------------- drawn
@pytest.mark.skipif(not IS_SOAK, reason="the soak asks ten thousand times")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("centre", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_whatever_is_drawn_nobody_is_told_or_changes_what_is_another_s(probing: Probing) -> None:
    random, stage = Random(SEED), probing.stage
    begun = 0
    while probing.probes < DRAWN // 2:
        asker = random.choice(list(stage.askers.values()))
        before = stage.of_others(asker)
        until = probing.probes + ROUND
        while probing.probes < until:
            begun += 1
            key = random.choice(list(POLICIES))
            aim = stage.aims[random.choice(ONE_OF_EACH[POLICIES[key].about])]
            probing.compare(key, asker, [aim], f"{SEED} {begun}")
        probing.must_be_unchanged(asker, before)
        assert probing.leaks == [], f"TOURNEE_SEED={SEED}"
