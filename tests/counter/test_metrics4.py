from __future__ import annotations

import polars as pl
import pytest

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.metrics4 import (
    ACTIVITIES,
    CANONICAL,
    DENIALS,
    ITEM_TYPES,
    LIMIT_EXCEEDED,
    NOT_LICENSED,
    PAGE_TYPES,
    by_data_type,
    canonical,
    prefix,
    sections_by_data_type,
    suffix,
)
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import definition
from nolcat_desktop.counter.reports4 import REPORTS4

KNOWN = {
    "Regular Searches": "Regular Searches",
    "Regular searches": "Regular Searches",
    "search_reg": "Regular Searches",
    "Searches-federated and automated": "Searches-federated and automated",
    "Searches: federated and automated": "Searches-federated and automated",
    "Searches - federated  and automated": "Searches-federated and automated",
    "Searches federated and automated": "Searches-federated and automated",
    "search_fed": "Searches-federated and automated",
    " RESULT CLICKS ": "Result Clicks",
    "result_click": "Result Clicks",
    "Record views": "Record Views",
    "Access denied: concurrent/simultaneous user licence limit exceeded": LIMIT_EXCEEDED,
    "Access Denied. Concurrent/simultaneous user license exceded": LIMIT_EXCEEDED,
    f"{LIMIT_EXCEEDED}. (Currently N/A to all platforms).": LIMIT_EXCEEDED,
    "turnaway": LIMIT_EXCEEDED,
    "Access denied: content item not licenced": NOT_LICENSED,
    "Access Denied: Content item not licensed": NOT_LICENSED,
    "no_license": NOT_LICENSED,
    "Table of Contents": "table of contents",
    "toc": "table of contents",
    "Full-text PDF": "full text PDF",
    "Full-Text HTML Requests": "full text HTML",
    "ft_pdf": "full text PDF",
    "ft_pdf_mobile": "mobile-formatted full text PDF",
    "ft_total": "full text total",
    "Data set": "data set",
    "Video": "video",
}
UNKNOWN = ("", "Access Denied: other", "Total searches run", "Total sessions", "Total Item Requests", "pdf and html")


def get(report_id: str) -> Definition:
    found = definition(Release.R4, report_id)
    assert found is not None
    return found


@pytest.mark.parametrize(("text", "expected"), KNOWN.items())
def test_that_a_known_spelling_gets_the_canonical_text(text: str, expected: str) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize("text", UNKNOWN)
def test_that_an_unknown_metric_is_never_forced_into_a_known_one(text: str) -> None:
    assert canonical(text) is None


@pytest.mark.parametrize("text", [*ACTIVITIES, *DENIALS, *PAGE_TYPES, *ITEM_TYPES])
def test_that_a_canonical_text_is_its_own(text: str) -> None:
    assert canonical(text) == text


@pytest.mark.parametrize("blank", [" ", ""])
def test_that_polars_reads_the_expressions_as_python_does(blank: str) -> None:
    texts = pl.DataFrame({"text": [*KNOWN, *UNKNOWN, *ACTIVITIES, *DENIALS]})
    squashed = pl.col("text").str.to_lowercase().str.strip_chars().str.replace_all(r"\s+", blank)
    first = pl.coalesce(pl.when(squashed.str.contains(p)).then(pl.lit(text)) for p, text in CANONICAL)
    assert texts.select(first).to_series().to_list() == [canonical(text) for text in texts["text"]]


def test_that_every_permitted_metric_of_release_4_is_canonical() -> None:
    for report in REPORTS4:
        assert [canonical(metric) for metric in report.metric_types] == list(report.metric_types)
        assert ("Metric_Type" in report.columns) == bool(report.metric_types)


def test_that_page_and_item_types_say_what_was_counted() -> None:
    assert prefix(get("JR3")) == prefix(get("TR3Mobile")) == "Successful Item Requests: "
    assert prefix(get("MR2")) == "Successful Content Unit Requests: "
    assert prefix(get("JR2")) == prefix(get("DB1")) == ""
    assert suffix(get("JR3Mobile")) == suffix(get("TR1Mobile")) == suffix(get("TR3Mobile")) == " (mobile)"
    assert suffix(get("JR3")) == suffix(get("MR1")) == ""
    for report_id in ("JR3", "JR3Mobile", "TR3Mobile", "MR2"):
        report = get(report_id)
        assert max(len(prefix(report) + text + suffix(report)) for text in report.metric_types) <= 75


def test_that_title_reports_never_read_sections_as_whole_books() -> None:
    assert by_data_type(get("TR1"))["Book"] == "Successful Section Requests"
    assert by_data_type(get("TR1Mobile"))["Journal"] == "Successful Full-text Article Requests"
    assert sections_by_data_type(get("TR2"))["Book"] == "Book_Segment"
    assert not by_data_type(get("TR2"))
    assert not sections_by_data_type(get("TR3"))
