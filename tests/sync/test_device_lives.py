"""A device from enrolment to wipe, put together as the app does it, on a real centre."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.adapters.clock import SystemClock
from app.bootstrap import device as devices
from app.bootstrap.device import Device, enrolled, recovered, save_unsent, unlocked
from app.bootstrap.orders import finish_wipe
from app.domain.identifiers import AccountId
from app.domain.refusal import Refusal
from app.ports.entrance import Enrolment, Recovery
from app.ports.trouble import Trouble
from app.store import sealed
from app.store.device_files import KEY_FILE, RESCUE_FILE, STORE_FILE, WIPE_FILE
from app.usecases.accounts.edit_account import EditContact, edit_contact
from sync.client.standing import LATEST, LEASE
from sync.server.database import in_one_write, own_picture
from sync.server.grants import authority, leasing
from sync.server.grants.devices import ask_wipe, cancel_wipe, rescue_of, revoke
from sync.server.grants.recovery import recovery_code
from tests.sync.world import PASSWORD, Centre

PHRASE = "une rose est une rose"
OTHER_PHRASE = "une autre rose encore"


class Ring:
    """A keyring in memory, which a test may empty."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def drop(self, name: str) -> None:
        self.kept.pop(name, None)


class Post:
    """One rep's machine: its folder, its keyring, and the time that its clock shows."""

    def __init__(self, centre: Centre, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.centre, self.folder, self.ring = centre, folder, Ring()
        self.off_by = timedelta()
        monkeypatch.setattr(devices, "real_now", self.now)
        self.rep = centre.user()
        self.account = centre.account(self.rep)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.off_by

    def enrol(self) -> Device:
        asked = Enrolment(
            centre=self.centre.url, login="marie", password=PASSWORD, code=self.centre.code(), passphrase=PHRASE
        )
        device = enrolled(self.folder, self.ring, SystemClock(), asked)
        device.courier.exchange()
        return device

    def unlock(self, passphrase: str = PHRASE, centre: str | None = None) -> Device:
        return unlocked(self.folder, self.ring, SystemClock(), passphrase, centre=centre)

    def edit(self, device: Device, name: str) -> None:
        contact = device.store.readers.account(AccountId(self.account)).account.contacts[0]
        edit_contact(
            EditContact(
                account_id=AccountId(self.account),
                contact_id=contact.id,
                is_signatory=contact.is_signatory,
                name=name,
                role=contact.role,
                email=contact.email,
                mobile=contact.mobile,
                phone=contact.phone,
            ),
            device.store.work,
        )

    def id_of(self, device: Device) -> str:
        return device.feed.recall("device") or ""

    def id_of_only(self) -> str:
        return str(self.centre.value("SELECT device FROM sync_device"))

    def known_as(self) -> str:
        return str(self.centre.value("SELECT name FROM contact ORDER BY position LIMIT 1"))


@pytest.fixture
def post(centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Post:
    return Post(centre, tmp_path / "device", monkeypatch)


def ordered(post: Post, do: Callable[..., None], device: str) -> None:
    in_one_write(post.centre.engines, lambda connection: do(connection, device))


def states(post: Post) -> tuple[object, ...]:
    wanted = "wipe_asked_at IS NOT NULL, wipe_seen_at IS NOT NULL, wipe_done_at IS NOT NULL, revoked_at IS NOT NULL"
    (row,) = post.centre.rows(f"SELECT {wanted} FROM sync_device")
    return tuple(bool(value) for value in row)


# ---------------------------------------------------------------------------------------------- lease
def test_a_device_works_alone_under_its_lease_and_then_hears_the_centre_first(post: Post) -> None:
    post.enrol().close()
    nowhere = "http://127.0.0.1:9"
    post.off_by = timedelta(days=6)
    post.unlock(centre=nowhere).close()
    post.off_by = timedelta(days=8)
    with pytest.raises(Trouble, match="LEASE_ENDED"):
        post.unlock(centre=nowhere)

    # The centre says its own clock: a machine whose clock ran ahead is right again, without its clock being touched.
    with closing(post.unlock()) as device:
        assert device.devices.lease_until is not None
        assert not device.orders.lease.is_over()
    post.unlock(centre=nowhere).close()


def test_a_clock_set_back_gains_nothing(post: Post) -> None:
    post.enrol().close()
    post.off_by = timedelta(days=6, hours=23)
    with closing(post.unlock(centre="http://127.0.0.1:9")) as device:
        watch = device.orders.lease
        assert not watch.is_over()
        post.off_by = timedelta(days=-300)
        before = watch.latest()
        watch._looked_at -= 3_700  # the app ran for an hour and a minute, its clock said otherwise
        assert watch.latest() - before >= 3_700_000_000
        assert watch.is_over()
    with pytest.raises(Trouble, match="LEASE_ENDED"):
        post.unlock(centre="http://127.0.0.1:9")


def test_a_lease_is_neither_edited_nor_another_device_s(post: Post, centre: Centre) -> None:
    with closing(post.enrol()) as device:
        lease = device.feed.recall(LEASE) or ""
        name, issued, until, signature = lease.split(".")
        for forged in (
            f"{name}.{issued}.{int(until) + 1}.{signature}",
            f"{'0' * 32}.{issued}.{until}.{signature}",
            "",
        ):
            device.feed.remember({LEASE: forged})
            assert device.orders.lease.is_over()
            assert device.orders.lease.until() is None
        moved = in_one_write(centre.engines, lambda connection: leasing.lease(connection, "0" * 32))
        device.feed.remember({LEASE: moved})
        assert device.orders.lease.until() is None
        device.feed.remember({LEASE: lease, LATEST: "0"})
        assert not device.orders.lease.is_over()


# ---------------------------------------------------------------------------------------------- revoked
def test_a_device_shut_out_keeps_its_work_and_saves_it_for_the_organisation_alone(post: Post, tmp_path: Path) -> None:
    with closing(post.enrol()) as device:
        ordered(post, revoke, post.id_of(device))
        post.edit(device, "Mme Roy")
        with pytest.raises(Trouble, match="CENTRE_REFUSES"):
            device.courier.exchange()
        assert device.feed.waiting().count == 1
        assert device.store.readers.account(AccountId(post.account)).account.contacts[0].name == "Mme Roy"
    post.unlock().close()  # it stays readable until the lease ends
    post.off_by = timedelta(days=8)
    with pytest.raises(Trouble, match="SHUT_OUT") as refused:
        post.unlock()
    assert refused.value.facts["count"] == 1

    out = tmp_path / "unsent.sealed"
    assert save_unsent(post.folder, post.ring, SystemClock(), PHRASE, out) == 1
    assert b"Mme Roy" not in out.read_bytes()
    with own_picture(post.centre.engines) as connection:
        private = authority.recovery_key(connection)
    _, content = sealed.unseal(out.read_bytes(), private)
    assert json.loads(content)["changesets"][0]["entries"][0]["new"]["name"] == "Mme Roy"
    with pytest.raises(Refusal, match="ORGANISATION_KEY_WRONG"):
        sealed.unseal(out.read_bytes()[:-40], private)


# ---------------------------------------------------------------------------------------------- wipe
def test_a_wipe_is_asked_seen_and_done_and_what_waited_arrives_first(post: Post) -> None:
    with closing(post.enrol()) as device:
        ordered(post, ask_wipe, post.id_of(device))
        assert states(post) == (True, False, False, False)
        post.edit(device, "Mme Roy")
        device.courier.exchange()
        assert device.orders.must_close
        assert post.known_as() == "Mme Roy"
        assert states(post) == (True, True, False, False)
        assert not (post.folder / KEY_FILE).exists()
        assert not post.ring.kept
        with pytest.raises(Refusal, match="DEVICE_IS_WIPED"):
            post.edit(device, "trop tard")
    with pytest.raises(Refusal, match="WIPE_UNDER_WAY"):
        ordered(post, cancel_wipe, post.id_of_only())
    assert finish_wipe(post.folder, post.ring, post.now)
    assert list(post.folder.iterdir()) == []
    assert states(post) == (True, True, True, True)


def test_a_wipe_taken_back_in_time_leaves_the_device_at_work(post: Post) -> None:
    with closing(post.enrol()) as device:
        ordered(post, ask_wipe, post.id_of(device))
        ordered(post, cancel_wipe, post.id_of(device))
        post.edit(device, "Mme Roy")
        device.courier.exchange()
        assert not device.orders.must_close
        assert post.known_as() == "Mme Roy"


def test_a_device_shut_out_first_is_wiped_all_the_same_with_its_work_sealed_at_the_centre(post: Post) -> None:
    with closing(post.enrol()) as device:
        name = post.id_of(device)
        ordered(post, revoke, name)
        ordered(post, ask_wipe, name)
        post.edit(device, "Mme Roy")
        with pytest.raises(Trouble, match="CENTRE_REFUSES"):
            device.courier.exchange()
        assert device.orders.must_close
        assert (post.folder / RESCUE_FILE).exists()
    assert finish_wipe(post.folder, post.ring, post.now)
    assert list(post.folder.iterdir()) == []
    assert states(post) == (True, True, True, True)
    assert post.known_as() != "Mme Roy"
    with own_picture(post.centre.engines) as connection:
        about, content = sealed.unseal(rescue_of(connection, name), authority.recovery_key(connection))
    assert about == name
    assert json.loads(content)["changesets"][0]["entries"][0]["new"]["name"] == "Mme Roy"


def test_a_wipe_without_the_centre_is_reported_when_it_is_back(post: Post) -> None:
    with closing(post.enrol()) as device:
        ordered(post, ask_wipe, post.id_of(device))
        device.courier.exchange()
    journal = post.folder / WIPE_FILE
    order = json.loads(journal.read_text())
    journal.write_text(json.dumps(order | {"centre": "http://127.0.0.1:9"}))
    assert not finish_wipe(post.folder, post.ring, post.now)
    assert [path.name for path in post.folder.iterdir()] == [WIPE_FILE]
    journal.write_text(json.dumps(order))
    assert finish_wipe(post.folder, post.ring, post.now)
    assert states(post) == (True, True, True, True)


# ---------------------------------------------------------------------------------------------- recovery
@pytest.mark.parametrize("lost", ["keyring", "passphrase", "key file"])
def test_the_organisation_gives_the_key_back_and_nothing_is_lost(post: Post, lost: str) -> None:
    with closing(post.enrol()) as device:
        name = post.id_of(device)
        post.edit(device, "Mme Roy")
    if lost == "keyring":
        post.ring.kept.clear()
    if lost == "key file":
        (post.folder / KEY_FILE).unlink()
    with pytest.raises((Trouble, Refusal)):
        post.unlock(OTHER_PHRASE)
    code = in_one_write(post.centre.engines, lambda connection: recovery_code(connection, name))
    asked = Recovery(login="marie", password=PASSWORD, code=code, passphrase=OTHER_PHRASE)
    with closing(recovered(post.folder, post.ring, SystemClock(), asked)) as device:
        assert device.feed.waiting().count == 1
        device.courier.exchange()
        assert device.feed.waiting().count == 0
        assert post.known_as() == "Mme Roy"
    with closing(post.unlock(OTHER_PHRASE)) as device:
        device.courier.exchange()
    with pytest.raises(Refusal, match="PASSPHRASE_WRONG"):
        post.unlock(PHRASE)
    with pytest.raises(Refusal, match="ENROLMENT_REFUSED"):
        recovered(post.folder, post.ring, SystemClock(), asked)
    assert (post.folder / STORE_FILE).exists()


def test_a_device_that_is_shut_out_or_to_be_wiped_gets_no_key(post: Post) -> None:
    with closing(post.enrol()) as device:
        name = post.id_of(device)
    code = in_one_write(post.centre.engines, lambda connection: recovery_code(connection, name))
    ordered(post, ask_wipe, name)
    asked = Recovery(login="marie", password=PASSWORD, code=code, passphrase=OTHER_PHRASE)
    with pytest.raises(Refusal, match="ENROLMENT_REFUSED"):
        recovered(post.folder, post.ring, SystemClock(), asked)
    with pytest.raises(Refusal, match="DEVICE_UNKNOWN"):
        in_one_write(post.centre.engines, lambda connection: recovery_code(connection, name))
