from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QAbstractItemModel, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.activity import LONGEST, ActivityModel
from nolcat_desktop.gui.command_finder import CommandFinder, CommandModel
from nolcat_desktop.gui.job import Job, JobState
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.rail import RailItem, RailModel
from tests.gui.frame_builders import now

pytestmark = pytest.mark.usefixtures("theme")
EAR = Qt.ItemDataRole.AccessibleTextRole


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_that_the_rail_says_word_and_number() -> None:
    model = RailModel([RailItem("library", "Library", "layout-grid"), RailItem("add", "Add reports", "file-plus")])
    watched(model)
    model.set_badge("library", 6)
    model.set_badge("nowhere", 3)
    assert model.index(0).data(EAR) == "Library, 6"
    assert model.index(1).data(EAR) == "Add reports"
    assert (model.row_of("add"), model.name_of(1), model.row_of("nowhere")) == (1, "add", -1)


def test_that_activity_shows_the_newest_first_and_ends_somewhere() -> None:
    owner, model = QObject(), ActivityModel(now)
    watched(model)
    job = Job("Adding 14 reports", True, False, now, owner)
    model.add_job(job)
    model.add_job(Job("Looking", False, True, now, owner))
    model.add_notice(Notice("Added."))
    assert model.rowCount() == 2
    assert model.index(0).data().endswith("Added.")
    job.enter(JobState.RUNNING)
    job.note("a.tsv")
    assert model.index(1).data(EAR).endswith("Adding 14 reports: working")
    assert "a.tsv" in model.log_of(model.index(1))
    for number in range(LONGEST + 5):
        model.add_notice(Notice(str(number)))
    assert model.rowCount() == LONGEST
    del owner


def test_that_a_job_may_outlive_the_window_that_shows_it(qtbot: QtBot) -> None:
    owner, window = QObject(), QObject()
    job, other = Job("Adding", True, False, now, owner), Job("Sending", True, False, now, owner)
    model = ActivityModel(now, window)
    model.add_job(job)
    model.add_job(other)
    with qtbot.captureExceptions() as raised:
        other.enter(JobState.RUNNING)
        assert model.index(0).data(EAR).endswith("Sending: working")
        shiboken6.delete(window)
        job.enter(JobState.DONE)
    assert raised == []


def test_that_a_command_says_its_shortcut_or_why_not(theme: object) -> None:
    del theme
    can, cannot = QAction("&Export…"), QAction("&Undo")
    can.setShortcut("Ctrl+Shift+E")
    cannot.setEnabled(False)
    cannot.setProperty("reason", "Nothing was done")
    model = CommandModel([can, cannot])
    watched(model)
    assert model.index(0).data(EAR) == "Export…, Ctrl+Shift+E"
    assert model.index(1).data(EAR) == "Undo, Nothing was done"


def test_that_a_command_is_found_by_parts_of_its_words(make_window: object) -> None:
    window: MainWindow = make_window(start=False)  # type: ignore[operator]
    finder = CommandFinder(window.actions_table.all(), window)
    finder.line.setText("fold op")
    found = [finder.list.model().index(row, 0).data() for row in range(finder.list.model().rowCount())]
    assert found == ["Open folder of reports…"]
    finder.line.setText("zebra")
    assert finder.list.model().rowCount() == 0


def test_that_a_notice_has_at_most_two_buttons() -> None:
    with pytest.raises(ValueError, match="two"):
        Notice("x", Level.OK, (Choice("a", print), Choice("b", print), Choice("c", print)))
