"""The rep's PIN that brings the courtesy screen back to work: kept salted and slowly hashed, never as it is."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from views.shell.memory import Memory

SHORTEST, LONGEST = 4, 8
FREE_TRIES = 5
_KEY = "courtesy/pin"
_SAID = "courtesy/pin_said"
TRAINING_PIN = "1234"
_COST = 2**15  # scrypt: about a tenth of a second and 32 MiB a try
_BLOCK = 8
_ROOM = 64 * 1024 * 1024


def is_pin(text: str) -> bool:
    """Say whether a text can be a PIN: four to eight figures."""
    return re.fullmatch(rf"[0-9]{{{SHORTEST},{LONGEST}}}", text) is not None


def is_set(memory: Memory) -> bool:
    """Say whether a PIN was chosen on this device."""
    return memory.get(_KEY) is not None


def choose(memory: Memory, pin: str) -> None:
    """Keep another PIN. Raises ValueError unless it has four to eight figures."""
    if not is_pin(pin):
        message = f"a PIN has {SHORTEST} to {LONGEST} figures"
        raise ValueError(message)
    memory.put(_SAID, None)
    salt = secrets.token_bytes(16)
    memory.put(_KEY, f"{salt.hex()}:{_hashed(pin, salt).hex()}")


def preset_for_training(memory: Memory) -> None:
    """Give the training base its known PIN, which the screen then says; a PIN that was chosen stays."""
    if not is_set(memory):
        choose(memory, TRAINING_PIN)
        memory.put(_SAID, TRAINING_PIN)


def said(memory: Memory) -> str:
    """The PIN that the screen may say, because it protects nothing: the training base's; else empty."""
    return memory.get(_SAID) or ""


def matches(memory: Memory, pin: str) -> bool:
    """Say whether this is the PIN that was chosen; takes about a tenth of a second on purpose."""
    salt, _, kept = (memory.get(_KEY) or "").partition(":")
    try:
        known, grain = bytes.fromhex(kept), bytes.fromhex(salt)
    except ValueError:
        return False
    return bool(known) and hmac.compare_digest(_hashed(pin, grain), known)


def seconds_to_wait(wrong: int) -> int:
    """How long to wait after that many wrong tries in a row: nothing at first, then 5 s, doubled each time."""
    return 0 if wrong < FREE_TRIES else min(5 * 2 ** (wrong - FREE_TRIES), 300)


def _hashed(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=_ROOM, dklen=32)
