"""A run: everything that one action of the user stores, published whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from nolcat_desktop.dataset.assemble import check_written, may_be_the_part, write_part, write_superseded, write_usage
from nolcat_desktop.dataset.border import damaged_part, disk
from nolcat_desktop.dataset.files import make_folder, replace_file, sha256_of, sync_file, write_file
from nolcat_desktop.dataset.journal import Journal
from nolcat_desktop.dataset.layout import README, SOURCES, Layout, part_path
from nolcat_desktop.dataset.loads import Load
from nolcat_desktop.dataset.originals import is_kept, keep_original, stage_original
from nolcat_desktop.dataset.parts import Holding
from nolcat_desktop.dataset.planning import Candidate, IfLoaded, Plan, plan
from nolcat_desktop.dataset.publish import BeforeStep, Change, publish, state_of
from nolcat_desktop.dataset.readme import README_TEXT
from nolcat_desktop.dataset.sources import SourceList
from nolcat_desktop.dataset.tally import in_months
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress


@dataclass(frozen=True, slots=True)
class Setting:
    """What a run works with."""

    layout: Layout
    journal: Journal
    entry: int
    program: str
    what: str
    when: datetime
    before_step: BeforeStep


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one report."""

    part: str | None
    """Path of its part with `/`; None when nothing was stored, and for an empty report."""
    rows: int
    usage_total: int
    months: tuple[str, ...]


