"""A request to customer service is new until someone takes it up (R1)."""

from __future__ import annotations

from datetime import UTC, datetime

from app.domain.desk.request import Request, RequestKind, RequestState
from app.domain.identifiers import AccountId, RequestId


def test_a_request_begins_as_new_and_need_not_concern_a_proposal() -> None:
    made = Request(
        id=RequestId("q"),
        account_id=AccountId("a"),
        kind=RequestKind.QUESTION,
        title="Horaires d’été",
        body="À publier dès juin.",
        made_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
    )
    assert made.state is RequestState.NEW
    assert (made.proposal_id, made.sub_order, made.amendment) == (None, "", "")
