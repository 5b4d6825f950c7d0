"""The words of the coverage grid: states, cells and years, for the eye and for the ear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from nolcat_desktop.analysis.coverage_grid import YEAR, CellState, Grid, GridSource, Line, Year
from nolcat_desktop.analysis.lacking import Missing
from nolcat_desktop.analysis.release_ends import LAST_OF_RELEASE
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import DEFINITIONS
from nolcat_desktop.gui.cell_text import month, months, number, spoken_month
from nolcat_desktop.gui.missing_words import missing_words, nothing_missing_words
from nolcat_desktop.gui.pages.coverage_glyphs import Mark
from nolcat_desktop.gui.pages.coverage_shared import is_together

_NAMES = {definition.report_id: definition.name for definition in DEFINITIONS}
_MOST_RUNS = 3
_MOST_CELLS = 3
_STATES = {
    CellState.USAGE: str(QT_TRANSLATE_NOOP("coverage", "usage")),
    CellState.CONFIRMED_ZERO: str(QT_TRANSLATE_NOOP("coverage", "no use, confirmed")),
    CellState.PARTIAL: str(QT_TRANSLATE_NOOP("coverage", "partly there")),
    CellState.TOTALS_ONLY: str(QT_TRANSLATE_NOOP("coverage", "totals only")),
    CellState.MISSING: str(QT_TRANSLATE_NOOP("coverage", "never loaded")),
    CellState.OVERLAPPING: str(QT_TRANSLATE_NOOP("coverage", "overlapping")),
    CellState.NOT_READY: str(QT_TRANSLATE_NOOP("coverage", "not ready yet")),
    CellState.NO_DATA: str(QT_TRANSLATE_NOOP("coverage", "no longer offered")),
    CellState.ANSWERED: str(QT_TRANSLATE_NOOP("coverage", "no report exists")),
    CellState.EMPTY: str(QT_TRANSLATE_NOOP("coverage", "nothing expected")),
}
_MORE = {
    CellState.OVERLAPPING: str(QT_TRANSLATE_NOOP("coverage", "Two reports count it: its uses are counted twice.")),
    CellState.TOTALS_ONLY: str(QT_TRANSLATE_NOOP("coverage", "A total cannot be laid out by month.")),
    CellState.PARTIAL: str(QT_TRANSLATE_NOOP("coverage", "The publisher says that uses may be missing.")),
    CellState.NO_DATA: str(QT_TRANSLATE_NOOP("coverage", "The publisher no longer has this month.")),
    CellState.ANSWERED: str(QT_TRANSLATE_NOOP("coverage", "You said so; it can be taken back.")),
}


def state_word(state: CellState) -> str:
    """The word that stands beside the state's glyph."""
    return QCoreApplication.translate("coverage", _STATES[state])


def restated_word() -> str:
    """The word that stands beside the mark of a corrected month."""
    return QCoreApplication.translate("coverage", "restated")


def mark_word(mark: Mark) -> str:
    """The word that stands beside a mark of the grid."""
    match mark:
        case Mark.RESTATED:
            return restated_word()
        case Mark.FRESH:
            return QCoreApplication.translate("coverage", "new since the last adding")
        case Mark.SOME:
            return QCoreApplication.translate("coverage", "never loaded of some reports")
        case Mark.SEAM:
            return QCoreApplication.translate("coverage", "another release from here")


def report_name(code: str) -> str:
    """The name of a report: `Title Report`; a code that COUNTER does not know stands for itself."""
    return _NAMES.get(code, code)


def line_words(source: GridSource, line: Line) -> str:
    """Which report of which source: `EBSCO · Title Report`."""
    if len(source.lines) == 1:
        return f"{source.name} · {report_name(source.lines[0].report_type)}"
    return f"{source.name} · {report_name(line.report_type)}" if line.report_type else source.name


def release_word(release: str) -> str:
    """`R5.1`."""
    return f"R{release}"


def sentence(grid: Grid, source: GridSource, line: Line, at: int) -> str:
    """What is known about a month: `never loaded. Feb and May 2025 are there.`."""
    tr = QCoreApplication.translate
    said = [state_word(line.state(at)) + "."]
    if is_together(source, line):
        said = [f"{among_words(source, line, at)}."]
    there = ", ".join(report_name(each.report_type) for each in source.lines if each.state(at).is_counted)
    if is_together(source, line) and line.state(at) is CellState.MISSING and there:
        said.append(tr("coverage", "It is there of {names}.").format(names=there))
    else:
        said.append(_more(grid, line, at))
    if at in line.restated:
        said.append(tr("coverage", "Its numbers were replaced by newer ones; Details (F4) say from what to what."))
    if at in line.seams:
        before, after = line.seams[at]
        told = tr("coverage", "Here {before} becomes {after}, which counts differently.")
        said.append(told.format(before=release_word(before), after=release_word(after)))
    return " ".join(part for part in said if part)


