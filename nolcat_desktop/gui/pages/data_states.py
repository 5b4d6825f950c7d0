"""What stands in Look at data when there is nothing to look at: no reports, no matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.data_columns import TITLE, all_columns
from nolcat_desktop.gui.theme import kind

_LOW = 9
"""Lines of text: two of a sentence, a row of buttons, and air."""
_BESIDE = 2
"""Buttons in a row: three have no room in a table beside a chart."""


class Sentence(QFrame):
    """A sentence in the middle, and buttons under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to say yet."""
        super().__init__(parent)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self._text = ""
        self.buttons: list[QPushButton] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._around = QVBoxLayout(self)
        self._around.addStretch(1)
        self._around.addWidget(self.label)
        self._around.addLayout(self._rows)
        self._around.addStretch(2)
        self._give_air()

    def say(self, text: str, choices: Sequence[Choice], primary: bool = False) -> None:
        """Say `text`, offer `choices`; with `primary` the first of them is the way on."""
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        while (row := self._rows.takeAt(0)) is not None:
            if (gone := row.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.buttons = [self._button(choice) for choice in choices]
        if primary and self.buttons:
            kind(self.buttons[0], "primary")
        for first in range(0, len(self.buttons), _BESIDE):
            beside = QWidget(self)  # of a layout within a layout that goes alone, Python keeps what is no more
            line = QHBoxLayout(beside)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            line.addStretch(1)
            for button in self.buttons[first : first + _BESIDE]:
                line.addWidget(button)
            line.addStretch(1)
            self._rows.addWidget(beside)
        self._give_air()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low, the words need the room."""
        super().resizeEvent(event)
        self._give_air()

    def _give_air(self) -> None:
        is_low = self.height() < _LOW * self.fontMetrics().lineSpacing()
        margin, spacing = (4, 4) if is_low else (16, 12)
        self._around.setContentsMargins(margin, margin, margin, margin)
        self._around.setSpacing(spacing)
        self.label.setText(self._text)
        held = (self._rows.itemAt(at) for at in range(self._rows.count()))
        rows = [row for one in held if one is not None and (row := one.widget()) is not None]
        room, lines = self.height() - 2 * margin, self.label.heightForWidth(max(self.width() - 2 * margin, 1))
        wanted = sum(row.sizeHint().height() + spacing for row in rows)
        for row in rows:  # where even that is too low: the limits below the table have the same buttons
            row.setVisible(lines + wanted <= room or not is_low)
        if is_low and lines > room:
            self.label.setText(self._text.split(". ", 1)[0].removesuffix(".") + ".")

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.text.replace("&", "&&"), self)
        kind(button, "small")
        button.setAccessibleName(choice.text)
        button.clicked.connect(lambda: choice.do())
        return button


def working_bar(parent: QWidget) -> QProgressBar:
    """A thin bar that keeps its room while it is hidden: nothing moves when it comes."""
    bar = QProgressBar(parent)
    bar.setTextVisible(False)
    bar.setRange(0, 1)
    bar.setFixedHeight(4)
    bar.setAccessibleName(bar.tr("Working"))
    keep = bar.sizePolicy()
    keep.setRetainSizeWhenHidden(True)
    bar.setSizePolicy(keep)
    bar.hide()
    return bar


def clearing(
    columns: Sequence[Column],
    typed: Collection[str],
    type_in: Callable[[str, str], None],
    clear_all: Callable[[], None],
) -> list[Choice]:
    """What helps when nothing matches: clear one of the filters, or everything."""
    tr = QCoreApplication.translate
    offers = [
        Choice(
            tr("data", "Clear the filter on {column}").format(column=column.heading), partial(type_in, column.key, "")
        )
        for column in columns
        if column.key in typed
    ]
    return [*offers, Choice(tr("data", "Clear all"), clear_all)]


_IDENTIFIERS = (
    (re.compile(r"\d{4}-?\d{3}[\dXx]"), ("print_ISSN", "online_ISSN")),
    (re.compile(r"97[89][\d-]{10,14}"), ("ISBN",)),
    (re.compile(r"10\.\d{4,}/\S+"), ("DOI",)),
)
"""What is typed over a title and may be one of its numbers → columns in which it would stand."""


def numbers_meant(typed: Mapping[str, str], report_type: str) -> list[tuple[str, str, str]]:
    """Columns in which what is typed over the title would be found, were it a number of the title.

    Returns:
        Key and heading of each column, and what is to be looked for in it.
    """
    text = typed.get(TITLE, "").removeprefix("=").strip()
    headings = {column.key: column.heading for column in all_columns(report_type)}
    keys = next((keys for form, keys in _IDENTIFIERS if form.fullmatch(text)), ())
    wanted = f"{text[:4]}-{text[4:]}" if "print_ISSN" in keys and "-" not in text else text
    return [(key, headings[key], wanted) for key in keys]


def dim(widgets: Sequence[QWidget], dimmed: bool) -> None:
    """Grey what is shown, for something newer is on its way."""
    for widget in widgets:
        widget.setProperty("dim", dimmed)
        (widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget).update()


class Over(QObject):
    """Keeps a widget over the cells of a table, under its header: the filters stay within reach."""

    def __init__(self, area: QAbstractScrollArea, widget: QWidget) -> None:
        """Lay `widget` over `area`; hidden at first."""
        super().__init__(area)
        self._area, self._widget = area, widget
        widget.setParent(area.viewport())
        widget.hide()
        area.viewport().installEventFilter(self)

    def show(self, visible: bool) -> None:
        """Show or hide it; who pressed one of its buttons goes on in the table."""
        focused = QApplication.focusWidget()
        if not visible and focused is not None and self._widget.isAncestorOf(focused):
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)
        self._widget.setGeometry(self._area.viewport().rect())
        self._widget.setVisible(visible)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the table."""
        if event.type() == QEvent.Type.Resize:
            self._widget.setGeometry(self._area.viewport().rect())
        return super().eventFilter(watched, event)
