"""Scripts of scopes: accounts that move with work on the way, first pulls that are cut, logs that begin anew."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import sync.server.exchange.reading as centre_reading
from app.ports.trouble import Trouble
from app.store.rows import SYNCED
from tests.sync.simulation.centre import SimulatedCentre
from tests.sync.simulation.deeds import add_contact, correct, name_company, plan, put, undo
from tests.sync.simulation.device import SimulatedDevice
from tests.sync.simulation.prepared import FLORIST, HERS, HIS, contact_of
from tests.sync.simulation.stage import Deed, Script, Stage
from tests.sync.simulation.wire import Fault

ROSE, LYS = contact_of(HERS), contact_of(HERS, 1)


def an_account_moves_away_with_edits_on_the_way(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"), plan(HERS, "Rappeler"), name_company(FLORIST, "Rose SARL"))
    s.at_the_centre(partial(_give, HERS, s.reps[1]))
    s.marie.sync()
    s.paul.sync()
    s.expect("it is his", lambda: HERS in s.paul.device.ids("account"))
    s.expect("no longer hers", lambda: HERS not in s.marie.device.ids("account"))
    s.expect("told", lambda: s.marie.problems().count("ACCOUNT_MOVED") == 2)


def _give(account: str, rep: str | None, centre: SimulatedCentre) -> None:
    centre.put("account", account, rep_id=rep)


def an_account_moves_away_and_back_unseen(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.at_the_centre(partial(_give, HERS, s.reps[1]), partial(_give, HERS, s.reps[0]))
    s.marie.sync()
    s.expect("taken", lambda: s.marie.problems() == [])


def an_account_moves_away_is_worked_on_and_comes_back(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.at_the_centre(partial(_give, HERS, s.reps[1]))
    s.paul.sync()
    s.paul.do(correct(ROSE, email="p@example.org"), add_contact(HERS, "Iris"))
    s.paul.sync()
    s.at_the_centre(partial(_give, HERS, s.reps[0]))
    s.marie.sync()
    s.paul.sync()
    s.expect("hers again", lambda: len(s.marie.device.ids("contact", f"account_id = '{HERS}'")) == 3)


def an_account_moves_away_and_back_seen_each_time(s: Stage) -> None:
    s.at_the_centre(partial(_give, HERS, s.reps[1]))
    s.marie.sync()
    s.paul.sync()
    s.at_the_centre(partial(_give, HERS, s.reps[0]), lambda centre: centre.put("contact", LYS, role="Gérante"))
    s.marie.sync()
    s.paul.sync()
    s.expect("hers", lambda: s.marie.row("contact", LYS)["role"] == "Gérante")


def two_accounts_change_hands_at_once(s: Stage) -> None:
    s.marie.do(plan(HERS, "À Marie"))
    s.paul.do(plan(HIS, "À Paul"))
    s.at_the_centre(partial(_give, HERS, s.reps[1]), partial(_give, HIS, s.reps[0]))
    s.paul.sync()
    s.marie.sync()
    s.paul.sync()
    s.expect("exchanged", lambda: HIS in s.marie.device.ids("account") and HERS in s.paul.device.ids("account"))


def small_frames(s: Stage, rows: int = 4) -> None:
    """Let a first pull come in many frames."""
    from sync.protocol import frames

    for module in (frames, centre_reading):
        s.patch.setattr(module, "MOST_ROWS", rows)


def a_first_pull_comes_in_pieces(s: Stage) -> None:
    small_frames(s)
    new = s.newcomer("marie")
    new.sync()
    s.expect("all is there", lambda: len(new.device.ids("contact")) == 3)


def a_first_pull_meets_work_of_its_own(s: Stage) -> None:
    small_frames(s)
    new = s.newcomer("marie")
    new.do()
    new.sync()
    new.do(correct(ROSE, email="n@example.org"))
    s.marie.do(correct(ROSE, role="Gérante"))
    s.marie.sync()
    new.sync()
    s.expect("both", lambda: s.marie.row("contact", ROSE)["role"] == "Gérante")


def the_centre_writes_during_a_first_pull(s: Stage) -> None:
    small_frames(s)
    new = s.newcomer("marie")
    turn = iter(
        (
            lambda: s.centre.put("contact", ROSE, role="Gérante"),
            lambda: s.centre.remove("contact", LYS),
            lambda: s.centre.put("account", HIS, rep_id=s.reps[0]),
            lambda: s.centre.put("account", HERS, rep_id=s.reps[1]),
        )
    )

    def write() -> None:
        work = next(turn, None)
        if work is not None:
            s.at_the_centre(lambda _centre: work())

    new.device.wire.meanwhile = write
    new.sync()
    new.device.wire.meanwhile = lambda: None
    s.expect("his is hers", lambda: HIS in new.device.ids("account"))


def everything_begins_anew_with_work_on_the_way(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"), plan(HERS, "Rappeler"))
    s.at_the_centre(new_epoch)
    s.marie.sync()
    s.other.sync()
    s.plainly("all was read anew", lambda: any("snapshot" in step for step in s.weather.trace))
    s.expect("taken", lambda: s.other.row("contact", ROSE)["email"] == "a@example.org")


def what_was_made_here_goes_with_its_account_while_all_is_read_anew(s: Stage) -> None:
    s.marie.do(plan(HERS, "Rappeler"))
    s.at_the_centre(new_epoch)
    nothing_is_read(s)
    s.at_the_centre(partial(_give, HERS, s.reps[1]))
    s.marie.sync()
    s.paul.sync()
    s.expect("it is his", lambda: len(s.paul.device.ids("activity", "subject = 'Rappeler'")) == 1)
    s.expect("no longer hers", lambda: not s.marie.device.ids("activity", "subject = 'Rappeler'"))


def what_was_made_here_goes_with_its_account_though_months_passed(s: Stage) -> None:
    """What was answered is let go of after ninety days; not what alone tells that a row is here which nobody named."""
    s.marie.do(plan(HERS, "Rappeler"), correct(ROSE, email="a@example.org"))
    s.at_the_centre(new_epoch)
    nothing_is_read(s)
    s.time.pass_by(100 * 86_400)
    s.at_the_centre(partial(_give, HERS, s.reps[1]))
    s.marie.sync()
    s.paul.sync()
    s.expect("it is his", lambda: len(s.paul.device.ids("activity", "subject = 'Rappeler'")) == 1)
    s.expect("no longer hers", lambda: not s.marie.device.ids("activity", "subject = 'Rappeler'"))


def what_the_centre_still_holds_is_not_done_again_where_its_account_has_left(s: Stage) -> None:
    """All that she lost by it is a refusal, so that her cursor fits: nothing would tell again that the row has left."""
    s.marie.do(add_contact(HERS, "Iris"))
    s.marie.sync()
    s.at_the_centre(partial(_give, HERS, s.reps[1]))
    s.marie.sync()

    def lose(_: Stage) -> None:
        s.marie.do(put("product", s.marie.device.ids("product")[0], name="À moi"))
        s.marie.sync()

    s.put_the_centre_back(lose)
    s.marie.sync()
    s.expect("his", lambda: len(s.centre.rows("SELECT id FROM contact WHERE name = 'Iris'")) == 1)
    s.expect("no longer hers", lambda: not s.marie.device.ids("contact", "name = 'Iris'"))


def what_was_made_here_and_deleted_elsewhere_goes_when_all_is_read_anew(s: Stage) -> None:
    s.marie.do(add_contact(HERS, "Iris"))
    s.at_the_centre(new_epoch)
    nothing_is_read(s)
    (iris,) = s.centre.rows("SELECT id FROM contact WHERE name = 'Iris'")
    s.at_the_centre(lambda centre: centre.remove("contact", str(iris["id"])))
    s.marie.sync()
    s.expect("gone", lambda: not s.marie.device.ids("contact", "name = 'Iris'"))


def what_was_made_here_and_deleted_elsewhere_does_not_come_back_by_a_refusal(s: Stage) -> None:
    """No scope tells of its end: it was never told here, and what was answered months ago is let go of."""
    made_and_answered(s)
    s.at_the_centre(remove_iris)
    s.marie.do(remove_in_vain)
    s.time.pass_by(100 * 86_400)
    s.marie.sync()
    s.plainly("it was refused", lambda: len(s.marie.problems()) == 1)
    s.expect("gone", lambda: not s.marie.device.ids("contact", "name = 'Iris'"))


def what_was_made_here_comes_back_by_a_refusal_and_goes_elsewhere_before_all_is_read(s: Stage) -> None:
    """What was answered months ago is let go of, but not what alone tells of a row that may come back."""
    made_and_answered(s)
    s.marie.do(remove_in_vain)
    s.time.pass_by(100 * 86_400)
    nothing_is_read(s)
    s.plainly("it was refused", lambda: len(s.marie.problems()) == 1)
    s.plainly("it is back", lambda: len(s.marie.device.ids("contact", "name = 'Iris'")) == 1)
    s.at_the_centre(remove_iris)
    s.marie.sync()
    s.expect("gone", lambda: not s.marie.device.ids("contact", "name = 'Iris'"))


def what_was_made_here_is_deleted_here_before_all_is_read_and_was_not_named(s: Stage) -> None:
    """It had ended elsewhere before: nothing tells that again, and its end here is refused when all is read."""
    its_end_is_refused_late(s, while_asking_for="results")


def what_was_made_here_is_deleted_here_while_all_is_read_and_was_not_named(s: Stage) -> None:
    its_end_is_refused_late(s, while_asking_for="snapshot of her portfolio")


def its_end_is_refused_late(s: Stage, while_asking_for: str) -> None:
    made_and_answered(s)
    s.at_the_centre(remove_iris)
    requests = ("hello", "snapshot of the catalogue", "snapshot of the team", "results", "snapshot of her portfolio")
    while_asking(s, requests.index(while_asking_for) + 1, remove_in_vain)
    s.marie.sync()
    s.marie.device.wire.meanwhile = lambda: None
    s.plainly("it was refused", lambda: len(s.marie.problems()) == 1)
    s.expect("gone", lambda: not s.marie.device.ids("contact", "name = 'Iris'"))


def while_asking(s: Stage, turn: int, deed: Deed) -> None:
    """Let her do something while that request of hers is under way, counted from now on."""
    turns = iter(range(1, turn + 1))

    def meanwhile() -> None:
        if next(turns, None) == turn:
            with s.in_one_breath():  # her device cannot die within a request of its own and go on with it
                s.marie.do(deed)

    s.marie.device.wire.meanwhile = meanwhile


def made_and_answered(s: Stage) -> None:
    """Let her make a contact, and hear that it is taken, before all is read anew."""
    s.marie.do(add_contact(HERS, "Iris"), correct(ROSE, email="a@example.org"))
    s.at_the_centre(new_epoch)
    nothing_is_read(s)
    s.other.sync()


def remove_in_vain(device: SimulatedDevice) -> None:
    """Delete the contact together with what is the centre's to say: all of it is refused."""
    with device.work.begin("edit_contact") as tx:
        for row in device.ids("contact", "name = 'Iris'"):
            tx.rows.remove(SYNCED.tables["contact"], row)
        tx.rows.put(SYNCED.tables["product"], {"id": device.ids("product")[0], "name": "À moi"})
        tx.commit()


