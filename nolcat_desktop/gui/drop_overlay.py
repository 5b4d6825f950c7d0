"""What is seen while files are dragged over the window: what will happen when they are dropped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen, QWindow
from PySide6.QtWidgets import QWidget

from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import Role, role

_LOOKED_AT = 200
"""Of more paths than these nobody waits to know which are folders."""


class DropOverlay(QWidget):
    """Covers the window while something is dragged over it; takes files and folders everywhere, over fields, too."""

    dropped = Signal(list)
    """List of `pathlib.Path`."""

    def __init__(self, window: QWidget) -> None:
        """Cover `window`, hidden at first; `watch` it once it has a handle."""
        super().__init__(window)
        self._sentence, self._is_wanted = "", False
        self._watched: QWindow | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def watch(self, handle: QWindow | None) -> None:
        """Look at the drags over `handle` before any widget does: a field would take the files for text."""
        if handle is not None and handle is not self._watched:
            self._watched = handle
            handle.installEventFilter(self)

    def sentence(self) -> str:
        """What is said while it is seen."""
        return self._sentence

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the drags of files; leave a drag of text within the window to the fields."""
        del watched
        match event.type():
            case QEvent.Type.DragEnter | QEvent.Type.DragMove if isinstance(event, QDragEnterEvent | QDragMoveEvent):
                return self._over(event)
            case QEvent.Type.DragLeave if self.isVisible():
                self.hide()
            case QEvent.Type.MouseMove | QEvent.Type.MouseButtonPress | QEvent.Type.KeyPress if self.isVisible():
                self.hide()  # the mouse is ours again: whoever dragged went without a word
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                return self._drop(event)
            case _:
                pass
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim, frame, sentence."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = role(Role.WINDOW)
        veil.setAlphaF(0.6)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(role(Role.ACCENT), 2))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        room = self.width() - u(self, 64)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        words = painter.fontMetrics().boundingRect(QRect(0, 0, room, self.height()), flags, self._sentence)
        card = QRect(0, 0, words.width() + u(self, 48), words.height() + u(self, 32))
        card.moveCenter(self.rect().center())
        painter.setBrush(role(Role.BASE))
        painter.drawRoundedRect(QRectF(card), 6, 6)
        painter.setPen(role(Role.TEXT))
        painter.drawText(card, flags, self._sentence)

    def _over(self, event: QDragEnterEvent | QDragMoveEvent) -> bool:
        mime = event.mimeData()
        if event.source() is not None and not mime.hasUrls():
            return False
        if not self.isVisible():
            paths = _paths(mime)
            self._sentence, self._is_wanted = self._said_of(paths), bool(paths)
            self.setGeometry(self.window().rect())
            self.raise_()
            self.show()
        if self._is_wanted:  # of thousands of files it is not asked anew at every move
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        self.hide()
        paths = _paths(event.mimeData())
        if event.source() is not None and not paths:
            return False
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(paths)
        return True

    def _said_of(self, paths: Sequence[Path]) -> str:
        if not paths:
            return self.tr("Only files and folders can be dropped here")
        folders = sum(1 for path in paths[:_LOOKED_AT] if path.is_dir())
        files = len(paths) - folders
        parts = []
        if files:
            parts.append(self.tr("1 file") if files == 1 else self.tr("{n} files").format(n=files))
        if folders:
            parts.append(self.tr("1 folder") if folders == 1 else self.tr("{n} folders").format(n=folders))
        what = self.tr(" and ").join(parts)
        return self.tr("Drop to check {what}. Nothing is written yet.").format(what=what)


def _paths(mime: QMimeData) -> Sequence[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()] if mime.hasUrls() else []
