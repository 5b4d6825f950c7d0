"""What the program remembers by itself, in one file a computer: window, place, library, splitters, columns, folders.

Never a setting, never anything of the library. A file that cannot be read is as good as none, and is kept aside.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QObject, QTimer

from nolcat_desktop.problem import Problem
from nolcat_desktop.settings import keep_aside, read_json, write_json

T = TypeVar("T")
_QUIET_MS = 800
RECENT = 8


class Remembered(QObject):
    """Values by name. Written shortly after the last change, and by `save`; other windows' values are kept."""

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        """Read `file`, which need not be there."""
        super().__init__(parent)
        self._file = file
        self._values = _read(file)
        self.problem = _problem_with(file)
        self._changed: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET_MS)
        self._timer.timeout.connect(self.save)

    def get(self, name: str, default: T) -> T:
        """The value of `name` if it is of the type of `default`, else `default`."""
        value = self._values.get(name)
        return value if isinstance(value, type(default)) and type(value) is type(default) else default

    def put(self, name: str, value: object) -> None:
        """Remember `value`: texts, numbers, lists and dicts of them."""
        if self._values.get(name) != value:
            self._values[name] = value
            self._changed.add(name)
            self._timer.start()

    def get_state(self, name: str) -> QByteArray:
        """What `put_state` remembered; empty when there is nothing."""
        return QByteArray.fromBase64(QByteArray(self.get(name, "").encode("ascii", "ignore")))

    def put_state(self, name: str, state: QByteArray) -> None:
        """Remember the geometry of a window, the state of a splitter or header."""
        self.put(name, bytes(state.toBase64().data()).decode("ascii"))

    def recent_libraries(self) -> list[Path]:
        """Folders of the libraries that were open, the last first."""
        nothing: list[object] = []
        return [Path(text) for text in self.get("recent_libraries", nothing) if isinstance(text, str)]

    def put_library(self, folder: Path) -> None:
        """`folder` is open now."""
        rest = [str(other) for other in self.recent_libraries() if other != folder]
        self.put("recent_libraries", [str(folder), *rest][:RECENT])
        self.put("library", str(folder))

    def save(self) -> None:
        """Write what changed. A disk that cannot be written is no reason to trouble anyone: it is only remembered."""
        self._timer.stop()
        if not self._changed:
            return
        values = _read(self._file) | {name: self._values[name] for name in self._changed}
        try:
            write_json(values, self._file, lambda found: isinstance(found, dict))
        except OSError:
            return
        self._changed.clear()


def _problem_with(file: Path) -> Problem | None:
    """What to tell of a file that is there and cannot be understood; it is kept aside."""
    with suppress(OSError):
        try:
            if isinstance(read_json(file), dict):
                return None
        except ValueError:
            pass
        aside = keep_aside(file)
        kept = f"It is kept as {aside.name} beside it." if aside else "It could not be kept aside."
        return Problem(
            "What the program remembered is damaged",
            f"{file} could not be understood: which library was open last, and where windows and columns stood. {kept} "
            "The libraries themselves, and their numbers, are as they were.",
            "Open your library with File › Open library…; it is remembered from then on.",
        )
    return None


def _read(file: Path) -> dict[str, object]:
    try:
        found = read_json(file)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
