"""A day with names, phones and secrets that are easily told again: no file, no log, no crash has one of them."""

from __future__ import annotations

import logging
import sys
import threading
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from app import bootstrap
from app.adapters import logs
from app.adapters.clock import SystemClock
from app.bootstrap.device import Device, enrolled, real_now, unlocked
from app.bootstrap.orders import finish_wipe
from app.domain.identifiers import AccountId, ContactId
from app.ports.entrance import Enrolment
from app.ports.trouble import Trouble
from app.store.device_files import RESCUE_FILE, STORE_FILE
from app.store.opening import make_store
from app.store.vault import Vault
from app.usecases.accounts.edit_account import EditAccount, EditContact, edit_account, edit_contact
from sync.client.enrolment import DEVICE, SEALING_KEY
from sync.server.database import in_one_write
from sync.server.exchange import rules
from sync.server.exchange.picture import Picture
from sync.server.grants.devices import ask_wipe
from tests.sync.test_day import signed
from tests.sync.world import KEY, PASSWORD, Centre, InMemory, World

pytestmark = pytest.mark.expects_log

NAME, EMAIL = "Rosalinde Kanarienvogel", "rosalinde.kanarienvogel@example.org"
PHONE, IBAN = "06 98 76 54 32", "FR7630006000011234567890189"
PHRASE = "mon canari chante sous la pluie"
TOLD = (NAME, EMAIL, PHONE, IBAN, PHRASE, PASSWORD)


@dataclass
class Canaries:
    """What must be nowhere, in every form in which it might be written."""

    forms: dict[bytes, str] = field(default_factory=dict)

    def add(self, *told: str | bytes) -> None:
        """Look out for texts and keys from now on."""
        for each in told:
            said = each.encode() if isinstance(each, str) else each
            for form in (said, said.hex().encode(), said.hex().upper().encode()):
                self.forms[form] = repr(each)
            if isinstance(each, str):
                self.forms |= {each.encode(code): repr(each) for code in ("utf-16-le", "utf-16-be")}

    def found_in(self, content: bytes) -> set[str]:
        """Give which of them stand in some bytes."""
        return {told for form, told in self.forms.items() if form in content}

    def must_not_lie_in(self, folder: Path) -> int:
        """Look through every file of a folder; gives how many there were."""
        files = [path for path in folder.rglob("*") if path.is_file()]
        found = {path.name: told for path in files if (told := self.found_in(path.read_bytes()))}
        assert found == {}
        return len(files)


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("devices") / "empty.db"
    make_store(path, KEY, "")
    return path


@pytest.fixture
def canaries() -> Canaries:
    made = Canaries()
    made.add(*TOLD)
    return made


def everything_is_logged() -> None:
    for name in logs._LEVELS:
        logging.getLogger(name).setLevel(logging.DEBUG)


def told_everybody(device: Device, role: str = "") -> None:
    """The florist's signatory becomes a canary, edited as a rep edits."""
    with device.feed.reading() as connection:
        row = connection.exec_driver_sql("SELECT id, account_id FROM contact ORDER BY position").first()
    assert row is not None
    contact, account = ContactId(row[0]), AccountId(row[1])
    said = EditContact(
        account_id=account,
        contact_id=contact,
        is_signatory=True,
        name=NAME,
        role=role,
        email=EMAIL,
        mobile=PHONE,
        phone=PHONE,
    )
    edit_contact(said, device.store.work)
    edit_account(EditAccount(account_id=account, iban=IBAN, legal_name=NAME), device.store.work)


def crashed(device: Device) -> None:
    """Whatever way a bug of ours may come to light: its traceback bears the statement and what it was given."""
    insert = "INSERT INTO contact (id, account_id, position, name, email) VALUES (?, ?, NULL, ?, ?)"
    with device.feed.writing() as connection, pytest.raises(IntegrityError) as caught:
        connection.exec_driver_sql(insert, ("0" * 32, PHONE, NAME, EMAIL))
    assert NAME in str(caught.value), "it would tell"
    error = caught.value
    logging.getLogger("views.shell.session").error("a bug showed itself", exc_info=error)
    logging.getLogger("sync.client.courier").warning("no exchange: %s", error)
    sys.excepthook(type(error), error, error.__traceback__)
    threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, None)))
    Last(error)


@dataclass
class Last:
    """A thing whose end goes wrong, where nobody can catch it."""

    error: Exception

    def __del__(self) -> None:
        raise self.error


def test_each_form_of_a_canary_would_be_seen(canaries: Canaries, tmp_path: Path) -> None:
    for told in TOLD:
        for content in (f"a {told}.".encode(), told.encode("utf-16"), told.encode().hex().encode()):
            assert canaries.found_in(b"x" + content)
    (tmp_path / "aside").mkdir()
    (tmp_path / "aside" / "log").write_text(f"for {NAME}")
    with pytest.raises(AssertionError, match="Kanarienvogel"):
        canaries.must_not_lie_in(tmp_path)


