"""Two devices change the same: what fits is laid together, what does not is kept until the rep decides."""

from __future__ import annotations

import json

from app.domain.accounts.account import AdvertiserDetails
from app.domain.identifiers import AccountId
from app.usecases.accounts.edit_account import EditAccount, edit_account
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.rename_proposal import RenameProposal, rename_proposal
from tests.sync.world import Device, World, same_rows, sums_agree

TABLES = ("account", "contact", "advertiser_details", "proposal", "proposal_line")


def two(world: World) -> tuple[Device, Device, AccountId, str]:
    account = world.centre.account(world.centre.user())
    first, second = world.device(), world.device()
    first.exchange()
    second.exchange()
    return first, second, account, str(first.value("SELECT id FROM contact"))


def test_different_fields_of_a_contact_are_merged(world: World) -> None:
    first, second, account, contact = two(world)
    first.rename(contact, account, email="new@example.org")
    second.rename(contact, account, phone="0237000000")
    first.exchange()
    assert second.exchange()[2] == 0
    first.exchange()
    for device in (first, second):
        row = device.row("contact", contact)
        assert (row["email"], row["phone"]) == ("new@example.org", "0237000000")
        same_rows(world.centre, device, TABLES, first.me)
    assert (first.states(), second.states()) == (["applied"], ["merged"])
    assert sums_agree(world.centre, first, second)


def test_the_same_field_is_a_conflict_with_both_values_kept_and_then_resolved(world: World) -> None:
    first, second, account, contact = two(world)
    first.rename(contact, account, email="first@example.org", name="Rose Premier")
    second.rename(contact, account, email="second@example.org", phone="0237000000")
    first.exchange()
    assert second.exchange() == (1, 1, 1)
    assert second.states() == ["conflict"]
    row = second.row("contact", contact)
    assert (row["email"], row["name"], row["phone"]) == ("first@example.org", "Rose Premier", "0237000000")
    same_rows(world.centre, second, TABLES, first.me)

    picture = second.store.readers.sync()
    (problem,) = picture.problems
    (choice,) = problem.choices
    assert (problem.code, problem.action) == ("CONFLICT", "edit_contact")
    assert (choice.base, choice.mine, choice.theirs) == ("rose@example.org", "second@example.org", "first@example.org")
    assert choice.by == "Marie", "who made the centre's value"
    assert choice.theirs_at is not None, "and when"
    assert problem.done_at is not None
    kept = world.centre.rows("SELECT base, mine, theirs, kept FROM sync_conflict")
    assert [tuple(json.loads(str(value)) for value in row[:3]) for row in kept] == [
        ("rose@example.org", "second@example.org", "first@example.org")
    ]
    assert kept[0][3] == "asked"

    second.courier().resolve(problem.id, {f"{choice.table}/{choice.row}/{choice.column}": "mine"})
    assert second.store.readers.sync().problems == ()
    second.exchange()
    first.exchange()
    assert second.states() == ["conflict", "applied"]
    for device in (first, second):
        assert device.row("contact", contact)["email"] == "second@example.org"
        same_rows(world.centre, device, TABLES, first.me)
    assert sums_agree(world.centre, first, second)


def test_a_conflict_can_be_left_with_the_centre_s_value(world: World) -> None:
    first, second, account, contact = two(world)
    first.rename(contact, account, email="first@example.org")
    second.rename(contact, account, email="second@example.org")
    first.exchange()
    second.exchange()
    (problem,) = second.store.readers.sync().problems
    second.courier().resolve(problem.id, {})
    assert second.store.readers.sync().problems == ()
    assert second.states() == ["conflict"]
    assert second.row("contact", contact)["email"] == "first@example.org"


def test_a_conflict_pulled_before_it_is_answered_ends_the_same(world: World) -> None:
    """The other's value came down while mine still waited: it lies under mine as its shadow."""
    first, second, account, contact = two(world)
    first.rename(contact, account, email="first@example.org")
    first.exchange()
    second.rename(contact, account, email="second@example.org")
    second.pull()
    assert second.row("contact", contact)["email"] == "second@example.org"
    assert second.value("SELECT count(*) FROM sync_shadow") == 1
    assert second.exchange()[2] == 1
    assert second.row("contact", contact)["email"] == "first@example.org"
    same_rows(world.centre, second, TABLES, first.me)


