"""A request to customer service: what the split left over, a complaint, a rejection, or a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.identifiers import AccountId, ProposalId, RequestId


class RequestKind(StrEnum):
    """What a request is about."""

    AMENDMENT = "amendment"
    COMPLAINT = "complaint"
    REJECTION = "rejection"
    QUESTION = "question"


class RequestState(StrEnum):
    """Where a request stands (R1)."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request; for an amendment it carries the sub-order, the amendment and what it modifies."""

    id: RequestId
    account_id: AccountId
    kind: RequestKind
    title: str
    body: str
    made_at: datetime
    state: RequestState = RequestState.NEW
    proposal_id: ProposalId | None = None
    sub_order: str = ""
    amendment: str = ""
    author: str = ""
