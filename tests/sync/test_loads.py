"""Loading an account for a visit: it comes whole, stays as long as it may, and nothing goes that is not sent yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests
from sqlalchemy import Connection, text

from app.domain.identifiers import AccountId
from app.domain.refusal import Refusal
from app.ports.loads import LoadState
from app.ports.trouble import Trouble
from app.store.codec import Record, instant, microseconds
from app.store.file_jobs import FileJobs, Outcome
from app.store.loads import StoredLoads
from app.store.pulled import Pulled
from app.store.rows.accounts import AccountRow
from app.store.rows.base import table_of
from app.usecases.accounts.load_account import LoadAccount, load_account
from app.usecases.accounts.plan_task import PlanTask, plan_task
from app.usecases.accounts.unload_account import UnloadAccount, unload_account
from sync.client import transport
from sync.client.loading import DeviceLoads
from sync.client.transport import Road
from sync.protocol.loads import MOST_TIME, LoadAsked
from sync.server.feed import Feed, write
from sync.server.grants.rights import Caller
from sync.server.loads import finding, service
from sync.server.loads.service import drop_load, make_load, tidy_loads
from tests.sync.world import Centre, Device, World, an_id, sums_agree

HOUR, DAY = 3_600_000_000, 86_400_000_000


class Team:
    """Marie and Paul of one team, Zoe of another; an account of each, and Marie's device."""

    def __init__(self, world: World) -> None:
        self.centre: Centre = world.centre
        self.marie, self.paul = self.centre.user(), self.centre.user("paul")
        self.zoe = self.centre.user("zoe", "sud")
        self.hers = self.centre.account(self.marie, "Reste")
        self.his = self.centre.account(self.paul, "Fleurs Hélène", contacts=2)
        self.other = self.centre.account(self.zoe, "Ailleurs", contacts=2)
        self.world = world

    def device(self, login: str = "marie") -> Device:
        device = self.world.device(login)
        device.exchange()
        return device

    def load(self, device: Device, account: AccountId, days: int = 3) -> None:
        now = device.clock.now()
        StoredLoads(device.feed).wish(account, "Fleurs Hélène", now + timedelta(days=days), now)
        device.exchange()

    def end_load(self, account: AccountId) -> None:
        """Let a load's time be over at the centre."""
        with self.centre.engines.writer.begin() as connection:
            connection.exec_driver_sql(f"UPDATE sync_load SET expires_at = 1 WHERE account_id = '{account}'")


@pytest.fixture
def team(world: World) -> Team:
    return Team(world)


def accounts(device: Device) -> set[str]:
    return {str(row["id"]) for row in device.rows("SELECT id FROM account")}


def state_of(device: Device, account: AccountId) -> LoadState | None:
    load = StoredLoads(device.feed).load_of(account)
    return None if load is None else load.state


def caller(device: Device, rep: str) -> Caller:
    assert device.enrolled is not None
    return Caller(device=device.enrolled.enrolled.device, login="marie", rep_id=rep, team="nord")


def delete(centre: Centre, table: str, row: str) -> None:
    def work(connection: Connection, feed: Feed) -> None:
        connection.execute(text(f"DELETE FROM {table} WHERE id = :row"), {"row": row})
        feed.touch(table, (row,))

    write(centre.engines, work)


def appointment(account: str, at: int) -> Record:
    return {"id": an_id(), "account_id": account, "kind": "appointment", "subject": "Visite", "at": at}


def test_a_colleague_s_account_comes_whole_is_worked_on_and_goes_again(team: Team) -> None:
    centre, device, his_device = team.centre, team.device(), team.device("paul")
    assert accounts(device) == {team.hers}
    team.load(device, team.his)
    assert accounts(device) == {team.hers, team.his}
    assert state_of(device, team.his) is LoadState.LOADED
    assert device.value("SELECT count(*) FROM contact WHERE account_id = ?", team.his) == 2
    assert sums_agree(centre, device)
    contact = str(device.value("SELECT min(id) FROM contact WHERE account_id = ?", team.his))
    device.rename(contact, team.his, email="seen@example.org")
    plan_task(PlanTask(team.his, "Rappeler", device.clock.today()), device.store.work)
    assert device.exchange()[0] == 2
    assert device.states() == ["applied", "applied"]
    his_device.exchange()
    assert his_device.row("contact", contact)["email"] == "seen@example.org"
    centre.change("contact", contact, role="Gérante")
    device.exchange()
    his_device.exchange()
    assert device.row("contact", contact)["role"] == "Gérante"
    assert sums_agree(centre, device, his_device)
    StoredLoads(device.feed).unwish(team.his, device.clock.now())
    device.exchange()
    assert accounts(device) == {team.hers}
    assert state_of(device, team.his) is None
    assert device.value("SELECT count(*) FROM activity") == 0
    assert centre.value("SELECT count(*) FROM sync_load") == 0
    assert centre.value("SELECT count(*) FROM sync_entry WHERE scope = :s", s=f"load:{team.his}") == 0
    assert sums_agree(centre, device, his_device)


