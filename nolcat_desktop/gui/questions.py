"""The dialogs of the frame: closing while something is worked on, a fault of the program, and what the program is."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from nolcat_desktop import __version__
from nolcat_desktop.export import write_whole
from nolcat_desktop.gui.chooser import begin
from nolcat_desktop.gui.fault import FaultReport, fault_problem
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.words import number, time_left
from nolcat_desktop.problem import NolcatError

Answers = tuple[tuple[str, Callable[[], None]], ...]


def ask_before_closing(parent: QWidget, job: Job, wait: Callable[[], None], stop: Callable[[], None]) -> QMessageBox:
    """Ask what is to become of the work: wait for it, stop it, or stay. The last does nothing."""
    tr = QCoreApplication.translate
    step, left = job.step, job.seconds_left()
    how_far = tr("questions", "{n} of {m}").format(n=number(step.done), m=number(step.total)) if step.total else ""
    where = ", ".join(part for part in (how_far, time_left(left) if left is not None else "") if part)
    kept = tr("questions", "What was added stays; nothing is left half done.")
    box = _box(
        parent,
        tr("questions", "{job} is not finished").format(job=job.name),
        f"{where}. {kept}" if where else kept,
        (
            (tr("questions", "Wait, then close"), wait),
            (tr("questions", "Stop and close"), stop),
            (tr("questions", "Keep working"), _nothing),
        ),
    )
    box.open()
    return box


def tell_fault(parent: QWidget, report: FaultReport, restart: Callable[[], None]) -> QMessageBox:
    """Say that the program made a mistake, and offer the report."""
    tr = QCoreApplication.translate
    problem = fault_problem(report)
    where = f"{problem.position}\n\n" if problem.position else ""
    box = _box(
        parent,
        problem.title,
        f"{where}{problem.meaning}\n{problem.remedy}",
        (
            (tr("questions", "Save the report…"), lambda: save_report(parent, report)),
            (tr("questions", "Restart"), restart),
            (tr("questions", "Go on"), _nothing),
        ),
    )
    box.setDetailedText(report.text())
    box.open()
    return box


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
        _box(
            parent,
            tr("questions", "The report could not be saved"),
            f"{error.problem.meaning}\n{error.problem.remedy}",
            ((tr("questions", "Close"), _nothing),),
        ).open()


def tell_about(parent: QWidget) -> QMessageBox:
    """Versions and licences."""
    tr = QCoreApplication.translate
    versions = f"Python {platform.python_version()} · Qt {qVersion()} · PySide {PySide6.__version__}"
    text = tr("questions", "COUNTER usage reports into a library on your own computer. MIT licence.")
    icons = tr("questions", "Icons: Tabler Icons, MIT licence. Window: Qt, LGPL 3.")
    box = _box(
        parent,
        f"NoLCAT Desktop {__version__}",
        f"{text}\n{icons}\n\n{versions}",
        ((tr("questions", "Close"), _nothing),),
    )
    box.open()
    return box


def _box(parent: QWidget, title: str, text: str, answers: Answers) -> QMessageBox:
    """A box for this window with these answers; the first is what Enter presses, the last what Esc does."""
    box = QMessageBox(parent)
    box.setWindowTitle(QCoreApplication.applicationName() or "NoLCAT Desktop")
    box.setText(title)
    box.setInformativeText(text)
    box.setTextFormat(Qt.TextFormat.PlainText)
    does: dict[QPushButton, Callable[[], None]] = {}
    for words, do in answers:
        button = QPushButton(words, box)
        button.setAccessibleName(words)
        box.addButton(button, QMessageBox.ButtonRole.ActionRole)
        does[button] = do
    buttons = list(does)
    box.setDefaultButton(buttons[0])
    box.setEscapeButton(buttons[-1])

    def chosen(button: object) -> None:
        for one, do in does.items():
            if one is button:
                do()

    box.buttonClicked.connect(chosen)
    box.finished.connect(box.deleteLater)
    return box


def _nothing() -> None:
    """Stay."""
