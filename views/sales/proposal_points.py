"""What is left to settle before signing: anomalies put together where one button mends them, and what waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from app.domain.identifiers import LineId
from app.domain.sales.anomalies import Anomaly, Remedy, Severity
from app.domain.sales.reservation import SlotStanding
from views.sales.proposal_words import in_a_row

translate = QCoreApplication.translate

TOGETHER = frozenset({Remedy.SPLIT, Remedy.EDIT_CONTACT, Remedy.EDIT_ACCOUNT})
"""Remedies that mend all their anomalies at once."""
ICONS: Mapping[Remedy, str] = {
    Remedy.SPLIT: "split",
    Remedy.EDIT_CONTACT: "user",
    Remedy.RENAME: "pen",
    Remedy.ASK_FOR_SLOT: "pin",
}


class Wording(Protocol):
    """Gives the words of a code, as the session does."""

    def words(self, kind: str, code: str, facts: Mapping[str, object] | None = None) -> str:
        """The words of a code with its facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing to settle: what is wrong, what it means, and the button that mends it."""

    remedy: Remedy
    anomalies: tuple[Anomaly, ...]
    title: str
    text: str
    button: str
    waiting: str
    """What « Valider » or « Commander » waits for, as the end of a sentence."""

    @property
    def icon(self) -> str | None:
        """The icon of its button, where there is one."""
        return ICONS.get(self.remedy)

    @property
    def needs_draft(self) -> bool:
        """Whether mending it changes the proposal, so that it must be a draft."""
        return self.remedy not in {Remedy.EDIT_CONTACT, Remedy.EDIT_ACCOUNT, Remedy.ASK_FOR_SLOT}

    @property
    def is_asked(self) -> bool:
        """Whether all was done and the centre is to answer: there is nothing to do but wait."""
        return self.remedy is Remedy.ASK_FOR_SLOT and self.anomalies[0].facts["slot"] == SlotStanding.PENDING

    @property
    def line_id(self) -> LineId | None:
        """The line it concerns, when it is one."""
        return self.anomalies[0].line_id

    def holds_up(self, *severities: Severity) -> bool:
        """Whether it blocks one of these."""
        return any(anomaly.severity in severities for anomaly in self.anomalies)

    @property
    def is_warning(self) -> bool:
        """Whether it blocks nothing before the signature."""
        return not self.holds_up(Severity.BLOCKS_VALIDATION, Severity.BLOCKS_ORDERING)


def points(broken: Iterable[Anomaly], wording: Wording) -> tuple[Point, ...]:
    """Put anomalies together by what mends them; what blocks soonest comes first, what only waits after its like."""
    groups: dict[tuple[Remedy, int], list[Anomaly]] = {}
    for index, anomaly in enumerate(broken):
        alone = -1 if anomaly.remedy in TOGETHER else index
        groups.setdefault((anomaly.remedy, alone), []).append(anomaly)
    made = [_point(remedy, group, wording) for (remedy, _), group in groups.items()]
    order = list(Severity)

    def rank(point: Point) -> tuple[int, bool]:
        return min(order.index(anomaly.severity) for anomaly in point.anomalies), point.is_asked

    return tuple(sorted(made, key=rank))


def blocking(found: Sequence[Point], *severities: Severity) -> tuple[Point, ...]:
    """The points that hold up one of these."""
    return tuple(point for point in found if point.holds_up(*severities))


def waits_for(found: Sequence[Point], *severities: Severity) -> str:
    """What a step waits for, in words; empty when nothing holds it up."""
    return in_a_row([point.waiting for point in blocking(found, *severities)])


def _point(remedy: Remedy, group: Sequence[Anomaly], wording: Wording) -> Point:
    titles = [wording.words("anomaly_titles", one.code.value, one.facts) for one in group]
    texts = dict.fromkeys(wording.words("anomaly_texts", one.code.value, one.facts) for one in group)
    title = ", ".join([titles[0], *(_within(title) for title in titles[1:])])
    text = " ".join(texts)
    button = wording.words("remedies", remedy.value)
    numbers = in_a_row(list(dict.fromkeys(one.sub_order for one in group if one.sub_order)))
    waiting = title[0].lower() + title[1:]
    if remedy is Remedy.SPLIT:
        button = f"{button} {numbers}"
        if len(group) > 1:
            text = translate("Points", "Elles ne peuvent pas figurer sur ce bon.")
            waiting = translate("Points", "{numbers} sont rangées").format(numbers=numbers)
        else:
            waiting = translate("Points", "{number} est rangée").format(number=numbers)
    elif remedy in {Remedy.REMOVE_PLAN, Remedy.RECOMPUTE_PLAN}:
        waiting = translate("Points", "le règlement tombe juste")
    elif remedy is Remedy.LOWER_DISCOUNT:
        waiting = translate("Points", "la remise est dans votre limite")
    elif remedy is Remedy.REPRICE:
        waiting = translate("Points", "le tarif est du jour")
    elif remedy is Remedy.ASK_FOR_SLOT:
        waiting = translate("Points", "l’emplacement est accordé")
        if group[0].facts["slot"] == SlotStanding.PENDING:
            button = translate("Points", "Voir les emplacements")
    elif remedy is Remedy.EDIT_CONTACT:
        waiting = translate("Points", "le contact est complet")
    elif remedy is Remedy.EDIT_ACCOUNT:
        waiting = translate("Points", "la fiche est juste")
    return Point(remedy=remedy, anomalies=tuple(group), title=title, text=text, button=button, waiting=waiting)


def _within(title: str) -> str:
    """A title as it goes on within a sentence; sub-order numbers begin with a figure and stay."""
    return title[0].lower() + title[1:]
