"""How devices, loads, the sync page and the door are arranged for pictures, each in its states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.identifiers import AccountId
from app.domain.refusal import Refusal
from app.ports.courier import Progress, RoadPicture, StoppedDeletions
from app.ports.loads import LoadState
from app.ports.readers import ChangeItem, Dependant, FieldChoice, FieldEdit, Problem, StepState, SyncPicture
from app.ports.trouble import Trouble
from views.accounts.load_dialog import LoadDialog, TeamDialog
from views.desk.devices_page import DevicesPage
from views.gallery.road_ports import ExampleDevices, ExampleEntrance, ExampleLoads
from views.shell.entrance_page import EntrancePage
from views.shell.session import Session
from views.shell.sync_watch import Standing
from views.shell.window import Window

_ROSE, _BAT = "Au nom de la Rose", "Bat-Etanche"
_ON = RoadPicture(is_online=True, clock_skew=0.4)


class Stage(Protocol):
    """A window that a picture is arranged on, as views.pictures has it."""

    session: Session
    window: Window
    door: QWidget | None
    """What is painted in the window's place."""

    def go(self, page: str, **where: str) -> None:
        """Enter a page and wait until all it reads is there."""

    def settle(self) -> None:
        """Wait until nothing is read or laid out any more."""

    def afterwards(self, do: Callable[[], object]) -> None:
        """Do something once the picture is taken, so that the next one does not show it."""

    def account(self, name: str = ...) -> AccountId:
        """The account of that name; the florist unless told."""


# ---------------------------------------------------------------------------------------------- the sync page
def _change(place: int, at: datetime, action: str, centre: StepState = StepState.NOW, **facts: str) -> ChangeItem:
    is_order = action == "sign_order_form"
    return ChangeItem(
        number=place,
        action=action,
        facts=facts,
        at=at - timedelta(minutes=7 * place),
        here=StepState.DONE,
        centre=centre,
        production=StepState.LATER if is_order else StepState.NONE,
        detail="CONFLICT" if centre is StepState.REFUSED else "",
    )


def _waiting(at: datetime) -> tuple[ChangeItem, ...]:
    return (
        _change(3, at, "sign_order_form", number="2027-000118", account="Modern Optic"),
        _change(2, at, "change_line", account=_ROSE, proposal="Avec display"),
        _change(1, at, "complete_task", account="Menuiserie Hallouin", subject="Rappeler pour les photos"),
    )


def _queue(
    at: datetime, waiting: Sequence[ChangeItem] = (), problems: Sequence[Problem] = (), last: int = 4
) -> SyncPicture:
    arrived = (
        _change(4, at, "rename_proposal", StepState.DONE, account=_ROSE, proposal="Avec display"),
        _change(6, at, "plan_task", StepState.DONE, account=_BAT, subject="Envoyer la maquette"),
        _change(9, at, "edit_account", StepState.DONE, account="Modern Optic"),
    )
    return SyncPicture(
        waiting=tuple(waiting),
        arrived=arrived,
        problems=tuple(problems),
        last_exchange_at=at - timedelta(minutes=last),
    )


def _conflict(at: datetime) -> Problem:
    def choice(column: str, base: str, mine: str, theirs: str) -> FieldChoice:
        return FieldChoice(
            table="contact",
            row="c",
            column=column,
            base=base,
            mine=mine,
            theirs=theirs,
            by="Paul Caron",
            theirs_at=at - timedelta(minutes=41),
        )

    return Problem(
        id="conflict",
        change=8,
        action="edit_contact",
        facts={"account": _BAT, "contact": "Mme Roy"},
        at=at - timedelta(minutes=4),
        code="CONFLICT",
        parameters={},
        choices=(
            choice("phone", "02 37 21 00 10", "02 37 21 44 18", "02 37 21 44 80"),
            choice("email", "contact@bat-etanche.example", "", "direction@bat-etanche.example"),
            choice("role", "Gérant", "Gérante", "Directrice des achats"),
        ),
        done_at=at - timedelta(minutes=56),
    )


