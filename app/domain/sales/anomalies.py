"""What a proposal breaks: said at every change, in plain words, with what it concerns and what mends it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.identifiers import LineId, is_email, is_iban, is_mobile, is_siret, is_vat_number
from app.domain.money import ZERO, total
from app.domain.sales.proposal import Line, Proposal, ProposalKind, SubOrder
from app.domain.sales.reservation import SlotBook, SlotStanding, standing
from app.domain.sales.split import split


class Severity(StrEnum):
    """What an anomaly holds up."""

    BLOCKS_VALIDATION = "blocks_validation"
    BLOCKS_ORDERING = "blocks_ordering"
    BLOCKS_SIGNATURE = "blocks_signature"
    BLOCKS_MANDATE = "blocks_mandate"
    WARNS = "warns"


class AnomalyCode(StrEnum):
    """The rules a proposal can break (spec 2, Anomalies)."""

    NEGATIVE_SUBORDER = "NEGATIVE_SUBORDER"
    PLAN_ON_NEGATIVE_TOTAL = "PLAN_ON_NEGATIVE_TOTAL"
    PLAN_SUM_MISMATCH = "PLAN_SUM_MISMATCH"
    NOTHING_CHANGES = "NOTHING_CHANGES"
    SUBORDER_LOST = "SUBORDER_LOST"
    EMAIL_MISSING = "EMAIL_MISSING"
    MOBILE_MISSING = "MOBILE_MISSING"
    SIRET_INVALID = "SIRET_INVALID"
    VAT_NUMBER_INVALID = "VAT_NUMBER_INVALID"
    IBAN_INVALID = "IBAN_INVALID"
    DISCOUNT_OVER_LIMIT = "DISCOUNT_OVER_LIMIT"
    PRICE_LIST_EXPIRED = "PRICE_LIST_EXPIRED"
    SLOT_NOT_GRANTED = "SLOT_NOT_GRANTED"
    NAME_NOT_TELLING = "NAME_NOT_TELLING"


class Remedy(StrEnum):
    """What the button beside an anomaly does."""

    SPLIT = "split"
    REMOVE_PLAN = "remove_plan"
    RECOMPUTE_PLAN = "recompute_plan"
    EDIT_CONTACT = "edit_contact"
    EDIT_ACCOUNT = "edit_account"
    LOWER_DISCOUNT = "lower_discount"
    REPRICE = "reprice"
    ASK_FOR_SLOT = "ask_for_slot"
    RENAME = "rename"


SEVERITIES: Mapping[AnomalyCode, Severity] = {
    AnomalyCode.NEGATIVE_SUBORDER: Severity.BLOCKS_VALIDATION,
    AnomalyCode.PLAN_ON_NEGATIVE_TOTAL: Severity.BLOCKS_VALIDATION,
    AnomalyCode.PLAN_SUM_MISMATCH: Severity.BLOCKS_VALIDATION,
    AnomalyCode.NOTHING_CHANGES: Severity.BLOCKS_ORDERING,
    AnomalyCode.SUBORDER_LOST: Severity.BLOCKS_ORDERING,
    AnomalyCode.EMAIL_MISSING: Severity.BLOCKS_SIGNATURE,
    AnomalyCode.MOBILE_MISSING: Severity.BLOCKS_SIGNATURE,
    AnomalyCode.SIRET_INVALID: Severity.BLOCKS_SIGNATURE,
    AnomalyCode.VAT_NUMBER_INVALID: Severity.BLOCKS_SIGNATURE,
    AnomalyCode.IBAN_INVALID: Severity.BLOCKS_MANDATE,
    AnomalyCode.DISCOUNT_OVER_LIMIT: Severity.BLOCKS_VALIDATION,
    AnomalyCode.PRICE_LIST_EXPIRED: Severity.BLOCKS_VALIDATION,
    AnomalyCode.SLOT_NOT_GRANTED: Severity.BLOCKS_ORDERING,
    AnomalyCode.NAME_NOT_TELLING: Severity.WARNS,
}

REMEDIES: Mapping[AnomalyCode, Remedy] = {
    AnomalyCode.NEGATIVE_SUBORDER: Remedy.SPLIT,
    AnomalyCode.PLAN_ON_NEGATIVE_TOTAL: Remedy.REMOVE_PLAN,
    AnomalyCode.PLAN_SUM_MISMATCH: Remedy.RECOMPUTE_PLAN,
    AnomalyCode.NOTHING_CHANGES: Remedy.SPLIT,
    AnomalyCode.SUBORDER_LOST: Remedy.SPLIT,
    AnomalyCode.EMAIL_MISSING: Remedy.EDIT_CONTACT,
    AnomalyCode.MOBILE_MISSING: Remedy.EDIT_CONTACT,
    AnomalyCode.SIRET_INVALID: Remedy.EDIT_ACCOUNT,
    AnomalyCode.VAT_NUMBER_INVALID: Remedy.EDIT_ACCOUNT,
    AnomalyCode.IBAN_INVALID: Remedy.EDIT_ACCOUNT,
    AnomalyCode.DISCOUNT_OVER_LIMIT: Remedy.LOWER_DISCOUNT,
    AnomalyCode.PRICE_LIST_EXPIRED: Remedy.REPRICE,
    AnomalyCode.SLOT_NOT_GRANTED: Remedy.ASK_FOR_SLOT,
    AnomalyCode.NAME_NOT_TELLING: Remedy.RENAME,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """One rule broken: which, on what, and the facts that fill the holes of its words."""

    code: AnomalyCode
    sub_order: str | None = None
    amendment: str | None = None
    line_id: LineId | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """What it holds up."""
        return SEVERITIES[self.code]

    @property
    def remedy(self) -> Remedy:
        """What mends it."""
        return REMEDIES[self.code]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """What the signature needs of the customer, as it stands on the account."""

    email: str = ""
    mobile: str = ""
    siret: str = ""
    vat_number: str = ""
    iban: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What surrounds a proposal: the day, the rep's discount limit (basis points), the signatory when known, places."""

    on: date
    discount_limit: int | None = None
    signatory: Signatory | None = None
    slots: SlotBook = field(default_factory=SlotBook)


