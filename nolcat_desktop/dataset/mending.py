"""What of a damaged library can be made again, and with what: earlier versions, the history, the footers.

Which loads a part held stands in the history (`contents` of each run), so a part can be made again from its originals
even when its footer is gone. What only the history knew (who decided what, and what came before) cannot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.entries import REBUILD
from nolcat_desktop.dataset.files import copy_file, keep_file, make_folder, replace_file, sha256_of, sync_folder
from nolcat_desktop.dataset.journal import Journal, Record, append, copies
from nolcat_desktop.dataset.layout import SOURCES, Layout
from nolcat_desktop.dataset.publish import BEGUN, DONE, SENT, BeforeStep, Change, publish, state_of
from nolcat_desktop.dataset.restatement import Restatement
from nolcat_desktop.dataset.staging import Setting


@dataclass(frozen=True, slots=True)
class Lost:
    """A load that a part held, as the history tells it: enough to make it again from its original."""

    sha256: str
    original: str
    sheet: str | None
    source_id: int
    report_type: str
    release: str
    harvested: date | None
    member: str | None
    months: tuple[str, ...]
    rows: int
    total: int
    """Control sum."""
    entry: int
    program: str
    findings: Mapping[str, int]
    restated: tuple[Restatement, ...]
    told: Mapping[str, str]
    declined: tuple[str, ...]
    repairs: tuple[str, ...] = ()
    """Those for which more was needed than the original."""


@dataclass(frozen=True, slots=True)
class DamagedPart:
    """A part that is missing or is not what was written."""

    path: str
    wanted: str
    """SHA-256 that it had."""
    in_versions: bool
    """Whether the very bytes are kept."""
    loads: tuple[Lost, ...] | None
    """What it held; None when the history does not say (it was written by an older program)."""


def damaged_parts(layout: Layout, journal: Journal) -> tuple[DamagedPart, ...]:
    """Every part, live or aside, that is not there as the history says; by path.

    Raises:
        NolcatError: If a folder cannot be read.
    """
    known = contents_of(journal)
    found = []
    with disk(layout.folder):
        for path, wanted in sorted(state_of(journal.records).items()):
            if wanted is None or path == SOURCES or _is(layout, path, wanted):
                continue
            version = layout.versions / wanted
            kept = version.is_file() and sha256_of(version) == wanted
            loads = tuple(map(_lost, known[wanted])) if wanted in known else None
            found.append(DamagedPart(path, wanted, kept, loads))
    return tuple(found)


def bring_back(layout: Layout, part: DamagedPart) -> None:
    """Put the kept bytes of a part into its place, the lock being held. What was there is kept beside originals.

    Raises:
        NolcatError: If the disk refuses.
    """
    target, beside = layout.at(part.path), layout.unfinished / part.wanted
    with disk(target):
        make_folder(layout.unfinished)
        make_folder(target.parent)
        copy_file(layout.versions / part.wanted, beside)
        replace_file(beside, target)
        sync_folder(target.parent)


def publish_mended(
    layout: Layout, journal: Journal, changes: Sequence[Change], told: Mapping[str, Any], before_step: BeforeStep
) -> Journal:
    """Put parts that were made again into place; what lies there is damaged, so it is moved away first.

    Raises:
        NolcatError: If the disk refuses.
    """
    with disk(layout.folder):
        for change in changes:
            target = layout.at(change.path)
            if target.is_file() and sha256_of(target) != change.after:
                replace_file(target, layout.hidden / f"{target.name}.damaged")
    gone = [Change(change.path, None, change.after) for change in changes]
    return publish(layout, journal, gone, told, before_step)


def mended_record(setting: Setting, parts: Sequence[str], contents: Mapping[str, Any]) -> dict[str, Any]:
    """The `begun` record of a rebuilding."""
    return {
        "does": REBUILD,
        "entry": setting.entry,
        "what": setting.what,
        "when": setting.when.isoformat(timespec="seconds"),
        "originals": [],
        "parts": [path for path in parts if path[0] != "."],
        "rows": 0,
        "usage_total": 0,
        "did": [REBUILD],
        "contents": contents,
    }


def new_history(layout: Layout, journal: Journal, setting: Setting) -> Journal:
    """Begin the history anew with what is there now; the damaged copies are kept beside.

    What the surviving records say of parts that were sent and of decisions is carried over.

    Raises:
        NolcatError: If the disk refuses.
    """
    with disk(layout.hidden):
        stamp = f"{setting.when:%Y%m%dT%H%M%S}"
        for path in copies(layout):
            if path.is_file():
                keep_file(path, path.with_name(f"{path.stem}-{stamp}.damaged"), path.with_name("keep.new"))
        first = first_record(layout, journal, setting)
        for path in copies(layout):
            path.unlink(missing_ok=True)
    made = append(layout, append(layout, Journal(()), first), {"kind": DONE, "of": 1})
    sent = {
        path: sha256 for record in journal.records if record["kind"] == SENT for path, sha256 in record["parts"].items()
    }
    if sent:
        made = append(layout, made, {"kind": SENT, "when": setting.when.isoformat(timespec="seconds"), "parts": sent})
    return made


def first_record(layout: Layout, journal: Journal, setting: Setting) -> Record:
    """The record that a history begun anew begins with: what is there now, and what was decided before."""
    files = [*layout.parts(), *layout.asides()] + ([SOURCES] if layout.at(SOURCES).is_file() else [])
    changes = [asdict(Change(path, None, sha256_of(layout.at(path)))) for path in files]
    decided = [one for record in journal.records for one in record.get("decisions", ())]
    highest = max((int(record.get("highest", 0)) for record in journal.records), default=0)
    told = mended_record(setting, files, contents_of(journal))
    return {"kind": BEGUN, **told, "highest": highest, "decisions": decided, "files": changes}


def _is(layout: Layout, path: str, sha256: str) -> bool:
    file = layout.at(path)
    return file.is_file() and sha256_of(file) == sha256


def contents_of(journal: Journal) -> dict[str, list[Record]]:
    """SHA-256 of every part that ever was → its loads, as the history tells them."""
    return {sha256: of for record in journal.records for sha256, of in record.get("contents", {}).items()}


def _lost(one: Record) -> Lost:
    return Lost(
        one["sha256"],
        one["original"],
        one["sheet"],
        one["source"],
        one["report_type"],
        one["release"],
        date.fromisoformat(one["harvested"]) if one["harvested"] else None,
        one["member"],
        tuple(one["months"]),
        one["rows"],
        one["total"],
        one["entry"],
        one["program"],
        dict(one["findings"]),
        tuple(Restatement.from_json(each) for each in one["restated"]),
        dict(one["told"]),
        tuple(one["declined"]),
        tuple(one.get("repairs", ())),
    )


def when_of(journal: Journal, entry: int) -> datetime | None:
    """When an entry was made; None if the history does not know it."""
    found = (record["when"] for record in journal.records if record.get("entry") == entry)
    when = next(found, None)
    return datetime.fromisoformat(when) if when else None
