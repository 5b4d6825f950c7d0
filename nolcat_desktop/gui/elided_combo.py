"""A combo box that cuts its words with an ellipsis; all of them stand in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter


class ElidedCombo(QComboBox):
    """Qt's own only clips."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame and arrow, then the words as far as there is room."""
        del event
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, part, self).width() - 4
        text = option.currentText
        option.currentText = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        self.setToolTip(text if option.currentText != text else "")
        painter.drawComplexControl(control, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
