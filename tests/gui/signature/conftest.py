"""The signing screen works on the florist's store, with true paper and a seal under a throwaway certificate."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.sales.florist import SaleDesk, make_florist
from views.shell.theme import Theme


@pytest.fixture(scope="session")
def florist_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The florist's store, made once; tests take copies."""
    path = tmp_path_factory.mktemp("florist") / "store.db"
    make_florist(path)
    return path


@pytest.fixture
def sale(florist_store: Path, tmp_path: Path, look: Theme) -> Iterator[SaleDesk]:
    """A window's surroundings on a copy of the florist's store."""
    path = tmp_path / "store.db"
    shutil.copy(florist_store, path)
    made = SaleDesk(path)
    yield made
    made.close()
