"""What a library must hold after some addings, kept on paper; and a publisher who writes the reports for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

from nolcat_desktop.counter.release import Release
from tests.builders import Row, a_report, tsv
from tests.builders.abstract import later, month_end, month_key
from tests.builders.damage import with_text
from tests.gui.counted_cells import COUNTS, Told

FIRST = date(2016, 11, 1)
KINDS = {1: (Release.R5, "TR"), 2: (Release.R4, "JR1"), 3: (Release.R4, "DB1"), 4: (Release.R51, "DR")}
PLATFORMS = {1: "Rowan Shelf", 2: "Tidal Index", 3: "Alder Press", 4: "Moor Archive"}


@dataclass(slots=True)
class Publisher:
    """Writes reports of random months; of most months the numbers stay what they were."""

    folder: Path
    random: Random
    versions: Counter[tuple[int, str]] = field(default_factory=Counter)
    written: int = 0

    def write(self, source: int) -> Path:
        release, kind = KINDS[source]
        begin, long = later(FIRST, self.random.choice((0, 1, 2, 3, 4, 12, 13))), self.random.randint(1, 4)
        days = [later(begin, at) for at in range(long)]
        for day in days:
            self.versions[source, month_key(day)] += self.random.random() < 0.4
        base = a_report(release, kind, months=2, titles=2, begin=FIRST, platform=PLATFORMS[source])
        rows = [
            Row(one.elements, {month_key(day): self._count(source, at, day) for day in days})
            for at, one in enumerate(base.rows[:12])
        ]
        if not any(row.total for row in rows):
            rows[0] = Row(rows[0].elements, {**rows[0].counts, month_key(begin): 1})
        end = month_end(days[-1])
        stamp = f"{month_key(later(end.replace(day=1), 1))}-12{base.created[10:]}"
        report = replace(base, rows=tuple(row for row in rows if row.total), begin=begin, end=end, created=stamp)
        self.written += 1
        file = self.folder / f"{self.written}.tsv"
        at, day = self.random.randrange(len(report.rows)), self.random.choice(days)
        rest = sum(row.total for row in report.rows) - report.rows[at].counts[month_key(day)]
        damage = rest and self.random.random() < 0.3
        file.write_bytes(tsv(with_text(report, month_key(day), "n/a", at).grid if damage else report))
        return file

    def _count(self, source: int, row: int, day: date) -> int:
        return Random(f"{source} {row} {day} {self.versions[source, month_key(day)]}").choice(COUNTS)


@dataclass(frozen=True, slots=True)
class Did:
    """What an adding must have done, month by month."""

    new: Mapping[str, Told]
    before: Mapping[str, Told]
    """Months whose numbers were replaced, as they were."""
    fresh: tuple[str, ...]
    """Months of which nothing was there."""

    @property
    def rows(self) -> int:
        """Of usage, that are stored."""
        return sum(len(told.cells) for told in self.new.values())

    @property
    def sums(self) -> Counter[str]:
        """Metric → uses that are stored."""
        return sum((told.sums for told in self.new.values()), Counter())

    def year_before(self, metric: str, live: Mapping[str, Told]) -> int | None:
        """Uses of the same months a year before; None unless all of them are there, and whole."""
        earlier = [f"{int(month[:4]) - 1}{month[4:]}" for month in self.new]
        if any(month not in live or live[month].lacks for month in earlier):
            return None
        return sum(live[month].sums[metric] for month in earlier)

    @property
    def restated(self) -> set[tuple[str, str, int, int]]:
        """Month, metric, from, to: of replaced months the metrics whose sums differ; all, where none does."""
        found = set()
        for month, was in self.before.items():
            old, now = was.sums, self.new[month].sums
            metrics = old.keys() | now.keys()
            differing = {name for name in metrics if old[name] != now[name]} or metrics
            found |= {(month, name, old[name], now[name]) for name in differing}
        return found


Report = tuple[int, str]
"""Statistics source id and report type."""


@dataclass(slots=True)
class Ledger:
    """What must be live, kept as a librarian would keep it on paper: of each month the report that was taken last."""

    live: dict[Report, dict[str, Told]] = field(default_factory=dict)
    did: list[tuple[Report, Did, bool]] = field(default_factory=list)
    """What each entry of the history did, and whether it was undone."""
    _past: list[dict[Report, dict[str, Told]]] = field(default_factory=list)
    _undone: list[tuple[int, dict[Report, dict[str, Told]]]] = field(default_factory=list)

    def differing(self, report: Report, told: Mapping[str, Told]) -> set[str]:
        """Months that are there with other numbers."""
        there = self.live.get(report, {})
        both = [month for month, one in told.items() if month in there and one.claims and there[month].claims]
        return {month for month in both if there[month].cells != told[month].cells}

    def add(self, report: Report, told: Mapping[str, Told], *, aside: bool = False) -> Did | None:
        """Take over what is new or other; `aside`: what is other is not taken. None: nothing is stored."""
        there, other = self.live.get(report, {}), self.differing(report, told)
        fresh = {month for month, one in told.items() if month not in there or (one.claims and not there[month].claims)}
        closed = {month for month in told if month in there and there[month].lacks and not told[month].lacks} - other
        taken = fresh | closed | (set() if aside else other)
        if not taken and not (aside and other):
            return None
        if taken:  # equal months go with the others, unless they would be less whole than they are
            equal = {month for month in told.keys() - taken - other if told[month].lacks <= there[month].lacks}
            taken |= {month for month in equal if told[month].claims or not there[month].claims}
        entry = len(self.did) + 1
        new = {month: replace(told[month], entry=entry) for month in sorted(taken)}
        before = {month: there[month] for month in sorted(other & taken)}
        self._past.append(self.live)
        self._undone = []
        self.live = {**self.live, report: {**there, **new}}
        made = Did(new, before, tuple(month for month in new if month not in there))
        self.did.append((report, made, False))
        return made

    def undo(self) -> None:
        """Take back the last entry that holds."""
        at = max(number for number, (_, _, undone) in enumerate(self.did) if not undone)
        self.did[at] = (*self.did[at][:2], True)
        self._undone = [*self._undone, (at, self.live)]
        self.live = self._past[at]

    def redo(self) -> None:
        """Bring back what was undone last."""
        *self._undone, (at, self.live) = self._undone
        self.did[at] = (*self.did[at][:2], False)