def remove_iris(centre: SimulatedCentre) -> None:
    for row in centre.rows("SELECT id FROM contact WHERE name = 'Iris'"):
        centre.remove("contact", str(row["id"]))


def nothing_is_read(s: Stage) -> None:
    """Let her device be greeted and answered, and then the network goes."""
    with s.in_one_breath(), s.weather.plan(None, None, Fault.REQUEST_LOST), suppress(Trouble):
        s.marie.device.exchange()


def what_was_revived_here_goes_with_its_account_while_all_is_read_anew(s: Stage) -> None:
    """The deletion is heard while the edit is on its way: from then on no scope holds the row that the edit revives."""
    s.at_the_centre(lambda centre: centre.remove("contact", LYS))
    while_asking(s, 2, correct(LYS, email="l@example.org"))
    with s.in_one_breath(), s.weather.plan(None, None, Fault.REQUEST_LOST), suppress(Trouble):
        s.marie.device.exchange()  # greeted and told of it while she writes
    s.marie.device.wire.meanwhile = lambda: None
    s.at_the_centre(new_epoch)
    nothing_is_read(s)
    s.plainly("revived", lambda: s.marie.row("contact", LYS)["email"] == "l@example.org")
    s.at_the_centre(partial(_give, HERS, s.reps[1]))
    s.marie.sync()
    s.paul.sync()
    s.expect("it is his", lambda: s.paul.row("contact", LYS)["email"] == "l@example.org")
    s.expect("no longer hers", lambda: LYS not in s.marie.device.ids("contact"))


