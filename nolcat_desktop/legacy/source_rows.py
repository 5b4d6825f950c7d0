"""statisticsSources: ids and names of the sources, NoLCAT's other columns kept as they are."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

import polars as pl

from nolcat_desktop.legacy.advice import unreadable
from nolcat_desktop.legacy.relation import SOURCES_TABLE, SourceRow

_ID, _NAME = "statistics_source_ID", "statistics_source_name"


def source_rows(frame: pl.DataFrame) -> Iterator[SourceRow]:
    """The sources in `frame`, which holds texts.

    Raises:
        NolcatError: If ids or names are not there.
    """
    if _ID not in frame.columns or _NAME not in frame.columns:
        raise unreadable(SOURCES_TABLE, f"it has no columns {_ID} and {_NAME}")
    for cells in frame.iter_rows(named=True):
        number, name = cells[_ID] or "", (cells[_NAME] or "").strip()
        if not number.isascii() or not number.isdecimal():
            raise unreadable(SOURCES_TABLE, f"“{number}” is not an id")
        other = {key: value or "" for key, value in cells.items() if key not in (_ID, _NAME)}
        yield SourceRow(int(number), name or f"statistics source {int(number)}", MappingProxyType(other))
