"""A table of facts whose first cell has an icon, and while something moves a bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from nolcat_desktop.gui.icons import pixmap
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.table_cells import PADDING, CellDelegate
from nolcat_desktop.gui.theme import role as colour_of

ICON, GAP, BAR = 16, 8, 6


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before the words of a row."""

    icon: str
    role: str = Role.TEXT
    share: float | None = None
    """How much of it is done, 0 to 1: drawn as a bar instead of the words."""


class MarkedTable(FactsTable):
    """The words of a row say what its icon and its bar show."""

    def __init__(self, headings: Sequence[Heading], name: str, parent: QWidget | None = None) -> None:
        """An empty table."""
        self._marks: Mapping[object, Mark] = {}
        self._least: Mapping[int, int] = {}
        super().__init__(headings, name, parent)
        self.beside = {0: ICON + GAP}
        self.setItemDelegateForColumn(0, _MarkDelegate(self))

    def show_rows(self, facts: Sequence[Fact], marks: Mapping[object, Mark]) -> None:
        """Show `facts`, marked by their keys."""
        self._marks = dict(marks)
        self.show_facts(facts)

    def set_least_widths(self, least: Mapping[int, int]) -> None:
        """A column goes where the table is narrower than so many u; the tooltip of the row has its words."""
        self._least = dict(least)
        self._widths()

    def _widths(self) -> None:
        width = self.viewport().width()
        self._left_out = {section for section, least in self._least.items() if width < u(self, least)}
        super()._widths()

    def mark(self, row: int) -> Mark | None:
        """That of a row."""
        return self._marks.get(self.facts.facts[row].key)


class _MarkDelegate(CellDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view = self._view
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        mark = view.mark(index.row()) if isinstance(view, MarkedTable) else None
        rect: QRect = option.rect
        left = rect.left() + u(view, PADDING)
        if mark is not None:
            edge = u(view, ICON)
            painter.drawPixmap(left, rect.top() + (rect.height() - edge) // 2, pixmap(mark.icon, mark.role, ICON))
            left += edge + u(view, GAP)
        room = QRect(left, rect.top(), rect.right() - u(view, PADDING) - left, rect.height())
        if mark is not None and mark.share is not None:
            _bar(painter, room, mark.share, u(view, BAR))
        else:
            _write(painter, room, index, view)
        if index == view.currentIndex():
            self._ring(painter, rect)


def _write(painter: QPainter, room: QRect, index: QModelIndex | QPersistentModelIndex, view: QWidget) -> None:
    painter.setFont(view.font())
    painter.setPen(colour_of(Role.TEXT))
    text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, int(flags) | int(Qt.TextFlag.TextSingleLine), shown)


def _bar(painter: QPainter, room: QRect, share: float, height: int) -> None:
    top = room.top() + (room.height() - height) / 2
    whole = QRectF(room.left(), top, room.width(), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(colour_of(Role.BORDER))
    painter.setBrush(colour_of(Role.BASE))
    painter.drawRoundedRect(whole, height / 2, height / 2)
    done = QRectF(whole)
    done.setWidth(max(whole.width() * min(share, 1.0), height))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour_of(Role.ACCENT))
    painter.drawRoundedRect(done, height / 2, height / 2)
    painter.restore()
