"""What the other files of a run and the library know of titles whose identifier a spreadsheet program destroyed.

Nothing is gathered before a report needs it: then all files are read once more, and the library is asked for the
titles in question only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

import polars as pl

from nolcat_desktop.dataset import Library
from nolcat_desktop.dataset.parts import Holding
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.repairs_elsewhere import KNOWN, identifiers_of, lost_titles, with_proofs
from nolcat_desktop.repairs import PROVED_ELSEWHERE, Titled, folded, the_one
from nolcat_desktop.report import ROW, Report
from nolcat_desktop.usage import USAGE_COLUMNS
from nolcat_desktop.workflow.finding_reports import Found, in_content, listed
from nolcat_desktop.workflow.sorted_neighbours import SortedNeighbours

_PROOF = "proof"
_EVERY = 64
"""Reports after which what is gathered is freed of repetitions."""
_ORDER = ("element", "name", "platform", "doi", "proprietary", "year", "identifier", _PROOF)
_ELEMENTS = ("Print_ISSN", "Online_ISSN", "ISBN")


@dataclass(frozen=True, slots=True)
class _Known:
    """A `Prover` for one report: identifiers of the titles in question, with where they stand."""

    rows: dict[tuple[str, str], list[tuple[Titled, str, str]]] = field(repr=False)

    def __call__(
        self, _position: str, element: str, title: Titled, fits: Callable[[str], bool]
    ) -> tuple[str, str] | None:
        """The only whole identifier that fits; nothing without a platform, as names alone prove nothing."""
        fitting: dict[str, str] = {}
        for other, identifier, proof in self.rows.get((element, title.name), ()) if title.platform else ():
            if title.agrees(other) and fits(identifier):
                fitting.setdefault(identifier, proof)
        return the_one(fitting)


class KnownIdentifiers:
    """Repairs what the files of a run, and the library, prove of one another."""

    def __init__(self, library: Library | None, paths: Sequence[Path], progress: Progress) -> None:
        """Look into nothing yet.

        Args:
            library: Whose live loads are asked; None: only files.
            paths: Of the run: files, folders and archives.
            progress: Checked while they are read once more.
        """
        self._library, self._paths, self._progress = library, paths, progress
        self._sorted = SortedNeighbours(library, paths, progress)
        self._of_files: pl.DataFrame | None = None

    def mended(self, found: Found) -> Found:
        """The same, with those identifiers repaired that are lost in it and known elsewhere, and moved counts put back.

        Raises:
            Cancelled: If the user asked to stop.
        """
        if isinstance(found.what, Report) and (titles := lost_titles(found.what)):
            found = replace(found, what=with_proofs(found.what, self._known(titles)))
        return self._sorted.mended(found)

    def _known(self, titles: frozenset[Titled]) -> _Known:
        names = sorted({title.name for title in titles})
        if self._of_files is None:
            self._of_files = _gathered(self._paths, self._library, self._progress)
        rows: dict[tuple[str, str], list[tuple[Titled, str, str]]] = {}
        in_files = self._of_files.filter(pl.col("name").is_in(names)).select(*_ORDER).iter_rows()
        for element, *texts, identifier, proof in (*in_files, *self._in_library(titles, names)):
            rows.setdefault((element, texts[0]), []).append((Titled(*texts), identifier, proof))
        return _Known(rows)

    def _in_library(self, titles: frozenset[Titled], names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """In the order of `_ORDER`."""
        if self._library is None or not self._library.layout.folder.is_dir():
            return
        platforms = {title.platform for title in titles}
        days = {entry.entry: f" loaded on {entry.when:%Y-%m-%d}" for entry in self._library.history()}
        for held in self._library.holdings():
            self._progress.check()
            if held.load.rows and platforms & set(map(folded, held.load.scope.platforms)):
                file = PurePath(held.load.original.rpartition("!/")[2]).name
                proof = f"{PROVED_ELSEWHERE}the report{days.get(held.load.entry, ' in the library')} ({file})"
                yield from ((*one, proof) for one in _of_load(held, names))


def _gathered(paths: Sequence[Path], library: Library | None, progress: Progress) -> pl.DataFrame:
    """The identifiers in all files, each with the first place where it stands."""
    found = [pl.DataFrame(schema={**KNOWN, _PROOF: pl.String()}).drop(ROW)]
    different = [*(name for name in KNOWN if name != ROW)]
    apart = library.layout.folder if library is not None else None
    for source in [source for path in paths for source in listed(path, apart)]:
        progress.check()
        try:
            every = in_content(source, source.load(), progress)
            found += [_of_report(one.what) for one in every if isinstance(one.what, Report)]
        except NolcatError:
            continue  # what cannot be read is told where it is stored, and proves nothing
        if len(found) > _EVERY:
            found = [pl.concat(found).unique(different, keep="first", maintain_order=True)]
    return pl.concat(found).unique(different, keep="first", maintain_order=True)


def _of_report(report: Report) -> pl.DataFrame:
    file = PurePath(report.origin.file.rpartition("!/")[2]).name
    where = f"{PROVED_ELSEWHERE}{file}{f', sheet {report.origin.sheet}' if report.origin.sheet else ''}"
    rows = report.positions.rows
    known = identifiers_of(report)
    proofs = [f"{where}, row {position}" for position in rows(known[ROW])]
    return known.drop(ROW).with_columns(pl.Series(_PROOF, proofs, dtype=pl.String))


def _of_load(held: Holding, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """What one load of the library knows of these titles: element, name, platform … and the identifier."""
    columns = [f"{parent}{USAGE_COLUMNS[element]}" for parent in ("", "parent_") for element in _ELEMENTS]
    others = (
        "resource_name",
        "parent_title",
        "platform",
        "DOI",
        "proprietary_ID",
        "parent_DOI",
        "parent_proprietary_ID",
    )
    rows = (
        held.rows()
        .filter(pl.any_horizontal(_as_folded(one).is_in(names) for one in ("resource_name", "parent_title")))
        .select(*others, pl.col("YOP").cast(pl.String), *columns)
        .unique(maintain_order=True)
        .collect()
    )
    for row in rows.iter_rows(named=True):
        for parent, name in (("", "resource_name"), ("parent_", "parent_title")):
            for element in _ELEMENTS:
                identifier = row[parent + USAGE_COLUMNS[element]]
                if identifier and row[name]:
                    year = row["YOP"] if element == "ISBN" and not parent else ""
                    texts = (row[name], row["platform"], row[f"{parent}DOI"], row[f"{parent}proprietary_ID"], year)
                    yield f"{parent.title()}{element}", *map(folded, texts), identifier


def _as_folded(column: str) -> pl.Expr:
    return pl.col(column).str.replace_all(r"[\s\x{00a0}]+", " ").str.strip_chars(" ").str.to_lowercase()
