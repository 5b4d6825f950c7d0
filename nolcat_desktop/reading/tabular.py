"""From a grid of cells to the reports in it (TSV, CSV and sheets of workbooks; Releases 5.1, 5, 4 and 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.text import loose
from nolcat_desktop.problem import Problem
from nolcat_desktop.reading.bare_months import with_joined_headings
from nolcat_desktop.reading.bindings import torn_apart
from nolcat_desktop.reading.blocks import LOOK, R5_LABELS, Block, find_blocks, label_of
from nolcat_desktop.reading.body import BEYOND, UNREAD_MONTH, Body, letters_of, read_body
from nolcat_desktop.reading.cut_rows import mark_cut_rows, with_begun_row
from nolcat_desktop.reading.decimal_commas import with_points
from nolcat_desktop.reading.grid import Grid
from nolcat_desktop.reading.header4 import is_nameless4, is_release4, read_header4
from nolcat_desktop.reading.header_rows import read_header
from nolcat_desktop.reading.headerless import twins
from nolcat_desktop.reading.identify import Identity, identify4, identify5, identify_bare
from nolcat_desktop.reading.left_out import split_rows
from nolcat_desktop.reading.release3 import with_period
from nolcat_desktop.reading.repairs_identifiers import repair_identifiers
from nolcat_desktop.reading.shifted_rows import straight
from nolcat_desktop.reading.sorted_half import sorted_half
from nolcat_desktop.reading.spoiled_texts import spoiled_texts
from nolcat_desktop.reading.unheaded import KIND as UNHEADED
from nolcat_desktop.reading.unheaded import rows_of_metrics
from nolcat_desktop.reading.unread_months import unread_months
from nolcat_desktop.reading.unread_numbers import counts_above, numbers_in_rows, told
from nolcat_desktop.reading.year_column import spread
from nolcat_desktop.report import ROW, Header, Heading, Irregularity, NotAReport, Origin, Report

_QUOTED = 60
"""Characters of a file's first cell that are told."""


@dataclass(frozen=True, slots=True)
class SheetPositions:
    """Positions in a table: `B7`, `16`."""

    columns: Mapping[str, str]
    """Column of `Report.items` → letter."""
    last_row: int

    def rows(self, rows: pl.Series) -> pl.Series:
        """Row numbers as text."""
        return rows.cast(pl.String)

    def cells(self, rows: pl.Series, column: str) -> pl.Series:
        """Letter and row number; the row alone when the column is not in the table."""
        return (
            pl.select(pl.lit(self.columns.get(column, "")) + rows.cast(pl.String)).to_series()
            if rows.len()
            else rows.cast(pl.String)
        )

    def last(self) -> str:
        """One row below the last."""
        return str(self.last_row + 1)


def read_tabular(grid: Grid, origin: Origin) -> tuple[Report | NotAReport, ...]:
    """Every report in `grid`; one `NotAReport` saying what was found instead when there is none."""
    grid = with_joined_headings(grid, LOOK)
    blocks = find_blocks(grid)
    if not blocks:
        return (_no_report(grid, origin),)
    reports = [_report(block, grid, origin) for block in blocks]
    if len(reports) > 1:
        more = Irregularity("F-06" if origin.sheet is None else "R4-F04", detail=str(len(reports)))
        reports[0] = _with(reports[0], more)
    return tuple(reports)


def _with(report: Report | NotAReport, irregularity: Irregularity) -> Report | NotAReport:
    return (
        replace(report, irregularities=(*report.irregularities, irregularity)) if isinstance(report, Report) else report
    )


def _report(block: Block, grid: Grid, origin: Origin) -> Report | NotAReport:
    texts = [cell or "" for cell in block.headings[1]] if block.headings else []
    header, identity = _identify(block, texts, origin)
    if identity.old and identity.problem:
        return NotAReport(origin.file, origin.sheet, identity.problem, f"COUNTER {identity.old} report")
    if identity.problem or (identity.release is None and identity.definition is None and identity.candidates):
        codes = tuple(dict.fromkeys(one.report_id for one in identity.candidates))
        problem = identity.problem or twins(identity.candidates)
        return NotAReport(origin.file, origin.sheet, problem, "COUNTER report without a header", codes)
    if block.headings is None:
        return _without_headings(header, identity, block, origin)
    period, answered = _period(header, origin), dict(origin.told.months)
    body = spread(read_body(block.headings, block.body, identity.definition, *period, answered))
    items, commas = with_points(body.items, body.headings)
    data, left_out, said = with_begun_row(split_rows(items, identity.definition, body.headings), grid)
    rows = straight(data, body.headings, block.body, period)
    months = tuple(heading.month for heading in rows.headings if heading.month and heading.column)
    items, short = mark_cut_rows(rows.items, rows.headings, grid)
    repairs, lost = repair_identifiers(items, rows.headings)
    unread = unread_months(items, rows.headings)
    return Report(
        origin=origin,
        header=with_period(header, identity.release, months),
        release=identity.release,
        definition=identity.definition,
        items=items,
        months=months,
        positions=SheetPositions(letters_of(rows.headings), max(block.body.last_row, block.headings[0])),
        headings=rows.headings,
        heading_row=block.headings[0],
        left_out=pl.concat([left_out, rows.shifted], how="diagonal").sort(ROW),
        irregularities=(
            *identity.irregularities,
            *(one for one in body.irregularities if one.rule != BEYOND or not rows.repairs),  # each has its heading now
            *commas,
            *said,
            *_blank_rows(block.body, block.headings[0]),
            *rows.irregularities,
            *sorted_half(items, [f"{month:%Y-%m}" for month in months], letters_of(rows.headings)),
            *torn_apart(items, letters_of(rows.headings)),
            *lost,
            *unread,
            *_passed_over(left_out, rows.headings, block, is_empty=items.is_empty()),
            *spoiled_texts(items, rows.headings),
            *short,
            *_of_this_table(grid, block, body),
        ),
        totals_only=_totals_only(header, identity.definition, body) and not unread,
        repairs=(*body.repairs, *rows.repairs, *repairs),
        possible=identity.possible,
        lines=grid.lines,
    )


