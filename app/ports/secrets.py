"""Where the device keeps small secrets between two starts: the vault's part of the key, tokens of the centre."""

from __future__ import annotations

from typing import Protocol


class Secrets(Protocol):
    """The user's keyring. Every method raises Trouble KEYRING_INSECURE or KEYRING_FAILS."""

    def get(self, name: str) -> str | None:
        """Give a secret, None where there is none of that name."""

    def put(self, name: str, secret: str) -> None:
        """Keep a secret under a name, in place of the one before."""

    def drop(self, name: str) -> None:
        """Forget a secret; nothing happens where there is none."""
