"""Pictures of every place and state, for who looks at them: `python -m tests.gui.screenshots FOLDER [WORD…]`.

Without a screen. Only scenes and looks that contain one of the words are taken, or all of them.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QLocale
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from nolcat_desktop.analysis.table_query import Sorting
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.gui.pages.library_page import LibraryPage
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.sample import sample_reports, waiting_reports
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.gui.theme import Theme, apply
from nolcat_desktop.problem import Problem
from nolcat_desktop.settings import Colours, Settings
from tests.gui.frame_builders import APART

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
PATIENCE = 60.0
"""Seconds that anything may take."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is taken."""

    name: str
    colours: Colours = Colours.LIGHT
    text_size: int = 100
    size: tuple[int, int] = (1280, 720)


LOOKS = (
    Look("light-100"),
    Look("dark-100", Colours.DARK),
    Look("light-150", text_size=150),
    Look("light-200", text_size=200),
    Look("dark-200", Colours.DARK, 200),
    Look("light-100-small", size=(960, 640)),
    Look("light-100-large", size=(1920, 1080)),
)


class Studio:
    """One window on a library of its own."""

    def __init__(self, theme: Theme, look: Look, folder: Path, sample: bool) -> None:
        """Open the window, on the sample library or on an empty one."""
        theme.use(Settings(colours=look.colours, text_size=look.text_size))
        self.runner = TaskRunner(lambda: NOW, apart=APART)
        context = Context(self.runner, Remembered(folder / "state.json"), theme, lambda: NOW)
        self.window = MainWindow(context, PLACES, folder / "Library")
        self.window.resize(*look.size)
        self.window.show()
        self.window.resize(*look.size)
        if sample:
            self.window.start_with_sample()
        else:
            self.window.start(folder / "Library", new=True)
        self.settle()
        self.window.line.dismiss()

    def settle(self) -> None:
        """Wait until nothing is worked on and all is drawn."""
        end = time.monotonic() + PATIENCE
        quiet = 0
        while quiet < 3:
            QApplication.processEvents()
            quiet = 0 if self.runner.jobs else quiet + 1
            if time.monotonic() > end:
                raise TimeoutError(str([job.name for job in self.runner.jobs]))
            QTest.qWait(20)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def until(self, came: Callable[[], object]) -> None:
        """Look at the window until `came`."""
        end = time.monotonic() + PATIENCE
        while not came() and time.monotonic() < end:
            QApplication.processEvents()
            QTest.qWait(5)

    def go(self, name: str) -> Place:
        """Bring a place to the front."""
        self.window.go(name)
        self.settle()
        place = self.window.front.place
        assert place is not None
        return place

    def close(self) -> None:
        """Without asking."""
        self.runner.shut_down()
        self.window.deleteLater()
        QApplication.processEvents()


Scene = Callable[[Studio], QWidget | None]
"""Brings something about; what is to be seen comes back, or None for the whole window."""


def library(studio: Studio) -> None:
    studio.go("library")


def library_years(studio: Studio) -> None:
    page = studio.go("library")
    assert isinstance(page, LibraryPage)
    while page.step_back():
        studio.settle()
    page.do("months_years")


def library_gap_panel(studio: Studio) -> None:
    page = studio.go("library")
    page.do("next_gap")
    studio.settle()
    page.do("details")


def library_gaps(studio: Studio) -> None:
    page = studio.go("library")
    page.header.ordinary()[0].trigger()


def review(studio: Studio) -> None:
    page = _review(studio)
    page.review.show_pane(page.review.findings)


def _review(studio: Studio) -> AddPage:
    page = studio.go("add")
    assert isinstance(page, AddPage)
    if not page.model.lines:
        page.open_paths([waiting_reports()])
        studio.settle()
    return page


def _choose(studio: Studio, word: str, pane: str) -> None:
    page = _review(studio)
    for row, line in enumerate(page.model.lines):
        if word in line.reviewed.file:
            index = page.review.lines.mapFromSource(page.model.index(row, 0))
            page.review.table.setCurrentIndex(index)
            studio.settle()
            page.review.show_pane(getattr(page.review, pane))
    page.closer.show()


def review_damaged(studio: Studio) -> None:
    _choose(studio, "damaged", "findings")


def review_difference(studio: Studio) -> None:
    _choose(studio, "corrected", "difference")


def review_sums(studio: Studio) -> None:
    _choose(studio, "corrected", "sums")


def review_sheet(studio: Studio) -> None:
    _choose(studio, "corrected", "sheet")


def review_done(studio: Studio) -> None:
    page = _review(studio)
    _choose(studio, "corrected", "difference")
    page.review.difference.replace.click()
    page.add_action.trigger()


def data(studio: Studio) -> None:
    studio.go("data")


def data_nothing(studio: Studio) -> None:
    page = studio.go("data")
    assert isinstance(page, DataPage)
    page.step_back()
    page.table.filters.type_in("resource_name", "zeitschrft")


