"""How the window looks: colours by role, sizes by text, and the one place where they are put on the application.

Fusion on every system, with our palette. `apply` may be called again at any time; whoever draws by itself listens to
`Theme.changed`. Style sheets are in `style_sheet` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from nolcat_desktop.gui.following import Follow
from nolcat_desktop.gui.palette_tables import COLOURS, GROUNDS, Role
from nolcat_desktop.gui.restyling import Restyler
from nolcat_desktop.gui.scale import factor, note_system_font, u
from nolcat_desktop.gui.stepping import Stepper
from nolcat_desktop.gui.style_images import StyleImages
from nolcat_desktop.gui.style_sheet import style_sheet
from nolcat_desktop.settings import Colours, Rows, Settings

__all__ = [
    "Look",
    "Role",
    "Theme",
    "apply",
    "contrast",
    "is_dark",
    "kind",
    "look",
    "palette",
    "role",
    "row_height",
    "u",
]

_THEME = "nolcat_theme"
READABLE = 4.5
"""Least contrast of words and glyphs to their ground (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Look:
    """What decides the colours and sizes of the moment."""

    dark: bool = False
    accent: str = ""
    """The system's accent where it can be read; empty: ours."""
    contrast: bool = False
    """The system asks for high contrast: its own palette holds, tints are off."""
    text_size: int = 100
    rows: Rows = Rows.COMFORTABLE


class Theme(QObject):
    """The look of the application; lives as long as it. `changed` comes when all that is seen wears it."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        """Note the system's font and palette before anything of ours is put on."""
        super().__init__(app)
        self._app = app
        self._font = QFont(app.font())
        self._system_accent = app.palette().color(QPalette.ColorRole.Accent)
        self._settings = Settings()
        self._is_worn = False
        self._images = StyleImages()
        self._restyler = Restyler(app)
        self._stepper = Stepper(self)
        self.at_once = False
        """Whether everything is put on before `use` returns, also while windows are open, and a place is made before
        it is gone to: for pictures and tests."""
        note_system_font(app, self._font)
        app.setStyle("Fusion")
        app.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, False)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def settings(self) -> Settings:
        """The settings that were put on last."""
        return self._settings

    def use(self, settings: Settings) -> None:
        """Put `settings` on: fonts, colours, style sheet. Does nothing when that is how it looks already.

        With a window open that is done in steps of a few milliseconds, and `changed` tells when all that is seen
        wears it.
        """
        self._settings = settings
        scheme = {Colours.LIGHT: Qt.ColorScheme.Light, Colours.DARK: Qt.ColorScheme.Dark}
        wanted = scheme.get(settings.colours, Qt.ColorScheme.Unknown)
        hints = QGuiApplication.styleHints()
        hints.blockSignals(True)
        hints.setColorScheme(wanted)
        hints.blockSignals(False)
        chosen = self._look()
        if self._is_worn and chosen == look():
            return
        while not self._restyler.is_dressed and self._stepper.step():
            pass  # those that nobody sees need not wear what is overtaken
        self._is_worn = True
        wear(chosen)
        self._stepper.start(self._put_on(chosen))
        self._stepper.step()
        if self.at_once or not any(window.isVisible() for window in self._app.topLevelWidgets()):
            self.finish()

    @property
    def is_dressed(self) -> bool:
        """Whether all that is seen wears the look that was put on last."""
        return self._restyler.is_dressed

    @property
    def is_changing(self) -> bool:
        """Whether something has not followed yet."""
        return self._stepper.is_busy

    def finish(self) -> None:
        """Let all that has not followed yet follow now."""
        self._stepper.finish()

    def follow(self, method: Follow) -> None:
        """Call a widget's `method`, in a step of its own, each time the look changed; who is seen comes first."""
        self._restyler.followers.add(method)

    def _look(self) -> Look:
        hints = QGuiApplication.styleHints()
        wanted = self._settings.colours
        by_system = hints.colorScheme() == Qt.ColorScheme.Dark
        dark = by_system if wanted is Colours.SYSTEM else wanted is Colours.DARK
        high = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        accent = "" if high else _usable_accent(self._system_accent, dark)
        return Look(dark, accent, high, self._settings.text_size, self._settings.rows)

    def _put_on(self, chosen: Look) -> Iterator[None]:
        font = QFont(self._font)
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * chosen.text_size / 100)
        else:
            font.setPixelSize(round(font.pixelSize() * chosen.text_size / 100))
        other = font if font != self._app.font() else None
        yield from self._restyler.steps(other, lambda: self._dress(chosen), self.changed.emit)

    def _dress(self, chosen: Look) -> str:
        """Put the palette on; the style sheet that belongs to it."""
        self._app.setPalette(QPalette() if chosen.contrast else palette(chosen.dark))
        colours = {name: role(name).name() for name in Role}
        images = self._images.draw(colours, f"{chosen}", factor(), self._app.devicePixelRatio())
        return style_sheet(colours, images, factor())

    def _system_changed(self) -> None:
        if self._settings.colours is Colours.SYSTEM:
            self.use(self._settings)


