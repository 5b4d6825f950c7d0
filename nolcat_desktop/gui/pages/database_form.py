"""Where NoLCAT's relation is: a file, or a running database with its user; a typed password is kept only if asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nolcat_desktop.gui.indicator_row import indicator_row
from nolcat_desktop.gui.rebuild_words import tr
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.log import hide
from nolcat_desktop.workflow.taking_over_from import Password, Where

_LAST_PORT = 65535
Choose = Callable[[str, str, str], Path | None]


class PlaceForm(QWidget):
    """A file or a database."""

    changed = Signal()
    """Something else is meant now."""

    def __init__(self, choose: Choose, parent: QWidget | None = None) -> None:
        """Nothing named yet; `choose` asks for a file (title, word, kinds)."""
        super().__init__(parent)
        self._choose = choose
        self.in_file = QRadioButton(tr("A file: dump (.sql, also packed), CSV or Parquet"), self)
        self.in_database = QRadioButton(tr("A running database (MySQL or MariaDB)"), self)
        group = QButtonGroup(self)
        for number, button in enumerate((self.in_file, self.in_database)):
            button.setAccessibleName(button.text())
            group.addButton(button, number)
        self.file = QLineEdit(self)
        self.browse = QPushButton(tr("Choose…"), self)
        self.browse.setAccessibleName(tr("Choose the file"))
        kind(self.browse, "small")
        self.browse.clicked.connect(self._browse)
        self.host, self.port, self.database = QLineEdit(self), QLineEdit("3306", self), QLineEdit(self)
        self.user, self.password, self.ca_file = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(tr("empty: the one in the password store"))
        self.ca_file.setPlaceholderText(tr("only where the system does not know it (PEM)"))
        self.keep = QCheckBox(tr("Keep the password in the system's password store"), self)
        self.keep.setToolTip(tr("Otherwise it is kept for this run only."))
        self.keep.setAccessibleName(self.keep.text())
        self.stack = QStackedWidget(self)
        self._pages = (self._file_page(), self._database_page())
        for page in self._pages:
            self.stack.addWidget(page)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(8)
        for choice in (self.in_file, self.in_database):
            around.addLayout(indicator_row(choice))
        around.addWidget(self.stack)
        group.idClicked.connect(self._turn)
        for edit in (self.file, self.host, self.port, self.database, self.user, self.password, self.ca_file):
            edit.textEdited.connect(lambda _: self.changed.emit())
        self.in_file.setChecked(True)
        self._turn(0)

    def set_file(self, file: Path) -> None:
        """Name a file."""
        self.in_file.setChecked(True)
        self._turn(0)
        self.file.setText(str(file))
        self.changed.emit()

    def where(self) -> Where | None:
        """What is meant; None while something is missing."""
        if self.in_file.isChecked():
            text = self.file.text().strip()
            return Where(Path(text)) if text else None
        host, database, user, port = (one.text().strip() for one in (self.host, self.database, self.user, self.port))
        if not (host and database and user and port.isdecimal() and 0 < int(port) <= _LAST_PORT):
            return None
        ca_file = self.ca_file.text().strip()
        return Where(None, host, int(port), database, user, Path(ca_file) if ca_file else None)

    def typed(self) -> Password | None:
        """The password as it was typed; None: the one in the store."""
        text = self.password.text() if self.in_database.isChecked() else ""
        hide(text)
        return Password(text, self.keep.isChecked()) if text else None

    def missing(self) -> str:
        """What has to be filled in, as a sentence."""
        if self.in_file.isChecked():
            return tr("Choose the file first.")
        return tr("Host, port, database and user are needed; the port is a number.")

    def _turn(self, number: int) -> None:
        for at, page in enumerate(self._pages):
            policy = QSizePolicy.Policy.Preferred if at == number else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self.stack.setCurrentIndex(number)
        self.changed.emit()

    def _browse(self) -> None:
        kinds = tr("NoLCAT's data (*.sql *.gz *.bz2 *.xz *.zst *.csv *.tsv *.parquet);;All files (*)")
        file = self._choose(tr("NoLCAT's database as a file"), "take_over", kinds)
        if file is not None:
            self.set_file(file)

    def _file_page(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(24, 0, 0, 0)
        row.setSpacing(8)
        self.file.setAccessibleName(tr("File"))
        row.addWidget(self.file, 1)
        row.addWidget(self.browse)
        return page

    def _database_page(self) -> QWidget:
        page = QWidget(self)
        kind(page, "plain")
        grid = QGridLayout(page)
        grid.setContentsMargins(24, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        fields = (
            ((tr("Host"), self.host), (tr("Port"), self.port)),
            ((tr("Database"), self.database), (tr("User"), self.user)),
            ((tr("Password"), self.password), (tr("Certificate file"), self.ca_file)),
        )
        for row, pair in enumerate(fields):
            for column, (words, edit) in enumerate(pair):
                label = QLabel(words, page)
                label.setBuddy(edit)
                edit.setAccessibleName(words)
                grid.addWidget(label, row, 2 * column)
                grid.addWidget(edit, row, 2 * column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.addLayout(indicator_row(self.keep), len(fields), 0, 1, 4)
        return page
