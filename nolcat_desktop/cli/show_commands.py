"""`nolcat show` and `nolcat annual`: numbers, each with what they may miss beside them."""

from __future__ import annotations

import argparse
from calendar import monthrange
from datetime import date

import polars as pl

from nolcat_desktop.analysis.annual_statistics import Answer
from nolcat_desktop.cli.opening import existing_library, lacks_files
from nolcat_desktop.cli.output import Output
from nolcat_desktop.export import write_table
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import show
from nolcat_desktop.workflow.showing import Shown
from nolcat_desktop.workflow.surveying import Survey, survey, survey_table
from nolcat_desktop.workflow.viewing import Wanted


def run_numbers(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Do what was asked: `show` or `annual`."""
    return (run_annual if given.command == "annual" else run_show)(given, output, progress)


def run_show(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Print or write the usage of one report type; 1 when the numbers may be too low."""
    progress.check()
    library = existing_library(given)
    found = show(library, given.view, Wanted(tuple(given.sources), given.begin, given.end, given.own_names))
    progress.check()
    if given.output is not None:
        write_table(found.table, given.output, about=_about(found))
        output.say(f"{found.table.height:,} rows written to {given.output}.")
    elif output.as_json:
        for row in found.table.iter_rows(named=True):
            output.line(row, "")
    else:
        output.text(found.table.write_csv())
    for note in (*found.worked_out, *found.missing):
        output.say(note)
    return int(lacks_files(library, output) or bool(found.missing))


def _about(found: Shown) -> tuple[str, pl.DataFrame] | None:
    """What must be said beside the numbers, for the second sheet of a workbook; None when nothing must be."""
    rows = [("Worked out", note) for note in found.worked_out] + [("May be too low", note) for note in found.missing]
    return ("About this table", pl.DataFrame(rows, ["What", "This table"], orient="row")) if rows else None


def run_annual(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Print or write the annual statistics; 1 when something of the year is not in them."""
    progress.check()
    first: date = given.begin
    last = given.end or (first.replace(month=12) if first.month == 1 else date(first.year + 1, first.month - 1, 1))
    library = existing_library(given)
    found = survey(library, first, last.replace(day=monthrange(last.year, last.month)[1]), given.sources)
    progress.check()
    if given.output is not None:
        write_table(survey_table(found), given.output)
        output.say(f"{len(found.answers)} statistics written to {given.output}.")
    else:
        for answer in found.answers:
            output.line(_fields(answer, found), _text(answer, found))
    output.say(f"Counted from {found.months[0]} to {found.months[-1]}.")
    for lack in found.lacks:
        output.say(lack.text)
    return int(lacks_files(library, output) or any(found.is_low(one) for one in found.answers))


def _fields(answer: Answer, found: Survey) -> dict[str, object]:
    return {
        "statistic": answer.statistic.name,
        "question": answer.statistic.question,
        "from": found.months[0],
        "to": found.months[-1],
        "total": answer.total,
        "may_be_too_low": found.is_low(answer),
        "missing": list(found.lacking(answer)),
        "parts": [
            {
                "view": part.term.view,
                "metric_type": part.term.metric,
                "total": part.total,
                "months": part.months,
                "left_out": part.left_out,
                "reasons": list(part.reasons),
            }
            for part in answer.parts
        ],
    }


def _text(answer: Answer, found: Survey) -> str:
    months, low = len(found.months), "  MAY BE TOO LOW, see below" if found.is_low(answer) else ""
    lines = [f"{answer.statistic.name}: {answer.total:,}{low}\n  {answer.statistic.question}"]
    for part in answer.parts:
        lines.append(
            f"  {part.total:>15,}  {part.term.view} {part.term.metric}, {part.months} of {months} months with use"
        )
        if part.left_out:
            lines.append(f"  {'left out:':>15}  {part.left_out:,} rows of usage: {'; '.join(part.reasons)}")
    return "\n".join(lines)
