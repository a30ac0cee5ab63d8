"""The window put on a device."""

from __future__ import annotations

from app.bootstrap.device import Device
from views.shell import application
from views.shell.session import Session


def session_on(device: Device) -> Session:
    """Give a session that hears what the store and the courier touch."""
    session = application.session_with(device.ports())
    device.store.work.listen(session.tell_touched)
    return session


def run_window(device: Device, *, training: bool) -> int:
    """Show the window until it is closed; then everything ends in order. Gives the exit code."""
    session = session_on(device)
    try:
        window = application.window_on(session, training=training)
        device.courier.start()
        return application.run(window)
    finally:
        session.close()
        device.close()
