"""Cells of the review table: icon, words, ring; and the combo box in which a source is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QStyle,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from nolcat_desktop.gui.icons import pixmap
from nolcat_desktop.gui.pages.add_model import ICON_ROLE, NEW_ROLE, AnyIndex, Part
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.table_cells import PADDING, CellDelegate
from nolcat_desktop.gui.theme import role as colour_of

ICON, GAP = 16, 6
_BAR = 4
"""In u: the bar at the left of what is new."""


class ReviewDelegate(CellDelegate):
    """Draws what the model says; a number is never cut, a sentence at its right, a file's name in the middle."""

    chosen = Signal(object, str)
    """A source was chosen: its id, or None for a new one; and its name."""

    def __init__(self, view: QAbstractItemView, choices: Callable[[], Sequence[tuple[int | None, str, str]]]) -> None:
        """For `view`; `choices` gives id, name and reason of the sources for the current row."""
        super().__init__(view)
        self._choices = choices

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw ground, icon, words and ring."""
        view = self._view
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        rect: QRect = option.rect
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        drawn = index.data(ICON_ROLE)
        inset = PADDING
        painter.setPen(colour_of(Role.TEXT))
        if drawn is not None and drawn[0]:
            picture = pixmap(drawn[0], drawn[1], ICON)
            edge = u(view, ICON)
            left = rect.left() + u(view, PADDING)
            painter.drawPixmap(left, rect.top() + (rect.height() - edge) // 2, picture)
            inset += ICON + GAP
        elif drawn is not None:
            painter.setPen(colour_of(drawn[1]))
        room = rect.adjusted(u(view, inset), 0, -u(view, PADDING), 0)
        alignment = int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0)
        if index.column() != Part.ROWS:
            is_sentence = index.column() in {Part.FATE, Part.REPORT}
            mode = Qt.TextElideMode.ElideRight if is_sentence else Qt.TextElideMode.ElideMiddle
            text = painter.fontMetrics().elidedText(text, mode, room.width())
        painter.drawText(room, alignment | int(Qt.TextFlag.TextSingleLine), text)
        if index.data(NEW_ROLE):
            painter.fillRect(rect.left(), rect.top() + 2, u(view, _BAR), rect.height() - 4, colour_of(Role.ACCENT))
        if index.row() == view.currentIndex().row() and index.column() == view.currentIndex().column():
            self._ring(painter, rect)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """A combo box with type-ahead: proposals first, then all, then a new one by typing its name."""
        del option, index
        combo = QComboBox(parent)
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setAccessibleName(self.tr("Source"))
        combo.view().setAccessibleName(self.tr("Sources"))
        for source, name, reason in self._choices():
            combo.addItem(f"{name} — {reason}" if reason else name, (source, name))
        combo.activated.connect(lambda _: self._finish(combo))
        line, completer = combo.lineEdit(), combo.completer()
        if line is not None:
            line.setPlaceholderText(self.tr("Choose, or type a new name"))
            line.returnPressed.connect(lambda: self._finish(combo))
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        return combo

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Show the proposal, all of it marked."""
        del index
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(0)
            line = editor.lineEdit()
            if line is not None:
                line.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Tell what was chosen or typed."""
        del model, index
        if not isinstance(editor, QComboBox):
            return
        typed = editor.currentText().strip()
        for row in range(editor.count()):
            source, name = editor.itemData(row)
            if typed in {editor.itemText(row), name}:
                self.chosen.emit(source, name)
                return
        if typed:
            self.chosen.emit(None, typed)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """At least as wide as a proposal with its reason."""
        del index
        rect: QRect = option.rect
        editor.setGeometry(QRect(rect.left(), rect.top(), max(rect.width(), u(editor, 260)), rect.height()))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """The whole text."""
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            QToolTip.showText(event.globalPos(), str(index.data(Qt.ItemDataRole.ToolTipRole) or ""), view)
            return True
        return super().helpEvent(event, view, option, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """The list of the combo box takes the focus without ending the choice."""
        if event.type() == QEvent.Type.FocusOut and isinstance(editor, QComboBox) and editor.view().isVisible():
            return False
        return super().eventFilter(editor, event)

    def _finish(self, combo: QComboBox) -> None:
        if combo.property("finished"):
            return
        combo.setProperty("finished", True)
        self.commitData.emit(combo)
        self.closeEditor.emit(combo)
