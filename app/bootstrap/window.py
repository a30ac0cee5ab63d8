"""The window put on a device."""

from __future__ import annotations

import gc
import threading
from importlib import import_module

from app.bootstrap.device import Device, real_now
from app.bootstrap.orders import finish_wipe
from views.shell import application
from views.shell.session import Session

WARM_AFTER_SECONDS = 4.0
"""The window is at work by then; before, everything belongs to it."""
_NEEDED_LATER = ("reportlab.pdfgen.canvas", "pyhanko.sign.signers", "pyhanko.sign.validation", "pypdfium2")


def warm_up() -> None:
    """Read in what paper and seal need, so that the customer does not wait for it with the pen in hand.

    What was read in by then stays to the end: the collector is told to leave it alone. To go over all of it again and
    again, as it does when much comes from the centre, holds every thread for a tenth of a second, the window's too.
    """
    for module in _NEEDED_LATER:
        import_module(module)
    gc.freeze()


def session_on(device: Device) -> Session:
    """Give a session that hears what the store and the courier touch."""
    session = application.session_with(device.ports())
    device.store.work.listen(session.tell_touched)
    return session


def run_window(device: Device, *, training: bool) -> int:
    """Show the window until it is closed; then everything ends in order. Gives the exit code.

    A device that is told to wipe itself closes its window; what is left of it goes once the store is closed.
    """
    session = session_on(device)
    try:
        if device.orders.must_close:
            return 0
        window = application.window_on(session, training=training)
        device.orders.listen(application.closer(window))
        device.start()
        warming = threading.Timer(WARM_AFTER_SECONDS, warm_up)
        warming.daemon = True
        warming.start()
        try:
            return application.run(window)
        finally:
            warming.cancel()
    finally:
        session.close()
        device.close()
        if device.orders.has_begun_to_wipe:
            finish_wipe(device.folder, device.orders.secrets, real_now)
