"""Pages lead to each other, back, and to where the window was left."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import pytest
from PySide6.QtWidgets import QApplication

from views.shell.memory import ShortMemory
from views.shell.navigation import Pages
from views.shell.page import Page, Place


class Recorder(Page):
    """A page that notes what happens to it; it needs no session."""

    seen: ClassVar[list[tuple[str, str, dict[str, str]]]] = []

    def enter(self, **where: str) -> None:
        self.seen.append(("enter", type(self).__name__, where))

    def leave(self) -> None:
        self.seen.append(("leave", type(self).__name__, {}))


class Today(Recorder):
    name, rail, is_root = "today", "today", True


class Accounts(Recorder):
    name, rail, is_root = "accounts", "accounts", True


class Account(Recorder):
    name, rail = "account", "accounts"


class Session:
    """Nothing: the pages of these tests ask nothing of it."""


@pytest.fixture
def memory() -> ShortMemory:
    Recorder.seen.clear()
    return ShortMemory()


def pages_on(memory: ShortMemory) -> Pages:
    def make(page: Callable[..., Page]) -> Page:
        return page(Session(), None, None)

    return Pages({"today": Today, "accounts": Accounts, "account": Account}, make, memory)


def test_a_page_is_left_before_another_is_entered(qapp: QApplication, memory: ShortMemory) -> None:
    pages = pages_on(memory)
    pages.return_to_last_place()
    pages.go("accounts")
    pages.go("account", account_id="a1")
    assert Recorder.seen == [
        ("enter", "Today", {}),
        ("leave", "Today", {}),
        ("enter", "Accounts", {}),
        ("leave", "Accounts", {}),
        ("enter", "Account", {"account_id": "a1"}),
    ]


def test_back_leads_to_the_place_before_with_what_it_showed(qapp: QApplication, memory: ShortMemory) -> None:
    pages = pages_on(memory)
    pages.go("accounts")
    pages.move(text="rose")
    pages.go("account", account_id="a1")
    pages.back()
    assert pages.place == Place("accounts", {"text": "rose"})
    assert Recorder.seen[-1] == ("enter", "Accounts", {"text": "rose"})


def test_the_rail_starts_a_new_way(qapp: QApplication, memory: ShortMemory) -> None:
    pages = pages_on(memory)
    pages.go("accounts")
    pages.go("account", account_id="a1")
    pages.go("today")
    assert not pages.can_go_back


def test_the_window_comes_back_to_where_it_was_closed(qapp: QApplication, memory: ShortMemory) -> None:
    pages = pages_on(memory)
    pages.go("accounts")
    pages.go("account", account_id="a1")
    pages.move(tab="orders")
    again = pages_on(memory)
    again.return_to_last_place()
    assert again.place == Place("account", {"account_id": "a1", "tab": "orders"})
    again.back()
    assert again.place == Place("accounts")


@pytest.mark.parametrize("kept", ["", "nonsense", '[["gone", {}]]', "[1]", '{"a": 1}', '[["account"]]'])
def test_what_is_not_readable_leads_to_today(qapp: QApplication, memory: ShortMemory, kept: str) -> None:
    memory.put("places", kept)
    pages = pages_on(memory)
    pages.return_to_last_place()
    assert pages.place == Place("today")


def test_a_page_that_does_not_exist_is_not_entered(qapp: QApplication, memory: ShortMemory) -> None:
    pages = pages_on(memory)
    pages.return_to_last_place()
    assert not pages.has("gold mine")
    with pytest.raises(KeyError):
        pages.go("gold mine")
    assert pages.place == Place("today")


def test_another_language_makes_pages_anew_at_the_same_place(qapp: QApplication, memory: ShortMemory) -> None:
    pages = pages_on(memory)
    pages.go("account", account_id="a1")
    before = pages.page
    pages.make_anew()
    assert pages.page is not before
    assert Recorder.seen[-1] == ("enter", "Account", {"account_id": "a1"})


def test_words_typed_in_a_search_are_not_written_down(qapp: QApplication, memory: ShortMemory) -> None:
    pages = pages_on(memory)
    pages.go("accounts")
    pages.move(text="Delmas", view="all")
    assert "Delmas" not in (memory.get("places") or "")
    pages.go("account", account_id="a1")
    pages.back()
    assert pages.place == Place("accounts", {"text": "Delmas", "view": "all"})
    again = pages_on(memory)
    again.return_to_last_place()
    assert again.place == Place("accounts", {"view": "all"})
