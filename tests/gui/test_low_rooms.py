"""Where there is little height a pane scrolls: its sentences are neither cut nor laid over each other."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QSpacerItem
from pytestqt.qtbot import QtBot

from nolcat_desktop.analysis.totals import Total, Totals
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.add_done import DoneView
from nolcat_desktop.gui.pages.annual_number import AnnualNumber
from nolcat_desktop.gui.pages.data_states import Sentence
from nolcat_desktop.gui.pages.data_totals import TotalsPane
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.gui.theme import Theme
from nolcat_desktop.settings import Colours, Settings

SENTENCE = "1 could not be added: larch-online_JR1_2018_damaged.csv (1 damaged cell). 1 was already there. "
NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)


@pytest.mark.parametrize("height", [120, 260, 600])
def test_that_what_was_done_is_never_laid_over_each_other(
    qtbot: QtBot, theme: Theme, tmp_path: Path, height: int
) -> None:
    theme.use(Settings(text_size=200, colours=Colours.LIGHT))
    view = DoneView(Context(TaskRunner(lambda: NOW), Remembered(tmp_path / "state.json"), theme, lambda: NOW))
    qtbot.addWidget(view)
    view.resize(840, height)
    view.show()
    view.restyle()
    for label in (view.proof, view.gaps, view.rest):
        label.setText(SENTENCE)
    view.waiting.setText("1 report waits for your decision.")
    view.failed.hide()
    QApplication.processEvents()
    shown: list[QLabel] = [view.proof, view.gaps, view.rest, view.waiting]
    assert all(one.height() >= one.heightForWidth(one.width()) for one in shown)
    inside = view.proof.parentWidget()
    assert inside is not None
    parts = [view.proof, view.table, view.gaps, view.rest, view.waiting]
    spans = [(one.geometry().top(), one.geometry().bottom()) for one in parts]
    assert all(above[1] < below[0] for above, below in pairwise(spans))
    rows = view.table.horizontalHeader().sizeHint().height() + 2 * view.table.verticalHeader().defaultSectionSize()
    assert view.table.height() >= rows


def test_that_a_number_alone_in_its_tab_begins_where_the_tab_begins(qtbot: QtBot, theme: Theme) -> None:
    del theme
    number = AnnualNumber()
    qtbot.addWidget(number)
    number.resize(400, 300)
    number.show()
    left = []
    for alone in (True, False):
        number.stand_alone(alone)
        QApplication.processEvents()
        left.append(number.number.mapTo(number, number.number.rect().topLeft()).x())
    assert left == [0, 12]


@pytest.mark.parametrize("height", [120, 200, 600])
def test_that_what_totals_lack_is_never_laid_over_them(qtbot: QtBot, theme: Theme, height: int) -> None:
    theme.use(Settings(text_size=200, colours=Colours.LIGHT))
    pane = TotalsPane()
    qtbot.addWidget(pane)
    pane.set_alone(True)
    pane.resize(430, height)
    pane.show()
    pane.restyle()
    pane.model.set_totals(Totals(tuple(Total(f"Metric_{at}", at, 0, None) for at in range(6)), 0, 0, (), 0, 0), ())
    pane.note.setText(SENTENCE * 2)
    pane.set_alone(True)
    QApplication.processEvents()
    under = pane.note.mapTo(pane, pane.note.rect().topLeft()).y()
    assert pane.table.geometry().bottom() < under
    assert pane.table.height() >= pane.table.horizontalHeader().height() + pane.table.rowHeight(0)


def test_that_a_sentence_that_is_said_anew_leaves_nothing_of_its_buttons_behind(qtbot: QtBot, theme: Theme) -> None:
    del theme
    sentence = Sentence()
    qtbot.addWidget(sentence)
    sentence.show()

    def spacers() -> int:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return sum(isinstance(one, QSpacerItem) for one in shiboken6.getAllValidWrappers())

    sentence.say("No use matches.", [Choice(f"Clear {at}", lambda: None) for at in range(3)])
    before = spacers()
    for _ in range(5):
        sentence.say("No use matches.", [Choice(f"Clear {at}", lambda: None) for at in range(3)])
        assert spacers() == before
    QApplication.processEvents()
    assert [button.isVisibleTo(sentence) for button in sentence.buttons] == [True] * 3
