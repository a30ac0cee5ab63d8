"""The rules of the trade once more, at the centre: what a device says a proposal costs and may become is checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from app.domain.identifiers import ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.anomalies import Circumstances, Severity, anomalies
from app.domain.sales.pricing import priced
from app.domain.sales.proposal import ProposalStatus
from app.domain.signature.ceremony import DocumentKind, form_number
from app.store import codecs
from app.store.assembling import proposals_from
from app.store.codec import Codec, Record
from app.store.rows import SYNCED
from app.store.tracked import PlainRows
from sync.protocol.changeset import Changeset, Value
from sync.server.exchange.picture import Picture
from sync.server.feed import Key
from sync.server.grants.rights import Caller

_SIGNED = {ProposalStatus.SIGNED_TO_CONFIRM, ProposalStatus.SIGNED}
_NEXT: dict[str, frozenset[str]] = {
    ProposalStatus.DRAFT: frozenset({ProposalStatus.VALIDATED, ProposalStatus.CLOSED}),
    ProposalStatus.VALIDATED: frozenset({ProposalStatus.DRAFT, ProposalStatus.ORDERED, ProposalStatus.CLOSED}),
    ProposalStatus.ORDERED: frozenset(
        {
            ProposalStatus.DRAFT,
            ProposalStatus.VALIDATED,
            ProposalStatus.CLOSED,
            ProposalStatus.SIGNED_TO_CONFIRM,
        }
    ),
    ProposalStatus.CLOSED: frozenset({ProposalStatus.DRAFT, ProposalStatus.VALIDATED, ProposalStatus.ORDERED}),
}
"""What a device may make of a proposal; undo goes one step back. Only the centre says that a signature is confirmed."""


_CODECS: dict[str, Codec[object]] = {
    codec.table.name: codec for codec in vars(codecs).values() if isinstance(codec, Codec)
}


_CONCERN = frozenset(
    {"document", "proposal", "proposal_sub_order", "proposal_line", "instalment", "reservation", "slot"}
)


def concern(picture: Picture) -> bool:
    """Say whether the rules of proposals, documents and places have anything to say of what changed."""
    return not _CONCERN.isdisjoint([table for table, _ in picture.changed()])


def must_be_readable(picture: Picture) -> None:
    """Raise Refusal CHANGESET_UNSOUND where a row would hold what no value of the trade can be made of."""
    for table, row in sorted(picture.changed()):  # of several the same is named, in whatever order they were read
        was, record = picture.before[table, row], picture.after[table, row]
        if record is None:
            continue
        if was is not None and not _CODECS[table].turns([name for name, value in record.items() if was[name] != value]):
            continue
        try:
            _CODECS[table].value(record)
        except (ValueError, TypeError, OverflowError) as error:
            raise Refusal("CHANGESET_UNSOUND", {"table": table, "column": "", "why": "value"}) from error


def must_be_kept(picture: Picture, changeset: Changeset) -> None:
    """Raise Refusal DOCUMENT_KEPT for a kept document that would change, or a signed one that would go.

    Also ALREADY_SIGNED for a second one that is to be the proposal's: two devices may each have had it signed offline.
    What comes as proof alone, of a version that could not be taken, is kept, whoever else had that signed too.
    """
    signing = {entry.row for entry in changeset.entries if entry.new.get("status") in _SIGNED}
    signed: list[tuple[str, Record]] = []
    for table, row in picture.changed():
        was, now = picture.was(table, row), picture.now(table, row)
        if table == "document" and was is not None:
            is_signed = was["kind"] == DocumentKind.SIGNED_ORDER_FORM
            if now is not None or is_signed:
                raise Refusal("DOCUMENT_KEPT", {"number": str(was["number"])})
        elif table == "document" and now is not None and now["kind"] == DocumentKind.SIGNED_ORDER_FORM:
            signed.append((row, now))
    for row, form in signed:
        if form["proposal_id"] in signing:
            _must_be_the_first(picture, row, form)


def _must_be_the_first(picture: Picture, row: str, form: Record) -> None:
    proposal = picture.was("proposal", str(form["proposal_id"]))
    if proposal is None:
        return
    is_sold, present = proposal["status"] in _SIGNED, _number_of(proposal)
    if not is_sold and (proposal["status"] != ProposalStatus.ORDERED or form["number"] != present):
        return
    document = SYNCED.tables["document"]
    signed = select(document.c.id).where(
        document.c.proposal_id == form["proposal_id"],
        document.c.kind == DocumentKind.SIGNED_ORDER_FORM,
        document.c.number == present,
        document.c.id != row,
    )
    if picture.connection.execute(signed).first() is not None:
        raise Refusal("ALREADY_SIGNED", {"number": present})


def _number_of(proposal: Record) -> str:
    """Give the number of the order form of a proposal as it stands."""
    edition, version = int(proposal["edition"] or 0), int(proposal["version"] or 0)
    return form_number(edition, ProposalId(str(proposal["id"])), version)


def must_be_open(picture: Picture) -> None:
    """Raise Refusal PROPOSAL_FROZEN for parts of a proposal that is no draft, and for steps it may not take.

    One that the changeset makes a draft again, as its next version, may change with it.
    """
    for table, row in picture.changed():
        for proposal in _proposals_of(picture, table, row):
            if proposal["status"] != ProposalStatus.DRAFT and not _is_reopened(picture, proposal):
                raise _frozen(proposal)
        if table == "proposal":
            was, now = picture.was(table, row), picture.now(table, row)
            if was is not None and was["status"] in _SIGNED:
                raise _frozen(was)
            if was is not None and now is not None and not _may_become(was["status"], now["status"]):
                raise _frozen(was)
            if now is not None and now["status"] in _SIGNED:
                _must_bear_a_signature(picture, row, now)


def _is_reopened(picture: Picture, was: Record) -> bool:
    """Say whether the same changeset makes a proposal a draft again, under a number of its own."""
    now = picture.now("proposal", str(was["id"]))
    is_draft = now is not None and now["status"] == ProposalStatus.DRAFT and _may_become(was["status"], now["status"])
    return is_draft and now is not None and int(now["version"] or 0) > int(was["version"] or 0)


def _may_become(was: Value, now: Value) -> bool:
    return was == now or now in _NEXT.get(str(was), frozenset())


def _frozen(proposal: Record) -> Refusal:
    return Refusal("PROPOSAL_FROZEN", {"proposal": str(proposal["name"]), "status": str(proposal["status"])})


def _proposals_of(picture: Picture, table: str, row: str) -> Iterator[Record]:
    """Give the proposals, as they were before, that a part belonged to or comes to belong to."""
    for record in (picture.was(table, row), picture.now(table, row)):
        if record is None or table not in {"proposal_line", "proposal_sub_order", "instalment"}:
            continue
        proposal_id = record.get("proposal_id")
        if table == "proposal_line":
            sub_order = str(record["sub_order_id"])
            owner = picture.was("proposal_sub_order", sub_order) or picture.now("proposal_sub_order", sub_order)
            proposal_id = None if owner is None else owner["proposal_id"]
        proposal = None if proposal_id is None else picture.was("proposal", str(proposal_id))
        if proposal is not None:
            yield proposal


def _must_bear_a_signature(picture: Picture, row: str, proposal: Record) -> None:
    """Raise Refusal SIGNATURE_MISSING unless the form of this very version is signed."""
    document = SYNCED.tables["document"]
    made = (
        record["number"]
        for (table, _), record in picture.after.items()
        if table == document.name and record is not None
        if record["proposal_id"] == row and record["kind"] == DocumentKind.SIGNED_ORDER_FORM
    )
    kept = select(document.c.number).where(document.c.proposal_id == row)
    kept = kept.where(document.c.kind == DocumentKind.SIGNED_ORDER_FORM)
    if _number_of(proposal) not in {*made, *picture.connection.execute(kept).scalars()}:
        raise Refusal("SIGNATURE_MISSING", {"proposal": str(proposal["name"])})


def must_be_priced(picture: Picture) -> None:
    """Raise Refusal LINE_MISPRICED where a line's net is not what the one pricing rule makes of it.

    Also QUANTITY_OUT_OF_RANGE and DISCOUNT_OUT_OF_RANGE.
    """
    for table, row in _lines_to_check(picture):
        record = picture.now(table, row)
        sub_order = None if record is None else picture.now("proposal_sub_order", str(record["sub_order_id"]))
        if record is None or sub_order is None:
            continue
        line = codecs.LINE.value(record)
        in_amendment = sub_order["amendment"] is not None
        if priced(line, in_amendment=in_amendment).net != line.net:
            raise Refusal("LINE_MISPRICED", {"product": line.label})


def _lines_to_check(picture: Picture) -> list[Key]:
    """Give the lines that changed, and all of a sub-order that became an amendment or ceased to be one."""
    lines = [key for key in picture.changed() if key[0] == "proposal_line"]
    table = SYNCED.tables["proposal_line"]
    for name, row in picture.changed():
        was, now = picture.was(name, row), picture.now(name, row)
        if name != "proposal_sub_order" or was is None or now is None:
            continue
        if (was["amendment"] is None) != (now["amendment"] is None):
            others = select(table.c.id).where(table.c.sub_order_id == row)
            lines += [("proposal_line", other) for other in picture.connection.execute(others).scalars()]
    return lines


def must_be_validatable(picture: Picture, caller: Caller, on: date) -> None:
    """Raise Refusal ANOMALIES_STAND where a proposal was validated against an anomaly; asked after writing."""
    validated = [
        row
        for table, row in picture.changed()
        if table == "proposal" and _status(picture.now(table, row)) == ProposalStatus.VALIDATED
        if _status(picture.was(table, row)) == ProposalStatus.DRAFT
    ]
    if not validated:
        return
    connection, rep = picture.connection, SYNCED.tables["rep"]
    limit = connection.execute(select(rep.c.discount_limit).where(rep.c.id == caller.rep_id)).scalar_one_or_none()
    around = Circumstances(on=on, discount_limit=limit)
    for proposal in proposals_from(PlainRows(connection), "id", validated):
        found = [a.code.value for a in anomalies(proposal, around) if a.severity is Severity.BLOCKS_VALIDATION]
        if found:
            codes = ", ".join(dict.fromkeys(found))
            raise Refusal("ANOMALIES_STAND", {"codes": codes, "count": len(found)})


def _status(record: Record | None) -> object:
    return None if record is None else record["status"]
