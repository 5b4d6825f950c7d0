"""Another name of a platform, publisher, database or of the institution, from one month to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.analysis.month_series import next_month
from nolcat_desktop.dataset import Alias, Named, Source
from nolcat_desktop.gui.cell_text import month, months
from nolcat_desktop.gui.rebuild_words import tr
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind

Names = Mapping[Named, Sequence[str]]


def what_words(what: Named) -> str:
    """What is named so."""
    match what:
        case Named.PLATFORM:
            return tr("Platform")
        case Named.PUBLISHER:
            return tr("Publisher")
        case Named.DATABASE:
            return tr("Database")
        case Named.MEMBER:
            return tr("Own institution")


def span_words(alias: Alias) -> str:
    """Over which months a name holds."""
    first, last = (date.fromisoformat(f"{one}-01") if one else None for one in (alias.first, alias.last))
    if first is not None and last is not None:
        return months(first, last)
    if first is not None:
        return tr("from {month}").format(month=month(first))
    return tr("until {month}").format(month=month(last)) if last is not None else tr("always")


class NamingDialog(QDialog):
    """What stands in reports, what it is looked at as, where and when."""

    def __init__(
        self, sources: Sequence[Source], span: Sequence[str], do: Callable[[Alias], None], parent: QWidget
    ) -> None:
        """Offer `sources` and the months of `span`; `do` gets the name that was given."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Another name"))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._do, self._names = do, dict[Named, Sequence[str]]()
        self.what, self.name, self.source = QComboBox(self), QComboBox(self), QComboBox(self)
        self.first, self.last, self.stands_for = QComboBox(self), QComboBox(self), QLineEdit(self)
        for one in Named:
            self.what.addItem(what_words(one), one)
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.source.addItem(self.tr("All sources"), None)
        for source in sources:
            self.source.addItem(source.name, source.source_id)
        self.first.addItem(self.tr("the beginning"), None)
        self.last.addItem(self.tr("now"), None)
        for day in _all_months(span):
            for box in (self.first, self.last):
                box.addItem(month(day), f"{day:%Y-%m}")
        self.fault = QLabel(self)
        self.fault.setWordWrap(True)
        told = QLabel(
            self.tr("What is stored stays as it was delivered: names are replaced when it is looked at, and exported."),
            self,
        )
        told.setWordWrap(True)
        kind(told, "muted")
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 16, 16, 16)
        around.setSpacing(12)
        around.addLayout(self._fields())
        for widget in (told, self.fault):
            around.addWidget(widget)
        around.addLayout(self._foot())
        self.setMinimumWidth(u(self, 520))
        self.what.currentIndexChanged.connect(self._kind_chosen)
        self._kind_chosen()

    def offer(self, names: Names) -> None:
        """Offer the names that stand in the library's usage."""
        self._names = dict(names)
        self._kind_chosen()

    def alias(self) -> Alias:
        """What was said."""
        return Alias(
            self.what.currentData(),
            self.name.currentText().strip(),
            self.stands_for.text().strip(),
            self.source.currentData(),
            self.first.currentData(),
            self.last.currentData(),
        )

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("What"), self.what),
            (self.tr("Name in the reports"), self.name),
            (self.tr("Is looked at as"), self.stands_for),
            (self.tr("In usage of"), self.source),
            (self.tr("From"), self.first),
            (self.tr("To"), self.last),
        )
        for row, (words, field) in enumerate(rows):
            label = QLabel(words, self)
            label.setBuddy(field)
            field.setAccessibleName(words)
            if isinstance(field, QComboBox):
                field.view().setAccessibleName(words)
                field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                field.setMaxVisibleItems(18)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        edit = self.name.lineEdit()
        if edit is not None:
            edit.setAccessibleName(self.tr("Name in the reports"))
        return grid

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.keep, cancel = QPushButton(self.tr("Remember"), self), QPushButton(self.tr("Cancel"), self)
        kind(self.keep, "primary")
        self.keep.setDefault(True)
        for button in (self.keep, cancel):
            button.setAccessibleName(button.text())
        self.keep.clicked.connect(self._keep)
        cancel.clicked.connect(self.close)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.keep)
        return foot

    def _kind_chosen(self) -> None:
        what, typed = self.what.currentData(), self.name.currentText()
        self.name.clear()
        self.name.addItems(list(self._names.get(what, ())))
        self.name.setEditText(typed)
        everywhere = what is Named.MEMBER
        for box in (self.source, self.first, self.last):
            box.setEnabled(not everywhere)
            if everywhere:
                box.setCurrentIndex(0)

    def _keep(self) -> None:
        made = self.alias()
        if not made.name or not made.stands_for or made.name == made.stands_for:
            self.fault.setText(self.tr("Give the name in the reports, and another that it is looked at as."))
        elif made.first and made.last and made.first > made.last:
            self.fault.setText(self.tr("The last month is before the first."))
        else:
            self.close()
            self._do(made)


def _all_months(span: Sequence[str]) -> list[date]:
    if not span:
        return []
    found = [date.fromisoformat(f"{span[0]}-01")]
    while f"{found[-1]:%Y-%m}" < span[-1]:
        found.append(next_month(found[-1]))
    return found
