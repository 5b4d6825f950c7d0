"""What is copied from the table is what a spreadsheet reads: its quotes, tabs and rows."""

from __future__ import annotations

import csv
import io

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.analysis.conditions import Kind
from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.pages.data_copy import as_text

COLUMNS = (Column("resource_name", "Title", Kind.TEXT), Column("usage_count", "Uses", Kind.COUNT))
TITLES = st.text(alphabet='"a Ж,;=', max_size=6)
COUNTS = st.integers(-(2**53) - 1, 2**53 + 1)


@given(st.lists(st.tuples(TITLES, COUNTS), min_size=1, max_size=5))
def test_that_a_spreadsheet_reads_every_count_beside_its_title(rows: list[tuple[str, int]]) -> None:
    frame = pl.DataFrame(rows, schema={"resource_name": pl.String, "usage_count": pl.Int64}, orient="row")
    text = as_text(frame, pl.Series(range(len(rows)), dtype=pl.UInt32), COLUMNS, headings=False)
    read = list(csv.reader(io.StringIO(text), dialect="excel-tab"))
    assert read == [[title, str(count)] for title, count in rows]


def test_that_quotes_within_a_title_are_copied_as_they_stand() -> None:
    frame = pl.DataFrame({"resource_name": ['The "Other" Bog'], "usage_count": [3]})
    assert as_text(frame, pl.Series([0], dtype=pl.UInt32), COLUMNS, headings=False) == 'The "Other" Bog\t3\n'
