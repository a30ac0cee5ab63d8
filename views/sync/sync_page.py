"""The sync page: each change in words with its three steps, and what needs the rep beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from views.formats import formats
from views.shell.body import Body, SectionTitle, column, empty, inset, line
from views.shell.page import Navigation, Page, Shell
from views.shell.road_model import Caution, Deletion, RoadModel
from views.shell.session import Session
from views.shell.theme import MUTED, SMALL_QUIET, theme
from views.sync.problem_cards import Card
from views.sync.road_cards import DeletionCard, FirstPullCard
from views.sync.sync_model import ProblemCard, SyncModel
from views.widgets.buttons import Button
from views.widgets.empty_page import EmptyPage
from views.widgets.labels import ElidedLabel, Paragraph
from views.widgets.list_rows import ListRows
from views.widgets.notice import IconLabel, Notice
from views.widgets.overlay import Dialog
from views.widgets.rows import Row, RowsModel
from views.widgets.sync_steps import StepHeads
from views.widgets.two_line_delegate import TwoLineDelegate


class SyncPage(Page):
    """Nothing on it has to be done for work to be kept; it says where each thing is."""

    name = "sync"
    rail = "sync"
    is_root = True

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        super().__init__(session, navigation, shell)
        look = theme()
        self.model = SyncModel(session, self)
        self.model.changed.connect(self._show)
        self.model.led_on.connect(lambda page, where: self.navigation.go(page, **where))
        self.names = (self.tr("Ici"), self.tr("Centre"), self.tr("Production"))
        self.waiting_title = SectionTitle(self.tr("En chemin"))
        self.waiting = self._steps_list(self.tr("En chemin"))
        self.nothing = Paragraph(self.tr("Rien n’attend. Tout est arrivé au centre."), MUTED)
        self.arrived_title = SectionTitle(self.tr("Arrivé"))
        self.arrived = self._steps_list(self.tr("Arrivé"))
        self.heads = StepHeads(self.names)
        self.rest = Button("", "link")
        self.rest.clicked.connect(self._show_all)
        self.problems_title = SectionTitle(self.tr("À vous de voir"))
        self.cards: list[Card] = []
        self.road = RoadModel(session, self)
        self.first_pull = FirstPullCard()
        self.first_pull.pause_asked.connect(lambda is_paused: self.road.pause(is_paused=is_paused))
        self.first_pull.hide()
        self._cautions, self._questions = column(look.space(2)), column(look.px("search_pad"))
        self.cautions: list[Notice] = []
        self.questions: list[DeletionCard] = []
        self._said: list[Caution] = []
        self._asked: list[Deletion] = []
        self._shown: list[tuple[ProblemCard, bool]] | None = None
        self._cards = column(look.px("search_pad"))
        self.calm = EmptyPage(self.tr("Rien ne vous attend."), self.tr("Refus et doubles saisies se liront ici."))
        self._upright = False
        self.body = Body()
        self._left, self._aside = column(), QWidget()
        self._lay_out()
        self.set_head(self.tr("Synchro"))

    # ------------------------------------------------------------------------------------------- manners
    def enter(self, **where: str) -> None:
        self.model.wake()

    def leave(self) -> None:
        self.model.sleep()
        self.model.shows_all = False

    def fold(self, *, upright: bool) -> None:
        look = theme()
        self._upright = upright
        # Upright, what needs the rep stands over the lists, which may be long; nothing stands there where all is calm.
        up, right = QBoxLayout.Direction.BottomToTop, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(up if upright else right)
        self._columns.setSpacing(0 if upright else look.space(12) - look.px("row_out"))
        self._show_calm()
        wide = look.px("panel_sync") + look.px("row_out")
        self._aside.setMaximumWidth(1 << 15 if upright else wide)
        self._aside.setMinimumWidth(0 if upright else wide)
        self.body.set_margins(upright=upright, out=True)
        # Only the lists stand out; the cards end with the page.
        out = look.px("row_out")
        self._aside_column.setContentsMargins(out if upright else 0, 0, out, look.space(6) if upright else 0)

    # ------------------------------------------------------------------------------------------- building
    def _lay_out(self) -> None:
        look = theme()
        head = line()
        head.addWidget(self.waiting_title, 1)
        head.addWidget(self.heads)
        self._left.addLayout(inset(head))
        self._left.addSpacing(look.space(1))
        self._left.addLayout(inset(self.nothing))
        self._left.addWidget(self.waiting)
        more = line()
        more.addWidget(self.rest)
        more.addStretch(1)
        self._left.addLayout(inset(more))
        self._left.addSpacing(look.space(6) - 2)
        self._left.addLayout(inset(self.arrived_title))
        self._left.addSpacing(look.space(1))
        self._left.addWidget(self.arrived)
        self._left.addStretch(1)
        foot = line(look.space(2))
        foot.addWidget(IconLabel("info", "text-3", look.px("icon_small")))
        foot.addWidget(ElidedLabel(self.tr("Vous pouvez fermer : tout est gardé."), SMALL_QUIET))
        self.technical = Button(self.tr("Détail technique"), "link")
        self.technical.clicked.connect(self._show_technical)
        foot.addWidget(self.technical)
        foot.addStretch(1)
        self.now = Button(self.tr("Échanger maintenant"), "plain", "sync")
        self.now.clicked.connect(self._go)
        foot.addWidget(self.now)
        self._left.addLayout(inset(foot))
        self._aside_column = QVBoxLayout(self._aside)
        self._aside_column.setContentsMargins(0, 0, 0, 0)
        self._aside_column.setSpacing(look.px("search_pad"))
        self._aside_column.addLayout(self._cautions)
        self._aside_column.addWidget(self.first_pull)
        self._aside_column.addLayout(self._questions)
        self._aside_column.addWidget(self.problems_title)
        self._aside_column.addLayout(self._cards)
        self._aside_column.addWidget(self.calm)
        self._aside_column.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.body.content)
        self._columns.addLayout(self._left, 1)
        self._columns.addWidget(self._aside)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.body)
        self.fold(upright=False)

    @staticmethod
    def _steps_list(name: str) -> ListRows:
        # What was done stands at the beginning of a title, the account at its end: both are to be read.
        made = ListRows(TwoLineDelegate(amounts=False, lines=2), fit=True)
        made.setAccessibleName(name)
        return made

    # ------------------------------------------------------------------------------------------- showing
    def _show(self) -> None:
        self.set_head(self.tr("Synchro"), self.model.subtitle())
        waiting, arrived, count = self.model.waiting(), self.model.arrived(), self.model.count
        self._fill(self.waiting, waiting)
        self._fill(self.arrived, arrived)
        self.waiting_title.set_quiet(formats().number(count) if count else "")
        self.arrived_title.set_quiet(str(len(arrived)) if arrived else "")
        self.rest.setText(self.tr("Montrer aussi les %n suivante(s)", "", count - len(waiting)))
        self.rest.setVisible(count > len(waiting))
        self.nothing.setVisible(not waiting)
        self.arrived_title.setVisible(bool(arrived))
        resume, now = self.tr("Reprendre le réseau"), self.tr("Échanger maintenant")
        self.now.setText(resume if self.model.is_switched_off else now)
        self._show_road()
        self._show_problems()
        self._show_calm()

    def _go(self) -> None:
        if self.model.is_switched_off:
            self.session.switch_network(on=True)
        else:
            self.session.exchange(quietly=False)

    def _show_all(self) -> None:
        self.model.shows_all = True
        self._show()

    @staticmethod
    def _fill(view: ListRows, rows: list[Row]) -> None:
        model = view.model()
        if isinstance(model, RowsModel):
            model.set_rows(rows)
        view.setVisible(bool(rows))
        view.updateGeometry()

    def _show_road(self) -> None:
        pull = self.road.first_pull()
        if pull is not None:
            self.first_pull.show_pull(pull)
        self.first_pull.setVisible(pull is not None)
        cautions, deletions = self.road.cautions(), self.road.deletions()
        # What moves most says the same again: then its widgets stay as they are.
        if cautions != self._said:
            self._said = cautions
            empty(self._cautions)
            self.cautions = [
                Notice("warn", said.what, said.kept, detail=said.technical, stacked=True) for said in cautions
            ]
            for notice in self.cautions:
                self._cautions.addWidget(notice)
        if deletions != self._asked:
            self._asked = deletions
            empty(self._questions)
            self.questions = [DeletionCard(deletion) for deletion in deletions]
            for card in self.questions:
                card.answered.connect(self._answer)
                self._questions.addWidget(card)

    def _show_calm(self) -> None:
        """Say that nothing waits for the rep, but not where that would only push the lists down."""
        is_calm = not self.cards and not self.questions
        has_news = not is_calm or bool(self.cautions) or not self.first_pull.isHidden()
        self.calm.setVisible(is_calm and not self._upright)
        self._aside.setVisible(has_news or not self._upright)

    def _answer(self, scope: str, may_go: bool) -> None:
        (self.road.delete if may_go else self.road.keep)(scope)

    def _show_problems(self) -> None:
        problems = self.model.problems()
        shown = [(problem, place == 0 and not self.questions) for place, problem in enumerate(problems)]
        if shown == self._shown:
            return
        self._shown = shown
        chosen = {card.id: card.choices() for card in self.cards}
        empty(self._cards)
        self.cards = []
        for problem, is_first in shown:
            card = Card(problem, is_first=is_first)
            card.dismissed.connect(self.model.dismiss)
            card.resolved.connect(self.model.resolve)
            card.account_asked.connect(self._open_account)
            card.place_asked.connect(self.model.take_place)
            card.removal_asked.connect(self.model.drop_line)
            for key, side in chosen.get(problem.id, {}).items():
                card.choose(key, side)
            self.cards.append(card)
            self._cards.addWidget(card)
        self.problems_title.set_quiet(str(len(problems)) if problems else "")
        self.problems_title.setVisible(bool(problems))

    def _open_account(self, name: str) -> None:
        self.model.find_account(name, lambda account_id: self.navigation.go("account", account_id=account_id))

    def _show_technical(self) -> None:
        text = self.model.technical()
        dialog = Dialog(self.window(), self.tr("Détail technique"), self.tr("Pour le support : rien de secret."))
        view = QPlainTextEdit(text)
        view.setReadOnly(True)
        view.setAccessibleName(self.tr("Détail technique"))
        view.setMinimumHeight(theme().px("list_min"))
        dialog.body.addWidget(view, 1)
        copy = dialog.add_button(Button(self.tr("Copier"), "line", "copy"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        copy.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        dialog.closed.connect(dialog.deleteLater)
        self.shell.show_over(dialog)