class Day:
    """What a rep does with a device in the place of the window, and what the world does to it."""

    def __init__(self, centre: Centre, canaries: Canaries) -> None:
        self.centre = centre
        self.canaries = canaries
        self.keyring = InMemory()
        self.clock = SystemClock()

    def live(self, folder: Path) -> int:
        everything_is_logged()
        self.work(folder)
        self.damage(folder)
        self.wipe(folder)
        return 0

    def work(self, folder: Path) -> None:
        centre, canaries = self.centre, self.canaries
        account = centre.florist(centre.user())
        asked = Enrolment(centre=centre.url, login="marie", password=PASSWORD, code=centre.code(), passphrase=PHRASE)
        with closing(enrolled(folder, self.keyring, self.clock, asked)) as device:
            device.courier.exchange()
            canaries.add(*self.keyring.kept.values(), device.store.backups.key, device.feed.recall(SEALING_KEY) or "")
            told_everybody(device)
            signed(device.store.work, device.sealer, account)
            device.courier.exchange()
            device.ports().drafts.put("visit", f"{NAME} {PHONE} {IBAN}")
            assert device.copies.look() or device.store.backups.copies()
            told_everybody(device, "Rosalinde")
            centre.change("account", account, rep_id=centre.user("paul"))
            device.courier.exchange()
            with device.feed.reading() as connection:
                assert connection.exec_driver_sql("SELECT count(*) FROM problem").scalar_one() > 0, "it was refused"
            crashed(device)
            assert canaries.must_not_lie_in(folder) >= 5, "the store and its log, a copy, the key file, the owner's"

    def damage(self, folder: Path) -> None:
        """The store is spoilt: it is put aside, and a copy in its place."""
        store = folder / STORE_FILE
        store.write_bytes(bytes(4_096) + store.read_bytes()[4_096:])
        with pytest.raises(Trouble, match="STORE_DAMAGED") as damage:
            unlocked(folder, self.keyring, self.clock, PHRASE)
        logging.getLogger("views").error("the door stays shut: %s", damage.value, exc_info=damage.value)
        done = Vault(folder, self.keyring).put_back(PHRASE, real_now())
        assert done.aside is not None
        self.canaries.must_not_lie_in(folder)

    def wipe(self, folder: Path) -> None:
        with closing(unlocked(folder, self.keyring, self.clock, PHRASE)) as device:
            with device.feed.reading() as connection:
                assert connection.exec_driver_sql("SELECT 1 FROM contact WHERE name = ?", (NAME,)).first() is not None
            in_one_write(self.centre.engines, lambda connection: ask_wipe(connection, device.feed.recall(DEVICE) or ""))
            told_everybody(device, "Linde")
            with suppress(Trouble):  # a store that was put back would get a new identity first; one that goes gets none
                device.courier.exchange()
            assert device.orders.has_begun_to_wipe
            assert (folder / RESCUE_FILE).exists(), "what was not sent lies here, sealed"
            self.canaries.must_not_lie_in(folder)
        assert finish_wipe(folder, self.keyring, real_now)
        self.canaries.must_not_lie_in(folder)


@pytest.mark.usefixtures("as_logged")
def test_no_file_of_a_device_and_nothing_it_says_tells_of_a_person_or_a_secret(
    tmp_path: Path,
    centre: Centre,
    canaries: Canaries,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    day = Day(centre, canaries)
    monkeypatch.setattr(bootstrap, "_run_device", day.live)
    assert bootstrap.run(tmp_path / "data", training=False, fresh=False) == bootstrap.DONE
    said = capfd.readouterr()
    assert canaries.found_in((said.out + said.err).encode()) == set()
    assert "nobody caught this" in said.err
    assert "nobody could catch this" in said.err


@pytest.mark.usefixtures("as_logged")
def test_a_centre_that_fails_says_nothing_of_what_it_was_given(
    tmp_path: Path,
    centre: Centre,
    canaries: Canaries,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    empty_store: Path,
) -> None:
    """A database that refuses, a fault of ours: both tell statement and parameters to whoever prints the error."""

    def stumble(_: Picture) -> None:
        raise StatementError(f"{NAME} no", "UPDATE contact", {"email": EMAIL}, ValueError(PHONE)) from ValueError(PHONE)

    logs.write_lines()
    everything_is_logged()
    centre.account(centre.user())
    world = World(centre, tmp_path, empty_store)
    with closing(world):
        device = world.device()
        device.exchange()
        assert device.road.identity is not None
        canaries.add(device.road.identity.token, device.road.identity.key)
        with centre.engines.writer.begin() as connection:
            refuses = f"CREATE TRIGGER no BEFORE UPDATE ON contact BEGIN SELECT RAISE(ABORT, '{NAME} no'); END"
            connection.exec_driver_sql(refuses)
        device.correct(name=NAME, email=EMAIL, mobile=PHONE)
        assert device.exchange()[2] == 1, "a problem"
        monkeypatch.setattr(rules, "must_be_readable", stumble)
        device.correct(name=NAME, email=EMAIL, mobile=PHONE)
        with pytest.raises(Trouble, match="HTTP 500"):
            device.exchange()
    centre.close()  # what fails is answered first and logged then
    said = capfd.readouterr()
    for kind in ("IntegrityError", "StatementError", "ValueError"):
        assert f'"kind": "{kind}"' in said.err
    assert canaries.found_in((said.out + said.err).encode()) == set()
