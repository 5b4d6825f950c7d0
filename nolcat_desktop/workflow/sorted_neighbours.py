"""Neighbours of a report whose columns were sorted apart: the same one whole, or one that proves where counts belong.

Nothing is gathered before such a report comes by: then all files of the run are read once more, to know which of them
are of its kind, and those that are once again for each; of the library the kept originals are asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath

from nolcat_desktop.dataset import Library
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading import Source
from nolcat_desktop.reading.sorted_proof import is_suspicious, mended_by, stands_whole_in, told_whole
from nolcat_desktop.repairs import folded
from nolcat_desktop.report import Report
from nolcat_desktop.workflow.finding_reports import Found, in_content, listed
from nolcat_desktop.workflow.rereading import read_original

_NEAREST = 4
"""Loads of the library that are read again for one report."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A sound report of the run: where it is, and what."""

    source: Source
    kind: tuple[str | None, str | None]
    months: frozenset[date]
    platforms: frozenset[str]


class SortedNeighbours:
    """Asks the files of a run, and the library."""

    def __init__(self, library: Library | None, paths: Sequence[Path], progress: Progress) -> None:
        """Look into nothing yet."""
        self._library, self._paths, self._progress = library, paths, progress
        self._places: list[_Place] | None = None

    def mended(self, found: Found) -> Found:
        """The same with its counts put back where a neighbour proves it; or told where the same report stands whole.

        Raises:
            Cancelled: If the user asked to stop.
        """
        report = found.what
        if not isinstance(report, Report) or not is_suspicious(report) or not report.months:
            return found
        mended = None
        for other, where in self._neighbours(report):
            if stands_whole_in(report, other):
                return replace(found, what=told_whole(report, where))
            mended = mended or mended_by(report, other, where)
        return replace(found, what=mended) if mended is not None else found

    def _neighbours(self, report: Report) -> Iterator[tuple[Report, str]]:
        """Sound reports of the same kind, platform and some of the months, each with its name."""
        if self._places is None:
            self._places = list(self._gathered())
        for place in self._places:
            if _is_beside(place.kind, place.months, place.platforms, report):
                for other in self._read(place.source):
                    if (
                        other.origin.sha256 != report.origin.sha256
                        and not is_suspicious(other)
                        and _is_beside(_kind(other), frozenset(other.months), _platforms(other), report)
                    ):
                        yield other, _named(other)
        yield from self._loaded(report)

    def _gathered(self) -> Iterator[_Place]:
        apart = self._library.layout.folder if self._library is not None else None
        for source in [source for path in self._paths for source in listed(path, apart)]:
            for report in self._read(source):
                if not is_suspicious(report):
                    yield _Place(source, _kind(report), frozenset(report.months), _platforms(report))

    def _read(self, source: Source) -> Iterator[Report]:
        self._progress.check()
        try:
            for one in in_content(source, source.load(), self._progress):
                if isinstance(one.what, Report):
                    yield one.what
        except NolcatError:
            return  # what cannot be read is told where it is stored, and proves nothing

    def _loaded(self, report: Report) -> Iterator[tuple[Report, str]]:
        library = self._library
        if library is None or not library.layout.folder.is_dir():
            return
        held = [
            one
            for one in library.holdings()
            if one.load.sha256 not in {"", report.origin.sha256}
            and (one.load.report_type, one.load.release) == _kind(report)
            and set(one.load.months) & set(report.month_columns)
            and _platforms(report) & set(map(folded, one.load.scope.platforms))
        ]
        for one in held[:_NEAREST]:
            self._progress.check()
            try:
                other = read_original(library, one.load, self._progress)
            except NolcatError:
                continue  # an original that is gone proves nothing
            name = PurePath(one.load.original.rpartition("!/")[2]).name
            yield other, f"the report that is loaded ({name})"


def _is_beside(
    kind: tuple[str | None, str | None], months: frozenset[date], platforms: frozenset[str], report: Report
) -> bool:
    return kind == _kind(report) and bool(months & set(report.months)) and bool(platforms & _platforms(report))


def _kind(report: Report) -> tuple[str | None, str | None]:
    return report.report_id, str(report.release) if report.release else None


def _platforms(report: Report) -> frozenset[str]:
    if "Platform" not in report.items.columns:
        return frozenset({""})
    return frozenset(map(folded, report.items["Platform"].unique()))


def _named(report: Report) -> str:
    file = PurePath(report.origin.file.rpartition("!/")[2]).name
    return f"{file}, sheet {report.origin.sheet}" if report.origin.sheet else file
