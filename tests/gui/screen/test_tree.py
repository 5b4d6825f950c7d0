"""The window as a screen reader gets it through AT-SPI, and the mouse on what the tree says is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.screen.desk import Desk, Node, running

pytestmark = pytest.mark.screen

PLACES = ("Library", "Add reports", "Look at data")
ROLES_WITHOUT_A_NAME = frozenset({"panel", "filler", "layered pane", "split pane", "scroll bar", "separator"})


def nameless(nodes: list[Node]) -> list[Node]:
    """What takes the focus and says nothing."""
    seen = (node for node in nodes if node.focusable and not node.name)
    return [node for node in seen if node.role not in ROLES_WITHOUT_A_NAME]


def test_that_a_screen_reader_gets_each_place_that_the_mouse_opens(spoken_desk: Desk, home: Path) -> None:
    with running(spoken_desk, home, "--sample") as program:
        program.wait_for_window("Sample library")
        program.wait_to_hear("4 sources", "label")
        nodes: list[Node] = []
        for place in PLACES:
            program.click(program.wait_to_hear(place, "list item"))
            program.wait_to_hear(place, "filler")
            program.settle()
            nodes = [node for node in program.spoken() if node.showing]
            assert nameless(nodes) == [], place
            chosen = next(node.name for node in nodes if node.role == "list item" and node.selected)
            assert chosen.startswith(place)
        usage = next(node for node in nodes if (node.role, node.name) == ("table", "Usage"))
        assert usage.size[0] > 100
        cells = [node for node in nodes if node.role == "table cell"]
        assert len(cells) > 20
        assert all(cell.name for cell in cells)
        program.press("ctrl+w")
        assert program.exit_code() == 0
        assert program.complaints() == []