def _refusals(at: datetime) -> tuple[Problem, ...]:
    def edit(table: str, column: str, before: str | int | None, mine: str | int) -> FieldEdit:
        return FieldEdit(table=table, row="r", column=column, before=before, mine=mine)

    facts = {"account": _ROSE, "proposal": "Avec display"}
    frozen = Problem(
        id="frozen",
        change=6,
        action="change_line",
        facts=facts,
        at=at - timedelta(minutes=4),
        code="PROPOSAL_FROZEN",
        parameters={"proposal": "Avec display"},
        done_at=at - timedelta(minutes=32),
        edits=(
            edit("proposal_line", "discount", 0, 800),
            edit("proposal_line", "quantity", 1, 2),
            edit("proposal_line", "net", 197_800, 363_952),
        ),
        dependants=(Dependant(number=7, action="validate_proposal", facts=facts),),
    )
    blocked = Problem(
        id="blocked",
        change=5,
        action="edit_contact",
        facts={"account": "Modern Optic", "contact": "M. Petit"},
        at=at - timedelta(hours=2),
        code="ACCOUNT_MOVED",
        parameters={"account": "Modern Optic", "rep": "Marie Diallo"},
        edits=(
            edit("contact", "mobile", "06 12 34 56 78", "06 98 76 54 32"),
            edit("contact", "is_signatory", 0, 1),
        ),
    )
    left = Problem(
        id="left",
        change=0,
        action="",
        facts={},
        at=at - timedelta(days=1),
        code="ACCOUNTS_LEFT",
        parameters={"count": "2", "accounts": "Boulangerie Sorel, Garage du Centre"},
    )
    return (frozen, blocked, left)


def _sync(road: RoadPicture, queue: Callable[[datetime], SyncPicture] = _queue) -> Callable[[Stage], None]:
    def arrange(stage: Stage) -> None:
        stage.go("sync")
        stage.session.sync.show(Standing(road, queue(stage.session.clock.now())))
        stage.settle()
        stage.afterwards(stage.session.sync.look)

    return arrange


def _trouble(code: str, technical: str = "") -> RoadPicture:
    return replace(_ON, is_online=False, trouble=Trouble(code, technical=technical))


_PULLING = Progress(rows=21_437, rows_total=50_012, bytes=1_321_984, scope="rep:1")
_SYNC: dict[str, Callable[[Stage], None]] = {
    "sync-calm": _sync(_ON),
    "sync-conflict": _sync(_ON, lambda at: _queue(at, _waiting(at), (_conflict(at),))),
    "sync-refused": _sync(_ON, lambda at: _queue(at, _waiting(at)[:1], _refusals(at))),
    "sync-first-pull": _sync(replace(_ON, progress=_PULLING), lambda at: _queue(at, _waiting(at)[:1])),
    "sync-first-pull-paused": _sync(replace(_ON, progress=replace(_PULLING, is_paused=True))),
    "sync-deletions": _sync(
        replace(_ON, stopped_deletions=(StoppedDeletions(scope="rep:1", count=412, total=1_024),)),
        lambda at: _queue(at, _waiting(at)[:2]),
    ),
    "sync-update": _sync(replace(_ON, must_update=True, clock_skew=-7_300.0), lambda at: _queue(at, _waiting(at)[:1])),
    "sync-offline": _sync(RoadPicture(is_switched_off=True), lambda at: _queue(at, _waiting(at), last=190)),
    "sync-portal": _sync(
        _trouble("CENTRE_SPEAKS_OTHERWISE", "sent on to https://wifi.hotel.example/login"),
        lambda at: _queue(at, _waiting(at), last=35),
    ),
}


# ---------------------------------------------------------------------------------------------- devices
def _devices(stage: Stage, *, is_administrator: bool) -> DevicesPage:
    session, before = stage.session, stage.session.devices
    session.devices = ExampleDevices(session.clock.now(), is_administrator=is_administrator)

    def put_back() -> None:
        session.devices = before
        session.sync.look()

    stage.afterwards(put_back)
    session.sync.look()
    stage.go("devices", show="all")
    page = stage.window.pages.page
    if not isinstance(page, DevicesPage):
        raise TypeError(f"the window shows {page}")
    return page


