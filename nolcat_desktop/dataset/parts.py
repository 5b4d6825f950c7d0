"""Parts: the Parquet files of the library, what their footers say, and their rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import polars as pl

from nolcat_desktop.dataset.border import newer_part, reading_part
from nolcat_desktop.dataset.foreign_release import release_of_foreign
from nolcat_desktop.dataset.layout import Layout, named
from nolcat_desktop.dataset.loads import FORMAT, FORMAT_KEY, SUPERSEDED_KEY, Load, State, loads_of
from nolcat_desktop.dataset.scope import Scope
from nolcat_desktop.dataset.tally import in_months, tally
from nolcat_desktop.usage import USAGE


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file and the loads in it."""

    path: str
    """From the library's folder, with `/`."""
    file: Path
    loads: tuple[Load, ...]
    foreign: bool = False
    """True for a part that NoLCAT itself wrote: other columns, no footer; its loads are made up from its rows."""
    superseded: bool = False

    def holdings(self) -> tuple[Holding, ...]:
        """Each load with the place of its rows."""
        placed, offset = [], 0
        for load in self.loads:
            placed.append(Holding(self.path, self.file, offset, load, load, self.foreign))
            offset += load.rows
        return tuple(placed)


@dataclass(frozen=True, slots=True)
class Holding:
    """A load that is live, and where its rows lie."""

    path: str
    """Part that it belongs to."""
    file: Path
    """File in which its rows lie: the part, or a file of a run that is not published yet."""
    offset: int
    """Rows of the file before its own."""
    stored: Load
    """As it lies in the file."""
    load: Load
    """As it is live: the months that no other load has taken over."""
    foreign: bool = False
    pending: bool = False
    """True while its run is not published."""

    def rows(self, months: Iterable[str] | None = None) -> pl.LazyFrame:
        """Its live rows in the columns of `USAGE`, of `months` only when they are given."""
        found = _rows_of_foreign(self) if self.foreign else scan_file(self.file).slice(self.offset, self.stored.rows)
        if self.load.source_id != self.stored.source_id:
            found = found.with_columns(statistics_source_ID=pl.lit(self.load.source_id, pl.Int64))
        wanted = frozenset(self.load.months) if months is None else frozenset(self.load.months) & frozenset(months)
        return found if wanted == frozenset(self.stored.months) else found.filter(in_months(wanted))

    def without(self, months: Iterable[str]) -> Holding:
        """The same without `months`."""
        return replace(self, load=self.load.narrowed(frozenset(self.load.months) - frozenset(months)))

    def moved(self, path: str, load: Load) -> Holding:
        """The same rows as `load`, of the same file, in another part."""
        return replace(self, path=path, load=load)


def scan_file(file: Path | list[Path]) -> pl.LazyFrame:
    """The rows of files that this program wrote."""
    return pl.scan_parquet(file, glob=False, hive_partitioning=False)


def scan_foreign(path: str, file: Path) -> pl.LazyFrame:
    """The rows of a part that NoLCAT wrote, in the columns of `USAGE`: united by name, cast, nothing dropped.

    `release` is found out where the file does not say it (`foreign_release`); a missing id or report type is taken
    from the name.

    Raises:
        NolcatError: If the file is not readable.
    """
    with reading_part(path):
        found = scan_file(file)
        there = found.collect_schema()
    source, report_type, _ = named(path.rpartition("/")[2]) or (None, None, "")
    instead: dict[str, int | str | None] = {"statistics_source_ID": source, "report_type": report_type}
    columns = [
        (pl.col(name) if name in there else pl.lit(instead.get(name))).cast(kind).alias(name)
        for name, kind in USAGE.items()
    ]
    return found.select(columns).with_columns(pl.coalesce("release", release_of_foreign()).alias("release"))


