"""One click back from a question that another place asked, or that months and filters narrow, to all there is."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal

from nolcat_desktop.gui.pages.data_limits import MONTHS, SOURCES, VIEW
from nolcat_desktop.gui.pages.data_parts import DataParts
from nolcat_desktop.gui.pages.data_subject import subject_of


class Widening(QObject):
    """Of Look at data."""

    widened = Signal()
    """Only filters were in the way, and are empty now."""

    def __init__(self, parts: DataParts) -> None:
        """Do what the line of limits of `parts` asks."""
        super().__init__(parts)
        self._parts = parts
        parts.limits_line.removed.connect(self.take_away)
        parts.limits_line.all_removed.connect(self.widen)

    def clear_filters(self) -> None:
        """Empty every filter without telling."""
        with QSignalBlocker(self._parts.table.filters):
            self._parts.table.filters.clear()

    def take_away(self, key: str) -> None:
        """Take one limit away: the view, the months, the sources, or the filter on a column."""
        if key == VIEW:  # its master has all of it
            choosers = self._parts.choosers
            choosers.report_chosen.emit(subject_of(str(choosers.report.currentData())).master)
        elif key in {MONTHS, SOURCES}:
            self._parts.choosers.widen(months=key == MONTHS, sources=key == SOURCES)
        else:
            self._parts.table.filters.type_in(key, "")
        self._parts.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def widen(self) -> None:
        """All months and sources again, and no filters; the metrics stay."""
        self.clear_filters()
        before = self._parts.choosers.choice
        self._parts.choosers.widen()
        if self._parts.choosers.choice == before:  # else the choosers tell
            self.widened.emit()
        self._parts.table.setFocus(Qt.FocusReason.OtherFocusReason)
