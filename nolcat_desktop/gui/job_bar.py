"""The job bar: what is being done, how far it is, how long it will take, and the button to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QWidget,
)

from nolcat_desktop.gui.elided_label import ElidedLabel
from nolcat_desktop.gui.icons import pixmap, put
from nolcat_desktop.gui.job import Job, JobState, short_label
from nolcat_desktop.gui.notification_line import announce
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import LayoutClass, u
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.words import number, time_left

_QUARTER_MS = 250


class JobBar(QFrame):
    """Idle: ready, and that everything is saved. Working: the first job that is not quiet."""

    activity_asked = Signal()
    busy_changed = Signal(bool)

    def __init__(self, runner: TaskRunner, parent: QWidget | None = None) -> None:
        """Follow `runner`."""
        super().__init__(parent)
        kind(self, "jobs")
        self._runner = runner
        self._tight = False
        self._turned = 0
        self._quarter = 0
        self._job: Job | None = None
        self._ready_icon, self._ready, self._state = QLabel(self), QLabel(self), ElidedLabel(parent=self)
        self._turning, self._name, self._detail = QLabel(self), QLabel(self), ElidedLabel(parent=self)
        self._bar, self._left, self._waiting = QProgressBar(self), QLabel(self), QLabel(self)
        self._cancel, self._activity = QPushButton(self), QToolButton(self)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._idle_page())
        self._pages.addWidget(self._working_page())
        self._timer = QTimer(self)
        self._timer.setInterval(_QUARTER_MS)
        self._timer.timeout.connect(self._turn)
        runner.started.connect(self._look)
        runner.changed.connect(self._look)
        runner.ended.connect(self._look)
        self.set_idle_text("")
        self.restyle()

    @property
    def is_working(self) -> bool:
        """Whether a job is shown."""
        return self._job is not None

    def set_idle_text(self, text: str, ready: bool = True) -> None:
        """What stands beside "Ready", such as when something was added last; not `ready`, it stands alone."""
        self._state.set_full_text(text)
        for sign in (self._ready_icon, self._ready):
            sign.setVisible(ready)

    def set_layout_class(self, layout: LayoutClass) -> None:
        """Only the most needed when it is tight."""
        self._tight = layout is LayoutClass.TIGHT
        self.restyle()

    def restyle(self) -> None:
        """Sizes and icons of the moment."""
        self.setMinimumHeight(u(self, 36))
        self._ready_icon.setPixmap(pixmap("circle-check", Role.OK, 16))
        self._turning.setPixmap(pixmap("loader-2", Role.ACCENT, 16, self._turned))
        put(self._activity, "list")
        self._bar.setFixedSize(u(self, 100 if self._tight else 160), u(self, 12))
        self._left.setVisible(not self._tight)
        self._waiting.setVisible(not self._tight)
        self._show()

    def _idle_page(self) -> QWidget:
        page, row = _page(self)
        self._ready.setText(self.tr("Ready"))
        kind(self._state, "muted")
        kind(self._activity, "quiet")
        self._activity.setText(self.tr("Activity"))
        self._activity.setToolTip(self.tr("What was done since the start (Ctrl+J)"))
        self._activity.setAccessibleName(self.tr("Activity"))
        self._activity.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._activity.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._activity.clicked.connect(self.activity_asked)
        for widget in (self._ready_icon, self._ready):
            row.addWidget(widget)
        row.addWidget(self._state, 1)
        row.addWidget(self._activity)
        return page

    def _working_page(self) -> QWidget:
        page, row = _page(self)
        kind(self._detail, "muted")
        kind(self._left, "muted")
        kind(self._waiting, "muted")
        kind(self._cancel, "small")
        self._cancel.setAutoDefault(True)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("How far the work is"))
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setAccessibleName(self.tr("Cancel"))
        self._cancel.clicked.connect(self._stop)
        for widget in (self._turning, self._name):
            row.addWidget(widget)
        row.addWidget(self._detail, 1)
        row.addWidget(self._bar)
        row.addWidget(self._left)
        row.addWidget(self._waiting)
        row.addWidget(self._cancel)
        return page

    def _look(self, _job: Job) -> None:
        shown = [job for job in self._runner.jobs if not job.quiet]
        running = [job for job in shown if job.state is JobState.RUNNING]
        before, now = self._job, next(iter(running or shown), None)
        self._job = now
        if before is not now:
            self._quarter = 0
            self._tell_ear(before)
        if (before is None) is not (now is None):
            self._set_working(now is not None)
        self._show()

    def _set_working(self, working: bool) -> None:
        self._pages.setCurrentIndex(1 if working else 0)
        if working:
            self._timer.start()
        else:
            self._timer.stop()
        self.busy_changed.emit(working)

    def _show(self) -> None:
        if self._job is None:
            return
        job, step = self._job, self._job.step
        count = self.tr("{n} of {m}").format(n=number(step.done), m=number(step.total)) if step.total else ""
        seconds = job.seconds_left()
        left = time_left(seconds) if seconds is not None else ""
        parts = (count, left) if self._tight else (count, short_label(step.label) or step.phase)
        self._name.setText(self.tr("Stopping: {name}").format(name=job.name) if job.is_stopping else job.name)
        self._detail.set_full_text(" · ".join(part for part in parts if part))
        self._bar.setUpdatesEnabled(False)  # else Qt draws the whole window now, in whatever is being done
        self._bar.setRange(0, step.total)
        self._bar.setValue(step.done)
        self._bar.setUpdatesEnabled(True)
        self._left.setText(left)
        others = len([other for other in self._runner.jobs if not other.quiet]) - 1
        self._waiting.setText(self.tr("{n} waiting").format(n=others) if others else "")
        self._cancel.setEnabled(not job.is_stopping)
        self._turning.setPixmap(pixmap("loader-2", Role.ACCENT, 16, self._turned))
        if step.total and 4 * step.done // step.total > self._quarter:
            self._quarter = 4 * step.done // step.total
            announce(self, self.tr("{name}: {n} percent").format(name=job.name, n=self._quarter * 25))

    def _tell_ear(self, before: Job | None) -> None:
        if before is not None and before.is_over:
            announce(self, self.tr("{name}: ended").format(name=before.name))
        if self._job is not None:
            announce(self, self.tr("{name}: started").format(name=self._job.name))

    def _turn(self) -> None:
        self._turned = (self._turned + 90) % 360
        self._show()

    def _stop(self) -> None:
        if self._job is not None:
            self._runner.cancel(self._job)


def _page(parent: QWidget) -> tuple[QWidget, QHBoxLayout]:
    page = QWidget(parent)
    row = QHBoxLayout(page)
    row.setContentsMargins(16, 2, 12, 2)
    row.setSpacing(8)
    return page, row