def test_edits_on_their_way_stay_on_top_of_what_is_pulled(world: World) -> None:
    first, second, account, contact = two(world)
    first.rename(contact, account, phone="0237000000")
    first.exchange()
    second.rename(contact, account, email="second@example.org")
    second.pull()
    row = second.row("contact", contact)
    assert (row["email"], row["phone"]) == ("second@example.org", "0237000000")
    second.exchange()
    same_rows(world.centre, second, TABLES, first.me)
    assert second.rows("SELECT * FROM sync_shadow") == []


def test_published_details_made_on_two_devices_at_once_become_one_row(world: World) -> None:
    first, second, account, _ = two(world)
    edit_account(EditAccount(account_id=account, details=AdvertiserDetails(name="Rose", phone="1")), first.store.work)
    edit_account(
        EditAccount(account_id=account, details=AdvertiserDetails(name="Rose", site="rose.example")), second.store.work
    )
    first.exchange()
    second.exchange()
    first.exchange()
    assert world.centre.value("SELECT count(*) FROM advertiser_details") == 1
    for device in (first, second):
        same_rows(world.centre, device, TABLES, first.me)
    assert sums_agree(world.centre, first, second)


def test_what_the_rep_says_of_a_proposal_stands_and_what_it_overwrote_is_kept(world: World) -> None:
    centre = world.centre
    account = centre.florist(centre.user())
    first, second = world.device(), world.device()
    first.exchange()
    proposal = prepare_proposal(PrepareProposal(account, 2027), first.store.work)
    first.exchange()
    second.exchange()
    rename_proposal(RenameProposal(proposal, "Avec le site"), first.store.work)
    rename_proposal(RenameProposal(proposal, "Sans le site"), second.store.work)
    first.exchange()
    second.exchange()
    first.exchange()
    assert second.states() == ["merged"]
    for device in (first, second):
        assert device.row("proposal", proposal)["name"] == "Sans le site"
    assert centre.rows("SELECT theirs, kept FROM sync_conflict") == [('"Avec le site"', "mine")]


def test_an_edit_beats_a_deletion_and_takes_all_of_it_back(world: World) -> None:
    centre = world.centre
    account = centre.florist(centre.user())
    first, second = world.device(), world.device()
    first.exchange()
    proposal = prepare_proposal(PrepareProposal(account, 2027), first.store.work)
    first.exchange()
    second.exchange()
    lines = second.value("SELECT count(*) FROM proposal_line")
    first.store.history.undo()
    rename_proposal(RenameProposal(proposal, "Je la garde"), second.store.work)
    first.exchange()
    assert centre.value("SELECT count(*) FROM proposal") == 0
    second.exchange()
    assert second.states() == ["merged"]
    first.exchange()
    for device in (first, second):
        assert device.row("proposal", proposal)["name"] == "Je la garde"
        assert device.value("SELECT count(*) FROM proposal_line") == lines
        same_rows(centre, device, TABLES, first.me)
    assert sums_agree(centre, first, second)


def test_a_deletion_that_comes_after_an_edit_is_not_carried_out(world: World) -> None:
    centre = world.centre
    account = centre.florist(centre.user())
    first, second = world.device(), world.device()
    first.exchange()
    proposal = prepare_proposal(PrepareProposal(account, 2027), first.store.work)
    first.exchange()
    second.exchange()
    rename_proposal(RenameProposal(proposal, "Je la garde"), second.store.work)
    second.exchange()
    first.store.history.undo()
    first.exchange()
    second.exchange()
    for device in (first, second):
        assert device.row("proposal", proposal)["name"] == "Je la garde"
        same_rows(centre, device, TABLES, first.me)
    assert sums_agree(centre, first, second)
