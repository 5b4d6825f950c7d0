"""Every run of the pipeline that is known: who started it, when, with which set, how long it took and how it ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nolcat_desktop.gui.cloud_desk import CloudDesk
from nolcat_desktop.gui.cloud_runs import CloudRuns
from nolcat_desktop.gui.cloud_words import by_whom, duration, tr
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.pages.cloud_table import Mark, MarkedTable
from nolcat_desktop.gui.pages.coverage_facts import Fact, Heading
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.words import day_and_time, number

if TYPE_CHECKING:
    from nolcat_desktop.workflow.running_log import KnownRun

_RESULTS = {
    "SUCCEEDED": ("done", "circle-check", "ok"),
    "FAILED": ("failed", "circle-x", "serious"),
    "TIMED_OUT": ("out of time", "circle-x", "serious"),
    "ABORTED": ("stopped", "player-stop", "gone"),
    "REFUSED": ("not started", "circle-x", "serious"),
    "": ("going on", "loader-2", "accent"),
}
_OUTCOMES = {"published": "published", "unchanged": "nothing new", "superseded": "overtaken by a newer one"}


class RunsPane(QWidget):
    """The third page of the place."""

    def __init__(self, context: Context, desk: CloudDesk, runs: CloudRuns, parent: QWidget | None = None) -> None:
        """No runs yet."""
        super().__init__(parent)
        self._context, self._desk, self._runs = context, desk, runs
        self.title, self.told = QLabel(tr("Runs"), self), QLabel(self)
        kind(self.title, "section")
        kind(self.told, "muted")
        headings = [
            Heading(tr("Started"), 148),
            Heading(tr("By"), 130, sentence=True),
            Heading(tr("What was sent")),
            Heading(tr("Took"), 96, number=True),
            Heading(tr("Result"), 188, sentence=True),
        ]
        self.table = MarkedTable(headings, tr("Runs"), self)
        self.table.set_least_widths({1: 480, 2: 700})
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(8)
        around.addWidget(self.title)
        around.addWidget(self.told)
        around.addWidget(self.table, 1)

    def show_runs(self) -> None:
        """Show what is known now."""
        today = self._context.clock().date()
        rows = self._runs.runs
        self.table.show_rows([_fact(run, today) for run in rows], {(one.machine, one.name): _mark(one) for one in rows})
        if rows:
            told = tr("1 run") if len(rows) == 1 else tr("{n} runs, the newest first")
            self.told.setText(told.format(n=number(len(rows))))
        elif self._runs.is_working:
            self.told.setText(tr("Looking at the runs…"))
        else:
            self.told.setText(tr("Nothing was run yet."))
        if self._runs.trouble is not None:
            problem = self._runs.trouble.problem
            self.told.setText(f"{problem.title}. {problem.remedy}")

    def restyle(self) -> None:
        """Sizes of the moment."""
        self.table.restyle()


def _mark(run: KnownRun) -> Mark:
    _, icon, role = _RESULTS.get(run.status, _RESULTS["FAILED"])
    return Mark(icon, role)


def _fact(run: KnownRun, today: date) -> Fact:
    began = (run.began or run.about).astimezone()
    took = duration((run.ended - (run.began or run.about)).total_seconds()) if run.ended else ""
    word = tr(_RESULTS.get(run.status, _RESULTS["FAILED"])[0])
    more = tr(_OUTCOMES.get(run.outcome, run.outcome)) if run.outcome else ""
    result = f"{word}: {more}" if more else word
    test = tr(" (a test)") if run.test else ""
    what = tr("set {name}{test}").format(name=run.manifest_sha256[:12], test=test) if run.manifest_sha256 else run.name
    cells = (
        day_and_time(began, today),
        by_whom(run.who).strip().removeprefix("by ") or tr("somebody else"),
        what,
        took,
        result,
    )
    return Fact(cells, (run.machine, run.name), tip=f"{run.name}\n{run.cause or result}")
