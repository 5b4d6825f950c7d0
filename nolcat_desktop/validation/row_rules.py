"""Rules over whole rows of R5 and R5.1: which metric fits which type (Code of Practice, section 3.3)."""

from __future__ import annotations

from typing import Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.validation.rule import R5, R51, Over, Place, Rule

_metric = pl.col("Metric_Type")
_type = pl.col("Data_Type")
_section = pl.col("Section_Type")
_format = pl.col("Format")
_DATABASES: Final = ["Database", "Database_Aggregated", "Database_AI", "Database_Full"]
_is_database = _type.is_in(_DATABASES)
_is_title_metric = _metric.str.starts_with("Unique_Title_")
_is_search = _metric.is_in(["Searches_Regular", "Searches_Automated", "Searches_Federated"])
_is_denial = _metric.is_in(["Limit_Exceeded", "No_License"])
_is_use = _metric.str.contains("_Investigations$|_Requests$")
_PR_DR: Final = frozenset({"PR", "DR"})
_TR: Final = frozenset({"TR"})

_ROW = Over.ROW
TYPE_RULES: Final = (
    Rule(
        "B-05",
        Level.CRITICAL,
        ("Data_Type",),
        (_metric == "Searches_Platform") != (_type == "Platform"),
        "Searches_Platform and Data_Type Platform go together, and only together.",
        "Ask the provider for a corrected report.",
        _ROW,
        reports=frozenset({"PR"}),
        place=Place.OBJECT,
    ),
    Rule(
        "B-06",
        Level.CRITICAL,
        ("Data_Type",),
        _is_search & ~_is_database,
        "Searches are counted for databases only, not for '{value}'.",
        "Ask the provider for a corrected report.",
        _ROW,
        reports=frozenset({"DR"}),
        place=Place.OBJECT,
    ),
    Rule(
        "B-07",
        Level.CRITICAL,
        ("Data_Type",),
        _is_denial & ~_is_database,
        "Access denied is counted for databases only, not for '{value}'.",
        "Ask the provider for a corrected report.",
        _ROW,
        R51,
        _PR_DR,
        place=Place.OBJECT,
    ),
    Rule(
        "B-08",
        Level.CRITICAL,
        ("Data_Type",),
        _is_use & _is_database,
        "'{value}' carries no Investigations or Requests.",
        "They belong to what the database contains.",
        _ROW,
        R51,
        _PR_DR,
        place=Place.OBJECT,
    ),
    Rule(
        "B-09",
        Level.CRITICAL,
        (),
        _is_title_metric & (_type != "Book"),
        "Unique_Title metrics are for books only, not for '{detail}'.",
        "Ask the provider for a corrected report.",
        _ROW,
        R5,
        detail=_type,
    ),
    Rule(
        "B-09",
        Level.CRITICAL,
        (),
        _is_title_metric & ~_type.is_in(["Book", "Reference_Work"]),
        "Unique_Title metrics are for books and reference works only, not for '{detail}'.",
        "Ask the provider for a corrected report.",
        _ROW,
        R51,
        detail=_type,
    ),
    Rule(
        "B-10",
        Level.CRITICAL,
        (),
        _is_title_metric & _section.is_not_null(),
        "Section_Type must be blank for Unique_Title metrics.",
        "Such a metric counts whole titles.",
        _ROW,
        R5,
        _TR,
    ),
    Rule(
        "B-10",
        Level.CRITICAL,
        (),
        ~_is_title_metric & _section.is_null(),
        "Section_Type must not be blank.",
        "Only Unique_Title metrics have none.",
        _ROW,
        R5,
        _TR,
    ),
    Rule(
        "B-11",
        Level.WARNING,
        (),
        ((_section == "Article") & ~_type.is_in(["Journal", "Newspaper_or_Newsletter"]))
        | (_section.is_in(["Book", "Chapter"]) & (_type != "Book"))
        | ((_section == "Section") & ~_type.is_in(["Book", "Journal", "Newspaper_or_Newsletter"]))
        | ((_section == "Other") & _type.is_in(["Book", "Journal", "Newspaper_or_Newsletter"])),
        "Section_Type does not fit the Data_Type.",
        "Ask the provider which of the two is right.",
        _ROW,
        R5,
        _TR,
    ),
    Rule(
        "B-12",
        Level.CRITICAL,
        (),
        (_metric == "Total_Item_Requests") == _format.is_null(),
        "Format is filled for Total_Item_Requests, and for no other metric.",
        "Ask the provider for a corrected report.",
        _ROW,
        R5,
        _TR,
    ),
)
"""Metric, data type, section and format."""
