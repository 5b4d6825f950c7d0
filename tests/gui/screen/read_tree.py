"""What a screen reader gets of the programs on this bus, as one JSON list. For the system's Python, which has `gi`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found]  # noqa: E402

DEEPEST = 40
MOST_CHILDREN = 80
"""Of a table with thousands of cells the first are enough."""


def described(node: Any) -> dict[str, object]:
    """Role, name, text and place on the screen."""
    told: dict[str, object] = {"role": node.get_role_name(), "name": node.get_name() or ""}
    states = node.get_state_set()
    told["focusable"] = states.contains(Atspi.StateType.FOCUSABLE)
    told["showing"] = states.contains(Atspi.StateType.SHOWING)
    told["selected"] = states.contains(Atspi.StateType.SELECTED)
    component = node.get_component_iface()
    if component is not None:
        box = component.get_extents(Atspi.CoordType.SCREEN)
        told["box"] = [box.x, box.y, box.width, box.height]
    table = node.get_table_iface()
    if table is not None:
        told["size"] = [table.get_n_rows(), table.get_n_columns()]
    return told


def below(node: Any, depth: int = 0) -> Iterator[dict[str, object]]:
    """`node` and all that is in it; what is not seen, or goes away while it is read, is left out."""
    try:
        told = described(node)
        yield told
        children = min(node.get_child_count(), MOST_CHILDREN)
        for number in range(children if depth < DEEPEST and (told["showing"] or depth < 3) else 0):
            child = node.get_child_at_index(number)
            if child is not None:
                yield from below(child, depth + 1)
    except GLib.Error:
        return


json.dump(list(below(Atspi.get_desktop(0))), sys.stdout)
