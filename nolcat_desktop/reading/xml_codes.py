"""The codes of R4's XML form, as tables (COUNTER schema 4.1, counterElements 4.1; SUSHI 1.7)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from nolcat_desktop.counter import metrics4
from nolcat_desktop.counter.definition import Definition

IDENTIFIERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "doi": "DOI",
        "proprietary": "Proprietary_ID",
        "proprietaryid": "Proprietary_ID",
        "printissn": "Print_ISSN",
        "issn": "Print_ISSN",
        "onlineissn": "Online_ISSN",
        "eissn": "Online_ISSN",
        "isbn": "ISBN",
        "onlineisbn": "Online_ISBN",
        "printisbn": "Print_ISBN",
    }
)
"""Type of an item identifier, loosely → element; the two kinds of ISBN become one."""
OLD_IDENTIFIERS: Final = frozenset({"issn", "eissn", "isbn"})
"""Types of schema 3, still met."""
ISBNS: Final = ("ISBN", "Online_ISBN", "Print_ISBN")
"""Which ISBN is the item's: the first of these that is given."""

_REQUESTS: Final = "requests"
_CATEGORIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("search_reg", "search_fed"), "searches"),
        **dict.fromkeys(("turnaway", "no_license"), "access_denied"),
    }
)
CATEGORIES: Final = frozenset({_REQUESTS, "searches", "access_denied"})
KNOWN: Final = frozenset(
    {
        "ft_ps", "ft_ps_mobile", "ft_pdf", "ft_pdf_mobile", "ft_html", "ft_html_mobile", "ft_epub", "ft_epub_mobile",
        "ft_total", "sectioned_html", "toc", "abstract", "reference", "data_set", "audio", "video", "image", "podcast",
        "multimedia", "record_view", "result_click", "search_reg", "search_fed", "turnaway", "no_license", "other",
    }
)  # fmt: skip
"""Every MetricType of schema 4.1."""
TOTAL: Final = "ft_total"
UNITS: Final = "multimedia"
"""What multimedia reports count where they give no total."""
PARTS: Final = frozenset(
    {"ft_ps", "ft_pdf", "ft_html", "ft_epub", "sectioned_html", UNITS}
    | {"ft_ps_mobile", "ft_pdf_mobile", "ft_html_mobile", "ft_epub_mobile", "audio", "video", "image", "podcast"}
)
"""Parts of the total, by format: never added to it, and of no column of their own."""
SESSIONS: Final = frozenset({"session_reg", "session_fed"})
"""Metrics of Release 3 alone."""

_TITLES: Final = frozenset({"TR1", "TR1Mobile", "TR2", "TR3", "TR3Mobile", "CR1"})
_DATA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {"JR": "journal", "BR": "book", "DB": "database", "PR": "platform", "CR2": "database"}
)


def code_of(text: str) -> str:
    """A MetricType as the schema writes it, whatever its case and its blanks."""
    return text.strip().lower().replace(" ", "_").replace("-", "_")


def category_of(code: str) -> str:
    """The Category to which a metric belongs, in lower case."""
    return _CATEGORIES.get(code, _REQUESTS)


def is_implicit(definition: Definition) -> bool:
    """Whether the report has one metric, which it does not name in a column: the total is what counts."""
    return definition.metric is not None or bool(metrics4.by_data_type(definition))


def has_data_type(definition: Definition | None) -> bool:
    """Whether the data type of each item is told by the item (title reports and CR1)."""
    return definition is None or definition.report_id in _TITLES


def data_type_of(definition: Definition) -> str:
    """The ItemDataType, in lower case, that all items of a report have; '' where they may differ or none is laid down.

    Collections of JR4 and of multimedia reports are called by either name.
    """
    return "" if definition.report_id == "JR4" else _DATA_TYPES.get(
        definition.report_id, _DATA_TYPES.get(definition.report_id[:2], "")
    )  # fmt: skip


def metric_text(code: str, delivered: str) -> str:
    """A metric as the tabular form writes it; one that is not known, as it was delivered."""
    return metrics4.canonical(code) or delivered
