"""`nolcat inspect --inventory`: one list of everything, and how each report stands to those before it."""

from __future__ import annotations

import argparse
from pathlib import Path

from nolcat_desktop.cli.output import Output
from nolcat_desktop.progress import Progress

_SHOWN_CELLS = 10


def add_inventory_option(command: argparse.ArgumentParser) -> None:
    """Add `--inventory` to `inspect`."""
    text = (
        "also say which reports are the same or share months; files that have not changed since the last time are not "
        "read again (INDEX: where that is remembered, by default with this user's other state)"
    )
    command.add_argument("--inventory", nargs="?", type=Path, const=Path(), metavar="INDEX", help=text)


def run_inventory(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Print the inventory of the paths; 1 when a file that was named, or one that is broken, gave no report."""
    from nolcat_desktop.workflow.inventory import InventoryLine, State, inventory_lines
    from nolcat_desktop.workflow.inventory_index import default_place, opened

    place = given.inventory if given.inventory != Path() else default_place()
    counts: dict[State, int] = {}
    code = 0

    def told(line: InventoryLine) -> str:
        facts = line.facts
        where = f"{facts.file} [{facts.sheet}]" if facts.sheet else facts.file
        if not facts.is_report:
            problem = f"{facts.problem.title}. {facts.problem.meaning}" if facts.problem else ""
            return f"{where}\n  {line.state}: {facts.what}. {problem}"
        months = f"{facts.months[0]} to {facts.months[-1]}" if facts.months else "no months"
        text = (
            f"{where}\n  {line.state}: {facts.report_id or '?'} (Release {facts.release or '?'}), {facts.provider}, "
            f"{months}, {facts.rows:,} rows, control sum {facts.total:,}"
        )
        if line.other is not None:
            text += f"\n  beside {line.other.file}"
            text += f"; equal: {_span(line.equal)}" if line.equal else ""
            text += f"; other numbers: {_span(line.differing)}" if line.differing else ""
        if facts.damaged:
            cells = ", ".join(f"{position} “{value}”" for position, value in facts.damaged[:_SHOWN_CELLS])
            text += f"\n  cannot be read ({facts.damaged_count:,}): {cells}"
        return f"{text}\n  Cannot be stored: {facts.problem.title}" if facts.problem else text

    with opened(place) as index:
        for line in inventory_lines(given.paths, progress, index):
            counts[line.state] = counts.get(line.state, 0) + 1
            missed = line.state is State.UNREADABLE or (line.facts.named and not line.facts.is_report)
            code |= missed
            output.line(line.as_dict(), told(line))
    output.say(", ".join(f"{number:,} {state}" for state, number in counts.items()) or "nothing found")
    return int(code)


def _span(months: tuple[str, ...]) -> str:
    """Months in few words: the first, the last and how many, where there are more than three."""
    few = 3
    return ", ".join(months) if len(months) <= few else f"{len(months)} months of {months[0]} to {months[-1]}"
