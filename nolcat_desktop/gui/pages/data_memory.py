"""What Look at data remembers: the last question, columns and their widths; and what is asked at first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from nolcat_desktop.analysis.looking import Holding
from nolcat_desktop.analysis.table_query import Choice
from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.pages.data_columns import DEFAULT, FIXED, all_columns
from nolcat_desktop.gui.pages.data_months import all_months
from nolcat_desktop.gui.remembered import Remembered

_COLUMNS, _WIDTHS, _REPORT, _METRICS = "data_columns", "data_widths", "data_report", "data_metrics"
_MONTHS_AT_FIRST = 24
_SAID = "data_type"
"""Shown at first where a report has it."""
ALL_METRICS = ("*",)
"""Remembered where every metric was looked at, whichever there are."""
_METRICS_AT_FIRST = (
    "Total_Item_Requests",
    "Searches_Regular",
    "Unique_Item_Requests",
    "Successful Full-text Article Requests",
    "Regular Searches",
)


class DataMemory:
    """Over the file of the computer."""

    def __init__(self, remembered: Remembered) -> None:
        """Read from and write to `remembered`."""
        self._remembered = remembered

    def columns(self) -> tuple[str, ...]:
        """Keys of the columns that are shown."""
        known = {column.key for column in all_columns()}
        kept = [key for key in self._texts(_COLUMNS) if key in known]
        return tuple(dict.fromkeys([*kept, *FIXED])) if kept else DEFAULT

    def is_default(self) -> bool:
        """Whether nobody chose columns."""
        return not self._texts(_COLUMNS)

    def shown(self, frame: pl.DataFrame, apart: Sequence[str]) -> tuple[str, ...]:
        """Those that were chosen; at first the usual ones as far as they say anything, and what tells rows apart.

        Args:
            frame: What is held.
            apart: Its columns that tell rows apart.
        """
        chosen = self.columns()
        if not self.is_default():
            return chosen
        said = (one for one in chosen if one != _SAID or frame.get_column(one).null_count() < frame.height)
        return tuple(dict.fromkeys([*said, *apart]))

    def unasked(self, apart: Sequence[str]) -> tuple[str, ...]:
        """Columns that nobody chose, those that say least first."""
        return (_SAID, *reversed(apart)) if self.is_default() else ()

    def put_columns(self, keys: Sequence[str]) -> None:
        """Show these from now on."""
        self._remembered.put(_COLUMNS, [] if set(keys) == set(DEFAULT) else list(keys))

    def all_columns(self, report_type: str) -> tuple[Column, ...]:
        """Every column, in the default order first."""
        rows = {column.key: column for column in all_columns(report_type)}
        first = [rows[key] for key in DEFAULT if key not in FIXED and key != "usage_date"]
        last = [rows[key] for key in ("usage_date", *FIXED)]
        return (*first, *(rows[key] for key in rows if rows[key] not in first + last), *last)

    def widths(self) -> Mapping[str, int]:
        """Column → width in u, where it was changed."""
        kept: dict[str, object] = self._remembered.get(_WIDTHS, {})
        return {key: value for key, value in kept.items() if isinstance(value, int) and value > 0}

    def put_widths(self, widths: Mapping[str, int]) -> None:
        """Remember widths."""
        self._remembered.put(_WIDTHS, dict(widths))

    def report_type(self) -> str:
        """Which reports were looked at last; empty: none yet."""
        return self._remembered.get(_REPORT, "")

    def put_report_type(self, report_type: str) -> None:
        """These reports are looked at."""
        self._remembered.put(_REPORT, report_type)

    def choice(self) -> Choice:
        """The metrics that were looked at last; months and sources belong to a library."""
        return Choice(metrics=tuple(self._texts(_METRICS)))

    def _texts(self, name: str) -> list[str]:
        kept: list[object] = self._remembered.get(name, [])
        return [one for one in kept if isinstance(one, str)]

    def put_choice(self, choice: Choice) -> None:
        """This is looked at."""
        self._remembered.put(_METRICS, list(choice.metrics or ALL_METRICS))


def known_months(holding: Holding) -> tuple[list[date], dict[int, str]]:
    """The months from the first to the last that is known of the reports held, and their sources with names."""
    known = holding.coverage.filter(holding.coverage["report_type"] == holding.report_type)
    found = sorted(date.fromisoformat(f"{one}-01") for one in known["month"].unique().to_list())
    ids = {*known["statistics_source_ID"].to_list(), *holding.frame["statistics_source_ID"].unique().to_list()}
    names = {one: holding.names.get(one, str(one)) for one in ids}
    return (all_months(found[0], found[-1]) if found else []), names


def since_gap(holding: Holding) -> date | None:
    """January of the first year in which a source has a month missing between others; None: it has none."""
    known = holding.coverage.filter(holding.coverage["report_type"] == holding.report_type)
    found: list[date] = []
    for _, months in known.group_by("statistics_source_ID").agg("month").iter_rows():
        there = {date.fromisoformat(f"{one}-01") for one in months}
        found += [one for one in all_months(min(there), max(there)) if one not in there][:1]
    return min(found).replace(month=1) if found else None


def first_choice(before: Choice, months: Sequence[date], metrics: Sequence[str], since: date | None = None) -> Choice:
    """What was asked before as far as it can be asked here; else the months `since` or of two years, a usual metric."""
    begin, end = before.begin, before.end
    if begin not in months or end not in months:
        begin, end = (months[-_MONTHS_AT_FIRST:][0], months[-1]) if months else (None, None)
        begin = since if since in months else begin
    wanted = tuple(one for one in before.metrics if one in metrics)
    if before.metrics == ALL_METRICS or (before.begin is not None and not before.metrics):
        return Choice(begin, end, before.sources)
    usual = [one for one in _METRICS_AT_FIRST if one in metrics] or list(metrics)
    return Choice(begin, end, before.sources, wanted or tuple(usual[:1]))