def read_part(path: str, file: Path) -> Part:
    """The part at `path`, whose bytes are those of `file`.

    Raises:
        NolcatError: If it cannot be read or its footer makes no sense.
    """
    with reading_part(path):
        metadata = pl.read_parquet_metadata(file)
        form = metadata.get(FORMAT_KEY, FORMAT)
        if form.isdecimal() and int(form) > int(FORMAT):
            raise newer_part(path, form, FORMAT)
        loads = loads_of(metadata)
    if loads is None:
        return Part(path, file, _made_up_loads(path, file), foreign=True)
    return Part(path, file, loads, superseded=SUPERSEDED_KEY in metadata)


def _rows_of_foreign(holding: Holding) -> pl.LazyFrame:
    load = holding.stored
    return scan_foreign(holding.path, holding.file).filter(
        (pl.col("statistics_source_ID") == load.source_id)
        & (pl.col("report_type") == load.report_type)
        & (pl.col("release") == load.release)
    )


def _made_up_loads(path: str, file: Path) -> tuple[Load, ...]:
    rows = scan_foreign(path, file)
    with reading_part(path):
        kept = (
            rows.select("statistics_source_ID", "report_type", "release", "platform").unique().collect().sort(pl.all())
        )
        if kept.select(pl.any_horizontal(pl.col("statistics_source_ID", "report_type").is_null().any())).item() is True:
            raise ValueError("a row has no statistics source or no report type")
        loads = []
        for (source, report_type, release), of in kept.group_by(
            "statistics_source_ID", "report_type", "release", maintain_order=True
        ):
            platforms = frozenset(of["platform"].drop_nulls())
            blank = Load(path.rpartition("/")[2], "", "parquet", str(report_type), str(release), int(str(source)))
            counted = tally(_rows_of_foreign(Holding(path, file, 0, blank, blank, foreign=True)))
            states = MappingProxyType(dict.fromkeys(counted.rows_by_month, State.USAGE))
            loads.append(replace(blank, states=states, tally=counted, scope=Scope(platforms=platforms)))
    return tuple(loads)


class PartIndex:
    """The parts of a library; a footer is read again only when its file has changed."""

    def __init__(self, layout: Layout) -> None:
        """Look into nothing yet."""
        self._layout = layout
        self._known: dict[str, tuple[tuple[int, int, int], Part]] = {}

    def parts(self) -> tuple[Part, ...]:
        """Every part, by path.

        Raises:
            NolcatError: If one cannot be read: its numbers would be missing without a word.
        """
        with reading_part(str(self._layout.folder)):
            paths = self._layout.parts()
        found = tuple(self.part(path) for path in paths)
        self._forget_all_but({*paths, *self._asides()})
        return found

    def asides(self) -> tuple[Part, ...]:
        """The loads that are kept aside, by path; they count in nothing.

        Raises:
            NolcatError: If one cannot be read.
        """
        return tuple(self.part(path) for path in self._asides())

    def _asides(self) -> list[str]:
        with reading_part(str(self._layout.aside)):
            return self._layout.asides()

    def _forget_all_but(self, paths: set[str]) -> None:
        self._known = {path: known for path, known in self._known.items() if path in paths}

    def part(self, path: str) -> Part:
        """The part at `path`."""
        file = self._layout.at(path)
        with reading_part(path):
            seen = file.stat()
        stamp = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
        known = self._known.get(path)
        if known is None or known[0] != stamp:
            known = (stamp, read_part(path, file))
            self._known[path] = known
        return known[1]

    def holdings(self) -> tuple[Holding, ...]:
        """Every live load of every part."""
        return tuple(holding for part in self.parts() for holding in part.holdings())


def group_holdings(holdings: Iterable[Holding]) -> dict[tuple[int, str], list[Holding]]:
    """`holdings` by statistics source and report type."""
    grouped: dict[tuple[int, str], list[Holding]] = {}
    for holding in holdings:
        grouped.setdefault((holding.load.source_id, holding.load.report_type), []).append(holding)
    return grouped
