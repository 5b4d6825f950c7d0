"""A combo box that cuts its words with an ellipsis; all of them stand in the tooltip."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

_SPARE = 2
"""Letters end between pixels."""


class ElidedCombo(QComboBox):
    """Qt's own only clips."""

    shorter: Callable[[str], str] | None = None
    """What stands for words that have no room, instead of the words cut."""
    _is_wide_as_chosen = False

    def be_wide_as_chosen(self) -> None:
        """Only the words that are chosen need room, and only they are measured; the list has its own."""
        self._is_wide_as_chosen = True
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.currentIndexChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """So wide that no words need to be cut, where there is room; the style reckons with less than it draws."""
        hint, option = super().sizeHint(), QStyleOptionComboBox()
        if self._is_wide_as_chosen:
            hint.setWidth(0)
        self.initStyleOption(option)
        option.rect = QRect(QPoint(), hint)
        shown = [self.currentIndex()] if self._is_wide_as_chosen else range(self.count())
        words = max((self.fontMetrics().horizontalAdvance(self.itemText(at)) for at in shown), default=0)
        return QSize(hint.width() + max(words + _SPARE - self._room(option), 0), hint.height())

    def showPopup(self) -> None:
        """Open the list so wide that its words are whole."""
        wide = max((self.fontMetrics().horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=0)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        self.view().setMinimumWidth(wide + 2 * bar)
        super().showPopup()

    def _room(self, option: QStyleOptionComboBox) -> int:
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(control, option, part, self).width() - 4

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame and arrow, then the words as far as there is room."""
        del event
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self._room(option)
        text = option.currentText
        cut = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        is_shortened = cut != text and self.shorter is not None
        option.currentText = self.shorter(text) if is_shortened and self.shorter is not None else cut
        self.setToolTip(text if option.currentText != text else "")
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
