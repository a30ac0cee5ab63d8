"""What a caller may see and write: one predicate for all routes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, and_, bindparam, false, func, or_, select, true

from app.store.rows import SYNCED
from sync.protocol.changeset import Value
from sync.protocol.scope import CATALOGUE, load, portfolio, team
from sync.protocol.standing import Role
from sync.server.sight import Sight
from sync.server.tables import DEVICE, LOAD, USER

_ACCOUNT, _REP = SYNCED.tables["account"], SYNCED.tables["rep"]
_OWNER = _REP.alias("owner")


def scopes_of(rep_id: str, team_name: str, loads: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the scopes of a rep's device in the order of a first pull: catalogue, the team's reps, portfolio, loads."""
    return (str(CATALOGUE), str(team(team_name)), str(portfolio(rep_id)), *(str(load(account)) for account in loads))


def standing_loads() -> ScalarSelect[str | None]:
    """Give, beside a device with its user and rep, the accounts it has loaded at `at`, with commas between.

    A load counts until its time is over, and only while the account is the rep's own or of the rep's team: who moves
    to another team, or whose account does, loses it at once.
    """
    is_of_team = and_(_OWNER.c.team == _REP.c.team, _OWNER.c.team != "")
    return (
        select(func.aggregate_strings(LOAD.c.account_id, ","))
        .select_from(LOAD.join(_ACCOUNT, _ACCOUNT.c.id == LOAD.c.account_id))
        .join(_OWNER, _OWNER.c.id == _ACCOUNT.c.rep_id)
        .where(LOAD.c.device == DEVICE.c.device, LOAD.c.expires_at > bindparam("at"))
        .where(or_(_OWNER.c.id == USER.c.rep_id, is_of_team))
        .correlate(DEVICE, USER, _REP)
        .scalar_subquery()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks: an enrolled device of a rep, with the accounts it has loaded.

    One that is leaving (told to wipe itself) may still send what it has; it is given nothing any more.
    """

    device: str
    login: str
    rep_id: str
    team: str
    loads: tuple[str, ...] = ()
    role: Role = Role.REP
    is_leaving: bool = False

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes this device is entitled to."""
        return () if self.is_leaving else scopes_of(self.rep_id, self.team, self.loads)

    @property
    def sight(self) -> Sight:
        """What its readings are shown."""
        return Sight(self.device, self.scopes)

    @property
    def sight_of_own(self) -> Sight:
        """What it may write, also one that is leaving: what was signed on it must still arrive."""
        return Sight(self.device, scopes_of(self.rep_id, self.team, self.loads))

    def sight_of(self, colleagues: Iterable[str]) -> Sight:
        """What its search among these reps' accounts is shown."""
        return Sight(self.device, self.scopes, tuple(colleagues))

    def owns(self, rep_id: object) -> bool:
        """Say whether an account of this rep is in the caller's portfolio; accounts of nobody are in none."""
        return rep_id == self.rep_id

    def is_of_team(self, team_name: object) -> bool:
        """Say whether a rep of this team is a colleague; reps without a team have none."""
        return bool(self.team) and team_name == self.team

    def shares_team(self, team_name: ColumnElement[str]) -> ColumnElement[bool]:
        """The same, as a condition of a query."""
        return team_name == self.team if self.team else false()

    def may_write(self, account: Mapping[str, Value]) -> bool:
        """Say whether rows of this account are the caller's to change: its own, or one it has loaded."""
        return self.owns(account["rep_id"]) or account["id"] in self.loads

    def sees(self) -> ColumnElement[bool]:
        """Give the condition on the table of accounts under which the caller may see what belongs to one."""
        return false() if self.is_leaving else self.writes()

    def writes(self) -> ColumnElement[bool]:
        """Give the condition on accounts under which the caller may change what belongs to one (`may_write`).

        Also to one that is leaving: what was signed on it must still arrive.
        """
        own = _ACCOUNT.c.rep_id == self.rep_id
        return or_(own, _ACCOUNT.c.id.in_(self.loads)) if self.loads else own

    def sees_devices(self) -> ColumnElement[bool]:
        """Give the condition on devices under which the caller may see and shut one out: its person's own, or all."""
        return true() if self._administers else DEVICE.c.login == self.login

    def administers_devices(self) -> ColumnElement[bool]:
        """Give the condition on devices under which the caller may have one wiped or let back in."""
        return true() if self._administers else false()

    def sees_people(self) -> ColumnElement[bool]:
        """Give the condition on people under which the caller may see one."""
        return true() if self._administers else USER.c.login == self.login

    def administers_people(self) -> ColumnElement[bool]:
        """Give the condition on people under which the caller may let another device of one in."""
        return true() if self._administers else false()

    @property
    def _administers(self) -> bool:
        return self.role is Role.ADMINISTRATOR and not self.is_leaving


def loads_in(found: str | None) -> tuple[str, ...]:
    """Read what `standing_loads` gave, in one order."""
    return tuple(sorted(found.split(","))) if found else ()
