"""Days that Hypothesis makes up: two reps, two to four devices, the back office, all that can break; then peace."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, precondition, rule
from sqlalchemy.exc import IntegrityError

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.wiping import STEPS
from tests.sync.simulation.acts import OF_A_REP, office
from tests.sync.simulation.breaks import MOST_DEVICES, unwish, wish
from tests.sync.simulation.chance import Chance
from tests.sync.simulation.deeds import decide
from tests.sync.simulation.device import DeviceDied, is_passing
from tests.sync.simulation.leaving import leave
from tests.sync.simulation.ledger import must
from tests.sync.simulation.prepared import FLORIST, HERS, HIS, NOBODYS, Prepared
from tests.sync.simulation.stage import Actor, Stage, staged
from tests.sync.simulation.wire import Fault

MEMORY = Path("/dev/shm")  # noqa: S108 - the folders made in it are ours alone
ACTS = {act.__qualname__.partition(".")[0] + str(number): act for number, act in enumerate(OF_A_REP)}

whims = st.integers(0, 7)
"""From which an act draws what it is done to: small, so that several people meet on the same."""
roads = st.lists(st.sampled_from([None, *Fault]), max_size=5)
"""What the network does to the requests of one exchange, one after the other; nothing to those that follow."""
accounts = st.sampled_from((FLORIST, HERS, HIS, NOBODYS))
commits = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6, 8])
"""Before which commit of an exchange somebody dies; 0 for nobody."""


class Days(RuleBasedStateMachine):
    """Anything in any order."""

    prepared: ClassVar[Prepared]
    devices: Bundle[Actor] = Bundle("devices")

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        place = MEMORY if MEMORY.is_dir() else None
        folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(dir=place)))
        self.stage: Stage = self._open.enter_context(staged(self.prepared, folder))
        self.stage.weather.planned = []
        self.has_left = False

    def teardown(self) -> None:
        try:
            self.rest()
        finally:
            self._open.close()

    @initialize(target=devices)
    def marie(self) -> Actor:
        return self.stage.marie

    @initialize(target=devices)
    def other(self) -> Actor:
        return self.stage.other

    @initialize(target=devices)
    def paul(self) -> Actor:
        return self.stage.paul

    # ------------------------------------------------------------------------------------------ reps
    @rule(who=devices, name=st.sampled_from(sorted(ACTS)), whim=whims, dies_in=st.sampled_from([0, 0, 0, 1]))
    def act(self, who: Actor, name: str, whim: int, dies_in: int) -> None:
        """A rep does something on a device, which may die over it."""
        device = who.device
        device.dies_in = dies_in
        try:
            ACTS[name](device, Chance(whim))
        except (Refusal, IntegrityError):
            pass
        except DeviceDied:
            device.start_again()
        device.dies_in = 0
        device.check()

    @rule(who=devices, is_mine=st.booleans())
    def decide_a_conflict(self, who: Actor, is_mine: bool) -> None:
        try:
            decide(who.device, *([] if is_mine else ["theirs"]))
        except (LookupError, ValueError, Refusal, IntegrityError):
            return
        who.device.check()

    @rule(who=devices)
    def restart(self, who: Actor) -> None:
        who.start_again()

    @rule(who=devices, hours=st.sampled_from([-9_000, -25, 0, 1, 25, 9_000]))
    def change_the_clock(self, who: Actor, hours: int) -> None:
        who.device.clock.ahead = timedelta(hours=hours)

    @rule(seconds=st.sampled_from([3, 4_000, 90_000, 100 * 86_400]))
    def let_time_pass(self, seconds: int) -> None:
        """Minutes, a day within which loads end, or so long that what was answered is let go."""
        self.stage.time.pass_by(seconds)

    # ------------------------------------------------------------------------------------------ the road
    @rule(who=devices, road=roads, dies_in=commits, centre_dies_in=commits)
    def exchange(self, who: Actor, road: list[Fault | None], dies_in: int, centre_dies_in: int) -> None:
        """A device goes to the centre over a bad road; one of the two may die on the way."""
        device, centre = who.device, self.stage.centre
        self.stage.weather.planned = list(road)
        device.dies_in, centre.dies_in = dies_in, centre_dies_in
        try:
            device.exchange()
        except Trouble as trouble:
            must(is_passing(trouble), "trouble that no bad network makes", device.name, trouble)
        except DeviceDied:
            device.start_again()
        device.dies_in = centre.dies_in = 0
        self.stage.weather.planned = []
        device.check()
        self.stage.centre.ledger.must_be_well()

    @rule()
    def rest(self) -> None:
        """Everybody has time, a good network and the app that is wanted: all that is promised must hold."""
        self.stage.breaks.mend()
        self.stage.come_to_rest()

    # ------------------------------------------------------------------------------------------ the centre
    @rule(whim=st.integers(0, 50))
    def work_at_the_centre(self, whim: int) -> None:
        office(self.stage.centre, Chance(whim), [*self.stage.reps, self.stage.reps[0]])
        self.stage.centre.ledger.must_be_well()

    @rule(account=accounts, to=st.sampled_from((0, 1, None)))
    def move_an_account(self, account: str, to: int | None) -> None:
        self.stage.centre.put("account", account, rep_id=None if to is None else self.stage.reps[to])
        self.stage.centre.ledger.must_be_well()

    @rule(rep=st.sampled_from((0, 1)), team=st.sampled_from(("nord", "sud")))
    def move_to_a_team(self, rep: int, team: str) -> None:
        self.stage.centre.put("rep", self.stage.reps[rep], team=team)
        self.stage.centre.ledger.must_be_well()

    @rule()
    def restart_the_centre(self) -> None:
        self.stage.centre.start_again()

    # ------------------------------------------------------------------------------------------ loads
    @rule(who=devices, account=accounts, days=st.sampled_from((1, 10)))
    def load(self, who: Actor, account: str, days: int) -> None:
        """A rep wishes an account to be here for a time, a colleague's or an own one."""
        wish(who.device, account, days)

    @rule(who=devices, account=accounts)
    def unload(self, who: Actor, account: str) -> None:
        unwish(who.device, account)

    # ------------------------------------------------------------------------------------------ the world breaks
    @rule()
    def begin_an_epoch(self) -> None:
        """All scopes are read anew, with whatever waits on the devices."""
        self.stage.breaks.begin_an_epoch()

    @rule()
    def back_the_centre_up(self) -> None:
        self.stage.breaks.back_the_centre_up()

    @precondition(lambda self: self.stage.breaks.has_backup)
    @rule(is_announced=st.booleans())
    def put_the_centre_back(self, is_announced: bool) -> None:
        self.stage.breaks.put_the_centre_back(is_announced=is_announced)

    @rule(who=devices)
    def keep_a_copy_of_a_device(self, who: Actor) -> None:
        self.stage.breaks.keep_a_copy(who.device)

    @rule(who=devices)
    def put_a_device_back(self, who: Actor) -> None:
        self.stage.breaks.put_back(who.device)

    @precondition(lambda self: len(self.stage.actors) < MOST_DEVICES and self.stage.breaks.may_copy)
    @rule(target=devices, who=devices)
    def clone(self, who: Actor) -> Actor:
        """A store is copied, and both go on."""
        self.stage.breaks.copied()
        return self.stage.twin(who)

    @rule(who=devices, whim=whims)
    def damage_a_row(self, who: Actor, whim: int) -> None:
        self.stage.breaks.damage(who.device, Chance(whim))

    @rule()
    def outgrow_the_app(self) -> None:
        """The centre is of a revision for which the app is too old: it may send, and is told nothing."""
        self.stage.breaks.outgrow_the_app()

    @rule()
    def renew_the_apps(self) -> None:
        self.stage.breaks.renew_the_apps()

    # ------------------------------------------------------------------------------------------ who has a device
    @precondition(lambda self: len(self.stage.actors) < MOST_DEVICES)
    @rule(target=devices, login=st.sampled_from(("marie", "paul")))
    def let_in(self, login: str) -> Actor:
        number = len(self.stage.actors) + len(self.stage.gone)
        return self.stage.newcomer(login, f"{login}{number}")

    @precondition(lambda self: not self.has_left)
    @rule(who=consumes(devices), dies_at=st.sampled_from(("shut out", "", *STEPS)))
    def leave(self, who: Actor, dies_at: str) -> None:
        """A device is shut out or wiped, and may die at any step of that; its copy is another one."""
        if [actor.device.id for actor in self.stage.actors].count(who.device.id) > 1:
            return  # nobody found out yet that there are two of it
        self.has_left = True
        self.stage.weather.planned = []
        leave(who.device, self.stage.centre, self.stage.folder / "wiped", dies_at)
        self.stage.leaves(who)
