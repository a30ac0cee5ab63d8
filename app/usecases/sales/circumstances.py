"""What surrounds a proposal when its anomalies are asked for: the day, the rep's limit, the signatory."""

from __future__ import annotations

from datetime import date

from app.domain.accounts.account import Account
from app.domain.accounts.rep import Rep
from app.domain.sales.anomalies import Circumstances, Signatory
from app.domain.sales.proposal import Proposal
from app.domain.sales.reservation import SlotBook
from app.ports.work import Transaction

NOTHING_LIMITED = SlotBook()
"""What is known where nobody asked for the limited places."""


def circumstances(account: Account, rep: Rep, on: date, slots: SlotBook = NOTHING_LIMITED) -> Circumstances:
    """Put together what the rules ask about an account, a rep, a day and the limited places of a proposal."""
    contact = account.signatory
    return Circumstances(
        on=on,
        discount_limit=rep.discount_limit,
        signatory=Signatory(
            email=contact.email if contact else "",
            mobile=contact.mobile if contact else "",
            siret=account.siret,
            vat_number=account.vat_number,
            iban=account.iban,
        ),
        slots=slots,
    )


def around(tx: Transaction, proposal: Proposal) -> Circumstances:
    """Put it together within an action under way."""
    account = tx.accounts.get(proposal.account_id)
    return circumstances(account, tx.reps.me(), tx.today(), tx.slots.book_of(proposal))
