"""Periods of Release 5 in JSON: one whole month in any writing that leaves no doubt, and a right reason for others."""

from __future__ import annotations

from typing import Any

import pytest

from nolcat_desktop.conversion import stopped_by
from nolcat_desktop.report import Report
from tests.reading.json_reports import header5, item5, of, part5, read, rules


def with_period(begin: str, end: str | None) -> Report:
    """A report with one count, of that period."""
    part = part5("2022-01", 31, ("Total_Item_Requests", 7))
    part["Period"] = {"Begin_Date": begin, **({"End_Date": end} if end is not None else {})}
    tree: dict[str, Any] = of(header5(), item5(part))
    return read(tree)


@pytest.mark.parametrize(
    ("begin", "end"),
    [("2022/01/01", "2022/01/31"), ("2022/1/1", "2022/1/31"), ("1/1/2022", "1/31/2022"), ("01.01.2022", "31.01.2022")],
)
def test_that_a_month_with_its_last_day_is_read_in_any_order_of_numbers(begin: str, end: str) -> None:
    found = with_period(begin, end)
    assert stopped_by(found) is None
    assert found.items["2022-01"].to_list() == ["7"]
    assert rules(found).count("J-period-form") == 2


@pytest.mark.parametrize(
    ("begin", "end"),
    [("2022-01-15", "2022-01-31"), ("2022-01-01", "2022-01-20"), ("1/2/2022", "3/2/2022"), ("2022-01-01", None)],
)
def test_that_a_part_of_a_month_is_refused_as_what_it_is(begin: str, end: str | None) -> None:
    problem = stopped_by(with_period(begin, end))
    assert problem is not None
    assert problem.title == "Counts that belong to no month"


@pytest.mark.parametrize("code", [1020, 3050, 3060])
def test_that_a_message_in_place_of_items_and_months_is_told_as_the_reason(code: int) -> None:
    message = {"Code": code, "Severity": "Error", "Message": "Invalid filter"}
    found = read({"Report_Header": {"Report_ID": "TR"}, "Release": "5", "Created": "2022", "Exception": message})
    problem = stopped_by(found)
    assert problem is not None
    assert problem.title == "The publisher sent a message instead of usage"
    assert problem.meaning.startswith(f"{code}: Invalid filter")


@pytest.mark.parametrize(("begin", "end"), [("2022-01-01", "2022-03-31"), ("2022-01-01", "2022-12-31")])
def test_that_a_period_of_several_months_is_a_total(begin: str, end: str) -> None:
    problem = stopped_by(with_period(begin, end))
    assert problem is not None
    assert problem.title == "The report has totals only"
