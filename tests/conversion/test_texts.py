"""What may be mended beyond doubt is mended on the way into usage; everything else is stored as it was delivered."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from nolcat_desktop.counter.release import Release
from tests.builders import a_report, damage, tsv, xlsx
from tests.conversion.sums import usage_of
from tests.reading.found import report

TR = a_report(Release.R5, "TR", titles=6)
IR = a_report(Release.R5, "IR", titles=6)
COLUMNS = {"Title": "resource_name", "Item": "resource_name", "Print_ISSN": "print_ISSN", "Publisher": "publisher"}


def stored(element: str, text: str, *, of: str = "TR", release: Release = Release.R5) -> object:
    """What usage holds where the first row's cell of `element` is `text`."""
    abstract = a_report(release, of, titles=6)
    row = next(n for n, one in enumerate(abstract.rows) if one.total)
    usage = usage_of(report(tsv(damage.with_text(abstract, element, text, row).grid)))
    column = COLUMNS.get(element, element if element in usage.columns else element.lower())
    return usage[column][0]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Taylor &amp; Francis", "Taylor & Francis"),
        ("Caf&#233; &#xE9;", "Café é"),
        ("R&D; AT&T", "R&D; AT&T"),
        ("a &nosuch; b &amp; c", "a &nosuch; b & c"),
        ("x&copy=1&lt;", "x&copy=1<"),
        ("The MIT  Press", "The MIT Press"),
        (" Two\nlines ", "Two lines"),
        ("Hard\u00a0blank\u00a0", "Hard blank"),
        ("Tab\there", "Tab here"),
        ("Return\rhere", "Return here"),
        ("20071.0", "20071.0"),
        ("#BlackLivesMatter", "#BlackLivesMatter"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("<i>Mist</i>", "<i>Mist</i>"),
        ("NULL", "NULL"),
        ("2023-01-01", "2023-01-01"),
    ],
)
def test_that_titles_are_tidied_and_no_more(text: str, clean: str) -> None:
    assert stored("Title", text) == clean


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "&nbsp;"])
def test_that_a_blank_text_is_null(text: str) -> None:
    assert stored("Publisher", text) is None


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("https://doi.org/10.5555/x.Y(1)", "10.5555/x.Y(1)"),
        ("http://dx.doi.org/10.5555/x", "10.5555/x"),
        ("doi:10.5555/x", "10.5555/x"),
        ("DOI: 10.5555/x", "10.5555/x"),
        ("10.1000/ xyz123", "10.1000/xyz123"),
        ("10.5555/x 10.5555/y", "10.5555/x 10.5555/y"),
        ("https://example.org/10.5555/x", "https://example.org/10.5555/x"),
        ("10.5555/UPPER", "10.5555/UPPER"),
    ],
)
def test_that_a_doi_loses_its_resolver_only(text: str, clean: str) -> None:
    assert stored("DOI", text) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("12345679", "1234-5679"),
        ("1234 5679", "1234-5679"),
        ("1234–5679", "1234-5679"),
        ("1234-567x", "1234-567X"),
        ("2345678x", "2345-678X"),
        ("123456", "123456"),
        ("1234-5679; 1111-1119", "1234-5679; 1111-1119"),
        ("complex", "complex"),
    ],
)
def test_that_an_issn_gets_its_hyphen_and_capital(text: str, clean: str) -> None:
    assert stored("Print_ISSN", text) == clean


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2006", 2006),
        ("0001", 1),
        ("9999", 9999),
        ("2006.0", 2006),
        ("", None),
        ("20060", None),
        ("unknown", None),
        ("-5", None),
    ],
)
def test_that_a_year_of_publication_is_a_number_of_four_digits(text: str, year: int | None) -> None:
    assert stored("YOP", text) == year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2006-03-01", date(2006, 3, 1)),
        ("2006-03-01T00:00-05:00", date(2006, 3, 1)),
        ("2006-03-01 00:00:00", date(2006, 3, 1)),
        ("1 March 2006", date(2006, 3, 1)),
        ("2006-03", None),
        ("2006", None),
        ("03/04/2006", None),
        ("2006-02-30", None),
        ("1000-01-01", None),
        ("1753-01-01T00:00:00", None),
        ("1900-01-01", None),
        ("n.d.", None),
    ],
)
@pytest.mark.parametrize("element", ["Publication_Date"])
def test_that_a_date_is_whole_and_no_placeholder(element: str, text: str, day: date | None) -> None:
    assert stored(element, text, of="IR") == day


@pytest.mark.parametrize(
    ("element", "text", "spelled"),
    [
        ("Data_Type", "journal", "Journal"),
        ("Data_Type", "BOOK", "Book"),
        ("Access_Type", "controlled", "Controlled"),
        ("Access_Type", "OA Gold", "OA_Gold"),
        ("Access_Method", "regular", "Regular"),
        ("Metric_Type", "Total_Item_ Investigations", "Total_Item_Investigations"),
        ("Metric_Type", "total item requests", "Total_Item_Requests"),
        ("Metric_Type", " Total_Item_Requests ", "Total_Item_Requests"),
        ("Section_Type", "article", "Article"),
        ("Metric_Type", "Downloads", "Downloads"),
        ("Data_Type", "Periodical", "Periodical"),
    ],
)
def test_that_known_values_are_spelled_as_the_code_spells_them(element: str, text: str, spelled: str) -> None:
    assert stored(element, text) == spelled


def test_that_numbers_of_a_workbook_are_the_texts_of_a_table() -> None:
    typed = report(xlsx(TR, numbers=("YOP", "Proprietary_ID")), "book.xlsx")
    assert usage_of(typed).equals(usage_of(report(tsv(TR))))


def test_that_a_long_text_is_kept_whole() -> None:
    assert stored("Title", "x" * 5000) == "x" * 5000


def test_that_the_date_of_the_report_is_that_of_created() -> None:
    for created, expected in (("2023-02-21T10:20:30Z", date(2023, 2, 21)), ("2020-00-00T00:00:00Z", None), ("", None)):
        usage = usage_of(report(tsv(a_report(Release.R5, "TR", created=created))))
        assert usage["report_creation_date"].unique().to_list() == [expected]


def test_that_a_source_is_told_in_every_row() -> None:
    assert usage_of(report(tsv(TR)), source=4711)["statistics_source_ID"].unique().to_list() == [4711]


def test_that_rows_keep_the_order_of_the_report_and_months_ascend() -> None:
    usage = usage_of(report(tsv(TR)))
    groups = usage.with_row_index().group_by(pl.exclude("index", "usage_date", "usage_count"), maintain_order=True)
    assert groups.agg(pl.col("usage_date").is_sorted())["usage_date"].all()
