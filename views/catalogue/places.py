"""Limited places in the user's words: where one is and when, and how a line stands with the one it needs."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from app.domain.catalogue.slot import Slot
from app.domain.sales.reservation import Reservation, SlotStanding
from views import formats
from views.shell.theme import Chip

translate = QCoreApplication.translate


def place_where(slot: Slot) -> str:
    """« Fleuristes · Eure-et-Loir »; a place for any trade and anywhere has no more name than that."""
    return " · ".join(filter(None, (slot.activity, slot.area))) or translate("Places", "Toutes rubriques, partout")


def place_when(slot: Slot) -> str:
    """« mars à juin · n° 2 »: its period or edition, and its number where there are several alike."""
    when = slot.period or translate("Places", "édition {year}").format(year=slot.edition)
    number = translate("Places", "n° {number}").format(number=slot.number)
    return f"{when} · {number}" if slot.number > 1 else when


def place_words(slot: Slot) -> str:
    """« Fleuristes · Eure-et-Loir · mars à juin »."""
    return f"{place_where(slot)} · {place_when(slot)}"


def free_words(slots: Collection[Slot]) -> str:
    """« Libres : 2 sur 5 »."""
    free = sum(slot.is_free for slot in slots)
    return translate("Places", "Libres : {free} sur {total}").format(free=free, total=len(slots))


def standing_chip(standing: SlotStanding, held: Reservation | None) -> Chip:
    """How a line stands with its place, as a chip."""
    if standing is SlotStanding.MISSING:
        return Chip(translate("Places", "Emplacement à demander"), "warn", "pin", translate("Places", "À demander"))
    if standing is SlotStanding.PENDING:
        return Chip(translate("Places", "Emplacement demandé"), "info", "pin", translate("Places", "Demandé"))
    if standing is SlotStanding.REFUSED:
        return Chip(translate("Places", "Emplacement refusé"), "danger", "pin", translate("Places", "Refusé"))
    if standing is SlotStanding.EXPIRED:
        return Chip(translate("Places", "Emplacement échu"), "danger", "pin", translate("Places", "Échu"))
    until = held.valid_until if held is not None else None
    if until is None:
        return Chip(translate("Places", "Emplacement obtenu"), "ok", "pin", translate("Places", "Obtenu"))
    day = formats.day_month(until.astimezone().date())
    whole, short = translate("Places", "Obtenu jusqu’au {day}"), translate("Places", "Jusqu’au {day}")
    return Chip(whole.format(day=day), "ok", "pin", short.format(day=day))
