"""Loading an account for a visit from its page, from the list, and from the team."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.identifiers import AccountId
from app.ports.loads import Load, LoadState, TeamAccount
from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from app.store.loads import StoredLoads
from app.store.quick_lists import QuickLists
from tests.gui.fakes import NOW, FakeCourier
from tests.gui.one_rep import HALLOUIN, ROSE
from tests.gui.windows import Desk, press
from views.accounts.account_page import AccountPage
from views.accounts.accounts_page import AccountsPage
from views.accounts.load_dialog import LoadDialog, TeamDialog
from views.shell.theme import Theme
from views.widgets.labels import ChipLabel

SOREL = TeamAccount(id=AccountId("f" * 32), number="204118", trade_name="Boulangerie Sorel", city="Dreux", rep="Paul")


class LoadsOfAStore:
    """The store's own loads, with a team that a test makes up."""

    def __init__(self) -> None:
        self.stored: StoredLoads | None = None
        self.load: Load | None = None
        self.team: tuple[TeamAccount, ...] | Trouble = (SOREL,)

    def of(self) -> StoredLoads:
        assert self.stored is not None
        return self.stored

    def load_of(self, account_id: AccountId) -> Load | None:
        return self.load or self.of().load_of(account_id)

    def standing(self) -> tuple[Load, ...]:
        return self.of().standing()

    def wish(self, account_id: AccountId, name: str, until: datetime, now: datetime) -> None:
        self.of().wish(account_id, name, until, now)

    def unwish(self, account_id: AccountId, now: datetime) -> None:
        self.of().unwish(account_id, now)

    def has_unsent_work(self, account_id: AccountId) -> bool:
        return self.of().has_unsent_work(account_id)

    def appointment_before(self, account_id: AccountId, first: datetime, last: datetime) -> datetime | None:
        return self.of().appointment_before(account_id, first, last)

    def find(self, words: str) -> tuple[TeamAccount, ...]:
        assert words
        if isinstance(self.team, Trouble):
            raise self.team
        return self.team


class LoadingDesk(Desk):
    """A desk with a centre to load accounts from."""

    def __init__(self, path: Path, *, online: bool = True) -> None:
        self.made = LoadsOfAStore()
        super().__init__(path, FakeCourier(online=online), loads=self.made)
        self.made.stored = StoredLoads(DeviceFeed(self.store.engine, QuickLists(), self.store.work.tell))

    def account_page(self, account_id: str) -> AccountPage:
        page = self.show_at("account", {"account_id": account_id}).pages.page
        assert isinstance(page, AccountPage)
        return page

    def chips(self, page: AccountPage) -> list[str]:
        self.settle()
        return [chip.accessibleName() for chip in page.findChildren(ChipLabel) if chip.isVisible()]


@pytest.fixture
def loading(portfolio: Path, tmp_path: Path, look: Theme) -> Iterator[LoadingDesk]:
    path = tmp_path / "store.db"
    shutil.copy(portfolio, path)
    made = LoadingDesk(path)
    yield made
    made.close()


def test_an_account_with_an_appointment_soon_is_loaded_and_unloaded_by_one_press(loading: LoadingDesk) -> None:
    page = loading.account_page(ROSE.id)
    assert page.loading.text() == "Charger pour la visite"
    press(page.loading)
    assert "Se charge à la prochaine connexion" in loading.chips(page)
    assert page.loading.text() == "Décharger"
    loading.made.of().settle()
    loading.made.of().wish(ROSE.id, ROSE.trade_name, NOW + timedelta(days=1), NOW)
    press(page.loading)
    loading.settle()
    assert "Déchargé dès que tout est envoyé" in loading.chips(page)
    assert page.loading.text() == "Charger pour la visite"


def test_without_an_appointment_soon_it_asks_first(loading: LoadingDesk) -> None:
    page = loading.account_page(HALLOUIN.id)
    press(page.loading)
    loading.settle()
    dialog = next(one for one in page.window().findChildren(LoadDialog) if one.is_open)
    assert dialog.accessibleName() == f"Charger {HALLOUIN.trade_name} pour la visite\u00a0?"
    press(dialog.keep)
    loading.settle()
    assert loading.made.load_of(HALLOUIN.id) is None
    press(page.loading)
    loading.settle()
    dialog = next(one for one in page.window().findChildren(LoadDialog) if one.is_open)
    press(dialog.confirm)
    loading.settle()
    assert [load.account_id for load in loading.made.standing()] == [HALLOUIN.id]


def test_the_list_shows_what_is_loaded(loading: LoadingDesk) -> None:
    loading.made.wish(ROSE.id, ROSE.trade_name, NOW + timedelta(days=2), NOW)
    page = loading.show_at("accounts", {"view": "loaded"}).pages.page
    assert isinstance(page, AccountsPage)
    loading.settle()
    assert page.model.rowCount() == 1
    assert any(pill.text().startswith("Chargés") for pill in page.pills)


def test_an_account_of_the_team_is_found_and_loaded(loading: LoadingDesk) -> None:
    page = loading.show_at("accounts", {"view": "all"}).pages.page
    assert isinstance(page, AccountsPage)
    press(page.team)
    loading.settle()
    dialog = next(one for one in page.window().findChildren(TeamDialog) if one.is_open)
    assert not dialog.load.isEnabled()
    loading.made.team = Trouble("OFFLINE")
    dialog.search.asked.emit("sorel")
    loading.settle()
    assert dialog.said.text().startswith("Le centre n’est pas joignable")
    loading.made.team = ()
    dialog.search.asked.emit("sore")
    loading.settle()
    assert dialog.said.text() == "Aucun compte de l’équipe ne correspond."
    loading.made.team = (SOREL,)
    dialog.search.asked.emit("sorel")
    loading.settle()
    press(dialog.load)
    loading.settle()
    assert [load.account_id for load in loading.made.standing()] == [SOREL.id]


def test_a_loaded_account_says_how_many_of_its_files_still_come(loading: LoadingDesk) -> None:
    loading.made.load = Load(
        account_id=ROSE.id, name=ROSE.trade_name, state=LoadState.LOADED, until=NOW, files_to_come=3
    )
    page = loading.account_page(ROSE.id)
    assert "Chargé jusqu’au 23/11, 3 fichiers à venir" in loading.chips(page)
    loading.made.load = replace(loading.made.load, files_to_come=0)
    loading.session.tell_touched(frozenset({"blob"}))
    QApplication.processEvents()
    assert "Chargé jusqu’au 23/11" in loading.chips(page)


def test_where_there_is_no_centre_nothing_can_be_loaded(desk: Desk) -> None:
    page = desk.show_at("account", {"account_id": ROSE.id}).pages.page
    assert isinstance(page, AccountPage)
    assert not page.loading.isVisible()
    assert all("Charger" not in offer.text for offer in page.offers())
