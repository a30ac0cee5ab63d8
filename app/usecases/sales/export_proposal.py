"""A proposal as the file that support reads: names, actions and amounts, nothing on persons."""

from __future__ import annotations

from datetime import date

from app.domain.sales.proposal import Proposal


def exported(proposal: Proposal, on: date) -> dict[str, object]:
    """Give the proposal in the form that `tournee check` takes; amounts in cents, rates in per cent."""
    return {
        "name": proposal.name,
        "on": on.isoformat(),
        "payment_plan": [
            {"due_on": instalment.due_on.isoformat(), "gross": instalment.gross.cents}
            for instalment in proposal.payment_plan
        ],
        "sub_orders": [
            {
                "number": part.number,
                "amendment": part.amendment,
                "details_changed": part.details_changed,
                "lines": [
                    {
                        "product": line.label,
                        "action": line.action.value,
                        "net": line.net.cents,
                        "vat_rate": str(line.vat_rate),
                    }
                    for line in part.lines
                ],
            }
            for part in proposal.sub_orders
        ],
    }
