"""Correcting an account, planning and ticking tasks, noting what was shown."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.accounts.account import AdvertiserDetails
from app.domain.accounts.activity import PreparationItem
from app.domain.identifiers import ActivityId
from app.domain.refusal import Refusal
from app.usecases.accounts.edit_account import EditAccount, EditContact, edit_account, edit_contact
from app.usecases.accounts.plan_task import (
    CompleteTask,
    PlanTask,
    RecordPresentation,
    TickPreparation,
    complete_task,
    plan_task,
    record_presentation,
    tick_preparation,
)
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from tests.unit.usecases.conftest import ON, Shop


def test_a_new_signatory_takes_the_role_from_the_one_before(shop: Shop) -> None:
    edit_contact(EditContact(account_id=shop.account_id, name=" Yann Le Goff ", is_signatory=True), shop.work)

    with shop.work.begin("read") as tx:
        account = tx.accounts.get(shop.account_id)
    assert [(one.name, one.is_signatory) for one in account.contacts] == [
        ("Claire Delmas", False),
        ("Yann Le Goff", True),
    ]


def test_a_contact_changes_in_its_place(shop: Shop) -> None:
    with shop.work.begin("read") as tx:
        claire = tx.accounts.get(shop.account_id).contacts[0]
    command = EditContact(
        account_id=shop.account_id, contact_id=claire.id, name=claire.name, email="claire@rose.example"
    )

    assert edit_contact(command, shop.work) == claire.id

    with shop.work.begin("read") as tx:
        (kept,) = tx.accounts.get(shop.account_id).contacts
    assert (kept.email, kept.is_signatory) == ("claire@rose.example", False)


@pytest.mark.parametrize(
    ("name", "email", "mobile", "code", "field"),
    [
        (" ", "", "", "NAME_EMPTY", "name"),
        ("A", "a@b", "", "EMAIL_INVALID", "email"),
        ("A", "", "0237214418", "MOBILE_INVALID", "mobile"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    shop: Shop, name: str, email: str, mobile: str, code: str, field: str
) -> None:
    command = EditContact(account_id=shop.account_id, name=name, email=email, mobile=mobile)
    with pytest.raises(Refusal, match=code) as caught:
        edit_contact(command, shop.work)
    assert caught.value.field == field


def test_numbers_are_kept_compact_and_checked(shop: Shop) -> None:
    details = AdvertiserDetails(opening_hours="9 h à 19 h")
    edit_account(
        EditAccount(
            account_id=shop.account_id, legal_name=" Rose SARL ", vat_number="FR 44 732 829 320", details=details
        ),
        shop.work,
    )

    with shop.work.begin("read") as tx:
        account = tx.accounts.get(shop.account_id)
    assert (account.legal_name, account.vat_number, account.details) == ("Rose SARL", "FR44732829320", details)
    assert account.siret == "73282932000074"
    with pytest.raises(Refusal, match="SIRET_INVALID") as caught:
        edit_account(EditAccount(account_id=shop.account_id, siret="73282932000075"), shop.work)
    assert caught.value.field == "siret"


def test_a_task_is_planned_ticked_and_unticked(shop: Shop) -> None:
    task_id = plan_task(PlanTask(shop.account_id, " Rappeler ", date(2026, 11, 30)), shop.work)

    complete_task(CompleteTask(task_id), shop.work)
    with shop.work.begin("read") as tx:
        task = tx.activities.get(task_id)
    assert (task.subject, task.due_on) == ("Rappeler", date(2026, 11, 30))
    assert task.done_at is not None
    complete_task(CompleteTask(task_id, is_done=False), shop.work)
    with shop.work.begin("read") as tx:
        assert tx.activities.get(task_id).done_at is None
    with pytest.raises(Refusal, match="SUBJECT_EMPTY"):
        plan_task(PlanTask(shop.account_id, " ", ON), shop.work)


def test_a_point_of_the_preparation_is_ticked(shop: Shop) -> None:
    item_id = ActivityId("a" * 32)
    with shop.work.begin("test") as tx:
        tx.activities.save_preparation(
            PreparationItem(id=item_id, account_id=shop.account_id, position=0, subject="Relire le plan")
        )
        tx.commit()

    tick_preparation(TickPreparation(item_id, is_done=True), shop.work)

    with shop.work.begin("read") as tx:
        assert tx.activities.get_preparation(item_id).is_done


def test_a_presentation_is_noted_with_its_length_and_is_no_task(shop: Shop) -> None:
    proposal_id = prepare_proposal(PrepareProposal(shop.account_id, 2027), shop.work)

    record_presentation(RecordPresentation(proposal_id, 95), shop.work)

    from sqlalchemy import text

    with shop.work.engine.connect() as connection:
        found = connection.execute(text("SELECT id, seconds FROM activity WHERE kind = 'visit'")).one()
    assert found.seconds == 95
    with pytest.raises(Refusal, match="NOT_A_TASK"):
        complete_task(CompleteTask(ActivityId(found.id)), shop.work)
