"""From rows as they come to usage: one expression pipeline; every cell is stored, or its row or cell is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import definition
from nolcat_desktop.legacy.relation import WHERE
from nolcat_desktop.legacy.releases import ONLY_R5, ONLY_R51, marks
from nolcat_desktop.legacy.rules import COUNT, DAY, FAULT, FAULTS, NOTICE, NOTICES, PLACEHOLDERS, SOURCE, TYPE
from nolcat_desktop.usage import USAGE

RAW_GROUP = ("#raw statistics_source_ID", "#raw report_type", "#raw usage_date", "#raw metric_type")
"""The columns of `relation.GROUP` as they came."""
_DATES = ("publication_date", "parent_publication_date", "report_creation_date")
_LONGEST_ID = 15
_UNKNOWN = ("0000-00-00", *PLACEHOLDERS)


def clean(raw: pl.DataFrame) -> pl.DataFrame:
    """Read the cells of `raw`.

    Args:
        raw: Rows in the columns of `relation.RAW`.

    Returns:
        The same rows in the columns of `USAGE` (`release` as given, mostly null), with `FAULT` (id of why the row
        cannot be stored, or null), `NOTICE` (names of columns that were set to null, joined by commas, or null),
        `WHERE`, `RAW_GROUP`, `ONLY_R5` and `ONLY_R51`. In a row without a fault the columns that are never null but
        `release` hold values.
    """
    types = _types(raw["report_type"].unique())
    return (
        raw.lazy()
        .with_columns(pl.col(old).fill_null("").alias(new) for old, new in zip(_RAW_OF, RAW_GROUP, strict=True))
        .with_columns(_filled(name) for name in raw.columns if name != WHERE)
        .with_columns(**_read(types, {name: _days(raw[name]) for name in ("usage_date", *_DATES)}))
        .with_columns(_fits(types).alias("#release fits"))
        .with_columns(_fault(), _notice(), *marks())
        .select(*_usage(), FAULT, NOTICE, WHERE, *RAW_GROUP, ONLY_R5, ONLY_R51)
        .collect()
    )


_RAW_OF = ("statistics_source_ID", "report_type", "usage_date", "metric_type")


def _filled(name: str) -> pl.Expr:
    """Nothing but blanks is nothing."""
    return pl.when(pl.col(name).str.contains(r"\S")).then(pl.col(name)).alias(name)


def _read(types: Mapping[str, tuple[str, str]], days: Mapping[str, pl.DataFrame]) -> dict[str, pl.Expr]:
    source = pl.col("statistics_source_ID").str.strip_chars().str.strip_suffix(".0")
    known = {raw: code for raw, (code, _) in types.items()}
    plain = pl.when(source.str.contains(rf"^[0-9]{{1,{_LONGEST_ID}}}$")).then(source)
    return {
        SOURCE: plain.cast(pl.Int64, strict=False),
        TYPE: pl.col("report_type").replace_strict(known, default=None, return_dtype=pl.String),
        DAY: _day(days["usage_date"], "usage_date"),
        COUNT: pl.col("usage_count").str.strip_chars().str.strip_suffix(".0").cast(pl.Int64, strict=False),
        "#YOP": pl.col("YOP").str.strip_chars().str.strip_suffix(".0").cast(pl.Int16, strict=False),
        **{f"#{name}": _known_day(days[name], name) for name in _DATES},
    }


def _days(cells: pl.Series) -> pl.DataFrame:
    """Each text that is a date, with or without a time that is midnight (`text`), and the `day`; there are few."""
    texts = cells.unique().alias("text").to_frame().lazy()
    text = pl.col("text").str.strip_chars().str.replace(r"[ T]00:00(:00(\.0+)?)?(Z|\+00:00)?$", "")
    whole = pl.when(text.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")).then(text)
    return texts.with_columns(day=whole.str.to_date("%Y-%m-%d", strict=False)).drop_nulls().collect()


def _day(days: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).replace_strict(days["text"], days["day"], default=None, return_dtype=pl.Date)


def _known_day(days: pl.DataFrame, name: str) -> pl.Expr:
    return _day(days.filter(~pl.col("text").str.slice(0, 10).is_in(_UNKNOWN)), name)


def _types(given: Iterable[str | None]) -> dict[str, tuple[str, str]]:
    """Report type as it came → its code as the library writes it, and the releases that have it."""
    found = {}
    for raw in given:
        if raw is None:
            continue
        of = [one for one in (definition(release, raw) for release in Release) if one is not None and one.has_months]
        if of:
            found[raw] = (of[0].report_id, "|".join(str(one.release) for one in of))
    return found


def _fits(types: Mapping[str, tuple[str, str]]) -> pl.Expr:
    releases = {raw: of.split("|") for raw, (_, of) in types.items()}
    pairs = [(pl.col("report_type") == raw) & pl.col("release").is_in(of) for raw, of in releases.items()]
    return pl.any_horizontal(pairs) if pairs else pl.lit(value=False)


def _fault() -> pl.Expr:
    return pl.coalesce(pl.when(one.holds.fill_null(value=False)).then(pl.lit(one.fault)) for one in FAULTS).alias(FAULT)


def _notice() -> pl.Expr:
    lost = (
        pl.when(pl.col(one.column).is_not_null() & pl.col(f"#{one.column}").is_null()).then(pl.lit(one.column))
        for one in NOTICES
    )
    joined = pl.concat_str(list(lost), separator=",", ignore_nulls=True)
    return pl.when(joined != "").then(joined).alias(NOTICE)


def _usage() -> list[pl.Expr]:
    read = {
        "statistics_source_ID": SOURCE,
        "report_type": TYPE,
        "usage_date": DAY,
        "usage_count": COUNT,
        "YOP": "#YOP",
        **{name: f"#{name}" for name in _DATES},
    }
    return [pl.col(read.get(name, name)).cast(kind).alias(name) for name, kind in USAGE.items()]
