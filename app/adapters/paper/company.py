"""The training company whose mentions the forms of the training base bear."""

from __future__ import annotations

from pathlib import Path

import msgspec

import resources
from app.ports.documents import Company


def company(name: str = "training") -> Company:
    """Read a seller's mentions from resources/company. Raises FileNotFoundError, msgspec.ValidationError."""
    file = Path(resources.__file__).parent / "company" / f"{name}.yaml"
    return msgspec.yaml.decode(file.read_bytes(), type=Company)
