"""What the centre refuses is stored, shown with its reason, taken back here, and holds nothing else up."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.domain.identifiers import AccountId
from app.domain.sales.editing import sub_order_of
from app.store.guard import Writer, writing
from app.store.rows import SYNCED
from app.usecases.accounts.plan_task import PlanTask, plan_task
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.rename_proposal import RenameProposal, rename_proposal
from tests.sync.world import Device, World, same_rows, sums_agree

TABLES = ("account", "contact", "proposal", "proposal_sub_order", "proposal_line", "instalment", "activity")


Shop = tuple[Device, AccountId]


@pytest.fixture
def shop(world: World) -> Shop:
    account = world.centre.florist(world.centre.user())
    device = world.device()
    device.exchange()
    return device, account


def slip(device: Device, statement: str, *values: str | int) -> None:
    """Change a row behind the rules' back, as a tampered device would."""
    with device.store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.exec_driver_sql(statement, values)


def forge(device: Device, n: int, column: str, old: str, new: str) -> None:
    """Let a changeset that waits change one more column than the rep did."""
    statement = (
        f"UPDATE changeset_entry SET old = json_set(old, '$.{column}', ?), new = json_set(new, '$.{column}', ?) "
        "WHERE mid = (SELECT mid FROM changeset WHERE n = ?)"
    )
    slip(device, statement, old, new, n)


def tampered(device: Device, table: str, row: str, **values: str | int) -> None:
    """An action that writes columns no rule of the device would write."""
    with device.store.work.begin("edit_contact") as tx:
        tx.rows.put(SYNCED.tables[table], {"id": row, **values})
        tx.about(account="x", contact="y")
        tx.commit()


def test_a_mispriced_line_is_refused_while_the_next_change_goes_through(world: World, shop: Shop) -> None:
    device, account = shop
    proposal = prepare_proposal(PrepareProposal(account, 2027), device.store.work)
    device.exchange()
    line = device.rows("SELECT id, net FROM proposal_line LIMIT 1")[0]
    tampered(device, "proposal_line", str(line["id"]), net=1)
    plan_task(PlanTask(account, "Rappeler", device.clock.today()), device.store.work)
    assert device.exchange()[2] == 1
    assert device.states() == ["applied", "rejected", "applied"]
    assert world.centre.value("SELECT count(*) FROM activity WHERE subject = 'Rappeler'") == 1
    assert device.row("proposal_line", str(line["id"]))["net"] == line["net"]
    same_rows(world.centre, device, TABLES, device.me)
    (problem,) = device.store.readers.sync().problems
    assert (problem.code, problem.change) == ("LINE_MISPRICED", 2)
    assert problem.parameters["product"]
    device.courier().dismiss(problem.id)
    assert device.store.readers.sync().problems == ()
    assert device.exchange() == (0, 0, 0)
    assert sums_agree(world.centre, device)
    assert proposal


def test_lines_of_a_proposal_that_the_centre_froze_are_refused(world: World, shop: Shop) -> None:
    device, account = shop
    proposal = prepare_proposal(PrepareProposal(account, 2027), device.store.work)
    device.exchange()
    world.centre.change("proposal", proposal, status="signed")
    with device.store.work.begin("read") as tx:
        part = tx.proposals.get(proposal).sub_orders[0]
    change_line(ChangeLine(proposal, part.lines[0].id, quantity=3), device.store.work)
    device.exchange()
    assert device.states() == ["applied", "rejected"]
    (problem,) = device.store.readers.sync().problems
    assert (problem.code, problem.parameters["status"]) == ("PROPOSAL_FROZEN", "signed")
    same_rows(world.centre, device, TABLES, device.me)
    with device.store.work.begin("read") as tx:
        kept = sub_order_of(tx.proposals.get(proposal), part.id)
    assert kept.lines[0].quantity == 1


def test_what_was_done_on_top_of_a_refused_change_stays_on_top(world: World, shop: Shop) -> None:
    device, account = shop
    contact = str(device.value("SELECT id FROM contact"))
    device.rename(contact, account, email="other@example.org")
    forge(device, 1, "account_id", account, "f" * 32)
    device.rename(contact, account, phone="0237000000")
    device.exchange()
    assert device.states() == ["rejected", "applied"]
    row = device.row("contact", contact)
    assert (row["email"], row["phone"]) == ("c.delmas@aunomdelarose.example", "0237000000")
    same_rows(world.centre, device, TABLES, device.me)


def test_what_depends_on_a_refused_creation_is_refused_too_and_leaves_nothing_behind(world: World, shop: Shop) -> None:
    device, account = shop
    proposal = prepare_proposal(PrepareProposal(account, 2027), device.store.work)
    slip(device, "UPDATE changeset_entry SET new = json_set(new, '$.net', 1) WHERE table_name = 'proposal_line'")
    rename_proposal(RenameProposal(proposal, "Avec le site"), device.store.work)
    device.exchange()
    assert device.states() == ["rejected", "rejected"]
    problems = {problem.code: problem for problem in device.store.readers.sync().problems}
    assert problems.keys() == {"LINE_MISPRICED", "ROW_UNKNOWN"}
    assert [later.action for later in problems["LINE_MISPRICED"].dependants] == ["rename_proposal"], "who is told of it"
    assert problems["ROW_UNKNOWN"].dependants == ()
    same_rows(world.centre, device, TABLES, device.me)
    assert device.value("SELECT count(*) FROM proposal") == 0


def test_rows_of_another_portfolio_are_refused_whatever_they_say(world: World, shop: Shop) -> None:
    device, account = shop
    centre = world.centre
    theirs = centre.account(centre.user("paul", "sud"), "Chez Paul")
    contact = str(centre.value("SELECT id FROM contact WHERE account_id = :account", account=theirs))
    # a contact put into another's account, another's contact changed, an account given away
    own = str(device.value("SELECT id FROM contact"))
    device.rename(own, account, role="Gérante")
    forge(device, 1, "account_id", account, theirs)
    device.rename(own, account, name="Renommée")
    slip(device, "UPDATE changeset_entry SET row_id = ? WHERE mid = (SELECT mid FROM changeset WHERE n = 2)", contact)
    device.rename(own, account, phone="1")
    forge(device, 3, "rep_id", device.me, "0" * 32)
    slip(
        device,
        "UPDATE changeset_entry SET table_name = 'account', row_id = ?, old = json_remove(old, '$.phone'), "
        "new = json_remove(new, '$.phone') WHERE mid = (SELECT mid FROM changeset WHERE n = 3)",
        account,
    )
    device.exchange()
    assert device.states() == ["rejected"] * 3
    assert {p.code for p in device.store.readers.sync().problems} == {"OUT_OF_SCOPE"}
    assert centre.value("SELECT name FROM contact WHERE id = :row", row=contact) == "Rose 0"
    told = "".join(str(row[0]) for row in centre.rows("SELECT result FROM sync_applied"))
    assert "Rose 0" not in told


def test_a_device_writes_neither_prices_nor_orders(world: World, shop: Shop) -> None:
    device, _ = shop
    price = device.rows("SELECT id, net FROM price LIMIT 1")[0]
    tampered(device, "price", str(price["id"]), net=1)
    device.exchange()
    assert device.states() == ["rejected"]
    assert device.row("price", str(price["id"]))["net"] == price["net"]
    with world.centre.engines.reader.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM price WHERE net = 1")).scalar_one() == 0
