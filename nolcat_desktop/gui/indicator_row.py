"""Check boxes and radio buttons on the left line of everything else: only their focus ring stands out of it."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QWidget

RING = 4
"""px from the edge of the widget to its sign: what the style sheet gives to border and padding."""


def indicator_row(*widgets: QWidget, spacing: int = 12) -> QBoxLayout:
    """A row of check boxes or radio buttons, whose first sign stands where a field would begin."""
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setContentsMargins(-RING, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
