"""Z-06: metrics that include one another, R5 and R5.1 (validation.md section 9; Code of Practice, section 3.3.4)."""

from __future__ import annotations

from typing import Final, NamedTuple

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counts import count, plain_count
from nolcat_desktop.findings import no_findings
from nolcat_desktop.report import ROW
from nolcat_desktop.validation.evaluate import findings_at
from nolcat_desktop.validation.keys import attribute_key, marks
from nolcat_desktop.validation.subject import Subject

_BOOKS: Final = {Release.R5: ["Book"], Release.R51: ["Book", "Reference_Work"]}
_HINT: Final = "Ask the provider for a corrected report; the numbers are stored as delivered."


class Pair(NamedTuple):
    """Two metrics, the first of which counts everything that the second counts."""

    big: str
    small: str
    titles: bool
    """True when the second counts titles: only books have those."""

    @property
    def both(self) -> bool:
        """True when one may not be there without the other (Requests may be missing beside Investigations)."""
        return not (self.big.endswith("Investigations") and self.small.endswith("Requests"))


def _pairs() -> tuple[Pair, ...]:
    total_i, total_r = "Total_Item_Investigations", "Total_Item_Requests"
    item_i, item_r = "Unique_Item_Investigations", "Unique_Item_Requests"
    title_i, title_r = "Unique_Title_Investigations", "Unique_Title_Requests"
    items = ((total_i, item_i), (total_i, total_r), (total_i, item_r), (item_i, item_r), (total_r, item_r))
    titles = (
        *((total_i, title_i), (total_i, title_r), (item_i, title_i), (item_i, title_r)),
        *((title_i, title_r), (total_r, title_r), (item_r, title_r)),
    )
    return (*(Pair(*pair, False) for pair in items), *(Pair(*pair, True) for pair in titles))


PAIRS: Final = _pairs()


def relation_findings(subject: Subject, items: pl.DataFrame, hashes: pl.DataFrame) -> list[pl.DataFrame]:
    """Find months in which a metric is smaller than one that it includes, or stands there without it.

    Args:
        subject: The report.
        items: Its usable rows, spellings repaired.
        hashes: Their texts as numbers, row by row (`keys.hashed`).

    Returns:
        Frames in the schema `FINDINGS`; one row for each pair of metrics, set of attributes and month.
    """
    months = subject.report.month_columns
    if not months or not items.height or "Metric_Type" not in items.columns:
        return []
    permitted = set(subject.permitted().get("Metric_Type", ()))
    pairs = [pair for pair in PAIRS if pair.big in permitted and pair.small in permitted]
    frames = []
    counts = items.select(
        ROW, "Metric_Type", _is_book(subject, items).alias("book"), *(number(items, month) for month in months)
    )
    for titles in (False, True):
        mine = [pair for pair in pairs if pair.titles is titles]
        if mine:
            sums = _sums(subject, items, counts, hashes, titles=titles)
            frames += [_compared(subject, sums, pair) for pair in mine]
    return frames


def number(items: pl.DataFrame, month: str) -> pl.Expr:
    """Counts of a month: the plain reading where it is enough, 0 where nothing can be read."""
    cells = items.get_column(month)
    is_plain = cells.cast(pl.Int64, strict=False).null_count() == cells.null_count()
    return (plain_count(month) if is_plain else count(month)).fill_null(0)


def _sums(
    subject: Subject, items: pl.DataFrame, counts: pl.DataFrame, hashes: pl.DataFrame, *, titles: bool
) -> dict[str, pl.DataFrame]:
    """Counts by set of attributes, a frame for each metric: group, its first row, last, own, book, months."""
    months = subject.report.month_columns
    key = [
        name for name in attribute_key(subject, items) if name != "Format" and not (titles and name == "Section_Type")
    ]
    wanted = {name for pair in PAIRS if pair.titles is titles for name in (pair.big, pair.small)}
    marked = counts.with_columns(marks(hashes, key).alias("group"))
    sums = {}
    for metric in wanted.intersection(items.get_column("Metric_Type").unique()):
        rows = marked.filter(pl.col("Metric_Type") == metric).drop("Metric_Type")
        sums[metric] = _summed(rows, months)
    if subject.release is Release.R51:
        first = marked.group_by("group").agg(pl.col(ROW).min().alias("first"))
        sums = {
            metric: rows.drop("first").join(first, on="group", how="left", maintain_order="left")
            for metric, rows in sums.items()
        }
    return sums


