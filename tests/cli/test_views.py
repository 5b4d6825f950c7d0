"""`nolcat show` of standard views that were not loaded, under own names, and `nolcat annual`: never a sum of both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from nolcat_desktop.counter.release import Release
from tests.builders import Abstract, a_report, empty, expected_usage, tsv
from tests.cli.running import Line, Ran, answered

R51 = Release.R51
JANUARY, MONTHS = date(2024, 1, 1), ["2024-01", "2024-02", "2024-03"]
KEYS = ["resource_name", "YOP", "metric_type"]


def put(folder: Path, *reports: Abstract, source: int = 7) -> Path:
    for number, report in enumerate(reports):
        file = folder / f"{source}-{number}.tsv"
        file.write_bytes(tsv(report))
        ran = answered("convert", file, "--library", folder / "l", "--source", source, "--json")
        assert ran.code == 0, ran.out
    return folder / "l"


def shown(library: Path, view: str, *words: object) -> Ran:
    return answered("show", view, "--library", library, "--json", *words)


def annual(library: Path, *words: object) -> Ran:
    return answered("annual", "--library", library, "--from", "2024-01", "--to", "2024-03", "--json", *words)


def total(lines: list[Line]) -> int:
    return sum(line["reporting_period_total"] for line in lines)


def delivered(view: str) -> int:
    return int(expected_usage(a_report(R51, view))["usage_count"].sum())


def journals(usage: pl.DataFrame, *metrics: str) -> int:
    """TR_J1 out of TR, by the Code of Practice's own words."""
    rows = usage.filter(
        pl.col("data_type") == "Journal",
        pl.col("access_type") == "Controlled",
        pl.col("access_method") == "Regular",
        pl.col("metric_type").is_in(metrics or ("Total_Item_Requests", "Unique_Item_Requests")),
    )
    return int(rows["usage_count"].sum())


def test_that_a_view_that_was_not_loaded_is_worked_out_of_its_master_and_that_is_said(tmp_path: Path) -> None:
    report = a_report(R51, "TR")
    ran = shown(put(tmp_path, report), "TR_J1")
    assert (ran.code, total(ran.lines)) == (0, journals(expected_usage(report)))
    assert {(line["report_type"], line["taken_from"]) for line in ran.lines} == {("TR_J1", "TR")}
    assert "data_type" not in ran.lines[0]
    assert [name for name in ran.lines[0] if name[:2] == "20"] == MONTHS
    assert "2024-01 to 2024-03: there it is worked out of TR" in ran.err


def test_that_a_loaded_view_is_shown_as_it_is_and_its_master_not_looked_at(tmp_path: Path) -> None:
    ran = shown(put(tmp_path, a_report(R51, "TR"), a_report(R51, "TR_J1")), "TR_J1")
    assert (ran.code, ran.err, total(ran.lines)) == (0, "", delivered("TR_J1"))
    assert "taken_from" not in ran.lines[0]


def test_that_each_month_of_each_source_is_from_one_report_only(tmp_path: Path) -> None:
    master = a_report(R51, "TR")
    first = a_report(R51, "TR_J1", months=1)
    put(tmp_path, master, first)
    library = put(tmp_path, master, source=8)
    lines = shown(library, "TR_J1").lines
    of_first = expected_usage(first)["usage_count"].sum()
    later = journals(expected_usage(master).filter(pl.col("usage_date") > JANUARY))
    assert total([line for line in lines if line["statistics_source_ID"] == 7]) == of_first + later
    assert total([line for line in lines if line["statistics_source_ID"] == 8]) == journals(expected_usage(master))
    for line in lines:
        if line["statistics_source_ID"] == 7:
            blank = [month for month in MONTHS if line[month] is None]
            assert blank == (["2024-01"] if line["taken_from"] == "TR" else MONTHS[1:])


def test_that_a_view_without_use_is_a_zero_and_the_masters_rows_are_told(tmp_path: Path) -> None:
    library = put(tmp_path, a_report(R51, "TR"), empty(a_report(R51, "TR_J1", months=1)))
    ran = shown(library, "TR_J1", "--to", "2024-01")
    assert (ran.code, ran.lines) == (0, [])
    ran = shown(library, "TR_J1")
    assert ran.code == 1
    assert {line["2024-01"] for line in ran.lines} == {None}
    assert "only in the master report" in ran.err
    assert "too low" in ran.err


def test_that_rows_that_cannot_be_told_are_said_beside_the_numbers(tmp_path: Path) -> None:
    report = a_report(R51, "TR")
    blind = replace(
        report,
        columns=tuple(name for name in report.columns if name != "Access_Method"),
        rows=tuple(
            replace(row, elements={name: text for name, text in row.elements.items() if name != "Access_Method"})
            for row in report.rows
            if row.elements.get("Access_Method") == "Regular"
        ),
    )
    library = put(tmp_path, blind)
    ran = shown(library, "TR_J1")
    assert ran.code == 1
    assert "access_method is not in the report. The numbers may be too low" in ran.err
    line = next(one for one in annual(library).lines if one["statistic"] == "ACRL 63")
    assert line["may_be_too_low"]
    assert line["parts"][0]["left_out"] > 0
    assert line["parts"][0]["reasons"] == ["access_method is not in the report"]
    plain = answered("annual", "--library", library, "--from", "2024-01", "--to", "2024-03")
    assert f"{line['parts'][0]['left_out']:,} rows of usage: access_method is not in the report" in plain.out


