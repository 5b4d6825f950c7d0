"""What is said of a month in which nothing is expected."""

from __future__ import annotations

from datetime import date

import polars as pl

from nolcat_desktop.analysis.coverage_grid import build
from nolcat_desktop.gui.pages.coverage_words import release_word, sentence


def test_that_after_release_3_it_is_said_that_release_4_is_not_there() -> None:
    months = [f"2013-{number:02}" for number in range(1, 13)]
    known = {"statistics_source_ID": 1, "report_type": "JR1", "release": "3", "month": months, "state": "usage"}
    grid = build(pl.DataFrame(known), {}, date(2014, 6, 15))
    source, line = next(iter(grid.lines()))
    assert release_word("3") == "R3"
    at = next(one for one in range(grid.months) if grid.first_day(one) > date(2013, 12, 1))
    assert sentence(grid, source, line, at).endswith("Release 3 ended with 2013, and no report of Release 4 is there.")
