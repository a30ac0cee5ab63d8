"""A device holds what it is entitled to: accounts that leave go, unsent work on them does not, a new epoch is met."""

from __future__ import annotations

import pytest

from app.ports.readers import LEFT_PORTFOLIO, AccountFilter
from app.usecases.accounts.edit_account import EditAccount, edit_account
from app.usecases.accounts.plan_task import PlanTask, plan_task
from sync.client.first_pull import FirstPull
from sync.client.lines import Tally
from tests.sync.world import World, same_rows, sums_agree

TABLES = ("account", "contact", "activity")


def test_an_account_that_gets_another_rep_leaves_the_one_device_and_comes_to_the_other(world: World) -> None:
    centre = world.centre
    marie, paul = centre.user(), centre.user("paul", "sud")
    stays, goes = centre.account(marie, "Reste"), centre.account(marie, "Part", contacts=3)
    hers, his = world.device(), world.device("paul")
    hers.exchange()
    his.exchange()
    centre.change("account", goes, rep_id=paul)
    hers.exchange()
    his.exchange()
    assert [row["id"] for row in hers.rows("SELECT id FROM account")] == [stays]
    assert [row["id"] for row in his.rows("SELECT id FROM account")] == [goes]
    same_rows(centre, hers, TABLES, marie)
    same_rows(centre, his, TABLES, paul)
    assert sums_agree(centre, hers, his)
    assert hers.store.readers.search("Part") == his.store.readers.search("Reste") == ()


def test_unsent_work_on_an_account_that_left_is_still_sent_and_comes_back_with_its_reason(world: World) -> None:
    centre = world.centre
    marie, paul = centre.user(), centre.user("paul", "sud")
    account = centre.account(marie)
    device = world.device()
    device.exchange()
    contact = str(device.value("SELECT id FROM contact"))
    device.rename(contact, account, email="mine@example.org")
    plan_task(PlanTask(account, "Rappeler", device.clock.today()), device.store.work)
    centre.change("account", account, rep_id=paul)
    device.pull()
    assert device.row("contact", contact)["email"] == "mine@example.org"
    assert device.store.readers.count_accounts(AccountFilter())[0] == 0
    assert device.store.readers.search("Rose") == ()
    assert device.store.readers.today(device.clock.today()).tasks == ()
    left, _task = device.store.readers.sync().waiting
    assert left.detail == LEFT_PORTFOLIO
    device.exchange()
    assert device.states() == ["rejected", "rejected"]
    assert device.value("SELECT count(*) FROM quarantine") == 0
    assert {problem.code for problem in device.store.readers.sync().problems} == {"ACCOUNT_LEFT", "ACCOUNTS_LEFT"}
    assert centre.value("SELECT email FROM contact") == "rose@example.org"
    assert [device.value(f"SELECT count(*) FROM {table}") for table in TABLES] == [0, 0, 0]
    assert sums_agree(centre, device)


def test_a_rep_who_changes_team_reads_the_new_one_and_leaves_the_old_one(world: World) -> None:
    centre = world.centre
    marie = centre.user()
    centre.user("paul", "nord")
    centre.user("zoe", "sud")
    device = world.device()
    device.exchange()
    assert {row["login"] for row in device.rows("SELECT login FROM rep")} == {"marie", "paul"}
    centre.change("rep", marie, team="sud")
    device.exchange()
    device.exchange()
    assert {row["login"] for row in device.rows("SELECT login FROM rep")} == {"marie", "zoe"}
    assert sums_agree(centre, device)


@pytest.mark.expects_log
def test_a_centre_of_another_epoch_is_read_anew(world: World, caplog: pytest.LogCaptureFixture) -> None:
    centre = world.centre
    marie = centre.user()
    account = centre.account(marie)
    device = world.device()
    device.exchange()
    plan_task(PlanTask(account, "Rappeler", device.clock.today()), device.store.work)
    with centre.engines.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE sync_meta SET value = 'another' WHERE name = 'epoch'")
    assert device.exchange()[:2] == (1, 4)
    assert [record.getMessage() for record in caplog.records] == [
        "the centre is of another epoch: all scopes are read anew"
    ]
    same_rows(centre, device, TABLES, marie)
    assert sums_agree(centre, device)
    assert device.exchange() == (0, 0, 0)


