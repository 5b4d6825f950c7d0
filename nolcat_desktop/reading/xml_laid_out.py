"""The items of an R4 response laid out as the tabular report has them: which rows are counts, and which are parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.elements import name_element
from nolcat_desktop.counts import count
from nolcat_desktop.reading.json_tally import Tally
from nolcat_desktop.reading.xml_codes import (
    ISBNS,
    PARTS,
    TOTAL,
    UNITS,
    code_of,
    data_type_of,
    has_data_type,
    is_implicit,
    metric_text,
)
from nolcat_desktop.reading.xml_header import Around
from nolcat_desktop.reading.xml_positions import XmlPositions
from nolcat_desktop.report import ROW

_HTML_PDF: Final = ("ft_html", "ft_pdf")
_MULTIMEDIA: Final = frozenset({"MR1", "CR3"})
_LISTED: Final = 200


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The rows of a report."""

    items: pl.DataFrame
    """As `Report.items`."""
    positions: XmlPositions


def lay_out(
    frames: tuple[pl.DataFrame, pl.DataFrame], definition: Definition | None, around: Around, tally: Tally
) -> LaidOut:
    """Lay out the items of a report.

    Args:
        frames: Items and rows, as `ItemSheet.frames` gives them.
        definition: Which report it is; None: every metric becomes a row, named as delivered.
        around: Its customers.
        tally: Told what is left out, and where parts and totals disagree.
    """
    objects, rows = frames
    codes = {metric: code_of(metric) for metric in rows["#code"].unique().to_list()}
    rows = rows.with_columns(pl.col("#code").replace_strict(codes, return_dtype=pl.String).alias("#key"))
    if definition is not None and is_implicit(definition):
        kept = _counted(rows, definition)
        _tell_parts(rows.filter(~kept), rows.filter(kept), objects, tally)
        rows = rows.filter(kept)
        metrics = None
    else:
        texts = {metric: metric_text(codes[metric], metric) for metric in codes}
        metrics = rows["#code"].replace_strict(texts, return_dtype=pl.String)
        _tell_unknown(rows, definition, texts, objects, tally)
    _tell_types(objects, definition, tally)
    elements = _elements(objects, definition, around, tally)[rows["#object"]]
    counted = sorted(name for name in rows.columns if name[:1].isdigit())
    odd = sorted(name for name in rows.columns if name.startswith("#") and "/" in name)
    items = pl.concat([elements, rows.select("#year", *counted, *odd)], how="horizontal").rename({"#year": "YOP"})
    if metrics is not None:
        items = items.insert_column(elements.width, metrics.alias("Metric_Type"))
    if items["YOP"].null_count() == items.height:
        items = items.drop("YOP")
    places = rows.select("#object", *(f"@{name}" for name in (*counted, *odd)))
    return LaidOut(items.with_row_index(ROW), XmlPositions(_with_places(objects), places))


def _with_places(objects: pl.DataFrame) -> pl.DataFrame:
    """Where identifiers stand; that of the ISBN is the place of the one that is taken."""
    isbn = pl.coalesce(pl.when(pl.col(name).is_not_null()).then(pl.col(f"@{name}")) for name in ISBNS)
    return objects.select(
        *(name for name in objects.columns if name[0] == "@" and name != "@ISBN"), isbn.alias("@ISBN")
    )


def _counted(rows: pl.DataFrame, definition: Definition) -> pl.Series:
    """Which rows are what the report counts: its totals; multimedia units where an item has no total."""
    is_total = rows["#key"] == TOTAL
    if definition.report_id not in _MULTIMEDIA:
        return is_total
    with_total = rows.filter(is_total)["#object"].unique()
    return is_total | ((rows["#key"] == UNITS) & ~rows["#object"].is_in(with_total.implode()))


def _tell_parts(others: pl.DataFrame, totals: pl.DataFrame, objects: pl.DataFrame, tally: Tally) -> None:
    """What is left out: parts of the totals, which are only checked, and metrics that the report does not have."""
    positions = XmlPositions(objects, others)
    months = [name for name in others.columns if name[:1].isdigit() or (name.startswith("#") and "/" in name)]
    for (metric, key), _ in others.with_row_index("n").group_by("#code", "#key", maintain_order=True):
        of_metric = others.with_row_index("n").filter(pl.col("#code") == metric)
        filled = int(of_metric.select(pl.sum_horizontal(pl.col(name).is_not_null().sum() for name in months)).item())
        first = positions.cells(of_metric["n"].head(1), "Metric_Type")[0]
        tally.count("R4-X25" if key in PARTS else "R4-X12", first, str(metric), None, filled)
    parts = others.with_row_index("n").filter(pl.col("#key").is_in(list(PARTS)))
    for month in (name for name in months if name[:1].isdigit()):
        _tell_month(parts, totals, month, positions, tally)


