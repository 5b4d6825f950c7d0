"""Check digits, which COUNTER's own validator does not look at (validation.md section 11). All are notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from nolcat_desktop.counter.identifiers import ISBN13, ISSN
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.validation.cell_elements import AUTHORS, ISBNS, ISSNS
from nolcat_desktop.validation.rule import BOTH, PART, VALUE, Over, Rule

_ELEVEN: Final = 11
_TEN: Final = 10
_ISNI_DIGITS: Final = 15
_ISNI_WEIGHTS: Final = tuple(pow(2, _ISNI_DIGITS - n, _ELEVEN) for n in range(_ISNI_DIGITS))
_hint: Final = "Look the identifier up; it is kept as delivered."


def weighted(text: pl.Expr, weights: Sequence[int]) -> pl.Expr:
    """The digits of `text` times their weights, added up; null where one is no digit."""
    digits = [text.str.slice(n, 1).cast(pl.Int64, strict=False) * weight for n, weight in enumerate(weights)]
    return pl.sum_horizontal(digits)


def last_digit(text: pl.Expr, place: int) -> pl.Expr:
    """The check digit at `place`, X standing for ten."""
    cell = text.str.slice(place, 1)
    return pl.when(cell == "X").then(pl.lit(_TEN, pl.Int64)).otherwise(cell.cast(pl.Int64, strict=False))


def issn_is_right(digits: pl.Expr) -> pl.Expr:
    """Whether the eight characters of an ISSN, without hyphen, fit (ISO 3297)."""
    return (weighted(digits, (8, 7, 6, 5, 4, 3, 2)) + last_digit(digits, 7)) % _ELEVEN == 0


def isbn_is_right(digits: pl.Expr) -> pl.Expr:
    """Whether thirteen digits fit (ISO 2108)."""
    return weighted(digits, (1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1)) % _TEN == 0


def isni_is_right(digits: pl.Expr) -> pl.Expr:
    """Whether the sixteen characters of an ISNI or ORCID fit (ISO 27729)."""
    return (weighted(digits, _ISNI_WEIGHTS) + last_digit(digits, _ISNI_DIGITS)) % _ELEVEN == 1


_v = VALUE.str.strip_chars()
_bare = _v.str.replace_all("-", "", literal=True)
_named = r"(?i)(?:ISNI|ORCID):\s*([0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{3}[0-9X])(?:\)|\s|$)"
_person = PART.str.extract(_named, 1)
_person_bare = _person.str.replace_all("[ -]", "")

CHECK_DIGIT_RULES: Final = (
    Rule(
        "N-check-digit",
        Level.NOTICE,
        ISSNS,
        _v.str.contains(ISSN) & ~issn_is_right(_bare),
        "The check digit of {element} '{value}' is wrong.",
        _hint,
        releases=BOTH,
        official=False,
        source="ISO 3297",
    ),
    Rule(
        "N-check-digit",
        Level.NOTICE,
        ISBNS,
        _v.str.contains(ISBN13) & ~isbn_is_right(_bare),
        "The check digit of {element} '{value}' is wrong.",
        _hint,
        releases=BOTH,
        official=False,
        source="ISO 2108",
    ),
    Rule(
        "N-check-digit",
        Level.NOTICE,
        ("Publisher_ID", *AUTHORS),
        _person.is_not_null() & ~isni_is_right(_person_bare),
        "The check digit of '{detail}' in {element} is wrong.",
        _hint,
        Over.PART,
        BOTH,
        detail=_person,
        official=False,
        source="ISO 27729",
    ),
)
