"""Which of two releases a table is of: one button for each, and none pressed beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from nolcat_desktop.counter.release import Release
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.gui.theme import kind


class ReleaseChooser(QWidget):
    """Emits `chosen` with the `Release`."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to choose."""
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)

    def show_releases(self, releases: Sequence[Release]) -> None:
        """Offer these, in their own order: the likelier one is no better beforehand."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(release) for release in sorted(releases)]
        for place, button in enumerate(self.buttons):
            self._row.insertWidget(place, button)

    def _button(self, release: Release) -> QPushButton:
        button = QPushButton(tr("Release {release}").format(release=release), self)
        button.setAccessibleName(button.text())
        button.setAutoDefault(True)
        kind(button, "small")
        button.clicked.connect(lambda: self.chosen.emit(release))
        return button
