"""Files at the centre: up by tus 1.0 in pieces, checked, once; down in ranges; to those alone who may see them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

import pytest
from sqlalchemy import Connection, insert, text

from app.domain.refusal import Refusal
from app.store.codec import Record
from sync.client.transport import Answered
from sync.protocol import transfer
from sync.server.clock import now_us
from sync.server.database import in_one_write
from sync.server.feed import Feed, write
from sync.server.tables import BLOB, BROUGHT
from sync.server.tidying import KEPT_DAYS, tidy
from sync.server.web import LIMITS
from tests.sync.world import Device, World, an_id

BLOBS = "/sync/v1/blobs"
CONTENT = b"%PDF what was signed" * 40
TAKEN_BACK = "f" * 64
DAY = 86_400_000_000
SHA = hashlib.sha256(CONTENT).hexdigest()
TUS = {"Tus-Resumable": "1.0.0"}
on_one_database = pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
"""For what the centre's database has no part in."""


def signed(world: World, device: Device, sha256: str = SHA, size: int = len(CONTENT), **more: str) -> None:
    row: Record = {
        "id": an_id(),
        "account_id": str(device.value("SELECT id FROM account")),
        "proposal_id": an_id(),
        "kind": "signed_order_form",
        "number": "1",
        "state": "signed_to_confirm",
        "sha256": sha256,
        "size": size,
        "made_at": 1,
    }
    world.centre.load("document", row | more)


