"""A discovery is done with three key answers (S7)."""

from __future__ import annotations

import pytest

from app.domain.accounts.activity import Discovery
from app.domain.identifiers import AccountId, ActivityId


@pytest.mark.parametrize(
    ("answers", "is_done"),
    [
        ((), False),
        (("oui", "non"), False),
        (("oui", "non", "  "), False),
        (("oui", "non", "deux"), True),
        (("", "oui", "non", "deux"), True),
    ],
)
def test_a_discovery_is_done_with_three_answers_that_say_something(answers: tuple[str, ...], is_done: bool) -> None:
    given = tuple((f"question {at}", answer) for at, answer in enumerate(answers))
    assert Discovery(id=ActivityId("d"), account_id=AccountId("a"), answers=given).is_done == is_done
