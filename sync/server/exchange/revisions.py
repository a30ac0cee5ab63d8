"""Which older revisions of the app may still push, and how what they send is brought to the present one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec
from fastapi import FastAPI, Request

from app.store.rows import REVISION, SYNCED
from app.store.rows.base import unsaid
from sync.protocol.changeset import Changeset, Entry, Op

Converter = Callable[[Changeset], Changeset]
"""Brings a changeset of one revision to the next one: columns renamed, split, given a value; never its number or id."""


@dataclass(frozen=True, slots=True)
class Adding:
    """A step that only adds: columns, by table, and new tables, which need not be named.

    A row that is made without such a column gets its default, and so does every row that is there when the centre
    gets the column: a migration that fills in anything else writes it through the feed, as all others do. So an app of
    the revision before can be told everything. It keeps aside what it does not know, and takes it in once it is
    updated, without reading anything anew.
    """

    columns: Mapping[str, tuple[str, ...]]

    def __call__(self, changeset: Changeset) -> Changeset:
        """Give the rows that a changeset makes the columns that its app did not know."""
        return msgspec.structs.replace(changeset, entries=tuple(map(self._whole, changeset.entries)))

    def _whole(self, entry: Entry) -> Entry:
        added = self.columns.get(entry.table, ())
        if entry.op is not Op.CREATE or not added:
            return entry
        blank = unsaid(SYNCED.tables[entry.table])
        return msgspec.structs.replace(entry, new={**entry.new, **{name: blank[name] for name in added}})


class Converted(Changeset, frozen=True, kw_only=True):
    """A changeset brought to the present revision; what was sent is what it is known by for ever.

    `unsaid` are the columns, by table, that its app did not know.
    """

    sent: Changeset
    unsaid: dict[str, frozenset[str]]


def unsaid_by(changeset: Changeset, entry: Entry) -> frozenset[str]:
    """Give the columns of an entry's row that the app which made it did not know, and has nothing to say of."""
    return changeset.unsaid.get(entry.table, frozenset()) if isinstance(changeset, Converted) else frozenset()


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

    @property
    def readable(self) -> frozenset[str]:
        """The older revisions to which only something was added since: their apps are told everything too."""
        return frozenset(revision for revision in self.steps if self._only_adds_to(revision))

    def shows_all_to(self, revision: str) -> bool:
        """Say whether an app of a revision is told what there is."""
        return revision == self.present or revision in self.readable

    def _only_adds_to(self, revision: str) -> bool:
        reached, ways = self._way_from(revision)
        return reached == self.present and all(isinstance(convert, Adding) for convert in ways)

    def _way_from(self, revision: str) -> tuple[str, list[Converter]]:
        """Give the revision that the steps lead to from this one, and the converters on the way."""
        found: list[Converter] = []
        for _ in self.steps:
            if revision in self.steps:
                revision, convert = self.steps[revision]
                found.append(convert)
        return revision, found

    def takes(self, revision: str) -> bool:
        """Say whether changesets of a revision are understood."""
        return revision == self.present or revision in self.steps

    def to_present(self, changeset: Changeset) -> Changeset:
        """Bring a changeset to the present revision, step by step; one from beyond the window stays as it is.

        A device that was renewed sends on what it made before, under the revision it was made in.
        """
        there = changeset
        reached, ways = self._way_from(changeset.revision)
        if not ways:
            return changeset
        added: dict[str, frozenset[str]] = {}
        for convert in ways:
            there = convert(there)
            for table, columns in convert.columns.items() if isinstance(convert, Adding) else ():
                added[table] = added.get(table, frozenset()).union(columns)
        return Converted(
            n=changeset.n,
            mid=changeset.mid,
            name=there.name,
            at=changeset.at,
            revision=reached,
            facts=there.facts,
            undoes=changeset.undoes,
            final=there.final,
            entries=there.entries,
            sent=changeset,
            unsaid=added,
        )


WINDOW = Window(steps={"1": ("2", Adding({}))})
"""Today's. Revision 2 added limited places and their reservations: tables that need not be named.

A revision that follows adds its step here and its golden file to the tests.
"""


def window_of(request: Request) -> Window:
    """Give the window that the application was made with."""
    centre = request.app
    window = centre.state.window if isinstance(centre, FastAPI) else None
    if not isinstance(window, Window):
        raise TypeError("the application was made without a window of revisions")
    return window