@pytest.mark.parametrize("his_first", [True, False])
def test_two_devices_of_each_rep_agree_when_an_account_moves_and_moves_back(world: World, *, his_first: bool) -> None:
    centre = world.centre
    marie, paul = centre.user(), centre.user("paul")
    account = centre.account(marie, "Rose", contacts=2)
    hers, his = [world.device(), world.device()], [world.device("paul"), world.device("paul")]
    order = [*his, *hers] if his_first else [*hers, *his]
    for device in order:
        device.exchange()
    contact = str(hers[0].value("SELECT min(id) FROM contact"))
    hers[0].rename(contact, account, email="mine@example.org")
    centre.change("account", account, rep_id=paul)
    for device in order:
        device.exchange()
    assert [[row["id"] for row in device.rows("SELECT id FROM account")] for device in (*hers, *his)] == [
        *([[]] * 2),
        *([[account]] * 2),
    ]
    assert sums_agree(centre, *hers, *his)
    problems = {p.code: p.parameters for p in hers[0].store.readers.sync().problems}
    assert problems["ACCOUNT_MOVED"] == {"account": "Rose", "rep": "Paul"}
    assert problems["ACCOUNTS_LEFT"] == {"count": "1", "accounts": "Rose"}
    assert [p.code for p in hers[1].store.readers.sync().problems] == ["ACCOUNTS_LEFT"]
    assert [p.code for p in his[0].store.readers.sync().problems] == []
    centre.change("account", account, rep_id=marie)
    for device in order:
        device.exchange()
    assert sums_agree(centre, *hers, *his)
    for device in hers:
        same_rows(centre, device, TABLES, marie)


def test_work_on_an_account_that_moved_away_and_back_before_it_was_sent_is_taken(world: World) -> None:
    centre = world.centre
    marie, paul = centre.user(), centre.user("paul")
    account = centre.account(marie)
    device = world.device()
    device.exchange()
    contact = str(device.value("SELECT id FROM contact"))
    device.rename(contact, account, email="mine@example.org")
    centre.change("account", account, rep_id=paul)
    device.pull()
    assert device.value("SELECT count(*) FROM quarantine") == 1
    centre.change("account", account, rep_id=marie)
    device.pull()
    assert device.value("SELECT count(*) FROM quarantine") == 0
    assert device.row("contact", contact)["email"] == "mine@example.org"
    assert device.store.readers.count_accounts(AccountFilter())[0] == 1
    device.exchange()
    assert device.states() == ["applied"]
    assert sums_agree(centre, device)


def test_an_account_moves_while_a_first_pull_is_under_way_and_to_a_rep_without_devices(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = world.centre
    marie, paul = centre.user(), centre.user("paul")
    account, stays = centre.account(marie, contacts=3), centre.account(marie)
    device = world.device()
    true = FirstPull.read

    def read(self: FirstPull, scope: str, resume: str | None, tally: Tally) -> bool:
        done = true(self, scope, resume, tally)
        if scope == f"rep:{marie}":
            centre.change("account", account, rep_id=paul)
        return done

    monkeypatch.setattr(FirstPull, "read", read)
    device.exchange()
    assert [row["id"] for row in device.rows("SELECT id FROM account")] == [stays]
    assert device.value("SELECT count(*) FROM contact") == 1
    assert sums_agree(centre, device)
    his = world.device("paul")
    his.exchange()
    same_rows(centre, his, TABLES, paul)


def test_notices_of_accounts_that_left_are_gathered_in_one(world: World) -> None:
    centre = world.centre
    marie, paul = centre.user(), centre.user("paul")
    accounts = [centre.account(marie, name) for name in ("Iris", "Lys", "Rose")]
    device = world.device()
    device.exchange()
    for account in accounts[:2]:
        centre.change("account", account, rep_id=paul)
        device.exchange()
    (problem,) = device.store.readers.sync().problems
    assert problem.parameters == {"count": "2", "accounts": "Iris, Lys"}
    device.feed.settle(problem.id)
    centre.change("account", accounts[2], rep_id=paul)
    device.exchange()
    (problem,) = device.store.readers.sync().problems
    assert problem.parameters == {"count": "1", "accounts": "Rose"}


def test_a_team_that_is_renamed_is_left_and_read_under_its_new_name(world: World) -> None:
    centre = world.centre
    marie, paul = centre.user(), centre.user("paul")
    device = world.device()
    device.exchange()
    for rep in (marie, paul):
        centre.change("rep", rep, team="ouest")
    device.exchange()
    device.exchange()
    assert {row["login"] for row in device.rows("SELECT login FROM rep")} == {"marie", "paul"}
    assert device.value("SELECT count(*) FROM sync_cursor WHERE scope = 'team:nord'") == 0
    assert sums_agree(centre, device)


def test_an_account_whose_own_fields_were_edited_is_set_aside_whole(world: World) -> None:
    centre = world.centre
    marie, paul = centre.user(), centre.user("paul")
    account = centre.account(marie)
    device = world.device()
    device.exchange()
    edit_account(EditAccount(account_id=account, legal_name="Rose SARL"), device.store.work)
    centre.change("account", account, rep_id=paul)
    device.pull()
    assert device.row("account", account)["legal_name"] == "Rose SARL"
    assert device.store.readers.count_accounts(AccountFilter())[0] == 0
    assert device.store.readers.search("Rose") == ()
    device.exchange()
    assert device.value("SELECT count(*) FROM account") == 0
    assert sums_agree(centre, device)
