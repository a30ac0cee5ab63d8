"""A device holds what it is entitled to: accounts that leave go, unsent work on them does not, a new epoch is met."""

from __future__ import annotations

import pytest

from app.usecases.accounts.plan_task import PlanTask, plan_task
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
    device.exchange()
    assert device.states() == ["rejected", "rejected"]
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
