"""Release 4 as SUSHI delivers it: an abstract report as XML (COUNTER schema 4.1 inside a SUSHI 1.7 response)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from tests.builders.abstract import Abstract, ReportedException, Row, month_end
from tests.builders.layouts4 import ACTIVITIES, BOOK_SEARCHES, REFUSALS, RELEASE_4

_CODES = {
    **dict(zip(ACTIVITIES, ("search_reg", "search_fed", "result_click", "record_view"), strict=True)),
    **dict(zip(BOOK_SEARCHES, ("search_reg", "search_fed"), strict=True)),
    **dict(zip(REFUSALS, ("turnaway", "no_license"), strict=True)),
}
_CATEGORIES = {"search_reg": "Searches", "search_fed": "Searches", "turnaway": "Access_denied"}
_CATEGORIES |= {"no_license": "Access_denied"}
_IDENTIFIERS = ("DOI", "Proprietary_ID", "Print_ISSN", "Online_ISSN", "ISBN")
_DATA_TYPES = {"JR": "Journal", "BR": "Book", "DB": "Database", "PR": "Platform", "MR": "Collection"}


@dataclass(frozen=True, slots=True)
class Manner:
    """What differs from vendor to vendor."""

    soap: str | None = "soap"
    """Prefix of the envelope; None: no envelope."""
    prefix: str = "c:"
    """Of COUNTER's elements; '' with a default namespace."""
    wrapped: bool = False
    """Whether `Reports` stands around `Report`."""
    bare: bool = False
    """Only the Report, without a response around it."""
    soap_space: str = "http://schemas.xmlsoap.org/soap/envelope/"
    zeros: bool = False
    """Whether months without use are given as 0."""
    release: str = "4"
    created: bool = True


def sushi(report: Abstract, manner: Manner = Manner(), customers: tuple[Abstract, ...] = ()) -> bytes:
    """`report` in XML; with `customers`: one Customer for each, the first being `report` itself."""
    return _response(report, "".join(_report(report, manner, customers or (report,))), manner, ())


def exception_instead(report: Abstract, *exceptions: ReportedException, manner: Manner = Manner()) -> bytes:
    """A response with exceptions in place of the report."""
    return _response(report, "", manner, exceptions)


def _response(report: Abstract, inner: str, manner: Manner, exceptions: tuple[ReportedException, ...]) -> bytes:
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    if manner.bare:
        return (declaration + inner).encode()
    told = "".join(
        f"<s:Exception Created='2017-05-01T00:00:00Z'><s:Number>{one.code}</s:Number><s:Severity>{one.severity}"
        f"</s:Severity><s:Message>{escape(one.message)}</s:Message><s:Data>{escape(one.data)}</s:Data></s:Exception>"
        for one in (*exceptions, *report.exceptions)
    )
    asked = (
        f'<s:ReportDefinition Name={quoteattr(report.report_id)} Release="{manner.release}"><s:Filters>'
        f"<s:UsageDateRange><s:Begin>{report.begin:%Y-%m-%d}</s:Begin><s:End>{report.end:%Y-%m-%d}</s:End>"
        "</s:UsageDateRange></s:Filters></s:ReportDefinition>"
    )
    body = (
        '<sc:ReportResponse xmlns:sc="http://www.niso.org/schemas/sushi/counter" '
        'xmlns:s="http://www.niso.org/schemas/sushi" ID="q-1">'
        f"{told}<s:Requestor><s:ID>r</s:ID><s:Name>n</s:Name><s:Email>e@example.org</s:Email></s:Requestor>"
        f"<s:CustomerReference><s:ID>{escape(report.customer_id)}</s:ID></s:CustomerReference>{asked}"
        f"<sc:Report>{inner}</sc:Report></sc:ReportResponse>"
    )
    if manner.soap is None:
        return (declaration + body).encode()
    mark, colon = manner.soap, f"{manner.soap}:" if manner.soap else ""
    space = f'xmlns:{mark}="{manner.soap_space}"' if mark else f'xmlns="{manner.soap_space}"'
    return f"{declaration}<{colon}Envelope {space}><{colon}Body>{body}</{colon}Body></{colon}Envelope>".encode()


