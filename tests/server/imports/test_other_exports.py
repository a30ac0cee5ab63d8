"""Exports as a French office program writes them: semicolons, commas, accents of Windows, days the other way round."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.server.imports.importing import Centre, Import

MAPPING = """\
format: 1
source: gestion
files:
  clients: &plain
    path: clients.csv
    encoding: cp1252
    delimiter: ';'
    dates: ['%d/%m/%Y', '%d/%m/%y']
    empty: ['N/C']
  tarif: {path: tarif.csv, encoding: cp1252, delimiter: ';', decimal: ',', thousands: ' ', dates: ['%d/%m/%Y']}
  ventes: {path: ventes.csv, encoding: cp1252, delimiter: ';', decimal: ',', dates: ['%d/%m/%Y']}
  emplacements: {path: emplacements.csv, encoding: cp1252, delimiter: ';'}
reps:
  file: ventes
  key: [Vendeur]
  grouped: true
  fields:
    login: {column: Vendeur, change: lower}
    name: {column: Vendeur, change: title}
    discount_limit: {constant: '12.5', unit: percent}
ranges:
  file: tarif
  key: [Famille]
  grouped: true
  fields:
    number: {column: Famille, values: {Imprimé: '001', Web: '101'}}
    name: Famille
products:
  file: tarif
  key: [Réf.]
  fields:
    code: Réf.
    name: Désignation
    range: Famille
    vat_rate: {column: TVA, unit: percent}
    is_favourite: {column: Favori, default: non}
prices:
  - name: '2026'
    file: tarif
    key: [Réf.]
    fields:
      product: Réf.
      edition: {constant: 2026}
      net: Prix 2026
      valid_from: {constant: '2026-01-01'}
      valid_until: {constant: '2026-12-31'}
  - name: '2027'
    file: tarif
    key: [Réf.]
    fields:
      product: Réf.
      edition: {constant: 2027}
      net: Prix 2027
      valid_from: {constant: '2027-01-01'}
      valid_until: {constant: '2027-12-31'}
slots:
  - file: emplacements
    key: [Réf., Secteur, Rang]
    fields: {product: Réf., edition: {constant: 2027}, area: Secteur, number: Rang}
accounts:
  file: clients
  key: [Agence, Numéro]
  fields:
    number: {columns: [Agence, Numéro], join: '-'}
    trade_name: Raison sociale
    street: {columns: [Adresse 1, Adresse 2], join: ', '}
    renew_by: Échéance
    customer_since: {column: Entrée, part: year}
    rep:
      column: Vendeur
      look_up: {file: ventes, where: {Agence: Agence, Client: Numéro}, latest: {column: Date}}
    published_opening_hours: Horaires
contacts:
  - name: gérant
    file: clients
    key: [Agence, Numéro]
    fields: {account: {columns: [Agence, Numéro]}, name: Gérant, is_signatory: {constant: true}}
  - name: compta
    file: clients
    key: [Agence, Numéro]
    fields: {account: {columns: [Agence, Numéro]}, name: Comptable, email: Courriel}
orders:
  file: ventes
  key: [Bon]
  grouped: true
  fields:
    account: {columns: [Agence, Client]}
    number: Bon
    edition: {column: Date, part: year}
    signed_on: Date
lines:
  - file: ventes
    key: [Bon, Réf.]
    fields:
      order: Bon
      product: Réf.
      quantity: {column: Douzaines, times: '12'}
      unit_price: {column: PU, round: true}
      discount: {column: Remise, unit: percent, default: '0'}
"""
CLIENTS = """\
Agence;Numéro;Raison sociale;Adresse 1;Adresse 2;Échéance;Entrée;Gérant;Comptable;Courriel;Horaires
28;7;L'Épi d'Or;1 place du Marché;Bât. C;15/12/2026;03/02/2011;Zoé Ménard;Luc Œuf;compta@epi.example;"Lun.-Sam.
7 h à 19 h"
45;7;Boulangerie Noël;2 rue Basse;;;01/09/98;Éric Noël;Ana Roy;N/C;
"""
TARIF = """\
Réf.;Désignation;Famille;TVA;Favori;Prix 2026;Prix 2027
A1;Pavé d'annonce;Imprimé;20 %;oui;1 452,00 €;1 480,00 €
W1;Site vitrine;Web;5,5;;12 320,5;12 840
"""
EMPLACEMENTS = """\
Réf.;Secteur;Rang
A1;Eure-et-Loir;1
A1;Eure-et-Loir;2
"""
VENTES = """\
Bon;Date;Agence;Client;Vendeur;Réf.;Douzaines;PU;Remise
B1;03/02/2026;28;7;LAMBERT;A1;1;9,995;12,5
B1;03/02/2026;28;7;LAMBERT;W1;0,25;100;
B2;04/02/2026;28;7;MARTIN;W1;2;0,10;0
B3;03/02/2026;45;7;LAMBERT;A1;1;10;0
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    for name, text in (("clients", CLIENTS), ("tarif", TARIF), ("ventes", VENTES), ("emplacements", EMPLACEMENTS)):
        (folder / f"{name}.csv").write_bytes(text.replace("\n", "\r\n").encode("cp1252"))
    (tmp_path / "gestion.yaml").write_text(MAPPING.replace("&plain", ""), encoding="utf-8")
    return folder


