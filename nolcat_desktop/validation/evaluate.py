"""Rules over the data rows, evaluated: each text is looked at once, only rules that fired touch the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from nolcat_desktop.findings import FINDINGS, no_findings
from nolcat_desktop.report import ROW, FileKind, Report
from nolcat_desktop.validation.faults import filled_column
from nolcat_desktop.validation.rule import Over, Place, Rule

_NO_ELEMENT = "-"
"""No element: the cell of an item that has none stands at the item."""
_LACKING = frozenset({"J-required-missing", "J-required-null"})
_BROKEN = pl.Schema(
    {"value": pl.String(), "rule": pl.String(), "level": pl.UInt8(), "message": pl.String(), "hint": pl.String()}
)


def distinct(items: pl.DataFrame, elements: Iterable[str]) -> dict[str, pl.Series]:
    """The different texts of each of `elements` that is a column of `items`, null among them when a cell is blank."""
    there = frozenset(items.columns)
    names = [name for name in dict.fromkeys(elements) if name in there]
    if not names:
        return {}
    found = items.lazy().select(pl.col(name).unique().implode() for name in names).collect()
    return {name: found.get_column(name).explode().alias("value") for name in names}


def cell_findings(report: Report, rules: Sequence[Rule], texts: Mapping[str, pl.Series]) -> list[pl.DataFrame]:
    """What the rules over values, parts and blank cells find.

    Args:
        report: The report whose cells are judged.
        rules: Rules that are for this report.
        texts: The distinct texts by element, as `distinct` gives them.

    Returns:
        Frames in the schema `FINDINGS`, one for each element with findings; one row for each cell and broken rule.
    """
    frames = []
    named = frozenset(element for rule in rules for element in rule.elements)
    for element in (name for name in texts if name in named):
        series, mine = texts[element], [rule for rule in rules if element in rule.elements]
        broken = _broken(element, series, mine)
        if broken.height:
            frames.append(_at_cells(report, element, broken))
    return frames


def _broken(element: str, texts: pl.Series, rules: Sequence[Rule]) -> pl.DataFrame:
    """The texts that break a rule, each with what is said about it (schema `_BROKEN`)."""
    blank = texts.is_null() | (texts.str.strip_chars() == "")
    values = pl.DataFrame({"value": texts.filter(~blank)})
    blanks = pl.DataFrame({"value": texts.filter(blank)})
    parts = _parts(values) if any(rule.over is Over.PART for rule in rules) else values.clear()
    speaking = {
        *(_speaking(values, [rule for rule in rules if rule.over is Over.VALUE])),
        *(_speaking(parts, [rule for rule in rules if rule.over is Over.PART])),
    }
    said = [pl.DataFrame(schema=_BROKEN)]
    for rule in rules:
        if rule.over is Over.BLANK:
            said.append(_said(rule, element, blanks))
        elif rule.id not in speaking:
            continue
        elif rule.over is Over.VALUE:
            said.append(_said(rule, element, values.filter(rule.broken)))
        elif rule.over is Over.PART:
            said.append(_said(rule, element, parts.filter(rule.broken)).unique(maintain_order=True))
    return pl.concat(said)


def _speaking(texts: pl.DataFrame, rules: Sequence[Rule]) -> set[str]:
    """Ids of the rules that any of the texts breaks, asked all at once: most rules are broken by none."""
    if not rules or texts.is_empty():
        return set()
    flags = texts.select(rule.broken.any().alias(str(n)) for n, rule in enumerate(rules)).row(0)
    return {rule.id for rule, flag in zip(rules, flags, strict=True) if flag}


def _parts(values: pl.DataFrame) -> pl.DataFrame:
    """Each value beside each of its parts (columns `value`, `part`, `number` of parts)."""
    listed = values.with_columns(part=pl.col("value").str.split(";"))
    listed = listed.with_columns(number=pl.col("part").list.len())
    exploded = listed.explode("part").with_columns(pl.col("part").str.strip_chars())
    return exploded.filter(pl.col("part") != "")


def _said(rule: Rule, element: str, broken: pl.DataFrame) -> pl.DataFrame:
    """What `rule` says of the rows of `broken` (they hold `value`, and what the rule's detail needs)."""
    if not broken.height:
        return pl.DataFrame(schema=_BROKEN)
    detail = (rule.detail if rule.detail is not None else pl.lit("")).cast(pl.String).alias("detail")
    return broken.with_columns(detail).select(
        "value",
        pl.lit(rule.id).alias("rule"),
        pl.lit(int(rule.level), pl.UInt8).alias("level"),
        filled_column(rule.message, element).alias("message"),
        filled_column(rule.hint, element).alias("hint"),
    )


def _at_cells(report: Report, element: str, broken: pl.DataFrame) -> pl.DataFrame:
    """The same for each cell that holds one of the texts, with its position."""
    cells = report.items.lazy().select(ROW, pl.col(element).alias("value"))
    hits = cells.join(broken.lazy(), on="value", how="inner", nulls_equal=True, maintain_order="left").collect()
    found = findings_at(report, hits, element)
    if report.origin.kind is not FileKind.JSON:
        return found
    nulls = [one.position for one in report.irregularities if one.rule == "J-required-null"]
    is_told_null = pl.col("position").is_in(nulls)
    absent = pl.col("value").is_null() & (~pl.col("position").str.ends_with(f".{element}") | is_told_null)
    if element == "Metric_Type":
        is_told = any(one.element == element and one.rule in _LACKING for one in report.irregularities)
        absent = pl.col("value").is_null() & pl.lit(value=is_told)
    return found.filter(~absent)  # reading tells what an object lacks


def findings_at(report: Report, hits: pl.DataFrame, element: str | None) -> pl.DataFrame:
    """Findings at the cells of `element` (or at whole rows) for `hits`: columns row, value, rule, level, message, hint.

    `row` stays as a last column beside those of `FINDINGS`, so that a row that cannot be used can be told.
    """
    if not hits.height:
        return no_findings().with_columns(pl.lit(None, pl.UInt32).alias(ROW))
    rows = hits.get_column(ROW)
    position = report.positions.cells(rows, element) if element else report.positions.rows(rows)
    return hits.with_columns(position.alias("position"), pl.lit(element, pl.String).alias("element")).select(
        *(pl.col(name).cast(kind) for name, kind in FINDINGS.items()), ROW
    )


def row_findings(report: Report, items: pl.DataFrame, rules: Sequence[Rule]) -> list[pl.DataFrame]:
    """What the rules over rows find; a rule whose columns are not all there says nothing.

    Args:
        report: Gives the positions.
        items: Its rows with the spellings repaired, in the same columns.
        rules: Rules over rows that are for this report.

    Returns:
        Frames in the schema `FINDINGS`.
    """
    there = set(items.columns)
    mine = [rule for rule in rules if rule.over is Over.ROW and there.issuperset(rule.broken.meta.root_names())]
    if not mine or not items.height:
        return []
    fired = items.lazy().select(rule.broken.any().alias(str(n)) for n, rule in enumerate(mine)).collect().row(0)
    return [_of_rule(report, items, rule) for rule, broken in zip(mine, fired, strict=True) if broken]


def _of_rule(report: Report, items: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    """Findings of one rule over rows, at the places where it puts them."""
    named = next((name for name in rule.elements if name in items.columns), None)
    value = pl.col(named) if named else pl.lit(None, pl.String)
    hit = items.lazy().filter(rule.broken).with_columns(value.alias("value")).collect()
    said = _said(rule, named or "", hit).with_columns(hit.get_column(ROW))
    is_json = report.origin.kind is FileKind.JSON
    if rule.place is Place.CELL or (not is_json and rule.place is not Place.ITEM_ROW):
        return findings_at(report, said, named)
    if not is_json or rule.place is Place.OBJECT:
        return findings_at(report, said, None).with_columns(pl.lit(named, pl.String).alias("element"))
    item = report.positions.cells(said.get_column(ROW), _NO_ELEMENT)
    told = [one.position or "" for one in report.irregularities if one.rule in _LACKING and one.element == named]
    lacking = {*told, *(position.removesuffix(f".{named}") for position in told)}
    at_items = findings_at(report, said, None).with_columns(item.alias("position"))
    return at_items.filter(~pl.col("position").is_in(list(lacking))).unique(
        "position", keep="first", maintain_order=True
    )
