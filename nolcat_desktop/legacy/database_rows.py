"""Rows as the server sends them: joined into one text each, which is many times faster to take in than 36 of them.

The server puts a sign between the columns, a control character that no title holds, and another one before each value,
so that NULL and a text without letters are two things. Should a text hold the sign nevertheless, the columns are asked
for one by one.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.usage import USAGE

_BETWEEN, _BEFORE = "\x1f", "="


def joined(columns: Sequence[str]) -> str:
    """The expression that makes one text of a row."""
    cells = (f"IFNULL(CONCAT('{_BEFORE}', CONVERT(`{name}` USING utf8mb4)), '')" for name in columns)
    return f"CONCAT_WS(_utf8mb4 X'1F', {', '.join(cells)})"


def strange_rows(columns: Sequence[str]) -> str:
    """The expression that counts the rows in which a text holds the sign; compared byte by byte, so it is fast."""
    texts = [name for name in columns if USAGE.get(name) == pl.String]
    return f"SUM({' OR '.join(f'LOCATE(BINARY 0x1F, `{name}`) > 0' for name in texts)})"


def divided(rows: Sequence[tuple[bytes | None, ...]], columns: Sequence[str]) -> pl.DataFrame:
    """Rows that were asked for by `joined`, in `columns`, as text.

    Raises:
        NolcatError: If a row has another number of cells: it was too long for the server.
    """
    texts = pl.Series("row", [row[0] for row in rows], dtype=pl.Binary).cast(pl.String)
    cells = texts.str.count_matches(_BETWEEN, literal=True).fill_null(-1)
    if cells.min() != len(columns) - 1 or cells.max() != len(columns) - 1:
        raise NolcatError(_TOO_LONG)
    split = texts.to_frame().select(pl.col("row").str.split_exact(_BETWEEN, len(columns) - 1)).unnest("row")
    split.columns = list(columns)
    value = pl.all().str.strip_prefix(_BEFORE)
    return split.select(pl.when(pl.all() != "").then(value))


def apart(rows: Sequence[tuple[bytes | None, ...]], columns: Sequence[str]) -> pl.DataFrame:
    """Rows that were asked for column by column, as text."""
    values = zip(*rows, strict=True)
    return pl.DataFrame(
        {name: pl.Series(cells, dtype=pl.Binary).cast(pl.String) for name, cells in zip(columns, values, strict=True)}
    )


_TOO_LONG = Problem(
    "A row of COUNTERData is too long for the database server",
    "The server sent it incomplete (max_allowed_packet). Nothing was stored.",
    "Make a dump of the database (mysqldump), and take that over.",
)
