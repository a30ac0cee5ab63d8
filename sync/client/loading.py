"""Carries wishes to load an account to the centre, lets loads go when all of them is sent, and searches the team."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from urllib.parse import quote

import msgspec

from app.domain.identifiers import AccountId
from app.domain.refusal import Refusal
from app.ports.loads import Load, TeamAccount
from app.ports.trouble import Trouble
from app.store.codec import microseconds
from app.store.feed import DeviceFeed
from app.store.loads import StoredLoad, StoredLoads
from app.store.notices import LOAD_REFUSED, TOO_MANY_LOADS
from sync.client.moment import Now
from sync.client.transport import Road, with_query
from sync.protocol.loads import LoadAsked, read_found, read_made

LOADS = "/sync/v1/loads"
FIND = "/centre/v1/accounts"


class Loading:
    """The part of an exchange that has to do with loads; one thread at a time."""

    def __init__(self, feed: DeviceFeed, road: Road, now: Now) -> None:
        self._loads = StoredLoads(feed)
        self._road = road
        self._now = now

    def carry(self) -> bool:
        """Ask for what is wished, let go what may go; gives whether this device's scopes are others now.

        Raises Trouble as the road does; what was granted until then stays.
        """
        self._loads.settle()  # a round that broke off may have left what the centre named no more
        self._loads.plan(self._at())
        asked = [self._ask(found) for found in self._loads.to_ask(self._at())]
        gone = [self._let_go(found) for found in self._loads.to_let_go()]
        return any(asked) or any(gone)

    def settle(self) -> None:
        """Note what came of it, once what there was to read is read."""
        self._loads.settle()

    def _at(self) -> int:
        return microseconds(self._now())

    def _ask(self, found: StoredLoad) -> bool:
        body = msgspec.json.encode(LoadAsked(account_id=found.account_id, until=found.until))
        try:
            made = read_made(self._road.document("POST", LOADS, body))
        except msgspec.DecodeError as error:
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=str(error)) from error
        except Refusal as refusal:
            is_full = refusal.code == TOO_MANY_LOADS
            facts = {name: str(value) for name, value in refusal.facts.items()} if is_full else {"account": found.name}
            code = TOO_MANY_LOADS if is_full else LOAD_REFUSED
            self._loads.refused(found.account_id, code, facts, self._at())
            return found.granted_until is not None
        self._loads.granted(found.account_id, made.expires_at)
        return found.granted_until is None

    def _let_go(self, found: StoredLoad) -> bool:
        # Of a colleague's account the answer that granted it may have been lost.
        may_stand = found.granted_until is not None or not found.is_mine
        if may_stand:
            self._road.document("DELETE", f"{LOADS}/{quote(found.account_id, safe='')}")
        self._loads.let_go(found)
        return may_stand


class DeviceLoads:
    """The port `Loads` made real: wishes are kept here, each search goes over a road of its own.

    `wake` lets the courier go soon; `is_off` says whether the rep switched the network off.
    """

    def __init__(
        self, feed: DeviceFeed, road: Callable[[], Road], wake: Callable[[], None], is_off: Callable[[], bool]
    ) -> None:
        self._loads = StoredLoads(feed)
        self._road = road
        self._wake = wake
        self._is_off = is_off

    def load_of(self, account_id: AccountId) -> Load | None:
        return self._loads.load_of(account_id)

    def standing(self) -> tuple[Load, ...]:
        return self._loads.standing()

    def wish(self, account_id: AccountId, name: str, until: datetime, now: datetime) -> None:
        self._loads.wish(account_id, name, until, now)
        self._wake()

    def unwish(self, account_id: AccountId, now: datetime) -> None:
        self._loads.unwish(account_id, now)
        self._wake()

    def has_unsent_work(self, account_id: AccountId) -> bool:
        return self._loads.has_unsent_work(account_id)

    def appointment_before(self, account_id: AccountId, first: datetime, last: datetime) -> datetime | None:
        return self._loads.appointment_before(account_id, first, last)

    def find(self, words: str) -> tuple[TeamAccount, ...]:
        if self._is_off():
            raise Trouble("OFFLINE", technical="switched off")
        with closing(self._road()) as road:
            data = road.document("GET", with_query(FIND, q=words))
        try:
            found = read_found(data)
        except msgspec.DecodeError as error:
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=str(error)) from error
        return tuple(
            TeamAccount(
                id=AccountId(hit.account_id), number=hit.number, trade_name=hit.trade_name, city=hit.city, rep=hit.rep
            )
            for hit in found
        )
