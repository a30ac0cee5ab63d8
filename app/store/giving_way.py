"""Lets what works on the store behind the window ask, before each statement, whether the window is at work."""

from __future__ import annotations

from sqlalchemy import Connection, QueuePool, event

from app.ports.courtesy import GivesWay
from app.store.engine import Engines, Guard
from app.store.guard import Writer
from app.store.in_turn import InTurn


def let_give_way(engines: Engines, give_way: GivesWay) -> None:
    """Let readings and the writes of the sync engine give way.

    The rep's own actions do not, nor does anything that somebody waits for: a write of the sync engine while another
    thread waits to write, a reading while all connections that read are taken.
    """
    turns, readers = engines.writer.pool, engines.reader.pool
    if not isinstance(turns, InTurn) or not isinstance(readers, QueuePool):
        raise TypeError("only a device’s store has a window before it")

    def a_writer_waits() -> bool:
        return turns.who_waits() > 0

    def a_reader_may_wait() -> bool:
        return readers.checkedout() >= readers.size()

    def before_reading(*_: object) -> None:
        give_way(a_reader_may_wait)

    def before_writing(connection: Connection, *_: object) -> None:
        guard = connection.info["guard"]
        if isinstance(guard, Guard) and guard.level == Writer.SYNC:
            give_way(a_writer_waits)

    event.listen(engines.reader, "before_cursor_execute", before_reading)
    event.listen(engines.writer, "before_cursor_execute", before_writing)
