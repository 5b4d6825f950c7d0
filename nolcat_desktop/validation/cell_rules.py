"""Rules over the cells of the data rows, R5 and R5.1 (Code of Practice, sections 3.2 and 3.3)."""

from __future__ import annotations

from typing import Final

import polars as pl

from nolcat_desktop.counter.identifiers import COUNTRY_CODE, SUBDIVISION_CODE, YOP_LOOSE
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.validation.cell_elements import (
    CODES,
    DATES,
    DOIS,
    ENUMERATED,
    ISBNS,
    ISSNS,
    MEMBER,
    NAMES,
    PLACES,
    PROPRIETARY,
    URIS,
)
from nolcat_desktop.validation.identifier_rules import IDENTIFIER_RULES, LIST_RULES
from nolcat_desktop.validation.rule import R5, VALUE, Over, Rule

_YEAR_DIGITS: Final = 4
_v = VALUE.str.strip_chars()
_yop = _v.str.contains(YOP_LOOSE)
_date = _v.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$") & _v.str.to_date("%Y-%m-%d", strict=False).is_not_null()
_date_like = _v.str.contains(
    r"^(?:[0-9]{4}(?:-[0-9]{1,2}){0,2}|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4}"
    r"|[A-Za-z]{3,9}\.? ?[0-9 ,]*[0-9]{4})$"
)

BLANKS_AROUND: Final = tuple(
    Rule(
        rule,
        level,
        elements,
        _v != VALUE,
        "{element} '{value}' has blanks before or after it.",
        "Remove them; it is read without.",
    )
    for rule, level, elements in (
        ("V-01", Level.WARNING, PLACES),
        ("V-02", Level.WARNING, NAMES),
        ("V-03", Level.ERROR, ENUMERATED),
        ("V-06", Level.ERROR, ("YOP",)),
        ("V-07", Level.ERROR, DOIS),
        ("V-08", Level.ERROR, PROPRIETARY),
        ("V-09", Level.ERROR, ISBNS),
        ("V-10", Level.ERROR, ISSNS),
        ("V-11", Level.ERROR, URIS),
        ("V-12", Level.ERROR, ("Publisher_ID",)),
        ("V-18", Level.ERROR, DATES),
        ("V-20", Level.ERROR, (*MEMBER, *CODES)),
    )
)
"""Blanks around a text, by element: they differ in weight."""

MISSING: Final = (
    Rule(
        "V-01",
        Level.ERROR,
        PLACES,
        pl.lit(value=True),
        "{element} must not be blank.",
        "Give the {element}.",
        Over.BLANK,
    ),
    Rule(
        "V-03",
        Level.CRITICAL,
        ("Data_Type", "Access_Type", "Access_Method", "Metric_Type", "Attributed"),
        pl.lit(value=True),
        "{element} must not be blank.",
        "Give one of the permitted values.",
        Over.BLANK,
    ),
    Rule(
        "V-06",
        Level.ERROR,
        ("YOP",),
        pl.lit(value=True),
        "YOP must not be blank.",
        "Use 0001 for an unknown year of publication.",
        Over.BLANK,
    ),
)
"""Cells that have to be filled."""

TEXTS: Final = (
    Rule(
        "V-04",
        Level.WARNING,
        ("Data_Type",),
        _v == "Unspecified",
        "Data_Type is Unspecified.",
        "Nothing has to be done; ask the publisher which type it is, if you compare by type.",
    ),
    Rule(
        "V-05",
        Level.WARNING,
        ("Data_Type",),
        _v == "Database",
        "Data_Type Database in a title report.",
        "Only for full content databases.",
        releases=R5,
        reports=frozenset({"TR"}),
    ),
    Rule(
        "V-06",
        Level.CRITICAL,
        ("YOP",),
        ~_yop,
        "YOP '{value}' is not a year of publication.",
        "Write four digits; 0001 for unknown, 9999 for articles in press.",
    ),
    Rule(
        "V-06",
        Level.ERROR,
        ("YOP",),
        _yop & (_v.str.len_chars() < _YEAR_DIGITS),
        "YOP '{value}' has fewer than four digits.",
        "Write it as '{detail}'.",
        detail=_v.str.zfill(4),
    ),
    Rule(
        "V-18", Level.CRITICAL, DATES, ~_date & ~_date_like, "{element} '{value}' is not a date.", "Write yyyy-mm-dd."
    ),
    Rule(
        "V-18",
        Level.ERROR,
        DATES,
        ~_date & _date_like,
        "{element} '{value}' is not written yyyy-mm-dd.",
        "Write yyyy-mm-dd.",
    ),
    Rule(
        "V-20",
        Level.ERROR,
        ("Country_Code",),
        ~_v.str.contains(COUNTRY_CODE),
        "Country_Code '{value}' is not two capitals.",
        "Use the codes of ISO 3166-1 alpha-2.",
    ),
    Rule(
        "V-20",
        Level.ERROR,
        ("Subdivision_Code",),
        ~_v.str.contains(SUBDIVISION_CODE),
        "Subdivision_Code '{value}' is not a code of ISO 3166-2.",
        "Write it like US-CA.",
    ),
)
"""Years, dates, places."""

CELL_RULES: Final = (*BLANKS_AROUND, *MISSING, *TEXTS, *IDENTIFIER_RULES, *LIST_RULES)
"""All of them."""
