"""The door of the app, against a real centre on this machine, a real vault and a keyring in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.entrance import DeviceEntrance
from app.bootstrap.training import TrainingBase, centre_running
from app.ports.entrance import CopyPutBack, Enrolment, Recovery
from app.ports.readers import AccountFilter
from app.ports.trouble import Trouble
from app.store.engine import open_url
from resources.wording import words
from sync.server.database import in_one_write
from sync.server.grants.recovery import recovery_code
from tests.memory_keyring import MemoryKeyring
from views.shell import entrance_page
from views.shell.entrance_page import EntrancePage
from views.shell.memory import ShortMemory
from views.shell.start import Door, while_the_training_base_is_made
from views.shell.theme import Theme

PASSPHRASE = "une rose est une rose"
NEW_PASSPHRASE = "une autre rose encore"


@pytest.fixture
def training(tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A centre filled with the training base, and what its learner types to be let in."""
    base = TrainingBase(tmp_path / "base")
    code = base.make()
    with centre_running(base.database) as centre:
        yield centre, {"centre": centre, "login": "jl", "password": "ecole-2026", "code": code}


@pytest.fixture
def door(qtbot: QtBot) -> Iterator[Callable[[DeviceEntrance], EntrancePage]]:
    opened: list[EntrancePage] = []

    def open_door(entrance: DeviceEntrance) -> EntrancePage:
        page = EntrancePage(entrance)
        qtbot.addWidget(page)
        opened.append(page)
        page.show()
        return page

    yield open_door
    for page in opened:
        page.close_threads()


def fill(page: EntrancePage, typed: dict[str, str]) -> None:
    for name, text in typed.items():
        field = page.field(name).editor
        assert isinstance(field, QLineEdit)
        field.clear()
        QTest.keyClicks(field, text)


def press(page: EntrancePage) -> None:
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)


def said(page: QWidget) -> str:
    return " ".join(child.accessibleName() for child in page.findChildren(QWidget))


def test_a_new_device_is_enrolled_and_opens_again_with_its_passphrase(
    tmp_path: Path,
    training: tuple[str, dict[str, str]],
    door: Callable[[DeviceEntrance], EntrancePage],
    qtbot: QtBot,
) -> None:
    entrance = DeviceEntrance(tmp_path / "device")
    page = door(entrance)
    fill(page, {**training[1], "passphrase": PASSPHRASE, "again": PASSPHRASE})

    with qtbot.waitSignal(page.opened, timeout=30_000):
        press(page)

    assert entrance.device is not None
    entrance.device.courier.exchange()  # the portfolio comes behind the open window
    assert entrance.device.store.readers.count_accounts(AccountFilter())[0] == 148
    assert entrance.device.store.readers.me().login == "jl"
    entrance.device.close()

    again = DeviceEntrance(tmp_path / "device")
    page = door(again)
    fill(page, {"passphrase": "une autre phrase de passe"})
    press(page)
    qtbot.waitUntil(lambda: bool(page.field("passphrase").message() or "phrase" in said(page)), timeout=10_000)
    assert again.device is None

    fill(page, {"passphrase": PASSPHRASE})
    with qtbot.waitSignal(page.opened, timeout=10_000):
        press(page)
    assert again.device is not None
    assert again.device.store.readers.count_accounts(AccountFilter())[0] == 148
    again.device.close()


def test_two_passphrases_that_differ_send_nothing(
    tmp_path: Path, door: Callable[[DeviceEntrance], EntrancePage]
) -> None:
    page = door(DeviceEntrance(tmp_path / "device"))
    fill(page, {"centre": "http://127.0.0.1:1", "login": "jl", "passphrase": PASSPHRASE, "again": "autre"})

    press(page)

    assert page.field("again").message() == "Les deux phrases ne sont pas les mêmes."
    assert not (tmp_path / "device").exists()


def test_a_centre_that_does_not_answer_leaves_nothing_behind(
    tmp_path: Path, door: Callable[[DeviceEntrance], EntrancePage], qtbot: QtBot
) -> None:
    page = door(DeviceEntrance(tmp_path / "device"))
    fill(
        page,
        {
            "centre": "http://127.0.0.1:1",
            "login": "jl",
            "password": "x",
            "code": "AAAA-AAAA",
            "passphrase": PASSPHRASE,
            "again": PASSPHRASE,
        },
    )

    press(page)

    qtbot.waitUntil(lambda: not page.button.is_busy, timeout=15_000)
    assert "Hors ligne" in said(page)
    assert not (tmp_path / "device").exists()


def test_the_training_base_says_that_it_is_being_made_and_gives_what_was_made(look: Theme) -> None:
    assert while_the_training_base_is_made(lambda: "made") == "made"

    def fail() -> str:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        while_the_training_base_is_made(fail)


