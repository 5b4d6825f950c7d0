"""A run: everything that one action of the user stores, moves or takes away, published whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nolcat_desktop.dataset.assemble import check_written, write_usage
from nolcat_desktop.dataset.decisions import decisions_of, told_alias
from nolcat_desktop.dataset.loads import Load
from nolcat_desktop.dataset.one_member import OneMember
from nolcat_desktop.dataset.originals import is_kept, keep_original, stage_original
from nolcat_desktop.dataset.parts import Holding
from nolcat_desktop.dataset.planning import Candidate, IfLoaded, Plan, plan, refused
from nolcat_desktop.dataset.publish import publish
from nolcat_desktop.dataset.restatement import Restatement, restated_counts
from nolcat_desktop.dataset.run_record import Told, record_of
from nolcat_desktop.dataset.shelf import Shelf
from nolcat_desktop.dataset.sources import SourceList
from nolcat_desktop.dataset.staging import Setting, Staging, aside_path, place_of, prepare, sent_parts
from nolcat_desktop.dataset.tally import in_months
from nolcat_desktop.dataset.verdicts import MonthPlan, Verdict
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress

__all__ = ["Run", "Setting", "Stored", "prepare", "sent_parts"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one report."""

    part: str | None
    """Path of its part with `/`; None when nothing was stored live, and for an empty report."""
    rows: int
    usage_total: int
    months: tuple[str, ...]
    aside: tuple[str, ...] = ()
    """Months that were kept aside."""


