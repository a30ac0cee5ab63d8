"""The libraries below are those that were found sound: each guard here stands for a fault that cost somebody data."""

from __future__ import annotations

import sys
from importlib.metadata import version

import sqlcipher3.dbapi2
from PySide6.QtCore import QAbstractListModel, QIdentityProxyModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication

CALLS = 1_000


class _Silent(QAbstractListModel):
    """A model whose answers are None and True, the two that some PySide6 lose a reference of at each call."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        return True if role == Qt.ItemDataRole.UserRole else None


def test_answers_of_python_keep_their_references(qapp: QApplication) -> None:
    """PySide6 6.12 on Python 3.11 loses one at each call; after some frames of a table the interpreter dies."""
    proxy = QIdentityProxyModel()
    model = _Silent()
    proxy.setSourceModel(model)
    index = proxy.index(0, 0)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(CALLS):
        proxy.data(index, Qt.ItemDataRole.DisplayRole)
        proxy.data(index, Qt.ItemDataRole.UserRole)
    lost = before[0] - sys.getrefcount(None), before[1] - sys.getrefcount(True)
    assert max(lost) < CALLS // 10


def test_the_store_s_engine_does_not_lose_a_commit_when_its_log_starts_over() -> None:
    assert sqlcipher3.dbapi2.sqlite_version_info >= (3, 51, 3)


def test_the_store_s_engine_searches_and_encrypts() -> None:
    link = sqlcipher3.dbapi2.connect(":memory:")
    options = {row[0] for row in link.execute("PRAGMA compile_options")}
    cipher = link.execute("PRAGMA cipher_version").fetchone()
    link.close()
    assert "ENABLE_FTS5" in options
    assert cipher is not None


def test_the_seal_s_library_is_one_that_checks_what_it_should() -> None:
    assert tuple(int(part) for part in version("pyhanko").split(".")[:3]) >= (0, 36, 2)
