"""A file manager of one button: whoever drags from its window drags the files named on its command line.

Says `ready` when it is seen, and at the end of the drag what came of it: `CopyAction` or `IgnoreAction`. It is ended
from outside.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


class Source(QWidget):
    """Above all windows, in the corner that it is put into. It stays: the files are fetched after the button is up."""

    def __init__(self, files: Sequence[str]) -> None:
        """Offer `files`."""
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.X11BypassWindowManagerHint)
        self._files = files
        self.setWindowTitle("drag source")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Start the drag; it ends where the button is let go."""
        del event
        drag, mime = QDrag(self), QMimeData()
        mime.setUrls([QUrl.fromLocalFile(file) for file in self._files])
        drag.setMimeData(mime)
        print(drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction).name, flush=True)


def main(x: int, y: int, files: Sequence[str]) -> int:
    """Show the source at a place of the screen."""
    app = QApplication(sys.argv[:1])
    source = Source(files)
    source.setGeometry(x, y, 60, 60)
    source.show()
    source.raise_()
    QTimer.singleShot(0, lambda: print("ready", flush=True))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
