"""What is said of a month in which nothing is expected."""

from __future__ import annotations

from datetime import date

import polars as pl

from nolcat_desktop.analysis.coverage_gaps import missing
from nolcat_desktop.analysis.coverage_grid import build
from nolcat_desktop.analysis.coverage_left_out import with_left_out
from nolcat_desktop.analysis.lacking import Missing
from nolcat_desktop.gui.missing_words import missing_words
from nolcat_desktop.gui.pages.coverage_words import release_word, sentence, summary_words


def test_that_after_release_3_it_is_said_that_release_4_is_not_there() -> None:
    months = [f"2013-{number:02}" for number in range(1, 13)]
    known = {"statistics_source_ID": 1, "report_type": "JR1", "release": "3", "month": months, "state": "usage"}
    grid = build(pl.DataFrame(known), {}, date(2014, 6, 15))
    source, line = next(iter(grid.lines()))
    assert release_word("3") == "R3"
    at = next(one for one in range(grid.months) if grid.first_day(one) > date(2013, 12, 1))
    assert sentence(grid, source, line, at).endswith("Release 3 ended with 2013, and no report of Release 4 is there.")


def test_that_a_month_that_is_partly_there_says_which_counts_were_left_out() -> None:
    known = {"statistics_source_ID": 1, "release": "5", "month": ["2024-01", "2024-02", "2024-03"], "state": "partial"}
    rows = pl.concat([pl.DataFrame({**known, "report_type": of}) for of in ("TR", "DR")], how="vertical")
    cells = {
        (1, "TR", "2024-01"): (("in/a.tsv", ("O16",), True, False),),
        (1, "TR", "2024-02"): (("a.tsv", ("O16", "O17", "O18", "O19"), False, True),),
    }
    grid = with_left_out(build(rows, {}, date(2024, 4, 15)), cells)
    line = next(line for _, line in grid.lines() if line.report_type == "TR")
    said = [sentence(grid, grid.sources[0], line, at) for at in range(3)]
    assert said[0] == (
        "partly there. 1 count could not be read and was left out (O16 of a.tsv): the numbers are too low."
    )
    assert "4 counts could not be read and were left out (O16, O17, O18, … of a.tsv), not all" in said[1]
    assert said[1].endswith("The publisher says, too, that uses may be missing.")
    assert said[2].endswith("The publisher says that uses may be missing.")
    assert "O16 of a.tsv" in sentence(grid, grid.sources[0], grid.sources[0].whole, 0)


def test_that_a_library_without_gaps_is_not_called_whole_where_a_month_is_partly_there_or_counted_twice() -> None:
    def told(*states: str) -> str:
        months = [f"2024-{number:02}" for number in range(1, len(states) + 1)]
        known = {"statistics_source_ID": 1, "report_type": "TR", "release": "5", "month": months, "state": states}
        grid = build(pl.DataFrame(known), {}, date(2024, 4, 15))
        return summary_words(grid, missing(grid))[0]

    assert told("usage", "usage", "usage").endswith("no month is missing")
    assert told("usage", "partial", "usage").endswith(" 2024 · 1 month is only partly there")
    assert told("partial", "partial", "overlapping").endswith(
        " · 2 months are only partly there; 1 month is counted twice"
    )


def test_that_reports_that_stop_at_different_months_are_not_told_by_the_latest_alone() -> None:
    ended = Missing(ended=3, ended_sources=2, newest=date(2024, 4, 1), oldest=date(2018, 3, 1))
    assert missing_words(ended) == ("3 reports of 2 sources stop between Mar 2018 and Apr 2024",)
    one = Missing(ended=2, ended_sources=1, newest=date(2024, 4, 1), oldest=date(2024, 4, 1))
    assert missing_words(one) == ("2 reports of 1 source have nothing newer than Apr 2024",)
