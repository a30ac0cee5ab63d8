"""How the road to the centre is: a first reading under way, a deletion that waits for a yes, a clock that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from app.ports.courier import RoadPicture
from views.formats import formats
from views.shell.session import Session

SKEW_SECONDS = 120.0
"""A clock that is off by more than this is told to the rep."""
_SAID_ELSEWHERE = {"OFFLINE", "DELETIONS_STOPPED"}
"""Troubles that the chip, or a question of their own, says already."""
_MINUTE = 60
_HOUR = 3_600
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class FirstPull:
    """The first reading as a person reads it; `share` in percent, None while nobody knows the whole."""

    words: str
    figures: str
    rows: int
    rows_total: int
    is_paused: bool


@dataclass(frozen=True, slots=True)
class Deletion:
    """What the centre would delete here: the scope for the courier, and the question in words."""

    scope: str
    what: str
    kept: str


@dataclass(frozen=True, slots=True)
class Caution:
    """Something about this device that the rep should know: its kind, what, and what to do."""

    kind: str
    what: str
    kept: str
    technical: str = ""


class RoadModel(QObject):
    """Says it in words; whoever shows it asks again when the network moved."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    @property
    def _road(self) -> RoadPicture:
        standing = self._session.sync.standing
        return self._session.courier.road if standing is None else standing.road

    def first_pull(self) -> FirstPull | None:
        """How far the first reading is; None when none is to be done."""
        progress = self._road.progress
        if progress is None:
            return None
        shown = formats()
        rows = shown.number(progress.rows)
        if progress.rows_total:
            rows = self.tr("{rows} fiches sur {total}").format(rows=rows, total=shown.number(progress.rows_total))
        else:
            rows = self.tr("{rows} fiches").format(rows=rows)
        size = shown.file_size(progress.bytes)
        words = self.tr("Première lecture, en pause") if progress.is_paused else self.tr("Première lecture")
        return FirstPull(
            words=f"{words} · {self._scope(progress.scope)}",
            figures=f"{rows} · {size}",
            rows=progress.rows,
            rows_total=progress.rows_total,
            is_paused=progress.is_paused,
        )

    def deletions(self) -> list[Deletion]:
        """The questions that wait for a yes or a no."""
        shown = formats()
        return [
            Deletion(
                scope=stop.scope,
                what=self.tr("Le centre voudrait effacer ici {count} fiches sur {total}, dans {scope}.").format(
                    count=shown.number(stop.count), total=shown.number(stop.total), scope=self._scope(stop.scope)
                ),
                kept=self.tr(
                    "Rien n’est effacé sans votre accord. En cas de doute, gardez tout et appelez le support."
                ),
            )
            for stop in self._road.stopped_deletions
        ]

    def cautions(self) -> list[Caution]:
        """What the rep should know of this device, the gravest first."""
        road = self._road
        found: list[Caution] = []
        trouble = road.trouble
        if trouble is not None and trouble.code not in _SAID_ELSEWHERE:
            words = self._session.words("troubles", trouble.code, trouble.facts)
            found.append(Caution(trouble.code, words, self.tr("Votre travail est gardé ici."), trouble.technical))
        if road.must_update:
            what = self.tr("Cette version de Tournée est trop ancienne pour lire le centre.")
            kept = self.tr("Ce que vous faites part quand même. Mettez l’application à jour pour recevoir le reste.")
            found.append(Caution("update", what, kept))
        skew = road.clock_skew
        if skew is not None and abs(skew) > SKEW_SECONDS:
            what = self.tr("L’horloge de cet appareil avance de {time}.")
            if skew < 0:
                what = self.tr("L’horloge de cet appareil retarde de {time}.")
            kept = self.tr("Rien n’en dépend, mais les heures affichées sont fausses : réglez-la.")
            found.append(Caution("clock", what.format(time=self._time(abs(skew))), kept))
        return found

    # ------------------------------------------------------------------------------------------- doing
    def pause(self, *, is_paused: bool) -> None:
        """Let the first reading rest, or go on with it."""
        courier = self._session.courier
        self._session.act(courier.pause_first_pull if is_paused else courier.resume_first_pull, _nothing)

    def delete(self, scope: str) -> None:
        """Let the centre delete."""
        self._session.act(partial(self._session.courier.allow_deletions, scope), _nothing)

    def keep(self, scope: str) -> None:
        """Keep what is here."""
        self._session.act(partial(self._session.courier.keep_rows, scope), _nothing)

    # ------------------------------------------------------------------------------------------- words
    def _scope(self, scope: str) -> str:
        kind = scope.partition(":")[0]
        words = {
            "catalogue": self.tr("le catalogue"),
            "team": self.tr("votre équipe"),
            "load": self.tr("un compte chargé"),
        }
        return words.get(kind, self.tr("votre portefeuille"))

    def _time(self, seconds: float) -> str:
        if seconds < 2 * _HOUR:
            return self.tr("%n minute(s)", "", round(seconds / _MINUTE))
        if seconds < 2 * _DAY:
            return self.tr("%n heure(s)", "", round(seconds / _HOUR))
        return self.tr("%n jour(s)", "", round(seconds / _DAY))


def _nothing(_done: None) -> None:
    """The courier tells by itself what moved."""
