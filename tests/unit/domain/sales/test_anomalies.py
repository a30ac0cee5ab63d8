"""Anomalies: each code where it must stand, and where it must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from app.domain.money import Money
from app.domain.sales.anomalies import (
    REMEDIES,
    SEVERITIES,
    AnomalyCode,
    Circumstances,
    Severity,
    Signatory,
    anomalies,
    is_default_name,
)
from app.domain.sales.proposal import Action, Instalment, Proposal, ProposalKind, SubOrder
from tests.unit.domain.sales.making import line, part, proposal, sub_orders

ON = date(2026, 11, 23)
AROUND = Circumstances(on=ON)
SOUND = Signatory(
    email="c.delmas@aunomdelarose.example", mobile="06 39 98 12 34", siret="73282932000074", vat_number="", iban=""
)


def codes(made: Proposal, around: Circumstances = AROUND) -> list[str]:
    return [found.code.value for found in anomalies(made, around)]


def paid(made: Proposal, *gross: int) -> Proposal:
    return replace(made, payment_plan=tuple(Instalment(due_on=ON, gross=Money(cents)) for cents in gross))


def test_a_negative_sub_order_beside_another_is_named_with_its_amendment() -> None:
    made = paid(proposal(part("001", line(100_00)), part("101", line(-10_00, Action.MODIFY), amendment="12")), 108_00)

    (found,) = anomalies(made, AROUND)

    assert (found.code, found.sub_order, found.amendment) == (AnomalyCode.NEGATIVE_SUBORDER, "101", "12")
    assert found.severity is Severity.BLOCKS_VALIDATION
    assert found.facts["gross"] == Money(-12_00)


def test_negative_sub_orders_alone_are_no_anomaly() -> None:
    assert codes(proposal(part("101", line(-10_00, Action.MODIFY), amendment="12"))) == []


def test_a_plan_on_a_total_of_zero_or_below_must_go() -> None:
    nothing = proposal(part("001", line(0)))
    assert codes(paid(nothing, 1)) == ["PLAN_ON_NEGATIVE_TOTAL"]
    assert codes(nothing) == []


@pytest.mark.parametrize("gross", [(), (119_99,), (120_01,), (60_00, 60_01)])
def test_a_plan_that_does_not_add_up_is_said(gross: tuple[int, ...]) -> None:
    assert codes(paid(proposal(part("001", line(100_00))), *gross)) == ["PLAN_SUM_MISMATCH"]


def test_a_plan_that_adds_up_is_silent() -> None:
    assert codes(paid(proposal(part("001", line(100_00))), 60_00, 60_00)) == []


def test_an_amendment_with_kept_lines_alone_changes_nothing() -> None:
    assert codes(proposal(part("301", line(0, Action.KEEP), amendment="01"))) == ["NOTHING_CHANGES"]


def test_a_sub_order_of_cancelled_lines_alone_is_lost() -> None:
    assert codes(proposal(part("301", line(0, Action.CANCEL)))) == ["SUBORDER_LOST"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"email": ""}, "EMAIL_MISSING"),
        ({"email": "c.delmas@"}, "EMAIL_MISSING"),
        ({"mobile": "02 37 21 44 18"}, "MOBILE_MISSING"),
        ({"siret": "73282932000075"}, "SIRET_INVALID"),
        ({"siret": ""}, "SIRET_INVALID"),
        ({"vat_number": "FR45732829320"}, "VAT_NUMBER_INVALID"),
        ({"iban": "FR7630006000011234567890188"}, "IBAN_INVALID"),
    ],
)
def test_what_the_signature_lacks_is_said(change: dict[str, str], code: str) -> None:
    around = replace(AROUND, signatory=replace(SOUND, **change))

    assert codes(proposal(), around) == [code]


def test_sound_numbers_are_silent() -> None:
    sound = replace(SOUND, vat_number="FR44732829320", iban="FR7630006000011234567890189")

    assert codes(proposal(), replace(AROUND, signatory=sound)) == []


def test_a_discount_above_the_limit_is_said_with_its_line() -> None:
    over = line(90_00, Action.MODIFY, discount=1001)
    made = paid(proposal(part("001", over, line(0, Action.CANCEL, discount=5000))), 108_00)

    (found,) = anomalies(made, replace(AROUND, discount_limit=1000))

    assert (found.code, found.line_id) == (AnomalyCode.DISCOUNT_OVER_LIMIT, over.id)
    assert codes(made, replace(AROUND, discount_limit=1001)) == []
    assert codes(made) == []


def test_an_expired_price_is_said_from_the_day_after() -> None:
    made = paid(proposal(part("001", line(100_00, price_valid_until=ON))), 120_00)

    assert codes(made) == []
    assert codes(made, Circumstances(on=date(2026, 11, 24))) == ["PRICE_LIST_EXPIRED"]


def test_a_simulation_with_a_default_name_warns() -> None:
    assert codes(proposal(name="Simulation 2")) == ["NAME_NOT_TELLING"]
    assert codes(replace(proposal(name="Simulation 2"), kind=ProposalKind.DEFAULT)) == []
    assert is_default_name(" ")
    assert not is_default_name("Numérique d’abord")


def test_every_code_has_a_severity_and_a_remedy() -> None:
    assert set(SEVERITIES) == set(REMEDIES) == set(AnomalyCode)
    made = anomalies(proposal(name="Simulation 2"), AROUND)
    assert all(found.remedy is REMEDIES[found.code] for found in made)


@given(sub_orders())
def test_a_proposal_that_needs_no_split_has_no_anomaly_of_sub_orders(parts: tuple[SubOrder, ...]) -> None:
    from app.domain.sales.split import split

    of_parts = {"NEGATIVE_SUBORDER", "NOTHING_CHANGES", "SUBORDER_LOST"}

    assert split(parts).is_needed is bool(of_parts & set(codes(proposal(*parts))))
