"""Names as delivered, or our names: a switch of Look at data that is remembered on this computer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from nolcat_desktop.analysis.own_names import OF_DATABASES
from nolcat_desktop.dataset import Alias, Named
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.workflow.explaining import Asked

_KEY = "own_names"
_COLUMNS = {Named.PLATFORM: "platform", Named.PUBLISHER: "publisher", Named.DATABASE: "resource_name"}


class NamesSwitch(QPushButton):
    """Down: platforms, publishers and databases go by the names that the library knows them by."""

    switched = Signal()

    def __init__(self, remembered: Remembered, parent: QWidget | None = None) -> None:
        """As it was left; not seen before the library has names of its own."""
        super().__init__(parent)
        self._remembered, self._aliases = remembered, tuple[Alias, ...]()
        kind(self, "chip")
        self.setText(self.tr("Our names"))
        self.setCheckable(True)
        self.setChecked(remembered.get(_KEY, False))
        self.setAccessibleName(self.tr("Our names instead of names as delivered"))
        self.setToolTip(
            self.tr("Platforms, publishers and databases by the names given in Settings › Sources; off: as delivered")
        )
        self.hide()
        self.clicked.connect(self._switch)

    def offer(self, aliases: Sequence[Alias]) -> None:
        """The library has these names of its own."""
        self._aliases = tuple(aliases)
        self.setVisible(bool(aliases))

    def is_on(self) -> bool:
        """Whether own names are wanted."""
        return self.isChecked()

    def renames(self) -> bool:
        """Whether what is shown goes by other names than were delivered."""
        return self.isChecked() and bool(self._aliases)

    def as_delivered(self, asked: Asked) -> Asked:
        """A question about what is shown, without what is known of the row by a name of our own alone."""
        ours = {(_COLUMNS[one.what], one.stands_for) for one in self._aliases} if self.renames() else set()
        kept = {name: value for name, value in asked.where.items() if (name, value) not in ours}
        return asked if len(kept) == len(asked.where) else replace(asked, where=kept)

    def renamed(self, report_type: str) -> frozenset[str]:
        """Columns of a report in which a name of our own may stand."""
        columns = {_COLUMNS[one.what] for one in self._aliases} if self.renames() else set()
        is_of_databases = re.match(OF_DATABASES, report_type) is not None
        return frozenset(columns if is_of_databases else columns - {"resource_name"})

    def _switch(self) -> None:
        self._remembered.put(_KEY, self.isChecked())
        self.switched.emit()