def asked(
    device: Device, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> tuple[Answered, bytes]:
    with device.road.answered(method, path, body, {**TUS, **(headers or {})}) as answer:
        return answer, b"".join(answer.pieces)


def begun(device: Device, sha256: str = SHA, size: int = len(CONTENT)) -> tuple[str, int]:
    metadata = transfer.metadata_of(sha256)
    answer, _ = asked(device, "POST", BLOBS, headers={"Upload-Length": str(size), "Upload-Metadata": metadata})
    assert answer.status == 201
    assert parsedate_to_datetime(answer.headers["Upload-Expires"]) > device.clock.at
    return answer.headers["Location"], int(answer.headers["Upload-Offset"])


def brought(device: Device, path: str, offset: int, piece: bytes, **more: str) -> int:
    headers = {"Content-Type": transfer.OCTETS, "Upload-Offset": str(offset)}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    answer, _ = asked(device, "PATCH", path, piece, headers)
    assert (answer.status, answer.headers["Tus-Resumable"]) == (204, "1.0.0")
    return int(answer.headers["Upload-Offset"])


def sha1(content: bytes) -> str:
    return "sha1 " + base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()


def test_a_file_comes_in_pieces_and_is_there_once_its_hash_is_right(world: World, device: Device) -> None:
    signed(world, device)
    path, offset = begun(device)
    assert offset == 0
    for start in range(0, len(CONTENT), 300):
        piece = CONTENT[start : start + 300]
        checksum = sha1(piece) if start else transfer.checksum_of(piece)
        assert world.centre.value("SELECT count(*) FROM blob") == 0
        assert brought(device, path, start, piece, Upload_Checksum=checksum) == start + len(piece)
        answer, _ = asked(device, "HEAD", path)
        told = (answer.headers["Upload-Offset"], answer.headers["Upload-Length"], answer.headers["Cache-Control"])
        assert told == (str(start + len(piece)), str(len(CONTENT)), "no-store")
    assert world.centre.rows("SELECT sha256, size FROM blob") == [(SHA, len(CONTENT))]
    assert world.centre.value("SELECT count(*) FROM blob_piece") == 0
    answer, _ = asked(device, "HEAD", f"{BLOBS}/{SHA}")
    assert transfer.read_digest(answer.headers["Repr-Digest"]) == SHA
    assert begun(device)[1] == len(CONTENT), "what is there is done at once"


def test_two_devices_bring_the_same_file_each_in_its_own_pieces(world: World, device: Device) -> None:
    signed(world, device)
    other = world.device()
    mine, _ = begun(device)
    theirs, _ = begun(other)
    assert mine != theirs
    brought(device, mine, 0, CONTENT[:500])
    brought(other, theirs, 0, CONTENT[:100])
    assert begun(device) == (mine, 500)
    with pytest.raises(Refusal, match="UPLOAD_UNKNOWN"):
        asked(other, "DELETE", mine)
    brought(device, mine, 500, CONTENT[500:])
    brought(other, theirs, 100, CONTENT[100:])
    assert world.centre.value("SELECT count(*) FROM blob") == 1
    assert world.centre.value("SELECT count(*) FROM blob_piece") == 0


@on_one_database
def test_what_tus_forbids_is_refused_and_changes_nothing(world: World, device: Device) -> None:
    signed(world, device)
    path, _ = begun(device)
    brought(device, path, 0, CONTENT[:100])
    piece, typed = CONTENT[100:200], {"Content-Type": transfer.OCTETS}
    cases: list[tuple[str, str, bytes, dict[str, str], int]] = [
        ("PATCH", path, piece, {**typed, "Upload-Offset": "0"}, 409),
        ("PATCH", path, piece, {**typed, "Upload-Offset": "101"}, 409),
        ("PATCH", path, piece, typed, 400),
        ("PATCH", path, piece, {**typed, "Upload-Offset": "-1"}, 400),
        ("PATCH", path, piece, {"Upload-Offset": "100", "Content-Type": "text/plain"}, 415),
        ("PATCH", path, piece, {**typed, "Upload-Offset": "100", "Upload-Checksum": sha1(b"x")}, 460),
        ("PATCH", path, piece, {**typed, "Upload-Offset": "100", "Upload-Checksum": "md5 x"}, 400),
        ("PATCH", path, piece, {**typed, "Upload-Offset": "100", "Tus-Resumable": "0.2.2"}, 412),
        ("PATCH", path, CONTENT, {**typed, "Upload-Offset": "100"}, 413),
        ("PATCH", f"{BLOBS}/uploads/{'f' * 32}", piece, {**typed, "Upload-Offset": "100"}, 404),
        ("PATCH", f"{BLOBS}/uploads/..%5Cetc", piece, {**typed, "Upload-Offset": "100"}, 404),
        ("POST", BLOBS, b"", {}, 400),
        ("POST", BLOBS, b"", {"Upload-Length": "5", "Upload-Metadata": "sha256"}, 404),
        ("POST", BLOBS, b"", {"Upload-Length": "5", "Upload-Metadata": "sha256 !"}, 400),
        ("POST", BLOBS, b"", {"Upload-Defer-Length": "1", "Upload-Metadata": transfer.metadata_of(SHA)}, 400),
        ("POST", BLOBS, b"", {"Upload-Length": "5", "Upload-Metadata": transfer.metadata_of("../../x")}, 404),
        ("POST", BLOBS, b"", {"Upload-Length": "5", "Upload-Metadata": transfer.metadata_of("f" * 64)}, 404),
        (
            "POST",
            BLOBS,
            b"",
            {"Upload-Length": str(LIMITS.blob + 1), "Upload-Metadata": transfer.metadata_of(SHA)},
            413,
        ),
    ]
    for method, target, body, headers, status in cases:
        answer = device.road._once(method, target, body, {**TUS, **headers})
        assert (answer.status_code, answer.headers["Tus-Resumable"]) == (status, "1.0.0"), (method, target, headers)
        assert (answer.headers.get("Tus-Version") == "1.0.0") == (status == 412)
        answer.close()
    assert begun(device) == (path, 100)
    assert world.centre.value("SELECT count(*) FROM blob_piece") == 1


def test_a_file_that_is_another_one_is_let_go_and_begun_anew(world: World, device: Device) -> None:
    signed(world, device)
    path, _ = begun(device)
    brought(device, path, 0, CONTENT[:500])
    with pytest.raises(Refusal, match="BLOB_DAMAGED"):
        brought(device, path, 500, CONTENT[500:-1] + b"!")
    assert world.centre.value("SELECT count(*) FROM blob") == 0
    assert world.centre.value("SELECT count(*) FROM blob_piece") == 0
    again, offset = begun(device)
    assert (again != path, offset) == (True, 0)
    brought(device, again, 0, CONTENT)
    assert world.centre.value("SELECT count(*) FROM blob") == 1


def test_an_upload_can_be_ended_and_one_that_is_forgotten_is_tidied_away(world: World, device: Device) -> None:
    signed(world, device)
    path, _ = begun(device)
    brought(device, path, 0, CONTENT[:500])
    answer, _ = asked(device, "DELETE", path)
    assert answer.status == 204
    for method in ("HEAD", "DELETE"):
        with pytest.raises(Refusal):
            asked(device, method, path)
    path, _ = begun(device)
    brought(device, path, 0, CONTENT[:500])
    with world.centre.engines.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE blob_upload SET expires_at = 1")
    with pytest.raises(Refusal, match="UPLOAD_UNKNOWN"):
        brought(device, path, 500, CONTENT[500:])
    assert begun(device)[1] == 0
    assert world.centre.value("SELECT count(*) FROM blob_piece") == 0
    assert world.centre.value("SELECT count(*) FROM blob_upload") == 1


@on_one_database
def test_what_is_spoken_of_tus_is_said(device: Device) -> None:
    answer, _ = asked(device, "OPTIONS", BLOBS)
    assert answer.status == 204
    told = {name: answer.headers[f"Tus-{name}"] for name in ("Version", "Extension", "Max-Size", "Checksum-Algorithm")}
    assert told == {
        "Version": "1.0.0",
        "Extension": "creation,checksum,expiration,termination",
        "Max-Size": str(LIMITS.blob),
        "Checksum-Algorithm": "sha256,sha1",
    }


def test_a_file_goes_down_whole_and_in_ranges(world: World, device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.server.blobs.service.SLICE", 64)
    signed(world, device)
    brought(device, begun(device)[0], 0, CONTENT)
    path, size = f"{BLOBS}/{SHA}", len(CONTENT)
    etag = f'"{SHA}"'
    cases: list[tuple[dict[str, str], int, int, int]] = [
        ({}, 200, 0, size),
        ({"Range": "bytes=0-0"}, 206, 0, 1),
        ({"Range": "bytes=100-299"}, 206, 100, 300),
        ({"Range": "bytes=700-"}, 206, 700, size),
        ({"Range": "bytes=-9", "If-Range": etag}, 206, size - 9, size),
        ({"Range": "bytes=5-9", "If-Range": '"another"'}, 200, 0, size),
        ({"Range": "bytes=5-9, 20-30"}, 200, 0, size),
    ]
    for headers, status, first, stop in cases:
        answer, body = asked(device, "GET", path, headers=headers)
        assert (answer.status, body) == (status, CONTENT[first:stop]), headers
        assert (answer.headers["ETag"], answer.headers["Accept-Ranges"]) == (etag, "bytes")
        is_part = f"bytes {first}-{stop - 1}/{size}" if status == 206 else None
        assert answer.headers.get("Content-Range") == is_part
    past = device.road._once("GET", path, b"", {"Range": f"bytes={size}-"})
    assert (past.status_code, past.headers["Content-Range"]) == (416, f"bytes */{size}")
    past.close()


@on_one_database
def test_a_file_goes_to_and_comes_from_those_alone_who_may_see_its_document(world: World, device: Device) -> None:
    with pytest.raises(Refusal, match="BLOB_UNKNOWN"):
        begun(device)
    signed(world, device)
    with pytest.raises(Refusal, match="BLOB_UNKNOWN"):
        asked(device, "GET", f"{BLOBS}/{SHA}")
    brought(device, begun(device)[0], 0, CONTENT)
    world.centre.user("paul", "sud")
    paul = world.device("paul")
    for method in ("GET", "HEAD"):
        with pytest.raises(Refusal, match="BLOB_UNKNOWN"):
            asked(paul, method, f"{BLOBS}/{SHA}")
    with pytest.raises(Refusal, match="BLOB_UNKNOWN"):
        begun(paul)
    for name in ("..%2F" * 5 + "passwd", "..%5C..%5Cpasswd", SHA.upper(), SHA[:-1], SHA + "0", "%00", "%C3%A9" * 64):
        answer = device.road._once("GET", f"{BLOBS}/{name}", b"", {})
        assert answer.status_code == 404, name
        answer.close()


@on_one_database
def test_a_file_that_rots_at_the_centre_is_not_confirmed(world: World, device: Device) -> None:
    signed(world, device)
    with world.centre.engines.writer.begin() as connection:
        values = (SHA, len(CONTENT), CONTENT[:-1] + b"!", 1)
        holes = ", ".join(["%s" if connection.dialect.name == "postgresql" else "?"] * 4)
        connection.exec_driver_sql(f"INSERT INTO blob (sha256, size, content, at) VALUES ({holes})", values)
        connection.exec_driver_sql("INSERT INTO blob_brought SELECT sha256, account_id FROM document")
    answer, _ = asked(device, "HEAD", f"{BLOBS}/{SHA}")
    assert transfer.read_digest(answer.headers["Repr-Digest"]) not in (None, SHA)


def test_a_file_goes_when_nothing_names_it_nor_can_again(world: World, device: Device) -> None:
    centre, at = world.centre, now_us()
    old = at - (KEPT_DAYS + 1) * DAY

    def files() -> set[object]:
        return {row[0] for row in centre.rows("SELECT sha256 FROM blob")}

    def buried(connection: Connection, feed: Feed) -> None:
        (row,) = connection.execute(text("SELECT * FROM document WHERE sha256 = :of"), {"of": TAKEN_BACK}).mappings()
        connection.execute(text("DELETE FROM document WHERE id = :of"), {"of": row["id"]})
        feed.touch("document", [row["id"]])
        feed.bury("mid", [(("document", str(row["id"])), dict(row))], at)

    def came(connection: Connection) -> None:
        never = "e" * 64
        shown = {"sha256": "d" * 64, "at": old}
        each = ({"sha256": SHA, "at": old}, {"sha256": TAKEN_BACK, "at": old}, shown, {"sha256": never, "at": at - DAY})
        connection.execute(insert(BLOB), [{"size": 1, "content": b"x", **row} for row in each])
        connection.execute(insert(BROUGHT), [{"sha256": row["sha256"], "account_id": "a"} for row in each])

    signed(world, device)
    signed(world, device, TAKEN_BACK, kind="order_form", shown_sha256="d" * 64)
    begun(device)
    in_one_write(centre.engines, came)
    assert tidy(centre.engines, at).files == 0, "all are named, or came lately"
    write(centre.engines, buried)
    assert tidy(centre.engines, at).files == 0, "a late edit may bring the document back"
    assert tidy(centre.engines, at + 20 * DAY).files == 0
    assert centre.rows("SELECT id FROM blob_upload") == [], "nobody went on with it for a week"
    assert tidy(centre.engines, at + KEPT_DAYS * DAY + 1).files == 3
    assert files() == {SHA}, "what a signed form names stays for ever"
    assert centre.rows("SELECT sha256 FROM blob_brought") == [(SHA,)], "what comes again is brought again"
