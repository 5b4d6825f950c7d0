"""Panes beside each other that are lent to tabs where it is tight, and have their shares again when they come back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSplitter, QWidget


class PaneSplitter(QSplitter):
    """Qt's own gives whoever comes back what is left over."""

    def __init__(self, panes: Sequence[QWidget], shares: Sequence[int], parent: QWidget) -> None:
        """Put `panes` beside each other.

        Args:
            panes: In the eye's order.
            shares: How the room is shared, in hundredths; until a handle is dragged.
            parent: Owner.
        """
        super().__init__(parent)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(12)
        self._panes = tuple(panes)
        self._sizes = [share * 10 for share in shares]
        self.splitterMoved.connect(self._moved)
        self.take_back()
        for at, share in enumerate(shares):
            self.setStretchFactor(at, share)

    def take_back(self) -> None:
        """All panes are here again, with the shares that they had."""
        for at, pane in enumerate(self._panes):
            self.insertWidget(at, pane)
            pane.show()
        self.setSizes(self._sizes)

    def _moved(self) -> None:
        self._sizes = self.sizes()
