"""What a designer's eye would find, looked for by machine in whatever is visible: each finding is a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTableView,
    QToolButton,
    QWidget,
)

from nolcat_desktop.gui.elided_button import ElidedButton
from nolcat_desktop.gui.elided_label import ElidedLabel, in_order
from nolcat_desktop.gui.icons import BESIDE
from nolcat_desktop.gui.pages.add_cell_view import SheetView
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.scale import factor
from nolcat_desktop.gui.theme import role

MONTH = re.compile(r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d-])")
_CONTROLS = (QPushButton, QToolButton, QComboBox, QLineEdit, QAbstractSpinBox)
_WORDED = (QPushButton, QCheckBox, QRadioButton)
_SPARE = 2
"""Pixels by which rounding may miss."""


def faults(root: QWidget) -> list[str]:
    """All that is wrong with what can be seen of `root`."""
    seen = [one for one in root.findChildren(QWidget) if one.isVisible() and not _is_inner(one)]
    found: list[str] = []
    for widget in seen:
        found += [*_cut(widget, root), *_worn(widget), *_close(widget), *_sideways(widget)]
        if isinstance(widget, QTableView) and not isinstance(widget, SheetView):
            found += _columns(widget)
    for parent in {one.parentWidget() for one in seen}:
        if parent is not None:
            found += [*_rows(parent), *_overlapping(parent)]
    return found + [f"{text!r} is no month as months are written" for text in texts(seen) if MONTH.search(text)]


def ragged(place: Place) -> list[str]:
    """Parts of a place that do not begin where its title does."""
    left = place.header.mapTo(place, QPoint()).x()
    found = []
    for at in range(place.body.count()):
        item = place.body.itemAt(at)
        widget = item.widget() if item is not None else None
        if widget is not None and widget.isVisible() and abs(widget.x() - left) > _SPARE:
            found.append(f"{_name(widget)} begins at {widget.x()}, the title at {left}")
    return found


def texts(widgets: list[QWidget]) -> Iterator[str]:
    """What stands on labels, buttons and in the first rows of tables; not what a file itself says."""
    for widget in widgets:
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QTableView) and not isinstance(widget, SheetView):
            model = widget.model()
            for row in range(min(model.rowCount(), 20)):
                yield from (str(model.index(row, at).data() or "") for at in range(model.columnCount()))


def _is_inner(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return widget.objectName().startswith("qt_") or isinstance(parent, QComboBox | QLineEdit)


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {text[:60]!r}"


def _cut(widget: QWidget, root: QWidget) -> Iterator[str]:
    """Words that do not fit, and widgets that reach out of what holds them."""
    if isinstance(widget, ElidedLabel):
        line = widget.full_text().replace("\n", " ")
        whole = in_order(line, widget.layoutDirection())
        if widget.text() != whole and widget.toolTip() != widget.full_text():
            yield f"{_name(widget)} is cut and does not say all in its tooltip"
    elif isinstance(widget, QLabel) and widget.text() and widget.textFormat() != Qt.TextFormat.RichText:
        needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        if needed > widget.height() + _SPARE:
            yield f"{_name(widget)} is {widget.height()} high, and {needed} are needed"
        if not widget.wordWrap() and widget.sizeHint().width() > widget.width() + _SPARE:
            yield f"{_name(widget)} is {widget.width()} wide, and {widget.sizeHint().width()} are needed"
    elif isinstance(widget, _WORDED) and widget.text() and widget.sizeHint().width() > widget.width() + _SPARE:
        full = widget.full_text() if isinstance(widget, ElidedButton) else ""
        if not full or widget.toolTip() != full:
            yield f"{_name(widget)} is {widget.width()} wide, and {widget.sizeHint().width()} are needed"
    if not _scrolls(widget, root):
        inside = QRect(widget.mapTo(root, QPoint()), widget.size())
        if not root.rect().adjusted(-_SPARE, -_SPARE, _SPARE, _SPARE).contains(inside):
            yield f"{_name(widget)} reaches out of the window"


def _worn(widget: QWidget) -> Iterator[str]:
    """Words in a colour that the look of the moment does not have: of another look, or of nobody's."""
    if isinstance(widget, QLabel | QAbstractButton) and widget.text():
        worn = widget.palette().color(QPalette.ColorGroup.Active, widget.foregroundRole())
        if worn.name() not in {role(each).name() for each in Role}:
            yield f"{_name(widget)} wears {worn.name()}, which is none of the colours of the moment"


