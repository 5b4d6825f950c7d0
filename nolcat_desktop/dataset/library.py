"""The library: the one door to the folder for whoever stores, looks at or checks usage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import polars as pl

from nolcat_desktop.dataset.border import disk, failure
from nolcat_desktop.dataset.coverage import coverage
from nolcat_desktop.dataset.decisions import Decisions, decisions_of
from nolcat_desktop.dataset.difference import Difference, difference_of_entry
from nolcat_desktop.dataset.entries import entries_with
from nolcat_desktop.dataset.history import Entry, entries, next_entry, taking_back, to_redo, to_undo
from nolcat_desktop.dataset.journal import Journal, append, read_journal, repair_journal
from nolcat_desktop.dataset.layout import FIRST_LOCAL_ID, SOURCES, Layout
from nolcat_desktop.dataset.loads import Load
from nolcat_desktop.dataset.lock import writing
from nolcat_desktop.dataset.mend import Mending, foreseen, mending
from nolcat_desktop.dataset.mending import DamagedPart
from nolcat_desktop.dataset.one_member import another_member
from nolcat_desktop.dataset.parts import Holding, Part, PartIndex, scan_file, scan_foreign
from nolcat_desktop.dataset.planning import Candidate, IfLoaded, Plan, plan, refused
from nolcat_desktop.dataset.presence import Presence
from nolcat_desktop.dataset.publish import SENT, BeforeStep, clear_unfinished, pending, publish, recover, unwatched
from nolcat_desktop.dataset.run import Run, Setting, prepare
from nolcat_desktop.dataset.sources import SourceList, read_sources
from nolcat_desktop.dataset.tidying import Tidying, tidy, tidying
from nolcat_desktop.dataset.verify import Fault, verify
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.usage import USAGE

_SETTLING = 5.0
"""Seconds to wait for another program that is just putting its files into place."""


class Library:
    """A folder of usage. Reading needs no lock; one may write at a time."""

    def __init__(
        self, folder: Path, clock: Callable[[], datetime], program: str = "", before_step: BeforeStep = unwatched
    ) -> None:
        """Use `open` instead, which looks after what was interrupted."""
        self.layout = Layout(folder.expanduser().absolute())
        self.presence = Presence(self.layout)
        self._clock = clock
        self._program = program
        self._before_step = before_step
        self._index = PartIndex(self.layout)

    @classmethod
    def open(
        cls, folder: Path, clock: Callable[[], datetime], program: str = "", before_step: BeforeStep = unwatched
    ) -> Library:
        """Open the library in `folder`, which is made by the first run when it is not there.

        A run that was interrupted while it was published is brought to its end, or back to its beginning.

        Args:
            folder: The library's folder.
            clock: Tells when a run happens.
            program: Version of the program, for the footers.
            before_step: Told each step of publishing before it is taken; for tests.

        Raises:
            NolcatError: If `folder` is a file, cannot be read, or an interrupted run cannot be settled.
        """
        library = cls(folder, clock, program, before_step)
        with disk(folder):
            if library.layout.folder.exists() and not library.layout.folder.is_dir():
                raise failure(NotADirectoryError(20, "is a file", str(folder)), folder)
        library._settled()
        return library

    @contextmanager
    def run(self, what: str) -> Iterator[Run]:
        """Hold the library for one run; it is published by `commit`, and leaves nothing behind without it.

        Args:
            what: What the user did, one line for the history.

        Raises:
            NolcatError: If another window or program is writing, or the folder cannot be written.
        """
        with self._holding() as journal:
            prepare(self.layout)
            entry = next_entry(journal)
            setting = Setting(self.layout, journal, entry, self._program, what, self._clock(), self._before_step)
            aside = [held for part in self._index.asides() for held in part.holdings()]
            yield Run(setting, self._index.holdings(), self._sources(journal), aside)

    def plan(self, candidate: Candidate, if_loaded: IfLoaded = "fail", if_overlapping: IfLoaded = "fail") -> Plan:
        """What adding `candidate` would do, beside what is live now. See `Run.plan`."""
        load = candidate.load
        if candidate.names:
            known = [held.load for held in (*self.holdings(), *self.asides())]
            problem = another_member(candidate.names, known, self.decisions().aliases)
            if problem is not None:
                return refused(candidate, problem)
        return plan(
            candidate,
            [held for held in self.holdings() if _is_of(held, load.source_id, load.report_type)],
            if_loaded,
            if_overlapping,
        )

    def undo(self, entry: int | None = None, only_last: bool = False) -> Entry:
        """Take back all of one run: `entry` (if `only_last`, unless something was done since), or the last that stands.

        Raises:
            NolcatError: If there is none, a later run builds on it, or months would be counted twice.
        """
        with self._holding() as journal:
            return self._take_back(journal, to_undo(journal, entry, only_last))

    def redo(self, entry: int | None = None) -> Entry:
        """Bring back what the last undo took back: `entry`, or whatever it was.

        Raises:
            NolcatError: If nothing was undone, something was added since, or another run was undone last.
        """
        with self._holding() as journal:
            return self._take_back(journal, to_redo(journal, entry))

    def mark_sent(self, parts: Mapping[str, str]) -> None:
        """Note that these parts (path → SHA-256) were sent: they are never renamed or removed from now on."""
        with self._holding() as journal:
            when = self._clock().isoformat(timespec="seconds")
            append(self.layout, journal, {"kind": SENT, "when": when, "parts": dict(parts)})

    def history(self) -> tuple[Entry, ...]:
        """Every run, the oldest first."""
        return entries(self._settled())

    def stored_by(self, sha256: str) -> tuple[int, ...]:
        """The entries that ever stored something of an original, live still or not."""
        return entries_with(self._settled(), sha256)

    def difference(self, entry: int) -> Difference:
        """What an entry of the history changed in months that were there before it. See `difference_of_entry`."""
        journal = self._settled()
        restated = next((one.restated for one in entries(journal) if one.entry == entry), ())
        return difference_of_entry(self.layout, journal, entry, restated)

    def parts(self) -> tuple[Part, ...]:
        """Every part with its loads, by path."""
        self._settled()
        return self._index.parts()

    def holdings(self) -> tuple[Holding, ...]:
        """Every live load."""
        self._settled()
        return self._index.holdings()

    def asides(self) -> tuple[Holding, ...]:
        """Every load that is kept aside: stored, not live, counted in nothing."""
        self._settled()
        return tuple(held for part in self._index.asides() for held in part.holdings())

    def decisions(self) -> Decisions:
        """What the user decided beside storing reports: answers, aliases, numbering."""
        return decisions_of(self._settled())

    def tidying(self) -> Tidying:
        """What tidying up would free, and what could not be undone afterwards; nothing is changed."""
        journal = self._settled()
        return tidying(self.layout, journal, (*self._index.parts(), *self._index.asides()))

    def tidy(self, originals: bool = False) -> Tidying:
        """Free earlier versions: undo ends here.

        Args:
            originals: Free originals that no load refers to as well.

        Returns:
            What was freed.

        Raises:
            NolcatError: If another program is writing, or the disk refuses.
        """
        with self._holding() as journal:
            planned = tidying(self.layout, journal, (*self._index.parts(), *self._index.asides()))
            if not originals:
                planned = replace(planned, originals=(), bytes_of_originals=0)
            if planned.versions or planned.entries or planned.originals:
                tidy(self.layout, journal, planned, self._clock(), self._before_step)
            return planned

    def mending(self, what: str) -> AbstractContextManager[Mending]:
        """Hold the library, however damaged, to make again what can be made again. See `mend.mending`."""
        return mending(self._mending_setting(what))

    def foreseen(self) -> tuple[bool, tuple[DamagedPart, ...], Journal]:
        """What `mending` would find; nothing is changed. See `mend.foreseen`."""
        return foreseen(self._mending_setting(""))

    def _mending_setting(self, what: str) -> Setting:
        return Setting(self.layout, Journal(()), 0, self._program, what, self._clock(), self._before_step)

    def sources(self) -> SourceList:
        """The list of statistics sources."""
        return self._sources(self._settled())

    def coverage(self) -> pl.DataFrame:
        """What is known about each month, in the columns of `coverage.COVERAGE`."""
        return coverage(self.holdings())

    def verify(self, progress: Progress | None = None) -> list[Fault]:
        """Read everything and report what is wrong; empty when all is well."""
        journal = self._settled()
        with self.presence.within(to_the_end=True):
            return verify(self.layout, journal, progress)

    def scan(
        self,
        report_types: Sequence[str] | None = None,
        sources: Sequence[int] | None = None,
        begin: date | None = None,
        end: date | None = None,
    ) -> pl.LazyFrame:
        """The live usage in the columns of `USAGE`, of every release; nothing is read before it is collected.

        Args:
            report_types: Only these; all when None.
            sources: Only these statistics sources; all when None.
            begin: First day of the first month.
            end: Any day of the last month.

        Raises:
            NolcatError: If a part cannot be read: its numbers would be missing without a word.
        """
        wanted = [part for part in self.parts() if any(_is_wanted(load, report_types, sources) for load in part.loads)]
        own = [part.file for part in wanted if not part.foreign]
        frames = [scan_file(own)] if own else []
        frames += [scan_foreign(part.path, part.file) for part in wanted if part.foreign]
        rows = pl.concat(frames) if frames else pl.LazyFrame(schema=USAGE)
        if report_types is not None:
            rows = rows.filter(pl.col("report_type").is_in(list(report_types)))
        if sources is not None:
            rows = rows.filter(pl.col("statistics_source_ID").is_in(list(sources)))
        if begin is not None:
            rows = rows.filter(pl.col("usage_date") >= begin)
        return rows if end is None else rows.filter(pl.col("usage_date") <= end)

    def _take_back(self, journal: Journal, record: Mapping[str, object]) -> Entry:
        prepare(self.layout)
        changes, told = taking_back(self.layout, journal, record, self._clock(), self._everything())
        journal = publish(self.layout, journal, changes, told, self._before_step)
        return next(one for one in entries(journal) if one.entry == record["entry"])

    def _everything(self) -> tuple[Holding, ...]:
        return (*self._index.holdings(), *(held for part in self._index.asides() for held in part.holdings()))

    def _sources(self, journal: Journal) -> SourceList:
        given = [int(record.get("highest", 0)) for record in journal.records]
        return read_sources(self.layout.at(SOURCES), max(given, default=0) or FIRST_LOCAL_ID - 1)

    @contextmanager
    def _holding(self, wait: float = 0.5) -> Iterator[Journal]:
        """Hold the lock, with the journal in step and nothing pending; the unfinished files are gone afterwards."""
        self.presence.check()
        with disk(self.layout.folder):
            self.layout.folder.mkdir(parents=True, exist_ok=True)
        with writing(self.layout, wait):
            journal = read_journal(self.layout)
            repair_journal(self.layout, journal)
            journal = recover(self.layout, Journal(journal.records))
            try:
                yield journal
            finally:
                if pending(self.presence.journal()) is None:
                    clear_unfinished(self.layout)

    def _settled(self) -> Journal:
        """The history, once no run is half published."""
        journal = self.presence.journal()
        if pending(journal) is None:
            return journal
        try:
            with self._holding(_SETTLING) as settled:
                return settled
        except NolcatError:
            journal = self.presence.journal()
            if pending(journal) is None:
                return journal
            raise


def _is_of(held: Holding, source: int, report_type: str) -> bool:
    return held.load.source_id == source and held.load.report_type == report_type


def _is_wanted(load: Load, report_types: Sequence[str] | None, sources: Sequence[int] | None) -> bool:
    return (report_types is None or load.report_type in report_types) and (sources is None or load.source_id in sources)
