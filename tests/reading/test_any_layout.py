"""Any table in any layout that is accepted reads back to the same counts, title by title and month by month."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import StringIO

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nolcat_desktop.conversion import damaged_cells, stopped_by
from nolcat_desktop.counter.months import label
from nolcat_desktop.report import Report
from tests.builders import Grid, xlsx
from tests.conversion.sums import usage_of
from tests.reading.found import everything
from tests.reading.quirk_tables import FORMATS, JOURNAL, block

FORMS: tuple[Callable[[date], str], ...] = (
    label,
    lambda month: f"{month:%Y-%m}",
    lambda month: f"{month:%m/%Y}",
    lambda month: f"{month:%y}-{label(month)[:3]}",
    lambda month: f"{label(month)[:3]}-{month:%y}",
    lambda month: f"{month.month}/1/{month.year}",
    lambda month: f"1.{month.month}.{month.year}",
    lambda month: f" {label(month).upper()}",
    lambda month: f"{month:%Y-%m-%d}",
)
WRITTEN: tuple[Callable[[int], str], ...] = (
    str,
    lambda number: f"{number:,}",
    lambda number: f"{number}.0",
    lambda number: f" {number} ",
    lambda number: str(number or ""),
    lambda number: f"'{number:,}'",
)
TITLES = st.sampled_from(
    ["Moss", "Total Eclipse", "All Waters", "A, B and C", 'Say "when"', "16 Acres", "Tab\tin it", "Two\nlines", "1984"]
)


@dataclass(frozen=True)
class Layout:
    """How a JR1 is written."""

    form: int
    written: int
    delimiter: str
    has_block: bool
    total: str
    blank: int
    order: int
    is_ragged: bool
    more: int


LAYOUTS = st.builds(
    Layout,
    form=st.integers(0, len(FORMS) - 1),
    written=st.integers(0, len(WRITTEN) - 1),
    delimiter=st.sampled_from(["\t", ",", ";", "|", "xlsx"]),
    has_block=st.booleans(),
    total=st.sampled_from(["", "Total for all journals", "TOTAL FOR ALL JOURNALS ", "Total", "nameless"]),
    blank=st.integers(0, 2),
    order=st.integers(0, 6),
    is_ragged=st.booleans(),
    more=st.integers(0, 2),
)
ITEMS = st.lists(st.tuples(TITLES, st.lists(st.integers(0, 99_999), min_size=12, max_size=12)), min_size=1, max_size=5)


def table(items: list[tuple[str, list[int]]], months: list[date], layout: Layout) -> Grid:
    """The cells of the report."""
    write = WRITTEN[layout.written]
    headings = [*JOURNAL, *FORMATS, *(FORMS[layout.form](month) for month in months)]
    rows = [
        [title, "L", "LO", "", f"P{n}", "0028-0836", "", *map(write, (sum(counts), 0, 0, *counts))]
        for n, (title, counts) in enumerate(items)
    ]
    sums = [sum(column) for column in zip(*(counts for _, counts in items), strict=True)]
    if layout.total:
        name = layout.total.replace("nameless", "")
        rows.insert(0, [name, *[""] * 6, *map(write, (sum(sums), 0, 0, *sums))])
    rotated = layout.order % 7
    moved = [[row[0], *row[1 + rotated : 7], *row[1 : 1 + rotated], *row[7:]] for row in (headings, *rows)]
    if layout.is_ragged and layout.delimiter != "xlsx":
        moved[1:] = [
            row[: max([n for n, cell in enumerate(row) if cell.strip(" 0.'")], default=1) + 1] for row in moved[1:]
        ]
    for row in moved:
        row += [""] * layout.more if len(row) == len(headings) else []
    above: Grid = (
        block("Journal Report 1 (R4)", f"{months[0]:%Y-%m-%d} to {months[-1]:%Y-%m}-28") if layout.has_block else []
    )
    return [*above, *[[]] * (layout.blank if above else 0), moved[0], *[[]] * layout.blank, *moved[1:], []]


def content(cells: Grid, layout: Layout) -> bytes:
    """The file."""
    if layout.delimiter == "xlsx":
        return xlsx(cells)
    out = StringIO(newline="")
    csv.writer(out, delimiter=layout.delimiter, lineterminator="\n").writerows(cells)
    return out.getvalue().encode()


def hold(items: list[tuple[str, list[int]]], first: int, number: int, layout: Layout) -> None:
    """Read what was written, and compare."""
    months = [date((first + n) // 12, (first + n) % 12 + 1, 1) for n in range(number)]
    items = [(title, counts[:number]) for title, counts in items]
    found = everything(content(table(items, months, layout), layout), "JR1.csv")
    (report,) = found
    assert isinstance(report, Report), report
    if stopped_by(report) is not None:  # refused is never wrong; but only where a month may be doubted
        assert layout.form in {3, 5, 6}
        assert not layout.has_block or layout.form in {5, 6}
        return
    assert damaged_cells(report) == ()
    usage = usage_of(report)
    wanted = {
        (f"P{n}", month, count)
        for n, (_, counts) in enumerate(items)
        for month, count in zip(months, counts, strict=True)
        if count
    }
    assert set(usage.select("proprietary_ID", "usage_date", "usage_count").rows()) == wanted
    assert usage.height == len(wanted)


@given(items=ITEMS, first=st.integers(2010 * 12, 2022 * 12), number=st.integers(1, 12), layout=LAYOUTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([("Moss", [1] * 12)], 2015 * 12, 1, Layout(0, 0, "\t", True, "nameless", 0, 0, False, 0))
@example([("Moss", [0] * 12)], 2015 * 12, 3, Layout(3, 4, ",", True, "Total", 1, 2, True, 1))
def test_that_any_layout_reads_back_to_the_same_counts(
    items: list[tuple[str, list[int]]], first: int, number: int, layout: Layout
) -> None:
    hold(items, first, number, layout)
