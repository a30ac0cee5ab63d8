"""Support reads a proposal from a file and says what the rules make of it, so that a rep's case can be reproduced."""

from __future__ import annotations

import json
import re
from datetime import date

import msgspec

from app.domain.identifiers import AccountId, LineId, ProposalId, SubOrderId
from app.domain.money import LARGEST, Money, Totals, VatRate
from app.domain.refusal import Refusal
from app.domain.sales.anomalies import Anomaly, Circumstances, anomalies
from app.domain.sales.proposal import Action, Instalment, Line, Proposal, ProposalKind, SubOrder
from app.domain.sales.split import split
from resources.wording import words


class FiledLine(msgspec.Struct, frozen=True):
    """A line as filed: `net` in cents, what it adds to the sub-order; `vat_rate` in per cent, as "20.0"."""

    product: str
    action: Action
    net: int
    vat_rate: str


class FiledSubOrder(msgspec.Struct, frozen=True):
    """A sub-order as filed; `amendment` is null for a renewal."""

    number: str
    amendment: str | None
    details_changed: bool
    lines: list[FiledLine]


class FiledInstalment(msgspec.Struct, frozen=True):
    """An instalment as filed, gross in cents."""

    due_on: date
    gross: int


class FiledProposal(msgspec.Struct, frozen=True):
    """A proposal as filed by `tournee export-proposal`."""

    name: str
    on: date
    payment_plan: list[FiledInstalment]
    sub_orders: list[FiledSubOrder]


class Malformed(Exception):
    """The file is not a proposal: where in it, and why."""

    def __init__(self, where: str, why: str) -> None:
        self.where = one_line(where)
        self.why = one_line(why)
        super().__init__(f"{self.where} : {self.why}")


def one_line(text: str) -> str:
    """Write a text from a file so that it stays in one line: line ends and what cannot be seen as escapes."""
    return "".join(sign if sign.isprintable() or sign == _HARD_SPACE else repr(sign)[1:-1] for sign in text)


_HARD_SPACE = "\u00a0"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_filed(content: bytes) -> tuple[Proposal, date]:
    """Read a filed proposal and the day it is looked at. Raises Malformed with the place and the reason."""
    content = content.removeprefix(_BYTE_ORDER_MARK)
    try:
        filed = msgspec.json.decode(content, type=FiledProposal)
        json.loads(content, object_pairs_hook=_without_repeats)
    except msgspec.ValidationError as error:
        why, _, where = str(error).partition(" - at `")
        raise Malformed(where.rstrip("`").removeprefix("$").removeprefix(".") or "fichier", _in_french(why)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed("fichier", f"ce n’est pas du JSON ({error})") from None
    except RecursionError:
        raise Malformed("fichier", "trop de niveaux les uns dans les autres") from None
    seen: set[tuple[str, str | None]] = set()
    parts = []
    for place, part in enumerate(filed.sub_orders):
        where = f"sub_orders[{place}]"
        if not part.number.strip():
            raise Malformed(f"{where}.number", "le numéro est vide")
        if part.amendment is not None and not part.amendment.strip():
            raise Malformed(f"{where}.amendment", "le numéro de la modification est vide")
        if (part.number, part.amendment) in seen:
            raise Malformed(f"{where}.number", f"{part.number} figure deux fois")
        seen.add((part.number, part.amendment))
        parts.append(_sub_order(part, where))
    plan = tuple(
        Instalment(due_on=one.due_on, gross=_amount(one.gross, f"payment_plan[{place}].gross"))
        for place, one in enumerate(filed.payment_plan)
    )
    proposal = Proposal(
        id=ProposalId("filed"),
        account_id=AccountId("filed"),
        name=filed.name,
        edition=filed.on.year,
        kind=ProposalKind.SIMULATION,
        sub_orders=tuple(parts),
        payment_plan=plan,
    )
    return proposal, filed.on


def _without_repeats(pairs: list[tuple[str, object]]) -> None:
    """Refuse an object that says a key twice: which of two amounts is meant, nobody knows."""
    met: set[str] = set()
    for key, _ in pairs:
        if key in met:
            raise Malformed("fichier", f"« {key} » figure deux fois dans le même objet")
        met.add(key)


def _sub_order(part: FiledSubOrder, where: str) -> SubOrder:
    lines = []
    for place, line in enumerate(part.lines):
        try:
            rate = VatRate.parse(line.vat_rate)
        except Refusal:
            raise Malformed(f"{where}.lines[{place}].vat_rate", f"« {line.vat_rate} » n’est pas un taux") from None
        net = _amount(line.net, f"{where}.lines[{place}].net")
        lines.append(
            Line(
                id=LineId(f"{where}.lines[{place}]"),
                product_id=None,
                product=line.product,
                label=line.product,
                action=line.action,
                net=net,
                vat_rate=rate,
            )
        )
    return SubOrder(
        id=SubOrderId(where),
        number=part.number,
        range_name="",
        amendment=part.amendment,
        details_changed=part.details_changed,
        lines=tuple(lines),
    )


def _amount(cents: int, where: str) -> Money:
    if abs(cents) > LARGEST.cents:
        raise Malformed(where, f"{cents} centimes dépassent dix milliards d’euros")
    return Money(cents)


_FRENCH = (
    (re.compile(r"Object missing required field `(.+)`"), r"il manque « \1 »"),
    (re.compile(r"Expected `(.+)`, got `(.+)`"), r"attendu \1, trouvé \2"),
    (re.compile(r"Invalid enum value '?(.*?)'?"), r"« \1 » n’est pas une action connue"),
    (re.compile(r"Invalid RFC3339.*|Invalid date.*|Expected `date`.*"), "ce n’est pas une date AAAA-MM-JJ"),
    (re.compile(r"Integer value out of range"), "le nombre est trop grand"),
)


def _in_french(why: str) -> str:
    for pattern, words_for_it in _FRENCH:
        match = pattern.fullmatch(why)
        if match:
            return match.expand(words_for_it)
    return why


def verdict(proposal: Proposal, on: date, language: str = "fr") -> dict[str, object]:
    """Give totals, anomalies and the split of a proposal on a day; amounts in cents, messages in a language."""
    parts = split(proposal.sub_orders)
    return {
        "totals": {
            **_totals(proposal.totals),
            "vat_by_rate": {str(rate): vat.cents for rate, vat in proposal.totals.vat_by_rate.items()},
        },
        "sub_orders": [{"number": part.number, **_totals(part.totals)} for part in proposal.sub_orders],
        "anomalies": [_anomaly(found, language) for found in anomalies(proposal, Circumstances(on=on))],
        "split": {
            "stays": [part.number for part in parts.stays],
            "apart": [part.number for part in parts.apart],
            "customer_service": [part.number for part in parts.customer_service],
            "range_loss": [part.number for part in parts.range_loss],
        },
    }


def _totals(totals: Totals) -> dict[str, object]:
    return {"net": totals.net.cents, "vat": totals.vat.cents, "gross": totals.gross.cents}


def _anomaly(found: Anomaly, language: str) -> dict[str, object]:
    facts = dict(found.facts)
    if found.amendment is not None:
        facts["number"] = f"{found.sub_order} (MO {found.amendment})"
    return {
        "code": found.code.value,
        "severity": found.severity.value,
        "sub_order": found.sub_order,
        "amendment": found.amendment,
        "message": words("anomaly_messages", found.code.value, language, **facts),
    }
