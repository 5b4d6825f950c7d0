"""Writing a part: rows of old and new loads, one after the other, streamed to a file with a footer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import polars as pl

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.files import sync_file
from nolcat_desktop.dataset.loads import Load, footer
from nolcat_desktop.dataset.parts import Holding, scan_file
from nolcat_desktop.dataset.tally import tally
from nolcat_desktop.usage import NEVER_NULL, USAGE

_ARROW_SCHEMA = "ARROW:schema"


def write_usage(usage: pl.LazyFrame, file: Path, loads: Sequence[Load], superseded: bool = False) -> None:
    """Stream `usage` to `file` with `loads` in its footer; all columns of `USAGE`, in order, text as plain text.

    Categories are written as the text that they stand for, in half the time: the Arrow schema in the footer, by which
    readers choose their types, is that of `USAGE`.

    Raises:
        NolcatError: If the disk refuses.
    """
    given = usage.collect_schema()
    laid_out = usage.select(
        pl.col(name) if isinstance(given[name], pl.Categorical) else pl.col(name).cast(kind)
        for name, kind in USAGE.items()
    )
    metadata = {**footer(loads, superseded), _ARROW_SCHEMA: _arrow_schema()}
    with disk(file):
        laid_out.sink_parquet(file, compression="zstd", metadata=metadata, maintain_order=True)


@cache
def _arrow_schema() -> str:
    """The Arrow schema of `USAGE` as Polars writes it into a footer."""
    empty = BytesIO()
    pl.DataFrame(schema=USAGE).write_parquet(empty)
    return pl.read_parquet_metadata(BytesIO(empty.getvalue()))[_ARROW_SCHEMA]


def check_written(file: Path, load: Load) -> None:
    """Compare what stands in `file`, written for `load` alone, with what the load says of itself.

    Raises:
        ValueError: If rows or sums differ, a column that is never null holds a null, a count is not above 0, a date is
            not the first of its month, or a row is of another source, report or release: a defect of whoever made it.
    """
    rows = scan_file(file)
    counted = tally(rows)
    if counted != load.tally:
        raise ValueError(f"{load.original}: what was stored does not add up to what was announced")
    right = (
        pl.all_horizontal(pl.col(name).is_not_null() for name in NEVER_NULL)
        & (pl.col("statistics_source_ID") == load.source_id)
        & (pl.col("report_type") == load.report_type)
        & (pl.col("release") == load.release)
        & (pl.col("usage_count") > 0)
        & (pl.col("usage_date").dt.day() == 1)
    )
    wrong = rows.select((~right.fill_null(value=False)).sum()).collect(engine="streaming").item()
    if wrong:
        raise ValueError(f"{load.original}: {wrong} rows of usage are not as the schema wants them")


def write_part(holdings: Sequence[Holding], file: Path) -> None:
    """Stream the live rows of `holdings`, in their order, to `file`; loads without a month left are left out.

    Raises:
        NolcatError: If the disk refuses, or a part cannot be read.
    """
    kept = [each for each in holdings if each.load.states]
    rows = pl.concat([each.rows() for each in kept]) if kept else pl.LazyFrame(schema=USAGE)
    write_usage(rows, file, [each.load for each in kept], superseded=not kept)
    counted = tally(scan_file(file))
    if counted.rows != sum(each.load.rows for each in kept) or counted.total != sum(
        each.load.tally.total for each in kept
    ):
        raise ValueError(f"{file.name}: the rows that were kept do not add up to what their loads say")


def may_be_the_part(holdings: Sequence[Holding]) -> bool:
    """Whether the file of a new load can be published as it is: it is alone in its part and whole."""
    return len(holdings) == 1 and holdings[0].pending and holdings[0].load is holdings[0].stored


def write_superseded(file: Path) -> None:
    """Write a part without rows that stands where a part that was sent once has been emptied."""
    write_usage(pl.LazyFrame(schema=USAGE), file, (), superseded=True)
    sync_file(file)
