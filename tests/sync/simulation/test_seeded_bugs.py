"""The simulation can see: each fault that is put into the product from outside breaks a promise that it watches."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.sync.simulation import faults, faults_of_the_road
from tests.sync.simulation.conftest import Place
from tests.sync.simulation.faults import Fault
from tests.sync.simulation.ledger import Violation
from tests.sync.simulation.points import Blow
from tests.sync.simulation.prepared import Prepared
from tests.sync.simulation.scripts import SCRIPTS
from tests.sync.simulation.simulation import Plan, run
from tests.sync.simulation.stage import play
from tests.sync.simulation.telling import Tell

pytestmark = [pytest.mark.expects_log, pytest.mark.timeout(600)]

MOST_SEEDS = 8
"""Within how many seeds a fault must be found; the check runs twenty."""
NOT_THE_SAME = "not converged|sums differ|memberships|out of scope"
NOT_ANSWERED = f"never came to the centre|answer kept is another|no problem put|DEVICE_CLONED|{NOT_THE_SAME}"


@dataclass(frozen=True)
class Bug:
    """A fault, the promises of which it breaks one, the script that finds it, and where that is struck, if anywhere."""

    fault: Fault
    promise: str
    script: str
    blow: str = ""


BUGS = [
    Bug(
        faults.cursor_before_rows,
        NOT_THE_SAME,
        "an_edit_is_sent_and_comes_to_the_other_device",
        "marie1.commit:apply#1: device dies",
    ),
    Bug(faults.outbox_cleared_when_sent, f"{NOT_ANSWERED}|a shadow is left", "a_conflict_is_decided_for_mine"),
    Bug(faults.outbox_cleared_by_range, NOT_ANSWERED, "two_devices_name_and_price_one_proposal"),
    Bug(
        faults.edits_not_laid_on_top,
        "does not show",
        "the_rep_goes_on_while_a_request_is_under_way",
        "marie1.piece:exchange/end#1: connection breaks",
    ),
    Bug(faults.departures_unheard, NOT_THE_SAME, "an_account_moves_away_and_back_seen_each_time"),
    Bug(faults.departures_untold, "feed is not what the tables hold", "an_account_moves_away_with_edits_on_the_way"),
    Bug(faults.problems_unsaid, "no problem put before the rep", "a_refusal_holds_nothing_up"),
    Bug(faults.delete_wins, "a deletion beat an edit", "a_deletion_comes_after_the_edit_and_is_not_carried_out"),
    Bug(
        faults.last_writer_wins, "silent overwrite: theirs is lost", "two_devices_change_one_field_and_the_rep_is_asked"
    ),
    Bug(
        faults_of_the_road.counts_trusted,
        "silent overwrite: theirs is lost|what came between stands",
        "a_version_is_given_twice_by_a_centre_that_is_put_back",
    ),
    Bug(
        faults_of_the_road.versions_that_only_count,
        "two things under one version|heard at once",
        "a_version_says_the_same_however_often_it_is_given",
    ),
    Bug(faults.first_writer_wins, "silent overwrite", "two_devices_change_one_field_and_the_rep_is_asked"),
    Bug(
        faults.record_outside_the_transaction,
        "effect without its record",
        "an_edit_is_sent_and_comes_to_the_other_device",
    ),
    Bug(faults.record_lost, "the centre stumbled|DEVICE_CLONED", "what_was_sent_is_sent_again"),
    Bug(faults.refusals_not_stored, "trouble|not drained|never came", "a_refusal_holds_nothing_up"),
    Bug(faults.counter_with_holes, "sequence not dense", "an_edit_is_sent_and_comes_to_the_other_device"),
    Bug(faults.scopes_of_everybody, "out of scope", "an_edit_is_sent_and_comes_to_the_other_device"),
    Bug(
        faults_of_the_road.refused_rows_stay_in_the_lot,
        "silent overwrite|changed rows|not named",
        "a_frozen_proposal_takes_nothing_more",
    ),
    Bug(
        faults_of_the_road.lot_without_its_own_words,
        "silent overwrite|not named",
        "a_rep_edits_the_same_offline_twice_and_goes_on",
    ),
    Bug(faults_of_the_road.last_frame_unapplied, NOT_THE_SAME, "a_first_pull_comes_in_pieces"),
    Bug(faults_of_the_road.repair_over_edits, "does not show", "a_damaged_row_is_repaired_under_an_edit"),
    Bug(
        faults_of_the_road.expired_load_told, "out of scope|scopes held", "a_load_ends_and_what_comes_after_is_not_told"
    ),
    Bug(faults_of_the_road.clone_keeps_its_name, "trouble", "a_store_is_copied_and_both_go_on"),
    Bug(
        faults_of_the_road.answered_last_not_compared,
        "never came to the centre",
        "a_copy_takes_the_place_of_all_that_a_centre_lost",
    ),
    Bug(faults_of_the_road.answers_do_not_stick, "trouble", "an_edit_is_sent_and_comes_to_the_other_device"),
    Bug(
        faults_of_the_road.prune_eats_unanswered,
        "gone from the outbox|does not show|theirs is lost",
        "what_was_answered_long_ago_is_let_go",
    ),
    Bug(
        faults_of_the_road.mass_deletion_applied, "all are still there", "much_is_deleted_at_once_and_the_rep_is_asked"
    ),
    Bug(faults_of_the_road.lost_work_not_sent_again, "trouble|never came", "the_centre_is_put_back_and_nobody_is_told"),
    Bug(
        faults_of_the_road.places_granted_unlooked,
        "oversold|the centre stumbled|not as the script says: he is told|refused without",
        "two_reps_ask_for_the_last_place_and_she_is_first",
    ),
    Bug(faults_of_the_road.lists_not_renewed, "quick lists", "an_edit_is_sent_and_comes_to_the_other_device"),
]


@pytest.mark.parametrize("bug", BUGS, ids=[bug.fault.__name__ for bug in BUGS])
def test_the_simulation_finds_a_fault(
    bug: Bug, place: Place, prepared: Prepared, monkeypatch: pytest.MonkeyPatch, tell: Tell
) -> None:
    bug.fault(monkeypatch)
    blow = Blow.parse(bug.blow) if bug.blow else None
    with pytest.raises(Violation, match=bug.promise) as found, place() as places:
        play(SCRIPTS[bug.script], prepared, places.folder, blow)
    tell("bug", f"{bug.fault.__name__} -> {str(found.value).partition(':')[0]} (in {bug.script})")


def test_random_worlds_find_a_fault_too(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    faults.last_writer_wins(monkeypatch)
    with pytest.raises(Violation, match="silent overwrite"):  # noqa: PT012 - it may take a few seeds
        for seed in range(1, MOST_SEEDS + 1):
            with place() as places:
                run(seed, places, Plan())
