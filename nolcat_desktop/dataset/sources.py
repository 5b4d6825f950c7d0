"""The list of statistics sources: `statistics_sources.csv`.

Ids given by the user or taken from NoLCAT's list are NoLCAT's primary keys. Ids that the program makes itself start at
1,000,001 and are marked local. Columns that are not known are kept as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.layout import FIRST_LOCAL_ID
from nolcat_desktop.problem import NolcatError, Problem

LONGEST_ID = 15
ID, NAME, LOCAL = "statistics_source_ID", "statistics_source_name", "local"


@dataclass(frozen=True, slots=True)
class Source:
    """One statistics source."""

    source_id: int
    name: str
    local: bool
    """True when the program gave the id itself, so that it means nothing to NoLCAT."""
    other: Mapping[str, str]
    """NoLCAT's other columns."""


@dataclass(frozen=True, slots=True)
class SourceList:
    """All statistics sources, in the order of the file. Changes make a new list."""

    rows: tuple[Source, ...] = ()
    columns: tuple[str, ...] = (ID, NAME, LOCAL)
    highest: int = FIRST_LOCAL_ID - 1
    """Highest local id that was ever given out: one that was taken back is not given out again."""

    def names(self) -> dict[int, str]:
        """Id → name."""
        return {row.source_id: row.name for row in self.rows}

    def find(self, name: str) -> int | None:
        """Id of the one source with this name, or None; capitals, blanks and punctuation do not count."""
        exact = [row.source_id for row in self.rows if row.name == name]
        loose = exact or [row.source_id for row in self.rows if _loose(row.name) == _loose(name)]
        return loose[0] if len(loose) == 1 else None

    def ensure(self, name: str) -> tuple[SourceList, int, bool]:
        """The list with a source of this name, its id, and whether it is new: then its id is local."""
        found = self.find(name)
        if found is not None:
            return self, found, False
        given = max([self.highest, *(row.source_id for row in self.rows)], default=0)
        fresh = max(given + 1, FIRST_LOCAL_ID)
        row = Source(fresh, name.strip(), local=True, other=MappingProxyType({}))
        return replace(self, rows=(*self.rows, row), highest=fresh), fresh, True

    def with_id(self, source_id: int, name: str) -> SourceList:
        """The list with NoLCAT's id that the user gave; unchanged when the id is there.

        Raises:
            NolcatError: If the id is not a number above 0, or is there under another name.
        """
        if source_id < 1:
            raise NolcatError(_NOT_AN_ID)
        known = self.names().get(source_id)
        if known is None:
            row = Source(source_id, name.strip(), source_id >= FIRST_LOCAL_ID, MappingProxyType({}))
            return replace(self, rows=(*self.rows, row))
        if name and _loose(known) != _loose(name):
            raise _clash([(source_id, known, name)])
        return self

    def renamed(self, source_id: int, name: str) -> SourceList:
        """The list with another name for a source.

        Raises:
            NolcatError: If there is no such source, or the name is blank.
        """
        if source_id not in self.names() or not name.strip():
            raise NolcatError(_NO_SUCH)
        rows = (replace(r, name=name.strip()) if r.source_id == source_id else r for r in self.rows)
        return replace(self, rows=tuple(rows))

    def without(self, source_id: int) -> SourceList:
        """The list without a source; its id is not given out again."""
        return replace(self, rows=tuple(row for row in self.rows if row.source_id != source_id))

    def taken_in(self, other: SourceList) -> SourceList:
        """The list with all of `other`, which was exported from NoLCAT; its names and columns are kept.

        Raises:
            NolcatError: If an id means another source there: the numbers would be given to the wrong one.
        """
        ours = {row.source_id: row for row in self.rows}
        clashes = [
            (row.source_id, ours[row.source_id].name, row.name)
            for row in other.rows
            if row.source_id in ours and _loose(ours[row.source_id].name) != _loose(row.name)
        ]
        if clashes:
            raise _clash(clashes)
        merged = dict(ours)
        for row in other.rows:
            before = ours.get(row.source_id)
            kept = {**(before.other if before else {}), **row.other}
            merged[row.source_id] = replace(row, local=False, other=MappingProxyType(kept))
        columns = (*self.columns, *(name for name in other.columns if name not in self.columns))
        return replace(self, rows=tuple(merged.values()), columns=columns)

    def as_csv(self) -> bytes:
        """The file's bytes: UTF-8, a comma between cells."""
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, self.columns, restval="", lineterminator="\n")
        writer.writeheader()
        for row in self.rows:
            known = {ID: str(row.source_id), NAME: row.name, LOCAL: "true" if row.local else "false"}
            writer.writerow({**row.other, **known})
        return text.getvalue().encode()


def read_sources(file: Path, highest: int = FIRST_LOCAL_ID - 1) -> SourceList:
    """Read a list of sources, ours or one exported from NoLCAT; an empty one when there is no file.

    Raises:
        NolcatError: If it is no such list: no columns of ids and names, an id that is no number, an id twice.
    """
    with disk(file):
        if not file.exists():
            return SourceList(highest=highest)
        content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_a_list(file, f"it is not written in UTF-8 (byte {error.start})") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    columns = tuple(reader.fieldnames or ())
    if ID not in columns or NAME not in columns:
        raise _not_a_list(file, f"the columns {ID} and {NAME} are not both there")
    rows = tuple(_source(file, reader.line_num, cells) for cells in reader)
    ids = [row.source_id for row in rows]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise _not_a_list(file, f"the id {twice[0]} is there more than once")
    return SourceList(rows, columns if LOCAL in columns else (*columns, LOCAL), highest)


def _source(file: Path, line: int, cells: Mapping[str | None, str]) -> Source:
    given = (cells[ID] or "").strip()
    if None in cells:
        raise _not_a_list(file, f"line {line} has more cells than the heading")
    if not given.isascii() or not given.isdigit() or len(given) > LONGEST_ID:
        raise _not_a_list(file, f"in line {line}, {given!r} is not an id")
    number = int(given)
    said = (cells.get(LOCAL) or "").strip().casefold()
    local = said in ("true", "1", "yes") if said else number >= FIRST_LOCAL_ID
    other = {name: cells[name] for name in cells if name is not None and name not in (ID, NAME, LOCAL)}
    return Source(number, cells[NAME].strip(), local, MappingProxyType(other))


def _loose(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum()) or name.strip()


def _clash(clashes: Iterable[tuple[int, str, str]]) -> NolcatError:
    told = "; ".join(f"{number} is {ours!r} here and {theirs!r} there" for number, ours, theirs in clashes)
    return NolcatError(
        Problem(
            "An id means two different statistics sources",
            f"{told}. Usage would be given to the wrong source, so the list was not changed.",
            "Find out which name is right, rename the source here or correct the other list, then do it again.",
        )
    )


def _not_a_list(file: Path, why: str) -> NolcatError:
    return NolcatError(
        Problem(
            "The list of statistics sources cannot be read",
            f"{file}: {why}. Nothing was changed.",
            f"Save the list as CSV in UTF-8 with the columns {ID} and {NAME}, one line for each source.",
        )
    )


_NOT_AN_ID = Problem(
    "This is not a statistics source id",
    "An id is a whole number above 0, NoLCAT's primary key. Nothing was changed.",
    "Give the id that NoLCAT shows for the source, or its name.",
)
_NO_SUCH = Problem(
    "There is no such statistics source",
    "The list was not changed.",
    "Choose a source that is in the list, and a name that is not blank.",
)
