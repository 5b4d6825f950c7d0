"""What the headline of findings of one kind says: it names what differs."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from nolcat_desktop.findings import FINDINGS
from nolcat_desktop.validation import group


def findings(messages: Sequence[str]) -> pl.DataFrame:
    """One finding of one rule for each message."""
    rows = [
        {"rule": "X-1", "level": 1, "position": f"A{n}", "element": None, "value": None, "message": text, "hint": ""}
        for n, text in enumerate(messages, 1)
    ]
    return pl.DataFrame(rows, schema=FINDINGS)


@pytest.mark.parametrize(
    ("messages", "said"),
    [
        (["'A' (2 cells) is not kept."] * 2, "'A' (2 cells) is not kept."),
        (["'A' (2 cells) is not kept.", "'B' (31 cells) is not kept."], "'A' and 'B' (… cells) is not kept."),
        ([f"'{name}' (2 cells)." for name in "ABCDEA"], "'A', 'B', 'C' and 2 more (2 cells)."),
        ([f"'{name * 100}' is long." for name in "AB"], f"'{'A' * 38}…' and '{'B' * 38}…' is long."),
        ([f"'{name}' … and so on." for name in "AB"], "… … and so on."),
    ],
)
def test_that_a_group_names_what_differs(messages: Sequence[str], said: str) -> None:
    assert group(findings(messages)).get_column("message").to_list() == [said]
