"""The window: rail, place, notification line, job bar; what they tell one another goes through here."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from nolcat_desktop.gui.actions import Actions
from nolcat_desktop.gui.activity import ActivityDialog, ActivityModel
from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.commands import Commands
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.drop_overlay import DropOverlay
from nolcat_desktop.gui.fault import FaultReport
from nolcat_desktop.gui.focus_rounds import set_order
from nolcat_desktop.gui.front import Front
from nolcat_desktop.gui.job_bar import JobBar
from nolcat_desktop.gui.library_door import LibraryDoor
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.notification_line import NotificationLine
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.questions import ask_before_closing, tell_fault
from nolcat_desktop.gui.rail import Rail, RailItem
from nolcat_desktop.gui.sample_strip import SampleStrip
from nolcat_desktop.gui.scale import LayoutClass, layout_class
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.window import Window

FIRST_SIZE, LEAST_SIZE = QSize(1280, 800), QSize(960, 640)
FRAME = QSize(8, 40)
"""What the system puts around a window, about."""
_log = logging.getLogger(__name__)


class MainWindow(Window):
    """One window on one library."""

    closed = Signal()

    def __init__(
        self,
        context: Context,
        places: Sequence[type[Place]],
        default_folder: Path,
        new_window: Callable[[], None] | None = None,
        chooser: Chooser | None = None,
    ) -> None:
        """Build it; `start` opens a library.

        Args:
            context: What the places are handed.
            places: In the order of the rail.
            default_folder: Where the first library is kept; the sample is beside it.
            new_window: Opens another window.
            chooser: Asks for files and folders.
        """
        super().__init__()
        self.context = context
        context.setParent(self)
        self.chooser = chooser or Chooser(context.remembered, self)
        self.door = LibraryDoor(context, self)
        self.activity = ActivityModel(context.clock, self)
        self.library_menu = QMenu(self)
        items = [RailItem(place.name, place.title(), place.icon_name) for place in places]
        central = QWidget(self)  # first: whoever is put into another is dressed anew, with all that is in it
        self.setCentralWidget(central)
        self.rail = Rail(items, self.library_menu, central)
        self.front = Front(context, places, central)
        self.strip = SampleStrip(central)
        self.line = NotificationLine(central)
        self.jobs = JobBar(context.runner, central)
        self.overlay = DropOverlay(self)
        self.commands = Commands(self, places, default_folder, new_window)
        self.layout_class = LayoutClass.WIDE
        self._activity_dialog: ActivityDialog | None = None
        self._closing_when_done = False
        self._fault_box: QWidget | None = None
        self._lay_out()
        self._connect()
        self._size_first()
        deque(self._restyle(), maxlen=0)

    @property
    def actions_table(self) -> Actions:
        """All that can be done, by id."""
        return self.commands.actions

    def start(self, folder: Path, new: bool) -> None:
        """Show the remembered place and open the library in `folder`."""
        remembered = self.context.remembered.get("place", "")
        self.go(remembered if self.front.has(remembered) else self.front.name)
        self.door.open(folder, new=new)

    def start_with_sample(self) -> None:
        """Show the first place and open the sample library, made now if it is not there."""
        self.go(self.front.name)
        self.commands.libraries.open_sample()

    def go(self, name: str, payload: object = None) -> None:
        """Bring a place to the front; with a payload it is handed over."""
        in_rail = self.rail.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False

        def there(place: Place) -> None:
            if self.front.place is place and not in_rail:
                place.focus_first()
            if payload is not None:
                place.receive(payload)

        self.front.go(name, there)
        if self.front.is_covered:
            self.rail.select("")

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Have files, folders and zips checked; nothing is written by that."""
        reports = self.commands.database.dumps_apart(paths) if self.front.has("add") else []
        if reports:
            self.line.dismiss()  # it was said of what was done before; Activity keeps it
            self.go("add", reports)

    def say(self, notice: Notice) -> None:
        """Show `notice` at the bottom edge; the one before is in Activity."""
        self.activity.add_notice(notice)
        self.line.say(notice)
        self._share_bottom()

    def show_activity(self) -> None:
        """Open Activity."""
        if self._activity_dialog is None:
            self._activity_dialog = ActivityDialog(self.activity, self)
        self._activity_dialog.show()
        self._activity_dialog.raise_()
        self._activity_dialog.list.setFocus()

    def tell_fault(self, report: FaultReport) -> None:
        """Say that the program made a mistake; one box at a time, for one fault seldom comes alone."""
        _log.error("%s", report.text())
        if self._fault_box is None:
            self._fault_box = tell_fault(self, report, self.commands.restart)
            self._fault_box.destroyed.connect(self._forget_fault)

    def stops(self) -> list[QWidget]:
        """Where F6 stops, in the eye's order."""
        place = self.front.place
        inside = [place.header, *place.panes()] if place is not None else [self.front.currentWidget()]
        return [self.rail.list, *inside, self.line, self.jobs]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room may mean another layout."""
        super().resizeEvent(event)
        self._follow_size()

    def showEvent(self, event: QShowEvent) -> None:
        """Drags can be watched from now on."""
        super().showEvent(event)
        if self.front.has("add"):
            self.overlay.watch(self.windowHandle())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody wanted: one step back, or the message goes; never the window."""
        if event.key() == Qt.Key.Key_Escape:
            place = self.front.place
            if place is None or not place.step_back():
                self.line.dismiss()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask when something is worked on, unless it only looks at the sample; else remember and go."""
        runner, looks_matter = self.context.runner, not self.context.is_sample
        missed = [job for job in runner.jobs if job.would_be_missed and (job.writes or looks_matter)]
        if missed:
            event.ignore()
            if not self._closing_when_done:
                ask_before_closing(self, missed[0], self._close_when_done, self._stop_and_close)
            return
        remembered = self.context.remembered
        remembered.put_state("geometry", self.saveGeometry())
        remembered.put("place", self.front.name)
        remembered.save()
        self.hide()
        runner.shut_down()
        self.closed.emit()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        middle = self._middle = QVBoxLayout()
        middle.setSpacing(0)
        strip = QHBoxLayout()
        strip.setContentsMargins(16, 8, 16, 0)
        strip.addWidget(self.strip)
        middle.addLayout(strip)
        middle.addWidget(self.front, 1)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.rail)
        top.addLayout(middle, 1)
        central = self.centralWidget()
        kind(central, "plain")
        around = self._around = QVBoxLayout(central)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addLayout(top, 1)
        around.addWidget(self.jobs)
        self.setAccessibleName("NoLCAT Desktop")

    def _connect(self) -> None:
        runner = self.context.runner
        self.rail.chosen.connect(self.go)
        self.rail.settings_asked.connect(self.commands.settings)
        self.front.made.connect(self._take_in)
        self.front.came.connect(self._came)
        self.line.closed.connect(self._share_bottom)
        self.jobs.busy_changed.connect(lambda _: self._share_bottom())
        self.jobs.activity_asked.connect(self.show_activity)
        self.overlay.dropped.connect(self.open_paths)
        runner.started.connect(self.activity.add_job)
        runner.ended.connect(self._ended)
        runner.faulted.connect(self.tell_fault)
        self.context.theme.follow(self._restyle)

    def _take_in(self, place: Place) -> None:
        place.said.connect(self.say)
        place.unsaid.connect(self.line.withdraw)
        place.asked_for.connect(self.go)
        place.badge_changed.connect(lambda number: self.rail.model.set_badge(place.name, number, place.badge_words()))
        place.can_changed.connect(self.commands.refresh)
        self.rail.model.set_badge(place.name, place.badge(), place.badge_words())

    def _came(self, name: str) -> None:
        self.rail.select(name)
        self.commands.refresh()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - its name there
        """Let Tab go as the eye does, whatever was made when."""
        place = self.front.place
        inside = [*place.header.buttons(), place] if place is not None else [self.front.currentWidget()]
        set_order(self, [self.rail, self.strip, *inside, *self.line.buttons(), self.jobs])
        return super().focusNextPrevChild(next)

    def _share_bottom(self) -> None:
        """In a tight window the message stands where the job bar is idle."""
        said = self.line.notice is not None
        tight = self.layout_class is LayoutClass.TIGHT
        self.jobs.setVisible(not (tight and said) or self.jobs.is_working)
        self.line.setVisible(said and not (tight and self.jobs.is_working))

    def _follow_size(self) -> None:
        found = layout_class(self.width(), self.height())
        if found is not self.layout_class:
            self.layout_class = found
            deque(self._spread(), maxlen=0)
        if self.overlay.isVisible():
            self.overlay.setGeometry(self.rect())

    def _spread(self) -> Iterator[None]:
        for part in (self.rail, self.line, self.jobs, self.front):
            part.set_layout_class(self.layout_class)
            yield
        tight = self.layout_class is LayoutClass.TIGHT  # else under the place alone: the rail stays where it is
        (self._around if tight else self._middle).insertWidget(1 if tight else -1, self.line)
        self._share_bottom()

    def _restyle(self) -> Iterator[None]:
        self.layout_class = layout_class(self.width(), self.height())
        self.front.restyle()
        yield
        yield from self._spread()

    def _size_first(self) -> None:
        room = self.screen().availableSize() - FRAME
        self.setMinimumSize(LEAST_SIZE.boundedTo(room))
        self.resize(FIRST_SIZE.boundedTo(room))
        geometry = self.context.remembered.get_state("geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

    def _close_when_done(self) -> None:
        self._closing_when_done = True
        self._ended()

    def _stop_and_close(self) -> None:
        self._closing_when_done = True
        self.context.runner.cancel_all()
        self._ended()

    def _ended(self) -> None:
        if self._closing_when_done and not self.context.runner.is_busy:
            self.close()

    def _forget_fault(self) -> None:
        self._fault_box = None
