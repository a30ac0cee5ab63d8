"""Today: the next visit on its card, the others in order, what was rejected, what is to be done."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from tests.gui.fakes import NOW, QUEUE
from tests.gui.one_rep import BAT, DUE, LATE, ROSE
from tests.gui.windows import Desk, press
from views.dashboard.today_page import TodayPage
from views.shell.body import SectionTitle
from views.widgets.check_row import CheckRow
from views.widgets.empty_page import EmptyPage
from views.widgets.notice import Notice
from views.widgets.rows import ROW_ROLE, Row


def today_of(desk: Desk) -> TodayPage:
    """The page in the window."""
    page = (desk.window or desk.show("today")).pages.page
    assert isinstance(page, TodayPage)
    return page


def rows_of(page: TodayPage) -> list[Row]:
    """The rows of the visits."""
    model = page.visits.model()
    return [model.index(place, 0).data(ROW_ROLE) for place in range(model.rowCount())]


def test_the_next_visit_has_the_card_and_the_others_follow_with_the_way_between(desk: Desk) -> None:
    page = today_of(desk)
    assert page.card.isVisible()
    assert page.subtitle[0][0].startswith("3 visite")
    rows = rows_of(page)
    assert [row.title for row in rows if not row.leg] == ["Bat-Etanche", "Modern Optic"]
    assert [row.number for row in rows if not row.leg] == ["2", "3"]
    assert [row.leg for row in rows if row.leg] == ["Chartres → Maintenon", "Maintenon → Nogent-le-Roi"]
    assert [row.chips[0].text for row in rows if row.chips] == ["Rejet à compléter"]


def test_no_distance_is_said_that_nobody_knows(desk: Desk) -> None:
    page = today_of(desk)
    said = " ".join(label.text() for label in page.findChildren(QLabel)) + " ".join(row.leg for row in rows_of(page))
    assert " km" not in said
    assert "partez" not in said


def test_the_card_leads_to_the_preparation(desk: Desk) -> None:
    page = today_of(desk)
    press(page.card.prepare)
    desk.settle()
    assert desk.window is not None
    assert (desk.window.pages.page.name, desk.window.pages.place.where) == ("account", {"account_id": ROSE.id})


def test_a_visit_that_is_over_is_marked_and_the_next_takes_the_card(desk: Desk) -> None:
    page = today_of(desk)
    desk.clock.at = NOW.replace(hour=11)
    page.model.read()
    desk.settle()
    assert [row.title for row in rows_of(page) if not row.leg] == ["Au nom de la Rose", "Modern Optic"]
    assert rows_of(page)[0].chips[0].text == "Faite"


def test_tasks_are_ticked_and_taken_back(desk: Desk) -> None:
    page = today_of(desk)
    tasks = page.findChildren(CheckRow)
    assert [row.text() for row in tasks] == [LATE.subject, DUE.subject]
    press(tasks[0].circle)
    desk.settle()
    assert [row.text() for row in today_of(desk).findChildren(CheckRow) if row.isVisible()] == [DUE.subject]
    desk.session.undo()
    desk.settle()
    assert len([row for row in page.findChildren(CheckRow) if row.isVisible()]) == 2


def test_a_late_task_says_by_how_much(desk: Desk) -> None:
    late = today_of(desk).model.tasks()[0]
    assert late.late
    assert "2 jour" in late.when
    assert "Boulangerie Sorel" in late.when


def test_a_rejection_leads_to_the_accounts_requests(desk: Desk) -> None:
    page = today_of(desk)
    (notice,) = page.findChildren(Notice)
    assert "Bat-Etanche · 101" in notice.accessibleName()
    assert notice.action_button is not None
    press(notice.action_button)
    desk.settle()
    assert desk.window is not None
    assert desk.window.pages.place.where == {"account_id": BAT.id, "tab": "requests"}


def test_what_waits_and_what_needs_an_answer_stands_beside(desk: Desk) -> None:
    desk.readers.queue = QUEUE
    page = today_of(desk)
    titles = {title.accessibleName() or title._text.text(): title.quiet for title in page.findChildren(SectionTitle)}
    assert titles["Attend votre réponse"] == "2"
    assert titles["Attend le réseau"] == "2"
    assert page.model.waiting()[1].startswith("Commande signée 2027-000118, Boulangerie Sorel · ")


def test_a_day_without_visits_says_what_to_do_next(desk: Desk) -> None:
    page = today_of(desk)
    desk.clock.at = NOW.replace(day=24)
    page.model.read()
    desk.settle()
    assert not page.card.isVisible()
    (none,) = page.findChildren(EmptyPage)
    assert none.isVisible()
    assert none.action is not None
    press(none.action)
    desk.settle()
    assert desk.window is not None
    assert desk.window.pages.page.name == "accounts"