def test_an_account_loaded_again_is_read_from_its_new_beginning(team: Team) -> None:
    """A device that was away while the load ended and began anew does not go on in a log whose tombstones are gone."""
    centre, device = team.centre, team.device()
    team.load(device, team.his)
    contact = str(device.value("SELECT min(id) FROM contact WHERE account_id = ?", team.his))
    team.end_load(team.his)
    assert tidy_loads(centre.engines) == 1
    assert tidy_loads(centre.engines) == 0
    delete(centre, "contact", contact)
    load = LoadAsked(account_id=team.his, until=microseconds(device.clock.now()) + HOUR)
    make_load(centre.engines, caller(device, team.marie), load)
    assert device.exchange()[2] == 0
    assert device.value("SELECT count(*) FROM contact WHERE account_id = ?", team.his) == 1
    assert sums_agree(centre, device)


def test_a_load_whose_time_is_over_is_left_and_unsent_work_on_it_is_sent_first(team: Team) -> None:
    device = team.device()
    team.load(device, team.his, days=1)
    contact = str(device.value("SELECT min(id) FROM contact WHERE account_id = ?", team.his))
    device.rename(contact, team.his, email="late@example.org")
    team.end_load(team.his)
    device.clock.at += timedelta(days=2)
    device.exchange()
    assert device.states() == ["applied"], "the load was asked for a day longer"
    assert accounts(device) == {team.hers, team.his}
    device.clock.at += timedelta(days=2)
    device.exchange()
    assert accounts(device) == {team.hers}
    assert device.store.readers.sync().problems == ()


def test_unloading_waits_for_what_is_not_sent_yet(team: Team) -> None:
    device = team.device()
    team.load(device, team.his)
    contact = str(device.value("SELECT min(id) FROM contact WHERE account_id = ?", team.his))
    device.rename(contact, team.his, email="mine@example.org")
    loads = DeviceLoads(device.feed, device.road.twin, lambda: None, lambda: False)
    assert unload_account(UnloadAccount(team.his), loads, device.clock)
    device.pull()
    assert device.row("contact", contact)["email"] == "mine@example.org"
    assert state_of(device, team.his) is LoadState.UNWANTED
    device.exchange()
    assert device.states() == ["applied"]
    assert accounts(device) == {team.hers}


