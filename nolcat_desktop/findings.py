"""Findings travel as one frame of one fixed schema.

So one model shows them, one function counts them, and they can be saved. They stand on this floor, beside report and
usage, because reading finds (a repeated name, a swallowed line), validation finds, and the library's footers, export
and both faces carry findings on.
"""

from __future__ import annotations

import polars as pl

FINDINGS = pl.Schema(
    {
        "rule": pl.String(),
        "level": pl.UInt8(),
        "position": pl.String(),
        "element": pl.String(),
        "value": pl.String(),
        "message": pl.String(),
        "hint": pl.String(),
    }
)
"""`level` is a `counter.levels.Level` (1 Notice … 5 Fatal error). `position` is a cell (`B7`), a row (`16`), a dotted
path
(`.Report_Items[0].YOP`) or null for the whole file. `element` is a COUNTER name or null; `value` the text as
delivered or null;
`message` names the fault with its values; `hint` says what to do."""


def no_findings() -> pl.DataFrame:
    """A frame of findings with no row."""
    return pl.DataFrame(schema=FINDINGS)
