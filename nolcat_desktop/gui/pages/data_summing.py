"""What is done with the sums and the chart of Look at data: added up by another column, narrowed, copied, saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from nolcat_desktop.gui.notice import Level
from nolcat_desktop.gui.pages.data_export import Export
from nolcat_desktop.gui.pages.data_parts import DataParts

_BESIDE = "data_beside"
"""What stands beside the table, for this computer: 0 chart, 1 table, 2 sums; and by what is added up."""


class Sums(QObject):
    """Of Look at data."""

    look_for = Signal(str, str)
    """A column that is not shown yet, and what shall be typed over it."""
    by_changed = Signal()
    """The column by which is added up is not held: read again."""

    def __init__(self, parts: DataParts, export: Export, ask: Callable[[], None]) -> None:
        """Listen to the chart's pane of `parts`, and turn it to what it showed last; `ask` asks the question anew."""
        super().__init__(parts)
        self._parts, self._export, self._ask = parts, export, ask
        pane, nothing = parts.chart, dict[str, object]()
        kept = parts.context.remembered.get(_BESIDE, nothing)
        shown, by = kept.get("shown"), kept.get("by")
        pane.turn_to(shown if isinstance(shown, int) else 0)
        pane.sums.offer("", by if isinstance(by, str) else "")
        pane.turned.connect(self._by)
        pane.sums.by_chosen.connect(lambda _: self._by())
        pane.sums.narrowed.connect(self._narrow)
        pane.save_asked.connect(self._save)
        pane.copied.connect(self._copied)

    def _by(self) -> None:
        """Ask for the sums that are shown now; a column that is not held is read first."""
        pane = self._parts.chart
        self._parts.context.remembered.put(_BESIDE, {"shown": pane.shown(), "by": pane.sums.column()})
        by, frame = self._parts.chart.by(), self._parts.table.usage.frame
        if by and by not in frame.columns:
            self.by_changed.emit()
        else:
            self._ask()

    def _narrow(self, column: str, value: str) -> None:
        if column in {one.key for one in self._parts.table.usage.columns}:
            self._parts.table.filters.type_in(column, f"= {value}")
        else:
            self.look_for.emit(column, f"= {value}")

    def _save(self) -> None:
        if self._parts.chart.by():
            self._export.write_cells(self._parts.chart.sums.cells())
        else:
            self._export.save_picture(self._parts.chart.chart)

    def _copied(self) -> None:
        is_sums = bool(self._parts.chart.by())
        told = self.tr("The sums were copied.") if is_sums else self.tr("The chart was copied as a picture.")
        self._export.say(told, Level.OK)
