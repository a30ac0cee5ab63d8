"""No room at the centre, or here for its answers: the outbox stays, it is said in words, and all goes on later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from app.ports.trouble import Trouble
from tests.sync.world import Centre, Device, World, sums_agree

LONG = "é" * 60_000
"""A text that takes room: no page of a database has so much left."""
NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"""


@contextmanager
def full(centre: Centre) -> Iterator[None]:
    """A centre whose database finds no room: SQLite gets no page more, PostgreSQL says so as it does of its disk."""
    if centre.engines.writer.dialect.name == "sqlite":
        with centre.engines.writer.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        yield
        with centre.engines.writer.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        return
    with centre.engines.writer.begin() as connection:
        connection.execute(text(NO_ROOM))
        connection.execute(
            text("CREATE TRIGGER no_room BEFORE INSERT ON sync_applied FOR EACH ROW EXECUTE FUNCTION no_room()")
        )
    yield
    with centre.engines.writer.begin() as connection:
        connection.execute(text("DROP TRIGGER no_room ON sync_applied"))


def test_a_centre_without_room_takes_nothing_and_all_goes_up_once_it_has_some(world: World, device: Device) -> None:
    contact = device.correct(role=LONG)
    courier = device.courier()
    with full(world.centre):
        for _ in range(2):
            with pytest.raises(Trouble) as caught:
                courier.exchange()
            assert caught.value.code == "CENTRE_FULL"
            assert courier.road.trouble is caught.value, "shown to the rep, with its words"
            assert device.states() == ["sent"]
            assert device.row("contact", contact)["role"] == LONG
        assert world.centre.value("SELECT count(*) FROM sync_applied") == 0
        assert world.centre.value("SELECT role FROM contact WHERE id = :row", row=contact) == ""
    assert courier.exchange().sent == 1
    courier.stop()
    assert device.states() == ["applied"]
    assert sums_agree(world.centre, device)


def test_a_device_without_room_for_an_answer_hears_it_again(world: World, device: Device) -> None:
    contact = device.correct(role="Gérante")
    device.correct(phone="0237000001")
    world.centre.change("contact", contact, role=LONG)
    room = int(str(device.value("PRAGMA page_count")))
    with device.store.engine.writer.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {room}")
    for _ in range(2):
        with pytest.raises(Trouble, match="DISK_FULL"):
            device.exchange()
        assert device.states() == ["sent", "sent"], "the centre answered, but nothing of it is kept by halves"
        assert device.rows("SELECT * FROM problem") == []
        assert device.row("contact", contact)["role"] == "Gérante"
    with device.store.engine.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    device.exchange()
    assert world.centre.value("SELECT count(*) FROM sync_applied") == 2
    assert device.states() == ["conflict", "merged"]
    assert device.rows("SELECT code FROM problem") == [{"code": "CONFLICT"}]
    assert device.row("contact", contact)["phone"] == "0237000001"
    assert sums_agree(world.centre, device)
