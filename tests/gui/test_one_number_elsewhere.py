"""One number, everywhere else: adding, Library, History, proofs and the command line, beside the files' own cells.

A month that lacks a cell must be marked. One may be that does not: where a file, of which no count of the month can be
read, was added beside one that is whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.pages.add_done import DoneView
from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.pages.add_plain_table import PlainTable
from nolcat_desktop.gui.pages.annual_page import AnnualPage
from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.gui.pages.history_page import HistoryPage
from nolcat_desktop.gui.pages.library_page import LibraryPage
from tests.builders import a_report, tsv
from tests.builders.damage import word_for_count
from tests.cli.running import answered
from tests.gui.counted_cells import Told, cells_of
from tests.gui.frame_builders import now, settled
from tests.gui.numbers_ledger import KINDS, Did, Ledger, Publisher, Report
from tests.gui.numbers_shown import (
    checked_annual,
    checked_certificates,
    checked_data,
    checked_history,
    checked_library,
    summed,
    whole,
    words,
)

Make = Callable[..., Any]


def texts(table: PlainTable) -> list[list[str]]:
    model = table.cells
    return [[str(model.index(row, at).data()) for at in range(model.columnCount())] for row in range(model.rowCount())]


def checked_sums(page: AddPage, told: dict[str, Told]) -> None:
    """Months and sums."""
    pane = page.review.sums
    pane._show_long()
    shown: dict[str, dict[str, int]] = {}
    for name, _, metric, count in texts(pane.table):
        shown.setdefault(name, {})[metric] = whole(count)
    for month, one in told.items():
        of = shown.pop(words(month))
        assert of.pop("Rows with use") == len(one.cells), month
        assert {name: uses for name, uses in of.items() if uses} == one.sums, month
    assert not shown


def checked_difference(page: AddPage, ledger: Ledger, of: Report, told: dict[str, Told], differing: set[str]) -> None:
    """Difference: of what differs each metric, old and new."""
    expected = set()
    for month in differing:
        old, new = ledger.live[of][month].sums, told[month].sums
        expected |= {
            (words(month), name, old[name], new[name]) for name in old.keys() | new.keys() if old[name] != new[name]
        }
    shown = {(row[0], row[1], whole(row[2]), whole(row[3])) for row in texts(page.review.difference.table)}
    if expected:
        assert shown == expected
    else:
        assert {row[2] for row in shown} == {row[3] for row in shown}


def checked_done(done: DoneView, did: Did, live: Mapping[str, Told]) -> None:
    """What was added, each metric beside the year before."""
    rows = [row for row in texts(done.table) if row[3] != "no use"]
    assert {row[3]: whole(row[4]) for row in rows} == did.sums
    before = {metric: did.year_before(metric, live) for metric in did.sums}
    assert {row[3]: None if row[5] == "—" else whole(row[5]) for row in rows} == before


def added(qtbot: QtBot, make_place: Make, library: Library, file: Path, of: Report, ledger: Ledger, way: str) -> None:
    """Add a file in the window, and look at every number on the way; the first of a source by its number."""
    told, differing = (read := cells_of(file, of[1])), ledger.differing(of, read)
    page: AddPage = make_place(AddPage, library, now)
    page.receive([file])
    settled(qtbot, page.context.runner)
    (line,) = page.model.lines
    assert line.reviewed.load is not None, line.reviewed.problem
    checked_sums(page, told)
    if differing:
        checked_difference(page, ledger, of, told, differing)
    is_known = of in ledger.live
    did = ledger.add(of, told, aside=way == "aside")
    if not is_known:
        how = ("--source", of[0], "--if-loaded", way, "--without-damaged", "--json")
        ran = answered("convert", file, "--library", library.layout.folder, *how)
        assert ran.code == 0, ran.err
        return
    page.model.decide(page.model.lines, lambda one: decided(one, way))
    assert (line.fate in {Fate.ADD, Fate.REPLACE, Fate.ASIDE}) == (did is not None), line.fate
    if did is not None:
        page.writer.add()
        settled(qtbot, page.context.runner)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.done)
        checked_done(page.done, did, ledger.live[of])


def decided(line: Line, way: str) -> None:
    line.if_loaded, line.without_damaged, line.source_known = way, True, True


def shown_by_command(library: Library, of: Report, months: dict[str, Told]) -> dict[tuple[str, str], int]:
    ran = answered("show", of[1], "--library", library.layout.folder, "--source", of[0], "--json")
    assert ran.code >= any(told.lacks for told in months.values())
    found: Counter[tuple[str, str]] = Counter()
    for row in ran.lines:
        counts = {name: count for name, count in row.items() if name[:2] == "20" and count}
        assert row["reporting_period_total"] == sum(counts.values())
        for month, count in counts.items():
            found[month, row["metric_type"]] += count
    return found


def checked_commands(library: Library, ledger: Ledger) -> None:
    """`show`, `coverage`, `history`, `explain` and `certificate`."""
    folder = library.layout.folder
    told = answered("library", "coverage", "--library", folder, "--json").lines
    covered = {((one["statistics_source_ID"], one["report_type"]), one["month"]): one for one in told}
    known = {at for at, one in covered.items() if one["usage_total"] is not None}
    live = {(of, month): one for of, months in ledger.live.items() for month, one in months.items()}
    assert known == {at for at, one in live.items() if one.claims}
    for of, months in ledger.live.items():
        assert shown_by_command(library, of, months) == summed(months)
        for month, one in months.items():
            assert (covered[of, month]["usage_total"] or 0) == sum(one.sums.values())
            assert (covered[of, month]["state"] == "partial") >= one.lacks
        total: Counter[str] = sum((one.sums for one in months.values()), Counter())
        for metric, uses in total.most_common(2):
            asked = (
                "--source",
                of[0],
                "--report",
                of[1],
                "--metric",
                metric,
                "--from",
                min(months),
                "--to",
                max(months),
            )
            ran = answered("library", "explain", *asked, "--library", folder, "--json")
            assert sum(line["usage_count"] for line in ran.lines if line["use"] == "added") == uses
            assert f"{uses:,} {metric} from" in ran.err
    past = answered("library", "history", "--library", folder, "--json").lines
    expected = [(did.rows, sum(did.sums.values()), undone) for _, did, undone in ledger.did]
    assert [(one["rows"], one["usage_total"], one["undone"]) for one in past] == expected
    for number, (_, did, undone) in enumerate(ledger.did, 1):
        if not undone:
            lines = answered("library", "difference", number, "--library", folder, "--json").lines
            shown = {(one["month"], one["metric_type"], one["loaded"] or 0, one["offered"] or 0) for one in lines}
            assert {one for one in shown if one[2] != one[3]} == {one for one in did.restated if one[2] != one[3]}


def walked(qtbot: QtBot, make_place: Make, folder: Path, seed: int, steps: int) -> None:
    random, ledger = Random(seed), Ledger()
    publisher, library = Publisher(folder, random), Library.open(folder / "library", now)
    undone = 0
    for _ in range(steps):
        does = random.choice(("add", "add", "add", "add", "undo", "redo"))
        holds = [one for one in ledger.did if not one[2]]
        if does == "undo" and holds:
            assert answered("library", "undo", "--library", library.layout.folder).code == 0
            ledger.undo()
            undone += 1
        elif does == "redo" and undone:
            assert answered("library", "redo", "--library", library.layout.folder).code == 0
            ledger.redo()
            undone -= 1
        else:
            source = random.choice(list(KINDS))
            of, way = (source, KINDS[source][1]), random.choice(("replace", "replace", "replace", "aside"))
            file = publisher.write(source)
            before = len(ledger.did)
            added(qtbot, make_place, library, file, of, ledger, way)
            undone = 0 if len(ledger.did) > before else undone
    library = Library.open(folder / "library", now)
    checked_commands(library, ledger)
    checked_library(make_place(LibraryPage, library, now), ledger)
    history: HistoryPage = make_place(HistoryPage, library, now)
    checked_history(history, ledger)
    checked_certificates(qtbot, history, ledger)
    checked_data(qtbot, make_place(DataPage, library, now), ledger)
    checked_annual(qtbot, make_place(AnnualPage, library, now), ledger)


def test_that_uses_of_a_year_before_that_lacks_a_cell_are_not_compared(
    qtbot: QtBot, make_place: Make, tmp_path: Path
) -> None:
    library, months = Library.open(tmp_path / "library", now), (date(2023, 1, 1), date(2024, 1, 1))
    files = [tmp_path / f"{first.year}.tsv" for first in months]
    reports = [a_report(Release.R5, "TR", begin=first, months=1) for first in months]
    files[0].write_bytes(tsv(word_for_count(reports[0]).grid))
    files[1].write_bytes(tsv(reports[1]))
    assert answered("convert", files[0], "--library", library.layout.folder, "--without-damaged").code == 0
    page: AddPage = make_place(AddPage, library, now)
    page.receive([files[1]])
    settled(qtbot, page.context.runner)
    page.model.decide(page.model.lines, lambda one: decided(one, "fail"))
    page.writer.add()
    settled(qtbot, page.context.runner)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.done)
    assert {(row[5], row[6]) for row in texts(page.done.table)} == {("—", "—")}


@pytest.mark.parametrize("seed", [1, 4, 218])
def test_that_every_number_of_random_addings_is_that_of_the_files_cells(
    qtbot: QtBot, make_place: Make, tmp_path: Path, seed: int
) -> None:
    walked(qtbot, make_place, tmp_path, seed, 6)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(300, 360))
def test_that_every_number_of_many_random_addings_is_that_of_the_files_cells(
    qtbot: QtBot, make_place: Make, tmp_path: Path, seed: int
) -> None:
    walked(qtbot, make_place, tmp_path, seed, 9)
