"""Starting the window: the application, its settings and what it remembers; no question, no network."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QLocale, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from nolcat_desktop import __version__
from nolcat_desktop.gui.apart import Apart
from nolcat_desktop.gui.collecting import Collector
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.fault import fault_report
from nolcat_desktop.gui.icons import LARGE, draw_ahead, icon
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.notice import Level, Notice
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.stepping import Stepper
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.gui.theme import Theme, apply, is_dark
from nolcat_desktop.log import start_log
from nolcat_desktop.problem import Problem
from nolcat_desktop.settings import Settings, load_settings, save_settings

NAME = "NoLCAT"
_WARM_AFTER, _IDLE_EVERY = 700, 20
"""Milliseconds."""


class Program(QObject):
    """The windows of one process, and the files they share."""

    def __init__(
        self, app: QApplication, folder: Path, places: Sequence[type[Place]], clock: Callable[[], datetime]
    ) -> None:
        """Read settings and what is remembered.

        Args:
            app: The application.
            folder: Holds settings, state and, by default, the library.
            places: In the order of the rail.
            clock: Tells the time.
        """
        super().__init__(app)
        self._places, self._clock, self._folder = places, clock, folder
        self._settings_file = folder / "settings.json"
        self._damage: list[Problem] = []
        """What is to be told once there is a window."""
        self.theme: Theme = apply(app, load_settings(self._settings_file, self._damage.append))
        self.remembered = Remembered(folder / "state.json", self)
        if self.remembered.problem is not None:
            self._damage.append(self.remembered.problem)
        self._unkept = False
        """Whether it was told that settings cannot be kept."""
        self.windows: list[MainWindow] = []
        self.apart = Apart()
        self._idle = Stepper(self, _IDLE_EVERY)

    @property
    def default_folder(self) -> Path:
        """Where the first library is kept."""
        return self._folder / "Library"

    def open_window(
        self, library: Path | None = None, sample: bool = False, reports: Sequence[Path] = ()
    ) -> MainWindow:
        """Show a window on `library` or on the sample, by default on what was open last; have `reports` checked."""
        runner = TaskRunner(self._clock, apart=self.apart)
        context = Context(runner, self.remembered, self.theme, self._clock)
        runner.setParent(context)
        window = MainWindow(context, self._places, self.default_folder, lambda: self._another(window))
        context.settings_changed.connect(lambda: self._keep(context.settings))
        window.closed.connect(lambda: self._forget(window))
        self.windows.append(window)
        last = self.remembered.get("library", "")
        folder = library or (Path(last) if last else self.default_folder)
        window.show()
        if sample:
            window.start_with_sample()
        else:
            window.start(folder, new=folder == self.default_folder)
        if reports:
            window.open_paths([path.absolute() for path in reports])
        while self._damage:
            problem = self._damage.pop()
            window.say(Notice(f"{problem.title}. {problem.meaning} {problem.remedy}", Level.CHECK, short=problem.title))
        return window

    def warm(self) -> None:
        """Have the process for long work ready, and the places that will be wanted."""
        if self.windows:
            self.windows[0].context.runner.start("", lambda _: self.apart.warm(), done=lambda _: None, quiet=True)
        self._idle.start(self._make_ahead())

    def _make_ahead(self) -> Iterator[None]:
        """Make what was not shown yet; what is there then is nobody's garbage."""
        while any(window.front.make_next() for window in self.windows):
            yield
        gc.freeze()
        yield from draw_ahead(not is_dark())

    def show_fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell an unexpected fault of the window's thread; for `sys.excepthook`."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        report = fault_report(error.with_traceback(trace), "", self._clock())
        if self.windows:
            self.windows[-1].tell_fault(report)
        else:
            sys.stderr.write(report.text())

    def _another(self, window: MainWindow) -> None:
        other = self.open_window(window.context.library_folder)
        other.move(window.x() + 32, window.y() + 32)

    def _keep(self, settings: Settings) -> None:
        for window in self.windows:
            window.context.set_settings(settings)
        try:
            save_settings(settings, self._settings_file)
        except OSError:
            self._tell_unkept()

    def _tell_unkept(self) -> None:
        """Say once that a setting is gone when the program ends."""
        if not self._unkept and self.windows:
            short = self.tr("Your settings cannot be kept")
            told = self.tr(
                "{short}: {folder} cannot be written. They hold until you close the program; libraries and numbers are "
                "not touched by this. Ask who looks after the computer for the right to write there."
            )
            text = told.format(short=short, folder=self._settings_file.parent)
            self.windows[-1].say(Notice(text, Level.CHECK, short=f"{short}."))
        self._unkept = True

    def _forget(self, window: MainWindow) -> None:
        if window in self.windows:
            self.windows.remove(window)
            window.deleteLater()


def parser() -> argparse.ArgumentParser:
    """The words behind `nolcat-desktop`."""
    words = argparse.ArgumentParser(prog="nolcat-desktop", description="Opens the window of NoLCAT Desktop.")
    told = "the folder of a library; files are reports, to be checked in it or in the library that was open last"
    words.add_argument("paths", nargs="*", type=Path, metavar="LIBRARY|FILE", help=told)
    words.add_argument("--version", action="version", version=f"NoLCAT Desktop {__version__}")
    words.add_argument("--sample", action="store_true", help="open the sample library: made-up numbers")
    return words


def main(argv: Sequence[str] | None = None) -> int:
    """Start the window and stay until the last one is closed.

    Args:
        argv: The command line with the program's name; the folder of a library or `--sample`, and files
            of reports may follow.

    Returns:
        The exit code of the application.
    """
    arguments = list(sys.argv if argv is None else argv)
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(arguments)
    if QLocale().language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English))  # a system without a language still groups its numbers
    app.setApplicationName("NoLCAT Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("nolcat-desktop")
    folder = Path(platformdirs.user_data_dir(NAME, appauthor=False))
    start_log()
    collector = Collector(app)
    program = Program(app, folder, PLACES, lambda: datetime.now().astimezone())
    app.setWindowIcon(icon("report-analytics", Role.ACCENT, LARGE))
    sys.excepthook = program.show_fault
    words = parser()
    asked = words.parse_args(app.arguments()[1:])
    reports = [path for path in asked.paths if path.is_file()]
    libraries = [path for path in asked.paths if not path.is_file()]
    if len(libraries) > 1:
        words.error(f"only one library can be opened, and these are no files: {', '.join(map(str, libraries))}")
    program.open_window(libraries[0] if libraries else None, asked.sample, reports)
    QTimer.singleShot(_WARM_AFTER, program.warm)
    code = app.exec()
    program.apart.close()
    collector.give_back()
    return code
