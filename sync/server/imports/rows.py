"""Makes the centre's rows out of what was read: each line priced by the trade's own rule, each order cut by range."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.money import Money
from sync.server.imports.cells import Value
from sync.server.imports.things import Shelf, Thing, id_of

RowValues = dict[str, Value]


TABLES = (
    "rep",
    "product_range",
    "product",
    "price",
    "slot",
    "account",
    "contact",
    "advertiser_details",
    "customer_order",
    "ordered_sub_order",
    "order_line",
)
"""Every table an import can fill, what is referred to before what refers to it."""


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row to write.

    `given` are the columns that the files decide, None where a cell is empty; `start` the values that a new row
    begins with, where they differ from the column's own. `file` and `line` say where it stands, for what can only be
    judged beside what the centre has.
    """

    given: RowValues
    start: RowValues
    file: str = ""
    line: int = 0


@dataclass(slots=True)
class Imported:
    """All rows of an import, by table (what is referred to first), then by id."""

    tables: dict[str, dict[str, ImportedRow]] = field(default_factory=lambda: {name: {} for name in TABLES})
    net: int = 0
    """What all order lines come to, in cents, discounts taken off."""

    def put(self, table: str, row_id: str, given: RowValues, start: RowValues | None = None) -> None:
        """Keep one row."""
        self.tables[table][row_id] = ImportedRow(given, start or {})

    def count(self, table: str) -> int:
        """Give how many rows of a table were understood."""
        return len(self.tables[table])


def imported_rows(source: str, shelves: Mapping[str, Shelf]) -> Imported:
    """Make the rows of every section. `source` is the mapping's."""
    rows = Imported()
    things = {kind: list(shelf.things.values()) for kind, shelf in shelves.items()}
    for rep in things.get("reps", ()):
        rows.put("rep", rep.id, dict(rep.values))
    for family in things.get("ranges", ()):
        rows.put("product_range", family.id, dict(family.values))
    for product in things.get("products", ()):
        rows.put("product", product.id, _renamed(product.values, range="range_id"), {"kind": "goods"})
    for position, price in _numbered(things.get("prices", ()), "product"):
        rows.put("price", price.id, _renamed(price.values, product="product_id") | {"position": position})
    for slot in things.get("slots", ()):  # whether it is held is said by whoever holds it, never by a file
        given = _renamed(slot.values, product="product_id")
        rows.tables["slot"][slot.id] = ImportedRow(given, {}, slot.file, slot.line)
    for account in things.get("accounts", ()):
        _put_account(rows, account)
    for position, contact in _numbered(things.get("contacts", ()), "account"):
        rows.put("contact", contact.id, _renamed(contact.values, account="account_id") | {"position": position})
    _put_orders(rows, source, shelves)
    return rows


def _renamed(values: Mapping[str, Value], **names: str) -> RowValues:
    """Name the columns as the rows do."""
    return {names.get(name, name): value for name, value in values.items()}


def _numbered(things: Iterable[Thing], owner: str) -> Iterable[tuple[int, Thing]]:
    """Number things within their owner, in the order of the file."""
    met: dict[Value, int] = defaultdict(int)
    for thing in things:
        yield met[thing.values[owner]], thing
        met[thing.values[owner]] += 1


_ADDRESS = ("street", "postcode", "city")


def _put_account(rows: Imported, account: Thing) -> None:
    values = _renamed(account.values, rep="rep_id")
    published = {name: values.pop(name) for name in list(values) if name.startswith("published_")}
    rows.put("account", account.id, values, {"country": "FR"})
    details: RowValues = {name.removeprefix("published_"): value for name, value in published.items()}
    address = {name: values.get(name) or "" for name in _ADDRESS} | {"country": values.get("country") or "FR"}
    start: RowValues = {"name": values["trade_name"], **address}
    rows.put("advertiser_details", account.id, details | {"account_id": account.id}, start)


def _put_orders(rows: Imported, source: str, shelves: Mapping[str, Shelf]) -> None:
    orders = {order.id: order for order in shelves.get("orders", Shelf()).things.values()}
    products = {product.id: product for product in shelves.get("products", Shelf()).things.values()}
    ranges = {family.id: family for family in shelves.get("ranges", Shelf()).things.values()}
    for order in orders.values():
        given = _renamed(order.values, account="account_id")
        rows.put("customer_order", order.id, given, {"status": "completed"})
    kept: dict[str, dict[str, list[Thing]]] = defaultdict(lambda: defaultdict(list))
    for line in shelves.get("lines", Shelf()).things.values():
        order_id, product_id = str(line.values["order"]), str(line.values["product"])
        if order_id in orders and product_id in products:
            kept[order_id][str(products[product_id].values["range"])].append(line)
    for order_id, parts in kept.items():
        order = orders[order_id]
        known = sorted((ranges[range_id] for range_id in parts if range_id in ranges), key=_range_number)
        for position, family in enumerate(known):
            part_id = id_of(source, "sub_orders", (*order.key, *family.key))
            part: RowValues = {
                "account_id": order.values["account"],
                "order_id": order_id,
                "position": position,
                "number": family.values["number"],
                "range_id": family.id,
                "range_name": family.values["name"],
            }
            rows.put("ordered_sub_order", part_id, part)
            for index, line in enumerate(parts[family.id]):
                _put_line(rows, order, part_id, index, line, products[str(line.values["product"])])


def _range_number(family: Thing) -> tuple[str, str]:
    return str(family.values["number"]), family.id


def _put_line(rows: Imported, order: Thing, part_id: str, position: int, line: Thing, product: Thing) -> None:
    values = line.values
    unit_price, quantity, discount = (_whole(values.get(name)) for name in ("unit_price", "quantity", "discount"))
    net = Money(unit_price).times(quantity).less(discount)
    rows.net += net.cents
    given: RowValues = {
        "account_id": order.values["account"],
        "sub_order_id": part_id,
        "position": position,
        "product_id": product.id,
        "product": product.values["code"],
        "label": values.get("label") or product.values["name"],
        "net": net.cents,
        "vat_rate": product.values["vat_rate"],
        "quantity": quantity,
        "unit_price": unit_price,
        "discount": discount,
    }
    given |= {name: values[name] for name in ("activity", "area", "period") if name in values}
    rows.put("order_line", line.id, given)


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0
