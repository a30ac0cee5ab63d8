"""What is said about a load is read as it was written, and strictly."""

from __future__ import annotations

import msgspec
import pytest

from sync.protocol.loads import Found, LoadAsked, LoadMade, read_asked, read_found, read_made


def test_words_about_a_load_are_read_as_they_were_written() -> None:
    asked = LoadAsked(account_id="a", until=5)
    made = LoadMade(account_id="a", scope="load:a", expires_at=5)
    found = (Found(account_id="a", number="1", trade_name="Rose", city="Chartres", rep="Paul"),)
    assert read_asked(msgspec.json.encode(asked)) == asked
    assert read_made(msgspec.json.encode(made)) == made
    assert read_found(msgspec.json.encode(found)) == found


@pytest.mark.parametrize("said", [b"{}", b'{"account_id":"a","until":-1}', b'{"account_id":"a","until":1,"rep":"b"}'])
def test_what_is_no_load_is_refused(said: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        read_asked(said)
