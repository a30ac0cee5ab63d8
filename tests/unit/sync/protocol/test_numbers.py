"""Numbers and instants that no store counts to, and no calendar knows, are no words of a centre."""

from __future__ import annotations

import json

import msgspec
import pytest

from sync.protocol.changeset import LARGEST
from sync.protocol.devices import CodeMade, DeviceState, Known
from sync.protocol.frames import Answer, Cloned, Departure, Gap, Gone, Mark, Told
from sync.protocol.handshake import Limits, ScopeHead, Verdict, Welcome
from sync.protocol.loads import LoadMade
from sync.protocol.results import Applied, FieldConflict

SAID: tuple[msgspec.Struct, ...] = (
    Told(epoch="e", at=1, last_n=1),
    Answer(n=1, mid="m", result=Applied()),
    Gap(expected=1),
    Cloned(n=1),
    Mark(scope="catalogue", seq=1, tag="t", check="c"),
    Welcome(protocol=1, verdict=Verdict.WELCOME, revision="1", epoch="e", at=1, scopes=(), last_n=1),
    ScopeHead(scope="catalogue", head=1, tag="t", sum="s", rows=1),
    Limits(request=1, changesets=1, changeset=1, blob=1),
    FieldConflict(table="account", row="r", column="notes", base="", mine="a", theirs="b", at=1),
    LoadMade(account_id="a", scope="load:a", expires_at=1),
    CodeMade(code="ABCD-EFGH", expires_at=1),
    Known(
        device="d",
        login="marie",
        holder="Marie",
        name="",
        platform="",
        version="",
        enrolled_at=1,
        state=DeviceState.ACTIVE,
        changesets=1,
        seen_at=1,
        exchanged_at=1,
        lease_until=1,
    ),
)
NAMED = [
    (said, field)
    for said in SAID
    for field, value in msgspec.structs.asdict(said).items()
    if type(value) is int and field != "protocol"
]


@pytest.mark.parametrize(("said", "field"), NAMED)
def test_a_number_beyond_measure_is_none(said: msgspec.Struct, field: str) -> None:
    assert msgspec.json.decode(msgspec.json.encode(said), type=type(said)) == said
    for wrong in (-1, LARGEST + 1, 10**30):
        spoilt = msgspec.to_builtins(said) | {field: wrong}
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(json.dumps(spoilt), type=type(said))


def test_a_version_beyond_measure_is_none() -> None:
    gone = Gone(table="account", rows=(("a", LARGEST, Departure.LEFT),))
    assert msgspec.json.decode(msgspec.json.encode(gone), type=Gone) == gone
    for wrong in (-1, LARGEST + 1, 10**30):
        spoilt = {"f": "gone", "table": "account", "rows": [["a", wrong, "L"]]}
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(json.dumps(spoilt), type=Gone)
