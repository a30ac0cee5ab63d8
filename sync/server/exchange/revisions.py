"""Which older revisions of the app may still push, and how what they send is brought to the present one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fastapi import FastAPI, Request

from app.store.rows import REVISION
from sync.protocol.changeset import Changeset

Converter = Callable[[Changeset], Changeset]
"""Brings a changeset of one revision to the next one: columns renamed, split, given a value; never its number or id."""


class Converted(Changeset, frozen=True, kw_only=True):
    """A changeset brought to the present revision; what was sent is what it is known by for ever."""

    sent: Changeset


def as_sent(changeset: Changeset) -> Changeset:
    """Give a changeset as the device sent it: its digest is taken of this."""
    return changeset.sent if isinstance(changeset, Converted) else changeset


@dataclass(frozen=True, slots=True)
class Window:
    """The present revision, and for each older one the next one with the converter that leads there."""

    present: str = REVISION
    steps: Mapping[str, tuple[str, Converter]] = field(default_factory=dict)

    @property
    def pushable(self) -> frozenset[str]:
        """The older revisions that may still push."""
        return frozenset(self.steps)

    def takes(self, revision: str) -> bool:
        """Say whether changesets of a revision are understood."""
        return revision == self.present or revision in self.steps

    def to_present(self, changeset: Changeset) -> Changeset:
        """Bring a changeset to the present revision, step by step; one from beyond the window stays as it is.

        A device that was renewed sends on what it made before, under the revision it was made in.
        """
        revision, there = changeset.revision, changeset
        for _ in self.steps:
            if revision in self.steps:
                revision, convert = self.steps[revision]
                there = convert(there)
        if there is changeset:
            return changeset
        return Converted(
            n=changeset.n,
            mid=changeset.mid,
            name=there.name,
            at=changeset.at,
            revision=revision,
            facts=there.facts,
            undoes=changeset.undoes,
            final=there.final,
            entries=there.entries,
            sent=changeset,
        )


WINDOW = Window()
"""Today's: this is the first revision. A revision that follows adds its step here and its golden file to the tests."""


def window_of(request: Request) -> Window:
    """Give the window that the application was made with."""
    centre = request.app
    window = centre.state.window if isinstance(centre, FastAPI) else None
    if not isinstance(window, Window):
        raise TypeError("the application was made without a window of revisions")
    return window
