"""A line under the plan when sendings lie in the bucket that were never brought to an end, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from nolcat_desktop.gui.cloud_desk import CloudDesk
from nolcat_desktop.gui.cloud_jobs import Fate, begin_job
from nolcat_desktop.gui.cloud_words import tr
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.icons import put
from nolcat_desktop.gui.notice import Level, Notice
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.words import number
from nolcat_desktop.progress import Progress

if TYPE_CHECKING:
    from nolcat_desktop.objects import Unfinished
    from nolcat_desktop.workflow.cloud_leftovers import Leftovers


class LeftoversLine(QFrame):
    """Looks once for each plan; hidden while there is nothing to say."""

    said = Signal(object)
    """A `Notice`."""

    def __init__(self, context: Context, desk: CloudDesk, parent: QWidget | None = None) -> None:
        """Nothing was looked at yet."""
        super().__init__(parent)
        self._context, self._desk = context, desk
        self._of: object = None
        self._is_cleaning = False
        self.found: Leftovers | None = None
        kind(self, "card")
        self.text, self.clean = QLabel(self), QPushButton(tr("Clean up"), self)
        self.text.setWordWrap(True)
        self.clean.clicked.connect(self.clean_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.clean)
        self.restyle()
        self.hide()

    def follow(self) -> None:
        """Look once more when there is another plan."""
        view = self._desk.view
        if view is None or view is self._of or self._desk.session is None:
            return
        self._of = view
        self._look()

    def clean_up(self) -> None:
        """End what nobody is at any more."""
        session, library, now = self._desk.session, self._context.library, self._context.clock()
        if session is None or library is None or self._is_cleaning:
            return

        def work(progress: Progress) -> tuple[Unfinished, ...]:
            from nolcat_desktop.workflow.cloud_leftovers import end_leftovers

            return end_leftovers(session, library, now, progress)

        def over(fate: Fate[tuple[Unfinished, ...]]) -> None:
            self._is_cleaning = False
            if fate.trouble is not None:
                told = fate.trouble.problem
                self.said.emit(Notice(f"{told.title}. {told.meaning} {told.remedy}", Level.SERIOUS, short=told.title))
            elif fate.value is not None:
                told_of = _how_many(len(fate.value))
                self.said.emit(Notice(tr("{sendings} cleaned up. No file was touched.").format(sendings=told_of)))
            self._look()

        self._is_cleaning = True
        self._show()
        name = tr("Cleaning up unfinished sendings")
        begin_job(self._context, name, work, over=over, cancelled=self._stopped, account=self._desk.account)

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        put(self.clean, "trash")
        self.clean.setIconSize(QSize(u(self, 16), u(self, 16)))

    def _look(self) -> None:
        session, library, now = self._desk.session, self._context.library, self._context.clock()
        if session is None or library is None:
            return

        def work(progress: Progress) -> Leftovers:
            from nolcat_desktop.workflow.cloud_leftovers import look_for_leftovers

            return look_for_leftovers(session, library, now, progress)

        def over(fate: Fate[Leftovers]) -> None:
            self.found = fate.value  # who may not list them is not troubled with that
            self._show()

        name = tr("Looking for unfinished sendings")
        begin_job(self._context, name, work, over=over, account=self._desk.account, quiet=True)

    def _stopped(self) -> None:
        self._is_cleaning = False
        self.said.emit(Notice(tr("Stopped. What was not cleaned up is as it was."), Level.INFO))
        self._look()

    def _show(self) -> None:
        found = self.found
        self.setVisible(found is not None and bool(found.found))
        if found is None or not found.found:
            return
        count, young = len(found.found), len(found.found) - found.old
        means = tr("That costs a little money and is seen by nobody; no file is in question.")
        said = [
            tr("{sendings} begun in the bucket and never brought to an end.").format(sendings=_how_many(count)),
            means,
        ]
        if young:
            one = tr("1 is younger than a day and stays: somebody may be at it.")
            several = tr("{n} are younger than a day and stay: somebody may be at them.").format(n=number(young))
            said.append(one if young == 1 else several)
        self.text.setText(" ".join(said))
        self.clean.setText(tr("Clean up {n}").format(n=number(found.old)))
        self.clean.setAccessibleName(tr("Clean up {n} unfinished sendings").format(n=number(found.old)))
        self.clean.setEnabled(bool(found.old) and not self._is_cleaning)
        self.setAccessibleName(self.text.text())


def _how_many(count: int) -> str:
    """As the beginning of a sentence."""
    return tr("1 sending was") if count == 1 else tr("{n} sendings were").format(n=number(count))
