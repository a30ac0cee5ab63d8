"""A portfolio of 100,000 accounts as large trades have them: names that begin alike, contacts, running orders."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from app.store.bulk import bulk_insert, rebuild_lists
from app.store.engine import open_encrypted
from app.store.guard import Writer, writing
from app.store.opening import make_store
from app.store.rows.accounts import AccountRow, ContactRow, RepRow
from app.store.rows.base import table_of
from app.store.rows.orders import OrderedSubOrderRow, OrderLineRow, OrderRow
from sync.protocol.changeset import Value

KEY = bytes(range(32))
ACCOUNTS = 100_000
AT_ONCE = 20_000
REP = f"{1:032x}"

TRADES = [
    ("Fleuriste", "Fleurs"),
    ("Couvreur", "Toitures"),
    ("Opticien", "Optique"),
    ("Boulanger", "Boulangerie"),
    ("Garage", "Garage"),
    ("Plombier", "Plomberie"),
    ("Coiffeur", "Coiffure"),
    ("Restaurant", "Auberge"),
    ("Menuisier", "Menuiserie"),
    ("Électricien", "Électricité"),
    ("Pharmacien", "Pharmacie"),
    ("Notaire", "Étude"),
]
PLACES = ["de la Rose", "du Centre", "des Halles", "du Pont", "de l’Église", "du Marché", "Moderne", "des Remparts"]
FAMILIES = ["Martin", "Bernard", "Dubois", "Thomas", "Petit", "Leroy", "Moreau", "Lefèvre", "Garcia", "Faure", "Noël"]
FIRST = ["Claire", "Hélène", "Marc", "Nadia", "Julien", "Inès", "Paul", "Sophie", "Rémi", "Anaïs"]
TOWNS = [("28000", "Chartres", "Eure-et-Loir"), ("45000", "Orléans", "Loiret"), ("37000", "Tours", "Indre-et-Loire")]
TOWNS += [("41000", "Blois", "Loir-et-Cher"), ("72000", "Le Mans", "Sarthe"), ("61000", "Alençon", "Orne")]

Row = dict[str, Value]


def _account(number: int, rng: random.Random) -> tuple[Row, Row, list[Row]]:
    """One account, its contact, and what it has running (an order, its sub-order and line) for six of ten."""
    trade, word = rng.choice(TRADES)
    family = rng.choice(FAMILIES)
    postcode, city, area = rng.choice(TOWNS)
    account_id, contact_id, order_id, part_id, line_id = (f"{kind}{number:031x}" for kind in "abcde")
    account: Row = {
        "id": account_id,
        "ver": 1,
        "number": f"{postcode[:2]}-{number:06}",
        "trade_name": f"{word} {rng.choice(PLACES)} {family}",
        "legal_name": f"{family} {rng.choice(('SARL', 'SAS', 'EURL'))}",
        "activity": trade,
        "area": area,
        "postcode": postcode,
        "city": city,
        "rep_id": REP,
        "renew_by": f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
    }
    contact: Row = {
        "id": contact_id,
        "ver": 1,
        "account_id": account_id,
        "position": 0,
        "name": f"{rng.choice(FIRST)} {family}",
        "email": f"contact{number}@{word[:4].lower()}.example" if rng.random() < 0.9 else "",
        "is_signatory": 1,
    }
    if rng.random() > 0.6:
        return account, contact, []
    mark: Row = {"ver": 1, "account_id": account_id}
    order: Row = {**mark, "id": order_id, "number": f"2026-{number:06}", "edition": 2026, "signed_on": "2025-11-20"}
    part: Row = {**mark, "id": part_id, "order_id": order_id, "position": 0, "number": "001", "range_name": "Imprimé"}
    line: Row = {**mark, "id": line_id, "sub_order_id": part_id, "position": 0, "product": "BLOC", "label": "Bloc"}
    net = rng.randint(200_00, 9_000_00)
    return account, contact, [{**order, "status": "in_production"}, part, {**line, "net": net, "vat_rate": 2000}]


def _portions(seed: int) -> Iterator[list[tuple[Row, Row, list[Row]]]]:
    rng = random.Random(seed)
    for start in range(0, ACCOUNTS, AT_ONCE):
        yield [_account(number, rng) for number in range(start, start + AT_ONCE)]


def fill(path: Path, seed: int = 20261121) -> None:
    """Makes the store at `path` under `KEY` (some ten seconds)."""
    make_store(path, KEY, "")
    engines = open_encrypted(path, KEY)
    try:
        with engines.writer.begin() as connection, writing(connection, Writer.SYNC):
            rep: Row = {"id": REP, "ver": 1, "login": "jl", "name": "Julie Lambert", "team": "centre"}
            bulk_insert(connection, table_of(RepRow), [rep])
            for portion in _portions(seed):
                bulk_insert(connection, table_of(AccountRow), [account for account, _contact, _running in portion])
                bulk_insert(connection, table_of(ContactRow), [contact for _account, contact, _running in portion])
                for place, row in enumerate((OrderRow, OrderedSubOrderRow, OrderLineRow)):
                    bulk_insert(connection, table_of(row), [running[place] for *_, running in portion if running])
            rebuild_lists(connection)
    finally:
        engines.dispose()