def _period(header: Header, origin: Origin) -> tuple[date | None, date | None]:
    """The reporting period; as the user told it where the header has none."""
    if header.begin is None or header.end is None:
        return origin.told.begin or header.begin, origin.told.end or header.end
    return header.begin, header.end


def _identify(block: Block, headings: Sequence[str], origin: Origin) -> tuple[Header, Identity]:
    if is_release4(block.header):
        header = read_header4(block.header)
        return header, identify4(header, headings, block.body.cells)
    header = read_header(block.header)
    if {"Report_ID", "Report_Name", "Release"} & header.texts.keys():
        return header, identify5(header, headings, origin, block.body.cells)
    if is_nameless4(block.header):
        header = read_header4(block.header)
    return header, identify_bare(headings, header, origin, block.body.cells)


def _totals_only(header: Header, definition: Definition | None, body: Body) -> bool:
    asked = any(
        loose(setting.name) == "excludemonthlydetails" and any(loose(value) == "true" for value in setting.values)
        for setting in header.attributes
    )
    yearly = definition is not None and not definition.has_months
    unread = any(found.rule == UNREAD_MONTH for found in body.irregularities)
    return asked or yearly or (not body.months and not unread and "Reporting_Period_Total" in body.items.columns)


def _passed_over(
    left_out: pl.DataFrame, headings: Sequence[Heading], block: Block, *, is_empty: bool
) -> tuple[Irregularity, ...]:
    """Numbers in the rows above the headings; and in those left out, of a table that would have no rows."""
    above = pl.DataFrame(
        [[number, *cells] for number, cells in block.header], schema=block.body.cells.schema, orient="row", strict=False
    )
    known = [row for row, cells in block.header if loose((label_of(cells) or (0, ""))[1]) in R5_LABELS]
    letters = letters_of(headings)
    if not is_empty:
        months = list(dict.fromkeys(letters[one.column] for one in headings if one.month and one.column))
        return told(counts_above(above, known, months))
    counted = {letters[one.column]: one.column for one in headings if one.column and not one.element}
    below = left_out.select(ROW, *(pl.col(name).alias(letter) for letter, name in counted.items()))
    return told(chain(numbers_in_rows(above, known), numbers_in_rows(below, only=below.columns)))


def _without_headings(header: Header, identity: Identity, block: Block, origin: Origin) -> Report:
    grid = block.body
    known = [row for row, cells in block.header if loose((label_of(cells) or (0, ""))[1]) in R5_LABELS]
    return Report(
        origin=origin,
        header=header,
        release=identity.release,
        definition=identity.definition,
        items=pl.DataFrame(schema={ROW: pl.UInt32}),
        months=(),
        positions=SheetPositions({}, grid.last_row),
        irregularities=(
            *identity.irregularities,
            *grid.irregularities,
            Irregularity("K-01", str(grid.last_row + 1)),
            *told(numbers_in_rows(grid.cells, known)),
        ),
    )


def _blank_rows(body: Grid, heading_row: int) -> tuple[Irregularity, ...]:
    """Rows between the headings and the last row that hold nothing: one irregularity, at the first."""
    present = body.cells[ROW]
    if present.is_empty() or int(present.max()) - heading_row == present.len():  # type: ignore[arg-type]
        return ()
    gap = (
        present.to_frame()
        .select(before=pl.col(ROW).shift(1, fill_value=heading_row), row=ROW)
        .filter(pl.col(ROW) - pl.col("before") > 1)
    )
    count = int(present.max()) - heading_row - present.len()  # type: ignore[arg-type]
    return (Irregularity("F-12", str(gap["before"][0] + 1), detail=str(count)),)


def _of_this_table(grid: Grid, block: Block, body: Body) -> tuple[Irregularity, ...]:
    """What the reader of the cells noticed in the rows of this block; numbers as text only where counts are."""
    first = block.header[0][0] if block.header else 1
    rows = range(first, block.body.last_row + 1)
    counted = {_letters(heading.position) for heading in body.headings if heading.column and _is_counted(heading)}
    return tuple(
        found
        for found in grid.irregularities
        if _stands_in(found.position, rows)
        and (found.rule != "X-number-as-text" or _letters(found.position or "") in counted)
    )


def _is_counted(heading: Heading) -> bool:
    return heading.month is not None or heading.element == "Reporting_Period_Total"


def _letters(position: str) -> str:
    return position.rstrip("0123456789")


def _stands_in(position: str | None, rows: range) -> bool:
    number = (position or "")[len(_letters(position or "")) :]
    return not number or int(number) in rows


def _no_report(grid: Grid, origin: Origin) -> NotAReport:
    first = next((cell for _, cells in grid.top(5) for cell in cells if cell), "")
    kind, meaning = "empty file", "There is nothing in it."
    if (unheaded := rows_of_metrics(grid)) is not None:
        return NotAReport(origin.file, origin.sheet, unheaded, UNHEADED)
    if not grid.cells.is_empty():
        kind = "table without a COUNTER report"
        said = "Neither a COUNTER header nor a row of COUNTER column headings was found"
        meaning = f"{said}; it begins with “{first[:_QUOTED]}”."
    remedy = "Check that this is the right file, or ask the provider for the report as TSV or Excel."
    return NotAReport(origin.file, origin.sheet, Problem("This is not a COUNTER report", meaning, remedy), kind)
