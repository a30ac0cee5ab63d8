"""A damaged store at the door: its last copy is put back with what can still be read, in plain words, never a reset."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.adapters.clock import SystemClock
from app.bootstrap.device import OWNER_FILE
from app.bootstrap.entrance import DeviceEntrance
from app.ports.trouble import Trouble
from app.store.doubt import note_of
from app.store.guard import Writer, writing
from app.store.rows.accounts import RepRow
from app.store.rows.base import table_of
from app.store.vault import Vault
from app.usecases.accounts.plan_task import PlanTask, plan_task
from sync.client.standing import LeaseWatch
from tests.gui.shell.test_entrance import PASSPHRASE, fill, press, said
from tests.store import trade
from tests.store.samples import ME
from views.shell.entrance_page import EntrancePage

PAGE = 4_096
NBSP = "\N{NO-BREAK SPACE}"


class Secrets:
    """A keyring for the length of a test."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def drop(self, name: str) -> None:
        self.kept.pop(name, None)


@dataclass
class Kept:
    """A device's folder: an account and a task, a copy of that, two tasks done after it; and where its tables begin."""

    folder: Path
    secrets: Secrets
    pages: dict[str, int]

    def damage(self, *tables: str) -> None:
        path = self.folder / "store.db"
        content = bytearray(path.read_bytes())
        for table in tables:
            start = (self.pages[table] - 1) * PAGE
            content[start : start + PAGE] = bytes(PAGE)
        path.write_bytes(content)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder, secrets, clock = tmp_path_factory.mktemp("device"), Secrets(), SystemClock()
    vault, account = Vault(folder, secrets), trade.account()
    store = vault.create(PASSPHRASE, clock, ME)
    rep = {"id": ME, "ver": 1, "login": "jl", "name": "Julie", "email": "", "team": "", "discount_limit": 0}
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.execute(table_of(RepRow).insert(), rep)
    with store.work.begin("edit_account") as tx:
        tx.accounts.save(account)
        tx.commit()
    store.backups.make(datetime.now(UTC))
    for subject in ("one", "two"):
        plan_task(PlanTask(account.id, subject, clock.today()), store.work)
    with store.engine.reader.connect() as connection:
        roots = connection.exec_driver_sql("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'").all()
    store.close()
    owner = f'{{"rep": "{ME}", "centre": "http://127.0.0.1:1", "store": "{vault.store_id}"}}'
    (folder / OWNER_FILE).write_text(owner, encoding="utf-8")
    return Kept(folder, secrets, {str(name): int(page) for name, page in roots} | {"head": 1})


