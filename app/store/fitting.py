"""What the centre tells and this store cannot hold: it is said to be damaged, and the app goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from sync.protocol.frames import Damaged


@contextmanager
def only_what_fits() -> Iterator[None]:
    """Raise Damaged where a value is missing that a row must have, or a number is larger than a store can keep."""
    try:
        yield
    except IntegrityError as error:
        raise Damaged(f"rows that cannot be: {error.orig}") from error
    except OverflowError as error:
        raise Damaged(f"a number that cannot be: {error}") from error
