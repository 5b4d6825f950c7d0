"""What stands there for the moment in which a place is made: its title, where the place will have it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nolcat_desktop.gui.header import Header
from nolcat_desktop.gui.place import MARGINS, Place


class Coming(QWidget):
    """Takes no focus; there is nothing to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Announce nothing yet."""
        super().__init__(parent)
        self.header = Header(self)
        around = QVBoxLayout(self)
        around.setContentsMargins(*MARGINS)
        around.addWidget(self.header)
        around.addStretch(1)

    def announce(self, place: type[Place]) -> None:
        """Show the title of `place`."""
        self.header.set_title(place.title())
        self.setAccessibleName(place.title())
