"""The Northwind exports come in whole, once, and again only where they changed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, update

from app.store.rows import SYNCED
from sync.server.database import in_one_write
from sync.server.feed import Feed
from sync.server.versions import FIRST
from tests.server.imports.importing import Centre, Content, Edit, Import

FIGURES = {
    "accounts": 91,
    "contacts": 91,
    "products": 77,
    "orders": 830,
    "lines": 2155,
    "net": 126_579_329,
    "rejected": 0,
}


def _changed(before: Content, after: Content) -> dict[str, int]:
    """How many rows of each table are not as they were."""
    return {name: len(set(after[name]) ^ set(before[name])) for name in after if after[name] != before[name]}


def test_northwind_comes_in_whole(centre: Centre, northwind: Path, imported: Import) -> None:
    outcome = imported(centre, northwind)
    assert (outcome.code, outcome.figures) == (0, FIGURES)
    lines = centre.rows("order_line").values()
    assert sum(int(line["net"] or 0) for line in lines) == FIGURES["net"]
    assert len(centre.rows("account")) == 91
    assert len(centre.rows("rep")) == 9
    assert len(centre.rows("price")) == 77


def test_importing_twice_changes_nothing_not_even_a_sequence(
    filled_centre: Centre, northwind: Path, imported: Import
) -> None:
    before = filled_centre.content()
    outcome = imported(filled_centre, northwind)
    assert (outcome.code, outcome.figures) == (0, FIGURES)
    assert filled_centre.content() == before


def test_a_dry_run_shows_what_would_come_and_writes_nothing(centre: Centre, northwind: Path, imported: Import) -> None:
    before = centre.content()
    outcome = imported(centre, northwind, dry_run=True)
    assert (outcome.code, outcome.figures) == (0, FIGURES)
    assert centre.content() == before
    shown = "\n".join(outcome.said)
    assert "rien n’est écrit" in shown
    assert "comptes\u00a0: 91, dont 91 à créer" in shown
    assert "Alfreds Futterkiste" in shown
    assert "1\u00a0265\u00a0793,29\u00a0€" in shown


def test_a_dry_run_makes_no_centre_where_there_is_none(tmp_path: Path, northwind: Path, imported: Import) -> None:
    path = tmp_path / "none.db"

    nowhere = Centre(f"sqlite:///{path}")
    assert imported(nowhere, northwind, dry_run=True).figures == FIGURES
    assert not path.exists()


def test_a_fresh_centre_is_brought_up_first(tmp_path: Path, northwind: Path, imported: Import) -> None:
    fresh = Centre(f"sqlite:///{tmp_path / 'fresh.db'}")
    assert imported(fresh, northwind).code == 0
    assert imported(fresh, northwind, dry_run=True).figures == FIGURES


def test_a_changed_quantity_changes_just_its_line(
    filled_centre: Centre, northwind: Path, imported: Import, edit: Edit
) -> None:
    before = filled_centre.content()
    edit(northwind / "orders.csv", 2, "10248,11,14,12,0", "10248,11,14,13,0")
    outcome = imported(filled_centre, northwind)
    assert outcome.figures == FIGURES | {"net": FIGURES["net"] + 1400}
    # One row, its entry in the feed, and the head of its portfolio: each counted as it was and as it is.
    assert _changed(before, filled_centre.content()) == {"order_line": 2, "sync_entry": 2, "sync_scope": 2}


def test_what_a_person_changed_stands_until_the_files_say_something_new_there(
    filled_centre: Centre, northwind: Path, imported: Import, edit: Edit
) -> None:
    table = SYNCED.tables["contact"]
    contact = next(row for row in filled_centre.rows("contact").values() if row["name"] == "Maria Anders")
    engines = filled_centre.engines
    try:

        def call(connection: Connection) -> None:
            values = {"role": "Gérante", "phone": "06 39 98 00 01"}
            connection.execute(update(table).where(table.c.id == contact["id"]).values(values))
            feed = Feed(connection)
            feed.touch("contact", [str(contact["id"])])
            feed.seal()

        in_one_write(engines, call)
    finally:
        engines.dispose()
    before = filled_centre.content()
    imported(filled_centre, northwind)
    assert filled_centre.content() == before
    edit(northwind / "customers.csv", 2, "030-0074321", "030-0074399")
    imported(filled_centre, northwind)
    now = filled_centre.rows("contact")[str(contact["id"])]
    assert (now["role"], now["phone"]) == ("Gérante", "030-0074399")


def test_the_portfolio_is_of_whoever_took_the_latest_order(
    filled_sqlite_centre: Centre, northwind: Path, imported: Import, edit: Edit
) -> None:
    logins = {row["id"]: row["login"] for row in filled_sqlite_centre.rows("rep").values()}
    owners = {
        row["number"]: logins[row["rep_id"]] for row in filled_sqlite_centre.rows("account").values() if row["rep_id"]
    }
    # ALFKI's last order, 11011 of 9 April 1998, was taken by employee 3.
    assert owners["ALFKI"] == "leverling"
    assert {"FISSA", "PARIS"}.isdisjoint(owners)  # they never ordered
    # A later order of another employee moves the whole account.
    with (northwind / "orders.csv").open("a", encoding="utf-8") as file:
        file.write("20001,ALFKI,7,1998-05-07,1998-06-01,,1,10.00,Ship,Street,City,,1,Germany,20001,11,21,1,0.05\n")
    outcome = imported(filled_sqlite_centre, northwind)
    assert outcome.figures == FIGURES | {"orders": 831, "lines": 2156, "net": FIGURES["net"] + 1995}
    account = next(row for row in filled_sqlite_centre.rows("account").values() if row["number"] == "ALFKI")
    assert logins[account["rep_id"]] == "king"
    # What comes later may come otherwise after a centre was put back: its version says what it holds.
    versions = {row["number"]: int(row["ver"] or 0) for row in filled_sqlite_centre.rows("customer_order").values()}
    assert versions.pop("20001") > FIRST == max(versions.values())


def test_orders_are_cut_by_range_and_priced_by_line(filled_sqlite_centre: Centre) -> None:
    order = next(row for row in filled_sqlite_centre.rows("customer_order").values() if row["number"] == "10250")
    assert (order["edition"], order["signed_on"], order["status"]) == (1996, "1996-07-08", "completed")
    parts = {
        row["id"]: row
        for row in filled_sqlite_centre.rows("ordered_sub_order").values()
        if row["order_id"] == order["id"]
    }
    assert sorted((row["number"], row["range_name"]) for row in parts.values()) == [
        ("101", "Condiments"),
        ("601", "Produce"),
        ("701", "Seafood"),
    ]
    lines = [row for row in filled_sqlite_centre.rows("order_line").values() if row["sub_order_id"] in parts]
    # 10 × 7,70; 35 × 42,40 less 15 %; 15 × 16,80 less 15 %
    assert sorted(int(row["net"] or 0) for row in lines) == [7_700, 21_420, 126_140]


def test_an_order_not_shipped_is_still_in_production(filled_sqlite_centre: Centre) -> None:
    statuses = [row["status"] for row in filled_sqlite_centre.rows("customer_order").values()]
    assert (statuses.count("in_production"), statuses.count("completed")) == (21, 809)


def test_foreign_letters_and_addresses_come_as_they_are(filled_sqlite_centre: Centre) -> None:
    accounts = {row["number"]: row for row in filled_sqlite_centre.rows("account").values()}
    assert accounts["ANATR"]["street"] == "Avda. de la Constitución 2222"
    assert accounts["BERGS"]["city"] == "Luleå"
    assert (accounts["SANTG"]["country"], accounts["SANTG"]["language"]) == ("NO", "en")
    assert (accounts["VINET"]["country"], accounts["VINET"]["language"]) == ("FR", "fr")
    details = filled_sqlite_centre.rows("advertiser_details")[str(accounts["ALFKI"]["id"])]
    assert (details["name"], details["phone"]) == ("Alfreds Futterkiste", "030-0074321")


def test_all_rows_reach_the_scopes_they_belong_to(filled_centre: Centre) -> None:
    content = filled_centre.content()
    heads = {scope: int(str(head)) for scope, _, head, *_ in content["sync_scope"]}
    assert heads["catalogue"] == 8 + 77 + 77
    assert heads["team:northwind"] == 9
    rows = sum(len(content[name]) for name in SYNCED.tables)
    assert sum(heads.values()) == rows == len(content["sync_entry"])