def test_only_the_own_rep_and_colleagues_may_load_and_not_too_much(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    centre, device = team.centre, team.device()
    at = microseconds(device.clock.now())
    marie = caller(device, team.marie)
    for account in (team.other, an_id(), "x"):
        with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
            make_load(centre.engines, marie, LoadAsked(account_id=account, until=at + HOUR))
    alone = Caller(device=marie.device, login="marie", rep_id=team.marie, team="")
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        make_load(centre.engines, alone, LoadAsked(account_id=team.his, until=at + HOUR))
    with pytest.raises(Refusal, match="LOAD_OVER"):
        make_load(centre.engines, marie, LoadAsked(account_id=team.his, until=at - HOUR))
    made = make_load(centre.engines, marie, LoadAsked(account_id=team.hers, until=2 * at))
    assert made.expires_at <= at + MOST_TIME + HOUR
    assert make_load(centre.engines, marie, LoadAsked(account_id=team.hers, until=at + HOUR)).expires_at == at + HOUR
    assert centre.value("SELECT count(*) FROM sync_load") == 1
    monkeypatch.setattr(service, "MOST_LOADS", 1)
    with pytest.raises(Refusal, match="TOO_MANY_LOADS"):
        make_load(centre.engines, marie, LoadAsked(account_id=team.his, until=at + HOUR))
    drop_load(centre.engines, marie, team.hers)
    drop_load(centre.engines, marie, team.hers)
    make_load(centre.engines, marie, LoadAsked(account_id=team.his, until=at + HOUR))


def test_a_wish_that_is_not_granted_is_told_with_its_reason(team: Team) -> None:
    device = team.device()
    team.load(device, team.other)
    (problem,) = device.store.readers.sync().problems
    assert (problem.code, problem.parameters) == ("LOAD_REFUSED", {"account": "Fleurs Hélène"})
    assert state_of(device, team.other) is None


def test_a_stand_in_neither_gives_the_account_away_nor_deletes_it(team: Team) -> None:
    device = team.device()
    bare = team.centre.account(team.paul, contacts=0)
    team.load(device, bare)
    account = table_of(AccountRow)
    for values in ({"rep_id": str(team.marie)}, None):
        with device.store.work.begin("edit_account") as tx:
            if values is None:
                tx.rows.remove(account, bare)
            else:
                tx.rows.put(account, {"id": bare, **values})
            tx.commit()
        device.exchange()
        assert team.centre.value("SELECT rep_id FROM account WHERE id = :a", a=bare) == team.paul
    assert device.states() == ["rejected", "rejected"]


@pytest.mark.parametrize("is_own", [True, False])
def test_an_account_moves_while_it_is_loaded(team: Team, *, is_own: bool) -> None:
    """Within the team the row stays by its load; out of the team it goes at once, from every device."""
    centre, device = team.centre, team.device()
    account = team.hers if is_own else team.his
    colleague = centre.user("lea")
    make_load(
        centre.engines,
        caller(device, team.marie),
        LoadAsked(account_id=account, until=microseconds(device.clock.now()) + HOUR),
    )
    device.engine.greet_again()
    device.exchange()
    assert f"load:{account}" in Pulled(device.feed).cursors()
    assert sums_agree(centre, device)
    centre.change("account", account, rep_id=colleague)
    device.exchange()
    assert account in accounts(device)
    assert sums_agree(centre, device)
    centre.change("account", account, rep_id=team.zoe)
    device.exchange()
    device.exchange()
    assert account not in accounts(device)
    assert sums_agree(centre, device)
    assert device.value("SELECT count(*) FROM contact WHERE account_id = ?", account) == 0
    centre.change("account", account, rep_id=team.marie)
    device.exchange()
    assert account in accounts(device)
    assert sums_agree(centre, device)


def test_a_rep_who_leaves_the_team_leaves_what_was_loaded_from_it(team: Team) -> None:
    device = team.device()
    team.load(device, team.his)
    team.centre.change("rep", team.marie, team="sud")
    device.exchange()
    device.exchange()
    assert accounts(device) == {team.hers}
    assert {problem.code for problem in device.store.readers.sync().problems} <= {"LOAD_REFUSED"}
    assert sums_agree(team.centre, device)


def test_an_account_with_an_appointment_soon_is_loaded_by_itself_and_let_go_after_it(team: Team) -> None:
    centre, device = team.centre, team.device()
    far = centre.account(team.marie, "Plus tard")
    at = microseconds(device.clock.now())
    centre.load("activity", appointment(team.hers, at + 13 * DAY), appointment(far, at + 15 * DAY))
    centre.load("activity", appointment(team.his, at + DAY))
    device.exchange()
    device.exchange()
    loads = StoredLoads(device.feed)
    (load,) = loads.standing()
    assert (load.account_id, load.state, load.is_automatic) == (team.hers, LoadState.LOADED, True)
    assert load.until == instant(at + 14 * DAY)
    assert centre.value("SELECT count(*) FROM sync_load") == 0, "its rows are in the portfolio anyway"
    device.clock.at += timedelta(days=14, hours=1)
    device.exchange()
    assert state_of(device, team.hers) is LoadState.LET_GO
    assert state_of(device, far) is LoadState.LOADED
    assert accounts(device) == {team.hers, far}


def test_what_the_rep_unloads_is_not_loaded_again_by_the_same_appointment(team: Team) -> None:
    centre, device = team.centre, team.device()
    at = microseconds(device.clock.now())
    centre.load("activity", appointment(team.hers, at + 3 * DAY))
    device.exchange()
    device.exchange()
    loads = StoredLoads(device.feed)
    loads.unwish(team.hers, device.clock.now())
    device.exchange()
    device.exchange()
    assert state_of(device, team.hers) is LoadState.LET_GO
    centre.load("activity", appointment(team.hers, at + 5 * DAY))
    device.exchange()
    device.exchange()
    assert state_of(device, team.hers) is LoadState.LOADED


def test_loading_asks_first_where_no_appointment_is_soon(team: Team) -> None:
    device = team.device()
    loads = DeviceLoads(device.feed, device.road.twin, lambda: None, lambda: False)
    with pytest.raises(Refusal, match="NO_APPOINTMENT_SOON"):
        load_account(LoadAccount(team.hers, "Reste"), loads, device.clock)
    assert loads.load_of(team.hers) is None
    load_account(LoadAccount(team.hers, "Reste", is_sure=True), loads, device.clock)
    assert [load.account_id for load in loads.standing()] == [team.hers]
    at = device.clock.now() + timedelta(days=4)
    team.centre.load("activity", appointment(team.hers, microseconds(at)))
    device.exchange()
    assert load_account(LoadAccount(team.hers, "Reste"), loads, device.clock) == instant(microseconds(at) + DAY)


def test_accounts_of_the_team_are_found_at_the_centre(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    device = team.device()
    loads = DeviceLoads(device.feed, device.road.twin, lambda: None, lambda: False)
    (found,) = loads.find("helene fl")
    assert (found.id, found.trade_name, found.rep) == (team.his, "Fleurs Hélène", "Paul")
    assert [hit.id for hit in loads.find("reste")] == [team.hers]
    assert loads.find("ailleurs") == loads.find("helene lys") == ()
    with pytest.raises(Refusal, match="SEARCH_TOO_SHORT"):
        loads.find(" a ")
    with pytest.raises(Trouble, match="OFFLINE"):
        DeviceLoads(device.feed, device.road.twin, lambda: None, lambda: True).find("helene")
    monkeypatch.setattr(finding, "MOST_A_MINUTE", 0)
    with pytest.raises(Refusal, match="TOO_MANY_SEARCHES"):
        loads.find("helene")


def test_nothing_out_of_scope_is_in_any_byte_that_a_device_receives(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = bytearray()
    true = transport.Road._pieces

    def pieces(road: Road, answer: requests.Response) -> Iterator[bytes]:
        for piece in true(road, answer):
            heard.extend(piece)
            yield piece

    monkeypatch.setattr(transport.Road, "_pieces", pieces)
    centre, device = team.centre, team.device()

    def received(account: AccountId) -> bool:
        device.exchange()
        ids = [str(row[0]) for row in centre.rows("SELECT id FROM contact WHERE account_id = :a", a=account)]
        return any(name.encode() in heard for name in (account, *ids))

    assert received(team.hers)
    assert not received(team.his)
    assert not received(team.other)
    for account in (team.his, team.other):
        centre.change("account", account, city="Dreux")
    assert not received(team.his)
    team.load(device, team.his)
    assert received(team.his)
    assert not received(team.other)
    StoredLoads(device.feed).unwish(team.his, device.clock.now())
    device.exchange()
    heard.clear()
    centre.change("account", team.his, city="Lucé")
    assert not received(team.his)
    team.load(device, team.his, days=30)
    team.end_load(team.his)
    heard.clear()
    device.clock.at += timedelta(days=31)  # its proofs are told the centre's time; the wish is over by its own clock
    device.exchange()
    assert accounts(device) == {team.hers}
    heard.clear()
    centre.change("account", team.his, city="Vernouillet")
    assert not received(team.his)
    centre.change("account", team.hers, rep_id=team.paul)
    device.exchange()
    heard.clear()
    centre.change("account", team.hers, city="Gellainville")
    assert (received(team.hers), accounts(device)) == (False, set())


def test_files_of_loaded_accounts_come_first_and_those_of_accounts_let_go_stay_at_the_centre(team: Team) -> None:
    centre, device = team.centre, team.device()
    loaded, let_go = centre.account(team.marie, "Chargé"), centre.account(team.marie, "Déchargé")
    at = microseconds(device.clock.now())
    for place, account in enumerate((loaded, team.hers, let_go)):
        paper: Record = {"id": an_id(), "account_id": account, "kind": "quote", "number": str(place), "email": ""}
        paper |= {"proposal_id": an_id(), "signatory": "", "mobile": ""}
        centre.load("document", {**paper, "sha256": f"{place:064x}", "size": 5, "made_at": at + place, "state": "kept"})
    device.engine.exchange()
    loads = StoredLoads(device.feed)
    for account in (loaded, let_go):
        loads.wish(account, "", device.clock.now() + timedelta(days=2), device.clock.now())
    loads.unwish(let_go, device.clock.now())
    device.engine.exchange()
    assert state_of(device, let_go) is LoadState.LET_GO
    jobs, order = FileJobs(device.feed), []
    while (job := jobs.next("", at)) is not None:
        order.append(job.sha256)
        jobs.note(job, Outcome.MISSING, at)
    assert order == [f"{0:064x}", f"{1:064x}"]
