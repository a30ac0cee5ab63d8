"""What stands on the bench: the names and figures of the design's pictures."""

from __future__ import annotations

from views import formats
from views.shell.theme import Chip
from views.widgets.rows import Row
from views.widgets.tree_rows import Branch, Cell, Column, TreeRow

LIST_ROWS = (
    Row(
        "Bat-Etanche", "Couvreur · Maintenon", (Chip("Rejet", "danger"),), formats.amount_runs(862000), trailing="repos"
    ),
    Row("Modern Optic", "Opticien · Nogent-le-Roi", (Chip("Devis"),), formats.amount_runs(318000), trailing="survol"),
    Row(
        "Au nom de la Rose",
        "Fleuriste · Chartres",
        (Chip("Chargé", "ok"),),
        formats.amount_runs(514400),
        trailing="choisie",
    ),
    Row("Garage Lenoir", "Réparation automobile · Dreux", (), formats.amount_runs(194000), trailing="focus"),
    Row(
        "Référencement local",
        "Fleuristes · Chartres",
        (Chip("annulé", "danger"),),
        formats.amount_runs(-22800),
        trailing="annulée",
        struck=True,
    ),
    None,
)

COLUMNS = (
    Column("product", "Produit"),
    Column("state", "", "tree_state"),
    Column("quantity", "Qté", "tree_quantity", "stepper", stays=False),
    Column("discount", "Remise", "percent_field", "percent"),
    Column("net", "HT 2027", "amount_column", "money"),
)


def _line(key: str, title: str, subtitle: str, state: Chip | str, net: int, beside: str, discount: int = 0) -> TreeRow:
    said = Cell(chip=state) if isinstance(state, Chip) else Cell(state, colour="text-3", size="small")
    cells = (
        said,
        Cell("1", colour="text-2", value=1),
        Cell(formats.percent(discount) if discount else formats.DASH, value=discount),
        Cell(runs=formats.amount_runs(net), sub=beside, value=net),
    )
    struck = isinstance(state, Chip) and state.status == "danger"
    return TreeRow(title, subtitle, cells=cells, key=key, struck=struck)


def _branch(number: str, title: str, net: int, lines: tuple[TreeRow, ...], note: str = "", *chips: Chip) -> Branch:
    colour = "danger" if net < 0 else "text"
    cells = (Cell(), Cell(), Cell(), Cell(runs=formats.amount_runs(net), colour=colour))
    return Branch(TreeRow(title, number=number, note=note, chips=chips, cells=cells, key=number), lines)


def branches() -> tuple[Branch, ...]:
    """The proposal of the design's picture."""
    print_lines = (
        _line(
            "a", "Bloc annonce 1/8 de page", "Fleuristes · Eure-et-Loir", "reconduit", 148000, "1\u00a0452,00 en 2026"
        ),
        _line("b", "Ligne en gras et logo", "Fleuristes · Chartres", "reconduit", 31200, "305,00 en 2026"),
        _line(
            "c",
            "Display, 4ᵉ de couverture",
            "Eure-et-Loir · emplacement demandé",
            Chip("ajouté", "accent"),
            197800,
            "au lieu de 2\u00a0150,00",
            800,
        ),
    )
    site_lines = (
        _line(
            "d",
            "Site, formule Essentiel",
            "au lieu de Confort · Chartres",
            Chip("modifié", "info"),
            -48000,
            "1\u00a0320,00 en 2026",
        ),
        _line("e", "Référencement local", "Fleuristes · Chartres", Chip("annulé", "danger"), -22800, "228,00 en 2026"),
    )
    online_lines = (
        _line("f", "Fiche premium", "Fleuristes · Chartres", "reconduit", 94800, "920,00 en 2026"),
        _line(
            "g",
            "Campagne mots-clés, 3 mois",
            "mars à mai · Eure-et-Loir",
            Chip("changé", "info"),
            113400,
            "au lieu de 1\u00a0260,00",
            1000,
        ),
    )
    wedding = (_line("h", "Coordonnées", "Chartres", "modifié", 0, ""),)
    return (
        _branch("001", "Imprimé", 377000, print_lines),
        _branch("101", "Site vitrine", -70800, site_lines, "MO 101-02", Chip("négative", "danger")),
        _branch("201", "Visibilité en ligne", 208200, online_lines),
        _branch(
            "301", "Mariage en ligne", 0, wedding, "MO 301-01 · coordonnées seulement", Chip("rien ne change", "warn")
        ),
    )