def _more(grid: Grid, line: Line, at: int) -> str:
    """What the state of a month means."""
    state = line.state(at)
    if state is CellState.MISSING:
        return _around(grid, line, at)
    if state is CellState.EMPTY:
        return _why_empty(grid, line, at)
    if state is CellState.ANSWERED and line.notes.get(at):
        told = QCoreApplication.translate("coverage", "You said so: “{note}”. It can be taken back.")
        return told.format(note=line.notes[at])
    if state is CellState.PARTIAL and at in line.left_out:
        return " ".join(_left_out(*cells) for cells in line.left_out[at])
    return QCoreApplication.translate("coverage", _MORE[state]) if state in _MORE else ""


def _left_out(original: str, positions: Sequence[str], is_certain: bool, publisher_too: bool) -> str:
    """`1 count could not be read and was left out (O16 of TR.tsv): the numbers are too low.`."""
    tr = QCoreApplication.translate
    one = tr("coverage", "1 count could not be read and was left out ({where} of {file})")
    many = tr("coverage", "{n} counts could not be read and were left out ({where} of {file})")
    sure = tr("coverage", ": the numbers are too low.")
    unsure = tr("coverage", ", not all of them known to be of this month: the numbers may be too low.")
    name = original.replace("\\", "/").rsplit("/", 1)[-1]
    where = ", ".join([*positions[:_MOST_CELLS], *["…"] * (len(positions) > _MOST_CELLS)])
    told = (one if len(positions) == 1 else many).format(n=number(len(positions)), where=where, file=name)
    too = " " + tr("coverage", "The publisher says, too, that uses may be missing.") if publisher_too else ""
    return told + (sure if is_certain else unsure) + too


def spoken_cell(grid: Grid, source: GridSource, line: Line, at: int) -> str:
    """A month for the ear: `EBSCO, Title Report, March 2021, never loaded`."""
    parts = [
        line_words(source, line).replace(" · ", ", "),
        spoken_month(grid.first_day(at)),
        among_words(source, line, at) if is_together(source, line) else state_word(line.state(at)),
    ]
    if at in line.restated:
        parts.append(restated_word())
    if at in line.seams:
        told = QCoreApplication.translate("coverage", "release {before} before, {after} from here")
        parts.append(told.format(before=line.seams[at][0], after=line.seams[at][1]))
    return ", ".join(parts)


def short_year(of: Year) -> str:
    """`10 of 12`."""
    told = QCoreApplication.translate("coverage", "{there} of {expected}")
    return told.format(there=of.there, expected=of.expected)


def year_words(of: Year) -> str:
    """`10 of 12 months, 2 never loaded`."""
    tr = QCoreApplication.translate
    if not of.expected:
        return state_word(of.state)
    text = tr("coverage", "{there} of {expected} months").format(there=of.there, expected=of.expected)
    others = [
        f"{count} {state_word(state)}"
        for state, count in sorted(of.counts.items(), reverse=True)
        if state not in {CellState.EMPTY, CellState.USAGE}
    ]
    marked = [tr("coverage", "{n} restated").format(n=of.restated)] if of.restated else []
    return ", ".join([text, *others, *marked])


