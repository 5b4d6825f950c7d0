"""One click back from a question that another place asked, or that sources and filters narrow, to all there is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtGui import QAction

from nolcat_desktop.analysis.table_query import Choice
from nolcat_desktop.gui.pages.data_parts import DataParts


class Widening(QObject):
    """Of Look at data."""

    widened = Signal()
    """Only filters were in the way, and are empty now."""

    def __init__(self, parts: DataParts) -> None:
        """Not wanted yet."""
        super().__init__(parts)
        self._parts = parts
        self._carried: tuple[date | None, date | None] | None = None
        self.action = QAction(self.tr("Show everything"), self)
        self.action.setToolTip(self.tr("All months and sources again, and no filters; the metrics stay"))
        self.action.triggered.connect(self._widen)

    def carry(self, choice: Choice | None) -> None:
        """The months of `choice` were asked for by another place; None: the question is the user's own."""
        self._carried = None if choice is None else (choice.begin, choice.end)
        if choice is not None:
            self.clear_filters()

    def clear_filters(self) -> None:
        """Empty every filter without telling."""
        with QSignalBlocker(self._parts.table.filters):
            self._parts.table.filters.clear()

    def is_wanted(self) -> bool:
        """Whether less is looked at than there is, by a choice that is not the usual one."""
        choice, filters = self._parts.choosers.choice, self._parts.table.filters
        by_months = self._carried == (choice.begin, choice.end) and not self._parts.choosers.is_whole()
        return by_months or bool(choice.sources) or bool(filters.typed())

    def _widen(self) -> None:
        self._carried = None
        self.clear_filters()
        before = self._parts.choosers.choice
        self._parts.choosers.widen()
        if self._parts.choosers.choice == before:  # else the choosers tell
            self.widened.emit()
