"""From paths to the reports in them, one file in memory at a time; unreadable files never stop the others."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading import Source, held_elsewhere, read_content, sources
from nolcat_desktop.report import NOTHING_TOLD, NotAReport, Report, Told

_ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz"})
"""Endings of what may hold several files; for the words of the progress alone."""
_BROKEN = ("cannot be read", "damaged", "protected by a password")
"""What stands in the description of a file that was meant to be read and could not."""


@dataclass(frozen=True, slots=True)
class Found:
    """A report, or what was found instead of one."""

    content: bytes
    """The bytes of the file; b'' when it could not be read."""
    what: Report | NotAReport
    is_missed: bool = False
    """Whether a report was expected here: the user named the file and there is none in it, or it could not be read.
    A file of another kind in a folder, and a sheet beside the reports of a workbook, are not missed."""


def within(paths: Sequence[Path], progress: Progress) -> Progress:
    """What is told of the work on one report: of several files it is told how many are read, and nothing else."""
    is_one = len(paths) == 1 and paths[0].is_file() and paths[0].suffix.casefold() not in _ARCHIVES
    return progress if is_one else progress.quiet()


def find_reports(
    paths: Sequence[Path], progress: Progress, apart_from: Path | None = None, told: Told = NOTHING_TOLD
) -> Iterator[Found]:
    """Every report in `paths`, in order.

    Args:
        paths: Files, folders (searched through) and zip archives.
        progress: Told before each file, and checked.
        apart_from: The library's folder: its originals are no new reports when a folder around it is searched.
        told: What the user says of reports that do not say it themselves.

    Yields:
        One for each report found, and one for each file, or sheet among reports, without any.

    Raises:
        Cancelled: If the user asked to stop.
    """
    every = [source for path in paths for source in listed(path, apart_from)]
    inside = progress if len(every) == 1 else progress.quiet()
    for source in progress.over("Reading", every, lambda source: source.name):
        try:
            content = source.load()
        except NolcatError as error:
            what = NotAReport(source.name, None, error.problem, "file that cannot be read")
            yield Found(b"", what, is_missed=True)
            continue
        yield from in_content(source, content, inside, told)


def is_counter(kind: str) -> bool:
    """Whether what cannot be stored is a report of COUNTER's all the same: of an old release, or without a header.

    Args:
        kind: `NotAReport.kind`.
    """
    return kind.startswith("COUNTER ") and not kind.startswith("COUNTER exception")


def is_broken(kind: str) -> bool:
    """Whether a file was meant to be read and could not: damaged, or protected by a password.

    Args:
        kind: `NotAReport.kind`.
    """
    return any(word in kind for word in _BROKEN)


def listed(path: Path, apart_from: Path | None = None) -> list[Source]:
    """Every file under `path`, archives opened; what stands for an archive itself if there is none in it."""
    found = list(sources([path]))
    around, whole = _real(apart_from) if apart_from else None, _real(path)
    if around is None or around == whole or not around.is_relative_to(whole):
        return found
    return [source for source in found if not _real(_file(source)).is_relative_to(around)]


def _real(path: Path) -> Path:
    """The path with its links followed; `Path.resolve` fails on a link that leads to itself."""
    return Path(os.path.realpath(path))


def _file(source: Source) -> Path:
    return Path(source.name.split("!/", 1)[0])


def in_content(source: Source, content: bytes, progress: Progress, told: Told = NOTHING_TOLD) -> Iterator[Found]:
    """The reports of one file; what is none waits until it is known whether there is any."""
    others: list[NotAReport] = []
    is_any = False
    for what in read_content(content, source.name, progress, told):
        if isinstance(what, Report):
            yield from (Found(content, other) for other in others)
            held = held_elsewhere(Path(source.name)) if not is_any else ()
            others, is_any = [], True
            yield Found(content, replace(what, irregularities=(*held, *what.irregularities)))
        else:
            others.append(what)
    for other in others:
        is_missed = source.named if not is_any else other.sheet is None
        yield Found(content, other, is_missed=is_missed)
