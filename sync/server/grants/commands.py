"""The centre's commands about people's parts and about devices: listed, shut out, wiped, let back in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import true

from app.domain.refusal import Refusal
from app.store import sealed
from app.store.engine import Engines
from sync.protocol.devices import Known
from sync.protocol.standing import Role
from sync.server.database import in_one_write, own_picture
from sync.server.grants import authority, devices, leasing
from sync.server.grants.enrolment import new_code
from sync.server.grants.recovery import recovery_code

Run = Callable[[argparse.Namespace], int]
WithDatabase = Callable[[argparse.Namespace, Callable[[Engines], None]], int]
Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse names the type no other way


class Add(Protocol):
    """Adds one command below others: its name, what runs, what it says of itself."""

    def __call__(
        self, commands: Commands[argparse.ArgumentParser], name: str, run: Run, text: str
    ) -> argparse.ArgumentParser: ...


def add_commands(
    users: Commands[argparse.ArgumentParser],
    of_devices: Commands[argparse.ArgumentParser],
    add: Add,
    with_database: WithDatabase,
) -> None:
    """Add the commands about people's parts and about devices; `with_database` runs work on an open database."""

    def on_database(work: Callable[[Engines, argparse.Namespace], None]) -> Run:
        return lambda asked: with_database(asked, lambda engines: work(engines, asked))

    role = add(users, "role", on_database(_role), "let a person play another part")
    role.add_argument("login")
    role.add_argument("role", choices=[each.value for each in Role])

    enrol = add(of_devices, "enrol", on_database(_enrol), "print a code that enrols one device, once, within a day")
    enrol.add_argument("login")
    add(of_devices, "list", on_database(_list), "list the devices, who was there last first")
    for name, work, text in (
        ("revoke", _revoke, "shut a device out at once"),
        ("wipe", _wipe, "order a device to wipe itself"),
        ("keep", _keep, "take that order back while the device has not heard of it"),
        ("recover", _recover, "print a code by which a device gets its store's key back, once, within a day"),
    ):
        add(of_devices, name, on_database(work), text).add_argument("device")
    rescue = add(of_devices, "rescue", on_database(_rescue), "open the work that a device could not send")
    rescue.add_argument("device", help="the device, or with --file who it is said to be from")
    rescue.add_argument("--file", type=Path, help="a sealed file that somebody brought, else what the device left here")
    rescue.add_argument("--out", type=Path, required=True, help="where the readable work is written")
    lease = add(of_devices, "lease", on_database(_lease), "say for how many days devices work without the centre")
    lease.add_argument("days", type=_days)


def _days(text: str) -> int:
    days = int(text)
    if not leasing.LEAST_DAYS <= days <= leasing.MOST_DAYS:
        raise argparse.ArgumentTypeError(f"from {leasing.LEAST_DAYS} to {leasing.MOST_DAYS} days")
    return days


def _role(engines: Engines, asked: argparse.Namespace) -> None:
    in_one_write(engines, lambda connection: devices.set_role(connection, asked.login, Role(asked.role)))
    _say(f"{asked.login} is {asked.role} from now on.")


def _enrol(engines: Engines, asked: argparse.Namespace) -> None:
    _say(in_one_write(engines, lambda connection: new_code(connection, asked.login)))


def _list(engines: Engines, _asked: argparse.Namespace) -> None:
    with own_picture(engines) as connection:
        known = devices.known(connection, true())
    for device in known:
        _say(_line(device))
    if not known:
        _say("No device is enrolled yet.")


def _line(device: Known) -> str:
    parts = (
        device.device,
        device.state.value,
        f"{device.holder} ({device.login})",
        " ".join(filter(None, (device.name, device.platform, device.version))),
        f"enrolled {_moment(device.enrolled_at)}",
        f"there {_moment(device.seen_at)}",
        f"exchange {_moment(device.exchanged_at)}",
        f"{device.changesets} changesets",
        f"lease until {_moment(device.lease_until)}",
        *([f"was {device.renewed_from}"] if device.renewed_from else []),
        *([] if device.is_entrusted else ["key not deposited"]),
        *(["unsent work kept here"] if device.has_rescue else []),
    )
    return " | ".join(parts)


def _moment(at: int | None) -> str:
    return "never" if at is None else f"{datetime.fromtimestamp(at / 1_000_000, UTC):%Y-%m-%d %H:%M} UTC"


def _revoke(engines: Engines, asked: argparse.Namespace) -> None:
    in_one_write(engines, lambda connection: devices.revoke(connection, asked.device))
    _say(f"{asked.device} is shut out.")


def _wipe(engines: Engines, asked: argparse.Namespace) -> None:
    in_one_write(engines, lambda connection: devices.ask_wipe(connection, asked.device))
    _say(f"{asked.device} is told to wipe itself when it connects. What it has not sent is sent or kept sealed first.")


def _keep(engines: Engines, asked: argparse.Namespace) -> None:
    in_one_write(engines, lambda connection: devices.cancel_wipe(connection, asked.device))
    _say(f"{asked.device} is no longer told to wipe itself.")


def _recover(engines: Engines, asked: argparse.Namespace) -> None:
    _say(in_one_write(engines, lambda connection: recovery_code(connection, asked.device)))


def _rescue(engines: Engines, asked: argparse.Namespace) -> None:
    with own_picture(engines) as connection:
        data = asked.file.read_bytes() if asked.file else devices.rescue_of(connection, asked.device)
        about, content = sealed.unseal(data, authority.recovery_key(connection))
    if about != asked.device:
        raise Refusal("DEVICE_UNKNOWN", {"device": about})
    asked.out.write_bytes(content)
    _say(f"{asked.out}: what {about} had not sent.")


def _lease(engines: Engines, asked: argparse.Namespace) -> None:
    in_one_write(engines, lambda connection: leasing.set_days(connection, asked.days))
    _say(f"Devices work {asked.days} days without the centre, from their next first words on.")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
