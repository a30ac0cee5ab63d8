"""The simulations that are held side by side: which, line by line, and against last edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.domain.accounts.account import Account
from app.domain.identifiers import AccountId, ProposalId
from app.domain.money import ZERO, Money, total
from app.domain.sales.comparison import ComparedPart, compare
from app.domain.sales.proposal import Proposal, ProposalKind, ProposalStatus
from app.ports.readers import AccountPicture
from views.sales.compare_sentences import Sentence, sentences
from views.sales.proposal_words import renewed_before
from views.shell.session import Session

MOST = 4
"""More columns would not be read."""
MOST_SERIES = 5
_TABLES = frozenset({"proposal", "proposal_sub_order", "proposal_line", "instalment", "account"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartColumn:
    """One column of the chart: net by series of ranges, from the bottom up."""

    name: str
    nets: tuple[Money, ...]
    is_past: bool = False
    is_last: bool = False


class CompareModel(QObject):
    """Two to four proposals of an account; the first is the one the others are held against."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.account: Account | None = None
        self.offered: tuple[Proposal, ...] = ()
        """All that can be compared."""
        self.compared: tuple[Proposal, ...] = ()
        self._account_id: AccountId | None = None
        self._last: ProposalId | None = None
        self._picked: tuple[ProposalId, ...] = ()
        self.only_differences = False
        session.touched.connect(self._hear)

    def open(self, account_id: AccountId, last: ProposalId | None = None) -> None:
        """Compare an account's proposals; the `last` one is what the first is held against."""
        if account_id != self._account_id:
            self._picked = ()
        self._account_id, self._last = account_id, last
        self.reload()

    def reload(self) -> None:
        """Read again, in the background."""
        account_id, readers = self._account_id, self._session.readers
        if account_id is not None:
            self._session.read(lambda: readers.account(account_id), self._take, latest="compare")

    def pick(self, proposal_ids: Sequence[ProposalId]) -> None:
        """Compare these, two to four of them."""
        if 2 <= len(proposal_ids) <= MOST:
            self._picked = tuple(proposal_ids)
            self._choose()
            self.changed.emit()

    def show_only_differences(self, only: bool) -> None:
        """Leave out the lines that are the same everywhere, or not."""
        self.only_differences = only
        self.changed.emit()

    @property
    def first(self) -> Proposal:
        """The one the others are held against."""
        return self.compared[0]

    @property
    def last(self) -> Proposal:
        """The one that is held against the first, and presented."""
        return self.compared[-1]

    @property
    def parts(self) -> tuple[ComparedPart, ...]:
        """The sub-orders side by side."""
        return compare(self.compared)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What tells the last from the first."""
        return sentences(self.first, self.last)

    @property
    def series(self) -> tuple[str, ...]:
        """The names of the chart's series: the ranges, the last ones together where there are too many to read."""
        names = tuple(dict.fromkeys(part.range_name for part in self.parts))
        return names if len(names) <= MOST_SERIES else (*names[: MOST_SERIES - 1], self.tr("Autres"))

    @property
    def columns(self) -> tuple[ChartColumn, ...]:
        """Last edition and each proposal, net by series; amendments are differences and stay out of the past."""
        names = self.series
        past = dict.fromkeys(names, ZERO)
        for part in self.last.sub_orders:
            if part.amendment is None:
                name = self._series_of(part.range_name)
                past[name] += total(line.previous_net or ZERO for line in part.lines)
        columns = []
        if renewed_before(self.last):
            columns.append(ChartColumn(name="", nets=tuple(past[name] for name in names), is_past=True))
        for proposal in self.compared:
            nets = dict.fromkeys(names, ZERO)
            for part in proposal.sub_orders:
                nets[self._series_of(part.range_name)] += part.net
            columns.append(
                ChartColumn(name=proposal.name, nets=tuple(nets[name] for name in names), is_last=proposal is self.last)
            )
        return tuple(columns)

    def _series_of(self, range_name: str) -> str:
        names = self.series
        return range_name if range_name in names else names[-1]

    def _hear(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self.reload()

    def _take(self, picture: AccountPicture) -> None:
        if picture.account.id != self._account_id:
            return
        offered = tuple(
            one
            for one in picture.proposals
            if one.status is not ProposalStatus.CLOSED and one.kind is not ProposalKind.APART
        )
        before = (self.account, self.offered, self.compared)
        self.account, self.offered = picture.account, offered
        self._choose()
        if (self.account, self.offered, self.compared) != before:
            self.changed.emit()

    def _choose(self) -> None:
        known = {one.id: one for one in self.offered}
        picked = [known[one] for one in self._picked if one in known]
        if len(picked) < 2:
            last = known.get(self._last) if self._last else None
            others = [one for one in self.offered if one is not last]
            last = last or (others.pop() if others else None)
            if last is not None and others and last is self.offered[0]:
                # The default proposal is what the others are held against, also when it was in hand.
                picked = [last, others[0]]
            else:
                picked = [*others[:1], *([last] if last else [])]
        self.compared = tuple(picked)
