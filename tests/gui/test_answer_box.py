from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.answer_box import AnswerBox
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.theme import Theme
from nolcat_desktop.gui.words import for_window
from nolcat_desktop.problem import Problem
from tests.gui.eye import faults
from tests.gui.frame_builders import press_key

PROBLEM = Problem("Adding 14 reports is not finished", "What was added stays.", "Wait, or stop it.", "6 of 14")


@pytest.fixture
def given() -> list[str]:
    return []


@pytest.fixture
def box(theme: Theme, qtbot: QtBot, given: list[str]) -> Iterator[AnswerBox]:
    del theme
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    answers = [Choice(words, lambda words=words: given.append(words)) for words in ("Wait", "Stop", "Keep working")]  # type: ignore[misc]  # a default
    made = AnswerBox(over, PROBLEM, answers, details="line 1\n" * 40)
    made.open()
    yield made
    over.close()


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (lambda box: press_key(box, Qt.Key.Key_Return), "Wait"),
        (lambda box: box.buttons()[1].click(), "Stop"),
        (lambda box: press_key(box, Qt.Key.Key_Escape), "Keep working"),
        (lambda box: box.close(), "Keep working"),
    ],
)
def test_that_one_answer_is_given_whatever_closes_it(
    box: AnswerBox, given: list[str], how: Callable[[AnswerBox], None], expected: str
) -> None:
    how(box)
    assert given == [expected]


def test_that_all_of_it_is_seen_and_copied_and_details_make_it_higher(box: AnswerBox) -> None:
    assert faults(box) == []
    before = box.height()
    buttons = {button.text(): button for button in box.findChildren(QPushButton)}
    buttons["Details"].click()
    assert box.height() > before
    assert faults(box) == []
    buttons["Copy"].click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Adding 14 reports is not finished\n6 of 14\n")
    assert copied.rstrip().endswith("line 1")
    box.reject()


def test_that_the_window_names_no_option_of_the_command_line() -> None:
    said = {
        "Correct them, or leave them out (--without-damaged; --left-out OUT.csv lists all of them).": (
            "Correct them, or leave them out."
        ),
        "Set up once more (Cloud › Set up…, or `nolcat cloud setup`): it names what is missing.": (
            "Set up once more (Cloud › Set up…): it names what is missing."
        ),
        "Keep theirs (--keep-theirs KEY), or send ours.": "Keep theirs, or send ours.",
        "Say which (5 or 5.1).": "Say which (5 or 5.1).",
    }
    for remedy, words in said.items():
        assert for_window(Problem("A", "B", remedy)).remedy == words
