"""Uses by month, with what is known about each month beside them: a month of which nothing is known is never 0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from nolcat_desktop.analysis.conditions import Condition
from nolcat_desktop.analysis.lacking import Lacking, Missing, count
from nolcat_desktop.analysis.table_query import SOURCE_NAME, Choice, test

_MONTHS_IN_YEAR = 12
_NOT_YET = 2
"""Months after what is due in which a source that others are ahead of is still expected."""
_SUMMED = ("usage_date", "metric_type")
"""Columns of a cube on which a condition can still be put."""
COUNTED = ("usage", "restated", "confirmed_zero", "partial", "overlapping")
"""States of coverage in which the uses of a month are known, all or in part."""

NEVER_LOADED, NO_REPORT = "never_loaded", "no_report"
"""States that no report tells: the month is expected and nobody has it; the librarian said that there is none."""

CUBE = pl.Schema(
    {
        "statistics_source_ID": pl.Int64(),
        "release": pl.String(),
        "usage_date": pl.Date(),
        "metric_type": pl.String(),
        "uses": pl.Int64(),
    }
)
"""Sums of usage: small, however many rows they are made of."""


@dataclass(frozen=True, slots=True)
class Month:
    """What is known about one month, over the sources that are asked for."""

    first: date
    counted: int
    """Sources whose uses are known."""
    expected: int
    """Sources whose uses are known, or of which a report is expected, if only later: others have brought theirs."""
    states: frozenset[str]
    """States of coverage that occur; `missing` for a source that is expected and of which nothing was loaded; none
    where nothing is expected of any source."""
    releases: tuple[str, ...]
    """Releases of the reports whose uses are known."""
    lacking: tuple[Lacking, ...] = ()
    """The sources that are expected and of which nothing was loaded."""

    @property
    def is_gap(self) -> bool:
        """Whether no uses are known."""
        return self.counted == 0

    @property
    def is_partial(self) -> bool:
        """Whether uses of some source, or of a part of a report, are not known."""
        return not self.is_gap and (self.counted < self.expected or "partial" in self.states)


@dataclass(frozen=True, slots=True)
class Seam:
    """The releases change before this month: what is counted before and after is not the same."""

    at: int
    """Index of the first month after it."""
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Uses by month."""

    months: tuple[Month, ...]
    lines: Mapping[str, tuple[int | None, ...]]
    """Metric → uses of each month; None in a gap."""
    seams: tuple[Seam, ...]

    @property
    def gaps(self) -> int:
        """How many months are gaps."""
        return sum(month.is_gap for month in self.months)

    @property
    def missing(self) -> Missing:
        """How much is missing, counted as everywhere."""
        return count(one for month in self.months for one in month.lacking)


def cube(frame: pl.DataFrame, sources: Sequence[int], conditions: Iterable[Condition]) -> pl.DataFrame:
    """Add up a held frame by source, release, month and metric, over all its months.

    Args:
        frame: As `table_query.hold` gives it.
        sources: Only these statistics sources; () for all.
        conditions: Those on months and metrics are left out here: see `narrowed`.

    Returns:
        The columns of `CUBE`.
    """
    tests = [test(frame, each) for each in conditions if each.column not in _SUMMED]
    if sources:
        tests.append(pl.col("statistics_source_ID").is_in(list(sources)))
    keys = [name for name in CUBE if name != "uses"]
    rows = frame.lazy().filter(*tests) if tests else frame.lazy()
    return rows.group_by(keys).agg(pl.col("usage_count").sum().alias("uses")).cast(CUBE).sort(keys).collect()


def narrowed(sums: pl.DataFrame, choice: Choice, conditions: Iterable[Condition]) -> pl.DataFrame:
    """Only those sums of a cube that lie in the months of `choice` and meet the conditions on months and metrics."""
    tests = [test(sums, each) for each in conditions if each.column in _SUMMED]
    if choice.begin is not None:
        tests.append(pl.col("usage_date") >= choice.begin)
    if choice.end is not None:
        tests.append(pl.col("usage_date") <= choice.end)
    return sums.filter(*tests) if tests else sums


def covered(
    coverage: pl.DataFrame, report_type: str, names: Mapping[int, str], choice: Choice, conditions: Iterable[Condition]
) -> pl.DataFrame:
    """Pick what is known about the report and the sources that are asked for.

    Args:
        coverage: In the columns statistics_source_ID, report_type, release, month (yyyy-mm) and state.
        report_type: As in coverage.
        names: Statistics source id → name.
        choice: Its sources count; its months do not.
        conditions: Those on the source or the release count.

    Returns:
        The columns statistics_source_ID, release, usage_date (first day of the month), state, source_name.
    """
    source = pl.col("statistics_source_ID")
    told = source.replace_strict(dict(names), default=source.cast(pl.String), return_dtype=pl.String)
    known = coverage.filter(pl.col("report_type") == report_type).select(
        "statistics_source_ID",
        "release",
        (pl.col("month") + "-01").str.to_date("%Y-%m-%d").alias("usage_date"),
        "state",
        (told if names else source.cast(pl.String)).alias(SOURCE_NAME),
    )
    tests = [test(known, each) for each in conditions if each.column in (SOURCE_NAME, "release")]
    if choice.sources:
        tests.append(source.is_in(list(choice.sources)))
    return known.filter(*tests) if tests else known


