"""Activity (Ctrl+J): what was done and said since the start, with the log of each job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.gui.icons import icon
from nolcat_desktop.gui.job import Job, JobState
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import fit, u
from nolcat_desktop.gui.theme import kind, row_height

Index = QModelIndex | QPersistentModelIndex
LONGEST = 1000
_ICONS = {
    JobState.WAITING: ("circle-dashed", Role.MUTED),
    JobState.RUNNING: ("loader-2", Role.ACCENT),
    JobState.DONE: ("circle-check", Role.OK),
    JobState.FAILED: ("circle-x", Role.SERIOUS),
    JobState.CANCELLED: ("minus", Role.MUTED),
}


@dataclass(frozen=True, slots=True)
class _Said:
    when: datetime
    notice: Notice


class ActivityModel(QAbstractListModel):
    """Jobs and notices, the newest first."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._clock = clock
        self._rows: list[tuple[datetime, Job | _Said]] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of jobs and notices."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Time and words; the glyph of the state; its word for the ear."""
        if not index.isValid():
            return None
        when, row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, row_height(QApplication.font()))
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return f"{when:%H:%M}  {row.name if isinstance(row, Job) else row.notice.text}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{when:%H:%M}, {self._words(row)}"
            case Qt.ItemDataRole.DecorationRole:
                name, tone = (
                    _ICONS[row.state] if isinstance(row, Job) else (row.notice.level.icon, row.notice.level.role)
                )
                return icon(name, tone)
            case _:
                return None

    def add_job(self, job: Job) -> None:
        """Show `job` unless it is quiet."""
        if not job.quiet:
            self._insert(job)
            job.changed.connect(self._job_changed)

    def add_notice(self, notice: Notice) -> None:
        """Keep what was said."""
        self._insert(_Said(self._clock(), notice))

    def log_of(self, index: Index) -> str:
        """All that is known of a row."""
        if not index.isValid():
            return ""
        _, row = self._rows[index.row()]
        if isinstance(row, _Said):
            return row.notice.text
        lines = [f"{line.when:%H:%M:%S}  {line.text}" for line in row.log]
        if row.problem is not None:
            problem = row.problem
            parts = (problem.position or "", problem.meaning, problem.remedy, problem.details)
            lines += [part for part in parts if part]
        return "\n".join([self._words(row), "", *lines])

    def _words(self, row: Job | _Said) -> str:
        if isinstance(row, _Said):
            return row.notice.text
        state = {
            JobState.WAITING: self.tr("waiting"),
            JobState.RUNNING: self.tr("working"),
            JobState.DONE: self.tr("done"),
            JobState.FAILED: self.tr("not done"),
            JobState.CANCELLED: self.tr("stopped"),
        }[row.state]
        return f"{row.name}: {state}"

    def _insert(self, row: Job | _Said) -> None:
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._rows.insert(0, (self._clock(), row))
        self.endInsertRows()
        if len(self._rows) > LONGEST:
            self.beginRemoveRows(QModelIndex(), LONGEST, len(self._rows) - 1)
            del self._rows[LONGEST:]
            self.endRemoveRows()

    @Slot()
    def _job_changed(self) -> None:
        """No lambda: a job may outlive its window, and Qt calls no method of what is gone."""
        job = self.sender()
        row = next((row for row, (_, one) in enumerate(self._rows) if one is job), None)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))


class ActivityDialog(QDialog):
    """The list at the left, the log of the current row at the right; not modal."""

    def __init__(self, model: ActivityModel, parent: QWidget | None = None) -> None:
        """Show `model`."""
        super().__init__(parent)
        self._model = model
        self.setWindowTitle(self.tr("Activity"))
        self.setAccessibleName(self.tr("Activity"))
        self.list, self.log = QTreeView(self), QPlainTextEdit(self)
        kind(self.list, "activity")
        self.list.setRootIsDecorated(False)
        self.list.setHeaderHidden(True)
        self.list.setUniformRowHeights(True)
        self.list.setIconSize(QSize(u(self, 16), u(self, 16)))
        self.list.setAccessibleName(self.tr("What was done and said"))
        self.list.setModel(model)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.log.setReadOnly(True)
        self.log.setAccessibleName(self.tr("Log"))
        self.log.setPlaceholderText(self.tr("Nothing was done yet."))
        panes = QSplitter(Qt.Orientation.Horizontal, self)
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(8)
        panes.addWidget(self.list)
        panes.addWidget(self.log)
        panes.setSizes([420, 340])
        self.copy, close = QPushButton(self.tr("Copy"), self), QPushButton(self.tr("Close"), self)
        self.copy.setToolTip(self.tr("Copy all that is known of it"))
        for button in (self.copy, close):
            button.setAccessibleName(button.text())
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.log.toPlainText()))
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(close)
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 16, 16, 16)
        around.setSpacing(12)
        around.addWidget(panes, 1)
        around.addLayout(foot)
        self.list.selectionModel().currentChanged.connect(self._show_log)
        model.dataChanged.connect(self._show_log)
        model.rowsInserted.connect(self._first)
        self._first()
        fit(self, 760, 420)

    def _first(self) -> None:
        if not self.list.currentIndex().isValid() and self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0))

    def _show_log(self) -> None:
        text = self._model.log_of(self.list.currentIndex())
        if text != self.log.toPlainText():
            self.log.setPlainText(text)