@pytest.fixture
def kept(original: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setattr(LeaseWatch, "is_over", lambda _watch: False)  # no centre gave this device one
    return Kept(shutil.copytree(original.folder, tmp_path / "device"), original.secrets, original.pages)


@pytest.fixture
def door(kept: Kept, qtbot: QtBot) -> Iterator[Callable[[], tuple[DeviceEntrance, EntrancePage]]]:
    """Opens the door, types the passphrase and presses."""
    opened: list[tuple[DeviceEntrance, EntrancePage]] = []

    def open_door() -> tuple[DeviceEntrance, EntrancePage]:
        entrance = DeviceEntrance(kept.folder, kept.secrets)
        page = EntrancePage(entrance)
        qtbot.addWidget(page)
        opened.append((entrance, page))
        page.show()
        fill(page, {"passphrase": PASSPHRASE})
        press(page)
        return entrance, page

    yield open_door
    for entrance, page in opened:
        page.close_threads()
        if entrance.device is not None:
            entrance.device.close()


def put_back(page: EntrancePage, qtbot: QtBot, because: str = "est abîmé") -> None:
    qtbot.waitUntil(lambda: page.copy_button is not None, timeout=10_000)
    assert page.copy_button is not None
    assert because in said(page)
    assert "Remettre la dernière copie (aujourd’hui " in page.copy_button.text()
    assert page.button.isHidden()
    QTest.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Copie remise" in said(page), timeout=10_000)


def subjects(entrance: DeviceEntrance) -> list[str]:
    assert entrance.device is not None
    with entrance.device.feed.reading() as connection:
        return [str(one) for one in connection.exec_driver_sql("SELECT subject FROM activity ORDER BY 1").scalars()]


@pytest.mark.parametrize(
    ("damaged", "told", "there"),
    [
        pytest.param(("meta",), "2 action(s) relue(s) du coffre abîmé.", ["one", "two"], id="all is read"),
        pytest.param(("meta", "changeset"), f"2 action(s) illisible(s) (n°{NBSP}2, 3).", [], id="actions are lost"),
        pytest.param(("head",), "ne dit plus tout ce qui a été fait", [], id="nothing is read"),
    ],
)
def test_the_copy_is_put_back_and_the_door_says_what_came_of_it(
    kept: Kept,
    door: Callable[[], tuple[DeviceEntrance, EntrancePage]],
    qtbot: QtBot,
    damaged: tuple[str, ...],
    told: str,
    there: list[str],
) -> None:
    kept.damage(*damaged)
    entrance, page = door()
    put_back(page, qtbot)
    assert told in said(page)
    assert entrance.device is None, "what came of it is read before anything opens"
    assert list(kept.folder.glob("damaged-*/store.db")), "the damaged store is kept"
    with qtbot.waitSignal(page.opened, timeout=10_000):
        press(page)
    assert subjects(entrance) == there


def test_without_a_sound_copy_the_door_says_so_and_touches_nothing(
    kept: Kept, door: Callable[[], tuple[DeviceEntrance, EntrancePage]], qtbot: QtBot
) -> None:
    kept.damage("meta")
    for copy in (kept.folder / "backups").iterdir():
        copy.write_bytes(copy.read_bytes()[:20_000])
    before = (kept.folder / "store.db").read_bytes()
    _, page = door()
    qtbot.waitUntil(lambda: "aucune copie n’est saine" in said(page) and not page.button.is_busy, timeout=10_000)
    assert "appelez le support" in said(page)
    assert page.copy_button is None
    assert (kept.folder / "store.db").read_bytes() == before


def test_a_store_that_is_gone_gets_its_copy_and_no_device_is_enrolled_over_it(
    kept: Kept, door: Callable[[], tuple[DeviceEntrance, EntrancePage]], qtbot: QtBot
) -> None:
    (kept.folder / "store.db").unlink()
    assert Vault(kept.folder, kept.secrets).exists
    entrance, page = door()
    put_back(page, qtbot, "a disparu")
    assert "le reste est à refaire" in said(page)
    with qtbot.waitSignal(page.opened, timeout=10_000):
        press(page)
    assert subjects(entrance) == []


def test_where_no_copy_of_a_store_that_is_gone_is_sound_the_door_says_so(
    kept: Kept, door: Callable[[], tuple[DeviceEntrance, EntrancePage]], qtbot: QtBot
) -> None:
    (kept.folder / "store.db").unlink()
    for copy in (kept.folder / "backups").iterdir():
        copy.write_bytes(copy.read_bytes()[:20_000])
    _, page = door()
    qtbot.waitUntil(lambda: "aucune copie n’est saine" in said(page) and not page.button.is_busy, timeout=10_000)
    assert "Ne réinscrivez pas" in said(page)
    assert not (kept.folder / "store.db").exists()


def test_damage_met_while_working_is_found_by_the_door_at_the_next_opening(
    kept: Kept, door: Callable[[], tuple[DeviceEntrance, EntrancePage]], qtbot: QtBot
) -> None:
    kept.damage("activity")  # nothing that opening reads
    entrance, page = door()
    qtbot.waitUntil(lambda: entrance.device is not None, timeout=10_000)
    with pytest.raises(Trouble, match="STORE_DAMAGED"):
        subjects(entrance)
    assert entrance.device is not None
    entrance.device.close()
    entrance.device = None

    entrance, page = door()
    put_back(page, qtbot)
    assert not note_of(kept.folder / "store.db").exists()
    with qtbot.waitSignal(page.opened, timeout=10_000):
        press(page)
    assert subjects(entrance) == ["one", "two"]


def test_a_doubt_without_ground_is_forgotten(
    kept: Kept, door: Callable[[], tuple[DeviceEntrance, EntrancePage]], qtbot: QtBot
) -> None:
    note_of(kept.folder / "store.db").touch()
    entrance, _ = door()
    qtbot.waitUntil(lambda: entrance.device is not None, timeout=10_000)
    assert not note_of(kept.folder / "store.db").exists()
    assert subjects(entrance) == ["one", "two"]
