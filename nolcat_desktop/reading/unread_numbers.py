"""The last guard: numbers in a file that no reader took, so that a report is never empty, or too low, by oversight.

It knows nothing of how the readers find counts. It looks at what they left, and asks only whether numbers stand there:
any number where a report would be empty; where it is not, numbers that stand as counts do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

import polars as pl

from nolcat_desktop.counter.text import loose
from nolcat_desktop.counts import count
from nolcat_desktop.reading.json_kinds import ORDER
from nolcat_desktop.reading.json_tally import Json, Tally
from nolcat_desktop.reading.xml_parts import Node
from nolcat_desktop.report import ROW, Irregularity

UNREAD: Final = "F-unread"
"""Rule: numbers stand where nobody reads them; `detail` says how many."""
_COUNTED: Final = ("count", "instance", "performance", "reportitem")
"""What is in the name of that which holds counts, in every release."""
_METRIC: Final = "metrictype"
_MONTH: Final = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_NO_COUNTS: Final = frozenset(
    {"yop", "value", "code", "number", "release", "version", "itemid", "itemdates", "itemattributes", "publisherid"}
    | {"begindate", "enddate", "printissn", "onlineissn", "isbn", "exception", "exceptions", "country"}
    | set(map(loose, ORDER))
)
"""Properties that hold numbers which count nothing."""
_DEEPEST: Final = 60
_FEWEST: Final = 2
"""Numbers that a row of a table has at least, when they are counts: one may be an identifier."""
_YEARS: Final = range(1990, 2100)
_NAMED: Final = 3
"""Filled cells beside its counts that a row of an item has at least."""
_BESIDE: Final = 2
"""Columns that a label and its value take."""


def numbers_below(value: Json, path: str, depth: int = 0) -> Iterator[str]:
    """The places of all numbers above 0 in a value of JSON that may be counts; also in a text that is JSON itself."""
    if depth > _DEEPEST:
        return
    match value:
        case list():
            for place, one in enumerate(value):
                yield from numbers_below(one, f"{path}[{place}]", depth + 1)
        case dict():
            for name, one in value.items():
                if loose(name) not in _NO_COUNTS:
                    yield from numbers_below(one, f"{path}.{name}", depth + 1)
        case _ if _is_number(value):
            yield path
        case _:
            return


def _is_number(value: Json) -> bool:
    """Whether a value is above 0, or a text that is a number or holds JSON."""
    if isinstance(value, str):
        text = value.strip()
        may_hold = text.isascii() and (text.isdigit() or text[:1] in {"{", "["})
        return may_hold and any(digit in text for digit in "123456789")
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def counts_below(value: Json, path: str, name: str = "", depth: int = 0) -> Iterator[str]:
    """The places of the numbers in a value of JSON that stand as counts do: under such a name, a month or a metric."""
    if depth > _DEEPEST:
        return
    if _MONTH.fullmatch(name) or (_is_counted(name) and not isinstance(value, int | float)):
        yield from numbers_below(value, path)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from counts_below(one, f"{path}[{place}]", "", depth + 1)
    elif isinstance(value, dict):
        has_metric = any(loose(one) == _METRIC and isinstance(text, str) for one, text in value.items())
        for key, one in value.items():
            if has_metric and loose(key) not in {*_NO_COUNTS, _METRIC}:
                yield from numbers_below(one, f"{path}.{key}")
            else:
                yield from counts_below(one, f"{path}.{key}", key, depth + 1)


def _is_counted(name: str) -> bool:
    bare = loose(name)
    return bare not in _NO_COUNTS and any(one in bare for one in _COUNTED)


def is_counted_node(node: Node) -> bool:
    """Whether an element of XML, or one in it, is called as those are that hold counts."""
    return any(one in loose(node.name) for one in _COUNTED) or any(map(is_counted_node, node.children))


def numbers_in(node: Node, path: str) -> Iterator[str]:
    """The places of all numbers above 0 in an element of XML, its attributes among them."""
    here = f"{path}.{node.name}"
    texts = [node.text, *node.attributes.values()] if loose(node.name) not in _NO_COUNTS else []
    if any(text.strip().isdigit() and text.strip("0 \n") for text in texts):
        yield here
    for child in node.children:
        yield from numbers_in(child, here)


class Left:
    """Elements of XML that no reader took."""

    def __init__(self) -> None:
        """Begin with none."""
        self.all: list[str] = []
        """Places of the numbers in them."""
        self.counted: list[str] = []
        """Those of them that stand as counts do."""

    def look(self, node: Node, known: Collection[str], path: str) -> None:
        """Take the children of `node`, which stands at `path`, whose names are not known."""
        for child in node.children:
            if child.name not in known:
                self.add(child, path)

    def add(self, node: Node, path: str) -> None:
        """Take an element that stands in what is at `path`."""
        found = list(numbers_in(node, path))
        self.all += found
        if found and is_counted_node(node):
            self.counted += found

    def tell(self, tally: Tally, *, is_empty: bool) -> None:
        """Tell the numbers: all of them where the report would be empty, else those that are counts."""
        tell(tally, iter(self.all if is_empty else self.counted))


def told(places: Iterator[str]) -> tuple[Irregularity, ...]:
    """The irregularity for numbers at these places; () for none."""
    found = list(places)
    return (Irregularity(UNREAD, found[0], detail=str(len(found))),) if found else ()


def tell(tally: Tally, places: Iterator[str]) -> None:
    """Tell numbers at these places; all that are told become one irregularity, at the first."""
    found = list(places)
    if found:
        tally.count(UNREAD, found[0], None, None, len(found))


def numbers_in_rows(cells: pl.DataFrame, known: Collection[int] = (), only: Sequence[str] = ()) -> Iterator[str]:
    """The places of the numbers above 0 in rows of a table that are no line of a header.

    Args:
        cells: Rows as `Grid.cells`.
        known: Numbers of rows that a label explains.
        only: Columns, in place of this look at the whole row.
    """
    names = [name for name in cells.columns if name != ROW and (not only or name in only)]
    rows = cells.filter(~pl.col(ROW).is_in(list(known))).select(ROW, *(count(name).alias(name) for name in names))
    for number, *counts in rows.iter_rows():
        held = [place for place, one in enumerate(counts) if one]
        if held and (only or len(held) >= _FEWEST or held[-1] >= _BESIDE):
            yield from (f"{names[place]}{number}" for place in held)


def counts_above(cells: pl.DataFrame, known: Collection[int], months: Sequence[str]) -> Iterator[str]:
    """The places of the numbers in rows above the headings that look like rows of items: a name, and a count a month.

    Rows of years and of the numbers of months belong to the headings; a row without a name may be one of sums.
    """
    others = [name for name in cells.columns if name not in {ROW, *months}]
    rows = cells.filter(~pl.col(ROW).is_in(list(known)))
    names = rows.select(pl.concat_list(others)).to_series().to_list() if others else [[]] * rows.height
    counts = rows.select(ROW, *(count(name).alias(name) for name in months)).iter_rows()
    for texts, (number, *held) in zip(names, counts, strict=True):
        steps = {later - one for one, later in pairwise(held) if one is not None and later is not None}
        is_heading = all(one in _YEARS for one in held) or (len(held) > 1 and steps <= {1, -11})
        filled = sum(1 for one in texts if one and one.strip())
        if filled >= _NAMED and sum(one is not None for one in held) == len(months) and not is_heading:
            yield from (f"{name}{number}" for name, one in zip(months, held, strict=True) if one)