def data_find(studio: Studio) -> None:
    page = studio.go("data")
    page.do("find")


def data_titles(studio: Studio) -> None:
    page = studio.go("data")
    assert isinstance(page, DataPage)
    while page.step_back():
        studio.settle()
    page.table.sorting_asked.emit(Sorting("resource_name", descending=True))


def explanation(studio: Studio) -> QWidget | None:
    page = studio.go("data")
    while page.step_back():
        studio.settle()
    page.do("where_from")
    return _dialog(studio)


def no_report(studio: Studio) -> QWidget | None:
    page = studio.go("library")
    page.do("next_gap")
    page.do("no_report")
    return _dialog(studio)


def certificate(studio: Studio) -> QWidget | None:
    studio.go("history").do("certificate")
    return _dialog(studio)


def help_page(studio: Studio) -> QWidget | None:
    studio.go("library")
    studio.window.actions_table["help"].trigger()
    return _dialog(studio)


def keyboard(studio: Studio) -> QWidget | None:
    studio.window.actions_table["keyboard"].trigger()
    return _dialog(studio)


def working(studio: Studio) -> None:
    page = studio.go("add")
    page.receive([sample_reports()])
    studio.until(lambda: studio.window.jobs.is_working and any(job.step.total for job in studio.runner.jobs))


def history(studio: Studio) -> None:
    studio.go("history")


def settings(studio: Studio) -> QWidget | None:
    studio.window.commands.settings()
    return _dialog(studio)


def finder(studio: Studio) -> QWidget | None:
    studio.window.actions_table["find_command"].trigger()
    return _dialog(studio)


def activity(studio: Studio) -> QWidget | None:
    studio.window.show_activity()
    return _dialog(studio)


def error(studio: Studio) -> None:
    problem = Problem(
        "The library's folder cannot be found",
        "Nothing is lost by this.",
        "Connect the drive, then try again.",
        "\\\\lib-nas\\usage (last seen today 09:12)",
    )
    studio.window.door.refused.emit(Path("/lib-nas/usage"), problem)


def _dialog(studio: Studio) -> QWidget | None:
    studio.settle()
    shown = [one for one in studio.window.findChildren(QDialog) if one.isVisible()]
    return shown[-1] if shown else None


SAMPLE: dict[str, Scene] = {
    "library": library,
    "library-panel": library_gap_panel,
    "library-gaps": library_gaps,
    "library-years": library_years,
    "add-review": review,
    "add-damaged": review_damaged,
    "add-difference": review_difference,
    "add-sums": review_sums,
    "add-sheet": review_sheet,
    "data": data,
    "data-find": data_find,
    "data-nothing": data_nothing,
    "data-titles": data_titles,
    "explanation": explanation,
    "no-report": no_report,
    "history": history,
    "certificate": certificate,
    "help": help_page,
    "keyboard": keyboard,
    "add-done": review_done,
    "settings": settings,
    "finder": finder,
    "activity": activity,
    "add-working": working,
    "error": error,
}
UNSETTLED = frozenset({"add-working"})
"""Scenes that are seen while something is worked on."""
EMPTY: dict[str, Scene] = {
    "start": lambda _: None,
    "add-empty": lambda studio: _ignore(studio.go("add")),
    "data-empty": lambda studio: _ignore(studio.go("data")),
    "history-empty": lambda studio: _ignore(studio.go("history")),
}


def _ignore(_value: object) -> None:
    """Only brought about."""


def main(words: Sequence[str] | None = None) -> int:
    """Take the pictures; their files are named by scene and look."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("words", nargs="*")
    wanted = asked.parse_args(words)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    QLocale.setDefault(QLocale(QLocale.Language.English))
    theme = apply(app, Settings(colours=Colours.LIGHT))
    for look in LOOKS:
        for is_sample, scenes in ((True, SAMPLE), (False, EMPTY)):
            chosen = {name: scene for name, scene in scenes.items() if _is_wanted(f"{name}-{look.name}", wanted.words)}
            if chosen:
                _take(theme, look, chosen, is_sample, wanted.folder)
    APART.close()
    return 0


def _is_wanted(name: str, words: Sequence[str]) -> bool:
    return not words or any(word in name for word in words)


def _take(theme: Theme, look: Look, scenes: dict[str, Scene], sample: bool, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        studio = Studio(theme, look, Path(home), sample)
        for name, scene in scenes.items():
            for dialog in studio.window.findChildren(QDialog):
                dialog.close()
            shown = scene(studio)
            if name not in UNSETTLED:
                studio.settle()
            file = folder / f"{name}-{look.name}.png"
            (shown or studio.window).grab().save(str(file))
            print(file)  # noqa: T201 - a tool
        studio.close()


if __name__ == "__main__":
    sys.exit(main())
