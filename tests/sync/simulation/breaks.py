"""What breaks beside the road: either side put back from a copy, a store copied, a row damaged, an app too old."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.identifiers import AccountId
from app.store.loads import StoredLoads
from app.store.rows import REVISION
from sync.protocol.changeset import Changeset
from sync.server.exchange.revisions import WINDOW, Window
from tests.sync.simulation.centre import SimulatedCentre
from tests.sync.simulation.chance import Chance, Time
from tests.sync.simulation.device import SimulatedDevice
from tests.sync.simulation.prepared import FLORIST, HERS, HIS, NOBODYS

MOST_RENEWALS = 6
"""How often stores may be copied or put back in one run: a person gets ten new identities a day, and no more."""
KEPT_FOR = timedelta(days=80)
"""How old a copy of the centre may be, whose devices keep what was answered for 90 days."""
MOST_DEVICES = 4
ACCOUNTS = (FLORIST, HERS, HIS, NOBODYS)


class NextWindow(Window):
    """The window of a centre for which this app is too old: it may still send, rows as they are today."""

    def to_present(self, changeset: Changeset) -> Changeset:
        """Give it as it is: what the next revision would make of it is not known yet."""
        return changeset


NEXT_REVISION = NextWindow(present="9999", steps={REVISION: ("9999", lambda changeset: changeset)})


@dataclass(frozen=True)
class Backup:
    """A copy of the centre, with what it knew of who the devices are, and when it was made."""

    path: Path
    identities: frozenset[str]
    at: datetime


class Breaks:
    """Breaks things in one run, within what is promised; `devices` gives those that must come to rest."""

    def __init__(
        self, centre: SimulatedCentre, time: Time, folder: Path, devices: Callable[[], Sequence[SimulatedDevice]]
    ) -> None:
        self._centre = centre
        self._time = time
        self._folder = folder
        self._devices = devices
        self._backup: Backup | None = None
        self._copies: dict[str, Path] = {}
        self._renewals = 0

    # ------------------------------------------------------------------------------------------ the centre
    def back_the_centre_up(self) -> None:
        identities = frozenset(device.id for device in self._devices())
        self._backup = Backup(self._centre.backup(), identities, self._time.at)

    @property
    def has_backup(self) -> bool:
        """Whether there is a copy of the centre that knows every device and is not older than what they keep."""
        kept = self._backup
        if kept is None or self._time.at - kept.at > KEPT_FOR:
            return False
        return kept.identities >= {device.id for device in self._devices()}

    def put_the_centre_back(self, *, is_announced: bool) -> None:
        """Put it back from the copy; unannounced, devices find it out themselves, by their sums at the latest."""
        assert self._backup is not None
        self._centre.restore(self._backup.path)
        self._copies.clear()  # who they are may be unknown now
        for device in self._devices():
            device.forget_versions()
            device.received.may_differ |= not is_announced
        if is_announced:
            self.begin_an_epoch()

    def begin_an_epoch(self) -> None:
        """Let all scopes be read anew, as the restore command does."""
        self._centre.begin_an_epoch()

    def outgrow_the_app(self) -> None:
        """Let the centre be of the next revision: this app is too old to be told anything."""
        self._centre.window = NEXT_REVISION
        self._centre.start_again()

    def renew_the_apps(self) -> None:
        """Everybody gets the app that the centre wants, which begins anew with it."""
        if self._centre.window.present != REVISION:
            self._centre.window = WINDOW
            self._centre.start_again()
            for device in self._devices():
                device.start_again()

    # ------------------------------------------------------------------------------------------ devices
    @property
    def may_copy(self) -> bool:
        return self._renewals < MOST_RENEWALS

    def copied(self) -> None:
        """Count a store that was copied and goes on twice."""
        self._renewals += 1

    def damage(self, device: SimulatedDevice, chance: Chance) -> None:
        """Damage a person's row of a device that knows it as the centre does."""
        sound = (
            "ver > 0 AND id IN (SELECT m.row_id FROM sync_member m JOIN sync_cursor c ON c.scope = m.scope "
            "WHERE m.table_name = 'contact' AND c.phase = 'live' GROUP BY m.row_id HAVING count(*) = 1) "
            "AND id NOT IN (SELECT row_id FROM sync_member WHERE scope NOT IN "
            "(SELECT scope FROM sync_cursor WHERE phase = 'live')) "
            "AND id NOT IN (SELECT row_id FROM sync_shadow UNION SELECT row_id FROM sync_unnamed "
            "UNION SELECT e.row_id FROM changeset_entry e JOIN changeset c ON c.mid = e.mid "
            "WHERE c.state IN ('pending', 'sent'))"
        )
        contact = chance.any_of(device.ids("contact", sound))
        if contact is not None:
            device.damage("contact", contact, role="Abîmée")

    def keep_a_copy(self, device: SimulatedDevice) -> None:
        self._copies[device.name] = device.copy(self._folder / f"{device.name}-kept.db")

    def put_back(self, device: SimulatedDevice) -> bool:
        """Let a device go on from its copy, if it has one; gives whether it does."""
        copy = self._copies.get(device.name)
        if copy is None or not self.may_copy:
            return False
        self.copied()
        device.put_back(copy)
        return True

    def load(self, device: SimulatedDevice, chance: Chance) -> None:
        wish(device, chance.choice(ACCOUNTS), chance.choice((1, 10)))

    def unload(self, device: SimulatedDevice, chance: Chance) -> None:
        unwish(device, chance.choice(ACCOUNTS))

    # ------------------------------------------------------------------------------------------ before a rest
    def mend(self) -> None:
        """Let apps be renewed, and a day pass where a repair may have been given up for one."""
        self.renew_the_apps()
        if any(device.received.may_differ for device in self._devices()):
            self._time.pass_by(90_000)


def wish(device: SimulatedDevice, account: str, days: int) -> None:
    """Let a rep wish an account to be here for some days, a colleague's or an own one."""
    now = device.clock.now()
    StoredLoads(device.feed).wish(AccountId(account), "Compte", now + timedelta(days=days), now)


def unwish(device: SimulatedDevice, account: str) -> None:
    StoredLoads(device.feed).unwish(AccountId(account), device.clock.now())
