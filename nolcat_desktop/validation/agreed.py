"""Where the official judgement of this program and COUNTER's own validator differ on purpose, each with its reason.

The validator has faults of its own (validation.md section 15); what it says there is not repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Agreed:
    """One difference."""

    id: str
    rules: tuple[str, ...]
    """Rules that say something else than the validator, or something more."""
    reason: str
    cases: tuple[str, ...] = ()
    """Names of known files, without ending, on which both differ for this reason."""


AGREED: Final = (
    Agreed(
        "json-item-relations",
        ("Z-03", "Z-06"),
        "The validator never compares metrics and types in JSON item reports of Release 5.1, though it does in tables; "
        "a report is not right because it is written as JSON.",
    ),
    Agreed(
        "identifier-told-twice",
        ("V-07", "V-08", "V-09", "V-10", "V-11"),
        "The validator repeats the fault of an identifier at the row after telling it at the cell; it is told once, at "
        "the cell.",
        ("isbn_hyphpos", "isbn_wronghyph"),
    ),
    Agreed(
        "metric-types-cell",
        ("L-02", "L-05", "L-07"),
        "The validator puts faults of Metric_Types into the cell of Report_Filters (B7); they stand where they are, in "
        "B6.",
        ("metrictypes_bad", "filters_custom_mt"),
    ),
    Agreed(
        "release-5.0",
        ("R-01",),
        "Release '5.0' passes as the number 5 in a table and crashes the validator as text; it is an error in both, "
        "and the report is checked.",
    ),
    Agreed(
        "cells-are-text",
        ("V-02", "V-22", "F-quote"),
        "The validator's reader computes formulas, shortens numbers in titles (1.10 to 1.1) and lets a quotation mark "
        "at the beginning of a cell swallow the rows that follow; cells are read as the text that they hold.",
        ("title_badquote", "x_formula"),
    ),
    Agreed(
        "cut-numbers",
        ("V-22", "V-21"),
        "The validator cuts 49.7 and 4.9E1 to whole numbers without a word; such a cell is no count.",
        ("month_exp",),
    ),
    Agreed(
        "isil-prefixes",
        ("V-13",),
        "The validator's pattern for ISIL refuses prefixes of one, three or four letters, which ISO 15511 allows.",
        ("instid_isil2",),
    ),
    Agreed(
        "filter-all",
        ("L-04",),
        "The validator does not see in Release 5.1 that a filter for one value says All; it is told as in Release 5, "
        "beside the rows that do not match.",
        ("filters_plat_all",),
    ),
    Agreed(
        "attributes-twice",
        ("A-03",),
        "The validator does not see in tables of Release 5.1 that a value of Attributes_To_Show is repeated.",
    ),
    Agreed(
        "exception-order",
        ("X-11",),
        "With 3030 before an exception of another kind the validator crashes, or points at the wrong exception.",
    ),
)
"""All of them."""
