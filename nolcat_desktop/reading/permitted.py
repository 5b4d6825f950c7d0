"""Which of several reports the cells under the headings permit: by metrics, and by attributes such as Data_Type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.elements import element
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.report import ROW

_METRIC = "Metric_Type"


def permitted(candidates: Sequence[Definition], headings: Sequence[str], cells: pl.DataFrame) -> list[Definition]:
    """Those of `candidates` that may hold the metrics and attributes which stand in the cells.

    A value contradicts a report if another candidate of the same release has it and the report itself has not (Code of
    Practice, chapter 4): a word that none of them has tells nothing. A report is ruled out where its definitions in all
    releases are contradicted, for the release is not known yet. Where all reports of a release are, the cells
    contradict one another and prove nothing.

    Args:
        candidates: Reports that the headings permit, the likelier first.
        headings: The column headings.
        cells: What stands under them, as `Grid.cells`.

    Returns:
        At least one of each release of `candidates`, in their order.
    """
    held = _held(headings, cells, {name for one in candidates for name in _values(one)})
    known: dict[tuple[Release, str], set[str]] = {}
    for one in candidates:
        for name, values in _values(one).items():
            known.setdefault((one.release, name), set()).update(values)
    fitting = {one.report_id for one in candidates if not any(_contradicts(one, held, known))}
    open_ = {one.release for one in candidates if one.report_id in fitting}
    return [one for one in candidates if one.report_id in fitting or one.release not in open_]


def _contradicts(
    one: Definition, held: dict[str, set[str]], known: dict[tuple[Release, str], set[str]]
) -> Iterator[bool]:
    own = _values(one)
    for name, texts in held.items():
        if name in own:
            yield bool((texts & known[one.release, name]) - own[name])


def _values(one: Definition) -> dict[str, set[str]]:
    """Element → its permitted values, as they are compared."""
    every = {**one.values, _METRIC: one.metric_types}
    return {name: set(map(loose, values)) for name, values in every.items() if values}


def _held(headings: Sequence[str], cells: pl.DataFrame, names: set[str]) -> dict[str, set[str]]:
    """Element → the texts that stand under its heading."""
    columns = [column for column in cells.columns if column != ROW]
    found: dict[str, set[str]] = {}
    for column, text in zip(columns, headings, strict=False):
        name = element(text, None)[0]
        if name in names and name is not None:
            found[name] = set(map(loose, cells[column].unique().drop_nulls()))
    return found
