"""Rules over identifiers and authors in the data rows, R5 and R5.1 (Code of Practice, section 3.2)."""

from __future__ import annotations

from typing import Final

import polars as pl

from nolcat_desktop.counter.identifiers import DOI, ISNI, ISSN, ORCID, ROR, URI
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.validation.cell_elements import AUTHORS, DOIS, ISBNS, ISSNS, PROPRIETARY, URIS
from nolcat_desktop.validation.isbn_ranges import hyphenated_all
from nolcat_desktop.validation.rule import PART, R51, VALUE, Over, Rule

PLATFORM_VALUE: Final = r"^[A-Za-z0-9_./+]{1,17}:\s*\S"
"""`platform:value`, as leniently as COUNTER's validator, which lets + through."""
_MOST_AUTHORS: Final = 3
_ISBN_LENGTH: Final = 17
_JOINT: Final = r";\S|;\s{2,}|\s;|^\s*;|;\s*$"
"""Anything but `; ` between two parts."""
_v = VALUE.str.strip_chars()
_identified = PART.str.extract(r"\(([^()]*)\)\s*$", 1)


_digits = _v.str.replace_all("-", "", literal=True)
_thirteen = (_v.str.len_chars() == _ISBN_LENGTH) & _digits.str.contains(r"^97[89][0-9]{10}$")
_isbn_written = pl.when(_thirteen).then(_digits).map_batches(hyphenated_all, return_dtype=pl.String)


def _is(element_namespace: str) -> pl.Expr:
    return PART.str.to_lowercase().str.starts_with(element_namespace + ":")


def _after_colon() -> pl.Expr:
    return PART.str.extract(r"^[^:]*:\s*(.*)$", 1).fill_null("")


IDENTIFIER_RULES: Final = (
    Rule(
        "V-07",
        Level.ERROR,
        DOIS,
        ~_v.str.contains(DOI) & _v.str.contains(r"10\.[1-9][0-9]{2,}[0-9.]*/\S"),
        "{element} '{value}' holds more than the DOI.",
        "Write only the DOI: 10.…/…",
    ),
    Rule(
        "V-07",
        Level.ERROR,
        DOIS,
        ~_v.str.contains(r"10\.[1-9][0-9]{2,}[0-9.]*/\S"),
        "{element} '{value}' is not a DOI.",
        "Write it as 10.…/…, or leave the cell blank.",
    ),
    Rule(
        "V-08",
        Level.ERROR,
        PROPRIETARY,
        ~_v.str.contains(PLATFORM_VALUE),
        "{element} '{value}' is not written platform:value.",
        "Write the platform's code (at most 17 letters, digits, '_', '.', '/'), a colon and the identifier.",
    ),
    Rule(
        "V-09",
        Level.ERROR,
        ISBNS,
        ~_thirteen,
        "{element} '{value}' is not an ISBN with thirteen digits and four hyphens.",
        "Write it like 978-0-12-345678-6.",
    ),
    Rule(
        "V-09",
        Level.WARNING,
        ISBNS,
        _thirteen & (_isbn_written != _v),
        "The hyphens of {element} '{value}' stand at the wrong places.",
        "By the ranges of the ISBN Agency: {detail}.",
        detail=_isbn_written,
    ),
    Rule(
        "V-10",
        Level.ERROR,
        ISSNS,
        ~_v.str.contains(ISSN),
        "{element} '{value}' is not written as an ISSN.",
        "Write it as nnnn-nnnn; a last x is a capital X.",
    ),
    Rule(
        "V-11",
        Level.ERROR,
        URIS,
        ~_v.str.contains(URI),
        "{element} '{value}' is not a URI that leads anywhere.",
        "Write a whole address (https://…) or a URN.",
    ),
)
"""Identifiers of items, parents and components."""

_namespaces = _v.str.extract_all(r"(?:^|;)\s*[^;:]+:").list.eval(
    pl.when(pl.element().str.contains(r"(?i)^;?\s*isni:$"))
    .then(pl.lit("ISNI"))
    .when(pl.element().str.contains(r"(?i)^;?\s*ror:$"))
    .then(pl.lit("ROR"))
    .otherwise(pl.lit("own"))
)

