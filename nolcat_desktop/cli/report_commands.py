"""`nolcat inspect` and `convert`."""

from __future__ import annotations

import argparse

from nolcat_desktop.cli.inventory_command import run_inventory
from nolcat_desktop.cli.opening import open_library
from nolcat_desktop.cli.output import Output
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import Told
from nolcat_desktop.workflow import Conversion, Inspection, Wishes, convert, inspect
from nolcat_desktop.workflow.converting import Converted
from nolcat_desktop.workflow.viewing import spans

_SHOWN_CELLS = 10


def run_inspect(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Print what each report found is; 1 when one was expected and not found."""
    if given.inventory is not None:
        return run_inventory(given, output, progress)
    code = 0
    for found in inspect(given.paths, progress, told_in(given)):
        output.line(found.fields, _inspected(found))
        code |= found.is_missed
    return code


def _inspected(found: Inspection) -> str:
    fields = found.fields
    place = where(fields["file"], fields["sheet"])
    problem = fields["problem"]
    if not found.is_report:
        return f"{place}\n  {problem['title']}. {problem['meaning']}\n  What to do: {problem['remedy']}"
    months = fields["months"]
    span = f"{months[0]} to {months[-1]} ({len(months)} months)" if months else "no months"
    what = f"{fields['report_id'] or '?'} (Release {fields['release'] or '?'})"
    lines = [f"{place}\n  {what}, {span}, {fields['rows']:,} rows, source: {fields['source_guess']}"]
    lines += [f"  Exception {one['code']}: {one['message']}" for one in fields["exceptions"]]
    lines += [f"  Repaired {one}" for one in found.repairs[:_SHOWN_CELLS]]
    if len(found.repairs) > _SHOWN_CELLS:
        lines.append(f"  and {len(found.repairs) - _SHOWN_CELLS:,} more repairs")
    if problem:
        lines.append(f"  Cannot be stored: {problem['title']}. {problem['meaning']}")
    return "\n".join(lines)


def run_convert(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Store the reports and print what became of each; 1 when one was not stored."""
    library = open_library(given)
    wishes = Wishes(
        given.source,
        given.harvested,
        given.if_loaded,
        without_damaged=given.without_damaged,
        if_overlapping=given.if_overlapping,
        member=given.member,
        told=told_in(given),
        declined=frozenset(given.declined),
        months=tuple(given.months),
    )
    done = convert(given.paths, library, wishes, progress)
    for line in done.lines:
        output.line(line.as_dict(), _converted(line))
    output.say(_summary(done.lines, done.entry) + _not_stored(done))
    return int(any(line.action == "failed" for line in done.lines))


def _converted(line: Conversion) -> str:
    text = f"{where(line.file, line.sheet)}\n  {line.action}"
    match line.action:
        case "added" | "replaced":
            span = f"{line.months[0]} to {line.months[-1]}" if line.months else ""
            change = " (a change of release)" if line.other_release else ""
            text += f"{change}: {line.report_id} (Release {line.release}), {span}, {line.rows:,} rows in {line.part}; "
            text += f"sum in the file = sum stored = {line.usage_total:,}"
            text += f"\n  {_kept_aside(line)}" if line.aside else ""
            text += _closed(line)
            if line.damaged:
                cells = [f"{cell.position} “{cell.value}”{_of(cell.month)}" for cell in line.damaged[:_SHOWN_CELLS]]
                more = len(line.damaged) - len(cells)
                text += f"\n  left out: {', '.join(cells)}{f' and {more:,} more' if more else ''}"
            text += "".join(f"\n  repaired {one}" for one in line.repairs[:_SHOWN_CELLS])
            if len(line.repairs) > _SHOWN_CELLS:
                text += f"\n  and {len(line.repairs) - _SHOWN_CELLS:,} more repairs, all told with the load"
        case "aside":
            text += f": {line.report_id} (Release {line.release}) was kept, but does not count. {_kept_aside(line)}"
        case "skipped":
            text += f": {line.report_id}, its months are there already"
        case "empty":
            text += f": {line.report_id} has no usage; that is kept{_closed(line)}"
        case _:
            text += _because(line.problem)
    return text


def _of(month: str | None) -> str:
    return f" ({month})" if month else ""


def _closed(line: Conversion) -> str:
    """The months that were too low and are no longer."""
    if not line.closed:
        return ""
    return f"\n  closed: of {spans(line.closed)} counts had been left out that could not be read; here they can be"


def _kept_aside(line: Conversion) -> str:
    """The months that are stored and not live, and what can be done about it."""
    return (
        f"Kept aside: {spans(line.aside)}; the library goes on counting what it has of {_these(line.aside)}. See "
        "`nolcat library aside`; --make-live puts them in its place."
    )


def _these(months: tuple[str, ...]) -> str:
    return "this month" if len(months) == 1 else "these months"


def _because(problem: Problem | None) -> str:
    if problem is None:
        return ""
    where = f" [{problem.position}]" if problem.position else ""
    return f": {problem.title}{where}. {problem.meaning}\n  What to do: {problem.remedy}"


def _not_stored(done: Converted) -> str:
    """The end of the account of many files: cells that were left out, and reports that were not stored, by reason."""
    cells, reports = done.damaged
    what = "1 cell that cannot be read was" if cells == 1 else f"{cells:,} cells that cannot be read were"
    where = "1 report" if reports == 1 else f"{reports:,} reports"
    text = f"\n{what} left out, in {where}: the numbers of their months are too low." if cells else ""
    return text + "".join(f"\nNot stored ({number:,}): {title}" for title, number in done.reasons.items())


def _summary(lines: tuple[Conversion, ...], entry: int | None) -> str:
    actions = [line.action for line in lines]
    counted = ", ".join(f"{actions.count(action)} {action}" for action in dict.fromkeys(actions))
    text = f"{len(lines)} report{'s' if len(lines) != 1 else ''} or files: {counted or 'nothing found'}."
    return f"{text} History entry {entry}." if entry else text


def told_in(given: argparse.Namespace) -> Told:
    """What the user says of reports that do not say it themselves."""
    begin, end = given.period or (None, None)
    return Told(given.report_type, begin, end, given.release)


def where(file: str, sheet: str | None) -> str:
    """A file, and the sheet in it."""
    return f"{file} [{sheet}]" if sheet else file
