"""What became of NoLCAT's relation, or would, line by line and as a proof."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nolcat_desktop.gui.cell_text import months, number
from nolcat_desktop.gui.pages.cloud_table import Mark
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.rebuild_words import tr
from nolcat_desktop.gui.words import for_window
from nolcat_desktop.legacy import FAULT_TEXTS
from nolcat_desktop.workflow.outcome import Conversion
from nolcat_desktop.workflow.surveying import months_in_words
from nolcat_desktop.workflow.taking_over import TakenOver


def action_words(line: Conversion, done: bool) -> str:
    """What became of a report, or would."""
    match line.action:
        case "added":
            return tr("Added") if done else tr("Add")
        case "replaced":
            return tr("Replaced") if done else tr("Replace")
        case "skipped":
            return tr("Already there")
        case "failed":
            return tr("Cannot be taken over")
        case _:
            return tr("Left out")


def mark_of(line: Conversion) -> Mark:
    """Its icon."""
    icons = {
        "added": Mark("plus", Role.OK),
        "replaced": Mark("replace", Role.CHECK),
        "skipped": Mark("equal", Role.MUTED),
        "failed": Mark("hand-stop", Role.STOP),
    }
    return icons.get(line.action, Mark("eye-off", Role.MUTED))


def cells(line: Conversion, names: Mapping[int, str], done: bool) -> tuple[str, ...]:
    """What is done, report, source, months, rows, the sum in the relation, the sum stored."""
    known = line.source_id is not None
    source = names.get(line.source_id or 0, str(line.source_id)) if known else "–"
    report = f"{line.report_id} · {line.release}" if line.release else line.report_id or tr("no report")
    days = [date.fromisoformat(f"{one}-01") for one in line.months]
    span = months(min(days), max(days)) if days else ""
    stored = number(line.usage_total) if line.action in {"added", "replaced"} else "–"
    return (action_words(line, done), report, source, span, number(line.rows), number(line.file_total), stored)


def why(line: Conversion) -> str:
    """What must be said of a line beside its cells."""
    told = []
    if line.problem is not None:
        end = "" if line.problem.title.endswith("?") else "."
        meaning = months_in_words(line.problem.meaning)
        told.append(f"{line.problem.title}{end} {meaning} {for_window(line.problem).remedy}")
    told += [f"{one.position}: {one.value}" for one in line.damaged]
    return "\n".join(told)


def proof(found: TakenOver, done: bool) -> str:
    """That what was read is what the relation adds up to, and what is or would be stored of it."""
    rows, total = sum(line.rows for line in found.lines), sum(line.usage_total for line in found.lines)
    stored = tr("Rows stored: {rows}, sum {total}.") if done else tr("Rows that would be stored: {rows}, sum {total}.")
    read = tr("Rows read: {rows}, sum {total}: what NoLCAT adds up to, by source, report, month and metric.")
    told = [
        read.format(rows=number(found.rows), total=number(found.usage_total)),
        stored.format(rows=number(rows), total=number(total)),
    ]
    told += [
        (tr("1 row is left out: {reason}.") if many == 1 else tr("{rows} rows are left out: {reason}.")).format(
            rows=number(many), reason=FAULT_TEXTS[fault]
        )
        for fault, many in found.left_out.items()
    ]
    if found.notices:
        told.append(
            tr("In {n} rows a year or date could not be read, and stays empty.").format(n=number(found.notices))
        )
    return " ".join(told)


def how_many(found: TakenOver) -> int:
    """Reports that are stored, or would be."""
    return sum(line.action in {"added", "replaced"} for line in found.lines)
