"""Who knows a file's hash has not had the file: it goes to an account only once it was brought for it."""

from __future__ import annotations

import pytest

from app.domain.refusal import Refusal
from app.store.codec import Record
from app.store.rows import REVISION, SYNCED
from sync.protocol.changeset import Changeset, Entry, Op
from sync.protocol.frames import Answer
from sync.protocol.results import Applied
from sync.server.exchange.push import take_all
from sync.server.grants.rights import Caller
from tests.server.centre.test_blobs import BLOBS, CONTENT, SHA, asked, begun, brought
from tests.sync.world import Device, World, an_id


def caller(device: Device, login: str, team: str, *loads: str) -> Caller:
    assert device.road.identity is not None
    return Caller(device=device.road.identity.device, login=login, rep_id=device.me, team=team, loads=loads)


def naming(account: str, column: str = "sha256") -> Entry:
    """A document of an account that names the file, as an app would make it."""
    row: Record = {
        "account_id": account,
        "proposal_id": an_id(),
        "kind": "order_form",
        "number": "1",
        "state": "signed_to_confirm",
        "sha256": "0" * 64,
        "size": len(CONTENT),
        "made_at": 1,
        "language": "fr",
    }
    columns = [one for one in SYNCED.tables["document"].columns if one.name not in ("id", "ver")]
    empty = {one.name: "" if one.type.python_type is str else 0 for one in columns if not one.nullable}
    return Entry(table="document", row=an_id(), op=Op.CREATE, new=empty | row | {column: SHA})


def names(world: World, who: Caller, n: int, *entries: Entry) -> None:
    sent = Changeset(n=n, mid=an_id(), name="x", at=1, revision=REVISION, entries=entries)
    (reply,) = take_all(world.centre.engines, who, [sent])
    assert isinstance(reply, Answer)
    assert isinstance(reply.result, Applied), reply


def is_told(device: Device) -> bool:
    try:
        return asked(device, "GET", f"{BLOBS}/{SHA}")[1] == CONTENT
    except Refusal as refusal:
        return refusal.code != "BLOB_UNKNOWN"


@pytest.mark.parametrize("column", ["sha256", "shown_sha256"])
def test_who_names_another_s_file_gets_it_only_by_bringing_it(world: World, device: Device, column: str) -> None:
    world.centre.account(paul := world.centre.user("paul", "sud"))
    stranger = world.device("paul")
    assert stranger.me == paul
    own, theirs = (world.centre.value("SELECT id FROM account WHERE rep_id = :of", of=of) for of in (device.me, paul))
    names(world, caller(device, "marie", "nord"), 1, naming(str(own)))
    brought(device, begun(device)[0], 0, CONTENT)
    names(world, caller(stranger, "paul", "sud"), 1, naming(str(theirs), column))
    assert (is_told(device), is_told(stranger)) == (True, False), "naming it is not having it"
    with pytest.raises(Refusal, match="BLOB_UNKNOWN"):
        asked(stranger, "HEAD", f"{BLOBS}/{SHA}")
    path, offset = begun(stranger)
    assert offset == 0, "nor is it told that it is there"
    with pytest.raises(Refusal, match="BLOB_DAMAGED"):
        brought(stranger, path, 0, CONTENT[:-1] + b"!")
    assert not is_told(stranger)
    brought(stranger, begun(stranger)[0], 0, CONTENT)
    assert (is_told(device), is_told(stranger)) == (True, True)
    assert world.centre.value("SELECT count(*) FROM blob") == 1
