"""What is said about a new identity, and what a newer centre may say beyond what this app knows."""

from __future__ import annotations

import json

import msgspec
import pytest

from sync.protocol.changeset import Changeset
from sync.protocol.frames import Damaged, FrameWriter, Mark, Push, Told, read_all
from sync.protocol.handshake import PROTOCOL, Hello, Limits, ScopeHead, Verdict, Welcome, read_hello, read_welcome
from sync.protocol.renewal import Renew, Renewed, read_renew, read_renewed


def test_words_about_a_renewal_are_read_as_they_were_written() -> None:
    asked = Renew(public_key="PEM", first=3)
    given = Renewed(device="d", token="t")
    assert read_renew(msgspec.json.encode(asked)) == asked
    assert read_renewed(msgspec.json.encode(given)) == given


@pytest.mark.parametrize(
    "said",
    [
        b"{}",
        b'{"public_key":"k","first":0}',
        b'{"public_key":"k","first":1,"more":1}',
        b"[",
        b'{"public_key":1,"first":1}',
    ],
)
def test_what_is_no_renewal_is_refused(said: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        read_renew(said)


def test_a_welcome_of_a_newer_centre_is_read_for_what_is_known_of_it() -> None:
    head = ScopeHead(scope="catalogue", head=1, tag="t", sum="")
    said = Welcome(
        protocol=PROTOCOL,
        verdict=Verdict.RENEW,
        revision="2",
        epoch="e",
        at=1,
        scopes=(head,),
        last_n=0,
        limits=Limits(),
    )
    newer = json.loads(msgspec.json.encode(said))
    newer |= {"mood": "fair"}
    newer["scopes"][0]["colour"] = "red"
    newer["limits"]["pages"] = 3
    assert read_welcome(json.dumps(newer).encode()) == said


def test_marks_and_first_lines_of_a_newer_centre_are_read_for_what_is_known_of_them() -> None:
    class Newer(msgspec.Struct, tag_field="f", tag="told"):
        epoch: str
        at: int
        last_n: int
        moon: str

    writer = FrameWriter()
    told = writer._counted(msgspec.json.encode(Newer(epoch="e", at=1, last_n=2, moon="full")) + b"\n", 0)
    mark = msgspec.to_builtins(Mark(scope="catalogue", seq=1, tag="t", check=writer.check)) | {"weight": 4}
    line = writer._counted(msgspec.json.encode(mark) + b"\n", 0)
    first, second, _ = read_all(told + line + writer.end())
    assert first == Told(epoch="e", at=1, last_n=2)
    assert isinstance(second, Mark)


def test_a_device_may_say_only_what_is_known() -> None:
    hello = json.loads(msgspec.json.encode(Hello(protocol=1, revision="1", answered=3, digest="d")))
    assert read_hello(json.dumps(hello).encode()).answered == 3
    with pytest.raises(msgspec.DecodeError):
        read_hello(json.dumps(hello | {"more": 1}).encode())
    writer = FrameWriter()
    push = Push(changeset=Changeset(n=1, mid="0" * 32, name="a", at=1, revision="1"))
    line = msgspec.json.encode(msgspec.to_builtins(push) | {"more": 1}) + b"\n"
    with pytest.raises(Damaged):
        read_all(writer._counted(line, 0) + writer.end())