def new_epoch(centre: SimulatedCentre) -> None:
    centre.begin_an_epoch()


def the_epoch_changes_between_two_requests(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.at_the_centre(lambda centre: centre.put("contact", LYS, role="Gérante"))
    turn = iter((lambda: None, lambda: new_epoch(s.centre)))

    def change() -> None:
        work = next(turn, None)
        if work is not None:
            s.at_the_centre(lambda _centre: work())

    s.marie.device.wire.meanwhile = change
    s.marie.sync()
    s.marie.device.wire.meanwhile = lambda: None
    s.expect("both", lambda: s.marie.row("contact", LYS)["role"] == "Gérante")


def a_rep_changes_team(s: Stage) -> None:
    s.marie.do(plan(HERS, "Rappeler"))
    s.at_the_centre(lambda centre: centre.put("rep", s.reps[0], team="sud"))
    s.marie.sync()
    s.paul.sync()
    s.marie.do(undo)
    s.marie.sync()
    s.expect("nobody else is in it", lambda: s.marie.device.ids("rep") == [s.reps[0]])
    s.expect("she left his", lambda: s.paul.device.ids("rep") == [s.reps[1]])


SCRIPTS: tuple[Script, ...] = (
    an_account_moves_away_with_edits_on_the_way,
    an_account_moves_away_and_back_unseen,
    an_account_moves_away_is_worked_on_and_comes_back,
    an_account_moves_away_and_back_seen_each_time,
    two_accounts_change_hands_at_once,
    a_first_pull_comes_in_pieces,
    a_first_pull_meets_work_of_its_own,
    the_centre_writes_during_a_first_pull,
    everything_begins_anew_with_work_on_the_way,
    what_was_made_here_goes_with_its_account_while_all_is_read_anew,
    what_was_made_here_goes_with_its_account_though_months_passed,
    what_the_centre_still_holds_is_not_done_again_where_its_account_has_left,
    what_was_made_here_and_deleted_elsewhere_goes_when_all_is_read_anew,
    what_was_made_here_and_deleted_elsewhere_does_not_come_back_by_a_refusal,
    what_was_made_here_comes_back_by_a_refusal_and_goes_elsewhere_before_all_is_read,
    what_was_made_here_is_deleted_here_before_all_is_read_and_was_not_named,
    what_was_made_here_is_deleted_here_while_all_is_read_and_was_not_named,
    what_was_revived_here_goes_with_its_account_while_all_is_read_anew,
    the_epoch_changes_between_two_requests,
    a_rep_changes_team,
)