LIST_RULES: Final = (
    Rule(
        "V-12",
        Level.ERROR,
        ("Publisher_ID",),
        _namespaces.list.n_unique() < _namespaces.list.len(),
        "Publisher_ID '{value}' gives a namespace more than once.",
        "One identifier of each kind; the platform's own count as one kind.",
    ),
    Rule(
        "V-12",
        Level.ERROR,
        ("Publisher_ID",),
        PART.str.contains(r"^(?i:isni|ror):") & ~PART.str.contains(r"^(?:ISNI|ROR):"),
        "The namespace in Publisher_ID '{value}' is misspelled.",
        "Write ISNI or ROR in capitals.",
        Over.PART,
    ),
    Rule(
        "V-12",
        Level.ERROR,
        ("Publisher_ID",),
        _is("proprietary"),
        "Publisher_ID '{value}' carries the prefix Proprietary.",
        "Leave it out: platform:value.",
        Over.PART,
    ),
    Rule(
        "V-12",
        Level.ERROR,
        ("Publisher_ID",),
        ~PART.str.contains(PLATFORM_VALUE) & ~PART.str.contains(r"^[A-Za-z]+:\s*\S"),
        "Publisher_ID '{value}' has no namespace.",
        "Write ISNI:…, ROR:… or platform:value, joined by '; '.",
        Over.PART,
    ),
    Rule(
        "V-14",
        Level.ERROR,
        ("Publisher_ID",),
        _is("isni") & ~_after_colon().str.contains(ISNI),
        "'{detail}' is not an ISNI.",
        "An ISNI has fifteen digits and a digit or X.",
        Over.PART,
        detail=_after_colon(),
    ),
    Rule(
        "V-16",
        Level.ERROR,
        ("Publisher_ID",),
        _is("ror") & ~_after_colon().str.contains(ROR),
        "'{detail}' is not a ROR.",
        "Write the nine characters that end the ROR address.",
        Over.PART,
        detail=_after_colon(),
    ),
    Rule(
        "V-12",
        Level.ERROR,
        ("Publisher_ID",),
        VALUE.str.contains(_JOINT),
        "The parts of Publisher_ID '{value}' are not joined by '; '.",
        "One semicolon and one blank between two parts.",
    ),
    Rule(
        "V-17",
        Level.ERROR,
        AUTHORS,
        VALUE.str.contains(_JOINT),
        "The parts of {element} '{value}' are not joined by '; '.",
        "One semicolon and one blank between two authors.",
    ),
    Rule(
        "V-17",
        Level.ERROR,
        AUTHORS,
        _identified.is_not_null() & ~_identified.str.contains(r"^(?:ORCID|ISNI):"),
        "'{detail}' in {element} is neither an ORCID nor an ISNI.",
        "Write Name (ORCID:…) or Name (ISNI:…).",
        Over.PART,
        detail=_identified,
    ),
    Rule(
        "V-17",
        Level.ERROR,
        AUTHORS,
        _identified.str.starts_with("ORCID:") & ~_identified.str.slice(6).str.contains(ORCID),
        "'{detail}' in {element} is not an ORCID.",
        "Write nnnn-nnnn-nnnn-nnnX.",
        Over.PART,
        detail=_identified,
    ),
    Rule(
        "V-17",
        Level.ERROR,
        AUTHORS,
        _identified.str.starts_with("ISNI:") & ~_identified.str.slice(5).str.contains(ISNI),
        "'{detail}' in {element} is not an ISNI.",
        "An ISNI has fifteen digits and a digit or X.",
        Over.PART,
        detail=_identified,
    ),
    Rule(
        "V-17",
        Level.ERROR,
        AUTHORS,
        pl.col("number") > _MOST_AUTHORS,
        "{element} names more than three authors.",
        "Name three at most.",
        Over.PART,
        R51,
    ),
)
"""Semicolon lists of identifiers and authors."""
