"""Scripts of the trade: proposals that freeze, forms that are signed once, the bytes of what was kept."""

from __future__ import annotations

from tests.sync.simulation.acts import amend_and_cancel, simulate_prices, split
from tests.sync.simulation.deeds import (
    correct,
    negotiate,
    order,
    prepare,
    rename,
    sign,
    undo,
    validate,
)
from tests.sync.simulation.prepared import HERS, contact_of
from tests.sync.simulation.stage import Script, Stage

ROSE = contact_of(HERS)


def signed(s: Stage) -> int:
    return len(s.centre.rows("SELECT id FROM document WHERE kind = 'signed_order_form'"))


def has_bytes(s: Stage) -> bool:
    kept = {row["sha256"] for row in s.centre.rows("SELECT sha256 FROM blob")}
    return {row["sha256"] for row in s.centre.rows("SELECT sha256 FROM document")} == kept


def a_proposal_is_prepared_and_split(s: Stage) -> None:
    s.marie.do(prepare, negotiate(2), lambda device: amend_and_cancel(device, s.chance))
    s.marie.sync()
    s.marie.do(lambda device: split(device, s.chance), lambda device: simulate_prices(device, s.chance))
    s.marie.sync()
    s.other.sync()
    s.expect("it is there", lambda: len(s.other.device.ids("proposal")) >= 1)


def an_order_form_is_signed_offline(s: Stage) -> None:
    s.marie.do(prepare, validate, order, sign())
    s.marie.sync()
    s.other.sync()
    s.expect("signed once", lambda: signed(s) == 1)
    s.expect("the bytes are there", lambda: has_bytes(s))
    s.expect("and on the other device", lambda: len(s.other.device.rows("SELECT sha256 FROM blob")) == 2)


def a_signature_is_not_taken_back(s: Stage) -> None:
    an_order_form_is_signed_offline(s)
    s.marie.do(lambda device: _must_be_refused(lambda: undo(device)))
    s.marie.sync()


def _must_be_refused(deed: object) -> None:
    from app.domain.refusal import Refusal

    assert callable(deed)
    try:
        deed()
    except Refusal:
        return
    raise AssertionError("nothing was refused")


def a_frozen_proposal_takes_nothing_more(s: Stage) -> None:
    s.marie.do(prepare)
    s.marie.sync()
    s.other.sync()
    s.marie.do(validate)
    s.other.do(negotiate(3), negotiate(2), correct(ROSE, email="a@example.org"))
    s.marie.sync()
    s.other.sync()
    s.plainly("told twice", lambda: s.other.problems() == ["PROPOSAL_FROZEN"] * 2)
    s.expect("the next went on", lambda: s.marie.row("contact", ROSE)["email"] == "a@example.org")


def both_devices_let_the_same_form_be_signed(s: Stage) -> None:
    s.marie.do(prepare, validate, order)
    s.marie.sync()
    s.other.sync()
    s.marie.do(sign("Chartres"))
    s.other.do(sign("Dreux"))
    s.marie.sync()
    s.other.sync()
    s.marie.sync()
    s.expect("one of them holds", lambda: signed(s) == 1)
    s.plainly("the other is told", lambda: len(s.other.problems()) == 1)


def two_devices_name_and_price_one_proposal(s: Stage) -> None:
    s.marie.do(prepare)
    s.marie.sync()
    s.other.sync()
    s.marie.do(rename("Rose"), negotiate(2))
    s.other.do(rename("Lys"), negotiate(3))
    s.other.sync()
    s.marie.sync()
    s.other.sync()
    s.expect("the later name", lambda: s.centre.rows("SELECT name FROM proposal")[0]["name"] == "Rose")


def the_bytes_come_after_the_data(s: Stage) -> None:
    s.marie.do(prepare, validate, order)
    engine = s.marie.device.engine
    s.marie.sync()
    s.plainly("the same engine", lambda: s.marie.device.engine is engine)
    s.other.sync()
    s.marie.do(sign())
    s.marie.sync()
    s.other.sync()
    s.expect("the bytes are there", lambda: has_bytes(s))


def a_proposal_is_taken_back_when_it_was_sent(s: Stage) -> None:
    s.marie.do(prepare)
    s.marie.sync()
    s.other.sync()
    s.marie.do(undo)
    s.marie.sync()
    s.expect("gone", lambda: not s.centre.rows("SELECT id FROM proposal"))


SCRIPTS: tuple[Script, ...] = (
    a_proposal_is_prepared_and_split,
    an_order_form_is_signed_offline,
    a_signature_is_not_taken_back,
    a_frozen_proposal_takes_nothing_more,
    both_devices_let_the_same_form_be_signed,
    two_devices_name_and_price_one_proposal,
    the_bytes_come_after_the_data,
    a_proposal_is_taken_back_when_it_was_sent,
)
