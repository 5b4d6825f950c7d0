"""F6 and Shift+F6: rail, header, the place's panes, notification, job bar, and round again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """Let Tab go through `parts` in their order, and in each as the eye goes.

    Args:
        window: All of them are in it.
        parts: A part inside another stands before it, and comes first.
    """
    ordered: dict[QWidget, None] = {}
    for part in parts:
        ordered.update(dict.fromkeys(one for one in _as_the_eye_goes(part) if _takes_tab(one)))
    chain, following = list[QWidget](), window.nextInFocusChain()
    while following is not None and following is not window:
        if following in ordered:
            chain.append(following)
        following = following.nextInFocusChain()
    if chain != list(ordered):
        for before, after in pairwise(ordered):
            QWidget.setTabOrder(before, after)


def _as_the_eye_goes(widget: QWidget) -> Iterator[QWidget]:
    """`widget` and what is seen in it: line by line, and in each line on from where reading begins."""
    yield widget
    inside = [one for one in widget.children() if isinstance(one, QWidget) and one.isVisible() and not one.isWindow()]
    rest = sorted(inside, key=lambda one: one.geometry().top())
    while rest:
        first = rest[0].geometry()
        middle = max(first.center().y(), first.top())  # the middle of what has no height is above it
        line = [one for one in rest if one.geometry().top() <= middle]
        rest = [one for one in rest if one not in line]
        line.sort(key=lambda one: one.geometry().left(), reverse=widget.isRightToLeft())
        for one in line:
            yield from _as_the_eye_goes(one)


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def first_focusable(stop: QWidget) -> QWidget | None:
    """`stop` itself or the first widget in it that takes the focus by Tab; None when there is none."""
    for widget in (stop, *stop.findChildren(QWidget)):
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            return widget
    return None


def _holds(stop: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (stop is focused or stop.isAncestorOf(focused))
