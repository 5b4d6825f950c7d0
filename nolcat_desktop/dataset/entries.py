"""The entries of the history: what each run did, and whether it can still be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from nolcat_desktop.dataset.journal import Journal, Record
from nolcat_desktop.dataset.publish import effective
from nolcat_desktop.dataset.restatement import Restatement

TIDIED, REBUILD = "tidied", "rebuild"
Sums = Mapping[str, Mapping[str, int]]
"""Report type → metric → sum of counts. Report types and metrics are never added up."""


def _none() -> Sums:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RestatedCount:
    """A count that a run restated, and whose it is."""

    source_id: int
    report_type: str
    release: str
    restatement: Restatement


@dataclass(frozen=True, slots=True)
class Entry:
    """One run in the library's history."""

    entry: int
    when: datetime
    what: str
    originals: tuple[str, ...]
    """Names of the files that were added."""
    parts: tuple[str, ...]
    """Paths of the parts that changed, with `/`."""
    rows: int
    usage_total: int
    """Control sum of the usage that was stored."""
    undone: bool
    did: tuple[str, ...] = ()
    """What was done: `add`, `aside`, `remove`, `bring in`, `map`, `sources`, `answer`, `alias`, `numbering`, `repair`,
    `rebuild`."""
    source_ids: tuple[int, ...] = ()
    """The sources that it was about."""
    sums: Sums = field(default_factory=_none)
    """Of what was stored live."""
    removed: Sums = field(default_factory=_none)
    """Of what was removed."""
    rows_removed: int = 0
    restated: tuple[RestatedCount, ...] = ()
    """Counts that the publisher corrected, old and new."""
    reachable: bool = True
    """Whether it can be undone or redone still; False after tidying up, and for a rebuilding."""


def entries(journal: Journal) -> tuple[Entry, ...]:
    """Every run that was published, the oldest first."""
    last, end = last_of_each(journal), tidied_up_to(journal)
    return tuple(
        _entry(record, last[record["entry"]], end)
        for record in effective(journal.records)
        if record["does"] in ("run", REBUILD)
    )


def entries_with(journal: Journal, sha256: str) -> tuple[int, ...]:
    """The entries that ever stored something of an original, whether it is live still or not."""
    told = (loads for record in effective(journal.records) for loads in record.get("contents", {}).values())
    return tuple(sorted({load["entry"] for loads in told for load in loads if load["sha256"] == sha256}))


def last_of_each(journal: Journal) -> dict[int, Record]:
    """Entry → the record that says how it stands: its run, its last undo, or its last redo."""
    return {record["entry"]: record for record in effective(journal.records)}


def tidied_up_to(journal: Journal) -> int:
    """Number of the last record whose earlier versions were tidied away; 0 when none was."""
    return max((int(record["upto"]) for record in journal.records if record["kind"] == TIDIED), default=0)


def _entry(record: Record, last: Record, tidied: int) -> Entry:
    return Entry(
        record["entry"],
        datetime.fromisoformat(record["when"]),
        record["what"],
        tuple(record["originals"]),
        tuple(record["parts"]),
        record["rows"],
        record["usage_total"],
        last["does"] == "undo",
        tuple(record.get("did", ())),
        tuple(record.get("sources", ())),
        _frozen(record.get("sums", {})),
        _frozen(record.get("removed", {})),
        record.get("rows_removed", 0),
        tuple(
            RestatedCount(one["source"], one["report_type"], one["release"], Restatement.from_json(one))
            for one in record.get("restated", ())
        ),
        last["n"] > tidied and last["does"] != REBUILD,
    )


def _frozen(sums: Sums) -> Sums:
    return MappingProxyType({name: MappingProxyType(dict(of)) for name, of in sums.items()})
