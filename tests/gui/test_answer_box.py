from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeGuard

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

import nolcat_desktop
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
        "Set up once more (Cloud › Set up…, or `nolcat cloud setup --yes` without --without-spark), then run.": (
            "Set up once more (Cloud › Set up…), then run."
        ),
        "Keep theirs (--keep-theirs KEY), or send ours.": "Keep theirs, or send ours.",
        "Say which (5 or 5.1).": "Say which (5 or 5.1).",
    }
    for remedy, words in said.items():
        assert for_window(Problem("A", "B", remedy)).remedy == words


def test_that_no_sentence_needs_the_command_line() -> None:
    """What stations and workflow advise, whoever asks them: commands stand in brackets or as another way."""
    command, found = re.compile(r"(?<!\.)nolcat [a-z]|(?<![\w-])--[a-z]"), []
    for file in Path(nolcat_desktop.__file__).parent.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if file.parent.name == "cli" or file.name == "__main__.py" or not command.search(text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Problem", "Advice"}:
                for given in node.args[:3]:
                    said = "".join(str(part.value) for part in ast.walk(given) if _is_text(part))
                    told = for_window(Problem("", "", said)).remedy
                    found += [f"{file.name}, line {given.lineno}: {told}"] if command.search(told) else []
    assert found == []


def _is_text(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
