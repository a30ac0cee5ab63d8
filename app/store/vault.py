"""The vault: the encrypted store of this device and the file that holds its key, wrapped.

The training base is another vault: its secrets are kept by the app itself (`InAppSecrets`) and its passphrase
(`TRAINING_PASSPHRASE`) is public, so that it protects nothing; nothing in it is real.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from app.domain.identifiers import RepId
from app.domain.refusal import Refusal
from app.ports.clock import Clock
from app.ports.secrets import Secrets
from app.ports.trouble import Trouble
from app.store import putting_back, wrapping
from app.store.backups import Backups
from app.store.device_files import KEY_FILE, STORE_FILE, has_store
from app.store.doubt import must_be_sound
from app.store.opening import Store, make_store, open_store
from app.store.putting_back import PutBack
from app.store.wrapping import Entrusted, Hardening, UnsoundKey, Wrapped, WrongKey

TRAINING_PASSPHRASE = "base école, rien n’est réel"  # noqa: S105 - public on purpose
SHORTEST_PASSPHRASE = 10
VERSION = 1

_MAKING = "store.making"
_LARGEST_KEY_FILE = 64 * 1024


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """What everybody may read of a key file, and nobody change unseen."""

    version: int
    store: str
    secret: str
    """The name of the device's secret in the keyring."""
    check: bytes
    hardening: Hardening


class KeyFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The key file: the header, the key under the passphrase, and under the organisation's key where entrusted.

    The organisation's wrap is bound to the store alone, since a new passphrase leaves it as it is. `sum` (SHA-256
    over all the rest) tells a damaged file from a wrong passphrase; it protects against accidents, the wraps'
    own authentication against hands.
    """

    header: Header
    wrapped: Wrapped
    entrusted: Entrusted | None = None
    sum: str = ""


class Vault:
    """A folder with one encrypted store in it and its key file."""

    def __init__(self, folder: Path, keyring: Secrets) -> None:
        self.folder = folder
        self.path = folder / STORE_FILE
        self._key_path = folder / KEY_FILE
        self._secrets = keyring

    @property
    def exists(self) -> bool:
        """Whether there is a store, sound, damaged or gone with a copy left: nothing may then be made in its place."""
        return has_store(self.folder)

    @property
    def is_entrusted(self) -> bool:
        """Whether the organisation can recover this store. Raises Trouble KEY_FILE_MISSING or KEY_FILE_DAMAGED."""
        return self._read().entrusted is not None

    @property
    def secret_name(self) -> str:
        """The name of the device's secret in the keyring. Raises Trouble KEY_FILE_MISSING or KEY_FILE_DAMAGED."""
        return self._read().header.secret

    @property
    def store_id(self) -> str:
        """The id of the store, which its key file bears. Raises Trouble KEY_FILE_MISSING or KEY_FILE_DAMAGED."""
        return self._read().header.store

    @property
    def deposit(self) -> Entrusted | None:
        """The key as it is wrapped to the organisation, to be deposited with it; None where it was not entrusted."""
        return self._read().entrusted

    def create(self, passphrase: str, clock: Clock, me: RepId, organisation: str | None = None) -> Store:
        """Make an empty store under a fresh key; `organisation` is its public key (PEM), which can recover it.

        Raises Refusal STORE_EXISTS, PASSPHRASE_TOO_SHORT, ORGANISATION_KEY_UNSOUND; Trouble KEYRING_….
        """
        if self.exists:
            raise Refusal("STORE_EXISTS", {"path": str(self.path)})
        must_be_long(passphrase)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        data_key, store_id = secrets.token_bytes(wrapping.KEY_BYTES), secrets.token_hex(16)
        # The store appears under its name only when its key is safe: what a crash leaves behind is made anew.
        making = self.folder / _MAKING
        # A write-ahead log without its store must not be taken for the new one's either.
        for leftover in (*self.folder.glob(f"{_MAKING}*"), *self.folder.glob(f"{STORE_FILE}-*")):
            leftover.unlink()
        make_store(making, data_key, store_id)
        secret_name = self._keep_fresh_secret()
        entrusted = None if organisation is None else _entrust(data_key, organisation, store_id)
        self._write(self._wrapped(data_key, passphrase, secret_name, store_id, entrusted))
        making.replace(self.path)
        _sync_folder(self.folder)
        return open_store(self.path, data_key, clock, me, store_id)

    def open(self, passphrase: str, clock: Clock, me: RepId) -> Store:
        """Open the store.

        Raises Refusal PASSPHRASE_WRONG; Trouble STORE_MISSING, KEY_FILE_MISSING, KEY_FILE_DAMAGED, KEYRING_INSECURE,
        KEYRING_FAILS, KEYRING_ENTRY_MISSING (the passphrase is not at fault: the organisation can recover),
        STORE_DAMAGED (the key is right, the file is not: a backup is to be put back, nothing is ever reset).
        """
        key_file = self._read()
        return self._opened(self._unlocked(key_file, passphrase), key_file.header.store, clock, me)

    def copy_to_put_back(self, passphrase: str) -> datetime | None:
        """Give the instant of the newest sound copy, None where there is none. Raises as `open` for the key."""
        key_file = self._read()
        backups = Backups(self.path, self._unlocked(key_file, passphrase))
        copy = putting_back.newest_sound(backups, key_file.header.store)
        return None if copy is None else copy.at

    def put_back(self, passphrase: str, now: datetime) -> PutBack:
        """Put the newest sound copy in the place of a damaged or missing store, with what can be read of its outbox.

        The damaged files are kept aside. Raises as `open`, and Trouble STORE_DAMAGED where no copy is sound.
        """
        key_file = self._read()
        data_key = self._unlocked(key_file, passphrase)
        return putting_back.put_back(Backups(self.path, data_key), key_file.header.store, now)

    def change_passphrase(self, old: str, new: str) -> None:
        """Wrap the key anew; the store itself is not touched. Raises as `open`, and PASSPHRASE_TOO_SHORT."""
        must_be_long(new)
        key_file = self._read()
        self._rewrap(key_file, self._unlocked(key_file, old), new)

    def entrust(self, passphrase: str, organisation: str) -> None:
        """Wrap the key to the organisation's public key too. Raises as `open`, and ORGANISATION_KEY_UNSOUND."""
        key_file = self._read()
        data_key = self._unlocked(key_file, passphrase)
        entrusted = _entrust(data_key, organisation, key_file.header.store)
        self._write(structs.replace(key_file, entrusted=entrusted))

    def recover(self, private: str, new_passphrase: str, clock: Clock, me: RepId, password: str | None = None) -> Store:
        """Open the store with the organisation's private key (PEM) when passphrase or keyring are lost.

        The key is wrapped anew under the new passphrase and a fresh secret in the keyring. Raises Refusal
        NOT_ENTRUSTED, ORGANISATION_KEY_UNSOUND, ORGANISATION_KEY_WRONG, PASSPHRASE_TOO_SHORT; Trouble as `open`.
        """
        must_be_long(new_passphrase)
        key_file = self._read()
        if key_file.entrusted is None:
            raise Refusal("NOT_ENTRUSTED")
        try:
            data_key = wrapping.recover(key_file.entrusted, private, password, key_file.header.store.encode())
        except UnsoundKey as error:
            raise Refusal("ORGANISATION_KEY_UNSOUND") from error
        except WrongKey as error:
            raise Refusal("ORGANISATION_KEY_WRONG") from error
        store = self._opened(data_key, key_file.header.store, clock, me)
        self._rewrap(key_file, data_key, new_passphrase)
        return store

    def let_back_in(
        self, data_key: bytes, new_passphrase: str, clock: Clock, me: RepId, *, store_id: str, organisation: str
    ) -> Store:
        """Open the store with its very key, which the organisation gave back, and wrap it anew under a new passphrase.

        Also where the key file is gone: `store_id` says which store it is. Nothing is written unless the store opens.
        Raises Refusal PASSPHRASE_TOO_SHORT, ORGANISATION_KEY_UNSOUND; Trouble STORE_DAMAGED and the like, KEYRING_….
        """
        must_be_long(new_passphrase)
        entrusted = _entrust(data_key, organisation, store_id)
        store = self._opened(data_key, store_id, clock, me)
        try:
            secret_name = self._keep_fresh_secret()
            self._write(self._wrapped(data_key, new_passphrase, secret_name, store_id, entrusted))
        except BaseException:
            store.close()
            raise
        return store

    def _unlocked(self, key_file: KeyFile, passphrase: str) -> bytes:
        header = key_file.header
        kept = self._secrets.get(header.secret)
        device_secret = _secret_bytes(kept)
        if device_secret is None or wrapping.check_of(device_secret) != header.check:
            raise Trouble("KEYRING_ENTRY_MISSING", {"entry": header.secret})
        wrapping_key = wrapping.key_of(passphrase, device_secret, header.hardening)
        try:
            return wrapping.unwrap(key_file.wrapped, wrapping_key, msgspec.json.encode(header))
        except WrongKey as error:
            raise Refusal("PASSPHRASE_WRONG") from error

    def _opened(self, data_key: bytes, store_id: str, clock: Clock, me: RepId) -> Store:
        putting_back.finish(self.path)
        if not self.path.exists():
            raise Trouble("STORE_MISSING", {"path": str(self.path)})
        if self.path.stat().st_size == 0:
            # SQLite would take it for a new, empty store.
            raise Trouble("STORE_DAMAGED", {"path": str(self.path)}, "the file is empty")
        must_be_sound(self.path, data_key)
        return open_store(self.path, data_key, clock, me, store_id)

    def _rewrap(self, key_file: KeyFile, data_key: bytes, passphrase: str) -> None:
        before = key_file.header.secret
        secret_name = self._keep_fresh_secret()
        self._write(self._wrapped(data_key, passphrase, secret_name, key_file.header.store, key_file.entrusted))
        self._secrets.drop(before)

    def _keep_fresh_secret(self) -> str:
        name = f"vault-{secrets.token_hex(8)}"
        self._secrets.put(name, secrets.token_hex(wrapping.KEY_BYTES))
        return name

    def _wrapped(
        self, data_key: bytes, passphrase: str, secret_name: str, store_id: str, entrusted: Entrusted | None
    ) -> KeyFile:
        device_secret = _secret_bytes(self._secrets.get(secret_name))
        if device_secret is None:
            raise Trouble("KEYRING_FAILS", technical="the keyring lost the secret it was just given")
        hardening = wrapping.fresh_hardening()
        header = Header(VERSION, store_id, secret_name, wrapping.check_of(device_secret), hardening)
        wrapping_key = wrapping.key_of(passphrase, device_secret, hardening)
        wrapped = wrapping.wrap(data_key, wrapping_key, msgspec.json.encode(header))
        return KeyFile(header, wrapped, entrusted)

    def _write(self, key_file: KeyFile) -> None:
        """Write the key file whole or not at all, and durably."""
        bare = structs.replace(key_file, sum="")
        content = msgspec.json.encode(structs.replace(bare, sum=_sum(bare)))
        fresh = self._key_path.with_suffix(".new")
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._key_path)
        _sync_folder(self.folder)

    def _read(self) -> KeyFile:
        if not self._key_path.exists():
            code = "KEY_FILE_MISSING" if self.exists else "STORE_MISSING"
            raise Trouble(code, {"path": str(self._key_path)})
        content = self._key_path.read_bytes()[: _LARGEST_KEY_FILE + 1]
        try:
            key_file = msgspec.json.decode(content, type=KeyFile)
        except msgspec.MsgspecError as error:
            raise Trouble("KEY_FILE_DAMAGED", {"path": str(self._key_path)}, str(error)) from error
        # Base64 has bits that mean nothing: what does not read back to the very same bytes was changed.
        is_as_written = msgspec.json.encode(key_file) == content
        if (
            not is_as_written
            or key_file.sum != _sum(structs.replace(key_file, sum=""))
            or not key_file.header.hardening.is_sound
        ):
            raise Trouble("KEY_FILE_DAMAGED", {"path": str(self._key_path)}, "the sum does not hold")
        if key_file.header.version != VERSION:
            raise Trouble("KEY_FILE_NEWER", {"path": str(self._key_path), "version": key_file.header.version})
        return key_file


def _entrust(data_key: bytes, organisation: str, store_id: str) -> Entrusted:
    try:
        return wrapping.entrust(data_key, organisation, store_id.encode())
    except UnsoundKey as error:
        raise Refusal("ORGANISATION_KEY_UNSOUND") from error


def must_be_long(passphrase: str) -> None:
    """Raise Refusal PASSPHRASE_TOO_SHORT for one that could be guessed."""
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise Refusal("PASSPHRASE_TOO_SHORT", {"least": SHORTEST_PASSPHRASE}, "passphrase")


def _secret_bytes(kept: str | None) -> bytes | None:
    try:
        return None if kept is None else bytes.fromhex(kept)
    except ValueError:
        return None


def _sum(key_file: KeyFile) -> str:
    return hashlib.sha256(msgspec.json.encode(key_file)).hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make a rename durable; Windows knows no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
