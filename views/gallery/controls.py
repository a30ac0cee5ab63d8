"""The first sheet: buttons, fields, choices, rows, tabs, notices, colours and letters, as the design drew them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QVBoxLayout, QWidget

from views import formats
from views.gallery.bench import THEME_WORDS, Sheet, below, beside, come_near, part
from views.gallery.samples import LIST_ROWS
from views.shell.sync_chip import SyncChip, SyncFigures
from views.shell.theme import MUTED, SMALL, Ink, icon_names, paint_icon, paint_text, set_surface, theme
from views.widgets.buttons import Button, IconButton
from views.widgets.choices import CheckBox, Radio, Switch
from views.widgets.date_field import DateField
from views.widgets.empty_page import EmptyPage
from views.widgets.fields import LabelledField, SearchField, SelectField, TextField
from views.widgets.figure_fields import MoneyField
from views.widgets.keypad import Keypad
from views.widgets.labels import AmountLabel, ChipLabel, Paragraph, label
from views.widgets.lift import lift
from views.widgets.list_rows import ListRows
from views.widgets.notice import Notice
from views.widgets.pill import ConditionPill, Pill
from views.widgets.progress import Progress
from views.widgets.rows import RowsModel
from views.widgets.segmented import SegmentedControl
from views.widgets.stepper import Stepper
from views.widgets.tab_bar import TabBar
from views.widgets.toast import Toast
from views.widgets.two_line_delegate import TwoLineDelegate

_STATES = ("", "hover", "pressed", "focus", "disabled", "busy")
_KINDS = (("plein, 1 par page", "fill"), ("calme", "quiet"), ("cerné", "line"), ("nu", "plain"), ("danger", "danger"))
_COLOURS = (
    *("ground", "sheet", "raised", "sunken", "hairline", "border", "text", "text-2", "text-3", "accent"),
    *("accent-quiet", "info", "ok", "warn", "danger", "chart-2", "chart-3", "chart-4"),
)


class ControlsSheet(Sheet):
    """Stands beside the design's gallery, part by part."""

    def fill(self) -> None:
        words = f"Chaque contrôle dans chaque état · {THEME_WORDS[self.theme_name]} · Source Sans 3"
        self.page.addLayout(beside([label("Galerie", "display"), label(words, "muted"), None], 4))
        left = below([self._buttons(), self._fields(), self._choices(), self._rows(), self._tabs(), None], 6)
        right = below(
            [
                beside([self._money(), below([self._chips(), self._sync(), None], 6)], 6),
                *(self._notices(), self._progress(), self._pages(), self._toast(), self._colours(), self._type()),
                None,
            ],
            6,
        )
        columns = beside([left, right], 12)
        columns.setStretch(0, 1)
        columns.setStretch(1, 1)
        self.page.addLayout(columns)
        self.page.addLayout(part("Icônes, trait 1,75", _Icons()))
        self.page.addStretch(1)

    def _buttons(self) -> QLayout:
        look = theme()
        grid = QGridLayout()
        grid.setSpacing(look.px("keypad_gap"))
        grid.setColumnMinimumWidth(0, look.px("skeleton_amount"))
        for row, (name, kind) in enumerate(_KINDS):
            grid.addWidget(Paragraph(name, Ink("text-3", "small")), row, 0, Qt.AlignmentFlag.AlignVCenter)
            for column, state in enumerate(_STATES, 1):
                grid.addWidget(self.hold(Button("Valider", kind), state), row, column)
        grid.setColumnStretch(len(_STATES) + 1, 1)
        more = beside(
            [
                IconButton("phone", "Appeler", "quiet"),
                IconButton("dots", "Plus"),
                Button("Signer", "fill", large=True),
                Button("Présenter", "quiet", "eye"),
                Button("Par urgence", "plain", "filter", trailing="down"),
                None,
            ]
        )
        return part("Boutons : repos, survol, appui, focus, inactif, en cours", below([grid, more], 3))

    def _fields(self) -> QLayout:
        look = theme()
        focused, locked = TextField("Claire Del"), TextField("28-004417")
        focused.set_state("focus")
        locked.setEnabled(False)
        wrong = LabelledField("E-mail", TextField("c.delmas@"))
        wrong.set_error("Il manque ce qui suit @")
        right = LabelledField("SIRET", TextField("732\u00a0829\u00a0320\u00a000074"))
        right.set_ok("Clé vérifiée")
        fields = (
            LabelledField("Contact", TextField("", "Nom, prénom")),
            LabelledField("Contact", TextField("Claire Delmas")),
            LabelledField("Contact", focused),
            wrong,
            LabelledField("N° client", locked, "Donné par le centre"),
            LabelledField("Édition", SelectField(("2027", "2026"))),
            LabelledField("Date", DateField(date(2026, 11, 21))),
            right,
            LabelledField("Chercher", SearchField("Nom, ville, numéro")),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space(4))
        grid.setVerticalSpacing(look.px("keypad_pad"))
        for at, field in enumerate(fields):
            grid.addWidget(field, at // 3, at % 3)
            grid.setColumnStretch(at % 3, 1)
        return part("Champs", grid)

    def _choices(self) -> QLayout:
        several = CheckBox("Plusieurs")
        several.setCheckState(Qt.CheckState.PartiallyChecked)
        first = [CheckBox("Prélèvement SEPA", checked=True), CheckBox("Facture papier"), several]
        # A holder each: radio buttons of one parent choose among themselves.
        electronic, paper = _alone(Radio("Électronique", checked=True)), _alone(Radio("Papier"))
        second = [paper, Switch("Hors ligne", checked=True), Switch("Alertes"), None]
        third = [SegmentedControl(("Comptant", "3 fois", "4 fois", "10 mois")), Stepper(2), None]
        return part("Choix", below([beside([*first, electronic, None], 6), beside(second, 6), beside(third, 4)], 2))

    def _rows(self) -> QLayout:
        look = theme()
        rows = ListRows(TwoLineDelegate(height="rail_item_bottom", trailing="trailing"), fit=True)
        rows.setAccessibleName("Comptes")
        rows.setModel(RowsModel(LIST_ROWS))
        rows.setCurrentIndex(rows.model().index(2, 0))
        # The fill of a chosen row stands out beyond the words of the column.
        holder = QWidget()
        out = look.px("row_out")
        holder.setFixedHeight(rows.sizeHint().height())
        rows.setParent(self)
        rows.show()

        def settle() -> None:
            corner = holder.mapTo(self, QPoint(-out, 0))
            rows.setGeometry(corner.x(), corner.y(), holder.width() + 2 * out, holder.height())
            come_near(rows.viewport(), QPointF(rows.visualRect(rows.model().index(1, 0)).center()))
            rows.clearFocus()
            rows.setFocus(Qt.FocusReason.TabFocusReason)
            rows.selectionModel().setCurrentIndex(
                rows.model().index(3, 0), rows.selectionModel().SelectionFlag.NoUpdate
            )

        self.when_shown(settle)
        return part("Lignes de liste\u00a0: repos, survol, choisie, focus, annulée, en attente", holder)

    def _tabs(self) -> QLayout:
        tabs = TabBar(("Reconduction", "Avec display", "Numérique d’abord"), plus="Nouvelle simulation")
        tabs.set_current(1)
        rejected = Pill("Mes rejets", 4)
        rejected.setChecked(True)
        pills = [rejected, Pill("Sans e-mail", 11), ConditionPill("Eure-et-Loir"), Button("Condition", "plain", "plus")]
        return part("Onglets et filtres", below([tabs, beside([*pills, None])], 3))

    def _money(self) -> QLayout:
        look = theme()
        field = MoneyField(123456)
        field.set_state("focus")
        labelled = LabelledField("Prix HT", field, "Virgule ou point, comme vous voulez")
        labelled.setFixedWidth(look.px("keypad_width"))
        keypad = Keypad(field)
        keypad.setParent(None)
        made = part("Montant avec son clavier", below([labelled, keypad], 1))
        keypad.show()
        return made

    def _chips(self) -> QLayout:
        upper = [ChipLabel("reconduit"), ChipLabel("ajouté", "accent"), ChipLabel("signé, à confirmer", "info"), None]
        lower = [
            ChipLabel("accordé", "ok", "check"),
            ChipLabel("en attente", "warn", "clock"),
            ChipLabel("rejet", "danger", "alert"),
            None,
        ]
        return part("États, en mots", below([beside(upper), beside(lower)]))

    def _sync(self) -> QLayout:
        shown = (
            SyncFigures(),
            SyncFigures(waiting=3),
            SyncFigures(is_online=False, waiting=3),
            SyncFigures(problems=2),
        )
        chips = []
        for figures in shown:
            chip = SyncChip()
            chip.set_figures(figures)
            chips.append(beside([chip, None]))
        return part("Synchro, quatre états", below(chips))

    def _notices(self) -> QLayout:
        return part(
            "Avis",
            below(
                [
                    Notice("info", "Le tarif 2027 est arrivé. Vos propositions l’utilisent déjà."),
                    Notice("ok", "Bon signé et scellé. Claire Delmas reçoit sa copie par e-mail."),
                    Notice(
                        "warn",
                        "Le display attend son accord.",
                        "Réponse avant le 25/11 à 12:00.",
                        action="Prévoir un repli",
                    ),
                    Notice(
                        "danger",
                        "L’e-mail n’est pas parti.",
                        "Il est gardé et repartira seul. L’adresse semble fausse.",
                        action="Corriger",
                        detail="SMTP 550 5.1.1",
                    ),
                ]
            ),
        )

    def _progress(self) -> QLayout:
        progress = Progress()
        progress.set_progress("Chargement du dossier, 34 documents sur 52", 34, 52, "reste 20 s")
        return part("Progression, toujours annulable", progress)

    def _pages(self) -> QLayout:
        empty = EmptyPage("Aucune visite demain", "23 comptes sont à renouveler avant le 31/01.", "Choisir un compte")
        pages = beside([part("Page vide", empty), below([part("Dialogue", _small_dialog()), None])], 6)
        pages.setStretch(0, 1)
        pages.setStretch(1, 1)
        return pages

    def _toast(self) -> QLayout:
        holder = QWidget()
        holder.setFixedHeight(theme().px("toast"))
        toast = Toast(holder, "101 et 301 sont rangées. Total inchangé : 5\u00a0144,00\u00a0€ HT.")
        self.when_shown(lambda: toast.setGeometry(holder.rect()))
        return part("Ce qu’on vient de faire", holder)

    def _colours(self) -> QLayout:
        grid = QGridLayout()
        grid.setSpacing(theme().px("keypad_pad"))
        for at, name in enumerate(_COLOURS):
            grid.addWidget(_Colour(name), at // 6, at % 6)
        return part("Couleurs", grid)

    def _type(self) -> QLayout:
        words = [label("Total", "display"), label("Titre", "title"), label("Section", "section")]
        words += [label("Texte courant"), label("Détail", "small")]
        amount = AmountLabel(formats.amount_runs(123456), Ink(size="lead", weight="strong"))
        return part("Corps : 32, 24, 18, 15, 13", beside([*words, None, amount], 4))


def _alone(widget: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    return holder


def _small_dialog() -> QFrame:
    look = theme()
    frame = QFrame()
    set_surface(frame, "dialog")
    column = QVBoxLayout(frame)
    pad = look.space(6)
    column.setContentsMargins(pad, pad, pad, pad)
    column.setSpacing(look.space(1))
    column.addWidget(label("Quitter sans garder\u00a0?", "section"))
    column.addWidget(Paragraph("La réclamation de Bat-Etanche n’est pas envoyée. Rien n’est parti au client.", MUTED))
    column.addSpacing(look.space(4))
    column.addLayout(beside([None, Button("Quitter", "danger-plain"), Button("Continuer", "fill")]))
    lift(frame, 2)
    return frame


class _Colour(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedHeight(theme().px("row_line"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.c("hairline"), 1))
        painter.setBrush(look.c(self._name))
        radius = look.px("radius.control")
        swatch = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -look.line("small") - 0.5)
        painter.drawRoundedRect(swatch, radius, radius)
        paint_text(painter, QRectF(0, swatch.bottom(), self.width(), look.line("small")), self._name, SMALL)


class _Icons(QWidget):
    """All icons, on lines as long as the sheet."""

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.px("list_min"), 2 * (look.px("leading_circle") + look.px("keypad_gap")))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        step, line = look.px("target") + 2, look.px("leading_circle") + look.px("keypad_gap")
        a_line = max(1, self.width() // step)
        for at, name in enumerate(icon_names()):
            place = QPointF(at % a_line * step, at // a_line * line + look.space(1))
            paint_icon(painter, place, name, "text-2")
