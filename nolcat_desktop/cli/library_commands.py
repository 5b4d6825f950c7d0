"""`nolcat library …`: what is in it, its history, its sources."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from nolcat_desktop.cli.library_options import CHANGES
from nolcat_desktop.cli.opening import existing_library, lacks_files, open_library
from nolcat_desktop.cli.output import Output
from nolcat_desktop.dataset import Entry, Library, SourceList, read_nolcat_list, whereabouts
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.covering import coverage_rows
from nolcat_desktop.workflow.too_low import too_low, too_low_notes


def run_library(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Do what was asked of a library."""
    if given.what in CHANGES:
        from nolcat_desktop.cli.library_changes import run_library_change  # what it needs takes a while to import

        return run_library_change(given, output, progress)
    if given.what == "sources":
        return _sources(given, output)
    library = existing_library(given)
    return _look(library, given, output, progress)


def _look(library: Library, given: argparse.Namespace, output: Output, progress: Progress) -> int:
    match given.what:
        case "coverage":
            return _coverage(library, given, output)
        case "history":
            return _history(library, given, output)
        case "undo":
            return _entry(library.undo(given.entry), "taken back", output)
        case "redo":
            return _entry(library.redo(), "brought back", output)
        case _:
            return _verify(library, output, progress)


def _coverage(library: Library, given: argparse.Namespace, output: Output) -> int:
    names = library.sources().names()
    rows = coverage_rows(library, datetime.now(UTC).date() if given.expected else None)
    notes = too_low_notes(too_low(library), names)
    if output.as_json:
        for row in rows.iter_rows(named=True):
            output.line(row, "")
        _say_all(notes, output)
        return int(lacks_files(library, output))
    output.table(
        ("source", "name", "report", "release", "months", "", "state", "control sum"),
        ((row[0], names.get(row[0], ""), *row[1:-1], _grouped(row[-1])) for row in _spans(rows).iter_rows()),
    )
    _say_all(notes, output)
    return int(lacks_files(library, output))


def _say_all(notes: Iterable[str], output: Output) -> None:
    for note in notes:
        output.say(note)


def _spans(coverage: pl.DataFrame) -> pl.DataFrame:
    """Months in a row of which the same is known, as one line: first and last month, how many, state, control sum."""
    month = pl.col("month").str.slice(0, 4).cast(pl.Int32) * 12 + pl.col("month").str.slice(5, 2).cast(pl.Int32)
    kept = ["statistics_source_ID", "report_type", "release", "state"]
    begins = (month.diff() != 1) | pl.any_horizontal(pl.col(name) != pl.col(name).shift() for name in kept)
    first, last = pl.col("month").first(), pl.col("month").last()
    span = pl.when(first == last).then(first).otherwise(first + " to " + last)
    return (
        coverage.sort("statistics_source_ID", "report_type", "release", "month")
        .with_columns(run=begins.fill_null(value=True).cum_sum())
        .group_by("run", *kept, maintain_order=True)
        .agg(months=span, number=pl.len(), usage_total=_sum_of_known())
        .select(*kept[:3], "months", _counted("number"), "state", "usage_total")
    )


def _counted(number: str) -> pl.Expr:
    return pl.format("{} month{}", number, pl.when(pl.col(number) == 1).then(pl.lit("")).otherwise(pl.lit("s")))


