"""Scripts of loads: an account that is another's, on a device for a time, with work done in it."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import partial

from app.domain.identifiers import AccountId
from app.ports.trouble import Trouble
from app.store.loads import StoredLoads
from tests.sync.simulation.deeds import correct, order, plan, prepare, remove, validate
from tests.sync.simulation.device import SimulatedDevice
from tests.sync.simulation.prepared import FLORIST, HERS, HIS, contact_of
from tests.sync.simulation.scripts_scopes import new_epoch
from tests.sync.simulation.stage import Script, Stage
from tests.sync.simulation.wire import Fault

ROSE, LYS = contact_of(HERS), contact_of(HERS, 1)
HOLDERS = f"SELECT scope FROM sync_member WHERE row_id = '{LYS}'"
LAST_WORDS = "SELECT row_id FROM sync_shadow"


def load(device: SimulatedDevice, account: str = HERS) -> None:
    """Wish to have an account of hers for a day."""
    now = device.clock.now()
    StoredLoads(device.feed).wish(AccountId(account), "Compte 0", now + timedelta(days=1), now)


def unload(device: SimulatedDevice, account: str = HERS) -> None:
    StoredLoads(device.feed).unwish(AccountId(account), device.clock.now())


def has_it(device: SimulatedDevice) -> bool:
    return HERS in device.ids("account")


def an_account_is_loaded_for_a_visit_and_let_go(s: Stage) -> None:
    s.paul.do(load)
    s.paul.sync()
    s.plainly("he has it", lambda: has_it(s.paul.device))
    s.paul.do(correct(ROSE, email="p@example.org"), plan(HERS, "Repasser"))
    s.paul.sync()
    s.marie.sync()
    s.paul.do(unload)
    s.paul.sync()
    s.expect("she knows", lambda: s.marie.row("contact", ROSE)["email"] == "p@example.org")
    s.expect("he let it go", lambda: not has_it(s.paul.device))


def a_load_ends_with_work_on_the_way(s: Stage) -> None:
    s.paul.do(load)
    s.paul.sync()
    s.paul.do(correct(ROSE, email="p@example.org"))
    s.time.pass_by(2 * 86_400)
    s.marie.do(correct(LYS, email="l@example.org"))
    s.marie.sync()
    s.paul.start_again()
    s.paul.sync()
    s.plainly("what became of it is said", lambda: s.paul.states() != ["pending"])


def a_load_ends_and_what_comes_after_is_not_told(s: Stage) -> None:
    s.paul.do(load)
    s.paul.sync()
    s.time.pass_by(2 * 86_400)
    s.paul.device.clock.ahead = timedelta(days=-3)  # it does not know: the centre does
    s.at_the_centre(lambda centre: centre.put("contact", LYS, role="Gérante"))
    s.paul.sync()
    s.paul.start_again()
    s.paul.sync()
    s.expect("it is gone", lambda: not has_it(s.paul.device))


def a_loaded_account_becomes_his_own(s: Stage) -> None:
    s.paul.do(load)
    s.paul.sync()
    s.paul.do(correct(ROSE, email="p@example.org"))
    s.at_the_centre(lambda centre: centre.put("account", HERS, rep_id=s.reps[1]))
    s.paul.sync()
    s.marie.sync()
    s.paul.do(unload)
    s.paul.sync()
    s.expect("he keeps it", lambda: has_it(s.paul.device) and not has_it(s.marie.device))
    s.expect("his word stands", lambda: s.paul.row("contact", ROSE)["email"] == "p@example.org")


def a_row_that_two_scopes_hold_is_deleted_here(s: Stage) -> None:
    s.paul.do(load)
    s.paul.sync()
    s.at_the_centre(lambda centre: centre.put("account", HERS, rep_id=s.reps[1]))
    s.paul.sync()
    s.plainly("his own scope and the load hold it", lambda: len(s.paul.device.rows(HOLDERS)) == 2)
    s.paul.do(remove("contact", LYS))
    s.paul.sync()
    s.expect("it is gone", lambda: LYS not in s.paul.device.ids("contact"))


def a_load_ends_before_it_told_what_was_deleted_here(s: Stage) -> None:
    s.paul.do(load)
    s.paul.sync()
    s.paul.do(remove("contact", LYS))
    s.paul.device.dies_in = 3  # what is sent is noted, the answer is kept, and what the load tells then is not
    s.paul.sync()
    s.paul.device.dies_in = 0
    s.plainly("it waits for its tombstone", lambda: s.paul.device.rows(LAST_WORDS) == [{"row_id": LYS}])
    s.paul.do(unload)
    s.paul.sync()
    s.plainly("it waits no more", lambda: not s.paul.device.rows(LAST_WORDS))
    s.marie.sync()
    s.expect("it is gone", lambda: LYS not in s.marie.device.ids("contact"))


def form(s: Stage) -> str:
    return next((str(row["id"]) for row in s.centre.rows("SELECT id FROM document WHERE kind = 'order_form'")), "")


def bytes_at_the_centre(s: Stage) -> bool:
    held = "SELECT 1 FROM document d JOIN blob b ON b.sha256 = d.sha256 WHERE d.kind = 'order_form'"
    return bool(s.centre.rows(held))


def the_bytes_of_a_form_that_was_made_in_a_load_follow_though_its_time_is_over(s: Stage) -> None:
    s.paul.do(partial(load, account=FLORIST))
    s.paul.sync()
    s.paul.do(prepare, validate, order)
    with s.in_one_breath(), suppress(Trouble):
        s.paul.device.engine.exchange()  # and the network goes before the file does
    s.plainly("at the centre without its bytes", lambda: bool(form(s)) and not bytes_at_the_centre(s))
    s.time.pass_by(2 * 86_400)
    s.paul.sync()
    s.plainly("its bytes too", lambda: bytes_at_the_centre(s))
    s.time.pass_by(2 * 86_400)
    s.paul.sync()
    s.plainly("he let it go", lambda: FLORIST not in s.paul.device.ids("account"))
    s.expect("its bytes are at the centre", lambda: bytes_at_the_centre(s))


def what_was_done_in_a_load_is_sent_though_it_was_unloaded_and_its_time_is_over(s: Stage) -> None:
    s.paul.do(partial(load, account=FLORIST))
    s.paul.sync()
    s.paul.do(prepare, validate, order, partial(unload, account=FLORIST))
    s.time.pass_by(2 * 86_400)
    s.paul.sync()
    s.plainly("at the centre with its bytes", lambda: bytes_at_the_centre(s))
    s.plainly("nothing was refused", lambda: not s.paul.problems())
    s.paul.sync()
    s.plainly("he let it go", lambda: FLORIST not in s.paul.device.ids("account"))
    s.expect("its bytes are at the centre", lambda: bytes_at_the_centre(s))


def a_form_that_was_made_in_a_load_stays_where_its_bytes_are(s: Stage) -> None:
    """Its answer was kept, no scope told it, and its rep went to another team: months later it is known whose."""
    s.paul.do(partial(load, account=FLORIST))
    s.paul.sync()
    s.paul.do(prepare, validate, order)
    s.paul.device.dies_in = 3  # the answer is kept, and what the load tells then is not
    s.paul.sync()
    s.paul.device.dies_in = 0
    s.at_the_centre(lambda centre: centre.put("rep", s.reps[0], team="sud"))
    s.time.pass_by(2 * 86_400)
    s.paul.sync()
    s.paul.do(plan(HIS, "Rappeler"))
    s.paul.sync()
    s.time.pass_by(100 * 86_400)
    s.paul.start_again()
    s.paul.sync()
    kept = "SELECT d.id FROM document d JOIN blob b ON b.sha256 = d.sha256"
    s.plainly("no scope told it", lambda: not s.paul.device.rows("SELECT 1 FROM sync_member WHERE row_id = ?", form(s)))
    s.plainly("it is here", lambda: len(s.paul.device.rows(kept)) == 1)
    s.plainly("at the centre", lambda: bool(form(s)))


def a_load_that_the_centre_forgot_is_asked_for_again_and_let_go(s: Stage) -> None:
    """He hears that it is named no more, and then nothing; by his clock what is granted now was over long ago."""

    def lose(_: Stage) -> None:
        s.paul.do(load)
        s.paul.sync()

    s.put_the_centre_back(lose)
    s.at_the_centre(new_epoch)
    with s.in_one_breath(), s.weather.plan(None, Fault.REQUEST_LOST), suppress(Trouble):
        s.paul.device.exchange()
    s.paul.device.clock.ahead = timedelta(days=365)
    s.paul.do(load)
    s.paul.sync()
    s.paul.sync()
    s.expect("he let it go", lambda: not has_it(s.paul.device))
    s.expect("at the centre too", lambda: not s.centre.rows("SELECT account_id FROM sync_load"))


def a_load_that_was_granted_and_not_read_is_asked_for_again_where_the_centre_forgot_it(s: Stage) -> None:
    def lose(_: Stage) -> None:
        s.paul.do(load)
        with s.in_one_breath(), s.weather.plan(None, Fault.REQUEST_LOST), suppress(Trouble):
            s.paul.device.exchange()  # granted, and then nothing more

    s.paul.sync()
    s.put_the_centre_back(lose)
    s.paul.sync()
    s.expect("he has it", lambda: has_it(s.paul.device))


def a_loaded_account_leaves_the_team(s: Stage) -> None:
    s.paul.do(load)
    s.paul.sync()
    s.at_the_centre(lambda centre: centre.put("rep", s.reps[0], team="sud"))
    s.at_the_centre(lambda centre: centre.put("contact", LYS, role="Gérante"))
    s.paul.sync()
    s.marie.sync()
    s.expect("he has it no more", lambda: not has_it(s.paul.device))


SCRIPTS: tuple[Script, ...] = (
    an_account_is_loaded_for_a_visit_and_let_go,
    a_load_ends_with_work_on_the_way,
    a_load_ends_and_what_comes_after_is_not_told,
    a_loaded_account_becomes_his_own,
    a_row_that_two_scopes_hold_is_deleted_here,
    a_load_ends_before_it_told_what_was_deleted_here,
    the_bytes_of_a_form_that_was_made_in_a_load_follow_though_its_time_is_over,
    what_was_done_in_a_load_is_sent_though_it_was_unloaded_and_its_time_is_over,
    a_form_that_was_made_in_a_load_stays_where_its_bytes_are,
    a_load_that_the_centre_forgot_is_asked_for_again_and_let_go,
    a_load_that_was_granted_and_not_read_is_asked_for_again_where_the_centre_forgot_it,
    a_loaded_account_leaves_the_team,
)
