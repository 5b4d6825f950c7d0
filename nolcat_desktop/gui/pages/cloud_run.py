"""What happens after a send: the steps of the run in plain words, how long each takes, and what to do if one fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.cloud_desk import CloudDesk
from nolcat_desktop.gui.cloud_runs import CloudRuns, Seen
from nolcat_desktop.gui.cloud_words import (
    by_whom,
    clock,
    duration,
    ended_well,
    told_by_email,
    tr,
    unconfirmed,
    usual,
)
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.icons import put
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Choice, Level
from nolcat_desktop.gui.pages.cloud_steps import StepList, StepRow
from nolcat_desktop.gui.pages.cloud_table import Mark
from nolcat_desktop.gui.theme import kind

if TYPE_CHECKING:
    from nolcat_desktop.aws.executions_failure import Failure
    from nolcat_desktop.aws.executions_steps import RunStep

_SECOND = 1000
_TELLING = "Tell that it is done"
"""The state of our own machine whose words say how many are told."""
_MARKS = {
    "waiting": Mark("circle-dashed", "muted"),
    "running": Mark("loader-2", "accent"),
    "done": Mark("circle-check", "ok"),
    "failed": Mark("circle-x", "serious"),
    "stopped": Mark("player-stop", "gone"),
}


class RunPane(QWidget):
    """The second section of the place."""

    set_up_asked = Signal()
    all_asked = Signal()
    """Every run is to be shown."""
    stop_asked = Signal()

    def __init__(self, context: Context, desk: CloudDesk, runs: CloudRuns, parent: QWidget | None = None) -> None:
        """Nothing runs yet."""
        super().__init__(parent)
        self._context, self._desk, self._runs = context, desk, runs
        self.title, self.about = QLabel(tr("2   What happens then"), self), ElidedLabel(parent=self)
        kind(self.title, "section")
        kind(self.about, "muted")
        self.steps = StepList(tr("Steps of the run"), self)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        kind(self.note, "muted")
        self.stop = self._button(tr("Stop the run"), self.stop_asked.emit)
        self.all = self._button(tr("All runs"), self.all_asked.emit)
        self.set_up = self._button(tr("Set up a pipeline…"), self.set_up_asked.emit)
        self.open = self._button(tr("Open in AWS"), self._open)
        self.newer = self._button(tr("Follow the newer run"), runs.follow_newer)
        self._card: MessageCard | None = None
        self._shown_failure: tuple[object, ...] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND)
        self._timer.timeout.connect(self._tick)
        self._lay_out()
        self.show_run()

    def show_run(self) -> None:
        """Show what is known now."""
        seen, account = self._runs.seen, self._desk.account
        has_machine = account is not None and bool(account.state_machine)
        self.about.set_full_text(self._about(seen))
        self.about.setVisible(bool(self.about.full_text()))
        self.set_up.setVisible(not has_machine and seen is None)
        self.all.setVisible((bool(self._runs.runs) or seen is not None) and not self.all.property("tight"))
        going = seen is not None and not seen.is_over and seen.watched is not None
        self.stop.setVisible(going)
        self.stop.setEnabled(not self._runs.is_working)
        self.open.setVisible(bool(self._page(seen)))
        overtaken = seen is not None and seen.is_overtaken and seen.failure is None
        self.newer.setVisible(overtaken)
        self.newer.setEnabled(not self._runs.is_working and self._desk.session is not None)
        self._tick()
        self.note.setText(self._words(seen, has_machine))
        self.note.setVisible(bool(self.note.text()))
        self._show_failure(seen)
        if going:
            self._timer.start()
        else:
            self._timer.stop()

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        self.steps.restyle()
        for button, name in ((self.stop, "player-stop"), (self.all, "list"), (self.open, "external-link")):
            put(button, name)
        self._shown_failure = None
        self.show_run()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.about)
        head.addLayout(words, 1)
        for button in (self.open, self.all, self.stop):
            head.addWidget(button)
        self.frame = QFrame(self)
        kind(self.frame, "card")
        inside = QVBoxLayout(self.frame)
        inside.setContentsMargins(8, 8, 12, 8)
        inside.setSpacing(4)
        inside.addWidget(self.steps)
        told = QHBoxLayout()
        told.setContentsMargins(8, 0, 0, 0)
        told.addWidget(self.note, 1)
        told.addWidget(self.newer)
        told.addWidget(self.set_up)
        inside.addLayout(told)
        self._around = QVBoxLayout(self)
        self._around.setContentsMargins(0, 0, 0, 0)
        self._around.setSpacing(8)
        self._around.addLayout(head)
        self._around.addWidget(self.frame)
        self._around.addStretch(1)

    def _button(self, text: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        kind(button, "small")
        button.setAccessibleName(text)
        button.clicked.connect(lambda: do())
        return button

    def _about(self, seen: Seen | None) -> str:
        account, today = self._desk.account, self._context.clock().date()
        machine = account.state_machine.rpartition(":")[2] if account is not None else ""
        parts = [tr("pipeline {name}").format(name=machine) if machine else ""]
        if seen is not None:
            run = seen.run
            parts.append(tr("run {name}").format(name=run.manifest_sha256[:12] or run.name))
            when = clock(run.began or run.about, today)
            parts.append(tr("started {when}{who}").format(when=when, who=by_whom(run.who)))
        return " · ".join(part for part in parts if part)

    def _words(self, seen: Seen | None, has_machine: bool) -> str:
        if seen is None and not has_machine:
            return tr("No pipeline is set up for this account: the files are sent, and nothing is started.")
        if seen is None:
            return tr("When the files are there, the pipeline checks them and brings them into the shared tables.")
        if self._runs.trouble is not None:
            problem = self._runs.trouble.problem
            return f"{problem.title}. {problem.remedy}"
        return self._ended(seen) if seen.is_over else self._going(seen)

    def _going(self, seen: Seen) -> str:
        watched = seen.watched
        if watched is not None and watched.trouble is not None:
            when = clock(watched.checked, self._context.clock().date())
            told = tr("{what}. Last checked {when}; it is tried again by itself.")
            return told.format(what=watched.trouble.title, when=when)
        if not self._runs.is_following:
            return tr("It was started and goes on. Sign in to see how far it is.")
        return " ".join(filter(None, (unconfirmed(seen.audience), tr("You can close the program; the run goes on."))))

    def _ended(self, seen: Seen) -> str:
        if seen.has_failed:
            return "" if seen.failure is not None else tr("It did not end well. “All runs” tells more.")
        return ended_well(seen.outcome or seen.run.outcome)

    def _tick(self) -> None:
        watched = self._runs.seen.watched if self._runs.seen is not None else None
        now = datetime.now(UTC)
        steps = watched.steps if watched is not None else ()
        often = usual(self._runs.seen.usual) if self._runs.seen is not None else ""
        telling = told_by_email(self._runs.seen.audience) if self._runs.seen is not None else ""
        self.steps.show_steps([_row(step, now, often, telling) for step in steps])
        self.steps.setVisible(bool(steps))

    def _show_failure(self, seen: Seen | None) -> None:
        failure = seen.failure if seen is not None else None
        key = (seen.run.name, failure) if seen is not None and failure is not None else None
        if key == self._shown_failure:
            return
        self._shown_failure = key
        if self._card is not None:
            self._around.removeWidget(self._card)
            self._card.deleteLater()
            self._card = None
        if failure is not None:
            self._card = self._failed(failure)
            self._around.insertWidget(1, self._card)

    def _failed(self, failure: Failure) -> MessageCard:
        words = [tr("Open in AWS"), *(link.words for link in failure.links[1:])]
        choices = [Choice(word, _opening(link.address)) for word, link in zip(words, failure.links, strict=False)]
        if failure.redrive:
            choices.insert(0, Choice(tr("Go on with the step that failed"), self._runs.go_on))
        if failure.larger_size:
            choices.insert(0, Choice(tr("Run again, larger"), lambda: self._runs.again(larger=True)))
        overtaken = self._runs.seen is not None and self._runs.seen.is_overtaken
        if overtaken:
            choices.insert(0, Choice(tr("Follow the newer run"), self._runs.follow_newer))
        status = self._runs.seen.watched.run if self._runs.seen and self._runs.seen.watched else None
        stopped = status is not None and status.status.value == "ABORTED"
        level = Level.INFO if stopped or overtaken else Level.SERIOUS
        return MessageCard(failure.problem, choices, level, failure.raw, self)

    def _page(self, seen: Seen | None) -> str:
        return seen.page if seen is not None and seen.failure is None else ""

    def _open(self) -> None:
        if page := self._page(self._runs.seen):
            QDesktopServices.openUrl(QUrl(page))


def _row(step: RunStep, now: datetime, often: str, telling: str) -> StepRow:
    seconds = step.seconds(now)
    match step.state.value:
        case "waiting":
            time = ""
        case "failed":
            time = tr("failed after {time}").format(time=duration(seconds or 0))
        case "stopped":
            time = tr("stopped after {time}").format(time=duration(seconds or 0))
        case "running":
            told = duration(seconds or 0)
            time = f"{told} ({often})" if often else told
        case _:
            time = duration(seconds or 0)
    tries = tr("{n} tries").format(n=step.tries) if step.tries > 1 else ""
    words = telling if telling and step.name == _TELLING else step.words
    return StepRow(words, " · ".join(part for part in (time, tries) if part), _MARKS[step.state.value])


def _opening(address: str) -> Callable[[], None]:
    def do() -> None:
        QDesktopServices.openUrl(QUrl(address))

    return do
