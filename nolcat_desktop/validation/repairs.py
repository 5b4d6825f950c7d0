"""How misspelled and unreadable cells are read on, so that rules between rows compare like with like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import polars as pl

from nolcat_desktop.counter.identifiers import ARTICLE_VERSION_VALUES
from nolcat_desktop.counter.text import loose
from nolcat_desktop.validation.cell_elements import DATES, DOIS, ISBNS, ISSNS, PROPRIETARY, URIS
from nolcat_desktop.validation.isbn_ranges import hyphenated

MOST: Final = 10_000
"""Different texts of one element that are read one by one; a report with more is not repaired."""
_REPAIRED: Final = frozenset({"V-03", "V-06", "V-07", "V-08", "V-09", "V-10", "V-11", "V-18", "V-19"})
_DOI = re.compile(r"\b10\.[1-9][0-9]{2}[0-9.]*/.+$")
_ISSN = re.compile(r"\b([0-9]{4})-?([0-9]{3}[0-9xX])\b")
_ISBN = re.compile(r"^97[89][0-9-]{10,14}")
_YEAR = re.compile(r"[0-9]{1,4}")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})(-[0-9]{2})?")
_LENGTH: Final = 13

Fix = Callable[[str], str | None]


def repaired(
    items: pl.DataFrame,
    texts: Mapping[str, pl.Series],
    permitted: Mapping[str, tuple[str, ...]],
    frames: Iterable[pl.DataFrame] = (),
) -> pl.DataFrame:
    """Give `items` with enumerated cells spelled as permitted, identifiers repaired, unreadable ones left blank.

    Args:
        items: The rows as delivered.
        texts: Distinct texts by element.
        permitted: Permitted values by element.
        frames: What was found in the cells; only texts that broke a rule are repaired.

    Returns:
        The same rows and columns; only cells that a rule complained about differ.
    """
    changed = []
    for element, values in permitted.items():
        known = {loose(value): value for value in values}
        series = texts.get(element)
        found = [] if series is None or series.len() > MOST else series.drop_nulls().to_list()
        spelled: dict[str, str | None] = {
            text: known[loose(text)] for text in found if text not in values and loose(text) in known
        }
        if element == "Data_Type":
            spelled |= {text: None for text in found if loose(text) not in known and ":" not in text}
        if spelled and not element.endswith("Article_Version"):
            changed.append(pl.col(element).replace(spelled))
    versions = {"Article_Version", "Parent_Article_Version"}
    changed += _identifiers(frames, (set(items.columns) - set(permitted)) | (versions & set(items.columns)))
    return items.with_columns(changed) if changed else items


def _identifiers(frames: Iterable[pl.DataFrame], elements: set[str]) -> list[pl.Expr]:
    broken: dict[str, set[str]] = {}
    for frame in frames:
        told = frame.lazy().filter(pl.col("rule").is_in(list(_REPAIRED)) & pl.col("value").is_not_null())
        for element, value in told.select("element", "value").unique().head(MOST).collect().iter_rows():
            if element in elements and element in _FIXES:
                broken.setdefault(element, set()).add(value)
    return [
        pl.col(element).replace({text: _FIXES[element](text.strip()) for text in values})
        for element, values in broken.items()
    ]


def _doi(text: str) -> str | None:
    found = _DOI.search(text)
    return found[0] if found else None


def _issn(text: str) -> str | None:
    found = _ISSN.search(text)
    return f"{found[1]}-{found[2].upper()}" if found else None


def _isbn(text: str) -> str | None:
    digits = text.replace("-", "")
    if re.fullmatch(r"[0-9]{9}[0-9xX]", digits):
        first = f"978{digits[:9]}"
        weighted = sum(int(digit) * (1, 3)[n % 2] for n, digit in enumerate(first))
        digits = f"{first}{-weighted % 10}"
    elif not re.fullmatch(r"97[89][0-9]{10}", digits):
        found = _ISBN.match(text)
        digits = found[0].replace("-", "")[:_LENGTH] if found else ""
    return (hyphenated(digits) or digits) if len(digits) == _LENGTH else None


def _year(text: str) -> str | None:
    return text.zfill(4) if _YEAR.fullmatch(text) and int(text) else None


def _date(text: str) -> str | None:
    found = _DAY.fullmatch(text)
    return text + ("" if found[3] else "-01") if found else None


def _version(text: str) -> str | None:
    return next((known for known in ARTICLE_VERSION_VALUES if loose(known) == loose(text)), None)


def _none(_: str) -> None:
    return None


_FIXES: Final[Mapping[str, Fix]] = {
    **dict.fromkeys(DOIS, _doi),
    **dict.fromkeys(ISSNS, _issn),
    **dict.fromkeys(ISBNS, _isbn),
    **dict.fromkeys((*PROPRIETARY, *URIS), _none),
    **dict.fromkeys(("Article_Version", "Parent_Article_Version"), _version),
    **dict.fromkeys(DATES, _date),
    "YOP": _year,
}