class Run:
    """Collects what is to be stored; nothing is seen in the library before `commit`. Made by `Library.run`."""

    def __init__(self, setting: Setting, holdings: Sequence[Holding], sources: SourceList) -> None:
        """Start with what is live now: `holdings` and `sources`."""
        self._setting = setting
        self._live: dict[tuple[int, str], list[Holding]] = {}
        for held in holdings:
            self._live.setdefault(_key(held.load), []).append(held)
        self._touched: set[str] = set()
        self._originals: dict[str, Path | None] = {}
        self._known_sources = sources
        self._sources = sources
        self._made = 0
        self._stored: list[Load] = []
        self._closed = False
        self.entry = setting.entry

    @property
    def sources(self) -> SourceList:
        """The list of sources with what this run added."""
        return self._sources

    @sources.setter
    def sources(self, changed: SourceList) -> None:
        self._sources = changed

    @property
    def loads(self) -> tuple[Load, ...]:
        """Every load that is live, those of this run among them."""
        return tuple(held.load for of in self._live.values() for held in of if held.load.states)

    def plan(self, candidate: Candidate, if_loaded: IfLoaded = "fail") -> Plan:
        """What adding `candidate` would do, beside what is live and what this run has added. See `planning.plan`."""
        return plan(candidate, self._live.get(_key(candidate.load), ()), if_loaded)

    def add(self, planned: Plan, original: Path | bytes | None = None) -> Stored:
        """Do what `planned` says: write the usage beside the library, and keep the original.

        Args:
            planned: From `plan` of this run, asked just before. Skipped and failed reports change nothing.
            original: The file or its bytes; its SHA-256 must be that of the load. None only if it is kept already.

        Raises:
            NolcatError: If the disk refuses, or the original is not the file that was read.
            ValueError: If the usage is not what the load announces: a defect.
        """
        self._check_open()
        if not planned.store:
            return Stored(None, 0, 0, ())
        self._keep(planned.candidate.load.sha256, original)
        load = replace(planned.candidate.load.narrowed(planned.store), entry=self.entry, program=self._setting.program)
        self._hold(load, planned.candidate)
        self._take_over(planned, planned.take_over)
        self._stored.append(load)
        if load.is_empty:
            return Stored(None, 0, 0, load.months)
        return Stored(part_path(*_place(load)), load.rows, load.tally.total, load.months)

    def remove(self, source_id: int, report_type: str, months: Sequence[str] | None = None) -> tuple[str, ...]:
        """Take months (all when None) of a source's report out of the library; returns those that were there."""
        self._check_open()
        held = self._live.get((source_id, report_type), [])
        there = {month for each in held for month in each.load.months}
        gone = there if months is None else there & set(months)
        self._drop(held, gone)
        return tuple(sorted(gone))

    def commit(self, progress: Progress | None = None) -> int | None:
        """Publish everything and return the number of the entry; None when there was nothing to do.

        Raises:
            NolcatError: If the disk refuses, or a part was changed by something else. The library is as before.
            Cancelled: If the user asked to stop while parts were being written.
        """
        self._check_open()
        setting = self._setting
        told = progress or Progress()
        changes = [
            change for path in told.over("Writing", sorted(self._touched)) if (change := self._part_change(path))
        ]
        if self._sources != self._known_sources:
            changes.append(self._sources_change())
        self._closed = True
        if not changes:
            return None
        setting.before_step("originals")
        for sha256, staged in self._originals.items():
            if staged is not None:
                keep_original(setting.layout, staged, sha256)
        self._write_readme()
        publish(setting.layout, setting.journal, changes, self._record(changes), setting.before_step)
        return self.entry

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeError("this run has been committed")

    def _keep(self, sha256: str, original: Path | bytes | None) -> None:
        if sha256 in self._originals:
            return
        if original is not None:
            self._originals[sha256] = stage_original(original, sha256, self._setting.layout.unfinished)
        elif is_kept(self._setting.layout, sha256):
            self._originals[sha256] = None
        else:
            raise NolcatError(_NO_ORIGINAL)

    def _hold(self, load: Load, candidate: Candidate) -> None:
        path, file = part_path(*_place(load)), self._working_file()
        usage = candidate.usage
        if load.tally != candidate.load.tally:
            usage = usage.filter(in_months(load.months))
        write_usage(usage, file, [load])
        check_written(file, load)
        self._live.setdefault(_key(load), []).append(Holding(path, file, 0, load, load, pending=True))
        self._touched.add(path)

    def _working_file(self) -> Path:
        self._made += 1
        return self._setting.layout.unfinished / f"working-{self._made}.parquet"

    def _take_over(self, planned: Plan, months: Sequence[str]) -> None:
        for each in planned.months:
            if each.month in months:
                key = _key(planned.candidate.load)
                places = {(held.file, held.offset) for held in each.against}
                self._drop([held for held in self._live[key] if (held.file, held.offset) in places], {each.month})

    def _drop(self, held: Sequence[Holding], months: set[str]) -> None:
        for each in list(held):
            if months & set(each.load.months):
                listed = self._live[_key(each.load)]
                listed[next(i for i, other in enumerate(listed) if other is each)] = each.without(months)
                self._touched.add(each.path)

    def _part_change(self, path: str) -> Change | None:
        """Write the part anew beside the library; None when it would be what it is."""
        layout = self._setting.layout
        before = self._before(path)
        held = sorted((each for of in self._live.values() for each in of if each.path == path), key=_order)
        live = [each for each in held if each.load.states]
        made = self._working_file()
        self._setting.before_step(f"write {path}")
        if not live and path not in sent_parts(self._setting.journal):
            return Change(path, before, None) if before else None
        if not live:
            write_superseded(made)
        elif may_be_the_part(live):
            made = live[0].file
        else:
            write_part(live, made)
        with disk(path):
            sync_file(made)
            after = sha256_of(made)
            replace_file(made, layout.unfinished / after)
        return Change(path, before, after) if after != before else None

    def _before(self, path: str) -> str | None:
        """SHA-256 of the part as it is, which must be what the history says."""
        file = self._setting.layout.at(path)
        with disk(path):
            found = sha256_of(file) if file.is_file() else None
        state = state_of(self._setting.journal.records)
        if path in state and state[path] != found:
            raise damaged_part(path, "it is not the file that was written here")
        return found

    def _sources_change(self) -> Change:
        layout = self._setting.layout
        current = layout.at(SOURCES)
        with disk(current):
            before = sha256_of(current) if current.is_file() else None
            made = self._working_file()
            write_file(made, self._sources.as_csv())
            after = sha256_of(made)
            replace_file(made, layout.unfinished / after)
        return Change(SOURCES, before, after)

    def _write_readme(self) -> None:
        layout = self._setting.layout
        target = layout.folder / README
        with disk(target):
            if not target.exists():
                made = self._working_file()
                write_file(made, README_TEXT.encode())
                replace_file(made, target)

    def _record(self, changes: Sequence[Change]) -> dict[str, object]:
        return {
            "does": "run",
            "entry": self.entry,
            "what": self._setting.what,
            "when": self._setting.when.isoformat(timespec="seconds"),
            "originals": list(dict.fromkeys(load.original for load in self._stored)),
            "parts": [change.path for change in changes if change.path != SOURCES],
            "rows": sum(load.rows for load in self._stored),
            "usage_total": sum(load.tally.total for load in self._stored),
            "highest": self._sources.highest,
        }


def prepare(layout: Layout) -> None:
    """Make the folders that a run writes into, the run's own one empty.

    Raises:
        NolcatError: If the folder cannot be written.
    """
    with disk(layout.folder):
        if layout.unfinished.exists():
            shutil.rmtree(layout.unfinished)
        make_folder(layout.unfinished)


def sent_parts(journal: Journal) -> frozenset[str]:
    """Paths of the parts that were sent once."""
    return frozenset(path for record in journal.records if record["kind"] == "sent" for path in record["parts"])


def _key(load: Load) -> tuple[int, str]:
    return load.source_id, load.report_type


def _place(load: Load) -> tuple[int, str, date | None]:
    return load.source_id, load.report_type, load.harvested


def _order(held: Holding) -> tuple[int, int]:
    return (1, held.load.entry) if held.pending else (0, held.offset)


_NO_ORIGINAL = Problem(
    "The original file is not there",
    "A report is only stored together with the file that it comes from. Nothing was stored.",
    "Add the file itself.",
)
