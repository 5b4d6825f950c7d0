"""Settings: not modal, and each change works at once; there is nothing to apply and nothing to restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QFont
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.icons import icon
from nolcat_desktop.gui.indicator_row import indicator_row
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind, row_height
from nolcat_desktop.settings import TEXT_SIZES, Colours, Rows


def next_size(size: int, by: int) -> int:
    """The next text size up (`by` 1) or down (-1); the last one stays."""
    at = TEXT_SIZES.index(size) + by
    return TEXT_SIZES[max(0, min(len(TEXT_SIZES) - 1, at))]


class GeneralPage(QWidget):
    """Text size, rows, colours, language."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Show and change the settings of `context`."""
        super().__init__(parent)
        kind(self, "plain")
        self._context = context
        self._size = QLabel(self)
        self._size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._smaller = self._step("minus", self.tr("Smaller text"), -1)
        self._larger = self._step("plus", self.tr("Larger text"), 1)
        self._rows = self._group(
            ((Rows.COMFORTABLE, self.tr("comfortable")), (Rows.COMPACT, self.tr("compact"))), self.tr("Rows")
        )
        self._colours = self._group(
            (
                (Colours.SYSTEM, self.tr("as the system")),
                (Colours.LIGHT, self.tr("light")),
                (Colours.DARK, self.tr("dark")),
            ),
            self.tr("Colours"),
        )
        self._language = QComboBox(self)
        self._language.setAccessibleName(self.tr("Language"))
        self._language.view().setAccessibleName(self.tr("Language"))
        self._language.addItem(self.tr("as the system"), "")
        self._language.addItem("English", "en")
        self._language.activated.connect(self._choose_language)
        self.notices = QCheckBox(self.tr("tell when a run ends"), self)
        self.notices.setToolTip(self.tr("On the desktop, while you work in another window"))
        self.notices.setAccessibleName(self.tr("Cloud: tell on the desktop when a run has ended"))
        self.notices.clicked.connect(self._choose_notices)
        self._lay_out()
        context.settings_changed.connect(self.show_settings)
        self.show_settings()

    def show_settings(self) -> None:
        """Show what holds now."""
        now = self._context.settings
        self._size.setText(self.tr("{n} %").format(n=now.text_size))
        ends = (
            (self._smaller, TEXT_SIZES[0], self.tr("This is the smallest.")),
            (self._larger, TEXT_SIZES[-1], self.tr("This is the largest.")),
        )
        for button, end, told in ends:  # never disabled: the focus would jump away under the finger
            button.setAccessibleDescription(told if now.text_size == end else "")
            button.setToolTip(told if now.text_size == end else button.accessibleName())
        self._check(self._rows, list(Rows).index(now.rows))
        self._check(self._colours, list(Colours).index(now.colours))
        self._language.setCurrentIndex(max(self._language.findData(now.language), 0))
        self.notices.setChecked(now.run_notices)
        for button, name in ((self._smaller, "minus"), (self._larger, "plus")):
            button.setIcon(icon(name))
            button.setIconSize(QSize(u(self, 16), u(self, 16)))
            button.setFixedHeight(u(self, 32))
        self._size.setMinimumWidth(u(self, 56))

    def _lay_out(self) -> None:
        form = QGridLayout(self)
        form.setContentsMargins(16, 0, 4, 12)
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(12)
        form.setColumnStretch(1, 1)
        size = QHBoxLayout()
        for widget in (self._smaller, self._size, self._larger):
            size.addWidget(widget)
        size.addStretch(1)
        language = QHBoxLayout()
        language.addWidget(self._language)
        language.addStretch(1)
        names = (self.tr("Text size"), self.tr("Rows"), self.tr("Colours"), self.tr("Language"), self.tr("Cloud"))
        self._wide = (indicator_row(*self._rows.buttons()), indicator_row(*self._colours.buttons()))
        fields = (size, *self._wide, language, indicator_row(self.notices))
        for row, (name, field) in enumerate(zip(names, fields, strict=True)):
            form.addWidget(QLabel(name, self), row, 0, Qt.AlignmentFlag.AlignVCenter)
            form.addLayout(field, row, 1)
        hint = QLabel(self.tr("Changes take effect at once and concern this computer only."), self)
        hint.setWordWrap(True)
        kind(hint, "muted")
        form.addWidget(hint, len(names), 0, 1, 2)
        form.setRowStretch(len(names) + 1, 1)

    def set_room(self, width: int) -> None:
        """Put what can be chosen below each other instead of beside in a dialog of less than some `width` (px)."""
        narrow = width < u(self, _NARROW)
        for row in self._wide:
            row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _step(self, name: str, words: str, by: int) -> QToolButton:
        button = QToolButton(self)
        kind(button, "button")
        button.setIcon(icon(name))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self._resize_text(by))
        return button

    def _group(self, choices: tuple[tuple[Rows | Colours, str], ...], name: str) -> QButtonGroup:
        group = QButtonGroup(self)
        for number, (_, words) in enumerate(choices):
            button = QRadioButton(words, self)
            button.setAccessibleName(f"{name}: {words}")
            group.addButton(button, number)
        values = [value for value, _ in choices]
        group.idClicked.connect(lambda number: self._choose(values[number]))
        return group

    def _check(self, group: QButtonGroup, number: int) -> None:
        group.button(number).setChecked(True)

    def _choose(self, value: Rows | Colours) -> None:
        now = self._context.settings
        changed = replace(now, rows=value) if isinstance(value, Rows) else replace(now, colours=value)
        self._context.set_settings(changed)

    def _choose_language(self, number: int) -> None:
        self._context.set_settings(replace(self._context.settings, language=str(self._language.itemData(number))))

    def _choose_notices(self, checked: bool) -> None:
        self._context.set_settings(replace(self._context.settings, run_notices=checked))

    def _resize_text(self, by: int) -> None:
        now, button = self._context.settings, self._larger if by > 0 else self._smaller
        at = button.mapToGlobal(button.rect().center())
        self._context.set_settings(replace(now, text_size=next_size(now.text_size, by)))
        QTimer.singleShot(0, self, lambda: self._stay(button, at))

    def _stay(self, button: QToolButton, at: QPoint) -> None:
        """Move the window so that the button is where it was, under the pointer, as far as the screen reaches."""
        window, room = self.window(), self.screen().availableGeometry()
        wanted = window.pos() + at - button.mapToGlobal(button.rect().center())
        right, bottom = room.right() - window.width(), room.bottom() - window.height()
        window.move(
            max(min(wanted.x(), right), room.left()),
            max(min(wanted.y(), bottom), room.top()),
        )