def year_sentence(line: Line, year: int) -> str:
    """The same as a sentence, with what was noted of months without a report."""
    noted = dict.fromkeys(note for at, note in line.notes.items() if at // YEAR == year)
    return " ".join([f"{year_words(line.year(year))}.", *(f"“{note}”." for note in noted)])


def spoken_year(grid: Grid, source: GridSource, line: Line, year: int) -> str:
    """A year for the ear: `EBSCO, 2025, 10 of 12 months, 2 never loaded`."""
    who = line_words(source, line).replace(" · ", ", ")
    return ", ".join([who, str(grid.first_year + year), year_words(line.year(year))])


def summary_words(grid: Grid, lacks: Missing) -> tuple[str, ...]:
    """`18 sources · Jan 2019 – Sep 2026 · 6 months are missing between reports in 2 sources`, and in fewer words."""
    tr = QCoreApplication.translate
    if not grid.sources:
        return ("",)
    count = len(grid.sources)
    sources = tr("coverage", "{n} sources").format(n=number(count)) if count > 1 else tr("coverage", "1 source")
    missing = (*missing_words(lacks), *_not_whole(grid))
    span = months(grid.first_day(grid.loaded[0]), grid.first_day(grid.loaded[1]))
    if not missing:
        whole = nothing_missing_words()
        return " · ".join([sources, span, whole]), f"{sources} · {whole}"
    gone = "; ".join(missing)
    return " · ".join([sources, span, gone]), f"{sources} · {gone}", gone, missing[0]


def _not_whole(grid: Grid) -> tuple[str, ...]:
    """`1 month is only partly there`, `2 months are counted twice`; none, one or both."""
    tr, states = QCoreApplication.translate, [line.states for _, line in grid.lines()]
    partly, twice = (sum(each.count(state) for each in states) for state in (CellState.PARTIAL, CellState.OVERLAPPING))
    one, many = tr("coverage", "1 month is only partly there"), tr("coverage", "{n} months are only partly there")
    one_twice, many_twice = tr("coverage", "1 month is counted twice"), tr("coverage", "{n} months are counted twice")
    told = ((partly, one, many), (twice, one_twice, many_twice))
    return tuple(first if count == 1 else others.format(n=number(count)) for count, first, others in told if count)


def runs_words(days: Iterable[date]) -> str:
    """Months in a row by their ends, the first few: `Mar – Apr 2025, Jul 2025`."""
    runs: list[list[date]] = []
    for day in sorted(days):
        at = day.year * YEAR + day.month
        if runs and runs[-1][-1].year * YEAR + runs[-1][-1].month == at - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    told = [months(run[0], run[-1]) for run in runs[:_MOST_RUNS]]
    return ", ".join([*told, *(["…"] if len(runs) > _MOST_RUNS else [])])


def among_words(source: GridSource, line: Line, at: int) -> str:
    """The state that most needs attention, and which reports are in it.

    Returns:
        `1 of 3 reports lacks this month: Platform Report`, `not ready yet (Title Report)`; without a full stop.
    """
    tr, state = QCoreApplication.translate, line.state(at)
    of: Sequence[str] = [report_name(each.report_type) for each in source.lines if each.state(at) == state]
    expected = sum(each.state(at) not in {CellState.EMPTY, CellState.ANSWERED} for each in source.lines)
    if state == CellState.EMPTY or len(of) == len(source.lines):
        return state_word(state)
    if state != CellState.MISSING or len(of) >= expected:
        return f"{state_word(state)} ({', '.join(of)})"
    one = tr("coverage", "1 of {all} reports lacks this month: {names}")
    many = tr("coverage", "{n} of {all} reports lack this month: {names}")
    return (one if len(of) == 1 else many).format(n=len(of), all=expected, names=", ".join(of))


def _around(grid: Grid, line: Line, at: int) -> str:
    tr = QCoreApplication.translate
    before = next((one for one in range(at, -1, -1) if line.state(one) not in _UNKNOWN), None)
    after = next((one for one in range(at, grid.months) if line.state(one) not in _UNKNOWN), None)
    if before is None or after is None:
        told = tr("coverage", "The last month that is there is {month}.")
        return told.format(month=month(grid.first_day(before))) if before is not None else ""
    one, other = grid.first_day(before), grid.first_day(after)
    first = month(one).rpartition(" ")[0] if one.year == other.year else month(one)
    return tr("coverage", "{one} and {other} are there.").format(one=first, other=month(other))


def _why_empty(grid: Grid, line: Line, at: int) -> str:
    tr = QCoreApplication.translate
    first = next((one for one in range(grid.months) if line.state(one) != CellState.EMPTY), None)
    if first is not None and at < first:
        return tr("coverage", "The first report is of {month}.").format(month=month(grid.first_day(first)))
    last = next((release for release in reversed(line.releases) if release), "")
    if last == Release.R3:
        return tr("coverage", "Release 3 ended with 2013, and no report of Release 4 is there.")
    if last in LAST_OF_RELEASE and at <= max(grid.loaded[1], 0):
        return tr("coverage", "Another release took over: its reports are in the line of that report.")
    return tr("coverage", "It is not due yet: reports come four weeks after a month has ended.")


_UNKNOWN = frozenset({CellState.MISSING, CellState.EMPTY, CellState.ANSWERED})
