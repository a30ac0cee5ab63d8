"""Where notices stand until they are put away, and how far a long piece of work is."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from views.shell.background import Background, Job
from views.shell.notices import Told
from views.shell.theme import theme
from views.widgets.buttons import IconButton
from views.widgets.notice import Notice
from views.widgets.progress import Progress

MOST = 3
"""Notices at a time; an older one gives way."""


class NoticeArea(QWidget):
    """Stands between header and page; takes no room while there is nothing to say."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._notices: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme().space(2))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._progress: Progress | None = None
        self._shown: Job | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(theme().duration("progress_after"))
        self._wait.timeout.connect(self._show_progress)
        background.moved.connect(self._follow)
        self.fold(upright=False)

    def fold(self, *, upright: bool) -> None:
        """Keep the page's margins."""
        look = theme()
        side = look.px("content_pad_portrait" if upright else "content_pad")
        self._column.setContentsMargins(side, 0, side, 0)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What stands there, oldest first."""
        return tuple(self._notices)

    @property
    def progress(self) -> Progress | None:
        """The bar of the work under way, when it takes over half a second."""
        return self._progress

    def tell(self, told: Told) -> None:
        """Show a notice; the same one twice shows once."""
        for old in self._notices:
            if old.accessibleName() == f"{told.what} {told.kept}".strip():
                return
        notice = Notice(told.kind, told.what, told.kept, action=told.action, detail=told.technical)
        put_away = IconButton("x", self.tr("Ranger cet avis"))
        put_away.clicked.connect(lambda: self._remove(notice))
        column = notice.layout()
        row = column.itemAt(0) if column is not None else None
        if isinstance(row, QBoxLayout):
            row.addWidget(put_away)
        if told.do is not None:
            notice.action_asked.connect(told.do)
            notice.action_asked.connect(lambda: self._remove(notice))
        self._notices.append(notice)
        self._column.addWidget(notice)
        while len(self._notices) > MOST:
            self._remove(self._notices[0])

    def clear(self) -> None:
        """Put every notice away."""
        for notice in tuple(self._notices):
            self._remove(notice)

    def leave_page(self) -> None:
        """Put away what was said of a page that is left; what went wrong in the world stays until it is read."""
        for notice in tuple(self._notices):
            if notice.kind != "danger":
                self._remove(notice)

    def _remove(self, notice: Notice) -> None:
        if notice in self._notices:
            self._notices.remove(notice)
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()

    def _follow(self) -> None:
        labelled = [job for job in self._background.under_way if job.label]
        if self._shown is not None and self._shown not in labelled:
            self._hide_progress()
        if labelled and self._shown is None and not self._wait.isActive():
            self._wait.start()
        if not labelled:
            self._wait.stop()

    def _show_progress(self) -> None:
        labelled = [job for job in self._background.under_way if job.label]
        if not labelled:
            return
        self._shown = labelled[0]
        self._progress = Progress(self._shown.label, self, stoppable=bool(self._shown.latest))
        self._progress.set_progress(self._shown.label, 0, 0)
        self._progress.stop_asked.connect(self._stop)
        self._column.insertWidget(0, self._progress)

    def _hide_progress(self) -> None:
        if self._progress is not None:
            self._column.removeWidget(self._progress)
            self._progress.hide()
            self._progress.deleteLater()
        self._progress = self._shown = None

    def _stop(self) -> None:
        if self._shown is not None:
            self._shown.cancel()
            self._hide_progress()
