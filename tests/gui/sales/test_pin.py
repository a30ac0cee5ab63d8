"""The PIN is kept salted and slowly hashed; wrong tries cost time."""

from __future__ import annotations

import pytest

from views.sales import pin
from views.shell.memory import ShortMemory


def test_a_pin_is_four_to_eight_figures() -> None:
    for text in ("1234", "12345678"):
        assert pin.is_pin(text)
    for text in ("", "123", "123456789", "12a4", "12 34", "１２３４"):
        assert not pin.is_pin(text)


def test_only_the_chosen_pin_matches() -> None:
    memory = ShortMemory()
    assert not pin.is_set(memory)
    assert not pin.matches(memory, "1234")
    pin.choose(memory, "1234")
    assert pin.is_set(memory)
    assert pin.matches(memory, "1234")
    assert not pin.matches(memory, "1235")


def test_the_same_pin_is_kept_differently_each_time_and_never_as_it_is() -> None:
    kept: list[str] = []
    for _ in range(2):
        memory = ShortMemory()
        pin.choose(memory, "1234")
        kept += memory.kept.values()
    assert len(set(kept)) == 2
    assert not any("1234" in text for text in kept)


def test_a_pin_that_is_none_is_not_kept() -> None:
    memory = ShortMemory()
    with pytest.raises(ValueError, match="4 to 8"):
        pin.choose(memory, "12")
    assert not pin.is_set(memory)


def test_a_damaged_note_matches_nothing() -> None:
    memory = ShortMemory()
    memory.put("courtesy/pin", "not hex:neither")
    assert not pin.matches(memory, "1234")


def test_the_training_bases_pin_is_said_until_another_is_chosen() -> None:
    memory = ShortMemory()
    pin.preset_for_training(memory)
    assert pin.matches(memory, pin.TRAINING_PIN)
    assert pin.said(memory) == pin.TRAINING_PIN
    pin.choose(memory, "9876")
    assert pin.said(memory) == ""
    pin.preset_for_training(memory)
    assert pin.matches(memory, "9876")


def test_five_tries_are_free_then_each_costs_more() -> None:
    waits = [pin.seconds_to_wait(wrong) for wrong in range(13)]
    assert waits == [0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300]
