"""The relation out of a `mysqldump` file, packed or not, of any size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from nolcat_desktop.legacy.advice import not_there, unreadable
from nolcat_desktop.legacy.dump_count import Counts, count_rows, shown
from nolcat_desktop.legacy.dump_rows import Row, column, rows
from nolcat_desktop.legacy.dump_statements import Inserting, inserting
from nolcat_desktop.legacy.dump_text import DumpText
from nolcat_desktop.legacy.packed import unpacked
from nolcat_desktop.legacy.relation import GROUP, KEY, RAW, TABLE, TOTALS, WHERE, SourceRow, laid_out
from nolcat_desktop.legacy.source_rows import source_rows
from nolcat_desktop.progress import Progress

_NEEDED = (*GROUP, "usage_count")


class Dump:
    """A dump with COUNTERData and, mostly, statisticsSources."""

    kind = "dump"

    def __init__(self, file: Path, database: str | None = None) -> None:
        """Read nothing yet.

        Args:
            file: The dump.
            database: Name of the database that is meant, when the dump holds several.
        """
        self._file, self._database = file, database
        self.name = str(file)
        self._sources: dict[int, SourceRow] = {}
        self._hash, self._hash_again = "", ""

    def batches(self, progress: Progress) -> Iterator[pl.DataFrame]:
        """See `Relation.batches`."""
        number, found = 0, False
        with unpacked(self._file, progress) as (stream, watched):
            text = DumpText(stream, self._file)
            for each in self._inserting(text):
                if each.table == TABLE:
                    found = True
                    for batch in rows(text, len(each.columns)):
                        yield self._frame(batch, each, number, text)
                        number += len(batch)
                else:
                    self._take_sources(rows(text, len(each.columns)), each, text)
            self._hash = watched.sha256()
        if not found:
            raise not_there(self.name, "no row of COUNTERData is in it")

    def totals(self, progress: Progress) -> pl.DataFrame:
        """See `Relation.totals`: the file is read a second time, and taken apart in another way."""
        counts: Counts = {}
        encoding = "utf-8"
        with unpacked(self._file, progress, "Proving") as (stream, watched):
            text = DumpText(stream, self._file)
            for each in self._inserting(text):
                encoding = each.encoding
                statement = text.whole()
                if each.table == TABLE:
                    count_rows(statement, each.columns, counts)
            self._hash_again = watched.sha256()
        if self._hash_again != self._hash:
            raise unreadable(self._file, "it changed while it was being read")
        texts = [[shown(value).decode(encoding) for value in key] for key in counts]
        keys = {name: [one[place] for one in texts] for place, name in enumerate(GROUP)}
        sums = {"rows": [one[0] for one in counts.values()], "usage_count": [one[1] for one in counts.values()]}
        return pl.DataFrame({**keys, **sums}, schema=TOTALS)

    def sources(self) -> tuple[SourceRow, ...]:
        """See `Relation.sources`."""
        return tuple(self._sources.values())

    def facts(self) -> Mapping[str, str]:
        """See `Relation.facts`."""
        return {"sha256": self._hash, "bytes": str(self._file.stat().st_size)}

    def _inserting(self, text: DumpText) -> Iterator[Inserting]:
        """The statements of the one database that is meant."""
        databases: set[str] = set()
        for each in inserting(text):
            if self._database and each.database.casefold() != self._database.casefold():
                text.whole()
                continue
            if each.table == TABLE:
                databases.add(each.database)
                if len(databases) > 1:
                    named = " and ".join(sorted(one or "one without a name" for one in databases))
                    raise unreadable(
                        self._file,
                        f"it holds COUNTERData of more than one database ({named}), which would count twice; "
                        "say which is meant (--database)",
                    )
                if missing := [name for name in _NEEDED if name not in each.columns]:
                    raise not_there(self.name, f"its COUNTERData has no column {', '.join(missing)}")
            yield each

    def _frame(self, batch: Sequence[Row], each: Inserting, number: int, text: DumpText) -> pl.DataFrame:
        columns = list(zip(*batch, strict=True))
        taken = {
            name: self._column(columns[place], each, text) for place, name in enumerate(each.columns) if name in RAW
        }
        frame = pl.DataFrame(taken)
        if KEY in taken:
            where = pl.concat_str(pl.lit(f"{KEY} "), pl.col(KEY))
        else:
            where = pl.concat_str(pl.lit("row "), pl.int_range(number + 1, number + 1 + len(batch)))
        return laid_out(frame, where.alias(WHERE))

    def _column(self, values: Sequence[bytes], each: Inserting, text: DumpText) -> pl.Series:
        try:
            return column(values, each.encoding)
        except ValueError as error:  # also of text in another encoding
            raise text.wrong(f"a value cannot be read: {error}") from error

    def _take_sources(self, found: Iterator[list[Row]], each: Inserting, text: DumpText) -> None:
        for batch in found:
            columns = zip(*batch, strict=True)
            taken = {
                name: self._column(values, each, text) for name, values in zip(each.columns, columns, strict=False)
            }
            self._sources |= {one.source_id: one for one in source_rows(pl.DataFrame(taken))}
