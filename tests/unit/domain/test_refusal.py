"""A refusal carries its code, the facts behind it, and the field it belongs to."""

from __future__ import annotations

from collections.abc import MutableMapping

from app.domain.refusal import Refusal


def test_a_refusal_keeps_its_code_its_facts_and_its_field() -> None:
    facts: dict[str, object] = {"most": 3}
    refused = Refusal("QUANTITY_OUT_OF_RANGE", facts, "quantity")
    facts["most"] = 4
    assert (refused.code, dict(refused.facts), refused.field) == ("QUANTITY_OUT_OF_RANGE", {"most": 3}, "quantity")
    assert not isinstance(refused.facts, MutableMapping)
    assert str(refused) == "QUANTITY_OUT_OF_RANGE {'most': 3}"


def test_a_refusal_may_have_no_facts() -> None:
    refused = Refusal("NOTHING_TO_UNDO")
    assert (dict(refused.facts), refused.field) == ({}, None)
