"""Taking back one change of the list of sources while later changes stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.files import replace_file, sha256_of, write_file
from nolcat_desktop.dataset.layout import SOURCES, Layout
from nolcat_desktop.dataset.publish import Change
from nolcat_desktop.dataset.sources import SourceList, read_sources
from nolcat_desktop.problem import NolcatError


def without_change(layout: Layout, change: Change, found: str | None) -> Change | None:
    """What brings the rows of the list back that a run changed, and leaves those that were changed since.

    Args:
        layout: The library.
        change: From what the run made of the list to what it was before it.
        found: SHA-256 of the list as it is now.

    Returns:
        The change, its file staged; None when there is nothing to bring back, or it is not known any more.
    """
    if found is None:
        return None
    try:
        made, wanted = _version(layout, change.before), _version(layout, change.after)
        now = read_sources(layout.at(SOURCES))
    except NolcatError:
        return None
    merged = _merged(made, wanted, now)
    if merged == now:
        return None
    file = layout.unfinished / "sources.csv"
    with disk(file):
        write_file(file, merged.as_csv())
        after = sha256_of(file)
        replace_file(file, layout.unfinished / after)
    return Change(SOURCES, found, after) if after != found else None


def _version(layout: Layout, sha256: str | None) -> SourceList:
    return SourceList() if sha256 is None else read_sources(_existing(layout.versions / sha256))


def _existing(file: Path) -> Path:
    with disk(file):
        file.stat()
    return file


def _merged(made: SourceList, wanted: SourceList, now: SourceList) -> SourceList:
    """The rows that differ between `made` and `wanted`, as in `wanted`, where `now` still has them as in `made`."""
    before, back = ({row.source_id: row for row in of.rows} for of in (made, wanted))
    rows = {row.source_id: row for row in now.rows}
    for number in [*before, *(one for one in back if one not in before)]:
        if before.get(number) == back.get(number) or rows.get(number) != before.get(number):
            continue
        if number in back:
            rows[number] = back[number]
        else:
            rows.pop(number, None)
    return replace(now, rows=tuple(rows.values()))
