"""Check connection: a list that fills from the top, each step with a tick, or with its cause and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from nolcat_desktop.gui.cloud_desk import CloudDesk
from nolcat_desktop.gui.cloud_jobs import Fate, Wire, begin_job
from nolcat_desktop.gui.cloud_words import place_of, tr
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.cloud_steps import StepList, StepRow
from nolcat_desktop.gui.pages.cloud_table import Mark
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.progress import Progress

if TYPE_CHECKING:
    from nolcat_desktop.accounts import Account
    from nolcat_desktop.workflow.checking_connection import CheckStep

_NAMES = (
    "settings", "name of the server found", "secure connection", "clock", "sign-in", "who", "reading", "writing",
    "earlier versions", "pipeline",
)  # fmt: skip
"""The steps in their order, by their values (`aws.check.StepName`)."""
_MARKS = {
    "done": Mark("circle-check", "ok"),
    "failed": Mark("circle-x", "serious"),
    "left out": Mark("minus", "muted"),
    "note": Mark("alert-triangle", "check"),
}
_WORDS = {"done": "done", "failed": "failed", "left out": "left out", "note": "to be known"}


class CheckPane(QScrollArea):
    """Shows a check that goes on or is over."""

    over = Signal()
    other_asked = Signal()
    """Somebody else shall sign in."""

    def __init__(self, context: Context, desk: CloudDesk, parent: QWidget | None = None) -> None:
        """Nothing was checked yet."""
        super().__init__(parent)
        self._context, self._desk = context, desk
        self.steps: list[CheckStep] = []
        self.account: Account | None = None
        self._job: Job | None = None
        self._policy = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Check connection"))
        page = QWidget(self)
        kind(page, "plain")
        self.title, self.told = QLabel(page), QLabel(page)
        kind(self.title, "section")
        kind(self.told, "muted")
        self.told.setWordWrap(True)
        frame = QFrame(page)
        kind(frame, "card")
        self.list = StepList(tr("Steps of the check"), frame)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(8, 8, 12, 8)
        inside.addWidget(self.list)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self.column = QVBoxLayout(page)
        self.column.setContentsMargins(0, 0, 0, 8)
        self.column.setSpacing(8)
        for widget in (self.title, frame, self.told):
            self.column.addWidget(widget)
        self.column.addLayout(self._cards)
        self.column.addStretch(1)
        self.setWidget(page)
        self._news = Wire(self._take, self)

    @property
    def is_checking(self) -> bool:
        """Whether it goes on."""
        return self._job is not None

    def check(self, account: Account) -> None:
        """Check the connection of `account` from the beginning."""
        if self._job is not None:
            return
        self.account, self.steps = account, []
        self._clear_cards()
        secrets = self._desk.secrets

        def work(progress: Progress) -> str:
            from nolcat_desktop.workflow.checking_connection import check, missing_policy

            steps = []
            for step in check(account, secrets(), progress):
                steps.append(step)
                self._news.tell(step)
            return missing_policy(account, steps)

        name = tr("Checking the connection")
        self._job = begin_job(
            self._context, name, work, over=self._over, cancelled=lambda: self._over(Fate()), account=account
        )
        self._show()

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        self.list.restyle()
        if self._cards.count():
            self._show_cards()

    def _take(self, step: CheckStep) -> None:
        self.steps.append(step)
        self._show()

    def _over(self, fate: Fate[str]) -> None:
        self._job = None
        self._policy = fate.value or ""
        self._show_cards()
        self._show()
        self.over.emit()

    def _show_cards(self) -> None:
        self._clear_cards()
        for step in self.steps:
            if step.problem is not None:
                copies = Choice(tr("Copy the missing permissions"), self._copy)
                other = Choice(tr("Sign in as someone else"), self.other_asked.emit)
                choices = [copies, other] if step.permission and self._policy else [other] if step.permission else []
                self._cards.addWidget(MessageCard(step.problem, choices, parent=self.widget()))

    def _show(self) -> None:
        account = self.account
        place = place_of(account) if account is not None else ""
        self.title.setText(
            tr("Connection of “{name}” to {place}").format(name=account.name if account else "", place=place)
        )
        by_name = {step.name.value: step for step in self.steps}
        at = len(self.steps)
        rows = [_row(name, by_name.get(name), self.is_checking and number == at) for number, name in enumerate(_NAMES)]
        self.list.show_steps(rows)
        failed = sum(step.outcome.value == "failed" for step in self.steps)
        left = tr("Nothing was left behind in the bucket.")
        if self.is_checking:
            self.told.setText(tr("Nothing is left behind in the bucket by this."))
        elif failed:
            self.told.setText(tr("{n} of {m} steps failed.").format(n=failed, m=len(self.steps)) + f" {left}")
        else:
            self.told.setText((tr("All is well.") if self.steps else tr("It was stopped.")) + f" {left}")

    def _clear_cards(self) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._policy)


def _row(name: str, step: CheckStep | None, is_next: bool) -> StepRow:
    words = tr(name)[:1].upper() + tr(name)[1:]
    if step is None:
        mark = Mark("loader-2", "accent") if is_next else Mark("circle-dashed", "muted")
        return StepRow(words, "", mark, tr("under way") if is_next else tr("to come"))
    outcome = step.outcome.value
    return StepRow(words, step.detail, _MARKS[outcome], tr(_WORDS[outcome]), step.detail)
