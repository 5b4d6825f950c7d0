"""Settings › Sources: numbers, NoLCAT's list, mapping with what would be renamed, other names; all can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.dataset import Library, Named
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.sources_mapping import MappingDialog
from nolcat_desktop.gui.sources_naming import NamingDialog
from nolcat_desktop.gui.sources_page import SourcesPage
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from tests.gui.frame_builders import REPORT, Answers, settled

LIST = "statistics_source_ID,statistics_source_name\n7,rowan shelf\n8,Rowan Shelf Archive\n"


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> MainWindow:
    made = make_window()
    assert made.context.library is not None
    convert([REPORT], made.context.library, Wishes(), Progress())
    return made


def opened(window: MainWindow, qtbot: QtBot) -> tuple[SourcesPage, Library]:
    window.actions_table["sources"].trigger()
    settled(qtbot, window.context.runner)
    (page,) = window.findChildren(SourcesPage)
    assert page.isVisible()
    assert window.context.library is not None
    return page, window.context.library


def newest(page: QWidget, kind: type[QDialog]) -> QDialog:
    return [one for one in page.findChildren(kind) if one.isVisible()][-1]


def undone(window: MainWindow, qtbot: QtBot) -> None:
    settled(qtbot, window.context.runner)
    qtbot.waitUntil(lambda: window.door.reach.undo is not None)
    with qtbot.waitSignal(window.door.taken_back):
        window.door.undo()
    settled(qtbot, window.context.runner)


def test_that_local_numbers_become_nolcats_after_what_would_be_renamed_was_shown(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page, library = opened(window, qtbot)
    assert page.sources.facts.facts[0].cells == ("Rowan Shelf", "1000001", "this computer's", "1")
    assert "cannot be sent" in page.told.text()
    file = tmp_path / "sources.csv"
    file.write_text(LIST, encoding="utf-8")
    assert isinstance(window.chooser, Answers)
    window.chooser.chosen_file = file
    page.take.click()
    settled(qtbot, window.context.runner)
    assert {fact.cells[1] for fact in page.sources.facts.facts} == {"7", "8", "1000001"}
    page.map.click()
    settled(qtbot, window.context.runner)
    dialog = newest(page, MappingDialog)
    assert isinstance(dialog, MappingDialog)
    assert dialog.mapping() == {1_000_001: 7}
    (line,) = dialog.table.facts.facts
    assert line.cells[:2] == ("TR/1000001_TR_NULL.parquet", "TR/7_TR_NULL.parquet")
    assert [part.path for part in library.parts()] == ["TR/1000001_TR_NULL.parquet"]
    assert "1 of 1" in dialog.said.text()
    box = dialog.boxes[1_000_001]
    box.setCurrentIndex(0)
    assert not dialog.do.isEnabled()
    box.setCurrentIndex(box.findData(7))
    qtbot.waitUntil(dialog.do.isEnabled)
    dialog.do.click()
    settled(qtbot, window.context.runner)
    assert [part.path for part in library.parts()] == ["TR/7_TR_NULL.parquet"]
    assert 1_000_001 not in library.sources().names()
    undone(window, qtbot)
    assert [part.path for part in library.parts()] == ["TR/1000001_TR_NULL.parquet"]
    assert library.verify() == []


def test_that_sources_that_share_months_are_refused_before_anything_is_renamed(
    window: MainWindow, qtbot: QtBot
) -> None:
    library = window.context.library
    assert library is not None
    convert([REPORT], library, Wishes(source=7), Progress())
    page, library = opened(window, qtbot)
    page.map.click()
    settled(qtbot, window.context.runner)
    dialog = newest(page, MappingDialog)
    assert isinstance(dialog, MappingDialog)
    box = dialog.boxes[1_000_001]
    box.setCurrentIndex(box.findData(7))
    settled(qtbot, window.context.runner)
    assert not dialog.do.isEnabled()
    assert "counted twice" in dialog.said.text() or "both" in dialog.said.text()
    dialog.close()


def test_that_names_with_months_are_given_taken_back_and_undone(window: MainWindow, qtbot: QtBot) -> None:
    page, library = opened(window, qtbot)
    page.add.click()
    settled(qtbot, window.context.runner)
    dialog = newest(page, NamingDialog)
    assert isinstance(dialog, NamingDialog)
    assert "Rowan Shelf" in [dialog.name.itemText(row) for row in range(dialog.name.count())]
    dialog.keep.click()
    assert dialog.isVisible()
    assert "Give the name" in dialog.fault.text()
    dialog.name.setEditText("Rowan Shelf")
    dialog.stands_for.setText("Rowan")
    dialog.first.setCurrentIndex(dialog.first.findData("2019-03"))
    dialog.keep.click()
    settled(qtbot, window.context.runner)
    (made,) = library.decisions().aliases
    assert (made.what, made.name, made.stands_for, made.first, made.last) == (
        Named.PLATFORM, "Rowan Shelf", "Rowan", "2019-03", None,
    )  # fmt: skip
    assert page.aliases.facts.facts[0].cells == ("Platform", "Rowan Shelf", "Rowan", "from Mar 2019")
    page.remove.click()
    settled(qtbot, window.context.runner)
    assert library.decisions().aliases == ()
    undone(window, qtbot)
    assert len(library.decisions().aliases) == 1
    assert page.aliases.facts.rowCount() == 1


def test_that_a_source_is_renamed_and_everything_has_a_name_for_the_ear(window: MainWindow, qtbot: QtBot) -> None:
    page, library = opened(window, qtbot)
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() and widget.isVisible() and not isinstance(widget, QComboBox):
            assert widget.accessibleName(), widget
    page.rename.click()
    (asked,) = page.findChildren(QInputDialog)
    asked.setTextValue("Rowan & Sons")
    asked.accept()
    settled(qtbot, window.context.runner)
    assert list(library.sources().names().values()) == ["Rowan & Sons"]
    page.own.click()
    settled(qtbot, window.context.runner)
    assert library.decisions().own_numbering
    assert "cannot be sent" not in page.told.text()
    QApplication.processEvents()
