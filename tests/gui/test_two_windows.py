"""Two windows on one library: each shows what holds now, and nothing is done over what the other did unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nolcat_desktop import __version__
from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.pages.add_lines import Fate
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from nolcat_desktop.workflow.review_plan import Todo
from tests.builders import a_report, tsv
from tests.gui.frame_builders import REPORT, now, settled

Make = Callable[..., MainWindow]


def put(folder: Path, name: str, seed: int, kind: str = "TR") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(tsv(a_report(Release.R51, kind, months=2, titles=3, seed=seed)))
    return file


def reviewed(qtbot: QtBot, window: MainWindow, path: Path) -> AddPage:
    window.open_paths([path])
    settled(qtbot, window.context.runner)
    page = window.front.place
    assert isinstance(page, AddPage)
    return page


def press(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_table["primary"].trigger()
    settled(qtbot, window.context.runner)


def words(page: AddPage) -> str:
    return f"{page.done.failed.text()} {page.done.rest.text()}"


def test_that_undo_is_possible_again_when_a_writing_ends_without_anything_done(
    make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    convert([REPORT], Library.open(tmp_path / "Library", now, __version__), Wishes(), Progress())
    window, end = make_window(), Event()
    undo = window.actions_table["undo"]
    assert undo.isEnabled()
    runner = window.context.runner
    runner.start("Trying", lambda _: end.wait(), done=lambda _: None, writes=True)
    window.door.reach_changed.emit()  # what another window did is seen meanwhile
    assert not undo.isEnabled()
    end.set()
    settled(qtbot, runner)
    assert undo.isEnabled()


def test_that_what_was_decided_beside_other_numbers_does_not_hold(
    make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    library = Library.open(tmp_path / "Library", now, __version__)
    convert([put(tmp_path / "first", "TR.tsv", 1)], library, Wishes(), Progress())
    window = make_window(places=PLACES)
    page = reviewed(qtbot, window, put(tmp_path / "mine", "TR.tsv", 2))
    (line,) = page.model.lines
    page.model.decide([line], lambda one: setattr(one, "if_loaded", "replace"))
    assert line.fate is Fate.REPLACE
    convert([put(tmp_path / "other", "PR.tsv", 1, "PR")], library, Wishes(), Progress())
    before = line.reviewed
    qtbot.waitUntil(lambda: line.reviewed is not before)  # of the same platform: read anew
    settled(qtbot, window.context.runner)
    assert line.fate is Fate.REPLACE  # beside the same numbers
    convert([put(tmp_path / "theirs", "TR.tsv", 3)], library, Wishes(if_loaded="replace"), Progress())
    qtbot.waitUntil(lambda: line.fate is Fate.DECIDE)
    assert line.todo is Todo.DIFFERS


def test_that_a_file_that_changed_before_it_was_added_is_read_again(
    make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(places=PLACES)
    page = reviewed(qtbot, window, put(tmp_path / "in", "TR.tsv", 1))
    put(tmp_path / "in", "TR.tsv", 2)
    press(qtbot, window)
    assert window.context.library is not None
    assert window.context.library.holdings() == ()
    assert page.header.summary_text() == "Everything is still in the review."
    assert "TR.tsv. The file has changed since it was checked" in words(page)
    assert "1 is still in the review." in words(page)
    page.done.show_rest.click()
    settled(qtbot, window.context.runner)
    assert page.stack.currentWidget() is page.review
    (line,) = page.model.lines
    assert line.fate is Fate.ADD
    press(qtbot, window)
    (held,) = window.context.library.holdings()
    assert line.reviewed.load is not None
    assert held.load.tally.total == line.reviewed.load.tally.total
    QApplication.processEvents()
