"""First words with the centre: who speaks, which history it has, which scopes are ours and which no longer are."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection

import msgspec

from app.ports.trouble import Trouble
from app.store.aside import READ_AS
from app.store.codec import microseconds
from app.store.feed import DeviceFeed
from app.store.notices import say_went_back
from app.store.outbox import Outbox
from app.store.pulled import Pulled
from app.store.rows import REVISION
from sync.client import standing
from sync.client.machine import this_machine
from sync.client.planning import Round
from sync.client.recovering import lost_from
from sync.client.transport import Road
from sync.protocol.frames import Damaged
from sync.protocol.handshake import PROTOCOL, Hello, Verdict, Welcome, read_welcome
from sync.protocol.scope import Scope

_log = logging.getLogger(__name__)

EPOCH = "sync_epoch"
"""The small fact under which the device keeps the centre's epoch."""
MUST_UPDATE = "app_must_update"
"""The small fact, "1" or not, that the centre takes what this app does but no longer tells it anything."""


class Greeting:
    """Says hello and draws from the answer what follows for the store."""

    def __init__(
        self, feed: DeviceFeed, pulled: Pulled, road: Road, keep_copy: Callable[[], object] = lambda: None
    ) -> None:
        """`keep_copy` keeps the store as it is, before rows are read that the centre has in an older state."""
        self._feed = feed
        self._outbox = Outbox(feed)
        self._pulled = pulled
        self._road = road
        self._keep_copy = keep_copy

    def greet(self, known: Round) -> Welcome:
        """Say hello. Raises Trouble CENTRE_SPEAKS_OTHERWISE and the road's own, Damaged, Refusal."""
        waiting, answered = self._feed.waiting(), self._outbox.answered()
        hello = Hello(
            protocol=PROTOCOL,
            revision=REVISION,
            epoch=self._feed.recall(EPOCH) or "",
            cursors=known.to_tell(),
            first=self._outbox.first(),
            last=waiting.last,
            answered=answered.n,
            digest=answered.digest,
            machine=this_machine(),
        )
        asked = microseconds(self._road.now())
        data = self._road.document("POST", "/sync/v1/hello", msgspec.json.encode(hello))
        try:
            welcome = read_welcome(data)
            for told in welcome.scopes:
                Scope.parse(told.scope)
        except (msgspec.DecodeError, ValueError) as error:
            raise Damaged(str(error)) from error
        if welcome.verdict is Verdict.OTHER_PROTOCOL:
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=f"protocol {welcome.protocol} {welcome.revision}")
        self._road.clocks.heard(welcome.at, asked, microseconds(self._road.now()))
        must_update = "1" if welcome.verdict is Verdict.PUSH_ONLY else "0"
        if (self._feed.recall(MUST_UPDATE) or "0") != must_update:
            self._feed.remember({MUST_UPDATE: must_update})
        standing.hear(self._feed, welcome.standing, welcome.at, self._road.now())
        if welcome.verdict is not Verdict.RENEW:
            self.agree(welcome.epoch, welcome.last_n)
            if welcome.verdict is Verdict.WELCOME:
                self._know_more(welcome.readable)
            self._outbox.prune(welcome.last_n, min(welcome.at, microseconds(self._road.now())))
        return welcome

    def agree(self, epoch: str, last_n: int) -> bool:
        """Hear which history the centre has and how far; gives whether it is another one than before.

        What it lost waits again before anything is read: else its rows would be laid over work that it misses. A new
        epoch means that its logs are others, and every scope is read anew.
        """
        lost = lost_from(self._outbox.last_answered(), last_n)
        if lost is not None:
            _log.warning("the centre holds %d changesets of this device, not more: the others are sent again", last_n)
            self._tell_of(self._outbox.missing_from(lost))
            # Not the last one that it says it holds: whether that is this store's, the next push asks by its digest.
            self._outbox.send_again_from(lost)
        before = self._feed.recall(EPOCH)
        is_other = before not in (None, "", epoch)
        if is_other:
            _log.warning("the centre is of another epoch: all scopes are read anew")
            for scope in self._pulled.cursors():
                self._pulled.begin_again(scope)
        if before != epoch:
            self._feed.remember({EPOCH: epoch})
        return before != epoch

    def _tell_of(self, missing: int) -> None:
        """Tell the rep of actions that the centre lost and that are too old to be kept here: nothing brings them up."""
        if missing > 0:
            _log.error("%d changesets that the centre lost are kept no more", missing)
            self._keep_copy()
            with self._feed.writing() as connection:
                say_went_back(connection, missing, microseconds(self._road.now()))
            self._feed.tell(frozenset({"problem"}))

    def _know_more(self, readable: Collection[str]) -> None:
        """Read everything anew with an app that was updated: rows it has may bear columns now that it did not know.

        Not where the app before could read all there is (`readable`): what it did not know lay aside, and is taken in.
        """
        before = self._feed.recall(READ_AS)
        if before not in (None, REVISION) and before not in readable:
            _log.info("the app knows more than when it read last: all scopes are read anew")
            for scope in self._pulled.cursors():
                self._pulled.begin_again(scope)
        if before != REVISION:
            self._feed.remember({READ_AS: REVISION})

    def leave(self, known: Round) -> None:
        """Drop the scopes that the centre no longer names."""
        for scope in known.left():
            _log.info("this device is no longer entitled to %s", scope)
            self._pulled.leave(scope)
