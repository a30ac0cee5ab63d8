"""Today: the visits in order, what was rejected, what needs an answer, what is to be done, what waits."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QUrl, QUrlQuery
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from app.domain.desk.request import Request
from views.dashboard.next_visit_card import NextVisitCard
from views.dashboard.today_model import SHOWN_TASKS, TodayModel, hour
from views.dashboard.visit_order import Stop
from views.shell.body import Body, SectionTitle, column, empty, inset, line
from views.shell.page import Navigation, Page, Shell
from views.shell.session import Session
from views.shell.theme import MUTED, theme
from views.sync.problem_cards import Card
from views.sync.sync_model import ProblemCard
from views.widgets.buttons import Button
from views.widgets.check_row import CheckRow
from views.widgets.empty_page import EmptyPage
from views.widgets.labels import Paragraph
from views.widgets.list_rows import ListRows
from views.widgets.notice import Notice
from views.widgets.rows import KEY_ROLE, Row, RowsModel
from views.widgets.two_line_delegate import TwoLineDelegate

_WAY = "https://www.openstreetmap.org/directions"


class TodayPage(Page):
    """The first page of the morning."""

    name = "today"
    rail = "today"
    is_root = True

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        super().__init__(session, navigation, shell)
        look = theme()
        self.model = TodayModel(session, self)
        self.model.changed.connect(self._show)
        self.model.queue.led_on.connect(lambda page, where: self.navigation.go(page, **where))
        self.model.queue_changed.connect(self._show_queue)
        self._all_tasks = False
        self._asked: tuple[list[tuple[str, str]], list[ProblemCard]] | None = None
        self.card = NextVisitCard()
        self.card.prepare_asked.connect(self._prepare)
        self.card.way_asked.connect(self._open_way)
        self.visits = ListRows(TwoLineDelegate(amounts=False), fit=True)
        self.visits.setAccessibleName(self.tr("Visites du jour"))
        self.visits.opened.connect(self._open_account)
        self.body = Body()
        self._none = column()
        self._groups = [QWidget() for _ in range(4)]
        for group in self._groups:
            # Until it is read there is nothing to show.
            group.hide()
            inside = QVBoxLayout(group)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(0)
        self._left = column()
        self._left.addLayout(inset(self.card))
        visits = QVBoxLayout()
        # The circles stand under the circle of the card.
        visits.setContentsMargins(look.space(6) + 1, 0, look.space(4), 0)
        visits.addWidget(self.visits)
        self._left.addLayout(visits)
        self._left.addLayout(self._none)
        self._left.addStretch(1)
        self._aside = QWidget()
        self._grid = QGridLayout(self._aside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.body.content)
        self._columns.setSpacing(look.px("page_gap"))
        self._columns.addLayout(self._left, 1)
        self._columns.addWidget(self._aside)
        self._columns.addStretch(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.body)
        self.set_head(self.model.title())
        self.fold(upright=False)

    # ------------------------------------------------------------------------------------------- manners
    def enter(self, **where: str) -> None:
        self._all_tasks = where.get("tasks") == "all"
        self.model.wake()

    def leave(self) -> None:
        self.model.sleep()

    def fold(self, *, upright: bool) -> None:
        look = theme()
        for group in self._groups:
            # An item that is only taken out goes on catching what is said of its widget: the new one kept old heights.
            self._grid.removeWidget(group)
        for row in range(5):
            self._grid.setRowStretch(row, 0)
        if upright:
            self._columns.setDirection(QBoxLayout.Direction.TopToBottom)
            self._columns.setSpacing(look.space(6))
            self._columns.setStretch(0, 0)
            self._columns.setStretch(2, 1)
            self._aside.setMinimumWidth(0)
            self._aside.setMaximumWidth(1 << 15)
            self._grid.setHorizontalSpacing(look.px("page_gap") - 2 * look.px("row_out"))
            self._grid.setVerticalSpacing(look.space(6))
            for at, group in enumerate(self._groups):
                self._grid.addWidget(group, at // 2, at % 2)
            self._grid.setColumnStretch(0, 1)
            self._grid.setColumnStretch(1, 1)
            self._grid.setRowStretch(2, 1)
        else:
            self._columns.setDirection(QBoxLayout.Direction.LeftToRight)
            self._columns.setSpacing(look.px("page_gap") - 2 * look.px("row_out"))
            self._columns.setStretch(0, 1)
            self._columns.setStretch(2, 0)
            self._aside.setFixedWidth(look.px("panel_right") + 2 * look.px("row_out"))
            self._grid.setVerticalSpacing(look.space(5))
            for at, group in enumerate(self._groups):
                self._grid.addWidget(group, at, 0)
            self._grid.setColumnStretch(1, 0)
            self._grid.setRowStretch(4, 1)
        self.body.set_margins(upright=upright, out=True)

    # ------------------------------------------------------------------------------------------- showing
    def _show(self) -> None:
        self.set_head(self.model.title(), self.model.subtitle())
        visit = self.model.next_visit()
        self.card.setVisible(visit is not None)
        if visit is not None:
            self.card.show_visit(self.model.number_of(visit), visit, self._stops())
        model = self.visits.model()
        if isinstance(model, RowsModel):
            model.set_rows(self.model.visit_rows())
        self._show_none()
        self._show_rejections(self._groups[0])
        self._show_tasks(self._groups[2])

    def _show_queue(self) -> None:
        self._show_answers(self._groups[1])
        self._show_waiting(self._groups[3])

    def _stops(self) -> list[Stop]:
        picture = self.model.picture
        following = self.model.next_visit()
        if picture is None or following is None:
            return []
        at = picture.visits.index(following)
        return [
            Stop(place + 1, visit.account.address.city, hour(visit.activity.at), place == at, place < at)
            for place, visit in enumerate(picture.visits)
        ]

    def _show_none(self) -> None:
        empty(self._none)
        picture = self.model.picture
        if picture is None or picture.visits:
            return
        words = self.tr("%n compte(s) sont à renouveler dans les deux mois.", "", picture.to_renew)
        none = EmptyPage(self.tr("Aucune visite aujourd’hui."), words, self.tr("Choisir un compte"))
        none.action_asked.connect(lambda: self.navigation.go("accounts"))
        self._none.addSpacing(theme().space(10))
        self._none.addWidget(none)

    def _show_rejections(self, group: QWidget) -> None:
        picture = self.model.picture
        rejections = picture.rejections if picture is not None else ()
        layout = _emptied(group)
        group.setVisible(bool(rejections))
        if not rejections:
            return
        words = self.tr("Rejet de production") if len(rejections) == 1 else self.tr("Rejets de production")
        layout.addLayout(inset(SectionTitle(words, str(len(rejections)))))
        for request in rejections:
            layout.addSpacing(theme().px("search_gap"))
            layout.addLayout(inset(self._rejection(request)))
        # Beside something higher it stays as high as it is.
        layout.addStretch(1)

    def _rejection(self, request: Request) -> Notice:
        picture = self.model.picture
        name = picture.account_names.get(request.account_id, "") if picture is not None else ""
        what = " · ".join(filter(None, (name, request.sub_order))) or request.title
        notice = Notice("danger", what, request.body or request.title, action=self.tr("Compléter"), stacked=True)
        notice.action_asked.connect(
            partial(self.navigation.go, "account", account_id=request.account_id, tab="requests")
        )
        return notice

    def _show_answers(self, group: QWidget) -> None:
        answers, refused = self.model.answers(), self.model.refused_places()
        # What moves most says the same again: then a finger on its way finds its button still there.
        if (answers, refused) == self._asked:
            return
        self._asked = (answers, refused)
        layout = _emptied(group)
        group.setVisible(bool(answers or refused))
        if not answers and not refused:
            return
        layout.addLayout(inset(SectionTitle(self.tr("Attend votre réponse"), str(len(answers) + len(refused)))))
        for problem in refused:
            layout.addSpacing(theme().px("search_gap"))
            layout.addLayout(inset(self._refused_place(problem)))
        if not answers:
            return
        rows = ListRows(TwoLineDelegate(amounts=False, height="row_answer"), fit=True)
        rows.setAccessibleName(self.tr("Attend votre réponse"))
        rows.setModel(RowsModel([Row(text, chevron=True, weight="regular", key=key) for key, text in answers], rows))
        rows.opened.connect(lambda index: self.navigation.go("sync", problem_id=index.data(KEY_ROLE)))
        layout.addWidget(rows)

    def _refused_place(self, problem: ProblemCard) -> Card:
        # The page's filled button is the next visit's.
        card = Card(problem, is_first=False)
        card.place_asked.connect(self.model.queue.take_place)
        card.removal_asked.connect(self.model.queue.drop_line)
        card.dismissed.connect(self.model.queue.dismiss)
        card.account_asked.connect(self._open_named)
        return card

    def _open_named(self, name: str) -> None:
        self.model.queue.find_account(
            name, lambda account_id: self.navigation.go("account", account_id=account_id, tab="proposals")
        )

    def _show_tasks(self, group: QWidget) -> None:
        tasks = self.model.tasks()
        layout = _emptied(group)
        group.show()
        layout.addLayout(inset(SectionTitle(self.tr("À faire"), str(len(tasks)) if tasks else "")))
        layout.addSpacing(theme().space(1))
        if not tasks:
            layout.addLayout(inset(Paragraph(self.tr("Rien à faire. Tout est à jour."), MUTED)))
        for task in tasks if self._all_tasks else tasks[:SHOWN_TASKS]:
            check = CheckRow(task.text, task.when, late=task.late)
            check.toggled.connect(lambda done, task=task: self.model.complete(task.id, done=done))
            check.opened.connect(partial(self.navigation.go, "account", account_id=task.account_id))
            layout.addLayout(inset(check))
        if len(tasks) > SHOWN_TASKS and not self._all_tasks:
            more = Button(self.tr("Voir les %n tâches", "", len(tasks)), "link")
            more.clicked.connect(self._show_all_tasks)
            row = line()
            row.addSpacing(theme().px("row_leading") - theme().space(5))
            row.addWidget(more)
            row.addStretch(1)
            layout.addLayout(inset(row))

    def _show_all_tasks(self) -> None:
        self._all_tasks = True
        self.navigation.move(tasks="all")
        self._show_tasks(self._groups[2])

    def _show_waiting(self, group: QWidget) -> None:
        count, named = self.model.waiting()
        layout = _emptied(group)
        group.setVisible(bool(count))
        if count:
            layout.addLayout(inset(SectionTitle(self.tr("Attend le réseau"), str(count))))
            layout.addSpacing(theme().px("keypad_gap"))
            words = self.tr("Tout est gardé sur l’appareil. Partira seul : {changes}.").format(changes=named)
            layout.addLayout(inset(Paragraph(words, MUTED)))

    # ------------------------------------------------------------------------------------------- doing
    def _prepare(self) -> None:
        visit = self.model.next_visit()
        if visit is not None:
            self.navigation.go("account", account_id=visit.account.id)

    def _open_way(self) -> None:
        visit = self.model.next_visit()
        if visit is None:
            return
        address = visit.account.address
        query = QUrlQuery()
        query.addQueryItem("to", f"{address.street}, {address.postcode} {address.city}".strip(", "))
        url = QUrl(_WAY)
        url.setQuery(query)
        QDesktopServices.openUrl(url)

    def _open_account(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE)
        if isinstance(key, str):
            self.navigation.go("account", account_id=key)


def _emptied(group: QWidget) -> QVBoxLayout:
    layout = group.layout()
    if not isinstance(layout, QVBoxLayout):
        raise TypeError(type(layout))
    empty(layout)
    return layout
