"""The administrator's devices: seen, shut out, wiped only after its name was read, let in and let back in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ports.devices import DeviceState
from tests.gui.desk.desk_of_devices import MARIE, MINE, PAUL, FakeDevices
from tests.gui.windows import Desk
from views.desk.device_dialogs import CodeDialog, DeviceDialog, PersonDialog, WipeDialog
from views.desk.devices_page import DevicesPage
from views.shell.session import Session
from views.widgets.overlay import Dialog
from views.widgets.rows import KEY_ROLE, Row


class DesksWithDevices:
    """A desk whose session has devices to ask about."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot = desk, qtbot

    def page(self, devices: FakeDevices) -> DevicesPage:
        ports = self.desk.ports(self.desk.readers)
        self.desk.session.close()
        self.desk.session = Session(replace(ports, devices=devices), "fr")
        window = self.desk.show("devices")
        page = window.pages.page
        assert isinstance(page, DevicesPage)
        return page

    def settle(self) -> None:
        self.desk.session.background.wait_idle()
        QTest.qWait(0)


@pytest.fixture
def desks(desk: Desk, qtbot: QtBot) -> DesksWithDevices:
    return DesksWithDevices(desk, qtbot)


def rows(page: DevicesPage) -> list[Row]:
    return page.model.rows(page.narrowing)


def open_dialog(page: DevicesPage, kind: type[Dialog]) -> Dialog:
    found = [dialog for dialog in page.window().findChildren(kind) if dialog.is_open]
    assert len(found) == 1, kind
    return found[0]


def press(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_administrator_finds_every_device_with_its_state(desks: DesksWithDevices) -> None:
    page = desks.page(FakeDevices())
    desks.settle()
    assert page.title == "Appareils"
    assert [row.title for row in rows(page)] == [
        "Julie Lambert · poste-1",
        "Marie Diallo · poste-12",
        "Paul Caron · portable-3",
    ]
    assert [chip.text for row in rows(page) for chip in row.chips] == ["en service", "en service", "effacement demandé"]
    assert "cet appareil" in rows(page)[0].subtitle
    page.narrow("gone")
    assert [row.title for row in rows(page)] == ["Marie Diallo · poste-4"]
    assert desks.desk.window is not None
    assert "devices" in [entry.page for entry in desks.desk.window.frame.entries]


def test_who_becomes_administrator_meets_the_devices_at_once_and_loses_them_as_soon(desks: DesksWithDevices) -> None:
    devices = FakeDevices(MINE, is_administrator=False)
    page = desks.page(devices)
    desks.settle()
    window = desks.desk.window
    assert window is not None
    places = [entry.page for entry in window.frame.entries]
    for is_administrator, title, items in ((True, "Appareils", [MINE, MARIE]), (False, "Mes appareils", [MINE])):
        devices.is_administrator, devices.items = is_administrator, items
        desks.desk.courier.tell()
        desks.desk.settle()
        assert page.title == title
        assert page.model.items == tuple(items)
        assert page.new_code.isVisible() is is_administrator
        assert [item.page for item in window.frame.rail.items] == [*places, *(["devices"] if is_administrator else [])]
        assert window.frame.rail.items[-1].isChecked() is is_administrator
        window.pages.go("today")
        QTest.keyClick(window, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
        assert window.pages.page.name == ("devices" if is_administrator else "today")
        window.pages.go("devices")
        desks.desk.settle()


def test_a_rep_finds_their_own_devices_without_a_place_on_the_rail(desks: DesksWithDevices) -> None:
    page = desks.page(FakeDevices(MINE, is_administrator=False))
    desks.settle()
    assert page.title == "Mes appareils"
    assert not page.new_code.isVisible()
    assert desks.desk.window is not None
    assert "devices" not in [entry.page for entry in desks.desk.window.frame.entries]
    page.open_row(MINE.id)
    dialog = open_dialog(page, DeviceDialog)
    assert isinstance(dialog, DeviceDialog)
    assert list(dialog.buttons) == ["revoke"]


def test_a_wipe_is_ordered_only_after_device_and_holder_were_named(desks: DesksWithDevices) -> None:
    devices = FakeDevices()
    page = desks.page(devices)
    desks.settle()
    page.open_row(MARIE.id)
    first = open_dialog(page, DeviceDialog)
    assert isinstance(first, DeviceDialog)
    press(first.buttons["wipe"])
    second = open_dialog(page, WipeDialog)
    assert isinstance(second, WipeDialog)
    assert "poste-12" in second.accessibleName()
    assert "Marie Diallo" in second.accessibleName()
    assert devices.asked == []
    press(second.order)
    desks.settle()
    assert devices.asked == [("wipe", MARIE.id)]
    assert next(row for row in rows(page) if row.key == MARIE.id).chips[0].text == "effacement demandé"


def test_a_wipe_that_was_not_heard_is_taken_back(desks: DesksWithDevices) -> None:
    devices = FakeDevices()
    page = desks.page(devices)
    desks.settle()
    page.open_row(PAUL.id)
    dialog = open_dialog(page, DeviceDialog)
    assert isinstance(dialog, DeviceDialog)
    assert list(dialog.buttons) == ["cancel"]
    press(dialog.buttons["cancel"])
    desks.settle()
    assert devices.asked == [("cancel", PAUL.id)]


def test_a_device_is_shut_out_and_one_under_way_offers_nothing(desks: DesksWithDevices) -> None:
    devices = FakeDevices(MARIE, replace(PAUL, state=DeviceState.WIPE_SEEN))
    page = desks.page(devices)
    desks.settle()
    page.open_row(MARIE.id)
    dialog = open_dialog(page, DeviceDialog)
    assert isinstance(dialog, DeviceDialog)
    press(dialog.buttons["revoke"])
    desks.settle()
    assert devices.asked == [("revoke", MARIE.id)]
    page.open_row(PAUL.id)
    under_way = open_dialog(page, DeviceDialog)
    assert isinstance(under_way, DeviceDialog)
    assert not under_way.buttons


def test_a_code_is_made_for_a_person_and_one_for_a_lost_key(desks: DesksWithDevices) -> None:
    devices = FakeDevices()
    page = desks.page(devices)
    desks.settle()
    page.ask_person()
    desks.settle()
    people = open_dialog(page, PersonDialog)
    assert isinstance(people, PersonDialog)
    model = people.people.model()
    people.people.opened.emit(
        next(model.index(at, 0) for at in range(3) if model.index(at, 0).data(KEY_ROLE) == "paul")
    )
    desks.settle()
    code = open_dialog(page, CodeDialog)
    assert "ABCD-EFGH" in [child.text() for child in code.findChildren(QWidget) if hasattr(child, "text")]
    code.close_overlay()
    page.open_row(MARIE.id)
    dialog = open_dialog(page, DeviceDialog)
    assert isinstance(dialog, DeviceDialog)
    press(dialog.buttons["recovery"])
    desks.settle()
    open_dialog(page, CodeDialog)
    assert devices.asked == [("code", "paul"), ("recovery", MARIE.id)]


def test_what_could_not_be_sent_is_saved_in_a_file(desks: DesksWithDevices, tmp_path: Path) -> None:
    devices = FakeDevices()
    page = desks.page(devices)
    page.model.save_unsent(tmp_path / "out.sealed")
    desks.settle()
    assert devices.asked == [("save", "out.sealed")]


def test_without_the_centre_the_list_says_where_it_comes_from(desks: DesksWithDevices) -> None:
    devices = FakeDevices()
    devices.is_online = False
    page = desks.page(devices)
    desks.settle()
    assert page.model.items is None
    assert page.none.isVisible()
