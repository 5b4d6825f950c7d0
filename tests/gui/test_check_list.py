"""Lists to tick: searching in them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.check_list import CheckList, Entry


def shown(ticks: CheckList) -> list[str]:
    model = ticks.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_that_searching_finds_without_accents_and_case_and_changes_no_tick(qtbot: QtBot) -> None:
    parent, told = QWidget(), list[object]()
    qtbot.addWidget(parent)
    ticks = CheckList(parent, "Sources")
    ticks.changed.connect(told.append)
    ticks.fill([Entry("1", "Éditions du Nord", True), Entry("2", "JSTOR", False)])
    assert shown(ticks) == ["Éditions du Nord", "JSTOR"]
    ticks.search.setText("EDITIONS")
    assert shown(ticks) == ["Éditions du Nord"]
    ticks.fill([Entry("3", "Nouvelles éditions", False), Entry("2", "JSTOR", True)])
    assert shown(ticks) == ["Nouvelles éditions"]
    ticks.search.clear()
    assert shown(ticks) == ["Nouvelles éditions", "JSTOR"]
    assert ticks.ticked() == ["2"]
    assert told == []
