"""The few pictures that a style sheet needs as files: arrows and ticks, in the colours and size of the moment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QDir, QRectF, Qt, QTemporaryDir
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from nolcat_desktop.gui.palette_tables import Role

_PREFIX = "nolcat"
_SHAPES = {
    "down": (Role.TEXT, '<path d="M6 9l6 6l6 -6"/>'),
    "up": (Role.TEXT, '<path d="M6 15l6 -6l6 6"/>'),
    "closed": (Role.MUTED, '<path d="M9 6l6 6l-6 6"/>'),
    "open": (Role.MUTED, '<path d="M6 9l6 6l6 -6"/>'),
    "tick": (Role.ON_ACCENT, '<path d="M5 12l5 5l10 -10" stroke-width="3"/>'),
    "some": (Role.ON_ACCENT, '<path d="M5 12l14 0" stroke-width="3"/>'),
    "dot": (Role.ON_ACCENT, '<circle cx="12" cy="12" r="5" fill="{0}" stroke="none"/>'),
}


class StyleImages:
    """A temporary folder of pictures; removed with this object. File names carry the look, for Qt caches by name."""

    def __init__(self) -> None:
        """Make the folder and make it known to style sheets."""
        self._folder = QTemporaryDir()
        self._looks: dict[str, int] = {}
        QDir.addSearchPath(_PREFIX, self._folder.path())

    def draw(self, colours: Mapping[Role, str], look: str, one: float, ratio: float) -> dict[str, str]:
        """Draw all of them, 16 u each, and return the address of each for `url(…)`.

        Args:
            colours: Colour of each role, `#rrggbb`.
            look: Whatever tells one look from another.
            one: How many px one u is.
            ratio: Device pixels of a px.
        """
        number = self._looks.setdefault(f"{look} {one} {ratio} {colours}", len(self._looks))
        edge = round(16 * one)
        made = {}
        for name, (role, shape) in _SHAPES.items():
            for times, suffix in ((1, ""), (2, "@2x")):
                file = Path(self._folder.path()) / f"{name}-{number}{suffix}.png"
                if not file.exists():
                    _picture(shape, colours[role], edge * times).save(str(file))
            made[name] = f"{_PREFIX}:{name}-{number}.png"
        return made


def _picture(shape: str, colour: str, edge: int) -> QImage:
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke-linecap="round" '
        f'stroke-linejoin="round" stroke="{colour}" stroke-width="2">{shape.format(colour)}</svg>'
    )
    made = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    return made
