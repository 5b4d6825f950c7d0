"""Reports beside one another, and beside the library's past."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import Report, Setting
from nolcat_desktop.validation import findings_beside, plausibility, report_sums, validate_together
from tests.builders import a_report, tsv
from tests.validation.judging import reports_of

JANUARY = [f"2024-{month:02}" for month in range(1, 13)]


def read(release: Release, report_id: str, titles: int = 6) -> Report:
    """A sound report, read; views agree with their masters."""
    return reports_of(tsv(a_report(release, report_id, titles=titles)), f"{report_id}.tsv")[0]


def raised(report: Report, metric: str) -> Report:
    """The same with the first month of one metric ten higher in every row."""
    month = report.month_columns[0]
    more = pl.when(pl.col("Metric_Type") == metric).then(pl.col(month).cast(pl.Int64) + 1000).otherwise(pl.col(month))
    return replace(report, items=report.items.with_columns(more.cast(pl.String).alias(month)))


@pytest.mark.parametrize("release", [Release.R5, Release.R51])
@pytest.mark.parametrize(("master", "view"), [("TR", "TR_J1"), ("TR", "TR_J3"), ("TR", "TR_B1"), ("IR", "IR_M1")])
def test_that_a_view_that_agrees_with_its_master_is_not_told(release: Release, master: str, view: str) -> None:
    assert validate_together([read(release, master), read(release, view)]).rows() == []


def test_that_a_view_above_its_master_is_a_warning() -> None:
    findings = validate_together([read(Release.R51, "TR"), raised(read(Release.R51, "TR_J1"), "Total_Item_Requests")])
    assert set(findings.select("rule", "level").iter_rows()) == {("N-view", int(Level.WARNING))}
    assert set(findings.get_column("element")) == {"Total_Item_Requests"}


def test_that_titles_with_more_use_than_their_platform_are_a_warning() -> None:
    titles = read(Release.R51, "TR")
    first = titles.month_columns[0]
    platform = read(Release.R51, "PR")
    none = platform.items.with_columns(pl.lit("0").alias(first))
    findings = validate_together([replace(platform, items=none), titles])
    assert "N-part" in findings.get_column("rule").to_list()


def test_that_reports_of_two_institutions_are_not_compared() -> None:
    other = raised(read(Release.R51, "TR_J1"), "Total_Item_Requests")
    texts = {**other.header.texts, "Institution_Name": "Elsewhere College"}
    other = replace(other, header=replace(other.header, texts=texts))
    assert validate_together([read(Release.R51, "TR"), other]).rows() == []


def test_that_open_access_above_all_access_is_a_warning_in_release_4() -> None:
    whole, part = read(Release.R4, "JR1"), read(Release.R4, "JR1GOA")
    month = part.month_columns[0]
    more = part.items.with_columns((pl.col(month).cast(pl.Int64) + 9999).cast(pl.String).alias(month))
    findings = validate_together([whole, replace(part, items=more)])
    assert set(findings.get_column("rule")) == {"R4-A11"}


def test_that_sums_stand_for_their_reports() -> None:
    sums = [report_sums(read(Release.R51, "TR")), report_sums(read(Release.R51, "TR_J1"))]
    assert validate_together([one for one in sums if one is not None]).rows() == []


def filtered(report: Report, name: str, *values: str) -> Report:
    """The same with a filter in its header, and the rows that it lets through."""
    rows = report.items.filter(pl.col(name).is_in(values)) if name in report.items.columns else report.items
    filters = (*report.header.filters, Setting(name, values, None))
    return replace(report, items=rows, header=replace(report.header, filters=filters))


def test_that_a_view_is_not_compared_with_a_master_that_was_filtered_otherwise() -> None:
    journals = filtered(read(Release.R51, "TR"), "Data_Type", "Journal")
    assert validate_together([journals, read(Release.R51, "TR_B1")]).rows() == []
    assert validate_together([journals, raised(read(Release.R51, "TR_J1"), "Total_Item_Requests")]).rows() != []


def test_that_a_view_with_a_filter_of_its_own_may_have_less_than_its_master() -> None:
    view = read(Release.R51, "TR_J1")
    part = replace(filtered(view, "Platform", "Rowan Shelf"), items=view.items.head(2))
    assert validate_together([read(Release.R51, "TR"), part]).rows() == []


def test_that_a_month_with_a_count_that_cannot_be_read_is_not_compared() -> None:
    view = read(Release.R51, "TR_J1")
    month = view.month_columns[0]
    spoilt = replace(view, items=view.items.with_columns(pl.lit("n/a").alias(month)))
    assert validate_together([read(Release.R51, "TR"), spoilt]).rows() == []


def test_that_a_difference_is_told_at_the_first_of_the_reports_concerned() -> None:
    master, view = read(Release.R51, "TR"), raised(read(Release.R51, "TR_J1"), "Total_Item_Requests")
    sums = [report_sums(one) for one in (read(Release.R51, "PR"), view, master)]
    assert list(findings_beside([None, *sums])) == [2]


USUAL = {month: 400 + number for number, month in enumerate(JANUARY)}


def rules(now: dict[str, dict[str, int]], before: dict[str, dict[str, int]] | None = None) -> list[str]:
    """Ids of what is told."""
    findings = plausibility(now, before or {})
    assert findings.height == 0 or findings.get_column("level").max() == int(Level.NOTICE)
    return findings.get_column("rule").to_list()


def test_that_usual_numbers_are_plausible() -> None:
    last_year = {f"2023{month[4:]}": count for month, count in USUAL.items()}
    assert rules({"Total_Item_Requests": USUAL}, {"Total_Item_Requests": last_year}) == []


def test_that_twelve_equal_months_are_a_notice() -> None:
    assert rules({"No_License": dict.fromkeys(JANUARY, 7)}) == ["N-equal-months"]
    assert rules({"No_License": dict.fromkeys(JANUARY[:11], 7)}) == []


def test_that_a_month_ten_times_its_usual_size_is_a_notice() -> None:
    assert rules({"Total_Item_Requests": USUAL | {"2024-05": 5000}}) == ["N-ten-times"]
    assert rules({"Total_Item_Requests": {"2024-01": 5000}}, {"Total_Item_Requests": USUAL}) == ["N-ten-times"]


def test_that_investigations_equal_to_requests_throughout_are_a_notice() -> None:
    both = {"Total_Item_Investigations": USUAL, "Total_Item_Requests": dict(USUAL)}
    assert rules(both) == ["N-equal-metrics"]
    assert rules(both | {"Total_Item_Requests": USUAL | {"2024-03": 1}}) == []


def test_that_a_report_much_smaller_than_the_year_before_is_a_notice() -> None:
    small = {month: count // 10 for month, count in USUAL.items()}
    last_year = {f"2023{month[4:]}": count for month, count in USUAL.items()}
    assert rules({"Total_Item_Requests": small}, {"Total_Item_Requests": last_year}) == ["N-smaller"]
