"""Wipes a device: the key first, then the store. Killed at any step it goes on at the next start, before any question.

Each step may be done again; the journal is kept before the first and goes after the last, so that its being there says
that a wipe is under way, whatever is left of the rest.
"""

from __future__ import annotations

import os
import secrets as chance
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from app.ports.secrets import Secrets
from app.ports.trouble import Trouble
from app.store.device_files import KEY_FILE, RESCUE_FILE, WIPE_FILE

STEPS = ("rescued", "ordered", "key overwritten", "key gone", "keyring empty", "store gone", "reported")
"""The steps by name, in the order in which they are reached."""

_KEPT = {WIPE_FILE, f"{WIPE_FILE}.new", RESCUE_FILE}

Reached = Callable[[str], None]


class WipeOrder(Struct, frozen=True, kw_only=True):
    """What is to be known of a wipe when all else is gone: no secret but the receipt, which only reports it.

    `secrets` are the names of the keyring's entries that go with the key.
    """

    centre: str
    device: str
    receipt: str
    secrets: tuple[str, ...]


def begin(folder: Path, order: WipeOrder, reached: Reached = lambda _step: None) -> None:
    """Keep the order durably: from now on there is no way back. Raises Trouble DISK_FULL, DISK_FAILS."""
    write_durably(folder / WIPE_FILE, msgspec.json.encode(order))
    reached("ordered")


def order_in(folder: Path) -> WipeOrder | None:
    """Give the order of a wipe under way, None where there is none; one that cannot be read is an order too."""
    try:
        return msgspec.json.decode((folder / WIPE_FILE).read_bytes(), type=WipeOrder)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError):
        return WipeOrder(centre="", device="", receipt="", secrets=())


def destroy_key(folder: Path, order: WipeOrder, keyring: Secrets, reached: Reached = lambda _step: None) -> None:
    """Destroy the wrapped key, both its wraps and every copy, then the keyring's part; the store is noise from then on.

    Raises Trouble KEYRING_… when the keyring does not answer: its part alone opens nothing, and it is tried again.
    """
    files = list(_key_files(folder))
    for file in files:
        _overwrite(file)
    reached("key overwritten")
    for file in files:
        file.unlink(missing_ok=True)
    _sync(folder)
    reached("key gone")
    for name in order.secrets:
        keyring.drop(name)
    reached("keyring empty")


def destroy_store(folder: Path, reached: Reached = lambda _step: None) -> None:
    """Remove all that the folder holds but the journal and what was rescued."""
    for path in sorted(folder.iterdir()):
        if path.name in _KEPT:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    _sync(folder)
    reached("store gone")


def end(folder: Path, reached: Reached = lambda _step: None) -> None:
    """The centre knows that it is done: the journal goes."""
    reached("reported")
    (folder / WIPE_FILE).unlink(missing_ok=True)
    _sync(folder)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises Trouble DISK_FAILS."""
    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise Trouble("DISK_FAILS", {"path": str(path)}, repr(error)) from error


def _key_files(folder: Path) -> Iterator[Path]:
    """The key file and whatever was made of it: one being written, copies put aside."""
    stem = KEY_FILE.partition(".")[0]
    yield from sorted(path for path in folder.rglob(f"{stem}.*") if path.is_file() and path.suffix in {".key", ".new"})
    yield from sorted(path for path in folder.rglob(f"{KEY_FILE}.*") if path.is_file())


def _overwrite(file: Path) -> None:
    if not file.exists():
        return
    with file.open("r+b") as opened:
        opened.write(chance.token_bytes(max(file.stat().st_size, 1)))
        opened.flush()
        os.fsync(opened.fileno())


def _sync(folder: Path) -> None:
    """Make renames and removals durable; Windows knows no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
