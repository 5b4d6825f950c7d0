"""Of which release a table is that does not say it: by words that only one of Releases 5 and 5.1 has."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.elements import element
from nolcat_desktop.counter.own_words import own_words
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import ROW

_BOTH = (Release.R5, Release.R51)


def release_of_words(
    headings: Sequence[str], cells: pl.DataFrame, candidates: Sequence[Definition]
) -> tuple[Release, str] | None:
    """The release that the cells prove.

    Args:
        headings: The column headings.
        cells: What stands under them, as `Grid.cells`.
        candidates: Reports that it may be.

    Returns:
        The release, and the first of the words that prove it; None when there is no such word, or there are words of
        both.
    """
    masters = {one.report_id[:2] for one in candidates if one.release in _BOTH}
    names = {name: place for place, text in enumerate(headings) if (name := element(text, None)[0])}
    columns = [column for column in cells.columns if column != ROW]
    found: dict[Release, str] = {}
    for release, other in (_BOTH, _BOTH[::-1]):
        for master, name, words in own_words(release, other):
            if master in masters and name in names and names[name] < len(columns):
                held = cells[columns[names[name]]].unique().drop_nulls().str.strip_chars()
                if hits := words & set(held):
                    found.setdefault(release, min(hits))
    return next(iter(found.items())) if len(found) == 1 else None
