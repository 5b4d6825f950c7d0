"""What the parts of a window may ask of it: the walls between `main_window` and those who work for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from nolcat_desktop.gui.activity import ActivityModel
from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.front import Front
from nolcat_desktop.gui.job_bar import JobBar
from nolcat_desktop.gui.library_door import LibraryDoor
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.notification_line import NotificationLine
from nolcat_desktop.gui.rail import Rail
from nolcat_desktop.gui.sample_strip import SampleStrip


class Window(QMainWindow):
    """The parts of a window by name; `MainWindow` makes them."""

    context: Context
    door: LibraryDoor
    chooser: Chooser
    activity: ActivityModel
    library_menu: QMenu
    rail: Rail
    front: Front
    strip: SampleStrip
    line: NotificationLine
    jobs: JobBar

    def go(self, name: str, payload: object = None) -> None:
        """Bring a place to the front; with a payload it is handed over."""
        raise NotImplementedError

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Have files, folders and zips checked; nothing is written by that."""
        raise NotImplementedError

    def say(self, notice: Notice) -> None:
        """Show `notice` at the bottom edge; the one before is in Activity."""
        raise NotImplementedError

    def show_activity(self) -> None:
        """Open Activity."""
        raise NotImplementedError

    def stops(self) -> list[QWidget]:
        """Where F6 stops, in the eye's order."""
        raise NotImplementedError
