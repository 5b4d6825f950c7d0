"""`nolcat library explain`, `certificate`, `difference`, `where`: what proves a library."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from hashlib import sha256

from nolcat_desktop import __version__
from nolcat_desktop.cli.output import Output
from nolcat_desktop.dataset import Library
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.usage import USAGE
from nolcat_desktop.workflow.certifying import Against, Stamp, certify
from nolcat_desktop.workflow.explaining import Asked, explain
from nolcat_desktop.workflow.months_between import months_between
from nolcat_desktop.workflow.proving import (
    explanation_table,
    filters_told,
    restatements_told,
    write_certificates,
    write_explanation,
)
from nolcat_desktop.workflow.where_it_went import where_it_went


def explanation(library: Library, given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Say which cells a number comes from."""
    months = tuple(months_between(given.begin, given.end or given.begin))
    where = {name: _typed(name, value) for name, value in given.where}
    found = explain(library, Asked(given.source, given.report, given.metric, months, given.release, where), progress)
    if given.output is not None:
        write_explanation(found, given.output)
    else:
        for row in explanation_table(found).iter_rows(named=True):
            place = f"{row['original']}{' › ' + row['sheet'] if row['sheet'] else ''} {row['position'] or ''}"
            text = f"{place}: {row['value'] if row['value'] is not None else row['usage_count']}"
            output.line(
                row, f"{text}  {row['resource_name'] or ''}" if row["use"] == "added" else f"{text}  {row['why']}"
            )
    for problem in found.problems:
        output.problem(problem)
    for sentence in (*filters_told(found), *restatements_told(found)):
        output.say(sentence)
    output.say(f"{found.total:,} {given.metric} from {found.rows:,} cells.")
    return int(not found.is_proved)


def _typed(name: str, value: str) -> str | int | None:
    if not value:
        return None
    is_number = name in USAGE and USAGE[name].is_integer()
    return int(value) if is_number and value.isascii() and value.isdecimal() else value


def certificate(library: Library, given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Compare what is stored with the originals, and write it as pages."""
    made = certify(library, Stamp(datetime.now(UTC), __version__), progress, given.entry)
    for one in made:
        fields = {
            "original": one.load.original,
            "sheet": one.load.sheet,
            "part": one.part,
            "entry": one.load.entry,
            "equal": one.is_equal,
            "sums": one.sums.height,
            "differing": int((~one.sums["equal"].drop_nulls()).sum()),
            "left_out": one.left_out.height,
            "repaired": one.repaired.height,
            "stated_differs": int((one.periods["difference"].fill_null(0) != 0).sum()),
            "against": one.against.value,
            "why": one.trouble.title if one.trouble is not None else None,
        }
        why = f"{one.trouble.title}; " if one.trouble is not None else ""
        sums = "1 sum" if one.sums.height == 1 else f"{one.sums.height:,} sums"
        output.line(fields, f"{one.load.original}: {why}{_SAID[one.against, one.is_equal]} ({sums})")
    if given.output is not None:
        write_certificates(made, given.output)
        output.say(f"{len(made)} certificate{'s' if len(made) != 1 else ''} written to {given.output}.")
    return int(not all(one.holds for one in made))


_SAID = {
    (Against.FILE, True): "every sum is equal",
    (Against.DATABASE, True): "every sum is the one that was written down then",
    (Against.FOOTER, True): "every sum is the one that was written down when it was stored",
    (Against.NOTHING, True): "nothing here proves it",
    **{(one, False): "SUMS DIFFER" for one in Against},
    (Against.UNREADABLE, True): "nothing of it can be compared",
    (Against.UNREADABLE, False): "nothing of it can be compared",
}
"""What it was compared with, and whether the sums are equal → what is said of it."""


def difference(library: Library, given: argparse.Namespace, output: Output, _progress: Progress) -> int:
    """Say what an entry of the history changed."""
    found = library.difference(given.entry)
    for row in (found.titles if given.titles else found.metrics).iter_rows(named=True):
        percent = f", {row['percent']:+.1f} %" if row["percent"] is not None else ""
        title = f" {row['resource_name'] or ''}:" if given.titles else ""
        old, new = (f"{row[side]:,}" if row[side] is not None else "–" for side in ("loaded", "offered"))
        text = f"{row['report_type']} {row['month']}, {row['metric_type']}:{title} {old} → {new}"
        output.line(row, f"{text} ({row['change']:+,}{percent}, {row['kind']})")
    if found.metrics.is_empty():
        output.say("It changed nothing that was there before.")
    if not found.titles_known:
        output.say("The earlier versions were tidied away: only sums are known.")
    return 0


def where(library: Library, given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Say what became of a cell of a file."""
    if given.file.is_file():
        name = sha256(given.file.read_bytes()).hexdigest()
    else:
        known = {held.load.sha256 for held in (*library.holdings(), *library.asides())}
        matching = [one for one in known if str(given.file) and one.startswith(str(given.file).lower())]
        if len(matching) != 1:
            remedy = "Give the file itself, or the SHA-256 of one that was loaded."
            raise NolcatError(Problem("The file is not there", f"{given.file} was not found.", remedy))
        name = matching[0]
    found = where_it_went(library, name, given.cell, given.sheet, progress)
    fields = {
        "position": found.position,
        "fate": found.fate.value,
        "value": found.value,
        "element": found.element,
        "count": found.count,
        "part": found.part,
        "rule": found.rule,
        "why": found.why,
        "rows": found.usage.height if found.usage is not None else 0,
    }
    said = f": {found.value}" if found.value is not None else ""
    more = f" in {found.part}" if found.part else f" ({found.why})" if found.why else ""
    output.line(fields, f"{found.position} ({found.element or 'header'}){said}: {found.fate.value}{more}")
    return 0
