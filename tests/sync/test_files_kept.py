"""A file goes from the device only once the centre has confirmed, in its present epoch, that it has the very same."""

from __future__ import annotations

from app.store.codec import Record
from app.store.files_kept import Why, let_go
from tests.sync.test_files import device, here, lies_here, on_one_database, paper
from tests.sync.world import Device, World, an_id

__all__ = ["device"]


@on_one_database
def test_only_files_that_the_centre_confirmed_are_let_go(world: World, device: Device) -> None:
    account = str(device.value("SELECT id FROM account"))
    contents = [b"%PDF 1", b"%PDF 2", b"%PDF 3"]
    safe, rotten, later = (paper(world, device, content) for content in contents)
    lies_here(device, safe, contents[0])
    lies_here(device, rotten, b"%PDF x")
    device.files.carry()
    lies_here(device, later, contents[2])
    done = let_go(device.feed, account)
    assert done.gone == (safe,)
    assert dict(done.kept) == {rotten: Why.NOT_CONFIRMED, later: Why.NOT_CONFIRMED}
    assert (here(device, safe), len(here(device, rotten)), len(here(device, later))) == ([], 1, 1)


@on_one_database
def test_a_file_of_another_account_and_one_whose_document_waits_stay(world: World, device: Device) -> None:
    content, mine = b"%PDF shared", b"%PDF mine"
    shared, waiting = paper(world, device, content), paper(world, device, mine)
    account = str(device.value("SELECT id FROM account"))
    other = world.centre.account(str(device.me), "Autre")
    world.centre.load("document", document(other, shared, content))
    device.engine.exchange()
    lies_here(device, shared, content)
    lies_here(device, waiting, mine)
    device.files.carry()
    with device.feed.writing() as connection:
        connection.exec_driver_sql("UPDATE document SET ver = 0 WHERE sha256 = ?", (waiting,))
    done = let_go(device.feed, account)
    assert (done.gone, dict(done.kept)) == ((), {shared: Why.NAMED_ELSEWHERE, waiting: Why.WAITS})


def document(account: str, sha256: str, content: bytes) -> Record:
    return {
        "id": an_id(),
        "account_id": account,
        "proposal_id": an_id(),
        "kind": "order_form",
        "number": "2",
        "state": "signed_to_confirm",
        "sha256": sha256,
        "size": len(content),
        "made_at": 1,
    }


@on_one_database
def test_a_centre_put_back_from_a_backup_gets_the_files_again_and_confirms_anew(world: World, device: Device) -> None:
    content = b"%PDF signed"
    sha256, account = paper(world, device, content), str(device.value("SELECT id FROM account"))
    lies_here(device, sha256, content)
    assert device.files.carry() == 1
    with world.centre.engines.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM blob")
    device.feed.remember({"sync_epoch": "another"})
    assert let_go(device.feed, account).kept == ((sha256, Why.NOT_CONFIRMED),)
    assert device.files.carry() == 1
    assert world.centre.value("SELECT sha256 FROM blob") == sha256
    assert let_go(device.feed, account).gone == (sha256,)