def of_those_found(known: pl.DataFrame, sums: pl.DataFrame, conditions: Iterable[Condition]) -> pl.DataFrame:
    """Keep what is known of the sources in which anything meets the conditions on rows.

    A title of one source is not 0 in a month that was loaded of another source only.

    Args:
        known: As `covered` gives it.
        sums: As `cube` gives it, over all months.
        conditions: Of the question; without any on rows, every source counts.
    """
    others = {*_SUMMED, SOURCE_NAME, "release"}
    if sums.is_empty() or all(each.column in others for each in conditions):
        return known
    return known.join(sums.select("statistics_source_ID").unique(), on="statistics_source_ID", how="semi")


def asked_months(known: pl.DataFrame, choice: Choice, conditions: Iterable[Condition]) -> list[date]:
    """Give the first day of each month that is asked for, in order.

    Args:
        known: As `covered` gives it.
        choice: From which month to which; an open end is the first or last month that is known.
        conditions: Those on months count: months that they leave out are not gaps.
    """
    firsts = pl.DataFrame({"usage_date": _span(known, choice)}, {"usage_date": pl.Date})
    tests = [test(firsts, each) for each in conditions if each.column == "usage_date"]
    return (firsts.filter(*tests) if tests else firsts)["usage_date"].to_list()


def month_series(
    sums: pl.DataFrame, known: pl.DataFrame, firsts: Sequence[date], metrics: Sequence[str], report_type: str = ""
) -> Series:
    """Lay out uses by month.

    Args:
        sums: As `narrowed` gives it.
        known: As `covered` gives it, with the months that are expected and not there (`coverage_whole.unloaded`);
            without those a month is expected that lies between two that are known.
        firsts: As `asked_months` gives it.
        metrics: For these, in this order.
        report_type: Of what, for the count of what is missing.

    Returns:
        One entry for each month. It is a gap where no uses are known of any source, else 0
        where there are none.
    """
    months = tuple(_months(known, firsts, report_type))
    found = {
        (metric, month): uses
        for metric, month, uses in sums.group_by("metric_type", "usage_date").agg(pl.col("uses").sum()).iter_rows()
    }
    lines = {
        metric: tuple(found.get((metric, month.first), None if month.is_gap else 0) for month in months)
        for metric in metrics
    }
    return Series(months, lines, tuple(_seams(months)))


def next_month(first: date, by: int = 1) -> date:
    """Give the first day of the month that is `by` months later."""
    number = first.year * _MONTHS_IN_YEAR + first.month - 1 + by
    return date(number // _MONTHS_IN_YEAR, number % _MONTHS_IN_YEAR + 1, 1)


def _span(known: pl.DataFrame, choice: Choice) -> list[date]:
    days = known["usage_date"]
    begin, end = choice.begin or days.min(), choice.end or days.max()
    if not isinstance(begin, date) or not isinstance(end, date):
        return []
    count = (end.year - begin.year) * _MONTHS_IN_YEAR + end.month - begin.month + 1
    return [next_month(begin.replace(day=1), by) for by in range(count)]


def _months(known: pl.DataFrame, firsts: Sequence[date], report_type: str) -> Iterable[Month]:
    states: dict[date, dict[int, set[str]]] = {}
    releases: dict[date, set[str]] = {}
    spans: dict[int, tuple[date, date]] = {}
    newest: dict[int, date] = {}
    for source, release, month, state in known.select(
        "statistics_source_ID", pl.col("release").cast(pl.String), "usage_date", "state"
    ).iter_rows():
        states.setdefault(month, {}).setdefault(source, set()).add(state)
        begin, end = spans.get(source, (month, month))
        spans[source] = (min(begin, month), max(end, month))
        if state not in {NEVER_LOADED, NO_REPORT}:
            newest[source] = max(newest.get(source, month), month)
        if state in COUNTED:
            releases.setdefault(month, set()).add(release)
    ended = {source for source, (_, end) in spans.items() if states[end][source] == {NO_REPORT}}
    for first in firsts:
        here = states.get(first, {})
        counted = sum(bool(found & set(COUNTED)) for found in here.values())
        none = {source for source, found in here.items() if found == {NO_REPORT}}
        due = {source for source, (begin, end) in spans.items() if begin <= first <= end} - none
        later = next_month(first, -_NOT_YET)
        waiting = {source for source, (_, end) in spans.items() if later <= end < first and source not in ended}
        lacks = sorted(source for source in due if here.get(source, {NEVER_LOADED}) == {NEVER_LOADED})
        lacking = tuple(Lacking(source, report_type, first, newest.get(source, first)) for source in lacks)
        said = {state for found in here.values() for state in found} - {NEVER_LOADED}
        states_here = frozenset(said | {"missing"} if lacking else said)
        yield Month(first, counted, len(due | waiting), states_here, tuple(sorted(releases.get(first, ()))), lacking)


def _seams(months: Sequence[Month]) -> Iterable[Seam]:
    before: tuple[str, ...] = ()
    for index, month in enumerate(months):
        if month.releases and before and month.releases != before:
            yield Seam(index, before, month.releases)
        before = month.releases or before
