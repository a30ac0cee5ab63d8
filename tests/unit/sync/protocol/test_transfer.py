"""What stands in the headers of a file on its way is read strictly, and what was written is read back the same."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol import transfer

SHA = hashlib.sha256(b"x").hexdigest()


def test_an_upload_says_which_hash_it_is_named_by() -> None:
    assert transfer.read_metadata(transfer.metadata_of(SHA)) == {"sha256": SHA}
    assert transfer.read_metadata("a, b ZW4=") == {"a": "", "b": "en"}


@pytest.mark.parametrize("header", ["", " ", "a b,a b", "a !!", "a YQ", "a /w==", "sha256 é"])
def test_words_of_an_upload_that_are_none_are_refused(header: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        transfer.read_metadata(header)


@given(st.binary(max_size=50))
def test_a_piece_is_known_by_its_sum(content: bytes) -> None:
    assert transfer.is_sound(transfer.checksum_of(content), content)
    assert not transfer.is_sound(transfer.checksum_of(content), content + b"!")


def test_pieces_may_be_summed_with_sha1_and_nothing_weaker() -> None:
    assert transfer.is_sound("sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=", b"hello")
    for header in ("md5 XUFAKrxLKna5cZ2REBfFkg==", "", "sha256", "sha256 !"):
        if header == "sha256":
            assert not transfer.is_sound(header, b"hello")
        else:
            with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
                transfer.is_sound(header, b"hello")


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("12", 12), ("-1", None), ("", None), ("٣", None), (None, None)]
)
def test_numbers_of_bytes_are_plain_digits(text: str | None, number: int | None) -> None:
    assert transfer.whole(text) == number


def test_a_digest_is_written_and_read() -> None:
    assert transfer.read_digest(transfer.digest_of(SHA)) == SHA
    assert transfer.read_digest(f"sha-512=:AAAA:, {transfer.digest_of(SHA)}") == SHA
    assert transfer.read_digest("sha-256=AAAA") is None
    assert transfer.etag_of(SHA) == f'"{SHA}"'


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("bytes=0-9", (0, 10)),
        ("bytes=5-", (5, 100)),
        ("bytes=5-5000", (5, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-5000", (0, 100)),
        ("bytes=9-3", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("rows=0-1", None),
        ("", None),
    ],
)
def test_a_range_of_a_file_of_a_hundred_bytes(header: str, wanted: tuple[int, int] | None) -> None:
    assert transfer.read_range(header, 100) == wanted


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_past_the_end_is_none(header: str) -> None:
    with pytest.raises(transfer.Unsatisfiable):
        transfer.read_range(header, 100)


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("bytes 0-9/100", (0, 10, 100)),
        ("bytes 5-4/100", None),
        ("bytes 0-100/100", None),
        ("bytes */100", None),
        ("", None),
    ],
)
def test_what_came_says_where_it_stands(header: str, wanted: tuple[int, int, int] | None) -> None:
    assert transfer.read_content_range(header) == wanted
