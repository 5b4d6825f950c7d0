"""`nolcat validate`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import polars as pl

from nolcat_desktop.cli.opening import existing_library
from nolcat_desktop.cli.output import Output
from nolcat_desktop.cli.report_commands import told_in, where
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.export import how_many
from nolcat_desktop.findings import no_findings
from nolcat_desktop.progress import Progress
from nolcat_desktop.validation import ReportSums
from nolcat_desktop.workflow import (
    Held,
    Judging,
    Past,
    Validation,
    ValidationReport,
    find_reports,
    only_file,
    validate_found,
)
from nolcat_desktop.workflow.known_bindings import KnownBindings
from nolcat_desktop.workflow.validating import beside_one_another

_SHOWN = 40
"""Kinds of findings of one report that are printed as text; --json prints up to 10,000 findings."""
_PLACES = 5
_VALUES = 3
_INDENT = " " * 18


def run_validate(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Print what is wrong with each report found; 1 when there is an error or worse.

    Text is printed report by report; a line of JSON holds also what reports say against one another, so that the
    lines wait until all were read.
    """
    kept = ValidationReport(given.report, given.message)
    library = existing_library(given) if given.library is not None else None
    past, today = Past(library) if library is not None else None, datetime.now().astimezone().date()
    judging = Judging(given.official, today, past, KnownBindings(library), only_file(given.paths))
    code = 0
    held: list[Held] = []
    sums: list[ReportSums | None] = []
    places: list[tuple[str, str | None]] = []
    for found in validate_found(find_reports(given.paths, progress, told=told_in(given)), progress, judging):
        groups = found.groups() if kept.targets() or not output.as_json else no_findings()
        kept.add(found, groups)
        sums.append(found.sums)
        places.append(found.place)
        code |= found.is_missed or (found.is_report and found.verdict >= Level.ERROR)
        if not output.as_json:
            output.line({}, _told(found, groups))
        elif given.official:
            output.line(found.line().as_dict(), "")
        else:
            held.append(found.line().held())
    beside = beside_one_another(places, sums, judging)
    for place, one in enumerate(held):
        line = one.line()
        output.line((line.with_more(beside[place]) if place in beside else line).as_dict(), "")
    if beside and not output.as_json:
        output.line({}, _beside(beside))
    kept.beside(beside)
    _write(kept, given, output)
    return int(code)


def _told(found: Validation, groups: pl.DataFrame) -> str:
    """A report and the kinds of findings in it, the worst first."""
    counts = ", ".join(f"{number:,} × {label}" for label, number in found.counts.items() if number)
    line = found.line()
    what = f"{line.report_id} (Release {line.release}): " if line.report_id else ""
    lines = [f"{where(line.file, line.sheet)}\n  {what}{line.verdict.label}{f' ({counts})' if counts else ''}"]
    for group in groups.head(_SHOWN).iter_rows(named=True):
        lines.append(f"  {Level(group['level']).label:14}  {group['message']} [{group['rule']}]")
        lines += _places(group)
    if groups.height > _SHOWN:
        left = int(groups.get_column("count")[_SHOWN:].sum())
        lines.append(f"  … and {left:,} more of {groups.height - _SHOWN:,} other kinds (--report keeps them all)")
    return "\n".join(lines)


def _places(group: dict[str, Any]) -> list[str]:
    """Under a kind of findings: how many rows, where first, and what stands there."""
    count = group["count"]
    positions, values = group["positions"][:_PLACES], group["values"][:_VALUES]
    at = ", ".join(positions) + (", …" if count > len(positions) else "")
    parts = [how_many(group)] if count > 1 else []
    parts += [at] if positions else []
    lines = [_INDENT + ": ".join(parts)] if parts else []
    if count > 1 and values and "…" in group["message"]:
        said = ", ".join(f"“{value}”" for value in values)
        lines.append(f"{_INDENT}{said}{', …' if len(group['values']) > len(values) else ''}")
    return lines


def _beside(beside: Mapping[int, pl.DataFrame]) -> str:
    """What reports say against one another."""
    findings = pl.concat(beside.values())
    rows = findings.head(_SHOWN).select("level", "message", "rule").iter_rows()
    lines = [f"  {Level(level).label:14}  {message} [{rule}]" for level, message, rule in rows]
    if findings.height > _SHOWN:
        lines.append(f"  … and {findings.height - _SHOWN:,} more (--report keeps them all)")
    return "\n".join(["Reports beside one another", *lines])


def _write(kept: ValidationReport, given: argparse.Namespace, output: Output) -> None:
    written = list(kept.write())
    for target in written:
        output.say(f"Written: {target}")
    if given.message is not None and given.message not in written:
        output.say(f"There is nothing to ask a publisher for: {given.message} was not written.")