_NARROW = 680
"""In u: less is too little for choices beside each other."""


class SettingsDialog(QDialog):
    """A list of pages at the left, the page at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Show the settings of `context`."""
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(self.tr("Settings"))
        self.setAccessibleName(self.tr("Settings"))
        self.list, self._stack = QListWidget(self), QStackedWidget(self)
        self.list.setAccessibleName(self.tr("Pages of the settings"))
        kind(self.list, "pages")
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.clicked.connect(self.close)
        pages = QHBoxLayout()
        pages.setSpacing(8)
        pages.addWidget(self.list)
        pages.addWidget(self._stack, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 16, 16, 16)
        around.setSpacing(12)
        around.addLayout(pages, 1)
        around.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        self._makers: list[Callable[[], QWidget]] = []
        self.add_page(self.tr("General"), lambda: GeneralPage(context, self))
        self.list.currentRowChanged.connect(self._turn_to)
        self.list.currentRowChanged.connect(self._mark)
        self.list.setCurrentRow(0)
        context.theme.follow(self._restyle)
        self._restyle()

    def add_page(self, title: str, make: Callable[[], QWidget]) -> None:
        """Show under `title` what `make` makes when it is first wanted."""
        area = QScrollArea(self._stack)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._makers.append(make)
        self._stack.addWidget(area)
        item = QListWidgetItem(title)
        item.setSizeHint(QSize(0, row_height(self)))
        self.list.addItem(item)

    def go(self, title: str) -> None:
        """Show the page of `title`."""
        titles = [self.list.item(row).text() for row in range(self.list.count())]
        self.list.setCurrentRow(titles.index(title))

    def _turn_to(self, row: int) -> None:
        area = self._stack.widget(row)
        if isinstance(area, QScrollArea) and area.widget() is None:
            area.setWidget(self._makers[row]())
            self._tell_room()
        self._stack.setCurrentIndex(row)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window has the focus again."""
        super().closeEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            parent.activateWindow()

    def _mark(self) -> None:
        """The page that is shown is written stronger, too."""
        for row in range(self.list.count()):
            font = QFont(self.list.font())
            font.setWeight(QFont.Weight.DemiBold if row == self.list.currentRow() else QFont.Weight.Normal)
            self.list.item(row).setFont(font)

    def _restyle(self) -> None:
        self._mark()
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, row_height(self)))
        self.list.doItemsLayout()
        room = self.screen().availableSize()
        width = min(u(self, 760), room.width() - 40)
        self.resize(width, min(u(self, 520), room.height() - 60))
        narrow = width < u(self, _NARROW)
        self.list.setFixedWidth(u(self, 128 if narrow else 160))
        self._tell_room()

    def _tell_room(self) -> None:
        """Pages that lay themselves out by it are told how wide the dialog is."""
        for area in self._stack.findChildren(QScrollArea):
            told = getattr(area.widget(), "set_room", None)
            if told is not None:
                told(self.width())
