"""The relation out of CSV: exported by NoLCAT, by a database program, or as a table by this program."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import polars as pl

from nolcat_desktop.legacy.advice import not_there, unreadable
from nolcat_desktop.legacy.delimited_lines import Cells, Form, blocks, opened, plain, rows
from nolcat_desktop.legacy.packed import Watched, unpacked
from nolcat_desktop.legacy.relation import GROUP, KEY, RAW, TOTALS, WHERE, SourceRow, counted, laid_out
from nolcat_desktop.legacy.wide import NAME, counted_wide, long, months_in
from nolcat_desktop.progress import Progress

_NEEDED = (*GROUP, "usage_count")
_MANY = 20_000


class Delimited:
    """A CSV file, packed or not; its first line names the columns."""

    kind = "csv"

    def __init__(self, file: Path) -> None:
        """Read nothing yet."""
        self._file = file
        self.name = str(file)
        self._hash = ""
        self._names: dict[int, str] = {}

    def batches(self, progress: Progress) -> Iterator[pl.DataFrame]:
        """See `Relation.batches`: the rows are taken apart by Python."""
        with self._opened(progress, "Reading") as (form, lines, watched):
            self._check(form)
            found: list[Cells] = []
            number = 1
            for number, cells in enumerate(rows(lines, form), 2):
                if len(cells) != len(form.names):
                    said = f"row {number} has {len(cells)} cells for {len(form.names)} columns"
                    raise unreadable(self._file, f"{said}; it may have been cut off", str(number))
                found.append(cells)
                if len(found) >= _MANY:
                    yield self._frame(found, form, number)
                    found = []
            if found:
                yield self._frame(found, form, number)
            self._hash = watched.sha256()

    def totals(self, progress: Progress) -> pl.DataFrame:
        """See `Relation.totals`: the file is read a second time, by Polars."""
        with self._opened(progress, "Proving") as (form, lines, watched):
            parts = [_counted(block, form) for block in blocks(lines, form)]
            if watched.sha256() != self._hash:
                raise unreadable(self._file, "it changed while it was being read")
        summed = pl.concat([pl.DataFrame(schema=TOTALS), *parts]).group_by(GROUP)
        return summed.agg(pl.col("rows", "usage_count").sum()).select(TOTALS.names())

    def sources(self) -> tuple[SourceRow, ...]:
        """The names in a table of this program's; NoLCAT's relation has none."""
        return tuple(SourceRow(number, name, MappingProxyType({})) for number, name in sorted(self._names.items()))

    def facts(self) -> Mapping[str, str]:
        """See `Relation.facts`."""
        return {"sha256": self._hash, "bytes": str(self._file.stat().st_size)}

    @contextmanager
    def _opened(self, progress: Progress, phase: str) -> Iterator[tuple[Form, Iterator[str], Watched]]:
        try:
            with unpacked(self._file, progress, phase) as (stream, watched):
                form, lines = opened(stream)
                yield form, lines, watched
        except csv.Error as error:
            raise unreadable(self._file, f"{error}: quotes are missing, or it was cut off") from error
        except UnicodeDecodeError as error:
            raise unreadable(self._file, "it is not written in UTF-8, as text is (a workbook is no text)") from error
        except pl.exceptions.PolarsError as error:
            raise unreadable(self._file, str(error)) from error

    def _check(self, form: Form) -> None:
        needed = ("statistics_source_ID", "report_type", "metric_type") if months_in(form.names) else _NEEDED
        if missing := [name for name in needed if name not in form.names]:
            raise not_there(self.name, f"its first line does not name the columns {', '.join(missing)}")
        if len(set(form.names)) < len(form.names):
            raise unreadable(self._file, "two columns have the same name", "1")

    def _frame(self, found: Sequence[Cells], form: Form, last: int) -> pl.DataFrame:
        months = months_in(form.names)
        taken = {
            name: pl.Series(cells, dtype=pl.String)
            for name, cells in zip(form.names, zip(*found, strict=True), strict=True)
            if name in RAW or name in months or name == NAME
        }
        frame = pl.DataFrame(taken).with_columns(_null(name, form) for name in taken)
        where = pl.concat_str(pl.lit("row "), pl.int_range(last - len(found) + 1, last + 1))
        if KEY in taken:
            where = pl.coalesce(pl.concat_str(pl.lit(f"{KEY} "), pl.col(KEY)), where)
        frame = frame.with_columns(where.alias(WHERE))
        if NAME in taken:
            named = frame.select("statistics_source_ID", NAME).drop_nulls().unique()
            self._names |= {int(number): name for number, name in named.iter_rows() if number.isdecimal()}
        return laid_out(long(frame, months) if months else frame, pl.col(WHERE))


def _null(name: str, form: Form) -> pl.Expr:
    return pl.when(~pl.col(name).is_in(list(form.nulls))).then(pl.col(name)).alias(name)


def _counted(block: str, form: Form) -> pl.DataFrame:
    read = pl.read_csv(
        plain(block, form).encode(), has_header=False, separator=form.sign, quote_char=None if form.mysql else '"',
        infer_schema=False, new_columns=list(form.names),
    )  # fmt: skip
    months = months_in(form.names)
    cleared = read.lazy().with_columns(_null(name, form) for name in form.names)
    return counted_wide(cleared, months) if months else counted(cleared).collect()
