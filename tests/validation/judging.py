"""Files judged from their bytes, for tests."""

from __future__ import annotations

import polars as pl

from nolcat_desktop.reading import read_content
from nolcat_desktop.report import Report
from nolcat_desktop.validation import validate
from tests.builders import Abstract, delimited, json, tsv
from tests.builders.damage import Damaged
from tests.builders.grid import Grid

BOM = b"\xef\xbb\xbf"


def reports_of(content: bytes, name: str = "report.tsv") -> list[Report]:
    """The reports in a file."""
    return [one for one in read_content(content, name) if isinstance(one, Report)]


def judge(content: bytes, name: str = "report.tsv", *, official: bool = False) -> pl.DataFrame:
    """Findings of the first report in a file."""
    return validate(reports_of(content, name)[0], official=official)


def told(what: bytes | Abstract | Damaged | Grid, name: str = "report.tsv", *, official: bool = False) -> set[str]:
    """Ids of the rules that speak about a file."""
    return set(judge(as_bytes(what, name), name, official=official).get_column("rule"))


def as_bytes(what: bytes | Abstract | Damaged | Grid, name: str = "report.tsv") -> bytes:
    """A report, a damaged grid or bytes as the bytes of a file with a byte order mark."""
    if isinstance(what, bytes):
        return what
    if isinstance(what, Abstract):
        return json(what) if name.endswith(".json") else BOM + tsv(what).removeprefix(BOM)
    grid = what.grid if isinstance(what, Damaged) else what
    return BOM + delimited(grid, "\t").removeprefix(BOM)


def places(findings: pl.DataFrame, rule: str) -> list[tuple[str | None, int]]:
    """Position and level of what `rule` found."""
    return list(findings.filter(pl.col("rule") == rule).select("position", "level").iter_rows())
