"""An import takes no place away from under the line that it is held for: it names its own line, and writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from sync.server.feed import Feed, write
from sync.server.tables import HOLD
from tests.server.imports.importing import Centre, Import
from tests.server.imports.test_other_exports import MAPPING, office

__all__ = ["office"]

PLACES = "Place;Réf.;Secteur;Rang\nP1;A1;Eure-et-Loir;1\nP2;A1;Loiret;1\n"


def say(office: Path, places: str) -> Path:
    """Let the export say this of places; gives the mapping, by which a place has a name of its own."""
    (office / "emplacements.csv").write_bytes(places.encode("cp1252"))
    mapping = office.parent / "gestion.yaml"
    text = MAPPING.replace("&plain", "").replace("key: [Réf., Secteur, Rang]", "key: [Place]")
    mapping.write_text(text, encoding="utf-8")
    return mapping


def hold(centre: Centre, area: str) -> None:
    """Let the place there be held for the baker."""
    (slot,) = (row["id"] for row in centre.rows("slot").values() if row["area"] == area)
    (account,) = (row["id"] for row in centre.rows("account").values() if row["number"] == "28-7")
    asked = {"slot_id": slot, "account_id": account, "line_id": "l" * 32, "rep_id": "r" * 32, "asked_at": 1}

    def grant(connection: Connection, feed: Feed) -> None:
        feed.load("reservation", [{"id": "a" * 32, **asked, "state": "granted", "valid_until": 2}])
        held = {"slot_id": slot, "reservation_id": "a" * 32, "line_id": "l" * 32, "valid_until": 2}
        connection.execute(insert(HOLD), held)

    engines = centre.engines
    write(engines, grant)
    engines.dispose()


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_held_place_stays_the_place_it_is(centre: Centre, office: Path, imported: Import, *, dry_run: bool) -> None:
    imported(centre, office, mapping=say(office, PLACES))
    hold(centre, "Eure-et-Loir")
    before = centre.content()
    changed = PLACES.replace("P1;A1;Eure-et-Loir;1", "P1;W1;Eure-et-Loir;1").replace("Loiret;1", "Loiret;2")
    outcome = imported(centre, office, mapping=say(office, changed), dry_run=dry_run, language="en")
    (said,) = outcome.said
    assert said == (
        "emplacements.csv, line 2: place held for “L'Épi d'Or”: Pavé d'annonce · Eure-et-Loir · 2027 cannot become "
        "Site vitrine · Eure-et-Loir · 2027. Have it let go, or give the new one a key of its own"
    )
    assert (outcome.code, outcome.figures["rejected"]) == (2, 1)
    assert centre.content() == before, "the free place beside it is not written either"


def test_what_nobody_holds_may_become_another_place_and_what_is_said_again_is_no_change(
    sqlite_centre: Centre, office: Path, imported: Import
) -> None:
    imported(sqlite_centre, office, mapping=say(office, PLACES))
    hold(sqlite_centre, "Eure-et-Loir")
    outcome = imported(sqlite_centre, office, mapping=say(office, PLACES.replace("Loiret;1", "Loiret;2")))
    assert outcome.code == 0
    places = sorted((row["area"], row["number"]) for row in sqlite_centre.rows("slot").values())
    assert places == [("Eure-et-Loir", 1), ("Loiret", 2)]
