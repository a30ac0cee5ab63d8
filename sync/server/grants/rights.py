"""What a caller may see and write: one predicate for all routes."""

from __future__ import annotations

from dataclasses import dataclass

from sync.protocol.scope import CATALOGUE, portfolio, team


def scopes_of(rep_id: str, team_name: str) -> tuple[str, ...]:
    """Give the scopes of a rep's device in the order of a first pull: catalogue, the team's reps, portfolio."""
    return (str(CATALOGUE), str(team(team_name)), str(portfolio(rep_id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks: an enrolled device of a rep."""

    device: str
    login: str
    rep_id: str
    team: str

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes this device is entitled to."""
        return scopes_of(self.rep_id, self.team)

    def owns(self, rep_id: object) -> bool:
        """Say whether an account of this rep is in the caller's portfolio; accounts of nobody are in none."""
        return rep_id == self.rep_id
