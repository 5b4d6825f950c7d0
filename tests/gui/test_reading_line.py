"""The line under the coverage grid: what is said stands beside the name, however much of that was cut."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nolcat_desktop.analysis.coverage_grid import CellState
from nolcat_desktop.gui.pages.library_line import ReadingLine
from nolcat_desktop.gui.theme import Theme

LONG = "Proceedings of the Interdisciplinary Working Group on Peat, Moss, Lichen and Neighbouring Matters of the Bog"


@pytest.mark.parametrize("width", range(420, 700, 40))
def test_that_no_hole_is_left_behind_a_name_that_is_cut(qtbot: QtBot, theme: Theme, width: int) -> None:
    del theme
    line = ReadingLine()
    qtbot.addWidget(line)
    line.resize(width, 40)
    line.show()
    line.say(f"{LONG} · Title Report · Nov 2025", "never loaded. " * 9, CellState.MISSING, ())
    QApplication.processEvents()
    name = line.who
    assert name.text().endswith(" · Title Report · Nov 2025")
    assert name.text() != name.full_text()
    assert name.width() - name.fontMetrics().horizontalAdvance(name.text()) <= 2
    assert line.what.x() == name.x() + name.width() + 8
