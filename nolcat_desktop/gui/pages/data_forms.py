"""In which form a table is exported: as it is shown, for people; or as data, for programs."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind


class Form(Enum):
    """What a file is for."""

    SHOWN = "shown"
    """The headings of the screen, months across, totals; in a workbook with a sheet that says what it is."""
    DATA = "data"
    """One row for each count, under NoLCAT's names."""


class FormDialog(QDialog):
    """Which of the two."""

    def __init__(self, chosen: Form, do: Callable[[Form], None], parent: QWidget) -> None:
        """Ask, with `chosen` chosen; `do` gets the answer."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(u(self, 440))
        words = {
            Form.SHOWN: (
                self.tr("Table as shown"),
                self.tr("To read and to hand on: one row for each title, one column for each month, with totals. A "
                        "workbook also says what it is about and what is missing."),
            ),
            Form.DATA: (
                self.tr("Data for programs"),
                self.tr("One row for each count, in the columns and names of NoLCAT's database."),
            ),
        }  # fmt: skip
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 16, 16, 16)
        around.setSpacing(8)
        self.choices: dict[Form, QRadioButton] = {}
        for form, (name, text) in words.items():
            self.choices[form] = choice = QRadioButton(name, self)
            choice.setChecked(form is chosen)
            choice.setAccessibleDescription(text)
            more = QLabel(text, self)
            more.setWordWrap(True)
            more.setIndent(u(self, 24))
            kind(more, "muted")
            around.addWidget(choice)
            around.addWidget(more)
        box = QDialogButtonBox(self)
        yes, no = QPushButton(self.tr("Choose the file…"), self), QPushButton(self.tr("Cancel"), self)
        for button, role in (
            (yes, QDialogButtonBox.ButtonRole.AcceptRole),
            (no, QDialogButtonBox.ButtonRole.RejectRole),
        ):
            button.setAccessibleName(button.text())
            box.addButton(button, role)
        yes.setDefault(True)
        self.choices[chosen].setFocus()
        around.addSpacing(4)
        around.addWidget(box)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self.accepted.connect(lambda: do(self.form()))

    def form(self) -> Form:
        """What is chosen."""
        return next(form for form, choice in self.choices.items() if choice.isChecked())
