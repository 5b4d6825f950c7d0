"""In what order Tab goes through the review."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_in_order(parts: Sequence[QWidget], window: QWidget, alone: QWidget) -> None:
    """Let Tab go through `parts`, and what is in each of them, in this order.

    Args:
        parts: Widgets of the review.
        window: Their window; what is in none yet, or in another, is left out.
        alone: The one of `parts` whose insides are parts themselves.
    """
    takers = [
        widget
        for part in parts
        for widget in ((part,) if part is alone else (part, *part.findChildren(QWidget)))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is window
    ]
    for before, after in pairwise(takers):
        QWidget.setTabOrder(before, after)