def test_a_device_whose_keyring_was_emptied_is_opened_again_by_the_organisation(
    tmp_path: Path,
    training: tuple[str, dict[str, str]],
    door: Callable[[DeviceEntrance], EntrancePage],
    qtbot: QtBot,
) -> None:
    first = DeviceEntrance(tmp_path / "device")
    first.enrol(Enrolment(**training[1], passphrase=PASSPHRASE))
    assert first.device is not None
    name = first.device.feed.recall("device") or ""
    first.device.close()
    MemoryKeyring.secrets.clear()

    again = DeviceEntrance(tmp_path / "device")
    page = door(again)
    fill(page, {"passphrase": PASSPHRASE})
    press(page)
    qtbot.waitUntil(lambda: "trousseau" in said(page) and not page.button.is_busy, timeout=10_000)

    engines = open_url(TrainingBase(tmp_path / "base").database)
    code = in_one_write(engines, lambda connection: recovery_code(connection, name))
    engines.dispose()
    QTest.mouseClick(page.lost, Qt.MouseButton.LeftButton)
    learner = {"login": training[1]["login"], "password": training[1]["password"]}
    fill(page, {**learner, "code": code, "passphrase": NEW_PASSPHRASE, "again": "autre"})
    press(page)
    assert page.field("again").message() == "Les deux phrases ne sont pas les mêmes."
    fill(page, {"again": NEW_PASSPHRASE})
    with qtbot.waitSignal(page.opened, timeout=20_000):
        press(page)

    assert again.device is not None
    assert again.device.store.readers.me().login == "jl"
    again.device.courier.exchange()
    again.device.close()


class DoorThatWaits:
    """A device whose lease ended: the centre is away at first, then it is back."""

    is_enrolled = True

    def __init__(self, trouble: Trouble) -> None:
        self.trouble: Trouble | None = trouble
        self.saved: list[tuple[str, Path]] = []

    def get_ready(self) -> None:
        """Nothing is to be read in."""

    def unlock(self, passphrase: str) -> None:
        if self.trouble is not None:
            raise self.trouble

    def save_unsent(self, passphrase: str, path: Path) -> int:
        self.saved.append((passphrase, path))
        return 2

    def copy_to_put_back(self, passphrase: str) -> datetime | None:
        raise AssertionError(passphrase)

    def put_back(self, passphrase: str) -> CopyPutBack:
        raise AssertionError(passphrase)

    def recover(self, asked: Recovery) -> None:
        raise AssertionError(asked)

    def enrol(self, asked: Enrolment) -> None:
        raise AssertionError(asked)


def waiting_door(qtbot: QtBot, entrance: DoorThatWaits) -> EntrancePage:
    page = EntrancePage(entrance)
    qtbot.addWidget(page)
    page.show()
    fill(page, {"passphrase": PASSPHRASE})
    press(page)
    qtbot.waitUntil(lambda: not page.button.is_busy)
    return page


def test_the_door_speaks_the_language_chosen_at_it_and_finds_it_again(qtbot: QtBot) -> None:
    memory, entrance = ShortMemory(), DoorThatWaits(Trouble("STORE_BUSY"))
    door = Door(entrance, memory)
    assert [name for name, button in door.page.languages.items() if not button.isEnabled()] == ["fr"]
    QTest.mouseClick(door.page.languages["en"], Qt.MouseButton.LeftButton)
    assert door.page.button.text() == "Open"
    fill(door.page, {"passphrase": PASSPHRASE})
    press(door.page)
    qtbot.waitUntil(lambda: not door.page.button.is_busy)
    assert words("troubles", "STORE_BUSY", "en") in said(door.page)
    door.page.close()
    door.put_away()
    again = Door(entrance, memory)
    assert again.page.button.text() == "Open"
    entrance.trouble = None
    press(again.page)
    qtbot.waitUntil(lambda: again.is_open)
    again.put_away()
    last = Door(entrance, ShortMemory())
    assert last.page.button.text() == "Ouvrir", "the door before it left its language behind"
    last.page.close()
    last.put_away()


def test_a_device_whose_lease_ended_opens_by_itself_once_the_centre_answers(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrance_page, "RETRY_SECONDS", 1)
    entrance = DoorThatWaits(Trouble("LEASE_ENDED", {"date": datetime(2026, 11, 30, 9, 0, tzinfo=UTC)}))
    page = waiting_door(qtbot, entrance)
    qtbot.waitUntil(lambda: "Connectez-le au centre" in said(page))
    with qtbot.waitSignal(page.opened, timeout=5_000):
        entrance.trouble = None
    page.close_threads()


def test_a_device_shut_out_saves_what_it_could_not_send(qtbot: QtBot, tmp_path: Path) -> None:
    entrance = DoorThatWaits(Trouble("SHUT_OUT", {"count": 2}))
    page = waiting_door(qtbot, entrance)
    qtbot.waitUntil(lambda: "n’admet plus" in said(page))
    page.save_unsent(tmp_path / "out.sealed")
    qtbot.waitUntil(lambda: "2 changements" in said(page) or "2 changement(s)" in said(page))
    assert entrance.saved == [(PASSPHRASE, tmp_path / "out.sealed")]
    page.close_threads()