def _tell_month(parts: pl.DataFrame, totals: pl.DataFrame, month: str, positions: XmlPositions, tally: Tally) -> None:
    """A month with parts and no total (R4-X13), or with more HTML and PDF than its total (R4-X14)."""
    key = ["#object", "#year"]
    if month not in totals.columns:
        totals = totals.with_columns(pl.lit(None, pl.String).alias(month))
    whole = totals.filter(pl.col(month).is_not_null()).group_by(key).agg(count(month).sum().alias("total"))
    some = parts.select(*key, "n", "#key", count(month).alias("part"), pl.col(month).alias("text"))
    beside = some.filter(pl.col("part") > 0).join(whole, on=key, how="left", nulls_equal=True)
    lacking = beside.filter(pl.col("total").is_null()).sort("n")
    for place, text in zip(positions.cells(lacking["n"].head(_LISTED), month), lacking["text"], strict=False):
        tally.add("R4-X13", place, month, text)
    formats = beside.filter(pl.col("#key").is_in(_HTML_PDF) & pl.col("total").is_not_null())
    summed = formats.group_by(key).agg(pl.col("part").sum(), pl.col("total").first(), pl.col("n").min())
    for row in summed.filter(pl.col("part") > pl.col("total")).sort("n").head(_LISTED).iter_rows(named=True):
        place = positions.cells(pl.Series([row["n"]], dtype=pl.UInt32), month)[0]
        tally.add("R4-X14", place, month, str(row["part"]), str(row["total"]))


def _tell_unknown(
    rows: pl.DataFrame, definition: Definition | None, texts: dict[str, str], objects: pl.DataFrame, tally: Tally
) -> None:
    """Metrics that are not of this report; they are rows all the same."""
    if definition is None:
        return
    positions = XmlPositions(objects, rows)
    for metric, text in texts.items():
        if text not in definition.metric_types:
            of_metric = rows.with_row_index("n").filter(pl.col("#code") == metric)
            first = positions.cells(of_metric["n"].head(1), "Metric_Type")[0]
            tally.add("R4-X12", first, metric, None, "kept")


def _tell_types(objects: pl.DataFrame, definition: Definition | None, tally: Tally) -> None:
    """Data types that are not those of the report."""
    wanted = data_type_of(definition) if definition is not None else ""
    if not wanted:
        return
    other = objects.with_row_index("n").filter(pl.col("Type").str.to_lowercase() != wanted)
    for text, number in other.group_by("Type").agg(pl.len()).sort("Type").iter_rows():
        tally.count("R4-X17", None, str(text), text, number)


def _elements(objects: pl.DataFrame, definition: Definition | None, around: Around, tally: Tally) -> pl.DataFrame:
    """The elements of each item, under the names of the tabular form."""
    name = "Title"
    if definition is not None:
        name = name_element(definition) or "Title"
    isbn = pl.coalesce(pl.col(one) for one in ISBNS)
    platform = pl.col("Platform")
    is_platform = definition is not None and definition.report_id == "PR1"
    if is_platform:
        platform = pl.coalesce(_filled("Platform"), _filled("Name"))
    columns = [
        *([] if is_platform else [_filled("Name").alias(name)]),
        _filled("Publisher"),
        platform.replace("", None).alias("Platform"),
        *([_filled("Type").alias("Data_Type")] if has_data_type(definition) else []),
        *(pl.col(one) for one in ("DOI", "Proprietary_ID")),
        isbn.alias("ISBN"),
        *(pl.col(one) for one in ("Print_ISSN", "Online_ISSN")),
    ]
    lost = objects.filter(pl.sum_horizontal(pl.col(one).is_not_null() for one in ISBNS) > 1).height
    if lost:
        tally.count("R4-X28", None, "ISBN", None, lost)
    found = objects.select(columns)
    wanted = frozenset(definition.columns if definition is not None else ())
    found = found.select(one for one in found.columns if one in wanted or found[one].null_count() < found.height)
    return pl.concat([_members(objects, wanted, around.customers), found], how="horizontal")


def _filled(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(pl.col(name)).alias(name)


def _members(objects: pl.DataFrame, wanted: frozenset[str], customers: Sequence[object]) -> pl.DataFrame:
    """Institution_Name and Customer_ID of each item, when there are several customers or the report has members."""
    if len(customers) < 2 and "Institution_Name" not in wanted:  # noqa: PLR2004 - one customer is the whole report's
        return pl.DataFrame()
    said = [(one.says("Name"), one.says("ID")) for one in customers]  # type: ignore[attr-defined]
    numbers = objects["@customer"].to_list()
    return pl.DataFrame(
        [
            pl.Series(label, [said[n][which] or None if 0 <= n < len(said) else None for n in numbers], pl.String)
            for which, label in enumerate(("Institution_Name", "Customer_ID"))
        ]
    )
