"""Identifiers that a spreadsheet program took for numbers or dates, and what they must have been.

Excel drops the zeros of `00280836`, makes 9.78E+12 of an ISBN, and takes the ISSN 0012-9623 for December 9623. A check
digit (ISO 3297, ISO 2108), or the whole identifier in another row of the same title, proves what stood there; so does
another file, which somebody else has to know of (`Prover`). What nothing proves is told by its cell and kept as
delivered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import polars as pl

from nolcat_desktop.counter.elements import NAME_ELEMENTS
from nolcat_desktop.counter.identifiers import isbn_check, issn_check
from nolcat_desktop.counter.month_names import ENGLISH, FOREIGN, plain
from nolcat_desktop.repairs import Prover, Repair, Titled, folded, the_one
from nolcat_desktop.report import ROW, Heading, Irregularity

ISSNS = ("Print_ISSN", "Online_ISSN", "Parent_Print_ISSN", "Parent_Online_ISSN")
ISBNS = ("ISBN", "Parent_ISBN")
_CHECKED = "the check digit fits, and no other number of this form has one that does"
_NEIGHBOUR = "the same title has it in row {}"
_MOST = 10_000
"""Different spoiled texts of a column that are looked at; beyond, the column is something else."""
_TOLD = 200
_ZEROS = re.compile(r"([0-9]{4,8})(?:\.0+)?")
_SHORT_HALVES = re.compile(r"([0-9]{1,4})-([0-9]{3}[0-9Xx])")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-01(?: 00:00:00)?")
_SLASHED = re.compile(r"(?:0?1[./])?([0-9]{1,2})[./](?:0?1[./])?([0-9]{4})")
_NAMED = re.compile(r"([^\W\d_]{3,})[-. ]+([0-9]{4}|[0-9]{2})|([0-9]{2})[-. ]+([^\W\d_]{3,})")
_EXPONENT = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})")
_LONG_NUMBER = re.compile(r"([0-9]{10}|[0-9]{13})\.0+")
_LOST_ZERO = re.compile(r"([0-9]{6,8}[0-9Xx])(?:\.0+)?")
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class _Form:
    """How one kind of identifier is spoiled."""

    kind: str
    candidates: Callable[[str], tuple[str, list[str]]]
    """Text → how it is spoiled (''; it is not), and every identifier with a right check digit that it may have been."""
    is_whole: Callable[[str], bool]
    fits: Callable[[str, str], bool]
    """Whether the whole identifier (second) can have become this text (first)."""


def issn_candidates(text: str) -> tuple[str, list[str]]:
    """How an ISSN is spoiled, and what it may have been.

    Args:
        text: A cell, stripped.

    Returns:
        `zeros` or `date`, or '' when it is nothing of the kind; the ISSNs whose check digit is right.
    """
    if found := _ZEROS.fullmatch(text):
        return ("zeros", _sound([found[1].zfill(8)])) if len(found[1]) < 8 or "." in text else ("", [])  # noqa: PLR2004
    if (found := _SHORT_HALVES.fullmatch(text)) and len(found[1]) < 4:  # noqa: PLR2004 - half of an ISSN
        return "zeros", _sound([found[1].zfill(4) + found[2]])
    if found := _DAY.fullmatch(text) or None:
        return "date", _sound(_halves(int(found[2]), [int(found[1])]))
    if found := _SLASHED.fullmatch(text):
        return "date", _sound(_halves(int(found[1]), [int(found[2])]))
    if found := _EXPONENT.fullmatch(text):
        return "exponent", _sound([digits.zfill(8)]) if len(digits := _all_digits(found)) in range(1, 9) else []
    return _named_month(text)


def _named_month(text: str) -> tuple[str, list[str]]:
    """`Dec-9623`, of which nothing but the month and the year is left."""
    if found := _NAMED.fullmatch(text):
        name, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        month = ENGLISH.get(plain(name)) or FOREIGN.get(plain(name))
        years = [int(year)] if len(year) == 4 else range(_FIRST_YEAR + int(year), 10_000, 100)  # noqa: PLR2004
        return ("date", _sound(_halves(month, years))) if month else ("", [])
    return "", []


def _all_digits(exponent: re.Match[str]) -> str:
    """The digits of a number with an exponent, if none is missing; else ''."""
    digits = exponent[1] + (exponent[2] or "")
    return digits if len(digits) == int(exponent[3]) + 1 else ""


def _halves(month: int, years: Sequence[int]) -> list[str]:
    """The eight characters that a month and year can have been: `0012-9623`, or `1998-0003`."""
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        return []
    return [digits for year in years for digits in (f"{month:04}{year:04}", f"{year:04}{month:04}")]


def _sound(bare: list[str]) -> list[str]:
    whole = (f"{digits[:4]}-{digits[4:].upper()}" for digits in bare)
    return [issn for issn in dict.fromkeys(whole) if issn_check(issn)]


def isbn_candidates(text: str) -> tuple[str, list[str]]:
    """The same for an ISBN: `exponent`, `decimals` or `zeros`, or ''."""
    if found := _EXPONENT.fullmatch(text):
        digits = _all_digits(found)
        return "exponent", [digits] if digits and isbn_check(digits) else []
    if found := _LONG_NUMBER.fullmatch(text):
        return "decimals", [found[1]] if isbn_check(found[1]) else []
    if found := _LOST_ZERO.fullmatch(text):
        digits = found[1].upper().zfill(10)
        return "zeros", [digits] if isbn_check(digits) else []
    return "", []


def _issn_fits(text: str, issn: str) -> bool:
    digits = issn.replace("-", "").upper()
    how, candidates = issn_candidates(text)
    return (how == "date" and f"{digits[:4]}-{digits[4:]}" in candidates) or _rounds_to(text, digits)


def _isbn_fits(text: str, isbn: str) -> bool:
    return _rounds_to(text, isbn.replace("-", "").replace(" ", ""))


def _rounds_to(text: str, digits: str) -> bool:
    """Whether a number of these digits, rounded, is written so: 9.78E+12."""
    found = _EXPONENT.fullmatch(text)
    if found is None or not digits.isdigit():
        return False
    places = len(found[2] or "")
    try:
        return f"{Decimal(digits):.{places}E}" == f"{Decimal(text.replace(',', '.')):.{places}E}"
    except InvalidOperation:
        return False


_ISSN = _Form("issn", issn_candidates, issn_check, _issn_fits)
_ISBN = _Form("isbn", isbn_candidates, isbn_check, _isbn_fits)


def repair_identifiers(
    items: pl.DataFrame, headings: Sequence[Heading], prover: Prover | None = None
) -> tuple[tuple[Repair, ...], tuple[Irregularity, ...]]:
    """Find the spoiled identifiers.

    Args:
        items: The data rows.
        headings: Their headings, for positions.
        prover: Is asked where neither a check digit nor another row proves anything.

    Returns:
        A repair for each cell of which it is proved what it was, by columns and rows; what is told of the others.
    """
    repairs: list[Repair] = []
    told: list[Irregularity] = []
    letters = {one.column: one.position.rstrip("0123456789") for one in headings if one.column}
    for names, form in ((ISSNS, _ISSN), (ISBNS, _ISBN)):
        for element in names:
            if element in items.columns:
                mended, lost = _mend(items, element, letters[element], form, prover)
                repairs += mended
                told += lost
    return tuple(repairs), tuple(told)


def _mend(
    items: pl.DataFrame, element: str, letter: str, form: _Form, prover: Prover | None
) -> tuple[list[Repair], list[Irregularity]]:
    repairs: list[Repair] = []
    told: list[Irregularity] = []
    rows = items.lazy().filter(_looks_odd(element, form)).select(ROW, element).collect()
    texts = rows[element].unique()
    if texts.len() > _MOST:
        return [], []
    spoiled = {text: found for text in texts if (found := form.candidates(text.strip()))[0]}
    if not spoiled:
        return [], []
    rows = rows.filter(pl.col(element).is_in(list(spoiled)))
    neighbours = _Neighbours(items, element, form, prover)
    lost = 0
    for row, text in rows.iter_rows():
        how, candidates = spoiled[text]
        repair = (candidates[0], _CHECKED) if len(candidates) == 1 else neighbours.of(f"{letter}{row}", row, text)
        if repair is not None:
            repairs.append(Repair(f"{letter}{row}", element, text, repair[0], f"{form.kind}-{how}", repair[1], row))
            continue
        lost += 1
        if lost <= _TOLD:
            told.append(Irregularity("X-lost-identifier", f"{letter}{row}", element, text, how))
    if lost > _TOLD:
        told.append(Irregularity("X-lost-identifier", None, element, None, f"{lost} cells in all"))
    return repairs, told


def _looks_odd(element: str, form: _Form) -> pl.Expr:
    """A quick look by which whole columns of sound identifiers are passed over."""
    cell = pl.col(element)
    size = cell.str.len_bytes()
    if form.kind == "issn":
        return (size != len("1234-5678")) | cell.str.contains(r"[/.eE]")
    return (size < len("0123456789")) | cell.str.contains(r"[.eE]")


class _Neighbours:
    """Whole identifiers of the same title in other rows, looked up only when one is asked for; then what others know.

    A title is the same when name and platform are, and neither DOI nor proprietary identifier (nor the year of a book)
    says otherwise.
    """

    def __init__(self, items: pl.DataFrame, element: str, form: _Form, prover: Prover | None) -> None:
        self._items, self._element, self._form, self._prover = items, element, form, prover
        self._titles: dict[int, Titled] | None = None
        self._whole: dict[str, list[tuple[Titled, str, int]]] = {}

    def of(self, position: str, row: int, cell: str) -> tuple[str, str] | None:
        """The one whole identifier of the title of `row` that can have become the text of the cell, and the proof."""
        if self._titles is None:
            self._look()
        text, title = cell.strip(), (self._titles or {}).get(row)
        if title is None:
            return None

        def fits(one: str) -> bool:
            return self._form.is_whole(one) and self._form.fits(text, one)

        fitting: dict[str, str] = {}
        for other, one, at in self._whole.get(title.name, ()):
            if title.agrees(other) and fits(one):
                fitting.setdefault(one, _NEIGHBOUR.format(at))
        if fitting or self._prover is None:
            return the_one(fitting)
        return self._prover(position, self._element, title, fits)

    def _look(self) -> None:
        self._titles = {}
        for title, row, text in titled(self._items, self._element):
            self._titles[row] = title
            if text and self._form.is_whole(text):
                self._whole.setdefault(title.name, []).append((title, text, row))


def titled(items: pl.DataFrame, element: str) -> Iterator[tuple[Titled, int, str]]:
    """Each row that has a name: what it is about, its number, and the text of its identifier, stripped.

    Args:
        items: Data rows.
        element: Of the identifier; of a `Parent_` one the parent is meant, where it has a title.
    """
    columns = set(items.columns)
    parent = "Parent_" if element.startswith("Parent_") and "Parent_Title" in columns else ""
    name = "Parent_Title" if parent else next((one for one in NAME_ELEMENTS if one in columns), None)
    if name is None:
        return
    year = "YOP" if element in ISBNS and not parent else ""
    wanted = (name, "Platform", f"{parent}DOI", f"{parent}Proprietary_ID", year, element)
    cells = [
        pl.col(one).alias(str(n)) if one in columns else pl.lit(None).alias(str(n)) for n, one in enumerate(wanted)
    ]
    for row, *texts in items.lazy().filter(pl.col(name).is_not_null()).select(ROW, *cells).collect().iter_rows():
        yield Titled(*map(folded, texts[:-1])), row, (texts[-1] or "").strip()
