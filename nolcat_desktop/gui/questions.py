"""The dialogs of the frame: closing while something is worked on, a fault of the program, and what the program is."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtWidgets import QFileDialog, QWidget

from nolcat_desktop import __version__
from nolcat_desktop.export import write_whole
from nolcat_desktop.gui.answer_box import AnswerBox
from nolcat_desktop.gui.chooser import begin
from nolcat_desktop.gui.fault import FaultReport, fault_problem
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.notice import Choice, Level
from nolcat_desktop.gui.words import number, time_left
from nolcat_desktop.problem import NolcatError, Problem


def ask_before_closing(parent: QWidget, job: Job, wait: Callable[[], None], stop: Callable[[], None]) -> AnswerBox:
    """Ask what is to become of the work: wait for it, stop it, or stay. The last does nothing."""
    tr = QCoreApplication.translate
    step, left = job.step, job.seconds_left()
    how_far = tr("questions", "{n} of {m}").format(n=number(step.done), m=number(step.total)) if step.total else ""
    where = ", ".join(part for part in (how_far, time_left(left) if left is not None else "") if part)
    kept = tr("questions", "What was added stays; nothing is left half done.")
    problem = Problem(tr("questions", "{job} is not finished").format(job=job.name), kept, "", where or None)
    answers = (
        Choice(tr("questions", "Wait, then close"), wait),
        Choice(tr("questions", "Stop and close"), stop),
        Choice(tr("questions", "Keep working"), _nothing),
    )
    return _opened(AnswerBox(parent, problem, answers, copies=False))


def tell_fault(parent: QWidget, report: FaultReport, restart: Callable[[], None]) -> AnswerBox:
    """Say that the program made a mistake, and offer the report."""
    tr = QCoreApplication.translate
    answers = (
        Choice(tr("questions", "Save the report…"), lambda: save_report(parent, report)),
        Choice(tr("questions", "Restart"), restart),
        Choice(tr("questions", "Go on"), _nothing),
    )
    return _opened(AnswerBox(parent, fault_problem(report), answers, level=Level.SERIOUS, details=report.text()))


def save_report(parent: QWidget, report: FaultReport) -> None:
    """Ask for a file and write the report into it."""
    tr = QCoreApplication.translate
    name = f"nolcat-report-{report.when:%Y-%m-%d-%H%M}.txt"
    file, _ = QFileDialog.getSaveFileName(parent, tr("questions", "Save the report"), str(Path(begin()) / name))
    if not file:
        return
    try:
        write_whole(Path(file), report.text().encode())
    except NolcatError as error:
        told = replace(error.problem, title=tr("questions", "The report could not be saved"))
        _opened(AnswerBox(parent, told, (Choice(tr("questions", "Close"), _nothing),)))


def tell_about(parent: QWidget) -> AnswerBox:
    """Versions and licences."""
    tr = QCoreApplication.translate
    versions = f"Python {platform.python_version()} · Qt {qVersion()} · PySide {PySide6.__version__}"
    text = tr("questions", "COUNTER usage reports into a library on your own computer. MIT licence.")
    icons = tr("questions", "Icons: Tabler Icons, MIT licence. Window: Qt, LGPL 3.")
    problem = Problem(f"NoLCAT Desktop {__version__}", f"{text}\n{icons}", "", versions)
    return _opened(AnswerBox(parent, problem, (Choice(tr("questions", "Close"), _nothing),), level=Level.INFO))


def _opened(box: AnswerBox) -> AnswerBox:
    box.open()
    return box


def _nothing() -> None:
    """Stay."""
