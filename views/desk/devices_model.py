"""The devices of the organisation, or one's own: what stands on their rows, and what may be done with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.ports.devices import DeviceCode, DeviceItem, DevicePerson, Devices, DeviceState
from views import formats
from views.shell.live_model import LiveModel
from views.shell.session import Session
from views.shell.theme import Chip
from views.widgets.rows import Row

NARROWINGS = ("active", "gone", "all")
_CHIPS = {
    DeviceState.ACTIVE: "ok",
    DeviceState.REVOKED: "warn",
    DeviceState.WIPE_ASKED: "danger",
    DeviceState.WIPE_SEEN: "danger",
    DeviceState.WIPED: "info",
}
_GONE = frozenset({DeviceState.REVOKED, DeviceState.WIPED})


class DevicesModel(LiveModel):
    """Asks the centre each time the page shows and after each thing done; without it, what was heard last stays."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.items: tuple[DeviceItem, ...] | None = None
        self.looks_after_all = session.looks_after_devices
        """Whether all devices are this person's to look after."""
        session.sync.changed.connect(self._hear_part)

    @property
    def devices(self) -> Devices:
        """Whom to ask. Raises RuntimeError where there is no centre."""
        if self.session.devices is None:
            raise RuntimeError("there is no centre to ask about devices")
        return self.session.devices

    def wake(self) -> None:
        self.looks_after_all = self.session.looks_after_devices
        super().wake()

    def _hear_part(self) -> None:
        """The centre may have given this person another part: the list is another one then."""
        standing = self.session.sync.standing
        if self.is_awake and standing is not None and standing.looks_after_devices != self.looks_after_all:
            self.looks_after_all = standing.looks_after_devices
            self.items = None
            self.changed.emit()
            self.read()

    def read(self) -> None:
        """Ask for the list."""
        if self.session.devices is not None:
            self.session.ask(self.session.devices.all, self._show)

    def matching(self, narrowing: str) -> list[DeviceItem]:
        """The devices of a narrowing."""
        wanted = {"active": False, "gone": True}.get(narrowing)
        return [item for item in self.items or () if wanted is None or (item.state in _GONE) == wanted]

    def rows(self, narrowing: str) -> list[Row]:
        """Rows of a narrowing."""
        return [self._row(item) for item in self.matching(narrowing)]

    def item(self, device: str) -> DeviceItem | None:
        """The device of a row."""
        return next((item for item in self.items or () if item.id == device), None)

    def title(self, item: DeviceItem) -> str:
        """« Marie Diallo · poste-12 »."""
        return " · ".join(filter(None, (item.holder, item.name)))

    def state(self, item: DeviceItem) -> str:
        """The words of its state."""
        return {
            DeviceState.ACTIVE: self.tr("en service"),
            DeviceState.REVOKED: self.tr("exclu"),
            DeviceState.WIPE_ASKED: self.tr("effacement demandé"),
            DeviceState.WIPE_SEEN: self.tr("effacement reçu"),
            DeviceState.WIPED: self.tr("effacé"),
        }[item.state]

    def facts(self, item: DeviceItem) -> list[tuple[str, str]]:
        """What the centre knows of it: names and words."""
        facts = [
            (self.tr("Titulaire"), f"{item.holder} ({item.login})"),
            (self.tr("Système"), " · ".join(filter(None, (item.platform, item.version))) or "—"),
            (self.tr("Inscrit"), self._moment(item.enrolled_at)),
            (self.tr("Dernier contact"), self._moment(item.seen_at)),
            (self.tr("Dernier échange"), self._moment(item.exchanged_at)),
            (self.tr("Changements reçus"), formats.formats().number(item.changesets)),
            (self.tr("Travaille seul jusqu’au"), self._moment(item.lease_until)),
            (self.tr("Clé confiée"), self.tr("oui") if item.is_entrusted else self.tr("non")),
        ]
        if item.renewed_from:
            facts.append((self.tr("Remplace l’identité"), item.renewed_from[:8]))
        if item.has_rescue:
            facts.append((self.tr("Travail non parti"), self.tr("gardé scellé au centre")))
        return facts

    # ------------------------------------------------------------------------------------------- doing
    def revoke(self, item: DeviceItem) -> None:
        """Shut it out."""
        done = self.tr("{device} n’est plus admis par le centre.").format(device=item.name)
        self.session.ask(partial(self.devices.revoke, item.id), partial(self._done, done))

    def order_wipe(self, item: DeviceItem) -> None:
        """Order it to wipe itself."""
        done = self.tr("{device} s’effacera à son prochain contact.").format(device=item.name)
        self.session.ask(partial(self.devices.order_wipe, item.id), partial(self._done, done))

    def cancel_wipe(self, item: DeviceItem) -> None:
        """Take the order back."""
        done = self.tr("{device} ne sera pas effacé.").format(device=item.name)
        self.session.ask(partial(self.devices.cancel_wipe, item.id), partial(self._done, done))

    def recovery_code(self, item: DeviceItem, then: Callable[[DeviceCode], object]) -> None:
        """Ask for a code that gives it its key back."""
        self.session.ask(partial(self.devices.recovery_code, item.id), then)

    def enrolment_code(self, login: str, then: Callable[[DeviceCode], object]) -> None:
        """Ask for a code that enrols one device of a person."""
        self.session.ask(partial(self.devices.enrolment_code, login), then)

    def people(self, then: Callable[[tuple[DevicePerson, ...]], object]) -> None:
        """Ask who may have a device."""
        self.session.ask(self.devices.people, then)

    def save_unsent(self, path: Path) -> None:
        """Save what this device could not send, readable by the organisation alone."""
        self.session.act(partial(self.devices.save_unsent, path), self._say_saved)

    def until(self, code: DeviceCode) -> str:
        """« jusqu’au 24/11/2026 09:00 »."""
        return self.tr("Valable une fois, jusqu’au {moment}.").format(moment=self._moment(code.until))

    # ------------------------------------------------------------------------------------------- words
    def _row(self, item: DeviceItem) -> Row:
        seen = self.tr("vu le {moment}").format(moment=self._moment(item.seen_at)) if item.seen_at else ""
        lease = ""
        if item.lease_until is not None and item.state is DeviceState.ACTIVE:
            lease = self.tr("seul jusqu’au {moment}").format(moment=self._moment(item.lease_until))
        here = self.tr("cet appareil") if item.is_this else ""
        return Row(
            title=self.title(item),
            subtitle=" · ".join(filter(None, (here, item.platform, item.version, seen, lease))),
            chips=(Chip(self.state(item), _CHIPS[item.state]),),
            chevron=True,
            key=item.id,
        )

    def _moment(self, at: datetime | None) -> str:
        if at is None:
            return self.tr("jamais")
        local = at.astimezone()
        return f"{formats.date_short(local.date())} {formats.formats().time(local)}"

    def _done(self, words: str, _nothing: None) -> None:
        self.session.say(words)
        self.read()

    def _say_saved(self, count: int) -> None:
        if count:
            self.session.say(self.tr("Enregistré : %n changement(s), lisibles par l’organisation seule.", "", count))
        else:
            self.session.say(self.tr("Tout est déjà arrivé au centre : rien à enregistrer."))

    def _show(self, items: tuple[DeviceItem, ...]) -> None:
        self.items = items
        self.changed.emit()
