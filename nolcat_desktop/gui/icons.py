"""Icons by name: Tabler's SVGs, drawn in a colour of the theme, once for each size, scale and look."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton

from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.scale import factor
from nolcat_desktop.gui.theme import role as colour_of

SIZES = (16, 20)
"""Sizes in u that an icon is asked for: rows and buttons, rail."""
LARGE = (16, 20, 24, 40)
"""Sizes that a system asks for, in its bar of windows and the like."""
BESIDE = 6
"""Between an icon and its word, in u."""
_STYLE = 4
"""What the style leaves between them, in px at every size of text."""


def icon(name: str, role: Role | str = Role.TEXT, sizes: tuple[int, ...] = SIZES) -> QIcon:
    """The icon `name`, sharp at every size of `sizes`. Ask again when the theme changed; the old one keeps its colour.

    Args:
        name: File name in `resources/icons` without `.svg`.
        role: The colour; disabled it is muted.
        sizes: In u.

    Raises:
        FileNotFoundError: If there is no such icon.
    """
    _asked[name, role, sizes] = None
    return _icon(name, _colour(role), _colour(Role.MUTED), _edges(sizes), _ratio())


def put(
    button: QAbstractButton,
    name: str,
    role: Role | str = Role.TEXT,
    size: float = 16,
    gap: float = BESIDE,
) -> None:
    """Give `button` the icon `name`, with room to its word that grows with the text; call it again as for `icon`.

    Args:
        button: Its words are set already; without words there is no room beside the icon.
        name: As for `icon`.
        role: The colour; disabled it is muted.
        size: In u.
        gap: From the icon to its word, in u.
    """
    alone = isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    edge = round(size * factor())
    room = max(round(gap * factor()) - _STYLE, 0) if button.text() and not alone else 0
    mirrored = button.layoutDirection() == Qt.LayoutDirection.RightToLeft
    button.setIcon(_beside(name, _colour(role), _colour(Role.MUTED), edge, -room if mirrored else room, _ratio()))
    button.setIconSize(QSize(edge + room, edge))


def draw_ahead(dark: bool) -> Iterator[None]:
    """Draw the icons that were asked for in the colours of the other look, so that a change need not wait for them.

    Args:
        dark: In the dark colours.

    Yields:
        After each icon.
    """
    muted = colour_of(Role.MUTED, dark).name()
    for name, role, sizes in list(_asked):
        _icon(name, colour_of(role, dark).name(), muted, _edges(sizes), _ratio())
        yield


def pixmap(name: str, role: Role | str = Role.TEXT, size: float = 16, turned: int = 0) -> QPixmap:
    """The icon as a picture of `size` u.

    Args:
        name: As for `icon`.
        role: The colour.
        size: Edge in u.
        turned: Degrees, for what shows that it is working.
    """
    return _drawn(name, _colour(role), round(size * factor()), _ratio(), turned)


@lru_cache(maxsize=1)
def icon_folder() -> Path:
    """Where the SVGs are: beside the package in a checkout, inside it when installed."""
    inside = Path(str(files("nolcat_desktop"))) / "_resources" / "icons"
    return inside if inside.is_dir() else Path(str(files("nolcat_desktop"))).parent / "resources" / "icons"


def svg(name: str, colour: str) -> bytes:
    """The SVG of `name` with `currentColor` replaced by `colour`."""
    return _file(name).replace(b"currentColor", colour.encode("ascii"))


@lru_cache(maxsize=512)
def _file(name: str) -> bytes:
    return (icon_folder() / f"{name}.svg").read_bytes()


_asked: dict[tuple[str, Role | str, tuple[int, ...]], None] = {}


def _edges(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(round(size * factor()) for size in sizes)


def _colour(wanted: Role | str) -> str:
    return colour_of(wanted).name(QColor.NameFormat.HexRgb)


def _ratio() -> float:
    screens = QApplication.screens()
    return max((screen.devicePixelRatio() for screen in screens), default=1.0)


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, muted: str, edges: tuple[int, ...], ratio: float) -> QIcon:
    made = QIcon()
    for edge in edges:
        made.addPixmap(_drawn(name, colour, edge, ratio, 0), QIcon.Mode.Normal)
        made.addPixmap(_drawn(name, colour, edge, ratio, 0), QIcon.Mode.Selected)
        made.addPixmap(_drawn(name, muted, edge, ratio, 0), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=512)
def _beside(name: str, colour: str, muted: str, edge: int, room: int, ratio: float) -> QIcon:  # noqa: PLR0913, PLR0917
    """With `room` px after it, or, less than none, before it."""
    made = QIcon()
    for tone, mode in ((colour, QIcon.Mode.Normal), (colour, QIcon.Mode.Selected), (muted, QIcon.Mode.Disabled)):
        wide = QPixmap(round((edge + abs(room)) * ratio), round(edge * ratio))
        wide.setDevicePixelRatio(ratio)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(max(-room, 0), 0, _drawn(name, tone, edge, ratio, 0))
        painter.end()
        made.addPixmap(wide, mode)
    return made


@lru_cache(maxsize=64)
def _picture(name: str, colour: str) -> QSvgRenderer:
    """Read once for all sizes, which are asked for one after the other."""
    return QSvgRenderer(QByteArray(svg(name, colour)))


@lru_cache(maxsize=2048)
def _drawn(name: str, colour: str, edge: int, ratio: float, turned: int) -> QPixmap:
    picture = _picture(name, colour)  # may be missing: before a painter is at work, which must come to its end
    made = QPixmap(round(edge * ratio), round(edge * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = made.width() / 2
    painter.translate(half, half)
    painter.rotate(turned)
    picture.render(painter, QRectF(-half, -half, 2 * half, 2 * half))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
