"""The true window put on a device for as long as a measurement lasts; both end in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.bootstrap.device import Device
from app.bootstrap.window import session_on
from views.shell import application
from views.shell.session import Session
from views.shell.window import Window


@contextmanager
def at_work(device: Device, *, training: bool = False) -> Iterator[tuple[Session, Window]]:
    """Give a session on the device and its window, not shown yet; window, session and device end with the block."""
    session = session_on(device)
    try:
        window = application.window_on(session, training=training)
        try:
            yield session, window
        finally:
            application.put_away(window)
    finally:
        session.close()
        device.close()