def apply(app: QApplication, settings: Settings) -> Theme:
    """Put `settings` on `app`; the same `Theme` comes back each time."""
    theme = app.property(_THEME)
    if not isinstance(theme, Theme):
        theme = Theme(app)
        app.setProperty(_THEME, theme)
    theme.use(settings)
    return theme


def look() -> Look:
    """How it looks now; use it as part of the key of everything that is drawn into a cache."""
    return _worn[0]


def wear(chosen: Look) -> None:
    """Let it look so from now on, for who asks `look` and `role`; `Theme.use` puts all of it on."""
    _worn[0] = chosen
    _now.clear()


_worn = [Look()]
_now: dict[Role | str, QColor] = {}
"""The colours of the moment: they are asked for at every cell that is drawn."""


def is_dark() -> bool:
    """Whether the dark colours are on."""
    return look().dark


def role(name: Role | str, dark: bool | None = None) -> QColor:
    """The colour of a role, now or, for pictures on paper, always in light (`dark=False`).

    Raises:
        ValueError: If there is no such role.
    """
    if dark is not None:
        return QColor(_ours(name, look(), dark))
    if name not in _now and look().contrast:
        return _of_system(Role(name))
    return QColor(_now.get(name) or _now.setdefault(name, _ours(name, look(), None)))


@lru_cache(maxsize=256)
def _ours(name: Role | str, now: Look, dark: bool | None) -> QColor:
    """Asked for at every cell that is drawn."""
    wanted = Role(name)
    if wanted in {Role.ACCENT, Role.INFO} and now.accent and dark is None:
        return QColor(now.accent)
    light_value, dark_value = COLOURS[wanted]
    ours = QColor(dark_value if (now.dark if dark is None else dark) else light_value)
    if wanted is Role.ON_ACCENT and now.accent and dark is None and contrast(ours, QColor(now.accent)) < READABLE:
        return QColor(COLOURS[wanted][0 if now.dark else 1])
    return ours


def palette(dark: bool) -> QPalette:
    """Our palette: a soft Highlight under ordinary text, so that glyphs keep their contrast on selected rows."""
    made = QPalette()
    for part, name in _PALETTE.items():
        made.setColor(part, QColor(COLOURS[name][dark]))
    faint = QColor(COLOURS[Role.MUTED][dark])
    faint.setAlphaF(0.7)
    for part in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, part, faint)
    made.setColor(QPalette.ColorRole.PlaceholderText, QColor(COLOURS[Role.MUTED][dark]))
    return made


def row_height(what: QWidget | QFont) -> int:
    """Height of a table's row: 28 u, compact 24 u."""
    return u(what, 24 if look().rows is Rows.COMPACT else 28)


def kind(widget: QWidget, name: str) -> None:
    """Give `widget` a look that the palette cannot say: `primary`, `quiet`, `chip`, `title`, `muted`, `card`.

    The kinds are the selectors of `style_sheet`.
    """
    widget.setProperty("kind", name)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is done before it is first shown
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _usable_accent(system: QColor, dark: bool) -> str:
    grounds = [QColor(COLOURS[ground][dark]) for ground in (Role.WINDOW, Role.BASE)]
    return system.name() if min(contrast(system, ground) for ground in grounds) >= READABLE else ""


def _of_system(wanted: Role) -> QColor:
    system = QPalette()
    if wanted in _OF_SYSTEM:
        return system.color(_OF_SYSTEM[wanted])
    return system.color(QPalette.ColorRole.Base if wanted in GROUNDS else QPalette.ColorRole.WindowText)


_PALETTE = {
    QPalette.ColorRole.Window: Role.WINDOW,
    QPalette.ColorRole.WindowText: Role.TEXT,
    QPalette.ColorRole.Base: Role.BASE,
    QPalette.ColorRole.AlternateBase: Role.ALTERNATE,
    QPalette.ColorRole.Text: Role.TEXT,
    QPalette.ColorRole.Button: Role.BUTTON,
    QPalette.ColorRole.ButtonText: Role.TEXT,
    QPalette.ColorRole.BrightText: Role.ON_ACCENT,
    QPalette.ColorRole.ToolTipBase: Role.BASE,
    QPalette.ColorRole.ToolTipText: Role.TEXT,
    QPalette.ColorRole.Highlight: Role.HIGHLIGHT,
    QPalette.ColorRole.HighlightedText: Role.TEXT,
    QPalette.ColorRole.Accent: Role.ACCENT,
    QPalette.ColorRole.Link: Role.ACCENT,
    QPalette.ColorRole.LinkVisited: Role.WAITING,
}
_OF_SYSTEM = {
    Role.WINDOW: QPalette.ColorRole.Window,
    Role.BASE: QPalette.ColorRole.Base,
    Role.BUTTON: QPalette.ColorRole.Button,
    Role.RAIL: QPalette.ColorRole.Window,
    Role.TEXT: QPalette.ColorRole.WindowText,
    Role.ACCENT: QPalette.ColorRole.Highlight,
    Role.ON_ACCENT: QPalette.ColorRole.HighlightedText,
    Role.HIGHLIGHT: QPalette.ColorRole.Base,
}
