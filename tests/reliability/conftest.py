"""The shim, compiled once, for the tests that kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability.laboratory import build_shim


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shared library to preload."""
    return build_shim(tmp_path_factory.mktemp("shim"))
