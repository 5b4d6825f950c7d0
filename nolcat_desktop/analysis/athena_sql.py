"""The same answers as SQL for Athena, over the table that the pipeline publishes; the files of `resources/aws/athena`.

It is made from the tables that `standard_views` and `annual_statistics` read, so one cannot say other than the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nolcat_desktop.analysis.annual_statistics import STATISTICS
from nolcat_desktop.analysis.standard_views import STANDARD_VIEWS, column_of, of_releases, view_columns
from nolcat_desktop.counter.definition import Definition

TABLE = "usage"
_EVERY = tuple(STANDARD_VIEWS)


def files() -> dict[str, str]:
    """Name → text of every file: one for each standard view, one for all annual statistics."""
    views = {f"{view}.sql": view_sql(view) for view in _EVERY}
    return {**views, "annual_statistics.sql": statistics_sql(date(2023, 7, 1), date(2024, 6, 30))}


def view_sql(view: str) -> str:
    """A standard view, one row for each item, metric and month.

    Raises:
        ValueError: If there is no such view.
    """
    if view not in STANDARD_VIEWS:
        raise ValueError(f"not a standard view: {view}")
    names = "; ".join(f"Release {one.release}: {one.name}" for one in of_releases(view))
    master = of_releases(view)[0].family.value
    head = (
        f"-- {view} ({names}).\n"
        f"-- Of one source and month it is taken from one report of one release, never from two added up: {view} as\n"
        f"-- delivered before {master}, the newer release before the older. taken_from says which it was.\n"
        f"-- Rows of {master} without an attribute that the view filters by (not asked for) are not in it.\n"
    )
    return f"{head}{_select(view, '')};\n"


def statistics_sql(begin: date, end: date) -> str:
    """All annual statistics of a year, one row for each term; `total` is the sum of its statistic."""
    views = sorted({term.view for statistic in STATISTICS for term in statistic.terms})
    parts = [f"{view.lower()} AS (\n{_indented(_select(view, _SPAN))}\n)" for view in views]
    terms = [
        f"  SELECT {_text(one.name)} AS statistic, {_text(one.question)} AS question,"  # noqa: S608 - our own tables
        f" {_text(term.view)} AS standard_view, {_text(term.metric)} AS metric_type,\n"
        f"    (SELECT coalesce(sum(usage_count), 0) FROM {term.view.lower()} WHERE metric_type = {_text(term.metric)})"
        " AS usage_count"
        for one in STATISTICS
        for term in one.terms
    ]
    return (
        "-- Annual statistics for ACRL and ARL. Write the first and the last day of your year into `asked`.\n"
        "-- Every term is a metric of a standard view; Release 4 is not in them.\n"
        f"WITH asked AS (\n  SELECT DATE '{begin}' AS first_day, DATE '{end}' AS last_day\n),\n"
        + ",\n".join(parts)
        + ",\nterms AS (\n"
        + "\n  UNION ALL\n".join(terms)
        + "\n)\n"
        "SELECT statistic, question, standard_view, metric_type, usage_count,\n"
        "  sum(usage_count) OVER (PARTITION BY statistic) AS total\n"
        "FROM terms\nORDER BY statistic, standard_view;\n"
    )


_SPAN = "usage_date BETWEEN (SELECT first_day FROM asked) AND (SELECT last_day FROM asked)"


def _select(view: str, span: str) -> str:
    columns = view_columns(view)
    shown = ", ".join(_column(view, name) for name in columns)
    kept = ["statistics_source_id", "release", "report_type", *(name.lower() for name in columns)]
    either = "\n    OR ".join(f"({_condition(view, one)})" for one in of_releases(view))
    where = f"({either})\n    AND {span}" if span else either
    places = ", ".join(str(number) for number in range(1, len(kept) + 3))
    return (
        "SELECT statistics_source_id, release, report_type AS taken_from,\n"  # noqa: S608 - of our own tables
        f"  {shown},\n"
        "  metric_type, usage_date, sum(usage_count) AS usage_count\n"
        "FROM (\n"
        "  SELECT *, dense_rank() OVER (\n"
        "      PARTITION BY statistics_source_id, usage_date\n"
        f"      ORDER BY CASE WHEN report_type = {_text(view)} THEN 0 ELSE 1 END, release DESC\n"
        "    ) AS place\n"
        f"  FROM {TABLE}\n"
        f"  WHERE {where}\n"
        ") AS candidates\n"
        "WHERE place = 1\n"
        f"GROUP BY {places}"
    )


def _column(view: str, name: str) -> str:
    """A column of the view, null where its release has it not."""
    releases = of_releases(view)
    having = [one for one in releases if name in {column_of(element) for element in one.columns if _is_usage(element)}]
    if len(having) == len(releases):
        return name.lower()
    return f"CASE WHEN release = {_text(str(having[0].release))} THEN {name.lower()} END AS {name.lower()}"


def _is_usage(element: str) -> bool:
    try:
        column_of(element)
    except KeyError:
        return False
    return True


def _condition(view: str, one: Definition) -> str:
    filters = "".join(f" AND {column_of(name).lower()} IN ({_list(of)})" for name, of in one.fixed_filters.items())
    family = one.family.value
    return (
        f"family = {_text(family)} AND release = {_text(str(one.release))}"
        f" AND metric_type IN ({_list(one.metric_types)})\n"
        f"      AND (report_type = {_text(view)} OR (report_type = {_text(family)}{filters}))"
    )


def _list(values: Iterable[str]) -> str:
    return ", ".join(_text(value) for value in values)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