def _grouped(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _sum_of_known() -> pl.Expr:
    """The control sum, blank where nothing is known."""
    total = pl.col("usage_total")
    return pl.when(total.count() > 0).then(total.sum())


def _history(library: Library, given: argparse.Namespace, output: Output) -> int:
    entries = library.history()
    if output.as_json:
        for entry in entries:
            output.line(_details(entry) if given.details else _fields(entry), "")
        return 0
    if given.details:
        for entry in entries:
            output.line({}, _told(entry))
        return 0
    output.table(
        ("entry", "when", "what", "originals", "rows", "control sum", ""),
        (
            (
                one.entry,
                f"{one.when:%Y-%m-%d %H:%M}",
                one.what,
                len(one.originals),
                f"{one.rows:,}",
                f"{one.usage_total:,}",
                "undone" if one.undone else "",
            )
            for one in entries
        ),
    )
    return 0


def _fields(entry: Entry) -> dict[str, object]:
    return {
        "entry": entry.entry,
        "when": entry.when,
        "what": entry.what,
        "originals": list(entry.originals),
        "parts": list(entry.parts),
        "rows": entry.rows,
        "usage_total": entry.usage_total,
        "undone": entry.undone,
    }


def _details(entry: Entry) -> dict[str, object]:
    return {
        **_fields(entry),
        "did": list(entry.did),
        "sums": {name: dict(of) for name, of in entry.sums.items()},
        "rows_removed": entry.rows_removed,
        "restated": [
            {"statistics_source_ID": one.source_id, "report_type": one.report_type, **one.restatement.as_json()}
            for one in entry.restated
        ],
        "reachable": entry.reachable,
    }


def _told(entry: Entry) -> str:
    """An entry in full."""
    undone = " (undone)" if entry.undone else "" if entry.reachable else " (can no longer be undone)"
    lines = [f"{entry.entry}  {entry.when:%Y-%m-%d %H:%M}  {entry.what}{undone}"]
    lines += [f"    from {name}" for name in entry.originals]
    for did, sums in (("stored", entry.sums), ("removed", entry.removed)):
        lines += [
            f"    {did} {report_type} {metric}: {count:,}"
            for report_type, of in sums.items()
            for metric, count in of.items()
        ]
    for one in entry.restated:
        told = one.restatement
        lines.append(
            f"    restated {one.report_type} {told.month}, {told.metric}: {told.before:,} → {told.after:,} (source "
            f"{one.source_id})"
        )
    return "\n".join(lines)


def _entry(entry: Entry, done: str, output: Output) -> int:
    output.line(_fields(entry), f"Entry {entry.entry} ({entry.what}, {entry.rows:,} rows) was {done}.")
    return 0


def _verify(library: Library, output: Output, progress: Progress) -> int:
    faults = library.verify(progress)
    for fault in faults:
        told = fault.problem
        output.line(fault.as_dict(), f"{fault.path}: {told.title}. {told.meaning}\n  What to do: {told.remedy}")
    counted = f"{len(faults)} problem{'s' if len(faults) != 1 else ''} found."
    output.say(counted if faults else "Everything is as it was stored.")
    warning = whereabouts(library.layout.folder).warning
    if warning is not None:
        output.problem(warning)
    return int(bool(faults))


def _sources(given: argparse.Namespace, output: Output) -> int:
    if given.take_in is not None:
        offered = read_nolcat_list(_there(given.take_in))
        _change_sources(given, "take in a list of sources", lambda held: held.taken_in(offered))
    if given.rename is not None:
        existing_library(given)
        number, name = _renaming(*given.rename)
        _change_sources(given, "rename a source", lambda held: held.renamed(number, name))
    rows = existing_library(given).sources().rows
    if output.as_json:
        for row in rows:
            named = {"statistics_source_ID": row.source_id, "statistics_source_name": row.name, "local": row.local}
            output.line(named, "")
        return 0
    output.table(
        ("id", "name", "given by"),
        ((row.source_id, row.name, "this program" if row.local else "NoLCAT") for row in rows),
    )
    return 0


def _change_sources(given: argparse.Namespace, what: str, change: Callable[[SourceList], SourceList]) -> None:
    with open_library(given).run(what) as run:
        run.sources = change(run.sources)
        run.commit()


def _renaming(number: str, name: str) -> tuple[int, str]:
    if not number.isascii() or not number.isdecimal():
        remedy = "Give the number of the source, then its new name."
        raise NolcatError(Problem(f"“{number}” is not an id", "Nothing was changed.", remedy))
    return int(number), name


def _there(path: Path) -> Path:
    if not path.is_file():
        raise NolcatError(Problem("The list is not there", f"{path} was not found.", "Check the name of the file."))
    return path
