"""What comes over the road in one round: frames as they arrive, counted, and what the round has done so far."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from app.ports.trouble import Trouble
from sync.client.transport import Road
from sync.protocol.frames import Answer, Damaged, Frame, FrameReader

MOST_ANEW = 5
"""How often a round may begin anew, to greet or to send again; a centre that asks more often is none of ours."""

MOST_ANSWERS = 250
"""Answers kept in one transaction at most: as many as the centre gives at once, and goes on while they are kept."""


@dataclass(slots=True)
class Tally:
    """What a round did so far: changesets answered, rows and bytes received, problems raised, begun anew."""

    sent: int = 0
    received: int = 0
    problems: int = 0
    bytes: int = 0
    begun_anew: int = 0
    differing: set[str] = field(default_factory=set)
    """The scopes whose sum turned out not to be the centre's."""

    def begin_anew(self) -> None:
        """Count that something is begun anew. Raises Damaged for a centre that would have it go on for ever."""
        self.begun_anew += 1
        must_be(self.begun_anew <= MOST_ANEW)


def frames(road: Road, method: str, path: str, body: bytes, tally: Tally) -> Generator[Frame, None, None]:
    """Give the frames of an answer as they come, each counted and summed. Raises Damaged, Trouble, Refusal."""
    reader = FrameReader()
    with road.lines(method, path, body) as pieces:
        for piece in pieces:
            tally.bytes += len(piece)
            yield from reader.feed(piece)
    reader.close()


def with_answers_together(arriving: Iterator[Frame]) -> Iterator[Frame | list[Answer]]:
    """Give frames as they come, but answers that follow each other together; those before a cut are given too."""
    answers: list[Answer] = []
    try:
        for frame in arriving:
            if isinstance(frame, Answer):
                answers.append(frame)
            if answers and (not isinstance(frame, Answer) or len(answers) == MOST_ANSWERS):
                yield answers
                answers = []
            if not isinstance(frame, Answer):
                yield frame
    except (Damaged, Trouble):
        if answers:
            yield answers
        raise
    if answers:
        yield answers


def must_be(condition: bool) -> None:  # noqa: FBT001 - reads like an assertion
    """Raise Damaged unless the condition holds."""
    if not condition:
        raise Damaged("the answer is not to what was asked")
