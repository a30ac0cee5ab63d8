"""What the door says of a damaged or missing store: the copy that can take its place, and what came of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject

from app.ports.entrance import CopyPutBack
from views import formats


@dataclass(frozen=True, slots=True)
class Said:
    """A notice: its kind, what happened, what is to be known or done."""

    kind: str
    what: str
    kept: str


class CopyWords(QObject):
    """The door's words for copies, in the language in force."""

    def damaged(self) -> Said:
        """Say that the store is damaged and a copy is at hand."""
        return Said(
            "danger",
            self.tr("Le coffre de cet appareil est abîmé."),
            self.tr("Rien n’est effacé. Ce qui reste lisible du coffre sera ajouté à la copie."),
        )

    def missing(self) -> Said:
        """Say that the store is gone and a copy is at hand."""
        return Said(
            "danger",
            self.tr("Le coffre de cet appareil a disparu."),
            self.tr("Sa dernière copie peut prendre sa place."),
        )

    def missing_without_copy(self) -> Said:
        """Say that the store is gone and no copy helps."""
        return Said(
            "danger",
            self.tr("Le coffre de cet appareil a disparu, et aucune copie n’est saine."),
            self.tr("Ne réinscrivez pas l’appareil : laissez-le tel quel et appelez le support."),
        )

    def no_copy(self) -> Said:
        """Say that the store is damaged and no copy helps."""
        return Said(
            "danger",
            self.tr("Le coffre de cet appareil est abîmé, et aucune copie n’est saine."),
            self.tr("Rien n’est effacé : laissez l’appareil tel quel et appelez le support."),
        )

    def action(self, at: datetime) -> str:
        """Give what the button says: the copy and its instant."""
        return self.tr("Remettre la dernière copie ({when})").format(when=self._when(at))

    def came_of(self, done: CopyPutBack) -> Said:
        """Say which copy was put back, what was reread beyond it, and what was not."""
        what = self.tr("Copie remise ({when}).").format(when=self._when(done.at))
        if done.was_missing:
            kept = self.tr(
                "Ce qui a été fait depuis cette copie et qui était envoyé revient du centre ; le reste est à refaire."
            )
            return Said("warn", what, kept)
        parts = []
        if done.reread:
            parts.append(self.tr("%n action(s) relue(s) du coffre abîmé.", "", done.reread))
        if done.lost:
            numbers = ", ".join(str(number) for number in done.lost)
            parts.append(
                self.tr("%n action(s) illisible(s) (n° {numbers}).", "", len(done.lost)).format(numbers=numbers)
            )
        if not done.knows_all:
            parts.append(self.tr("Le coffre abîmé ne dit plus tout ce qui a été fait depuis cette copie."))
        if done.lost or not done.knows_all:
            parts.append(
                self.tr(
                    "Ce qui était envoyé revient du centre ; le reste est à refaire. Le coffre abîmé est gardé pour le "
                    "support."
                )
            )
        elif not done.reread:
            parts.append(self.tr("Rien n’avait été fait depuis."))
        return Said("warn" if done.lost or not done.knows_all else "ok", what, " ".join(parts))

    def _when(self, at: datetime) -> str:
        local = at.astimezone()
        time, day, today = formats.formats().time(local), local.date(), datetime.now().astimezone().date()
        if day == today:
            return self.tr("aujourd’hui {time}").format(time=time)
        if day == today - timedelta(days=1):
            return self.tr("hier {time}").format(time=time)
        return f"{formats.date_day(day)} {time}"
