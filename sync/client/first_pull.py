"""Reads a scope from the beginning, frame by frame, and goes on where it was cut."""

from __future__ import annotations

from app.domain.refusal import Refusal
from app.store.pulled import Batch, Pulled
from sync.client.keeping import Keeping
from sync.client.lines import Tally, frames, must_be
from sync.client.transport import Road, with_query
from sync.protocol.frames import Columns, Gone, Mark, Rows


class FirstPull:
    """Reads scopes that this device does not follow yet."""

    def __init__(self, pulled: Pulled, keeping: Keeping, road: Road) -> None:
        self._pulled = pulled
        self._keeping = keeping
        self._road = road

    def read(self, scope: str, resume: str | None, tally: Tally) -> bool:
        """Read a scope to its end; gives whether the centre holds it to be ours still.

        A place that the centre no longer knows lets the scope begin anew. Raises Damaged, Trouble, Refusal.
        """
        try:
            self._read(scope, resume, tally)
        except Refusal as refusal:
            if refusal.code not in {"RESUME_UNKNOWN", "OUT_OF_SCOPE"}:
                raise
            tally.begin_anew()
            if refusal.code == "OUT_OF_SCOPE":
                return False
            self._pulled.begin_again(scope)
        return True

    def _read(self, scope: str, resume: str | None, tally: Tally) -> None:
        path = with_query("/sync/v1/snapshot", scope=scope, **({"resume": resume} if resume else {}))
        batch = Batch()
        for frame in frames(self._road, "GET", path, b"", tally):
            if isinstance(frame, Columns | Rows | Gone):
                batch.take(frame)
            elif isinstance(frame, Mark):
                must_be(frame.scope == scope)
                self._keeping.keep(batch, frame, tally)
