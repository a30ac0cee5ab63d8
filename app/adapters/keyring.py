"""The user's keyring; one that would keep secrets in the clear, or not at all, is refused."""

from __future__ import annotations

import json
from pathlib import Path

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringError

from app.ports.trouble import Trouble

SERVICE = "Tournée"

_REFUSED = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt", "keyrings.cryptfile.file")
"""Modules whose keyrings keep nothing, keep in the clear, or ask for a passphrase on a terminal."""


class Keyring:
    """The keyring of the user's session (Secret Service, KWallet, Windows, macOS); see app.ports.secrets.Secrets."""

    def __init__(self, service: str = SERVICE) -> None:
        self._service = service

    def get(self, name: str) -> str | None:
        backend = secure_backend()
        try:
            return backend.get_password(self._service, name)
        except KeyringError as error:
            raise Trouble("KEYRING_FAILS", technical=repr(error)) from error

    def put(self, name: str, secret: str) -> None:
        backend = secure_backend()
        try:
            backend.set_password(self._service, name, secret)
            kept = backend.get_password(self._service, name)
        except KeyringError as error:
            raise Trouble("KEYRING_FAILS", technical=repr(error)) from error
        if kept != secret:
            raise Trouble("KEYRING_FAILS", technical=f"{type(backend).__name__} did not keep what it was given")

    def drop(self, name: str) -> None:
        backend = secure_backend()
        try:
            if backend.get_password(self._service, name) is not None:
                backend.delete_password(self._service, name)
        except KeyringError as error:
            raise Trouble("KEYRING_FAILS", technical=repr(error)) from error


def secure_backend() -> KeyringBackend:
    """Give the keyring in use. Raises Trouble KEYRING_INSECURE for one that keeps in the clear or nothing."""
    backend = keyring.get_keyring()
    members = backend.backends if isinstance(backend, ChainerBackend) else [backend]
    # A chain hands on what its first member cannot do: no member may be a careless one.
    for member in members or [backend]:
        module = type(member).__module__
        if module.startswith(_REFUSED) or isinstance(member, ChainerBackend):
            raise Trouble("KEYRING_INSECURE", {"keyring": f"{module}.{type(member).__name__}"})
    return backend


class InAppSecrets:
    """Secrets in a file of the app's own, IN THE CLEAR: for the training base alone, in which nothing is real."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def get(self, name: str) -> str | None:
        return self._all().get(name)

    def put(self, name: str, secret: str) -> None:
        self._write({**self._all(), name: secret})

    def drop(self, name: str) -> None:
        self._write({kept: secret for kept, secret in self._all().items() if kept != name})

    def _all(self) -> dict[str, str]:
        if not self._file.exists():
            return {}
        kept: dict[str, str] = json.loads(self._file.read_text(encoding="utf-8"))
        return kept

    def _write(self, secrets: dict[str, str]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(secrets), encoding="utf-8")
        fresh.replace(self._file)
