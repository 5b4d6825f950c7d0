from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nolcat_desktop.counter.release import Release
from nolcat_desktop.gui.app import Program
from nolcat_desktop.gui.pages.add_lines import Fate
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.theme import apply
from nolcat_desktop.settings import Colours, Settings, load_settings, save_settings
from tests.builders import a_report, tsv
from tests.gui.frame_builders import PANES, now, settled

LIGHT = Settings(colours=Colours.LIGHT)


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[], Program]]:
    made: list[Program] = []

    def start() -> Program:
        one = Program(qapp, tmp_path, PANES, now)
        made.append(one)
        with qtbot.waitSignal(one.open_window().door.opened):
            pass
        return one

    if not (tmp_path / "settings.json").exists():
        save_settings(LIGHT, tmp_path / "settings.json")
    yield start
    for one in made:
        for window in list(one.windows):
            window.close()
    apply(qapp, LIGHT)


def test_that_settings_are_kept_for_the_next_start(program: Callable[[], Program], tmp_path: Path) -> None:
    window = program().windows[0]
    window.actions_table["larger"].trigger()
    assert load_settings(tmp_path / "settings.json") == Settings(text_size=110, colours=Colours.LIGHT)


@pytest.mark.parametrize("name", ["settings.json", "state.json"])
def test_that_a_damaged_file_is_told_in_the_window_and_kept(
    program: Callable[[], Program], tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("{", encoding="utf-8")
    notice = program().windows[0].line.notice
    (aside,) = (one for one in tmp_path.iterdir() if "-damaged-" in one.name)
    assert notice is not None
    assert aside.name in notice.text
    assert aside.read_text(encoding="utf-8") == "{"


def test_that_the_library_of_the_last_time_is_opened(
    program: Callable[[], Program], qtbot: QtBot, tmp_path: Path
) -> None:
    first = program().windows[0]
    (tmp_path / "Other").mkdir()
    with qtbot.waitSignal(first.door.opened):
        first.door.open(tmp_path / "Other")
    first.close()
    assert program().windows[0].context.library_folder == tmp_path / "Other"


def test_that_two_windows_share_the_settings_and_close_one_by_one(program: Callable[[], Program], qtbot: QtBot) -> None:
    one = program()
    one.windows[0].actions_table["new_window"].trigger()
    first, second = one.windows
    with qtbot.waitSignal(second.door.opened):
        pass
    assert second.context.library_folder == first.context.library_folder
    second.actions_table["compact"].trigger()
    assert first.context.settings == second.context.settings
    second.close()
    assert one.windows == [first]


def test_that_a_fault_in_the_window_is_told_there(program: Callable[[], Program]) -> None:
    one = program()
    one.show_fault(ValueError, ValueError("x"), None)
    assert one.windows[0]._fault_box is not None


def test_that_nothing_is_written_into_the_library_by_a_start(program: Callable[[], Program], tmp_path: Path) -> None:
    program()
    assert not (tmp_path / "Library").exists()


def test_that_the_start_uses_no_network(
    program: Callable[[], Program], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[object] = []

    def refuse(_self: object, address: object, *_rest: object) -> None:
        asked.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    program()
    qtbot.wait(50)
    assert asked == []
    assert "PySide6.QtNetwork" not in sys.modules


def test_that_the_program_starts_with_what_it_is_given_and_ends_by_itself(tmp_path: Path) -> None:
    library, report = tmp_path / "Library", tmp_path / "TR.tsv"
    report.touch()
    library.mkdir()
    script = (
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from nolcat_desktop.gui import app\n"
        "inner = app.Program.open_window\n"
        "def opened(self, *given):\n"
        "    print([str(one) for one in (given[0], *given[2])])\n"
        "    window = inner(self, *given[:2])\n"
        "    window.door.opened.connect(lambda: QTimer.singleShot(0, QApplication.closeAllWindows))\n"
        "    return window\n"
        "app.Program.open_window = opened\n"
        f"sys.exit(app.main({['nolcat-desktop', str(report), str(library)]!r}))\n"
    )
    places = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA")}
    environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run([sys.executable, "-c", script], env=environment, timeout=60, capture_output=True, text=True)
    assert (ended.returncode, "Traceback" in ended.stderr) == (0, False), ended.stderr
    assert ended.stdout.strip() == str([str(library), str(report)])


def test_that_of_two_libraries_behind_the_command_none_is_passed_over(tmp_path: Path) -> None:
    places = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA")}
    environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}
    words = [sys.executable, "-m", "nolcat_desktop", str(tmp_path), str(tmp_path / "TR.tvs")]
    ended = subprocess.run(words, env=environment, timeout=60, capture_output=True, text=True)
    assert ended.returncode == 2
    assert "only one library can be opened" in ended.stderr
    assert "TR.tvs" in ended.stderr


def test_that_files_behind_the_command_are_checked_as_if_they_were_dropped(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    save_settings(LIGHT, tmp_path / "settings.json")
    program, own = Program(qapp, tmp_path, PLACES, now), tmp_path / "own.tsv"
    own.write_bytes(tsv(a_report(Release.R51, "TR", months=2, titles=3)))
    window = program.open_window(reports=[own])
    with qtbot.waitSignal(window.door.opened):
        pass
    settled(qtbot, window.context.runner)
    page = window.front.place
    assert isinstance(page, AddPage)
    assert [(line.reviewed.file, line.fate) for line in page.model.lines] == [(str(own), Fate.ADD)]
    window.close()
    apply(qapp, LIGHT)


def test_that_the_registered_places_work_with_an_empty_library(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    save_settings(LIGHT, tmp_path / "settings.json")
    one = Program(qapp, tmp_path, PLACES, now)
    window = one.open_window()
    with qtbot.waitSignal(window.door.opened):
        pass
    for place in PLACES:
        window.go(place.name)
    with_words = [button for button in window.front.first_start.buttons if not button.isHidden()]
    assert window.front.first_start is not window.front.currentWidget() or with_words != []
    window.close()
