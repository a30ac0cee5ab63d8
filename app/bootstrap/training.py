"""The training base: example accounts with a centre of their own on this machine; nothing in it is real."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import requests

from app.adapters.keyring import InAppSecrets
from app.adapters.training_clock import TRAINING_DAY, TrainingClock
from app.bootstrap.device import Device, enrolled, is_enrolled, owner_of, real_now, unlocked
from app.domain.signature.ceremony import HandStroke
from app.ports.documents import Sealer, SealVerdict
from app.ports.entrance import Enrolment
from app.ports.trouble import Trouble
from app.store.opening import Store
from app.store.vault import TRAINING_PASSPHRASE, Vault
from views.sales import pin

if TYPE_CHECKING:
    from sync.server.training import TrainingLoaded

_PATIENCE_SECONDS = 30
_MADE = "made"


@dataclass(frozen=True, slots=True)
class TrainingSealer:
    """Seals at the machine's time: a certificate of today does not fit the Monday of the training base."""

    sealer: Sealer

    def seal(self, shown: bytes, stroke: HandStroke, signatory: str, at: datetime, place: str) -> bytes:
        """Seal; `at`, the training base's own instant, stays with the document."""
        del at
        return self.sealer.seal(shown, stroke, signatory, real_now(), place)

    def verify(self, sealed: bytes, sha256: str) -> SealVerdict:
        """Check a seal."""
        return self.sealer.verify(sealed, sha256)


@dataclass(frozen=True, slots=True)
class TrainingBase:
    """A folder with the centre's database, the device's vault and the instant the base was made."""

    folder: Path

    @property
    def database(self) -> str:
        """The centre's database as a URL."""
        return f"sqlite:///{(self.folder / 'centre.db').resolve()}"

    @property
    def device_folder(self) -> Path:
        """Where the device's vault lies."""
        return self.folder / "device"

    def make(self, *, fresh: bool = False) -> str:
        """Make the base unless it stands; gives the code that enrols its device, empty when that is done."""
        if fresh and self.folder.exists():
            shutil.rmtree(self.folder)
        if not (self.folder / _MADE).exists():
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            loaded = self._fill()
            learner = {"login": loaded.login, "password": loaded.password}
            (self.folder / _MADE).write_text(json.dumps(learner), encoding="utf-8")
        return "" if is_enrolled(self.device_folder, self._secrets()) else self._new_code()

    def _fill(self) -> TrainingLoaded:
        from app.store.engine import open_url
        from sync.server.migrating import migrate
        from sync.server.training import load

        engines = open_url(self.database)
        try:
            migrate(engines)
            return load(engines, TRAINING_DAY)
        finally:
            engines.dispose()

    def _new_code(self) -> str:
        from app.store.engine import open_url
        from sync.server.database import in_one_write
        from sync.server.grants.enrolment import new_code

        engines = open_url(self.database)
        try:
            return in_one_write(engines, lambda connection: new_code(connection, self._learner()["login"]))
        finally:
            engines.dispose()

    def open_device(self, centre: str, code: str) -> Device:
        """Open the device, enrolling it with the code the first time."""
        clock, secrets = TrainingClock(self.folder / _MADE), self._secrets()
        if code:
            asked = Enrolment(centre=centre, code=code, passphrase=TRAINING_PASSPHRASE, **self._learner())
            device = enrolled(self.device_folder, secrets, clock, asked)
            device.courier.exchange()  # the base is small, and a learner begins with all of it
            memory = device.ports().memory
            pin.preset_for_training(memory)
        else:
            device = unlocked(self.device_folder, secrets, clock, TRAINING_PASSPHRASE, centre=centre)
        return replace(device, sealer=TrainingSealer(device.sealer))

    def _learner(self) -> dict[str, str]:
        learner: dict[str, str] = json.loads((self.folder / _MADE).read_text(encoding="utf-8"))
        return learner

    def open_store(self) -> Store:
        """Open the device's store alone, to read. Raises Trouble STORE_MISSING where there is no base yet."""
        vault = Vault(self.device_folder, self._secrets())
        if not vault.exists:
            raise Trouble("STORE_MISSING", {"path": str(vault.path)})
        clock = TrainingClock(self.folder / _MADE)
        return vault.open(TRAINING_PASSPHRASE, clock, owner_of(self.device_folder).rep_id)

    def _secrets(self) -> InAppSecrets:
        return InAppSecrets(self.folder / "secrets.json")


@contextmanager
def centre_running(database: str) -> Iterator[str]:
    """Run a centre of our own on a free port of this machine; gives its address, and ends it afterwards.

    Raises Trouble OFFLINE when it does not answer within thirty seconds.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "sync.server", "serve", "--database", database, "--port", str(port)]
    # It reads its standard input to the end: should this process be killed, the pipe closes and the centre ends too.
    quietly = os.environ | {"TOURNEE_CENTRE_LOG": "warning"}
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--until-input-ends"], stdin=subprocess.PIPE, env=quietly
    )
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE_SECONDS)
        if process.stdin is not None:
            process.stdin.close()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    with requests.Session() as session:
        session.trust_env = False
        while time.monotonic() < until:
            try:
                if session.get(f"{address}/centre/v1/health", timeout=2).ok:
                    return
            except requests.RequestException:
                # Wait a little for the process: should it end, there is nothing more to wait for.
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.05)
                    break
    raise Trouble("OFFLINE", technical=f"the centre at {address} does not answer")