def _report(report: Abstract, manner: Manner, customers: tuple[Abstract, ...]) -> Iterator[str]:
    p = manner.prefix
    space = (
        f'xmlns:{p[:-1]}="http://www.niso.org/schemas/counter"' if p else 'xmlns="http://www.niso.org/schemas/counter"'
    )
    created = f' Created="{report.created}T08:00:00Z"' if manner.created else ""
    wrap = f"<{p}Reports {space}>" if manner.wrapped else ""
    yield wrap
    yield (
        f'<{p}Report {space} ID="r-1" Name={quoteattr(report.report_id)} Version="{manner.release}" '
        f"Title={quoteattr(report.report_name)}{created}>"
    )
    yield f"<{p}Vendor><{p}Name>{escape(report.created_by)}</{p}Name><{p}ID>v</{p}ID></{p}Vendor>"
    for customer in customers:
        yield f"<{p}Customer><{p}Name>{escape(customer.institution_name)}</{p}Name>"
        yield f"<{p}ID>{escape(customer.customer_id)}</{p}ID>"
        for _, rows in groupby(customer.rows, key=_item_key):
            yield _item(customer, list(rows), manner)
        yield f"</{p}Customer>"
    yield f"</{p}Report>" + (f"</{p}Reports>" if manner.wrapped else "")


def _item_key(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in row.elements.items() if name != "Metric_Type")


def _item(report: Abstract, rows: list[Row], manner: Manner) -> str:
    p, texts = manner.prefix, rows[0].elements
    data_type = texts.get("Data_Type") or _DATA_TYPES[report.report_id[:2]]
    name = texts.get("Title") or texts.get("Database") or texts.get("Platform", "")
    return "".join(
        (
            f"<{p}ReportItems>",
            *(
                f"<{p}ItemIdentifier><{p}Type>{kind}</{p}Type><{p}Value>{escape(value)}</{p}Value></{p}ItemIdentifier>"
                for kind, value in _identifiers(texts, data_type)
            ),
            f"<{p}ItemPlatform>{escape(texts.get('Platform', ''))}</{p}ItemPlatform>",
            f"<{p}ItemPublisher>{escape(texts.get('Publisher', ''))}</{p}ItemPublisher>",
            f"<{p}ItemName>{escape(name)}</{p}ItemName><{p}ItemDataType>{data_type}</{p}ItemDataType>",
            *(_performance(report, rows, month, manner) for month in report.months),
            f"</{p}ReportItems>",
        )
    )


def _identifiers(texts: Mapping[str, str], data_type: str) -> Iterator[tuple[str, str]]:
    for name in _IDENTIFIERS:
        if texts.get(name):
            yield {"Proprietary_ID": "Proprietary", "ISBN": "Online_ISBN"}.get(name, name), texts[name]
    kind = "ISSN" if data_type == "Journal" else "ISBN"
    for name, place in (("Print_ID", "Print"), ("Online_ID", "Online")):
        if texts.get(name):
            yield f"{place}_{kind}", texts[name]


def _performance(report: Abstract, rows: list[Row], month: date, manner: Manner) -> str:
    p, key = manner.prefix, f"{month:%Y-%m}"
    counts = {_CODES.get(row.elements.get("Metric_Type", ""), "ft_total"): row.counts.get(key, 0) for row in rows}
    counts = {code: count for code, count in counts.items() if count or manner.zeros}
    if "ft_total" in counts and RELEASE_4[report.report_id].formats:
        counts |= {"ft_html": counts["ft_total"] // 3, "ft_pdf": counts["ft_total"] // 2}
    if not counts:
        return ""
    period = f"<{p}Period><{p}Begin>{month:%Y-%m-%d}</{p}Begin><{p}End>{month_end(month):%Y-%m-%d}</{p}End></{p}Period>"
    found = []
    for category, codes in groupby(counts, key=lambda code: _CATEGORIES.get(code, "Requests")):
        instances = "".join(
            f"<{p}Instance><{p}MetricType>{code}</{p}MetricType><{p}Count>{counts[code]}</{p}Count></{p}Instance>"
            for code in codes
        )
        performance = f"{period}<{p}Category>{category}</{p}Category>{instances}"
        found.append(f"<{p}ItemPerformance>{performance}</{p}ItemPerformance>")
    return "".join(found)
