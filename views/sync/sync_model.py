"""What is on its way to the centre, what arrived, and what needs the rep, in the user's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.identifiers import AccountId, SlotId
from app.ports.courier import RoadPicture
from app.ports.readers import LEFT_PORTFOLIO, ChangeItem, FieldChoice, Hit, HitKind, Problem, StepState, SyncPicture
from views import formats
from views.shell.live_model import LiveModel
from views.shell.session import Session
from views.sync.field_words import FieldWords
from views.sync.other_places import (
    LOST,
    SIGNED_PLACE_LOST,
    Onward,
    OtherPlace,
    ask_instead,
    go_without,
    is_about_a_place,
    other_places,
    removable,
)
from views.widgets.rows import Row

MINE, THEIRS = "mine", "theirs"
CONFLICT = "CONFLICT"
MOST_WAITING = 60
"""Changes on their way that are shown until one asks for all: each is worded anew whenever one of them moves."""
MOST_DEPENDANTS = 3
"""Later actions that are named; of the others their number is said."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of a conflict: its key for the courier, its name, and the three values as a person reads them.

    `by` says who made the centre's value and when.
    """

    key: str
    name: str
    base: str
    mine: str
    theirs: str
    by: str


@dataclass(frozen=True, slots=True)
class EditRow:
    """A field that a refused action had set: its name, and both values as a person reads them; no `before` if new."""

    name: str
    before: str
    mine: str


@dataclass(frozen=True, slots=True)
class ProblemCard:
    """What needs the rep: a refusal with its reason and what can be done, a conflict with its fields, or a notice.

    `done` says when the rep acted; `dependants` which later actions were built on what was refused; `edits` what the
    rep had entered there.
    """

    id: str
    title: str
    words: str
    remedy: str
    kept: str
    at: str
    done: str
    account: str
    fields: tuple[FieldRow, ...]
    dependants: str
    technical: str
    edits: tuple[EditRow, ...] = ()
    is_notice: bool = False
    places: tuple[OtherPlace, ...] = ()
    """What was refused was a place: these are free instead."""
    removable: str = ""
    """The product whose line can be taken out instead."""

    @property
    def is_conflict(self) -> bool:
        """Whether a value is to be chosen."""
        return bool(self.fields)


class SyncModel(LiveModel):
    """Words what the session's watch reads each time that anything moves."""

    led_on = Signal(str, object)
    """What was answered goes on elsewhere: the page's name, and what it shows."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.shows_all = False
        """Whether all that is on its way is worded, or the first of it."""
        self._words = FieldWords(session, self)
        # In a turn of its own: taps and keys come in between this and what else shows the same picture.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show)
        session.sync.changed.connect(self._soon.start)

    @property
    def picture(self) -> SyncPicture | None:
        """The queue, None until it is read."""
        standing = self.session.sync.standing
        return None if standing is None else standing.queue

    def read(self) -> None:
        """Read the queue."""
        self.session.sync.look()

    def subtitle(self) -> str:
        """« En ligne · dernier échange à 09:43 »."""
        road = self._road
        if road.is_switched_off:
            state = self.tr("Mis hors ligne")
        else:
            state = self.tr("En ligne") if road.is_online else self.tr("Hors ligne")
        last = self.picture.last_exchange_at if self.picture is not None else None
        if last is None:
            return state
        local = last.astimezone()
        hour = formats.formats().time(local)
        if local.date() == self.session.clock.today():
            return self.tr("{state} · dernier échange à {hour}").format(state=state, hour=hour)
        day = formats.date_short(local.date())
        return self.tr("{state} · dernier échange le {day} à {hour}").format(state=state, day=day, hour=hour)

    @property
    def is_switched_off(self) -> bool:
        """Whether the rep works without the network on purpose."""
        return self._road.is_switched_off

    @property
    def _road(self) -> RoadPicture:
        standing = self.session.sync.standing
        return self.session.courier.road if standing is None else standing.road

    @property
    def count(self) -> int:
        """How many changes are on their way."""
        return len(self.picture.waiting) if self.picture else 0

    def waiting(self) -> list[Row]:
        """What is on its way, the first of it unless all is asked for."""
        if self.picture is None:
            return []
        items = self.picture.waiting if self.shows_all else self.picture.waiting[:MOST_WAITING]
        return [self._row(item, is_waiting=True) for item in items]

    def arrived(self) -> list[Row]:
        """What arrived, latest first."""
        return [self._row(item, is_waiting=False) for item in self.picture.arrived] if self.picture else []

    def problems(self) -> list[ProblemCard]:
        """What needs the rep, latest first."""
        return [self._card(problem) for problem in self.picture.problems] if self.picture else []

    def refused_places(self) -> list[ProblemCard]:
        """The limited places that were refused or lost, where one tap answers: another place, or none."""
        problems = self.picture.problems if self.picture else ()
        return [self._card(problem) for problem in problems if is_about_a_place(problem)]

    def technical(self) -> str:
        """All of it as a support person reads it."""
        if self.picture is None:
            return ""
        return json.dumps(asdict(self.picture), default=str, ensure_ascii=False, indent=1)

    # ------------------------------------------------------------------------------------------- doing
    def resolve(self, problem_id: str, choices: dict[str, str]) -> None:
        """Answer a conflict with the side chosen for each field."""
        courier = self.session.courier
        self.session.act(partial(courier.resolve, problem_id, choices), self._answered)

    def dismiss(self, problem_id: str) -> None:
        """Put a refusal away."""
        self.session.act(partial(self.session.courier.dismiss, problem_id), self._put_away)

    def take_place(self, problem_id: str, slot_id: str) -> None:
        """Ask for another place instead of one that was refused, and put the refusal away."""
        problem = self._problem(problem_id)
        if problem is not None:
            ask = partial(ask_instead, problem, SlotId(slot_id), self.session.readers, self.session.work)
            said = self.tr("Emplacement demandé. Le centre répond au prochain échange.")
            self.session.act(ask, partial(self._went_on, problem_id, said))

    def drop_line(self, problem_id: str) -> None:
        """Take the line out whose place is gone, and put the refusal away."""
        problem, session = self._problem(problem_id), self.session
        if problem is not None:
            drop = partial(go_without, problem, session.readers, session.work, session.paper, session.company)
            said = self.tr("Ligne de {product} retirée.").format(product=removable(problem))
            session.act(drop, partial(self._went_on, problem_id, said))

    def _problem(self, problem_id: str) -> Problem | None:
        return next((one for one in self.picture.problems if one.id == problem_id), None) if self.picture else None

    def _went_on(self, problem_id: str, said: str, onward: Onward) -> None:
        session = self.session
        session.say(said, can_undo=not onward.page)
        session.act(partial(session.courier.dismiss, problem_id), lambda _nothing: self.read())
        if onward.page:
            self.led_on.emit(onward.page, dict(onward.where))

    def find_account(self, name: str, then: Callable[[AccountId], object]) -> None:
        """Find the account a problem is about by its name and call `then` with its id."""
        self.session.read(partial(self.session.readers.search, name, 5), partial(self._found, name, then))

    @staticmethod
    def _found(name: str, then: Callable[[AccountId], object], hits: Sequence[Hit]) -> None:
        wanted = [hit for hit in hits if hit.kind is HitKind.ACCOUNT and hit.title == name]
        if wanted:
            then(AccountId(wanted[0].id))

    def _answered(self, _nothing: None) -> None:
        self.session.say(self.tr("Choix gardé. Il part au centre avec le prochain échange."))
        self.read()

    def _put_away(self, _nothing: None) -> None:
        self.session.say(self.tr("Rangé."))
        self.read()

    # ------------------------------------------------------------------------------------------- words
    def _row(self, item: ChangeItem, *, is_waiting: bool) -> Row:
        is_refused = item.centre is StepState.REFUSED or item.production is StepState.REFUSED
        return Row(
            title=self.session.action(item.action, item.facts),
            subtitle=self._where(item, is_waiting=is_waiting),
            steps=(item.here.value, item.centre.value, item.production.value),
            weight="medium",
            sub_colour="danger" if is_refused else "text-2",
            key=str(item.number),
        )

    def _where(self, item: ChangeItem, *, is_waiting: bool) -> str:
        hour = self._moment(item.at)
        if item.production is StepState.REFUSED:
            return self.tr("Rejetée par la production · {hour}").format(hour=hour)
        if item.centre is StepState.REFUSED:
            if item.detail == CONFLICT:
                return self.tr("Deux valeurs différentes, à vous de choisir")
            return self.tr("Refusé par le centre, à vous de voir")
        if item.action == "sign_order_form":
            confirmed = item.production is StepState.DONE
            state = self.tr("Signée, confirmée") if confirmed else self.tr("Signée, à confirmer")
            return self.tr("{state} · {hour}").format(state=state, hour=hour)
        if is_waiting and item.action == "ask_for_slot":
            return self.tr("Le centre répond au prochain échange · {hour}").format(hour=hour)
        if is_waiting and item.detail == LEFT_PORTFOLIO:
            return self.tr("Le compte a quitté votre portefeuille : envoyé quand même · {hour}").format(hour=hour)
        if is_waiting:
            return self.tr("Gardé ici depuis {hour}").format(hour=hour)
        return self.tr("Arrivé au centre · {hour}").format(hour=hour)

    def _card(self, problem: Problem) -> ProblemCard:
        action = self.session.action(problem.action, problem.facts) if problem.action else ""
        account = problem.facts.get("account", "")
        fields = tuple(self._field(choice) for choice in problem.choices)
        places = tuple(other_places(problem))
        title = self.tr("Refusé par le centre") if action else self.tr("À savoir")
        is_lost = problem.code in LOST
        if problem.code == SIGNED_PLACE_LOST:
            title = self.tr("Bon signé, à refaire signer")
        words, kept = self._reason(problem), self.tr("Votre action : {action}.").format(action=action) if action else ""
        if fields:
            title = self.tr("{what}, modifié ici et au centre").format(what=account or action)
            words, kept = "", self.tr("L’autre valeur reste dans l’historique.")
        return ProblemCard(
            id=problem.id,
            title=title,
            words=words,
            remedy="" if fields or (places and not is_lost) else self._remedy(problem),
            kept=kept,
            at=self._moment(problem.at),
            done="" if problem.done_at is None else self._moment(problem.done_at),
            account=account,
            fields=fields,
            dependants=self._dependants(problem),
            technical=f"{problem.code} {problem.parameters} n={problem.change} id={problem.id}",
            # What was signed says itself what was in it.
            edits=() if is_lost else tuple(self._edits(problem)),
            is_notice=not action,
            places=places,
            removable=removable(problem),
        )

    def _moment(self, at: datetime) -> str:
        """« 09:43 », with its day where that is another one."""
        local = at.astimezone()
        hour = formats.formats().time(local)
        return hour if local.date() == self.session.clock.today() else f"{formats.day_month(local.date())} {hour}"

    def _dependants(self, problem: Problem) -> str:
        if not problem.dependants:
            return ""
        actions = [self.session.action(later.action, later.facts) for later in problem.dependants]
        shown = " ; ".join(actions[:MOST_DEPENDANTS])
        more = len(actions) - MOST_DEPENDANTS
        if more > 0:
            shown += self.tr(" ; et %n autre(s)", "", more)
        return self.tr("En dépend : {actions}.").format(actions=shown)

    def _remedy(self, problem: Problem) -> str:
        try:
            return self.session.words("ways_out", problem.code, problem.parameters)
        except KeyError:
            return ""

    def _field(self, choice: FieldChoice) -> FieldRow:
        name = self._words.name(choice.table, choice.column) or choice.column
        key = f"{choice.table}/{choice.row}/{choice.column}"
        by = choice.by or self.tr("Centre")
        if choice.theirs_at is not None:
            by = f"{by} · {self._moment(choice.theirs_at)}"
        values = (choice.base, choice.mine, choice.theirs)
        base, mine, theirs = (self._words.value(choice.table, choice.column, value) for value in values)
        return FieldRow(key, name, base, mine, theirs, by)

    def _edits(self, problem: Problem) -> Iterator[EditRow]:
        for edit in problem.edits:
            name = self._words.name(edit.table, edit.column)
            is_fresh = edit.before is None or edit.before == ""
            if name and not (is_fresh and edit.mine in (None, "", 0)):
                before = "" if is_fresh else self._words.value(edit.table, edit.column, edit.before)
                yield EditRow(name, before, self._words.value(edit.table, edit.column, edit.mine))

    def _reason(self, problem: Problem) -> str:
        try:
            return self.session.words("refusals", problem.code, problem.parameters)
        except KeyError:
            # A centre newer than this app may refuse for a reason it has no words for yet.
            return self.tr("Le centre dit : {code}.").format(code=problem.code)

    def _show(self) -> None:
        if self.is_awake:
            with self.session.at_work:
                self.changed.emit()
