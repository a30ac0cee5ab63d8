"""Who knows a file's hash has not had the file: it goes to an account only once it was brought for it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.domain.identifiers import AccountId, DocumentId, ProposalId
from app.domain.refusal import Refusal
from app.domain.signature.ceremony import Document, DocumentKind, DocumentState
from app.store.codec import Record
from app.store.rows import REVISION, SYNCED
from app.store.unit_of_work import SqlWork
from sync.protocol.changeset import Changeset, Entry, Op
from sync.protocol.frames import Answer
from sync.protocol.results import Applied
from sync.server.exchange.push import take_all
from sync.server.feed import FeedJournal
from sync.server.grants.rights import Caller
from sync.server.migrating import migrate
from tests.server.centre.test_blobs import BLOBS, CONTENT, SHA, asked, begun, brought, on_one_database
from tests.sync.world import Device, Moving, World, an_id


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


def test_who_names_another_s_file_gets_it_only_by_bringing_it(world: World, device: Device) -> None:
    world.centre.account(paul := world.centre.user("paul", "sud"))
    stranger = world.device("paul")
    assert stranger.me == paul
    own, theirs = (world.centre.value("SELECT id FROM account WHERE rep_id = :of", of=of) for of in (device.me, paul))
    names(world, caller(device, "marie", "nord"), 1, naming(str(own)))
    brought(device, begun(device)[0], 0, CONTENT)
    names(world, caller(stranger, "paul", "sud"), 1, naming(str(theirs)), naming(str(theirs), "shown_sha256"))
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


def test_what_a_rep_names_again_needs_no_bringing_and_goes_on_with_each_account(world: World, device: Device) -> None:
    centre, who = world.centre, caller(device, "marie", "nord")
    first, second = str(centre.value("SELECT id FROM account")), str(centre.account(device.me))
    centre.account(paul := centre.user("paul", "sud"))
    stranger = world.device("paul")
    names(world, who, 1, naming(first))
    path, _ = begun(device)
    brought(device, path, 0, CONTENT[:100])
    names(world, who, 2, naming(second))
    centre.change("account", first, rep_id=paul)
    assert brought(device, path, 100, CONTENT[100:]) == len(CONTENT)
    assert is_told(stranger), "it was begun for an account that moved meanwhile"
    assert begun(device)[1] == len(CONTENT), "and brought for what came to name it"
    names(world, who, 3, naming(third := str(centre.account(device.me))))
    for account, told in ((first, False), (second, True), (third, True)):
        centre.change("account", account, rep_id=paul if told else device.me)
        assert is_told(stranger) is told
        centre.change("account", account, rep_id=device.me)
        assert begun(device)[1] == len(CONTENT), "what was brought for every account is done at once"


@on_one_database
def test_what_a_colleague_plants_is_not_opened_by_what_the_rep_does_beside_it(world: World, device: Device) -> None:
    centre, own = world.centre, str(world.centre.value("SELECT id FROM account"))
    loaded = str(centre.account(device.me))
    paul = centre.user("paul", "sud")
    stranger = world.device("paul")
    names(world, caller(device, "marie", "nord"), 1, naming(own))
    brought(device, begun(device)[0], 0, CONTENT)
    names(world, caller(stranger, "paul", "sud", loaded), 1, planted := naming(loaded))
    names(world, caller(device, "marie", "nord"), 2, replace(planted, op=Op.UPDATE, new={}))
    assert begun(device)[1] == 0, "of one of the accounts that name it nobody has brought it"
    centre.change("account", loaded, rep_id=paul)
    assert not is_told(stranger)


@on_one_database
def test_a_file_that_the_centre_made_itself_is_had_with_its_document(world: World, device: Device) -> None:
    account = AccountId(str(world.centre.value("SELECT id FROM account")))
    work = SqlWork(world.centre.engines.writer, Moving(), device.me, FeedJournal())
    with work.begin("made_here") as tx:
        made = Document(
            id=DocumentId(tx.new_id()),
            account_id=account,
            proposal_id=ProposalId(an_id()),
            kind=DocumentKind.ORDER_FORM,
            state=DocumentState.SHOWN,
            number="1",
            sha256=SHA,
            size=len(CONTENT),
            made_at=tx.now(),
        )
        tx.documents.add(made, CONTENT)
        tx.commit()
    assert is_told(device)


@on_one_database
def test_what_an_older_centre_had_counts_as_brought_for_all_that_name_it(world: World, device: Device) -> None:
    centre, who = world.centre, caller(device, "marie", "nord")
    account, gone = str(centre.value("SELECT id FROM account")), naming(str(centre.account(device.me)))
    names(world, who, 1, naming(account), gone)
    names(world, who, 2, replace(gone, op=Op.DELETE, old=gone.new, new={}))
    brought(device, begun(device)[0], 0, CONTENT)
    with centre.engines.writer.begin() as connection:
        connection.exec_driver_sql("DROP TABLE blob_brought")
        connection.exec_driver_sql("ALTER TABLE blob_upload DROP COLUMN accounts")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0007'")
    migrate(centre.engines)
    assert is_told(device)
    wanted = {(SHA, account), (SHA, gone.new["account_id"])}
    assert {*centre.rows("SELECT sha256, account_id FROM blob_brought")} == wanted, "a late edit may bring one back"
