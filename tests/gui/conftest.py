"""One theme for all windows, and windows that are closed at the end."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shiboken6
from PySide6.QtCore import QLocale, SignalInstance
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import MultiSignalBlocker, SignalBlocker

from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.gui.theme import Theme, apply
from nolcat_desktop.settings import Colours, Settings
from tests.gui.frame_builders import APART, PANES, PATIENCE, settled, window_on

if TYPE_CHECKING:
    from tests.gui.cloud_stage import Stage
    from tests.servers.aws_stand_in import Aws
    from tests.servers.seaweed import Seaweed


class Patient(QtBot):
    """Waits long by default: a wait ends at once when what it waits for comes, however loaded the machine is."""

    def waitSignal(self, signal: SignalInstance, *, timeout: int = PATIENCE, **how: Any) -> SignalBlocker:  # noqa: N802 - its name there
        """See `QtBot.waitSignal`."""
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitSignals(self, signals: list[SignalInstance], *, timeout: int = PATIENCE, **how: Any) -> MultiSignalBlocker:  # noqa: N802 - its name there
        """See `QtBot.waitSignals`."""
        return super().waitSignals(signals, timeout=timeout, **how)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:  # noqa: N802 - its name there
        """See `QtBot.waitUntil`."""
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Instead of pytest-qt's, whose waits end after five seconds."""
    del qapp
    return Patient(request)


@pytest.fixture(scope="module", autouse=True)
def looked_at_once() -> None:
    """What other files left alive is not looked at again after every test of this one."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """Garbage is collected in the window's thread alone, as the program does (see `gui.collecting`)."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def own_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The accounts of the cloud that whoever runs the tests has are not theirs: nobody is asked by a test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "accounts"))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The look at 100 % in light, and again so at the end."""
    used = apply(qapp, Settings(colours=Colours.LIGHT))
    used.at_once = True
    yield used
    apply(qapp, Settings(colours=Colours.LIGHT))


@pytest.fixture
def make_window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    """Makes a window that is shown, on the library in `tmp_path` when `start`."""
    made: list[MainWindow] = []

    def make(start: bool = True, size: tuple[int, int] = (1280, 720), places: object = PANES) -> MainWindow:
        window = window_on(tmp_path, theme, places)  # type: ignore[arg-type] # a tuple of places
        made.append(window)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        if start:
            with qtbot.waitSignal(window.door.opened):
                window.start(tmp_path / "Library", new=True)
        return window

    yield make
    for window in made:
        window.context.runner.shut_down()
    QApplication.processEvents()


@pytest.fixture
def make_place(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Makes a place by itself on a library (or none), in American English, and waits for what it asks first."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    made: list[Place] = []

    def make(
        kind: type[Place], library: Library | None, clock: Callable[[], datetime], size: tuple[int, int] = (1100, 700)
    ) -> Place:
        runner = TaskRunner(clock, apart=APART)
        context = Context(runner, Remembered(tmp_path / "state.json"), theme, clock)
        runner.setParent(context)
        page = kind(context)
        deque(page.build(), maxlen=0)
        context.setParent(page)
        made.append(page)
        page.resize(*size)
        page.layout_class_changed(LayoutClass.WIDE)
        page.show()
        context.set_library(library)
        settled(qtbot, runner)
        return page

    yield make
    for page in made:
        page.context.runner.shut_down()
        page.close()
        shiboken6.delete(page)  # here, and not when some thread collects garbage
    QLocale.setDefault(before)


@pytest.fixture
def stage(
    qtbot: QtBot, theme: Theme, tmp_path: Path, s3_server: Seaweed, aws_server: Aws, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    """The Cloud place in a window, with a bucket and services of its own."""
    from tests.gui.cloud_stage import make_stage  # brings AWS, which most tests of the window have no use for

    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    made = make_stage(qtbot, theme, tmp_path, (s3_server, aws_server), monkeypatch)
    yield made
    made.close()
    QLocale.setDefault(before)
