"""Which sum of a certificate is meant when somebody asks where it comes from: the one in the line of the caret."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QTextTable
from PySide6.QtWidgets import QPushButton, QTextBrowser

from nolcat_desktop.workflow.proving import Sum


class CertificateNumbers(QObject):
    """Between the text of a certificate and the button beside it; Ctrl+I does the same as the button."""

    def __init__(
        self,
        text: QTextBrowser,
        button: QPushButton,
        numbers: Sequence[Sequence[Sum]],
        explain: Callable[[Sum], None],
    ) -> None:
        """Listen to the caret in `text`.

        Args:
            text: Shows the certificates.
            button: Asks for the current sum.
            numbers: The sums of each table that has any, in the order of the pages.
            explain: Gets the sum that is asked about.
        """
        super().__init__(text)
        self._text, self._button, self._numbers, self._explain = text, button, numbers, explain
        flags = Qt.TextInteractionFlag
        text.setTextInteractionFlags(flags.TextBrowserInteraction | flags.TextSelectableByKeyboard)
        frames = text.document().rootFrame().childFrames()
        self._tables = [one for one in frames if isinstance(one, QTextTable) and _has_sums(one)]
        action = QAction(button.text(), text)
        action.setShortcut("Ctrl+I")
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(self.ask)
        text.window().addAction(action)
        button.clicked.connect(self.ask)
        text.cursorPositionChanged.connect(self.follow)
        if self._tables:
            text.setTextCursor(self._tables[0].cellAt(1, 0).firstCursorPosition())
        self.follow()

    def current(self) -> Sum | None:
        """The sum in the line of the caret."""
        caret = self._text.textCursor()
        for table, sums in zip(self._tables, self._numbers, strict=False):
            if table.firstPosition() <= caret.position() <= table.lastPosition():
                row = table.cellAt(caret).row() - 1  # the headings are a row
                return sums[row] if 0 <= row < len(sums) else None
        return None

    def ask(self) -> None:
        """Have the current sum explained."""
        current = self.current()
        if current is not None:
            self._explain(current)

    def follow(self) -> None:
        """Say what the button can do now."""
        current = self.current()
        self._button.setEnabled(current is not None)
        there = self._button.tr("Put the caret into a line of the sums: click there, or use the arrow keys.")
        self._button.setToolTip("" if current is not None else there)


def _has_sums(table: QTextTable) -> bool:
    """Whether it is one of those that `numbers` tells of: its headings are those of sums."""
    cells = (table.cellAt(0, at) for at in range(min(2, table.columns())))
    heads = [cell.firstCursorPosition().block().text() for cell in cells]
    return heads in (["Metric", "Month"], ["Metric", "Sum of the months"])
