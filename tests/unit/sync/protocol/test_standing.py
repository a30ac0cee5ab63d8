"""How a device stands, and what is said about devices: read as it was written, and strictly."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.devices import (
    CodeAsked,
    CodeMade,
    Deposit,
    DeviceState,
    Known,
    Person,
    Recover,
    Recovered,
    Rescue,
    WipeNews,
    WipeStep,
    read_code_asked,
    read_code_made,
    read_deposit,
    read_devices,
    read_people,
    read_recover,
    read_recovered,
    read_rescue,
    read_wipe_news,
)
from sync.protocol.standing import Lease, Role, read_lease, write_lease

KNOWN = Known(
    device="d",
    login="marie",
    holder="Marie",
    name="poste-12",
    platform="Linux",
    version="1.0",
    enrolled_at=1,
    state=DeviceState.WIPE_SEEN,
    changesets=3,
)
RECOVER = Recover(login="marie", password="secret", code="ABCD-EFGH", store="s", public_key="PEM")


@given(st.text("0123456789abcdef", max_size=32), st.integers(0), st.integers(0), st.binary(max_size=72))
def test_a_lease_is_read_as_it_was_written(device: str, issued: int, until: int, signature: bytes) -> None:
    lease = Lease(device=device, issued=issued % 10**18, until=until % 10**18)
    assert read_lease(write_lease(lease, signature)) == (lease, signature)


@pytest.mark.parametrize(
    "text", ["", "a.1.2", "a.1.2.3.4", "a.x.2.00", "a.1.-2.00", "a.1.2.zz", "a.1.²2.00", f"a.1.{'2' * 500}.00"]
)
def test_what_is_no_lease_is_none(text: str) -> None:
    assert read_lease(text) is None


def test_what_is_signed_tells_device_and_both_instants_apart() -> None:
    signed = {Lease(device=d, issued=i, until=u).words for d in "ab" for i in (1, 11) for u in (1, 11)}
    assert len(signed) == 8


def test_words_about_devices_are_read_as_they_were_written() -> None:
    people = (Person(login="marie", name="Marie", role=Role.ADMINISTRATOR),)
    made = CodeMade(code="ABCD-EFGH", expires_at=5)
    deposit = Deposit(store="s", content="{}")
    given_back = Recovered(device="d", token="t", content="{}", recovery_public_key="PEM")
    news = WipeNews(receipt="r", step=WipeStep.DONE)
    assert read_devices(msgspec.json.encode((KNOWN,))) == (KNOWN,)
    assert read_people(msgspec.json.encode(people)) == people
    assert read_code_asked(b'{"login":"marie"}') == CodeAsked(login="marie")
    assert read_code_made(msgspec.json.encode(made)) == made
    assert read_deposit(msgspec.json.encode(deposit)) == deposit
    assert read_recover(msgspec.json.encode(RECOVER)) == RECOVER
    assert read_recovered(msgspec.json.encode(given_back)) == given_back
    rescue = Rescue(receipt="r", content=b"sealed")
    assert read_rescue(msgspec.json.encode(rescue)) == rescue
    assert read_wipe_news(msgspec.json.encode(news)) == news


@pytest.mark.parametrize("said", [Deposit(store="s" * 401, content="{}"), Deposit(store="s", content="x" * 8_001)])
def test_a_deposit_that_is_too_long_is_none(said: Deposit) -> None:
    with pytest.raises(msgspec.DecodeError):
        read_deposit(msgspec.json.encode(said))


@pytest.mark.parametrize("field", ["login", "password", "code", "store", "public_key"])
def test_a_wish_to_recover_that_is_too_long_is_none(field: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        read_recover(msgspec.json.encode(msgspec.structs.replace(RECOVER, **{field: "x" * 8_001})))


def test_what_is_unknown_to_this_version_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        read_wipe_news(b'{"receipt":"r","step":"half"}')