def _close(widget: QWidget) -> Iterator[str]:
    """A word so close to its icon that both are one thing: the style's own 4 px do not grow with the text."""
    if not isinstance(widget, QPushButton | QToolButton) or widget.icon().isNull() or not widget.text():
        return
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return
    between = widget.iconSize().width() - widget.iconSize().height() + 4
    if between < round(BESIDE * factor()) - 1:
        yield f"{between} px are between the icon and the word of {_name(widget)}"


def _sideways(widget: QWidget) -> Iterator[str]:
    """Nothing is scrolled sideways but a file, shown as it is."""
    if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, SheetView):
        bar = widget.horizontalScrollBar()
        if bar.isVisible() and bar.maximum() > 0:
            yield f"{_name(widget)} must be scrolled sideways, by {bar.maximum()} px"
        held = widget.widget() if isinstance(widget, QScrollArea) else None
        if held is not None and not bar.isVisible() and held.width() > widget.viewport().width() + _SPARE:
            yield f"{_name(widget)} cuts what is in it, by {held.width() - widget.viewport().width()} px"


def _scrolls(widget: QWidget, root: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent, QAbstractScrollArea | QHeaderView):
            return True
        parent = parent.parentWidget()
    return False


def _columns(view: QTableView) -> Iterator[str]:
    """Numbers that are cut, and words that are cut without all of them in the tooltip."""
    model = view.model()
    for column in range(model.columnCount()):
        if view.isColumnHidden(column) or not model.rowCount():
            continue
        index = model.index(0, column)
        width = view.columnWidth(column)
        is_number = bool(int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0) & int(Qt.AlignmentFlag.AlignRight))
        heading = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        told = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        if view.horizontalHeader().isVisible() and view.fontMetrics().horizontalAdvance(heading) > width and not told:
            yield f"the heading {heading!r} is cut: its column is {width} wide"
        if view.sizeHintForColumn(column) > width + _SPARE:
            if is_number:
                word = model.headerData(column, Qt.Orientation.Horizontal)
                yield f"numbers of column {word!r} are cut: {view.sizeHintForColumn(column)} in {width}"
            elif not index.data(Qt.ItemDataRole.ToolTipRole) and "viewportEvent" not in type(view).__dict__:
                yield f"words of column {column} of {_name(view)} are cut and have no tooltip"


def _rows(parent: QWidget) -> Iterator[str]:
    """Controls of one row that differ in height."""
    if isinstance(parent, QAbstractItemView | QHeaderView):
        return
    controls = [one for one in parent.children() if isinstance(one, _CONTROLS) and one.isVisible()]
    for one, other in pairwise(sorted(controls, key=lambda each: each.x())):
        beside = min(one.geometry().bottom(), other.geometry().bottom()) - max(one.y(), other.y())
        if beside > min(one.height(), other.height()) // 2 and abs(one.height() - other.height()) > _SPARE:
            yield f"{_name(one)} is {one.height()} high, {_name(other)} beside it {other.height()}"


def _overlapping(parent: QWidget) -> Iterator[str]:
    if parent.layout() is None or isinstance(parent, QScrollArea):
        return
    layout = parent.layout()
    inside = [one for one in parent.children() if isinstance(one, QWidget) and one.isVisible()]
    laid = [one for one in inside if not one.isWindow() and not _is_inner(one) and one.size().width() > 0]
    for one, other in combinations(laid, 2):
        both = one.geometry().intersected(other.geometry())
        if layout is not None and both.width() > _SPARE and both.height() > _SPARE:
            yield f"{_name(one)} lies over {_name(other)}"