def test_a_french_offices_exports_come_in(centre: Centre, office: Path, imported: Import) -> None:
    outcome = imported(centre, office, mapping=office.parent / "gestion.yaml")
    # 12 × 10,00 less 12,5 % = 105,00; 3 × 100,00; 24 × 0,10; 12 × 10,00
    figures = {"accounts": 2, "contacts": 4, "products": 2, "orders": 3, "lines": 4, "net": 52_740, "rejected": 0}
    assert (outcome.said[0], outcome.code, outcome.figures) == ("Import fait, en une fois\u00a0:", 0, figures)
    accounts = {row["number"]: row for row in centre.rows("account").values()}
    reps = {row["id"]: row for row in centre.rows("rep").values()}
    assert accounts.keys() == {"28-7", "45-7"}
    baker = accounts["28-7"]
    assert (baker["trade_name"], baker["street"]) == ("L'Épi d'Or", "1 place du Marché, Bât. C")
    assert (baker["renew_by"], baker["customer_since"], accounts["45-7"]["customer_since"]) == (
        "2026-12-15",
        2011,
        1998,
    )
    assert (reps[baker["rep_id"]]["name"], reps[accounts["45-7"]["rep_id"]]["name"]) == ("Martin", "Lambert")
    details = centre.rows("advertiser_details")[str(baker["id"])]
    assert details["opening_hours"] == "Lun.-Sam., 7 h à 19 h"
    people = {row["name"]: row for row in centre.rows("contact").values()}
    assert (people["Zoé Ménard"]["is_signatory"], people["Luc Œuf"]["is_signatory"]) == (1, 0)
    assert (people["Luc Œuf"]["email"], people["Ana Roy"]["email"]) == ("compta@epi.example", "")
    products = {row["code"]: row for row in centre.rows("product").values()}
    assert (products["W1"]["vat_rate"], products["A1"]["is_favourite"], products["W1"]["is_favourite"]) == (550, 1, 0)
    prices = {(row["product_id"], row["edition"]): row["net"] for row in centre.rows("price").values()}
    assert prices[products["A1"]["id"], 2027] == 148_000
    assert prices[products["W1"]["id"], 2026] == 1_232_050
    places = sorted((row["area"], row["number"], row["state"]) for row in centre.rows("slot").values())
    assert places == [("Eure-et-Loir", 1, "free"), ("Eure-et-Loir", 2, "free")]
    assert {row["product_id"] for row in centre.rows("slot").values()} == {products["A1"]["id"]}


def test_one_bad_figure_among_them_is_named_where_it_stands(
    sqlite_centre: Centre, office: Path, imported: Import
) -> None:
    path = office / "tarif.csv"
    path.write_bytes(path.read_bytes().replace("12 840".encode("cp1252"), "12.840".encode("cp1252")))
    outcome = imported(sqlite_centre, office, mapping=office.parent / "gestion.yaml", language="en")
    assert outcome.said == ["tarif.csv, line 3, column Prix 2027: “12.840” is no number (decimals after “,”)"]
    assert outcome.code == 2


def test_the_line_of_a_record_that_spans_two_is_where_it_begins(
    sqlite_centre: Centre, office: Path, imported: Import
) -> None:
    path = office / "clients.csv"
    path.write_bytes(path.read_bytes().replace(b"45;7;", b";7;", 1))
    outcome = imported(sqlite_centre, office, mapping=office.parent / "gestion.yaml", language="en")
    assert outcome.said[0] == "clients.csv, line 4, column Agence: empty, where a value is needed"
