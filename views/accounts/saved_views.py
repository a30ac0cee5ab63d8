"""The views of the list of accounts that are always there: renewals, rejections, missing e-mails, loaded ones, all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.calendar import months_later
from app.ports.readers import AccountFilter
from views import formats
from views.shell.session import Session

RENEWAL_MONTHS = 2
"""The renewals one works on: those due until the end of the month after next."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A name and the conditions it stands for."""

    key: str
    name: str
    filter: AccountFilter


class SavedViews(QObject):
    """The views with how many accounts each would show; `counted` goes out when that is known."""

    counted = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.until = renewal_limit(session.clock.today())
        last = formats.day_month(self.until - timedelta(days=1))
        renewals = self.tr("À renouveler avant le {day}")
        has_loads = session.loads is not None
        loaded = (SavedView("loaded", self.tr("Chargés"), AccountFilter(loaded=True)),) if has_loads else ()
        self.views: tuple[SavedView, ...] = (
            SavedView("renew", renewals.format(day=last), AccountFilter(renew_before=self.until)),
            SavedView("rejected", self.tr("Mes rejets"), AccountFilter(rejected=True)),
            SavedView("no_email", self.tr("Sans e-mail"), AccountFilter(without_email=True)),
            *loaded,
            SavedView("all", self.tr("Tout"), AccountFilter()),
        )
        self.counts: dict[str, int] = {}

    def read(self) -> None:
        """Count again what each view would show."""
        for view in self.views:
            self._session.read(
                partial(self._session.readers.count_accounts, view.filter),
                partial(self._keep, view.key),
                latest=f"count {view.key}",
            )

    def named(self, key: str) -> SavedView:
        """The view of a key; the first one for a key that is unknown."""
        return next((view for view in self.views if view.key == key), self.views[0])

    def of(self, wanted: AccountFilter) -> SavedView | None:
        """The view that a filter shows, whatever is typed, sorted or narrowed to an area."""
        bare = replace(wanted, text="", area=None, sort=AccountFilter().sort)
        return next((view for view in self.views if view.filter == bare), None)

    def _keep(self, key: str, counted: tuple[int, object]) -> None:
        self.counts[key] = counted[0]
        self.counted.emit()


def renewal_limit(today: date) -> date:
    """The day before which renewals are at hand: the first of the third month from now."""
    return months_later(today.replace(day=1), RENEWAL_MONTHS + 1)
