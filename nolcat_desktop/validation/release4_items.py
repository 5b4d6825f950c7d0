"""Release 4: item rows (release4.md section 3.5 and 3.6), as rows of tables."""

from __future__ import annotations

from typing import Final

import polars as pl

from nolcat_desktop.counter.identifiers import DOI, ISBN_LOOSE, ISSN_LOOSE
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.metrics4 import canonical_of
from nolcat_desktop.counter.release import Release
from nolcat_desktop.validation.check_digits import isbn_is_right, issn_is_right
from nolcat_desktop.validation.rule import R4, VALUE, Over, Rule

_LONG: Final = 13
"""Digits of the longer ISBN."""
_v = VALUE.str.strip_chars()
_bare = _v.str.replace_all(r"[\s-]", "").str.to_uppercase()
_ISSN: Final = ("Print_ISSN", "Online_ISSN")
_TEXTS: Final = ("Title", "Database", "Publisher", "Platform")
_TITLES: Final = frozenset({"TR1", "TR1Mobile", "TR2", "TR3", "TR3Mobile"})
_is_isbn = _v.str.contains(ISBN_LOOSE) & _bare.str.len_chars().is_in([10, 13])
_several = _v.str.contains(r"[;,|]|[0-9Xx]\s+[0-9]{4}-")
_issn_right = issn_is_right(_bare)
_isbn13_right = isbn_is_right(_bare)
_squashed = _v.str.replace_all(r"\s+", " ").str.to_lowercase()

CELL_RULES4: Final = (
    Rule("R4-V02", Level.NOTICE, ("Publisher",), pl.lit(value=True), "Publisher is blank.", "", Over.BLANK, R4),
    Rule(
        "R4-V03",
        Level.WARNING,
        ("Platform",),
        pl.lit(value=True),
        "Platform is blank.",
        "Ask the provider for it.",
        Over.BLANK,
        R4,
    ),
    Rule(
        "R4-V04",
        Level.CRITICAL,
        ("Metric_Type",),
        pl.lit(value=True),
        "The row does not say what it counts.",
        "Such a row cannot be stored.",
        Over.BLANK,
        R4,
    ),
    Rule(
        "R4-V16",
        Level.ERROR,
        _ISSN,
        _v.str.contains(ISSN_LOOSE) & ~_v.str.contains(r"^[0-9]{4}-[0-9]{3}[0-9Xx]$"),
        "{element} '{value}' is not written nnnn-nnnn.",
        "It is stored as '{detail}'.",
        releases=R4,
        detail=pl.concat_str([_bare.str.slice(0, 4), pl.lit("-"), _bare.str.slice(4)]),
    ),
    Rule(
        "R4-V17",
        Level.ERROR,
        _ISSN,
        ~_v.str.contains(ISSN_LOOSE) & ~_is_isbn & ~_several,
        "{element} '{value}' is not an ISSN.",
        "It is kept as delivered.",
        releases=R4,
    ),
    Rule(
        "R4-V17",
        Level.ERROR,
        _ISSN,
        _v.str.contains(ISSN_LOOSE) & ~_issn_right,
        "The check digit of {element} '{value}' is wrong.",
        "It is kept as delivered.",
        releases=R4,
    ),
    Rule(
        "R4-V18",
        Level.ERROR,
        _ISSN,
        _is_isbn & ~_several,
        "{element} '{value}' is an ISBN.",
        "It is kept where it stands.",
        releases=R4,
    ),
    Rule(
        "R4-V18",
        Level.ERROR,
        ("ISBN",),
        _v.str.contains(ISSN_LOOSE),
        "{element} '{value}' is an ISSN.",
        "It is kept where it stands.",
        releases=R4,
    ),
    Rule(
        "R4-V19",
        Level.ERROR,
        (*_ISSN, "ISBN"),
        _several & ~_v.str.contains(ISSN_LOOSE) & ~_is_isbn,
        "{element} '{value}' holds more than one identifier.",
        "It is kept as delivered.",
        releases=R4,
    ),
    Rule(
        "R4-V20",
        Level.ERROR,
        ("ISBN",),
        ~_is_isbn & ~_several & ~_v.str.contains(ISSN_LOOSE),
        "ISBN '{value}' has not ten or thirteen digits.",
        "It is kept as delivered.",
        releases=R4,
    ),
    Rule(
        "R4-V21",
        Level.NOTICE,
        ("ISBN",),
        _is_isbn & (_bare.str.len_chars() == _LONG) & ~_isbn13_right,
        "The check digit of ISBN '{value}' is wrong.",
        "It is kept as delivered.",
        releases=R4,
    ),
    Rule(
        "R4-V22",
        Level.WARNING,
        ("ISBN",),
        pl.lit(value=True),
        "ISBN is blank.",
        "Ask the provider for it.",
        Over.BLANK,
        R4,
        frozenset({"BR1", "BR2"}),
    ),
    Rule(
        "R4-V24",
        Level.ERROR,
        ("DOI",),
        ~_v.str.contains(DOI),
        "DOI '{value}' is not written 10.…/…",
        "The prefix of a resolver is removed.",
        releases=R4,
    ),
    Rule(
        "R4-V25",
        Level.NOTICE,
        _TEXTS,
        VALUE.str.contains(r"&(?:[a-zA-Z]{2,8}|#[0-9]{1,5});|[\r\n]|^\s|\s$|\s\s"),
        "{element} '{value}' holds codes of the web (&amp;), line breaks or surplus blanks.",
        "",
        releases=R4,
    ),
    Rule(
        "R4-V26",
        Level.ERROR,
        ("Data_Type",),
        pl.lit(value=True),
        "Data Type is blank.",
        "What the row counts follows from it; such a row cannot be stored.",
        Over.BLANK,
        R4,
        _TITLES,
    ),
    Rule(
        "R4-V26",
        Level.ERROR,
        ("Data_Type",),
        ~_v.str.to_lowercase().is_in(["journal", "book"]),
        "Data Type '{value}' is neither Journal nor Book.",
        "What the row counts follows from it; such a row cannot be stored.",
        releases=R4,
        reports=_TITLES,
    ),
)
"""Cells of R4's item rows."""


def _of_metrics(release: Release) -> tuple[Rule, ...]:
    """How what is counted is worded in a release before 5."""
    known = [pl.when(_squashed.str.contains(pattern)).then(pl.lit(text)) for pattern, text in canonical_of(release)]
    meant = pl.coalesce(known)
    return (
        Rule(
            "R4-V05",
            Level.NOTICE,
            ("Metric_Type",),
            meant.is_not_null() & (_v != meant),
            "'{value}' is stored as '{detail}'.",
            "",
            releases=R4,
            detail=meant,
        ),
        Rule(
            "R4-V06",
            Level.ERROR,
            ("Metric_Type",),
            meant.is_null(),
            "'{value}' is not known as something that is counted.",
            "It is stored as delivered.",
            releases=R4,
        ),
    )


METRIC_RULES4: Final = {release: _of_metrics(release) for release in Release if release.is_before_5}
"""The column of metrics, by release: Release 3 has activities of its own."""
