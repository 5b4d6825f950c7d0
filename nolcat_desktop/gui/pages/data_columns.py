"""The columns of usage that can be looked at: a plain name for each, what it holds, and how wide it is at first."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from nolcat_desktop.analysis.conditions import Kind
from nolcat_desktop.analysis.table_query import SOURCE_NAME
from nolcat_desktop.gui.frame_model import Column

N = QT_TRANSLATE_NOOP
TITLE, COUNT = "resource_name", "usage_count"
PLATFORMS, OTHERS = "PR", ""
"""Families of reports whose columns are chosen by themselves: platform reports have no titles."""
DEFAULTS = {
    OTHERS: (TITLE, SOURCE_NAME, "data_type", "usage_date", "metric_type", COUNT),
    PLATFORMS: ("platform", SOURCE_NAME, "data_type", "usage_date", "metric_type", COUNT),
}
"""Columns that are shown until others are chosen."""
FIXED = ("metric_type", COUNT)
"""Columns that are always shown: a number is never bare."""
LEAST_TITLE = 148
"""In u."""

_ROWS = (
    (TITLE, N("columns", "Title"), Kind.TEXT, 240),
    (SOURCE_NAME, N("columns", "Source"), Kind.TEXT, 116),
    ("statistics_source_ID", N("columns", "Source number"), Kind.NUMBER, 104),
    ("report_type", N("columns", "Report"), Kind.TEXT, 80),
    ("release", N("columns", "Release"), Kind.TEXT, 72),
    ("platform", N("columns", "Platform"), Kind.TEXT, 116),
    ("publisher", N("columns", "Publisher"), Kind.TEXT, 140),
    ("publisher_ID", N("columns", "Publisher's number"), Kind.TEXT, 140),
    ("authors", N("columns", "Authors"), Kind.TEXT, 160),
    ("publication_date", N("columns", "Published"), Kind.DAY, 96),
    ("article_version", N("columns", "Version"), Kind.TEXT, 80),
    ("DOI", N("columns", "DOI"), Kind.TEXT, 160),
    ("proprietary_ID", N("columns", "Publisher's title number"), Kind.TEXT, 160),
    ("ISBN", N("columns", "ISBN"), Kind.TEXT, 128),
    ("print_ISSN", N("columns", "Print ISSN"), Kind.TEXT, 92),
    ("online_ISSN", N("columns", "Online ISSN"), Kind.TEXT, 92),
    ("URI", N("columns", "Web address"), Kind.TEXT, 180),
    ("data_type", N("columns", "Data type"), Kind.TEXT, 84),
    ("section_type", N("columns", "Section type"), Kind.TEXT, 84),
    ("YOP", N("columns", "Year published"), Kind.YEAR, 80),
    ("access_type", N("columns", "Access type"), Kind.TEXT, 84),
    ("access_method", N("columns", "Access method"), Kind.TEXT, 84),
    ("parent_title", N("columns", "Title it is part of"), Kind.TEXT, 180),
    ("parent_authors", N("columns", "Authors of what it is part of"), Kind.TEXT, 160),
    ("parent_publication_date", N("columns", "Published, of what it is part of"), Kind.DAY, 96),
    ("parent_article_version", N("columns", "Version of what it is part of"), Kind.TEXT, 80),
    ("parent_data_type", N("columns", "Data type of what it is part of"), Kind.TEXT, 84),
    ("parent_DOI", N("columns", "DOI of what it is part of"), Kind.TEXT, 160),
    ("parent_proprietary_ID", N("columns", "Publisher's number of what it is part of"), Kind.TEXT, 160),
    ("parent_ISBN", N("columns", "ISBN of what it is part of"), Kind.TEXT, 128),
    ("parent_print_ISSN", N("columns", "Print ISSN of what it is part of"), Kind.TEXT, 92),
    ("parent_online_ISSN", N("columns", "Online ISSN of what it is part of"), Kind.TEXT, 92),
    ("parent_URI", N("columns", "Web address of what it is part of"), Kind.TEXT, 180),
    ("usage_date", N("columns", "Month"), Kind.MONTH, 76),
    ("metric_type", N("columns", "Metric"), Kind.TEXT, 160),
    (COUNT, N("columns", "Uses"), Kind.COUNT, 72),
    ("report_creation_date", N("columns", "Report made on"), Kind.DAY, 104),
)


def family(report_type: str) -> str:
    """By which of `DEFAULTS` a report goes."""
    return PLATFORMS if report_type.startswith("PR") else OTHERS


def all_columns(report_type: str = "") -> tuple[Column, ...]:
    """Every column that can be shown, in its usual order.

    Args:
        report_type: What a row is of decides the name of its first column: a title, a database, a platform.
    """
    kind = report_type.partition("_")[0]
    names = {
        "DR": QCoreApplication.translate("columns", "Database"),
        "IR": QCoreApplication.translate("columns", "Item"),
        "DB1": QCoreApplication.translate("columns", "Database"),
        "DB2": QCoreApplication.translate("columns", "Database"),
    }
    return tuple(
        Column(
            key,
            names[kind] if key == TITLE and kind in names else QCoreApplication.translate("columns", str(text)),
            held,
            width,
        )
        for key, text, held, width in _ROWS
    )
