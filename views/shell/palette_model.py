"""What the palette lists for what is typed: things to do, things to open."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.identifiers import AccountId
from app.domain.sales.proposal import ProposalKind
from app.ports.readers import Hit, HitKind, ProposalItem
from views.shell.page import Navigation, PageAction
from views.shell.session import Session

ENTRY = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ICONS = {
    HitKind.ACCOUNT: "accounts",
    HitKind.CONTACT: "user",
    HitKind.PROPOSAL: "proposal",
    HitKind.ORDER: "orders",
    HitKind.PRODUCT: "catalogue",
}
_MOST_HITS = 8
_ONLY_ACTIONS = ">"


def folded(text: str) -> str:
    """The text without accents and capitals, letter for letter, so that `rose` finds « Rosé »."""
    plain = (unicodedata.normalize("NFD", sign)[0].casefold()[:1] or sign for sign in text)
    return "".join(plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteEntry:
    """One row: a group's name, or something to do or open; `bold` marks what was typed, as (start, length)."""

    text: str
    about: str = ""
    icon: str = ""
    keys: str = ""
    bold: tuple[int, int] = (0, 0)
    do: Callable[[], object] | None = field(default=None, compare=False)

    @property
    def is_group(self) -> bool:
        """Whether it only names what follows."""
        return self.do is None


class PaletteModel(QAbstractListModel):
    """Rows for what is typed; `answered` goes out when they are there."""

    answered = Signal(str)
    """What was typed when they were asked for."""

    def __init__(
        self,
        session: Session,
        navigation: Navigation,
        offers: Sequence[PageAction],
        places: Sequence[tuple[str, str, str]],
        parent: QObject | None = None,
    ) -> None:
        """`offers` are the page's and the window's actions, `places` the rail's pages as (page, text, icon)."""
        super().__init__(parent)
        self._session = session
        self._navigation = navigation
        self._offers = tuple(offers)
        self._places = tuple(places)
        self._entries: list[PaletteEntry] = []
        self._hits = 0

    @property
    def hits(self) -> int:
        """How many answers there are, groups apart."""
        return sum(1 for entry in self._entries if not entry.is_group)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Groups and entries."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> object:
        """The PaletteEntry (ENTRY), or its words."""
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        return f"{entry.text} {entry.about}".strip() if role == _DISPLAY else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Groups cannot be chosen."""
        if self._entries[index.row()].is_group:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def entry(self, row: int) -> PaletteEntry:
        """The entry of a row."""
        return self._entries[row]

    def ask(self, typed: str) -> None:
        """Find what belongs to what is typed; `>` first lists actions alone."""
        text = typed.strip()
        if text.startswith(_ONLY_ACTIONS):
            self._show(typed, self._matching(text.removeprefix(_ONLY_ACTIONS).strip()), ())
        elif not text:
            self._show(typed, self._matching(""), self._all_places(""))
        else:
            self._session.read(partial(self._find, text), partial(self._found, typed), latest="palette")

    # Runs on the reading side.
    def _find(self, text: str) -> tuple[Sequence[Hit], tuple[ProposalItem, ...]]:
        hits = self._session.readers.search(text, _MOST_HITS)
        accounts = [hit.account_id for hit in hits if hit.kind is HitKind.ACCOUNT and hit.account_id]
        proposals = self._session.readers.proposals(accounts[0]) if accounts else ()
        return hits, proposals

    def _found(self, typed: str, found: tuple[Sequence[Hit], tuple[ProposalItem, ...]]) -> None:
        hits, proposals = found
        text = typed.strip()
        first = next((hit for hit in hits if hit.kind is HitKind.ACCOUNT), None)
        deeds = [*(self._deeds(first, proposals) if first else ()), *self._matching(text)]
        self._show(typed, deeds, [*map(partial(self._opening, text), hits), *self._all_places(text)])

    def _deeds(self, hit: Hit, proposals: tuple[ProposalItem, ...]) -> list[PaletteEntry]:
        """What can be done for the account that answers best."""
        account_id = hit.account_id or AccountId(hit.id)
        go = self._navigation.go
        default = next((item for item in proposals if item.kind is ProposalKind.DEFAULT), None)
        found = [
            PaletteEntry(
                text=self.tr("Préparer la visite"),
                about=hit.title,
                icon="check",
                do=partial(go, "account", account_id=account_id),
            )
        ]
        if default is not None and self._navigation.has("courtesy"):
            found.insert(
                0,
                PaletteEntry(
                    text=self.tr("Commencer la visite"),
                    about=hit.title,
                    icon="eye",
                    do=partial(go, "courtesy", proposal_id=default.id),
                ),
            )
        return found

    def _matching(self, text: str) -> list[PaletteEntry]:
        wanted = folded(text)
        return [
            PaletteEntry(text=offer.text, about=offer.about, icon=offer.icon, keys=offer.keys, do=offer.do)
            for offer in self._offers
            if wanted in folded(f"{offer.text} {offer.about}")
        ]

    def _all_places(self, text: str) -> list[PaletteEntry]:
        wanted = folded(text)
        return [
            PaletteEntry(
                text=words,
                icon=icon,
                keys=self.tr("Ctrl {key}").format(key=number),
                bold=_found_in(words, text),
                do=partial(self._navigation.go, page),
            )
            for number, (page, words, icon) in enumerate(self._places, 1)
            if wanted in folded(words)
        ]

    def _opening(self, typed: str, hit: Hit) -> PaletteEntry:
        title = self.tr("Commande {number}").format(number=hit.title) if hit.kind is HitKind.ORDER else hit.title
        return PaletteEntry(
            text=title,
            about=hit.subtitle,
            icon=_ICONS[hit.kind],
            bold=_found_in(title, typed),
            do=partial(self._open, hit),
        )

    def _open(self, hit: Hit) -> None:
        go = self._navigation.go
        if hit.kind is HitKind.PROPOSAL and self._navigation.has("proposal"):
            go("proposal", account_id=hit.account_id or "", proposal_id=hit.id)
        elif hit.kind is HitKind.ORDER:
            go("account", account_id=hit.account_id or "", tab="orders")
        elif hit.kind is HitKind.PRODUCT:
            go("catalogue", product_id=hit.id)
        else:
            go("account", account_id=hit.account_id or hit.id)

    def _show(self, typed: str, deeds: Sequence[PaletteEntry], openings: Sequence[PaletteEntry]) -> None:
        self.beginResetModel()
        self._entries = []
        for name, group in ((self.tr("Faire"), deeds), (self.tr("Ouvrir"), openings)):
            if group:
                self._entries += [PaletteEntry(text=name), *group]
        self.endResetModel()
        self.answered.emit(typed)


def _found_in(words: str, typed: str) -> tuple[int, int]:
    """Where the last word typed begins a word of the text."""
    last = folded(typed).split()[-1:] or [""]
    if not last[0]:
        return (0, 0)
    at = folded(words).find(last[0])
    return (at, len(last[0])) if at >= 0 else (0, 0)