class Run:
    """Collects what is to be stored; nothing is seen in the library before `commit`. Made by `Library.run`."""

    def __init__(
        self, setting: Setting, holdings: Sequence[Holding], sources: SourceList, asides: Sequence[Holding] = ()
    ) -> None:
        """Start with what is live now: `holdings` and `sources`; and what is kept aside."""
        self._setting = setting
        self._staging = Staging(setting)
        self._shelf = Shelf(holdings, asides)
        self._originals: dict[str, Path | None] = {}
        self._known_sources = sources
        self._sources = sources
        self._told = Told()
        self._member = OneMember(decisions_of(setting.journal).aliases)
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
        return tuple(held.load for held in self._shelf.live() if held.load.states)

    @property
    def live(self) -> tuple[Holding, ...]:
        """Every live load with the place of its rows."""
        return tuple(held for held in self._shelf.live() if held.load.states)

    def plan(self, candidate: Candidate, if_loaded: IfLoaded = "fail", if_overlapping: IfLoaded = "fail") -> Plan:
        """What adding `candidate` would do, beside what is live and what this run has added. See `planning.plan`.

        A report of another member than the library's is refused, whatever is asked.
        """
        problem = self._member.refusal(candidate, self._shelf.loads())
        if problem is not None:
            return refused(candidate, problem)
        return plan(candidate, self._shelf.of(candidate.load), if_loaded, if_overlapping)

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
        if not planned.store and not planned.aside:
            return Stored(None, 0, 0, ())
        self._keep(planned.candidate.load.sha256, original)
        if alias := self._member.learnt(planned.candidate, self._shelf.loads()):
            self.decide(told_alias(alias))
        if planned.aside:
            load = self._signed(planned.candidate.load.narrowed(planned.aside))
            self._shelf.put_aside(self._written(load, planned.candidate, aside_path(load)))
            self._told.aside.append(load)
        if not planned.store:
            return Stored(None, 0, 0, (), planned.aside)
        load = self._signed(planned.candidate.load.narrowed(planned.store))
        load = replace(load, restated=self._restated(planned.months, planned.take_over, load))
        self._shelf.put(self._written(load, planned.candidate, place_of(load)))
        for each in planned.months:
            if each.month in planned.take_over:
                self._shelf.drop(each.leaving, [each.month])
        self._told.stored.append(load)
        if load.is_empty:
            return Stored(None, 0, 0, load.months, planned.aside)
        return Stored(place_of(load), load.rows, load.tally.total, load.months, planned.aside)

    def remove(
        self,
        source_id: int,
        report_type: str,
        months: Sequence[str] | None = None,
        release: str | None = None,
        sha256: str | None = None,
    ) -> tuple[str, ...]:
        """Take months (all when None) of a source's report out of the library; returns those that were there.

        Args:
            source_id: statistics_source_ID.
            report_type: The report's code.
            months: yyyy-mm; None for all.
            release: Only what was counted by this release; None for all.
            sha256: Only what came from this original; None for all.
        """
        self._check_open()
        held = [
            each
            for each in self._shelf.at(source_id, report_type)
            if release in (None, each.load.release) and sha256 in (None, each.load.sha256)
        ]
        there = {month for each in held for month in each.load.months}
        gone = there if months is None else there & set(months)
        self._told.removed += [each.load.narrowed(gone) for each in held if gone & set(each.load.months)]
        self._shelf.drop(held, gone)
        return tuple(sorted(gone))

    def set_aside(self, held: Sequence[Holding], months: Sequence[str]) -> None:
        """Keep live months of loads as they are, but not live."""
        self._check_open()
        for each in held:
            kept = each.load.narrowed(months)
            if kept.states:
                self._shelf.put_aside(each.moved(aside_path(kept), kept))
                self._told.aside.append(kept)
        self._shelf.drop(held, months)

    def bring_in(self, path: str, months: Sequence[str] | None = None) -> Plan:
        """Make a load that is kept aside live; what stands against it is kept aside in its place.

        Args:
            path: Of the load aside.
            months: Only these; None for all of it.

        Returns:
            What became of each month.

        Raises:
            NolcatError: If nothing is kept there.
        """
        self._check_open()
        wanted = [each for each in self._shelf.aside() if each.path == path and each.load.states]
        chosen = [(each, each.load.narrowed(each.load.months if months is None else months)) for each in wanted]
        chosen = [(each, load) for each, load in chosen if load.states]
        if not chosen:
            raise NolcatError(_NOT_ASIDE)
        plans = []
        for each, load in chosen:
            planned = plan(Candidate(load, each.rows(load.months)), self._shelf.of(load), "replace", "replace")
            against = [one for one in planned.months if one.leaving]
            load = replace(load, restated=self._restated(planned.months, [one.month for one in against], load))
            for one in against:
                self.set_aside(one.leaving, [one.month])
            self._shelf.drop_aside([each], load.months)
            self._shelf.put(each.moved(place_of(load), load))
            self._told.brought.append(load)
            plans.append(planned)
        return plans[0]

    def map_source(self, old: int, new: int) -> tuple[Load, ...]:
        """Give everything of source `old`, live and aside, to source `new`; the list is the caller's business.

        Returns:
            The loads that moved, as they are now.

        Raises:
            NolcatError: If a month would be counted twice: both sources have it.
        """
        self._check_open()
        moved = self._shelf.map_source(old, new)
        self._told.moved += moved
        self.decide({"kind": "mapped", "from": old, "to": new})
        return moved

    def decide(self, decision: Mapping[str, Any]) -> None:
        """Remember a decision in the history (`decisions`); it holds until its entry is undone."""
        self._check_open()
        self._told.decisions.append(dict(decision))

    def commit(self, progress: Progress | None = None) -> int | None:
        """Publish everything and return the number of the entry; None when there was nothing to do.

        Raises:
            NolcatError: If the disk refuses, or a part was changed by something else. The library is as before.
            Cancelled: If the user asked to stop while parts were being written.
        """
        self._check_open()
        setting, told = self._setting, progress or Progress()
        changes = []
        for path in told.over("Writing", sorted(self._shelf.touched)):
            change = self._staging.part_change(path, self._shelf.everything())
            changes += [change] if change else []
        if self._sources != self._known_sources:
            changes.append(self._staging.sources_change(self._sources))
        self._closed = True
        if not changes and not self._told.decisions:
            return None
        setting.before_step("originals")
        for sha256, staged in self._originals.items():
            if staged is not None:
                keep_original(setting.layout, staged, sha256)
        self._staging.write_readme()
        record = record_of(setting, self._told, changes, self._shelf.everything(), self._sources.highest)
        publish(setting.layout, setting.journal, changes, record, setting.before_step)
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

    def _signed(self, load: Load) -> Load:
        return replace(load, entry=self.entry, program=self._setting.program)

    def _written(self, load: Load, candidate: Candidate, path: str) -> Holding:
        file, usage = self._staging.working_file(), candidate.usage
        if load.tally != candidate.load.tally:
            usage = usage.filter(in_months(load.months))
        write_usage(usage, file, [load])
        check_written(file, load)
        return Holding(path, file, 0, load, load, pending=True)

    def _restated(self, months: Sequence[MonthPlan], taken: Sequence[str], load: Load) -> tuple[Restatement, ...]:
        """What `load` replaces of the publisher's earlier counts, and what these had replaced."""
        found: list[Restatement] = list(load.restated)
        for each in months:
            if each.month not in taken or each.verdict not in (Verdict.CHANGED, Verdict.EQUAL):
                continue
            found += [one for held in each.against for one in held.load.restated if one.month == each.month]
            if each.verdict is Verdict.CHANGED and not each.completes:
                originals = [held.load.original for held in each.against]
                on, after = f"{self._setting.when:%Y-%m-%d}", load.tally.of_month(each.month)
                fresh = restated_counts(each.month, each.loaded_by_metric, after, on, originals)
                self._told.restated += [(load, one) for one in fresh]
                found += fresh
        return tuple(dict.fromkeys(found))


_NO_ORIGINAL = Problem(
    "The original file is not there",
    "A report is only stored together with the file that it comes from. Nothing was stored.",
    "Add the file itself.",
)
_NOT_ASIDE = Problem(
    "Nothing of that kind is kept aside",
    "The library is as it was.",
    "Look at what is kept aside, and choose one of these.",
)
