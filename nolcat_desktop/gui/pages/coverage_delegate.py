"""Height of the rows, and the field in which a source is given another name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nolcat_desktop.gui.theme import row_height


class CoverageDelegate(QStyledItemDelegate):
    """Rows are painted whole by the view."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """28 u, compact 24 u."""
        del option, index
        parent = self.parent()
        return QSize(1, row_height(parent) if isinstance(parent, QWidget) else 1)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """A line that follows the direction of what is written in it."""
        del option, index
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("Name of the source"))
        editor.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        return editor
