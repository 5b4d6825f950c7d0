"""Which number of Look at data is meant when somebody asks where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nolcat_desktop.analysis.conditions import Contains, plain
from nolcat_desktop.analysis.looking import Answer, Holding
from nolcat_desktop.analysis.standard_views import shown_by
from nolcat_desktop.analysis.summed_by import metrics_of
from nolcat_desktop.analysis.table_query import SOURCE_NAME
from nolcat_desktop.gui.pages.data_side import ChartPane
from nolcat_desktop.gui.pages.data_sums import SumsPane
from nolcat_desktop.gui.pages.data_table import UsageTable
from nolcat_desktop.gui.pages.data_totals import TotalsPane
from nolcat_desktop.usage import USAGE
from nolcat_desktop.workflow.explaining import Asked
from nolcat_desktop.workflow.explaining_annual import let_through

_ASKED_APART = frozenset({"statistics_source_ID", "report_type", "metric_type", "usage_date", "usage_count", "release"})
_SUMMED_BY = frozenset({"metric_type", "usage_date", SOURCE_NAME})
"""Conditions on these are in the metric, the months and the sources that are asked about."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A number that was pointed at."""

    asked: Asked
    shown: int
    """As it is shown."""
    by: str = ""
    """By which column it was added up, where it is one of the sums."""


def asked_of_table(table: UsageTable, holding: Holding | None) -> tuple[Pointed, ...]:
    """The number in the current row; empty when there is none."""
    asked = asked_of(table, holding)
    if asked is None:
        return ()
    return (Pointed(asked, int(str(table.usage.value(table.currentIndex().row(), "usage_count")))),)


def asked_of_totals(pane: TotalsPane, holding: Holding | None, answer: Answer | None) -> tuple[Pointed, ...]:
    """The total in the current line: one metric, over all months and sources that are looked at."""
    row = pane.table.currentIndex().row()
    if holding is None or answer is None or row < 0:
        return ()
    total = pane.model.total(row)
    months = [f"{one.first:%Y-%m}" for one in answer.series.months]
    return (Pointed(_asked(holding, answer, total.metric, months), total.uses),)


def asked_of_chart(pane: ChartPane, holding: Holding | None, answer: Answer | None) -> tuple[Pointed, ...]:
    """The bars at the mark, or those of the current line of the table beside it; one for each metric."""
    chart_is_seen = pane.stack.currentWidget() is pane.chart
    at = pane.chart.mark() if chart_is_seen else pane.table.currentIndex().row()
    if holding is None or answer is None or at is None or not 0 <= at < len(answer.series.months):
        return ()
    month = f"{answer.series.months[at].first:%Y-%m}"
    metrics = list(answer.series.lines)
    column = pane.table.currentIndex().column()
    if not chart_is_seen and 0 < column <= len(metrics):
        metrics = [metrics[column - 1]]
    found = ((metric, answer.series.lines[metric][at]) for metric in metrics)
    return tuple(Pointed(_asked(holding, answer, metric, [month]), uses) for metric, uses in found if uses)


def asked_of_sums(pane: SumsPane, holding: Holding | None, answer: Answer | None) -> tuple[Pointed, ...]:
    """The sums in the current line: one title, source, platform or publisher; one for each metric."""
    row = pane.table.currentIndex().row()
    if holding is None or answer is None or answer.sums_by is None or not 0 <= row < answer.sums_by.height:
        return ()
    column, metrics = answer.sums_by.columns[0], metrics_of(answer.sums_by)
    value = answer.sums_by[column][row]
    months = [f"{one.first:%Y-%m}" for one in answer.series.months]
    found = []
    for metric in metrics:
        asked = _asked(holding, answer, metric, months)
        if column == SOURCE_NAME:
            same = [one for one in (asked.source_id, *asked.others) if holding.names.get(one) == value]
            asked = replace(asked, source_id=same[0], others=tuple(same[1:])) if same else asked
        else:
            asked = replace(asked, where={**asked.where, column: value})
        found.append(Pointed(asked, int(answer.sums_by[metric][row] or 0), column))
    return tuple(one for one in found if one.shown)


def _asked(holding: Holding, answer: Answer, metric: str, months: Sequence[str]) -> Asked:
    conditions = answer.question.conditions
    named = [one.test for one in conditions if one.column == SOURCE_NAME and isinstance(one.test, Contains)]
    chosen = answer.question.choice.sources or tuple(holding.names)
    sources = tuple(one for one in chosen if all(_fits(each, holding.names[one]) for each in named)) or chosen
    return Asked(
        sources[0],
        holding.report_type,
        metric,
        tuple(months),
        others=sources[1:],
        conditions=tuple(one for one in conditions if one.column not in _SUMMED_BY),
    )


def _fits(wanted: Contains, name: str) -> bool:
    return plain(name) == wanted.text if wanted.whole else wanted.text in plain(name)


def asked_of(table: UsageTable, holding: Holding | None) -> Asked | None:
    """The number in the current row: its source, metric and month, and whatever else is known of the row."""
    row = table.currentIndex().row()
    if holding is None or row < 0:
        return None
    model = table.usage

    def value(key: str) -> object:
        return model.value(row, key)

    month, release, report_type = value("usage_date"), str(value("release")), holding.report_type
    names = {name for name in model.frame.columns if name in USAGE and name not in _ASKED_APART}
    among: Mapping[str, tuple[str, ...]] = {}
    if holding.worked_out:
        report_type, names = str(value("report_type")), names.intersection(shown_by(holding.report_type, release))
        among = let_through(holding.report_type, report_type, release)
    known = {name: _plain(value(name)) for name in names}
    where = {name: one for name, one in known.items() if isinstance(one, str | int | None)}
    text = f"{month:%Y-%m}" if isinstance(month, date) else str(month)[:7]
    return Asked(
        int(str(value("statistics_source_ID"))),
        report_type,
        str(value("metric_type")),
        (text,),
        release,
        where,
        among=among,
    )


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int) else ...
