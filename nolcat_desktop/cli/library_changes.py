"""`nolcat library remove`, `tidy`, `rebuild`, `aside`, `answer`, `alias`, `map`: what changes a library."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from nolcat_desktop import __version__
from nolcat_desktop.cli.library_proofs import certificate, difference, explanation, where
from nolcat_desktop.cli.opening import existing_library
from nolcat_desktop.cli.output import Output
from nolcat_desktop.dataset import Alias, Answer, Entry, Library, Named
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import answering, keeping_aside, mapping_sources, rebuilding, removing
from nolcat_desktop.workflow.months_between import months_between
from nolcat_desktop.workflow.viewing import spans

T = TypeVar("T")
_FEW = 12


def run_library_change(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Do what was asked of a library."""
    if given.what == "rebuild":
        return _rebuild(given, output, progress)
    return _COMMANDS[given.what](existing_library(given), given, output, progress)


def _remove(library: Library, given: argparse.Namespace, output: Output, progress: Progress) -> int:
    if given.source is given.report is given.release is given.begin is given.end is None:
        remedy = "Name a source, a report, a release or months."
        raise NolcatError(Problem("It is not said what to remove", "Nothing was removed.", remedy))
    months = None
    if given.begin or given.end:
        known = library.coverage()["month"]
        first, last = given.begin or known.min() or given.end, given.end or known.max() or given.begin
        months = tuple(months_between(str(first), str(last)))
    chosen = removing.Chosen(given.source, given.report, months, given.release)
    frame = removing.removal(library, chosen)
    if not given.dry_run:
        entry = removing.remove(library, [chosen], progress)
        output.say(f"Removed as entry {entry.entry}; undo brings it back.")
    for row in frame.iter_rows(named=True):
        first, last = row["first_month"], row["last_month"]
        span = first if first == last else f"{first} to {last}"
        name = row["statistics_source_name"] or row["statistics_source_ID"]
        uses = f"{row['uses']:,} {row['metric_type']}" if row["metric_type"] else "no usage"
        output.line(row, f"{name}, {row['report_type']}, Release {row['release']}, {span}: {uses}")
    if given.dry_run:
        output.say("Nothing was removed." if frame.height else "Nothing of that is in the library.")
    return 0


def _tidy(library: Library, given: argparse.Namespace, output: Output, _progress: Progress) -> int:
    found = library.tidying() if given.dry_run else library.tidy(originals=given.originals)
    originals = found.originals if given.originals else ()
    size = found.bytes_of_versions + (found.bytes_of_originals if given.originals else 0)
    fields = {
        "versions": len(found.versions),
        "originals": len(originals),
        "bytes": size,
        "entries": list(found.entries),
        "freed": not given.dry_run,
    }
    would, can = ("would be", "could then") if given.dry_run else ("were", "can")
    ends = f"Entries {_numbers(found.entries)} of the history {can} no longer be undone or redone."
    text = (
        f"Earlier versions: {len(found.versions):,}, originals: {len(originals):,}; {size:,} bytes {would} freed. "
        f"{ends if found.entries else 'Nothing that can be undone now is lost by that.'}"
    )
    output.line(fields, text)
    return 0


def _numbers(entries: Sequence[int]) -> str:
    """`1, 2, 5`; of many the first and the last."""
    return ", ".join(map(str, entries)) if len(entries) <= _FEW else f"{entries[0]} to {entries[-1]}"