def test_that_a_master_made_with_filters_is_told(tmp_path: Path) -> None:
    report = a_report(R51, "TR")
    books = replace(
        report,
        rows=tuple(row for row in report.rows if row.elements["Data_Type"] == "Book"),
        filters={**report.filters, "Data_Type": ("Book",)},
    )
    library = put(tmp_path, books)
    ran = shown(library, "TR_J1")
    assert (ran.code, ran.out) == (1, "")
    assert "was made with Data_Type=Book; what these leave out is not in TR_J1" in ran.err
    low = {line["statistic"]: line["may_be_too_low"] for line in annual(library).lines}
    assert low["ACRL 63"]


def test_that_annual_statistics_are_sums_of_views_with_what_they_lack(tmp_path: Path) -> None:
    reports = [a_report(R51, name) for name in ("TR", "DR", "IR")]
    library = put(tmp_path, *reports)
    ran = annual(library)
    found = {line["statistic"]: line["total"] for line in ran.lines}
    assert found["ACRL 63"] == journals(expected_usage(reports[0]), "Unique_Item_Requests") > 0
    searches = expected_usage(reports[1]).filter(pl.col("metric_type") == "Searches_Regular")
    assert found["ARL 19"] == searches["usage_count"].sum() > 0
    assert (ran.code, [line["missing"] for line in ran.lines]) == (0, [[]] * len(ran.lines))
    longer = answered("annual", "--library", library, "--from", "2024-01", "--json")
    assert longer.code == 1
    assert "TR, 2024-04 to 2024-12" in next(one for one in longer.lines if one["statistic"] == "ACRL 63")["missing"][0]
    said = ("--source", 7, "--from", "2024-04", "--library", library)
    assert answered("library", "answer", *said, "--report", "TR").code == 0
    longer = answered("annual", "--library", library, "--from", "2024-01", "--json")
    assert not next(one for one in longer.lines if one["statistic"] == "ACRL 63")["may_be_too_low"]
    assert annual(library, "--source", 99).code == 1
    out = tmp_path / "a.csv"
    assert annual(library, "-o", out).out == ""
    assert pl.read_csv(out)["part"].sum() == sum(part["total"] for line in ran.lines for part in line["parts"])


def test_that_release_4_is_told_to_be_in_no_annual_statistic(tmp_path: Path) -> None:
    library = put(tmp_path, a_report(Release.R4, "JR1", begin=JANUARY), a_report(R51, "TR"))
    ran = annual(library)
    assert "Release 4 counts otherwise" in ran.err


def test_that_own_names_are_for_whoever_asks_and_stored_data_stay(tmp_path: Path) -> None:
    report = a_report(R51, "TR")
    library = put(tmp_path, report)
    before = shown(library, "TR").out
    name = ("--name", "Rowan Shelf", "Rowan", "--from", "2024-02", "--library", library)
    assert answered("library", "alias", *name).code == 0
    assert shown(library, "TR").out == before
    lines = shown(library, "TR", "--own-names").lines
    assert {line["platform"] for line in lines} == {"Rowan Shelf", "Rowan"}
    assert all(line["2024-01"] == 0 for line in lines if line["platform"] == "Rowan")
    assert total(lines) == total(shown(library, "TR").lines)
    assert {line["platform"] for line in shown(library, "TR_J1", "--own-names").lines} == {"Rowan Shelf", "Rowan"}


@pytest.mark.parametrize("words", [(), ("--from", "2024"), ("--from", "2024-02", "--to", "2024-01")])
def test_that_a_year_must_make_sense(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert answered("annual", "--library", tmp_path, *words).code == 2


def test_that_months_kept_aside_are_said_in_words(tmp_path: Path) -> None:
    report = a_report(R51, "TR")
    library = put(tmp_path, report)
    first, month = report.rows[0], "2024-01"
    row = replace(first, counts={**first.counts, month: 999})
    longer = a_report(R51, "TR", months=4)
    for rows, action in ((replace(report, rows=(row, *report.rows[1:])), "aside"), (longer, "added")):
        (tmp_path / "c.tsv").write_bytes(tsv(replace(rows, rows=(row, *rows.rows[1:]))))
        ran = answered("convert", tmp_path / "c.tsv", "--library", library, "--source", 7, "--if-loaded", "aside")
        assert ran.code == 0
        assert action in ran.out
        assert "Kept aside: 2024-01" in ran.out
        assert "goes on counting" in ran.out
