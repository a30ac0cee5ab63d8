"""A rep is shown by two initials."""

from __future__ import annotations

import pytest

from app.domain.accounts.rep import Rep
from app.domain.identifiers import RepId


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Aline Renaud", "AR"), ("Jean-Pierre Dupont", "JP"), ("cher", "C"), ("", ""), ("Élise de la Tour", "ÉD")],
)
def test_initials_are_the_first_letters_two_at_most(name: str, initials: str) -> None:
    assert Rep(id=RepId("r"), login="r", name=name).initials == initials
