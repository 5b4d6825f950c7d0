"""What an exported table is about, in words: for its second sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl
from PySide6.QtCore import QCoreApplication

from nolcat_desktop import __version__
from nolcat_desktop.analysis.looking import Answer, Holding
from nolcat_desktop.counter.reports import named_report
from nolcat_desktop.gui.cell_text import months, number
from nolcat_desktop.gui.chart_words import release_words
from nolcat_desktop.gui.filters import told
from nolcat_desktop.gui.pages.data_parts import DataParts
from nolcat_desktop.gui.pages.data_subject import held, only_words
from nolcat_desktop.gui.pages.data_words import note_words, too_low_words

_NOTHING = "—"


def about_table(parts: DataParts, holding: Holding, answer: Answer, today: date) -> pl.DataFrame:
    """Library, report, releases, months, metrics, sources, filters, what is missing or counted twice, day, version.

    Args:
        parts: The panes of Look at data.
        holding: What is held.
        answer: What is shown of it.
        today: The day.
    """
    tr, choosers, context = QCoreApplication.translate, parts.choosers, parts.context
    columns, typed = parts.table.usage.columns, parts.table.filters.typed()
    filters = [told(column, typed[column.key]) for column in columns if column.key in typed]
    rows = [
        (tr("about", "Library"), context.name_of(context.library_folder) or _NOTHING),
        (tr("about", "Report"), held(holding).words),
        (tr("about", "Releases of COUNTER"), ", ".join(releases_of(answer)) or _NOTHING),
        (tr("about", "Months"), choosers.months_words()),
        (
            tr("about", "Metrics"),
            ", ".join(choosers.choice.metrics or sorted(one.metric for one in answer.totals.rows)),
        ),
        (tr("about", "Sources"), ", ".join(choosers.names_of_sources()) or choosers.sources_words()),
        (tr("about", "Filters"), "; ".join(filters) or tr("about", "none")),
        (tr("about", "Names"), tr("about", "our names") if parts.names.renames() else tr("about", "as delivered")),
        *((tr("about", "Counts only"), told) for told in only_words(holding)),
        *((tr("about", "Too low"), told) for told in too_low_words(holding, answer)),
        *((tr("about", "To be known"), told) for told in note_words(answer)),
        *_missing(answer),
        *_counted_elsewhere(holding, choosers.choice.sources),
        (tr("about", "Rows of usage"), number(answer.count)),
        (tr("about", "Blank cells"), tr("about", "No use is stored; see the months that are missing.")),
        (tr("about", "Made on"), f"{today:%Y-%m-%d}"),
        (tr("about", "Made by"), f"NoLCAT Desktop {__version__}"),
    ]
    return pl.DataFrame(rows, schema=[tr("about", "What"), tr("about", "This table")], orient="row")


def releases_of(answer: Answer) -> list[str]:
    """The releases of the reports whose uses are shown."""
    return sorted({release for month in answer.series.months for release in month.releases})


def _counted_elsewhere(holding: Holding, sources: Sequence[int]) -> list[tuple[str, str]]:
    """Other reports of the same sources, which count the same uses in part: adding them would count twice."""
    known = holding.coverage
    ids = list(sources or known.filter(known["report_type"] == holding.report_type)["statistics_source_ID"].unique())
    others = known.filter(known["statistics_source_ID"].is_in(ids), known["report_type"] != holding.report_type)
    names = [named_report(one) for one in others["report_type"].unique().sort().to_list()]
    if not names:
        return []
    tr = QCoreApplication.translate
    told = tr("about", "{reports}: other reports of these sources count the same uses, or a part of them.")
    return [(tr("about", "Never to be added to"), told.format(reports=", ".join(names)))]


def _missing(answer: Answer) -> list[tuple[str, str]]:
    tr, series = QCoreApplication.translate, answer.series
    found = [
        (tr("about", "No use is known of"), [one.first for one in series.months if one.is_gap]),
        (tr("about", "A part is missing of"), [one.first for one in series.months if one.is_partial]),
        (
            tr("about", "Counted twice, for reports overlap"),
            [m.first for m in series.months if "overlapping" in m.states],
        ),
    ]
    said = [(what, _runs(days)) for what, days in found if days]
    said = said or [(tr("about", "Missing"), tr("about", "no month"))]
    for seam in series.seams:
        of = f"{release_words(seam.before)} → {release_words(seam.after)}"
        begin = series.months[seam.at].first
        said.append((tr("about", "Counted differently from"), f"{months(begin, begin)}: {of}"))
    return said


def _runs(days: Sequence[date]) -> str:
    """All months, those in a row by their ends."""
    runs: list[list[date]] = []
    for day in days:
        if runs and (day.year - runs[-1][-1].year) * 12 + day.month - runs[-1][-1].month == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(months(run[0], run[-1]) for run in runs)
