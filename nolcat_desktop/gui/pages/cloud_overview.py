"""What is sent and what happens then, one under the other; in a tight window side by side as tabs."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from nolcat_desktop.gui.cloud_desk import CloudDesk
from nolcat_desktop.gui.cloud_runs import CloudRuns
from nolcat_desktop.gui.cloud_state import Doing
from nolcat_desktop.gui.cloud_words import clock, files, tr
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.icons import pixmap
from nolcat_desktop.gui.notice import Level
from nolcat_desktop.gui.pages.cloud_plan import PlanPane
from nolcat_desktop.gui.pages.cloud_run import RunPane
from nolcat_desktop.gui.pages.cloud_runs_table import RunsPane
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.sync.plan import Action


class Overview(QStackedWidget):
    """What needs attention stands first: a run that goes on or has failed is above the plan."""

    def __init__(self, context: Context, desk: CloudDesk, runs: CloudRuns, parent: QWidget | None = None) -> None:
        """Everything of the account in use, once `build` is through."""
        super().__init__(parent)
        self._context, self._desk, self._runs = context, desk, runs
        self._tight = False

    def build(self) -> Iterator[None]:
        """Make the parts, in steps between which the window answers."""
        context, desk, runs = self._context, self._desk, self._runs
        self.done = _DoneLine(self)
        self.plan = PlanPane(context, desk, self)
        yield
        self.run = RunPane(context, desk, runs, self)
        self.runs = RunsPane(context, desk, runs, self)
        yield
        self.area = self._scrolled(tr("What will be sent, and what happens then"))
        self._narrow = (self._scrolled(tr("Plan")), self._scrolled(tr("Run")))
        """What plan and run are in where each is a tab."""
        page = QWidget(self.area)
        kind(page, "plain")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.area.setWidget(page)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Plan, run and runs"))
        self.addWidget(self.area)
        self.addWidget(self.tabs)
        self.addWidget(self.runs)
        self._order = (0, 0)
        self._arrange()
        yield

    def _scrolled(self, name: str) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(name)
        area.hide()
        return area

    def show_all(self) -> None:
        """Show what is known now."""
        self.plan.show_plan()
        self.run.show_run()
        self.runs.show_runs()
        self._say_done()
        self._arrange()

    def show_runs(self, shown: bool) -> None:
        """Every run, or plan and run."""
        if self._tight:
            self.tabs.setCurrentIndex(2 if shown else min(self.tabs.currentIndex(), 1))
        else:
            self.setCurrentWidget(self.runs if shown else self.area)

    def set_layout_class(self, layout: LayoutClass) -> None:
        """Tabs where it is tight."""
        self.plan.set_layout_class(layout)
        self._tight = layout is LayoutClass.TIGHT
        self._arrange()

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        for part in (self.plan, self.run, self.runs, self.done):
            part.restyle()

    def _arrange(self) -> None:
        seen = self._runs.seen
        view = self._desk.view
        waits = view is not None and bool(view.plan.of(Action.CONFLICT) or view.plan.of(Action.UPLOAD))
        waits = waits and not self._desk.sendings.sent
        first = seen is not None and seen.watched is not None and (not seen.is_over or (seen.has_failed and not waits))
        order = (1 + first, 1 + self._tight)
        if order == self._order:
            return
        self._order = order
        was = self.currentWidget()
        for part in (self.done, self.plan, self.run):
            self._column.removeWidget(part)
        for area in self._narrow:
            area.takeWidget()
        for pane in (self.plan, self.run, self.runs):
            pane.setContentsMargins(0, 8 if self._tight else 0, 0, 0)
        self.run.all.setProperty("tight", self._tight)
        self.tabs.clear()
        if self._tight:
            inside: tuple[QWidget, QWidget] = (self.plan, self.run)
            for area, shown, word in zip(self._narrow, inside, (tr("Plan"), tr("Run")), strict=True):
                area.setWidget(shown)
                shown.show()
                self.tabs.addTab(area, word)
            self.tabs.addTab(self.runs, tr("Runs"))
            self._column.addWidget(self.done)
            self.done.hide()
            self.setCurrentWidget(self.tabs)
            self.tabs.setCurrentIndex(int(first))
            return
        if self.indexOf(self.runs) < 0:
            self.addWidget(self.runs)
        self._column.addWidget(self.done)
        for part, stretch in ((self.run, 0), (self.plan, 1)) if first else ((self.plan, 1), (self.run, 0)):
            self._column.addWidget(part, stretch)
            part.show()
        self.setCurrentWidget(self.runs if was is self.runs else self.area)

    def _say_done(self) -> None:
        last = self._desk.last
        said = ""
        if last is not None and last.files and self._desk.doing is not Doing.SENDING:
            when = clock(last.when, self._context.clock().date())
            text = tr("{files} in the bucket are what is in your library, checked byte for byte at {when}.")
            said = text.format(files=files(last.files), when=when)
        self.done.say(said)
        self.done.setVisible(bool(said) and not self._tight)


class _DoneLine(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        kind(self, "card")
        self._glyph, self._text = QLabel(self), QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._glyph)
        row.addWidget(self._text, 1)
        self.restyle()

    def say(self, text: str) -> None:
        """What was done."""
        self._text.setText(text)
        self.setAccessibleName(text)

    def restyle(self) -> None:
        """Icons of the moment."""
        self._glyph.setPixmap(pixmap("circle-check", Level.OK.role, 16))
