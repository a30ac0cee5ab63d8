"""How far a first pull has come, said on the courier's thread and seen on the window's; and whether it is to rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.ports.courier import Progress


class Gauge:
    """What the window sees of a first pull. `changed` is called on the thread on which it moved."""

    def __init__(self, changed: Callable[[], None] = lambda: None, *, is_paused: bool = False) -> None:
        self.progress: Progress | None = None
        self.is_paused = is_paused
        self._changed = changed

    def expect(self, rows: int, rows_total: int, scope: str) -> None:
        """Begin, or go on, with so many rows here already of all that the centre told of."""
        heard = 0 if self.progress is None else self.progress.bytes
        self._show(Progress(rows=rows, rows_total=rows_total, bytes=heard, scope=scope, is_paused=self.is_paused))

    def came(self, rows: int, heard: int, scope: str) -> None:
        """Count rows that were kept, and the bytes that came over the road for them."""
        before = self.progress
        if before is not None:
            total = max(before.rows_total, before.rows + rows)
            self._show(
                Progress(
                    rows=before.rows + rows,
                    rows_total=total,
                    bytes=before.bytes + heard,
                    scope=scope,
                    is_paused=self.is_paused,
                )
            )

    def finish(self) -> None:
        """Say that all scopes were read."""
        if self.progress is not None:
            self._show(None)

    def pause(self, *, is_paused: bool) -> None:
        """Let a first pull rest at its next mark, or go on."""
        self.is_paused = is_paused
        if self.progress is not None:
            self.progress = replace(self.progress, is_paused=is_paused)
        self._changed()

    def _show(self, progress: Progress | None) -> None:
        self.progress = progress
        self._changed()