def _mine(stage: Stage) -> None:
    _devices(stage, is_administrator=False)


def _all(stage: Stage) -> None:
    _devices(stage, is_administrator=True)


def _one(stage: Stage) -> None:
    page = _devices(stage, is_administrator=True)
    page.open_row("a" * 32)
    stage.settle()


def _wipe(stage: Stage) -> None:
    page = _devices(stage, is_administrator=True)
    item = page.model.item("c" * 32)
    if item is not None:
        page.confirm_wipe(item)
    stage.settle()


def _person(stage: Stage) -> None:
    _devices(stage, is_administrator=True).ask_person()
    stage.settle()


def _code(stage: Stage) -> None:
    _devices(stage, is_administrator=True).show_code_for("md")
    stage.settle()


# ---------------------------------------------------------------------------------------------- loads
def _loaded(state: LoadState, files: int = 0) -> Callable[[Stage], None]:
    def arrange(stage: Stage) -> None:
        session, before = stage.session, stage.session.loads
        session.loads = ExampleLoads(session.clock.now(), state, files)

        def put_back() -> None:
            session.loads = before

        stage.afterwards(put_back)
        stage.go("account", account_id=stage.account(_BAT), tab="preparation")

    return arrange


def _ask_to_load(stage: Stage) -> None:
    _loaded(LoadState.LET_GO)(stage)
    LoadDialog(stage.window, stage.session, _BAT).open()
    stage.settle()


def _team(typed: str) -> Callable[[Stage], None]:
    def arrange(stage: Stage) -> None:
        stage.go("accounts", view="all")
        dialog = TeamDialog(stage.window, stage.session, ExampleLoads(stage.session.clock.now()))
        dialog.open()
        dialog.search.setText(typed)
        dialog.search.asked.emit(typed)
        stage.settle()

    return arrange


# ---------------------------------------------------------------------------------------------- the door
def _door(entrance: ExampleEntrance, typed: str = "", *, recovers: bool = False) -> Callable[[Stage], None]:
    """The door as it opens, after a passphrase was tried, or where the key is asked back."""

    def arrange(stage: Stage) -> None:
        page = EntrancePage(entrance, stage.window.session.language)
        page.resize(stage.window.size())
        page.show()
        stage.door = page
        if recovers:
            page.ask_recovery()
        elif typed:
            field = page.field("passphrase").editor
            if isinstance(field, QLineEdit):
                field.setText(typed)
            page.button.click()
        page.settle()
        stage.afterwards(page.close_threads)

    return arrange


def _lease_ended(stage: Stage) -> None:
    over = Trouble("LEASE_ENDED", {"date": stage.session.clock.now()})
    _door(ExampleEntrance(ends=over), "une rose est une rose")(stage)


def _damaged(stage: Stage) -> None:
    copy = stage.session.clock.now() - timedelta(hours=1)
    _door(ExampleEntrance(ends=Trouble("STORE_DAMAGED"), copy=copy), "une rose est une rose")(stage)


ROAD_SHOTS: dict[str, Callable[[Stage], None]] = {
    **_SYNC,
    "devices-mine": _mine,
    "devices": _all,
    "devices-one": _one,
    "devices-wipe": _wipe,
    "devices-person": _person,
    "devices-code": _code,
    "load-coming": _loaded(LoadState.LOADED, 3),
    "load-wished": _loaded(LoadState.WANTED),
    "load-ask": _ask_to_load,
    "load-team": _team("boul"),
    "load-team-none": _team("zz"),
    "door": _door(ExampleEntrance()),
    "door-wrong": _door(ExampleEntrance(ends=Refusal("PASSPHRASE_WRONG", field="passphrase")), "une rose"),
    "door-enrol": _door(ExampleEntrance(is_enrolled=False)),
    "door-recovery": _door(ExampleEntrance(), recovers=True),
    "door-lease": _lease_ended,
    "door-damaged": _damaged,
}
"""How each picture is arranged, by its name."""