def _summed(rows: pl.DataFrame, months: tuple[str, ...]) -> pl.DataFrame:
    """One row for each group: its counts added up, its first row (`first`, `own`) and its last."""
    if rows.get_column("group").n_unique() == rows.height:
        return rows.with_columns(first=pl.col(ROW), own=pl.col(ROW), last=pl.col(ROW)).drop(ROW)
    return rows.group_by("group", maintain_order=True).agg(
        pl.col(ROW).min().alias("first"),
        pl.col(ROW).min().alias("own"),
        pl.col(ROW).max().alias("last"),
        pl.col("book").first(),
        pl.col(months).sum(),
    )


def _is_book(subject: Subject, items: pl.DataFrame) -> pl.Expr:
    books = _BOOKS[subject.release]
    if "Data_Type" in items.columns:
        return pl.col("Data_Type").is_in(books).fill_null(value=False)
    fixed = subject.definition.fixed_filters.get("Data_Type", ())
    return pl.lit(value=bool(fixed) and set(fixed) <= set(books))


def _compared(subject: Subject, sums: dict[str, pl.DataFrame], pair: Pair) -> pl.DataFrame:
    months = subject.report.month_columns
    big, small = sums.get(pair.big), sums.get(pair.small)
    template = big if big is not None else small
    if template is None:
        return no_findings()
    big = template.clear() if big is None else big
    small = template.clear() if small is None else small
    joined = big.lazy().join(small.lazy(), on="group", how="full", suffix=" small", coalesce=True)
    missing_small = pl.lit(value=False)
    if pair.both:
        missing_small = pl.coalesce("book", "book small") if pair.titles else pl.lit(value=True)
    tests = {}
    for month in months:
        larger, smaller = pl.col(month).fill_null(0), pl.col(f"{month} small").fill_null(0)
        tests[month] = (smaller > larger) | (missing_small & (larger > 0) & (smaller == 0))
    hits = joined.filter(pl.any_horizontal(tests.values())).collect()
    if not hits.height:
        return no_findings()
    return _said(
        subject, pl.concat([_of_month(subject, hits.filter(test), month) for month, test in tests.items()]), pair
    )


def _of_month(subject: Subject, hits: pl.DataFrame, month: str) -> pl.DataFrame:
    """Rows of one month: where they stand, and the two numbers."""
    row = pl.coalesce("last", "last small")
    if _is_at_cell(subject):
        row = pl.max_horizontal("last", "last small")  # the lower one: the other stands in sight above it
    elif subject.release is Release.R51:
        row = (
            pl.when(pl.col(month).is_null() | (pl.col(month) == 0))
            .then(pl.coalesce("own small", "first small"))
            .otherwise(pl.coalesce("first", "first small"))
        )
    said = hits.select(
        row.cast(pl.UInt32).alias(ROW),
        pl.lit(month).alias("month"),
        pl.col(month).fill_null(0).alias("big"),
        pl.col(f"{month} small").fill_null(0).alias("small"),
    )
    rows, report = said.get_column(ROW), subject.report
    at = report.positions.cells(rows, month) if _is_at_cell(subject) else report.positions.rows(rows)
    return said.with_columns(at.alias("position"))


def _is_at_cell(subject: Subject) -> bool:
    """COUNTER's own validator names the row; who looks at a table is shown the very month."""
    return not subject.official and not subject.is_json


def _said(subject: Subject, hits: pl.DataFrame, pair: Pair) -> pl.DataFrame:
    found = hits.select(
        ROW,
        pl.lit(None, pl.String).alias("value"),
        pl.lit("Z-06").alias("rule"),
        pl.lit(int(Level.CRITICAL), pl.UInt8).alias("level"),
        pl.format("{}: {} is {}, but {} is {}.", "month", pl.lit(pair.big), "big", pl.lit(pair.small), "small").alias(
            "message"
        ),
        pl.lit(_HINT).alias("hint"),
    )
    said = findings_at(subject.report, found, None).with_columns(hits.get_column("position"))
    if not (subject.is_json and subject.release is Release.R51):
        return said
    there = pl.when(hits.get_column("big") > 0).then(pl.lit(pair.big)).otherwise(pl.lit(pair.small))
    path = pl.select(there.alias("metric"), hits.get_column("month").alias("month"))
    at = said.get_column("position") + ".Performance." + path.get_column("metric") + "." + path.get_column("month")
    return said.with_columns(at.alias("position"))