def _rebuild(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    work = rebuilding.foresee if given.dry_run else rebuilding.rebuild
    found = work(given.library, lambda: datetime.now(UTC), __version__, progress)
    for one in found.done:
        told = one.problem.as_dict() if one.problem else dict.fromkeys(("title", "meaning", "remedy"))
        fields = {"path": one.path, "how": one.how.value, **{key: told[key] for key in ("title", "meaning", "remedy")}}
        more = f". {one.problem.title}. {one.problem.meaning}" if one.problem else ""
        output.line(fields, f"{one.path}: {one.how.value}{more}")
    for fault in found.left:
        output.line({"path": fault.path, "how": "left", **fault.as_dict()}, f"{fault.path}: {fault.problem.title}.")
    output.say(_left_by(found, given.dry_run))
    return int(bool(found.left) or any(one.how is rebuilding.How.LOST for one in found.done))


def _left_by(found: rebuilding.Rebuilding, dry_run: bool) -> str:
    """How it stands after a rebuilding, or would."""
    if dry_run and found.done:
        return f"Nothing was changed. Looked after would be {len(found.done)}, left {len(found.left)}."
    return "All is whole." if not found.left else f"Problems left: {len(found.left)}."


def _aside(library: Library, given: argparse.Namespace, output: Output, progress: Progress) -> int:
    if given.make_live is not None:
        return _entry(keeping_aside.make_live(library, given.make_live, progress), output)
    for one in _listed(keeping_aside.kept_aside(library), "Nothing is kept aside.", output):
        load = one.load
        fields = {
            "path": one.path,
            "statistics_source_ID": load.source_id,
            "report_type": load.report_type,
            "release": load.release,
            "original": load.original,
            "months": list(load.months),
            "rows": load.rows,
            "against": list(one.against),
        }
        text = f"{one.path}\n  {one.source}, {load.report_type}, Release {load.release}, {spans(load.months)}, "
        text += f"{load.rows:,} rows, from {load.original}"
        text += f"\n  counted by another report now: {spans(one.against)}" if one.against else ""
        output.line(fields, text)
    return 0


def _answer(library: Library, given: argparse.Namespace, output: Output, _progress: Progress) -> int:
    if given.source is not None:
        said = Answer(given.source, given.report, given.begin, given.end, given.note)
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        return _entry(answering.answer(library, [said], today, withdraw=given.withdraw), output)
    names = library.sources().names()
    for one in _listed(library.decisions().answers, "No answer was given.", output):
        fields = {
            "statistics_source_ID": one.source_id,
            "report_type": one.report_type or None,
            "first": one.first,
            "last": one.last,
            "note": one.note,
            "on": one.on,
            "entry": one.entry,
        }
        span = f"{one.first or 'the beginning'} to {one.last or 'now'}"
        note = f" ({one.note})" if one.note else ""
        name = names.get(one.source_id, one.source_id)
        output.line(fields, f"{name}, {one.report_type or 'all reports'}, {span}: no report exists{note}")
    return 0


def _alias(library: Library, given: argparse.Namespace, output: Output, _progress: Progress) -> int:
    if given.name is not None:
        name, stands_for = given.name
        made = Alias(Named(given.of), name, stands_for, given.source, given.begin, given.end)
        return _entry(answering.name_alias(library, [made], withdraw=given.withdraw), output)
    for one in _listed(library.decisions().aliases, "No name was given.", output):
        fields = {
            "of": str(one.what),
            "name": one.name,
            "stands_for": one.stands_for,
            "statistics_source_ID": one.source_id,
            "first": one.first,
            "last": one.last,
            "entry": one.entry,
        }
        span = f", {one.first or 'the beginning'} to {one.last or 'now'}" if one.first or one.last else ""
        of = f", source {one.source_id} only" if one.source_id is not None else ""
        output.line(fields, f"{one.what} “{one.name}” stands for “{one.stands_for}”{of}{span}")
    return 0


def _map(library: Library, given: argparse.Namespace, output: Output, progress: Progress) -> int:
    if given.own_numbering is not None:
        return _entry(answering.declare_numbering(library, given.own_numbering == "yes"), output)
    if given.pairs:
        return _entry(mapping_sources.map_sources(library, dict(given.pairs), progress), output)
    for one in _listed(mapping_sources.proposed_mapping(library), "No source was numbered here.", output):
        fields = {"local": one.local_id, "name": one.name, "nolcat": one.nolcat_id, "nolcat_name": one.nolcat_name}
        known = f"seems to be {one.nolcat_name} ({one.nolcat_id})" if one.nolcat_id else "is not in NoLCAT's list"
        output.line(fields, f"{one.name} ({one.local_id}) {known}")
    return 0


def _listed(found: Sequence[T], nothing: str, output: Output) -> Sequence[T]:
    """What is to be listed; that it is nothing is said."""
    if not found:
        output.say(nothing)
    return found


def _entry(entry: Entry, output: Output) -> int:
    output.line({"entry": entry.entry, "what": entry.what}, f"Entry {entry.entry}: {entry.what}.")
    return 0


_COMMANDS: dict[str, Callable[[Library, argparse.Namespace, Output, Progress], int]] = {
    "remove": _remove,
    "tidy": _tidy,
    "aside": _aside,
    "answer": _answer,
    "alias": _alias,
    "map": _map,
    "explain": explanation,
    "certificate": certificate,
    "difference": difference,
    "where": where,
}
