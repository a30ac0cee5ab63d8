"""The second sheet: tables, lists, charts, the round, the stations, the pad and a document."""

from __future__ import annotations

from io import BytesIO
from math import cos, pi, sin

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from views import formats
from views.gallery.bench import THEME_WORDS, Sheet, below, beside, part
from views.gallery.samples import COLUMNS, branches
from views.shell.theme import Chip, Ink, set_surface, theme
from views.widgets.bar_chart import Bar, BarChart, Legend
from views.widgets.buttons import AddBar
from views.widgets.check_row import CheckRow, RadioRow
from views.widgets.labels import AmountLabel, label, rule
from views.widgets.list_rows import ListRows
from views.widgets.notice import Notice
from views.widgets.pdf_view import PdfView
from views.widgets.plan_bar import Part, PlanBar
from views.widgets.route_sketch import RouteSketch, Stop
from views.widgets.rows import Row, RowsModel
from views.widgets.span_rows import Span, SpanRow, SpanRows
from views.widgets.stroke_pad import StrokePad
from views.widgets.strokes import Stroke, StrokePoint
from views.widgets.sync_steps import StepHeads, steps_text
from views.widgets.timeline import Timeline
from views.widgets.tree_rows import TreeModel
from views.widgets.tree_table import TreeTable
from views.widgets.two_line_delegate import TwoLineDelegate

_STATIONS = ("Ici", "Centre", "Production")


