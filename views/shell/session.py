"""What every page works with: the ports, the threads behind them, and what is told when something is touched."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.refusal import Refusal
from app.ports.clock import Clock
from app.ports.courier import Courier, Exchanged
from app.ports.courtesy import AtWork
from app.ports.devices import Devices
from app.ports.documents import Company, Paper, Sealer
from app.ports.loads import Loads
from app.ports.readers import Readers
from app.ports.trouble import Trouble
from app.ports.work import History, Step, Work
from resources.wording import words
from views import formats
from views.shell.background import Background, Job, Lane
from views.shell.gathering import Gathering
from views.shell.memory import Memory, ShortMemory
from views.shell.notices import Done, Told
from views.shell.sync_watch import SyncWatch

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """All that the window asks of the rest, put together by the bootstrap.

    `memory` may be read by anyone on this machine; `drafts` holds forms half filled in and must be encrypted.
    """

    work: Work
    readers: Readers
    history: History
    courier: Courier
    clock: Clock
    paper: Paper
    sealer: Sealer
    company: Company
    memory: Memory
    drafts: Memory
    devices: Devices | None = None
    """None where there is no centre to ask about devices."""
    loads: Loads | None = None
    """None where there is no centre to load accounts from."""
    at_work: AtWork = field(default_factory=nullcontext)
    """Entered while the window is at work: what computes behind it gives way."""


class Session(QObject):
    """One rep at work on one store; pages read and act through it, and listen to `touched`."""

    touched = Signal(object)
    """The names of the tables that an action or the centre changed: frozenset[str]. On the window's thread."""
    network_moved = Signal()
    """The network came or went, or the queue moved."""
    told = Signal(object)
    """A Told to show."""
    done = Signal(object)
    """A Done to show as a toast."""
    language_changed = Signal(str)

    def __init__(self, ports: Ports, language: str = "fr", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self.work: Work = ports.work
        self.readers: Readers = ports.readers
        self.history: History = ports.history
        self.courier: Courier = ports.courier
        self.clock: Clock = ports.clock
        self.paper: Paper = ports.paper
        self.sealer: Sealer = ports.sealer
        self.company: Company = ports.company
        self.memory: Memory = ports.memory
        self.drafts: Memory = ports.drafts
        self.devices: Devices | None = ports.devices
        self.loads: Loads | None = ports.loads
        self.at_work = ports.at_work
        self.background = Background(self, ports.at_work)
        self._language = language
        self._shown_once: set[str] = set()
        formats.set_language(language)
        self._tables, network = Gathering(self, ports.at_work), Gathering(self, ports.at_work)
        self._tables.gathered.connect(self.touched)
        network.gathered.connect(lambda _nothing: self.network_moved.emit())
        self.sync = SyncWatch(
            self.background,
            self.courier,
            self.readers,
            lambda error: self._fail(error, None, None),
            self,
            lambda: self.looks_after_devices,
        )
        self.touched.connect(self.sync.look)
        self.network_moved.connect(self.sync.look)
        self.courier.listen(network.tell)

    # ------------------------------------------------------------------------------------------- language
    @property
    def language(self) -> str:
        """The language of the interface: fr, en or zh."""
        return self._language

    def set_language(self, language: str) -> None:
        """Speak another language from now on."""
        if language != self._language:
            formats.set_language(language)
            self._language = language
            self.language_changed.emit(language)

    def words(self, kind: str, code: str, facts: Mapping[str, object] | None = None) -> str:
        """The words of a code (kinds: refusals, troubles, actions, statuses, missing…) in the language in force.

        Raises KeyError when there are none, or a fact they need is missing.
        """
        return words(kind, code, self._language, **(facts or {}))

    def action(self, name: str, facts: Mapping[str, str]) -> str:
        """What an action was, in words; its bare name and facts where a newer centre did what has no words here."""
        try:
            return self.words("actions", name, facts)
        except KeyError:
            return " ".join((name, *facts.values()))

    @property
    def looks_after_devices(self) -> bool:
        """Whether all devices are this person's to look after, as the centre said last."""
        return self.devices is not None and self.devices.is_administrator

    # ------------------------------------------------------------------------------------------- acting
    def act(
        self,
        do: Callable[[], T],
        then: Callable[[T], object] | None = None,
        *,
        refused: Callable[[Refusal], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        label: str = "",
    ) -> Job:
        """Run a use case on the store's thread, then call `then` with its answer on the window's.

        A Refusal goes to `refused` (words beside the field), or is shown as a notice; a Trouble is a notice; a bug is
        logged and shown once. `failed` is called after any of them. `label` says what is under way after half a second.
        """
        return self.background.run(Lane.STORE, do, then, lambda error: self._fail(error, refused, failed), label=label)

    def read(
        self,
        do: Callable[[], T],
        then: Callable[[T], object],
        *,
        latest: str = "",
        refused: Callable[[Refusal], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        label: str = "",
    ) -> Job:
        """Read on the reading side; a newer read with the same `latest` drops this one's answer."""
        return self.background.run(
            Lane.READING, do, then, lambda error: self._fail(error, refused, failed), label=label, latest=latest
        )

    def exchange(
        self,
        then: Callable[[Exchanged], object] | None = None,
        *,
        failed: Callable[[Exception], object] | None = None,
        quietly: bool = True,
    ) -> Job:
        """Send what waits and take what is new, in the background; `quietly` shows no notice of a Trouble."""

        def fail(error: Exception) -> None:
            if quietly and isinstance(error, Trouble):
                _log.info("the exchange did not come about: %s", error)
                if failed is not None:
                    failed(error)
            else:
                self._fail(error, None, failed)
            self.network_moved.emit()

        return self.background.run(Lane.NETWORK, self.courier.exchange, then, fail)

    def ask(
        self,
        do: Callable[[], T],
        then: Callable[[T], object],
        *,
        failed: Callable[[Exception], object] | None = None,
    ) -> Job:
        """Ask the centre something, beside what is exchanged; what goes wrong is told as of an action."""
        return self.background.run(Lane.NETWORK, do, then, lambda error: self._fail(error, None, failed))

    def switch_network(self, *, on: bool) -> Job:
        """Let the network be used, or not; an exchange under way is given up."""
        return self.act(partial(self.courier.switch, on=on), lambda _nothing: self.network_moved.emit())

    def keep_draft(self, key: str, text: str | None) -> Job:
        """Keep what is typed in a form, or forget it (None), without the window waiting for the disk."""
        return self.act(partial(self.drafts.put, key, text))

    def undo(self) -> Job:
        """Take the last action back and say which."""
        return self.act(self.history.undo, lambda step: self._say_step("undone", step))

    def redo(self) -> Job:
        """Do the last undone action again and say which."""
        return self.act(self.history.redo, lambda step: self._say_step("redone", step))

    def tell_touched(self, tables: frozenset[str]) -> None:
        """Say from any thread that tables changed; `touched` goes out on the window's thread."""
        self._tables.tell(tables)

    # ------------------------------------------------------------------------------------------- telling
    def say(self, text: str, *, can_undo: bool = False) -> None:
        """Show what was just done, for six seconds."""
        self.done.emit(Done(text=text, can_undo=can_undo))

    def tell(self, told: Told) -> None:
        """Show a notice until it is put away."""
        self.told.emit(told)

    def close(self) -> None:
        """Finish what writes, drop what reads, end the threads."""
        self.background.close()

    def _say_step(self, how: str, step: Step) -> None:
        text = self.action(step.name, step.facts)
        said = self.tr("Annulé : {action}") if how == "undone" else self.tr("Rétabli : {action}")
        self.say(said.format(action=text))

    def _fail(
        self,
        error: Exception,
        refused: Callable[[Refusal], object] | None,
        failed: Callable[[Exception], object] | None,
    ) -> None:
        if isinstance(error, Refusal):
            if refused is not None:
                refused(error)
            else:
                self.tell(Told(what=self.words("refusals", error.code, error.facts), kind="warn"))
        elif isinstance(error, Trouble):
            _log.info("trouble %s", error)
            what = self.words("troubles", error.code, error.facts)
            self.tell(Told(what=what, technical=str(error), kind="danger"))
        else:
            self._show_bug(error)
        if failed is not None:
            failed(error)

    def _show_bug(self, error: Exception) -> None:
        _log.error("a bug showed itself", exc_info=error)
        technical = "".join(traceback.format_exception(error))
        if technical not in self._shown_once:
            self._shown_once.add(technical)
            what = self.tr("Cette action n’a pas abouti.")
            kept = self.tr("Rien n’est perdu : tout ce qui était gardé l’est encore.")
            self.tell(Told(what=what, kept=kept, technical=technical, kind="danger"))


def make_ports(
    *,
    work: Work,
    readers: Readers,
    history: History,
    courier: Courier,
    clock: Clock,
    paper: Paper,
    sealer: Sealer,
    company: Company,
    devices: Devices | None = None,
    loads: Loads | None = None,
) -> Ports:
    """Put ports together with a memory that forgets; for tests and pictures."""
    return Ports(
        work=work,
        readers=readers,
        history=history,
        courier=courier,
        clock=clock,
        paper=paper,
        sealer=sealer,
        company=company,
        memory=ShortMemory(),
        drafts=ShortMemory(),
        devices=devices,
        loads=loads,
    )
