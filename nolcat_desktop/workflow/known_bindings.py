"""Reports beside one another: whether titles stand beside the same identifiers, here and in the others.

Somebody who sorts one column of a table alone leaves its totals and months in order; only other reports of the platform
know which identifier belongs to which title. What is read anyway is noted, as digests, and of the library the loads
nearest in time. A report is torn when most of its titles that others have, too, stand beside identifiers of other
titles of it, as at least as many reports say. Where only two speak, either may be the wrong one, and none is sure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

import polars as pl

from nolcat_desktop.dataset import Library
from nolcat_desktop.dataset.parts import Holding
from nolcat_desktop.reading.bindings import (
    FEWEST,
    MOST,
    NAMES_APART,
    OTHER_TITLE,
    STANDARD,
    bindings_of,
    rows_of,
)
from nolcat_desktop.repairs import folded
from nolcat_desktop.report import ROW, FileKind, Irregularity, Report
from nolcat_desktop.usage import USAGE_COLUMNS
from nolcat_desktop.workflow.finding_reports import Found

_NOTED = pl.Schema(
    {
        "name": pl.UInt64(),
        "element": pl.UInt8(),
        "identifier": pl.UInt64(),
        "votes": pl.UInt32(),
        "witness": pl.UInt32(),
        ROW: pl.UInt32(),
    }
)
"""What is said, by how many reports, and the first of them."""
_MOST_NOTED = 4_000_000
"""Pairs that are kept; about 120 MB."""
_NEAREST = 3
"""Loads of the library that are asked for one kind of report."""
_TABLES = frozenset({FileKind.TSV, FileKind.CSV, FileKind.XLSX, FileKind.XLS, FileKind.XLSB, FileKind.ODS})


@dataclass(frozen=True, slots=True)
class Late:
    """A report that was judged before the one that contradicts it was read."""

    key: tuple[str, str | None]
    """Its file and its sheet."""
    told: Irregularity


@dataclass(frozen=True, slots=True)
class _Witness:
    words: str
    key: tuple[str, str | None] | None
    """File and sheet of a report of this run; None: it is loaded."""
    has_rows: bool

    def at(self, row: int) -> str:
        return f"{self.words}, row {row}" if self.has_rows else self.words


class KnownBindings:
    """What the reports of one run, and the library, say of their titles."""

    def __init__(self, library: Library | None) -> None:
        """Know nothing yet; `library` is asked for loads of the kinds of report that come by."""
        self._library = library
        self._witnesses: list[_Witness] = []
        self._noted = pl.DataFrame(schema=_NOTED)
        self._fresh: list[pl.DataFrame] = []
        self._seen: set[object] = set()
        self._shas: set[str] = set()
        self._late: dict[tuple[str, str | None], Late] = {}
        self._is_settled = False

    @property
    def late(self) -> tuple[Late, ...]:
        """Reports that were judged too early: later ones contradict them."""
        return tuple(self._late.values())

    def settle(self) -> None:
        """Begin a second round, in which everything is known, and nobody is late."""
        self._late, self._is_settled = {}, True

    def judged(self, found: Found) -> Found:
        """The same, told where it contradicts what is known; it is noted itself.

        A report that is torn in itself is told already, and says nothing of others.
        """
        report = found.what
        if not isinstance(report, Report) or any(one.rule == NAMES_APART for one in report.irregularities):
            return found
        bound = bindings_of(report.items)
        if bound.is_empty():
            return found
        self._note_report(report, bound)
        self._note_library(report)
        told = self._contradictions(report, bound)
        return replace(found, what=replace(report, irregularities=(*report.irregularities, *told))) if told else found

    def _note_report(self, report: Report, bound: pl.DataFrame) -> None:
        origin = report.origin
        self._shas.add(origin.sha256)
        file = PurePath(origin.file.rpartition("!/")[2]).name
        words = f"{file}, sheet {origin.sheet}" if origin.sheet else file
        witness = _Witness(words, (origin.file, origin.sheet), origin.kind in _TABLES)
        self._note(bound, witness, (report.report_id, report.months))

    def _note(self, bound: pl.DataFrame, witness: _Witness, of: tuple[object, ...]) -> None:
        """Note what a report says; the same report again, in whatever form, is no second one."""
        digest = bound.select(pl.struct("name", "element", "identifier").hash().sum()).item()
        if (digest, bound.height, of) in self._seen or self._noted.height + bound.height > _MOST_NOTED:
            return
        self._seen.add((digest, bound.height, of))
        said = pl.lit(len(self._witnesses), pl.UInt32).alias("witness")
        self._witnesses.append(witness)
        pairs = ("name", "element", "identifier")
        self._fresh.append(bound.select(*pairs, pl.lit(1, pl.UInt32).alias("votes"), said, ROW))
        if sum(map(len, self._fresh)) > self._noted.height:
            self._compact()

    def _compact(self) -> None:
        every = pl.concat([self._noted, *self._fresh])
        self._noted = every.group_by("name", "element", "identifier", maintain_order=True).agg(
            pl.col("votes").sum(), pl.col("witness").first(), pl.col(ROW).first()
        )
        self._fresh = []

    def _about(self, bound: pl.DataFrame) -> pl.DataFrame:
        """What is known of these titles and these identifiers."""
        names, identifiers = bound["name"].unique().implode(), bound["identifier"].unique().implode()
        parts = [
            one.filter(pl.col("name").is_in(names) | pl.col("identifier").is_in(identifiers))
            for one in (self._noted, *self._fresh)
        ]
        return (
            pl.concat(parts)
            .group_by("name", "element", "identifier")
            .agg(pl.col("votes").sum(), pl.col("witness").min(), pl.col(ROW).sort_by("witness").first())
        )

    def _note_library(self, report: Report) -> None:
        """Note the loads of the same report and platforms that are nearest in time, once for each kind."""
        if self._library is None or not self._library.layout.folder.is_dir() or "Platform" not in report.items.columns:
            return
        platforms = frozenset(map(folded, report.items["Platform"].drop_nulls().unique()))
        if (kind := (report.report_id, platforms)) in self._seen:
            return
        self._seen.add(kind)
        first = f"{report.months[0]:%Y-%m}" if report.months else ""
        held = [
            one
            for one in self._library.holdings()
            if one.load.report_type == report.report_id
            and one.load.rows
            and platforms & set(map(folded, one.load.scope.platforms))
            and one.load.sha256 not in self._shas
        ]
        held.sort(key=lambda one: abs(_months(one.load.months[0]) - _months(first)) if first else 0)
        for one in held[:_NEAREST]:
            name = PurePath(one.load.original.rpartition("!/")[2]).name
            witness = _Witness(f"the report that is loaded ({name})", None, False)
            self._note(bindings_of(_items_of(one)), witness, (one.load.report_type, one.load.months))

    def _contradictions(self, report: Report, bound: pl.DataFrame) -> tuple[Irregularity, ...]:
        """What is told of a report: () unless most of its titles that can be compared are contradicted."""
        single = bound.filter(pl.len().over("name", "element") == 1)
        about = self._about(single)
        if about.height == single.height:
            return ()  # nobody says anything else
        votes = single.join(about, on=["name", "element"], suffix="_said").with_columns(
            own=pl.col("identifier") == pl.col("identifier_said")
        )
        own = votes.filter("own").select("name", "element", pl.col("votes").alias("own_votes"))
        others = votes.filter(~pl.col("own")).sort("votes", "witness", descending=[True, False])
        others = others.unique(["name", "element"], keep="first").select(
            "name", "element", "identifier_said", "votes", "witness", pl.col(f"{ROW}_said").alias("there")
        )
        beside = single.join(own, on=["name", "element"], how="left").join(others, on=["name", "element"], how="left")
        elsewhere = about.join(single, on=["element", "identifier"], suffix="_own").filter(
            pl.col("name") != pl.col("name_own")
        )
        belongs = elsewhere.select("element", "identifier").unique()
        here = single.select("element", pl.col("identifier").alias("identifier_said"), pl.col(ROW).alias("here"))
        against = (
            beside.filter(pl.col("votes") >= pl.col("own_votes").fill_null(1))
            .join(belongs, on=["element", "identifier"], how="semi")
            .join(here.unique(["element", "identifier_said"], keep="first"), on=["element", "identifier_said"])
        )
        could = beside.filter((pl.col("own_votes") > 1) | pl.col("votes").is_not_null())
        return tuple(self._told(report, against, could)) if against.height >= FEWEST else ()

    def _told(self, report: Report, against: pl.DataFrame, could: pl.DataFrame) -> Iterator[Irregularity]:
        torn = [
            place
            for place in against["element"].unique().sort()
            if (of := against.filter(element=place).height) >= FEWEST and 2 * of > could.filter(element=place).height
        ]
        if not torn:
            return
        against = against.filter(pl.col("element").is_in(torn)).sort(ROW)
        first = against.row(0, named=True)
        titles, of = against["name"].n_unique(), could.filter(pl.col("element").is_in(torn))["name"].n_unique()
        elements = ", ".join(STANDARD[place] for place in torn)
        where = self._witnesses[first["witness"]]
        said = f"{titles:,} of {of:,} titles stand beside another {elements} than in {where.words}"
        if where.key is not None:
            other = "Here or there one of these columns was sorted alone; leave out the file that is wrong"
        else:
            other = "Here or there one of these columns was sorted alone; if that is the wrong one, remove it first"
        yield Irregularity(NAMES_APART, str(first[ROW]), elements, None, f"{said}, such as row {first[ROW]}. {other}")
        yield from self._cells(report, against)
        self._tell_others(report, against)

    def _cells(self, report: Report, against: pl.DataFrame) -> Iterator[Irregularity]:
        """Each identifier that belongs to another title, at its cell."""
        count = 0
        for place in against["element"].unique().sort():
            element, odd = STANDARD[place], against.filter(element=place)
            told = odd.select("name", "identifier", "here", "witness", "there")
            rows = rows_of(report.items, odd, element).join(told, on=["name", "identifier"]).sort(ROW)
            positions = report.positions.cells(rows[ROW], element)
            cells = rows.select("text", "here", "witness", "there").iter_rows()
            for position, (text, here, witness, there) in zip(positions, cells, strict=True):
                count += 1
                if count <= MOST:
                    said = f"in {self._witnesses[witness].at(there)}, this title has what stands in row {here} here"
                    yield Irregularity(OTHER_TITLE, position, element, text, said)
        if count > MOST:
            yield Irregularity(OTHER_TITLE, None, None, None, f"{count:,} cells in all")

    def _tell_others(self, report: Report, against: pl.DataFrame) -> None:
        """Remember the reports of this run that were judged without knowing of this one, and are no surer than it."""
        if self._is_settled:
            return
        file = PurePath(report.origin.file.rpartition("!/")[2]).name
        no_surer = against.filter(pl.col("votes") == pl.col("own_votes").fill_null(1))
        for number in no_surer["witness"].unique().sort():
            key = self._witnesses[number].key
            if key is None or key == (report.origin.file, report.origin.sheet) or key in self._late:
                continue
            said = f"Its titles stand beside other identifiers than in {file}, where each cell is listed"
            self._late[key] = Late(key, Irregularity(NAMES_APART, None, None, None, said))


def _months(name: str) -> int:
    return int(name[:4]) * 12 + int(name[5:7])


def _items_of(held: Holding) -> pl.DataFrame:
    """The titles of a load as the data rows of a report, as far as they are compared."""
    names = {element: USAGE_COLUMNS[element] for element in STANDARD}
    rows = held.rows().select(
        pl.col("resource_name").alias("Title"),
        pl.col("platform").alias("Platform"),
        *(pl.col(column).alias(element) for element, column in names.items()),
    )
    return rows.cast(pl.String).unique(maintain_order=True).collect().with_row_index(ROW)