class PatternsSheet(Sheet):
    """The larger parts a page is made of."""

    def fill(self) -> None:
        words = f"Tables, listes, images · {THEME_WORDS[self.theme_name]}"
        self.page.addLayout(beside([label("Motifs", "display"), label(words, "muted"), None], 4))
        upper = beside([self._tree(), below([self._plan(), self._chart(), None], 6)], 8)
        upper.setStretch(0, 1)
        self.page.addLayout(upper)
        lower = beside([self._round(), self._spans()], 10)
        lower.setStretch(0, 1)
        lower.setStretch(1, 1)
        self.page.addLayout(lower)
        third = beside([self._steps(), self._tasks()], 10)
        third.setStretch(0, 1)
        self.page.addLayout(third)
        last = beside([self._document(), below([self._pad(), self._timeline(), None], 6)], 10)
        last.setStretch(0, 1)
        last.setStretch(1, 1)
        self.page.addLayout(last)
        self.page.addStretch(1)

    def _tree(self) -> QLayout:
        look = theme()
        model = TreeModel(COLUMNS, branches())
        table = TreeTable(model)
        table.setAccessibleName("Proposition")
        table.collapse(model.index(3, 0))
        table.setFixedHeight(look.px("row_line") * 7 + look.px("row_sub_order") * 4 + look.px("target") + look.space(8))
        self.when_shown(lambda: table.edit_cell(model.index_of("g", 3)))
        bar = AddBar("Ajouter un produit\u00a0: nom, rubrique, favori…", "Ctrl+L")
        return part("Table à deux niveaux, modifiée sur place", below([table, bar], 3))

    def _plan(self) -> QLayout:
        look = theme()
        card = QFrame()
        set_surface(card, "card")
        card.setFixedWidth(look.px("panel_right"))
        column = QVBoxLayout(card)
        column.setContentsMargins(look.space(5) + 2, look.px("button_pad"), look.space(5) + 2, look.px("button_pad"))
        column.setSpacing(look.space(2))
        column.addWidget(label("Total TTC", "muted"))
        total = AmountLabel(
            formats.amount_runs(617280), Ink(size="display", weight="strong"), align=Qt.AlignmentFlag.AlignLeft
        )
        column.addWidget(total)
        for name, cents in (("HT", 514400), ("Remises déduites", -29800), (f"TVA {formats.percent(2000)}", 102880)):
            column.addLayout(beside([label(name, "muted"), None, AmountLabel(formats.amount_runs(cents))]))
        column.addWidget(rule())
        column.addWidget(label("Règlement", "strong"))
        amount = formats.amount(154320)
        column.addWidget(PlanBar([Part(day, amount, 154320) for day in ("15/01", "15/02", "15/03", "15/04")]))
        column.addWidget(rule())
        shares = [Part(f"15/{month:02d}", formats.amount(61728), 61728) for month in range(1, 11)]
        column.addWidget(PlanBar(shares))
        return part("Plan de règlement", card)

    def _chart(self) -> QLayout:
        chart = BarChart(
            (
                Bar("Édition 2026", (178000, 212500), "3\u00a0905", is_base=True),
                Bar("Reconduction", (179200, 220800), "4\u00a0000"),
                Bar("Avec display", (377000, 208200), "5\u00a0852", is_strong=True),
            )
        )
        chart.setFixedWidth(theme().px("panel_right"))
        return part("Histogramme", below([chart, Legend(("Imprimé", "En ligne"))], 3))

    def _round(self) -> QLayout:
        sketch = RouteSketch()
        sketch.setFixedHeight(theme().px("route_height"))
        sketch.set_route(
            Stop("Vous", "", 0.1, 0.1),
            (
                Stop("Chartres", "1", 0.48, 0.5),
                Stop("Maintenon", "2", 0.70, 0.66),
                Stop("Nogent-le-Roi", "3", 0.86, 0.8),
                Stop("Épernon", "4", 0.77, 0.34),
            ),
        )
        legs = ListRows(TwoLineDelegate(amounts=False), fit=True)
        legs.setAccessibleName("Visites")
        legs.setModel(
            RowsModel(
                (
                    Row(leg="24 min · 19 km"),
                    Row(
                        "Bat-Etanche",
                        "Couvreur · Maintenon · réclamation ouverte",
                        (Chip("Rejet à compléter", "danger"),),
                        number="2",
                        time="13:45",
                        chevron=True,
                    ),
                    Row(leg="14 min · 9 km"),
                    Row(
                        "Modern Optic",
                        "Opticien · Nogent-le-Roi",
                        (Chip("Devis à remettre"),),
                        number="3",
                        time="15:15",
                        chevron=True,
                    ),
                )
            )
        )
        return part("Tournée", below([sketch, legs, None]))

    def _spans(self) -> QLayout:
        spans = SpanRows(("2025", "2026", "2027"), 2)
        spans.set_rows(
            (
                SpanRow("Bloc annonce 1/8", (Span(0, 1, "past"), Span(1, 2), Span(2, 3, "planned"))),
                SpanRow("Ligne en gras", (Span(0, 1, "past"), Span(1, 2), Span(2, 3, "planned"))),
                SpanRow("Site vitrine", (Span(1, 2), Span(2, 2.5, "reduced", "réduit"))),
                SpanRow("Fiche premium", (Span(1, 2), Span(2, 3, "planned"))),
                SpanRow("Campagne mots-clés", (Span(1.25, 1.5), Span(2.25, 2.5, "planned"))),
            )
        )
        rejected = Notice(
            "danger", "Bat-Etanche · 101", "Il manque la fiche du suivi d’appels.", action="Compléter", stacked=True
        )
        missing = Notice(
            "warn",
            "Il manque 2 renseignements",
            "E-mail de facturation, horaires de décembre",
            action="Saisir",
            stacked=True,
        )
        return below([part("Plan de parution", spans), part("Avis empilés", below([rejected, missing])), None], 6)

    def _steps(self) -> QLayout:
        rows = ListRows(TwoLineDelegate(amounts=False), fit=True)
        told = (
            ("Commande signée de Boulangerie Sorel", "Signée, à confirmer", ("done", "now", "later")),
            ("Devis « Bloc annonce » pour Modern Optic", "Parti à 09:41", ("done", "now", "none")),
            (
                "Nouveau téléphone de Bat-Etanche",
                "Deux valeurs différentes, à vous de choisir",
                ("done", "refused", "none"),
            ),
            ("Proposition « Avec display »", "7 lignes modifiées · 09:38", ("done", "done", "none")),
            ("Fiche du suivi d’appels, Bat-Etanche", "Acceptée par la production", ("done", "done", "done")),
        )
        model = []
        for title, subtitle, steps in told:
            colour = "danger" if "refused" in steps else "text-2"
            said = steps_text(_STATIONS, steps)
            model.append(Row(title, subtitle, steps=steps, steps_said=said, weight="medium", sub_colour=colour))
        rows.setAccessibleName("En chemin")
        rows.setModel(RowsModel(model))
        heads = beside([None, StepHeads(_STATIONS)])
        heads.setContentsMargins(0, 0, theme().px("row_out"), 0)
        return part("Synchro, trois étapes", below([heads, rows, None]))

    def _tasks(self) -> QLayout:
        tasks = [
            CheckRow("Rappeler Mme Ferrand, Optique du Perche", "En retard de 2 jours", late=True),
            CheckRow(
                "Confirmer le rendez-vous de Modern Optic", "Aujourd’hui avant 12:00", action=("phone", "Appeler")
            ),
            CheckRow("Relire le plan et les derniers bons", done=True),
        ]
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(RadioRow("Prendre la 3ᵉ de couverture, libre", formats.amount_runs(172000), checked=True))
        column.addWidget(RadioRow("Se mettre en attente jusqu’au 25/11"))
        column.addWidget(RadioRow("Retirer la ligne de la proposition"))
        holder = QWidget()
        holder.setFixedWidth(theme().px("panel_right") + theme().space(12))
        holder.setLayout(below([part("À faire", below(tasks, 1)), part("Un choix parmi plusieurs", choices), None], 6))
        return below([holder])

    def _timeline(self) -> QLayout:
        timeline = Timeline(fit=True)
        timeline.setModel(
            RowsModel(
                (
                    Row(leg="Novembre 2026"),
                    Row("Appel, 6 min\u00a0: confirme lundi 10:30", "19/11 · vous", icon="phone", weight="regular"),
                    Row("Campagne « Fêtes » ouverte deux fois", "12/11 · automatique", icon="mail", weight="regular"),
                    Row("Rejet réglé\u00a0: photo remplacée", "04/11 · service client", icon="check", filled=True),
                )
            )
        )
        return part("Chronologie", timeline)

    def _pad(self) -> QLayout:
        pad = StrokePad()
        pad.setFixedHeight(theme().px("pad_height"))
        pad.set_strokes(_signature(), 508 / 308)
        return part("Signature", pad)

    def _document(self) -> QLayout:
        view = PdfView()
        view.setFixedHeight(theme().px("pad_height") + theme().px("palette"))
        view.load(_document())
        return part("Document", view)


def _signature() -> tuple[Stroke, ...]:
    """A hand that writes loops and underlines them."""
    loops = [
        StrokePoint(
            round(0.14 + 0.5 * at / 90 + 0.03 * sin(at * 2 * pi / 15), 4),
            round(0.52 - 0.13 * cos(at * 2 * pi / 15) * (1.3 if at < 20 else 0.7), 4),
            0.5,
            at * 12,
        )
        for at in range(91)
    ]
    line = [StrokePoint(0.3 + at * 0.055, 0.66 - at * at * 0.0013, 0.5, 1200 + at * 20) for at in range(11)]
    return tuple(loops), tuple(line)


def _document() -> bytes:
    """Two pages with a few lines, made on the spot."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    wide, high = A4
    for page in (1, 2):
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, high - 80, f"Bon de commande, page {page} sur 2")
        canvas.setFont("Helvetica", 11)
        for line in range(12):
            canvas.drawString(60, high - 130 - line * 24, f"Ligne {line + 1}")
            canvas.drawRightString(wide - 60, high - 130 - line * 24, "312,00")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
