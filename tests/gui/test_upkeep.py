"""Looking after the library in the window: what is damaged is listed in words, seen before and after it is mended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.rebuild_list import FoundDialog
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from tests.gui.frame_builders import REPORT, settled


def newest(window: MainWindow, qtbot: QtBot) -> FoundDialog:
    settled(qtbot, window.context.runner)
    return [one for one in window.findChildren(FoundDialog) if one.isVisible()][-1]


def lines(dialog: FoundDialog) -> list[tuple[str, ...]]:
    return [fact.cells for fact in dialog.table.facts.facts]


def test_that_what_the_check_finds_is_listed_and_made_again_once_it_was_seen(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    library = window.context.library
    assert library is not None
    convert([REPORT], library, Wishes(), Progress())
    (part,) = library.parts()
    whole = part.file.read_bytes()
    part.file.write_bytes(b"PAR1 nothing PAR1")
    assert window.actions_table["rebuild"].text() == "Re&build…"
    window.actions_table["check_library"].trigger()
    checked = newest(window, qtbot)
    assert {cells[1] for cells in lines(checked)} == {"Rowan Shelf · TR"}
    assert all(one.accessibleName() for one in checked.findChildren(QPushButton) if one.isVisible())
    assert part.path in checked.text()
    checked.do.click()
    seen = newest(window, qtbot)
    assert lines(seen) == [("Would be made again", "Rowan Shelf · TR")]
    assert part.file.read_bytes() == b"PAR1 nothing PAR1"
    assert seen.do.text() == "Make 1 again"
    with qtbot.waitSignal(window.context.library_changed):
        seen.do.click()
    after = newest(window, qtbot)
    assert lines(after) == [("Made again", "Rowan Shelf · TR")]
    assert len(part.file.read_bytes()) == len(whole)
    assert library.verify() == []
    after.close()


def test_that_what_is_lost_says_why_and_a_whole_library_has_nothing_to_rebuild(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    library = window.context.library
    assert library is not None
    convert([REPORT], library, Wishes(), Progress())
    window.actions_table["rebuild"].trigger()
    settled(qtbot, window.context.runner)
    assert window.line.notice is not None
    assert "nothing to make again" in window.line.notice.text
    (part,) = library.parts()
    (original,) = library.layout.originals.iterdir()
    part.file.unlink()
    original.unlink()
    window.actions_table["rebuild"].trigger()
    seen = newest(window, qtbot)
    assert ("Cannot be made again", "Rowan Shelf · TR") in lines(seen)
    assert not seen.do.isVisible()
    assert "rowan-shelf_TR_2019.tsv is not among the library's originals" in seen.text()
    seen.close()
