"""Cleaning of texts, as expressions: what may be mended beyond doubt, and nothing else (the same rules as NoLCAT's).

Distinct values are looked at first, so that a column in which nothing is to be mended costs one look.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from html.entities import html5

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.text import loose

_UNCLEAN = r"[\s\x{00a0}]{2}|^[\s\x{00a0}]|[\s\x{00a0}]$|[\t\n\r\f\v\x{00a0}]"
_BLANKS = r"[\s\x{00a0}]+"
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_RESOLVER = r"^(?i:https?://(?:dx\.)?doi\.org/|doi:\s*)(10\..+)$"
_GAP_IN_DOI = r"^(10\.[0-9.]+/)\s+(\S+)$"
_SMALL_X = r"^([0-9]{4}-[0-9]{3})x$"
_BARE_ISSN = r"^([0-9]{4})[\s\x{2010}-\x{2015}]?([0-9]{3}[0-9Xx])$"
ISSN_ELEMENTS = frozenset(
    {"Print_ISSN", "Online_ISSN", "Parent_Print_ISSN", "Parent_Online_ISSN", "Print_ID", "Online_ID"}
)
DOI_ELEMENTS = frozenset({"DOI", "Parent_DOI"})
ENUMERATED = (
    "Metric_Type",
    "Data_Type",
    "Section_Type",
    "Access_Type",
    "Access_Method",
    "Parent_Data_Type",
    "Article_Version",
    "Parent_Article_Version",
)


def clean(items: pl.DataFrame, element: str) -> pl.Expr:
    """The text of a column as usage stores it.

    Entities are resolved, line breaks and runs of blanks made one blank, '' made null; an ISSN gets its hyphen and a
    capital X, a DOI loses the address of its resolver and a blank behind its prefix.

    Args:
        items: `Report.items`, to see what there is to clean.
        element: The column.

    Returns:
        A String expression over the column.
    """
    column = pl.col(element)
    looks = items.lazy().select(
        unclean=column.str.contains(_UNCLEAN).any(),
        entity=column.str.contains("&", literal=True).any(),
        empty=(column == "").any(),
    )
    unclean, entity, empty = (bool(value) for value in looks.collect().row(0))
    if entity:
        column = _without_entities(items, element, column)
    if unclean or entity:
        column = column.str.replace_all(_BLANKS, " ").str.strip_chars()
    if unclean or entity or empty:
        column = pl.when(column != "").then(column)
    if element in DOI_ELEMENTS:
        column = column.str.replace(_RESOLVER, "$1").str.replace(_GAP_IN_DOI, "$1$2")
    if element in ISSN_ELEMENTS:
        column = column.str.replace(_BARE_ISSN, "$1-$2").str.replace(_SMALL_X, "${1}X")
    return column


def _without_entities(items: pl.DataFrame, element: str, column: pl.Expr) -> pl.Expr:
    text = pl.col(element)
    values = items.lazy().select(text.unique()).filter(text.str.contains(_ENTITY.pattern)).collect().to_series()
    mended = {value: resolved for value in values if (resolved := _ENTITY.sub(_resolved, value)) != value}
    return column.replace(mended) if mended else column


def _resolved(entity: re.Match[str]) -> str:
    """What a numeric entity or one that HTML knows stands for; any other text as it is."""
    known = entity[0][1] == "#" or entity[0][1:] in html5
    return html.unescape(entity[0]) if known else entity[0]


def spelled(items: pl.DataFrame, element: str, definition: Definition, column: pl.Expr) -> pl.Expr:
    """Spell the values of an enumerated element as the Code does, where only case, blanks or hyphens differ."""
    permitted = definition.values.get(element)
    if permitted is None:
        of_item = element.removeprefix("Parent_")
        permitted = definition.metric_types if element == "Metric_Type" else definition.values.get(of_item, ())
    mending = misspelled(items.select(column.alias(element).unique()).to_series(), permitted)
    return column.replace(mending) if mending else column


def misspelled(values: Iterable[str | None], permitted: Iterable[str]) -> Mapping[str, str]:
    """Value as delivered → permitted value, for those that differ from it only as validation.md section 2 allows."""
    keys = {loose(value): value for value in permitted}
    return {
        value: keys[loose(value)] for value in values if value and loose(value) in keys and keys[loose(value)] != value
    }
