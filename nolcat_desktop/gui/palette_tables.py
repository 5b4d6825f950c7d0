"""The colours of the window as one table: what a colour is for, and its value in light and in dark.

Outside this module and `theme` no colour is written down; a test looks for them. The levels and the coverage states
keep a contrast of at least 4.5 (they are glyphs and words) on every ground they are drawn on, selection included.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a colour is for."""

    WINDOW = "window"
    BASE = "base"
    ALTERNATE = "alternate"
    BUTTON = "button"
    RAIL = "rail"
    TEXT = "text"
    MUTED = "muted"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    HIGHLIGHT = "highlight"
    BORDER = "border"
    HAIRLINE = "hairline"
    RING_TINT = "ring_tint"
    # Levels of findings and of messages.
    OK = "ok"
    INFO = "info"
    CHECK = "check"
    SERIOUS = "serious"
    STOP = "stop"
    # States of a month in the coverage grid and in the chart.
    BAND = "band"
    USAGE = "usage"
    WAITING = "waiting"
    MISSING = "missing"
    MISSING_FILL = "missing_fill"
    CLASH = "clash"
    GONE = "gone"


COLOURS: Mapping[Role, tuple[str, str]] = {
    Role.WINDOW: ("#F5F6F8", "#1F2226"),
    Role.BASE: ("#FFFFFF", "#17191C"),
    Role.ALTERNATE: ("#F7F8FA", "#1C1F23"),
    Role.BUTTON: ("#FCFCFD", "#2B2F35"),
    Role.RAIL: ("#ECEEF2", "#191B1F"),
    Role.TEXT: ("#1B1F24", "#E6E8EB"),
    Role.MUTED: ("#59626E", "#A3ACB8"),
    Role.ACCENT: ("#1F5FBF", "#7FB2FF"),
    Role.ON_ACCENT: ("#FFFFFF", "#10141A"),
    Role.HIGHLIGHT: ("#DDEAFC", "#1E3A57"),
    Role.BORDER: ("#7A8491", "#7A848F"),
    Role.HAIRLINE: ("#D5D9E0", "#363B42"),
    Role.RING_TINT: ("#FFF6D6", "#3A3215"),
    Role.OK: ("#1A7038", "#6CCB8B"),
    Role.INFO: ("#1F5FBF", "#7FB2FF"),
    Role.CHECK: ("#8A5A00", "#F0B84A"),
    Role.SERIOUS: ("#B3261E", "#FF8A80"),
    Role.STOP: ("#8E1450", "#FF8FC4"),
    Role.BAND: ("#2F649F", "#5B8FC9"),
    Role.USAGE: ("#2F649F", "#7DAEE3"),
    Role.WAITING: ("#6B4FA0", "#B9A2EE"),
    Role.MISSING: ("#A14A00", "#F2A65A"),
    Role.MISSING_FILL: ("#FDF0E3", "#33260F"),
    Role.CLASH: ("#B3261E", "#FF8A80"),
    Role.GONE: ("#586270", "#A0AAB7"),
}
"""Light and dark value of each role."""

GROUNDS = frozenset(
    {Role.WINDOW, Role.BASE, Role.ALTERNATE, Role.BUTTON, Role.RAIL, Role.HIGHLIGHT, Role.RING_TINT, Role.MISSING_FILL}
)
"""Roles that something is written or drawn on."""
