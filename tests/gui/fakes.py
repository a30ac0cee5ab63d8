"""What the window asks of the world, as a test wants it: a clock that stands, a network that is switched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.domain.identifiers import RepId
from app.domain.signature.ceremony import HandStroke
from app.ports.courier import Exchanged, Progress, RoadPicture, StoppedDeletions
from app.ports.documents import Company, PaperContent, SealVerdict
from app.ports.readers import ChangeItem, FieldChoice, Problem, StepState, SyncPicture
from app.ports.trouble import Trouble
from app.store.opening import Store
from app.store.readers import SqlReaders

ME = RepId("0" * 31 + "e")
DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


class FixedClock:
    """A clock that stands until it is set."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()


class FakeCourier:
    """A network that a test switches; it notes what it was asked."""

    def __init__(self, *, online: bool = True) -> None:
        self.online = online
        self.off = False
        self.trouble: Trouble | None = None
        self.first_pull: Progress | None = None
        self.stopped_deletions: tuple[StoppedDeletions, ...] = ()
        self.clock_skew: float | None = None
        self.must_update = False
        self.asked: list[tuple[str, object]] = []
        self._listeners: list[Callable[[], None]] = []

    @property
    def is_online(self) -> bool:
        return self.online and not self.off

    @property
    def is_switched_off(self) -> bool:
        return self.off

    @property
    def road(self) -> RoadPicture:
        return RoadPicture(
            is_online=self.is_online,
            is_switched_off=self.off,
            trouble=self.trouble,
            progress=self.first_pull,
            stopped_deletions=self.stopped_deletions,
            clock_skew=self.clock_skew,
            must_update=self.must_update,
        )

    def pause_first_pull(self) -> None:
        self._rest(is_paused=True)

    def resume_first_pull(self) -> None:
        self._rest(is_paused=False)

    def _rest(self, *, is_paused: bool) -> None:
        self.asked.append(("pause first pull", is_paused))
        if self.first_pull is not None:
            self.first_pull = replace(self.first_pull, is_paused=is_paused)
        self.tell()

    def allow_deletions(self, scope: str) -> None:
        self._answer("allow deletions", scope)

    def keep_rows(self, scope: str) -> None:
        self._answer("keep rows", scope)

    def _answer(self, what: str, scope: str) -> None:
        self.asked.append((what, scope))
        self.stopped_deletions = tuple(stop for stop in self.stopped_deletions if stop.scope != scope)
        self.tell()

    def switch(self, *, on: bool) -> None:
        self.off = not on
        self.asked.append(("switch", on))
        self.tell()

    def exchange(self) -> Exchanged:
        self.asked.append(("exchange", None))
        if not self.is_online:
            raise Trouble("OFFLINE", technical="no route")
        return Exchanged()

    def listen(self, changed: Callable[[], None]) -> None:
        self._listeners.append(changed)

    def resolve(self, problem_id: str, choices: dict[str, str]) -> None:
        self.asked.append((problem_id, choices))

    def dismiss(self, problem_id: str) -> None:
        self.asked.append(("dismiss", problem_id))

    def tell(self) -> None:
        """Say that the state moved."""
        for changed in self._listeners:
            changed()


class ReadersWithQueue(SqlReaders):
    """The store's own readers, but for a queue that a test makes up."""

    queue: SyncPicture | None = None

    def sync(self) -> SyncPicture:
        return super().sync() if self.queue is None else self.queue


def readers_of(store: Store) -> ReadersWithQueue:
    """The readers of a store, whose queue may be made up."""
    return ReadersWithQueue(store.engine.reader, FixedClock(), ME)


class NoPaper:
    """Nothing is printed in these tests."""

    def order_form(self, content: PaperContent) -> bytes:
        raise AssertionError(content)

    def quote(self, content: PaperContent) -> bytes:
        raise AssertionError(content)


class NoSealer:
    """Nothing is sealed in these tests."""

    def seal(self, shown: bytes, stroke: HandStroke, signatory: str, at: datetime, place: str) -> bytes:
        raise AssertionError(signatory)

    def verify(self, sealed: bytes, sha256: str) -> SealVerdict:
        raise AssertionError(sha256)


COMPANY = Company(
    name="Annonces du Centre",
    form="SAS",
    capital="100 000 €",
    address="1 place des Épars, 28000 Chartres",
    siren="732829320",
    rcs_city="Chartres",
    vat_number="FR44732829320",
    phone="02 37 00 00 00",
    email="bonjour@annonces.example",
)


def change(place: int, action: str, centre: StepState = StepState.NOW, **facts: str) -> ChangeItem:
    """A change on its way; a signed order goes on to production."""
    return ChangeItem(
        number=place,
        action=action,
        facts=facts,
        at=NOW - timedelta(minutes=place),
        here=StepState.DONE,
        centre=centre,
        production=StepState.LATER if action == "sign_order_form" else StepState.NONE,
        detail="CONFLICT" if centre is StepState.REFUSED else "",
    )


SIGNED = change(7, "sign_order_form", number="2027-000118", account="Boulangerie Sorel")
CONTESTED = change(8, "edit_contact", StepState.REFUSED, account="Bat-Etanche", contact="Mme Roy")
ARRIVED = change(5, "rename_proposal", StepState.DONE, account="Au nom de la Rose", proposal="Avec display")
REFUSED = Problem(
    id="refused",
    change=6,
    action="validate_proposal",
    facts={"account": "Au nom de la Rose", "proposal": "Avec display"},
    at=NOW,
    code="ACCOUNT_BLOCKED",
    parameters={"account": "Au nom de la Rose"},
)
CONFLICT = Problem(
    id="conflict",
    change=8,
    action="edit_contact",
    facts={"account": "Bat-Etanche", "contact": "Mme Roy"},
    at=NOW - timedelta(minutes=2),
    code="CONFLICT",
    parameters={},
    choices=(
        FieldChoice(
            table="contact",
            row="c9",
            column="phone",
            base="02 37 21 00 10",
            mine="02 37 21 44 18",
            theirs="02 37 21 44 80",
        ),
        FieldChoice(table="contact", row="c9", column="name", base="M. Roy", mine="Mme Roy", theirs="M. P. Roy"),
    ),
)
QUEUE = SyncPicture(
    waiting=(SIGNED, CONTESTED),
    arrived=(ARRIVED,),
    problems=(REFUSED, CONFLICT),
    last_exchange_at=NOW - timedelta(minutes=12),
)
EMPTY_QUEUE = SyncPicture(waiting=(), arrived=(), problems=(), last_exchange_at=None)
