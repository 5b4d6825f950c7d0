"""F6 and Shift+F6: rail, header, the place's panes, notification, job bar, and round again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def go_round(stops: Sequence[QWidget], focused: QWidget | None, by: int) -> QWidget | None:
    """Give the focus to the next stop that can take it.

    Args:
        stops: The panes, in the eye's order; of those inside one another the inner ones later.
        focused: What has the focus now.
        by: 1 for the next, -1 for the one before.

    Returns:
        What got the focus; None when nothing can.
    """
    usable = [(stop, first) for stop in stops if (first := first_focusable(stop)) is not None]
    if not usable:
        return None
    at = next((n for n, (stop, _) in enumerate(usable) if _holds(stop, focused)), -1 if by > 0 else 0)
    chosen = usable[(at + by) % len(usable)][1]
    chosen.setFocus(Qt.FocusReason.TabFocusReason)
    return chosen


def set_order(window: QWidget, parts: Sequence[QWidget]) -> None:
    """Let Tab go through `parts` in their order, and in each as it went before.

    Args:
        window: All of them are in it.
        parts: A part inside another stands before it, and comes first.
    """
    inside = [{part, *part.findChildren(QWidget)} for part in parts]
    takers = {widget for widget in set().union(*inside) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus}
    chain = [window]
    while (following := chain[-1].nextInFocusChain()) is not None and following is not window:
        chain.append(following)
    stops = [widget for widget in chain if widget in takers]
    ordered: dict[QWidget, None] = {}
    for part in inside:
        ordered.update(dict.fromkeys(widget for widget in stops if widget in part))
    for before, after in pairwise(ordered):
        QWidget.setTabOrder(before, after)


def first_focusable(stop: QWidget) -> QWidget | None:
    """`stop` itself or the first widget in it that takes the focus by Tab; None when there is none."""
    for widget in (stop, *stop.findChildren(QWidget)):
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            return widget
    return None


def _holds(stop: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (stop is focused or stop.isAncestorOf(focused))