def anomalies(proposal: Proposal, around: Circumstances) -> tuple[Anomaly, ...]:
    """Give every rule the proposal breaks: sub-orders first, then the plan, the lines, the signatory, the name."""
    return (
        *_of_sub_orders(proposal),
        *_of_plan(proposal),
        *_of_lines(proposal, around),
        *(_of_signatory(around.signatory) if around.signatory else ()),
        *_of_name(proposal),
    )


def _of_sub_orders(proposal: Proposal) -> Iterator[Anomaly]:
    parts = split(proposal.sub_orders)
    codes: dict[str, AnomalyCode] = {part.id: AnomalyCode.SUBORDER_LOST for part in parts.range_loss}
    codes |= {part.id: AnomalyCode.NOTHING_CHANGES for part in parts.customer_service}
    codes |= {part.id: AnomalyCode.NEGATIVE_SUBORDER for part in parts.apart}
    for part in proposal.sub_orders:
        if part.id in codes:
            facts = {"number": part.number, "range": part.range_name, "gross": part.totals.gross}
            yield Anomaly(code=codes[part.id], sub_order=part.number, amendment=part.amendment, facts=facts)


def _of_plan(proposal: Proposal) -> Iterator[Anomaly]:
    gross = proposal.totals.gross
    planned = total(instalment.gross for instalment in proposal.payment_plan)
    facts = {"gross": gross, "planned": planned, "difference": gross - planned}
    if gross <= ZERO and proposal.payment_plan:
        yield Anomaly(code=AnomalyCode.PLAN_ON_NEGATIVE_TOTAL, facts=facts)
    if gross > ZERO and planned != gross:
        yield Anomaly(code=AnomalyCode.PLAN_SUM_MISMATCH, facts=facts)


def _of_lines(proposal: Proposal, around: Circumstances) -> Iterator[Anomaly]:
    limit = around.discount_limit
    for part in proposal.sub_orders:
        for line in part.lines:
            if line.is_cancelled or line.action.value == "keep":
                continue
            if limit is not None and line.discount > limit:
                yield _of_line(AnomalyCode.DISCOUNT_OVER_LIMIT, part, line, {"discount": line.discount, "limit": limit})
            if line.price_valid_until is not None and line.price_valid_until < around.on:
                yield _of_line(AnomalyCode.PRICE_LIST_EXPIRED, part, line, {"until": line.price_valid_until})
            held = standing(line, proposal.status, around.slots, around.on)
            if held is not None and held is not SlotStanding.GRANTED:
                yield _of_line(AnomalyCode.SLOT_NOT_GRANTED, part, line, {"slot": held.value})


def _of_line(code: AnomalyCode, part: SubOrder, line: Line, facts: Mapping[str, object]) -> Anomaly:
    facts = {"number": part.number, "product": line.label, **facts}
    return Anomaly(code=code, sub_order=part.number, amendment=part.amendment, line_id=line.id, facts=facts)


def _of_signatory(signatory: Signatory) -> Iterator[Anomaly]:
    if not is_email(signatory.email):
        yield Anomaly(code=AnomalyCode.EMAIL_MISSING, facts={"email": signatory.email})
    if not is_mobile(signatory.mobile):
        yield Anomaly(code=AnomalyCode.MOBILE_MISSING, facts={"mobile": signatory.mobile})
    if not is_siret(signatory.siret):
        yield Anomaly(code=AnomalyCode.SIRET_INVALID, facts={"siret": signatory.siret})
    if signatory.vat_number and not is_vat_number(signatory.vat_number):
        yield Anomaly(code=AnomalyCode.VAT_NUMBER_INVALID, facts={"vat_number": signatory.vat_number})
    if signatory.iban and not is_iban(signatory.iban):
        yield Anomaly(code=AnomalyCode.IBAN_INVALID, facts={"iban": signatory.iban})


_DEFAULT_NAME = re.compile(r"\s*(?:simulation|模拟方案|模拟)?\s*\d*\s*", re.IGNORECASE)


def is_default_name(name: str) -> bool:
    """Say whether a simulation's name is one the app gave ("Simulation 2") and says nothing to the customer."""
    return _DEFAULT_NAME.fullmatch(name) is not None


def _of_name(proposal: Proposal) -> Iterator[Anomaly]:
    if proposal.kind is ProposalKind.SIMULATION and is_default_name(proposal.name):
        yield Anomaly(code=AnomalyCode.NAME_NOT_TELLING, facts={"name": proposal.name})
