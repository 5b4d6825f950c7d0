from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.fault import fault_problem, fault_report
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.questions import tell_fault
from tests.gui.frame_builders import NOW

MakeWindow = Callable[..., MainWindow]


def caught(message: str) -> BaseException:
    try:
        raise ValueError(message)
    except ValueError as error:
        return error


def test_that_the_report_holds_no_values_of_the_user() -> None:
    error = caught("cannot read 'Acta Botanica' in /home/ana/usage/EBSCO.xlsx: 41210 and C:\\Users\\ana\\x.csv \"pw\"")
    text = fault_report(error, "Reading EBSCO 2024", NOW).text()
    for private in ("Acta", "ana", "EBSCO.xlsx", "41210", "pw", "2024", str(Path.home())):
        assert private not in text.split("System")[0].replace(f"{NOW:%Y-%m-%d}", ""), private


def test_that_the_report_says_where_in_the_program() -> None:
    report = fault_report(caught("x"), "drawing", NOW)
    assert report.trace[-1].endswith("caught")
    assert "ValueError" in report.text()
    assert "Traceback" not in report.text()


def test_that_what_is_said_is_in_words_for_the_user() -> None:
    problem = fault_problem(fault_report(caught("x"), "Drawing the chart", NOW))
    said = " ".join(str(part) for part in problem.as_dict().values()).casefold()
    for forbidden in ("exception", "error", "traceback", "fatal", "oops", "invalid"):
        assert forbidden not in said
    assert "Drawing the chart" in str(problem.position)


def test_that_the_box_offers_to_save_to_restart_and_to_go_on(qtbot: QtBot) -> None:
    over = QPushButton()
    qtbot.addWidget(over)
    restarted: list[bool] = []
    box = tell_fault(over, fault_report(caught("x"), "", NOW), lambda: restarted.append(True))
    words = [button.text().replace("&", "") for button in box.buttons()]
    assert {"Save the report…", "Restart", "Go on"} <= set(words)
    next(button for button in box.buttons() if "Restart" in button.text()).click()
    assert restarted == [True]


def test_that_a_new_start_names_the_program_and_not_the_interpreter_alone() -> None:
    said = "import sys; from nolcat_desktop.gui.fault import started_with; print(started_with())"
    ran = subprocess.run([sys.executable, "-P", "-c", said, "a library"], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == repr(["-P", "-c", said, "a library"])


def test_that_the_log_has_the_fault(make_window: MakeWindow, caplog: pytest.LogCaptureFixture) -> None:
    make_window(start=False).tell_fault(fault_report(caught("'mine'"), "Drawing the chart", NOW))
    assert "Drawing the chart" in caplog.text
    assert "mine" not in caplog.text
