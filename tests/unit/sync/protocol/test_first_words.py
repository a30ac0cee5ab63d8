"""Scopes, first words, sums, fingerprints, enrolment and proofs: read strictly, written the same for ever."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.rows import SYNCED
from sync.protocol import compression, sums
from sync.protocol.changeset import MOST_BYTES, Changeset, Entry, Op, read_changeset
from sync.protocol.digest import as_it_goes, digest_of, lightened
from sync.protocol.enrolment import (
    Enrol,
    Enrolled,
    Proof,
    Refused,
    read_enrol,
    read_enrolled,
    read_proof,
    read_refused,
    words_to_sign,
)
from sync.protocol.handshake import (
    PROTOCOL,
    Hello,
    Limits,
    Verdict,
    Welcome,
    read_hello,
    read_welcome,
    verdict_on,
)
from sync.protocol.results import Applied, Rejected, pack_result, unpack_result
from sync.protocol.scope import CATALOGUE, TABLES, Scope, ScopeKind, holds, kind_of, load, portfolio, team


@pytest.mark.parametrize("text", ["catalogue", "team:nord", "team:", "rep:abc", "load:x:y"])
def test_a_scope_is_written_as_it_is_read(text: str) -> None:
    assert str(Scope.parse(text)) == text


@pytest.mark.parametrize("text", ["", "catalogue:x", "rep", "desk:1", "REP:1"])
def test_what_is_no_scope_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no scope"):
        Scope.parse(text)


def test_every_synced_table_is_in_one_kind_of_scope_and_owners_come_first() -> None:
    assert set(TABLES) == set(SYNCED.tables)
    assert kind_of("price") is ScopeKind.CATALOGUE
    assert kind_of("rep") is ScopeKind.TEAM
    assert kind_of("proposal_line") is ScopeKind.REP
    assert (str(CATALOGUE), str(team("x")), str(portfolio(None))) == ("catalogue", "team:x", "rep:")
    assert str(load("a")) == "load:a"
    for table in SYNCED.sorted_tables:
        for key in table.foreign_keys:
            assert TABLES.index(key.column.table.name) < TABLES.index(table.name)


def test_a_load_holds_what_a_portfolio_holds_and_nothing_else() -> None:
    for kind in (ScopeKind.REP, ScopeKind.LOAD):
        assert {table for table in TABLES if holds(kind, table)} == {t for t in TABLES if kind_of(t) is ScopeKind.REP}
    assert [table for table in TABLES if holds(ScopeKind.TEAM, table)] == ["rep"]
    assert not holds(ScopeKind.CATALOGUE, "account")


@pytest.mark.parametrize(
    ("protocol", "revision", "verdict"),
    [
        (PROTOCOL, "2", Verdict.WELCOME),
        (PROTOCOL, "1+", Verdict.WELCOME),
        (PROTOCOL, "1", Verdict.PUSH_ONLY),
        (PROTOCOL, "0", Verdict.OTHER_PROTOCOL),
        (PROTOCOL + 1, "2", Verdict.OTHER_PROTOCOL),
    ],
)
def test_a_device_is_judged_by_its_first_words(protocol: int, revision: str, verdict: Verdict) -> None:
    assert verdict_on(Hello(protocol=protocol, revision=revision), "2", {"1", "1+"}, {"1+"}) is verdict


def test_first_words_are_read_strictly() -> None:
    hello = Hello(protocol=1, revision="1", last=3)
    assert read_hello(msgspec.json.encode(hello)) == hello
    welcome = Welcome(
        protocol=1, verdict=Verdict.WELCOME, revision="1", epoch="e", at=1, scopes=(), last_n=0, limits=Limits()
    )
    assert read_welcome(msgspec.json.encode(welcome)) == welcome
    for data in (b"", b"{}", b'{"protocol":1,"revision":"1","more":1}', b'{"protocol":"1","revision":"1"}'):
        with pytest.raises(msgspec.DecodeError):
            read_hello(data)


@given(st.lists(st.tuples(st.sampled_from(TABLES), st.text(max_size=5), st.integers(0, 9)), unique=True))
def test_a_sum_does_not_mind_the_order_and_sees_what_is_missing(rows: list[tuple[str, str, int]]) -> None:
    total = sums.sum_of_all(rows)
    assert sums.sum_of_all(("t", row, ver) for _, row, ver in rows) == sums.written(
        sums.sum_of_table("t", ((row, ver) for _, row, ver in rows))
    )
    assert sums.sum_of_all(reversed(rows)) == total
    assert sums.written(sums.read(total)) == total
    if rows:
        assert sums.sum_of_all(rows[1:]) != total


def test_the_fingerprint_leaves_out_the_number_alone() -> None:
    entry = Entry(table="t", row="r", op=Op.UPDATE, old={"b": 1, "a": 2}, new={"a": 3, "b": 4})
    action = Changeset(n=1, mid="m", name="x", at=1, revision="1", entries=(entry,))
    same = msgspec.structs.replace(entry, old={"a": 2, "b": 1})
    assert digest_of(action) == digest_of(msgspec.structs.replace(action, n=2, entries=(same,)))
    for other in ({"mid": "o"}, {"at": 2}, {"entries": ()}, {"facts": {"a": "b"}}):
        assert digest_of(msgspec.structs.replace(action, **other)) != digest_of(action)
    assert len(digest_of(action)) == 64


def test_a_changeset_too_large_for_any_centre_goes_without_its_entries() -> None:
    entry = Entry(table="t", row="r", op=Op.UPDATE, old={"a": ""}, new={"a": "é" * (MOST_BYTES // 2)})
    large = Changeset(n=1, mid="a" * 32, name="x", at=1, revision="1", facts={"a": "b"}, entries=(entry,))
    shell = msgspec.structs.replace(large, entries=(), facts={})
    small = msgspec.structs.replace(large, entries=(msgspec.structs.replace(entry, new={"a": "é"}),))
    assert [as_it_goes(one) for one in (large, shell, small)] == [shell, shell, small]
    told = [lightened(msgspec.json.encode(one)) for one in (large, shell, small)]
    assert [read_changeset(said) for said in told] == [shell, shell, small]


def test_a_result_is_stored_as_text_and_read_again() -> None:
    for result in (Applied(), Rejected(code="X", there={"t/r": None})):
        assert unpack_result(pack_result(result)) == result


@given(st.integers(0, 10**18 - 1), st.binary(min_size=1, max_size=72))
def test_a_proof_is_read_as_it_was_written(at: int, signature: bytes) -> None:
    proof = Proof(at=at, nonce="a" * 32, signature=signature)
    assert read_proof(proof.header()) == proof


@pytest.mark.parametrize("header", ["", "1", "1.a.b", f"x.{'a' * 32}.00", f"1.{'a' * 32}.zz", f"١.{'a' * 32}.00"])
def test_what_is_no_proof_is_none(header: str) -> None:
    assert read_proof(header) is None


def test_a_proof_signs_all_of_a_request() -> None:
    asked = ("POST", "/sync/v1/hello?x=1", b"body", 1, "n")
    words = words_to_sign(*asked)
    others = [("GET", *asked[1:]), (asked[0], "/", *asked[2:]), (*asked[:2], b"", *asked[3:])]
    others += [(*asked[:3], 2, "n"), (*asked[:4], "m")]
    assert all(words_to_sign(*other) != words for other in others)


def test_enrolment_is_read_strictly() -> None:
    asked = Enrol(login="l", password="p", code="c", name="n", public_key="k", certificate_request="r")
    assert read_enrol(msgspec.json.encode(asked)) == asked
    for long in ({"login": "x" * 401}, {"public_key": "x" * 8_001}):
        with pytest.raises(msgspec.ValidationError):
            read_enrol(msgspec.json.encode(msgspec.structs.replace(asked, **long)))
    given_back = Enrolled(
        device="d",
        token="t",
        rep_id="r",
        name="n",
        scopes=("catalogue",),
        certificates=("a", "b"),
        recovery_public_key="k",
        epoch="e",
    )
    assert read_enrolled(msgspec.json.encode(given_back)) == given_back
    refused = Refused(code="X", at=1)
    assert read_refused(msgspec.json.encode(refused)) == refused
    assert read_refused(b"<html>") is None


@given(st.lists(st.binary(max_size=3_000), max_size=8), st.integers(1, 500))
def test_what_is_packed_is_unpacked_in_whatever_pieces(pieces: list[bytes], size: int) -> None:
    body = b"".join(compression.packed_stream(pieces))
    cut = [body[start : start + size] for start in range(0, len(body), size)]
    assert b"".join(compression.unpacked_stream(cut, 100_000)) == b"".join(pieces)
    assert compression.unpacked(compression.packed(body), 100_000) == body


def test_a_packed_body_that_is_cut_or_changed_is_broken() -> None:
    body = compression.packed(bytes(range(256)) * 40)
    for broken in (body[:-1], b"", b"no zstd at all", body[:5] + b"\xff" + body[6:]):
        with pytest.raises(compression.Broken):
            compression.unpacked(broken, 100_000)


def test_a_body_that_unpacks_to_too_much_is_given_up() -> None:
    with pytest.raises(compression.TooLarge):
        compression.unpacked(compression.packed(bytes(50_000_000)), 1_000_000)
