"""Whether an account is loaded for a visit, in words, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.identifiers import AccountId
from app.domain.refusal import Refusal
from app.ports.loads import Load, LoadState, TeamAccount
from app.usecases.accounts.load_account import LoadAccount, load_account
from app.usecases.accounts.unload_account import UnloadAccount, unload_account
from views import formats
from views.shell.session import Session


class LoadModel(QObject):
    """Reads and wishes; `changed` goes out when there is another state to show."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._load: Load | None = None

    @property
    def can_load(self) -> bool:
        """Whether there is a centre to load from."""
        return self._session.loads is not None

    @property
    def is_loaded(self) -> bool:
        """Whether it is loaded, or will be at the next exchange."""
        return self._load is not None and self._load.state in (LoadState.WANTED, LoadState.LOADED)

    @property
    def is_incomplete(self) -> bool:
        """Whether something of it that was asked for is still to come."""
        load = self._load
        return load is not None and (load.state is LoadState.WANTED or bool(self.is_loaded and load.files_to_come))

    def read(self, account_id: AccountId) -> None:
        """Read the state of an account."""
        if self._session.loads is not None:
            self._session.read(partial(self._session.loads.load_of, account_id), self._show, latest="account load")

    def chip(self) -> tuple[str, str]:
        """Say the state in a few words, and how: ok, info or warn; nothing for an account that is not loaded."""
        load = self._load
        if load is None or load.state is LoadState.LET_GO:
            return "", ""
        if load.state is LoadState.UNWANTED:
            return self.tr("Déchargé dès que tout est envoyé"), "warn"
        if load.state is LoadState.WANTED:
            return self.tr("Se charge à la prochaine connexion"), "info"
        day = formats.day_month(load.until.astimezone().date())
        if load.files_to_come:
            words = self.tr("Chargé jusqu’au {day}, %n fichier(s) à venir", "", load.files_to_come)
            return words.format(day=day), "info"
        return self.tr("Chargé jusqu’au {day}").format(day=day), "ok"

    # ------------------------------------------------------------------------------------------- doing
    def wish(self, account_id: AccountId, name: str, ask: Callable[[], object], *, is_sure: bool = False) -> None:
        """Load an account; `ask` where no appointment is near and the rep was not asked yet."""
        loads = self._session.loads
        if loads is None:
            return

        def refused(refusal: Refusal) -> None:
            if refusal.code == "NO_APPOINTMENT_SOON":
                ask()

        command = LoadAccount(account_id, name, is_sure)
        done = partial(self._wished, account_id)
        self._session.act(partial(load_account, command, loads, self._session.clock), done, refused=refused)

    def wish_from_team(self, account: TeamAccount) -> None:
        """Load a colleague's account that was searched for: that is sure enough."""
        self.wish(account.id, account.trade_name, lambda: None, is_sure=True)

    def unwish(self, account_id: AccountId) -> None:
        """Unload it."""
        loads = self._session.loads
        if loads is not None:
            command = UnloadAccount(account_id)
            done = partial(self._unwished, account_id)
            self._session.act(partial(unload_account, command, loads, self._session.clock), done)

    def _wished(self, account_id: AccountId, _until: object) -> None:
        if self._session.courier.is_online:
            self._session.say(self.tr("Le compte se charge."))
        else:
            self._session.say(self.tr("Le compte se charge à la prochaine connexion."))
        self.read(account_id)

    def _unwished(self, account_id: AccountId, waits: bool) -> None:
        if waits:
            self._session.say(self.tr("Le compte est déchargé dès que votre travail est envoyé."))
        else:
            self._session.say(self.tr("Le compte est déchargé."))
        self.read(account_id)

    def _show(self, load: Load | None) -> None:
        self._load = load
        self.changed.emit()
