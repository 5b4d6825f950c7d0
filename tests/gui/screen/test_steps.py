"""How much the window's thread works at once in everything that a user may do, scene by scene, as a table.

The law is 50 ms of its own work between two chances to answer (`gap_watch.LAW`). What is asserted is loose, because a
busy machine stretches that, too; read the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from nolcat_desktop.analysis.month_series import Month, Series, next_month
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.chart_paint import LINES
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.month_chart import MonthChart
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.theme import Theme
from nolcat_desktop.settings import Colours, Rows
from tests.benchmarks import reports
from tests.gui.frame_builders import REPORT, window_on
from tests.gui.screen.gap_watch import LAW, Gap, Gaps, watched

pytestmark = [pytest.mark.screen, pytest.mark.benchmark, pytest.mark.exhaustive]

LONGEST = 1.0
"""Seconds of its own work; twenty times the law."""
PATIENCE = 300_000
"""Milliseconds for one scene."""
NAMES = tuple(place.name for place in PLACES)
DIALOGS = ("words", "show_log", "about", "keyboard", "help", "find_command", "tidy", "check_library", "rebuild")


class Table:
    """Does scenes, and keeps what each cost."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self._qtbot, self._theme = qtbot, theme
        self.rows: dict[str, Gaps] = {}

    def scene(self, name: str, window: MainWindow, *deeds: Callable[[], object]) -> None:
        """Do `deeds` one after the other, each until nothing is going on."""
        runner, front = window.context.runner, window.front

        def calm() -> bool:
            here = front.place is not None or front.is_covered or front.currentWidget() is front.first_start
            return here and not runner.jobs and not self._theme.is_changing

        with watched() as gaps:
            for deed in deeds:
                deed()
                self._qtbot.wait(50)
                self._qtbot.waitUntil(calm, timeout=PATIENCE)
                self._qtbot.wait(50)
        self.rows[name] = gaps

    def told(self) -> str:
        """Milliseconds by the wall and of its own, and who took most."""
        lines = [f"{'scene':44}{'wall':>6}{'own':>6}"]
        for name, gaps in self.rows.items():
            worst = max(gaps.found, key=lambda gap: gap.own, default=Gap(0.0, 0.0, ""))
            mark = "  OVER" if worst.own > LAW else "      "
            lines.append(f"{name:44}{gaps.longest * 1000:6.0f}{worst.own * 1000:6.0f}{mark}  {worst.doing}")
        return "\n".join(lines)


@pytest.fixture
def table(qtbot: QtBot, theme: Theme, as_in_the_program: None) -> Iterator[Table]:
    """Empty; places and looks come in steps, as in the program. Printed at the end."""
    del as_in_the_program
    theme.at_once = False
    made = Table(qtbot, theme)
    yield made
    theme.at_once = True
    theme.finish()
    print(f"\n{made.told()}")
    assert max(gaps.most_work for gaps in made.rows.values()) < LONGEST


def opened(table: Table, theme: Theme, folder: Path, sample: bool) -> MainWindow:
    """A window as it starts, on the sample or on an empty library."""
    windows: list[MainWindow] = []
    with watched() as table.rows["making the window"]:
        windows.append(window_on(folder, theme, PLACES))
        windows[0].resize(1280, 720)
    window = windows[0]
    with watched() as table.rows["showing it"]:
        window.show()
        QApplication.processEvents()
    if sample:
        table.scene("starting with the sample", window, window.start_with_sample)
        if window.context.library is None:
            table._qtbot.waitUntil(lambda: window.context.library is not None, timeout=PATIENCE)
    else:
        table.scene("starting", window, lambda: window.start(folder / "Library", new=True))
    return window


def _leave(window: MainWindow) -> None:
    """It is gone before the next one is measured: in the program there is no second one in a process."""
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def done(window: MainWindow) -> None:
    """Dialogs and menus are closed."""
    for one in (*window.findChildren(QDialog), *window.findChildren(QMenu)):
        one.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("order", [NAMES, NAMES[::-1]], ids=["forth", "back"])
def test_that_everything_comes_in_small_steps(
    table: Table, theme: Theme, tmp_path: Path, size: int, order: Sequence[str]
) -> None:
    theme.use(replace(theme.settings, text_size=size))
    theme.finish()
    window = opened(table, theme, tmp_path, sample=True)
    for name in order:
        table.scene(f"first showing of {name}", window, lambda: window.go(name))  # noqa: B023 - called at once
    for name in order:
        table.scene(f"going to {name} again", window, lambda: window.go(name))  # noqa: B023
    _ask(table, window)
    for name in order:
        window.go(name)
        _change_looks(table, window, name)
    window.commands.settings()
    _change_looks(table, window, "settings")
    done(window)
    table.scene("undoing", window, lambda: window.door.undo())
    table.scene("redoing", window, lambda: window.door.redo())
    table.scene("opening another library", window, lambda: window.door.open(tmp_path / "Other", new=True))
    with watched() as table.rows["closing"]:
        window.close()
    _leave(window)


def _ask(table: Table, window: MainWindow) -> None:
    """Every dialog and menu."""
    actions = window.actions_table
    window.go("library")
    for name in DIALOGS:
        table.scene(f"dialog {name}", window, actions[name].trigger)
        done(window)
    for page in ("", "Sources", "Cloud accounts"):
        table.scene(f"settings {page}", window, lambda: window.commands.settings(page))  # noqa: B023
    done(window)
    table.scene("database", window, window.commands.database.open)
    done(window)
    table.scene("activity", window, window.show_activity)
    done(window)
    for menu in [one for one in window.menuBar().findChildren(QMenu) if one.title()]:
        table.scene(f"menu {menu.title()}", window, lambda: menu.popup(QPoint(40, 40)))  # noqa: B023
        done(window)
    for place, what in (("data", "where_from"), ("library", "where_from"), ("history", "certificate")):
        window.go(place)
        table.scene(f"{place}: {what}", window, lambda: _do(window, what))  # noqa: B023
        done(window)


def _do(window: MainWindow, what: str) -> None:
    assert window.front.place is not None
    window.front.place.do(what)


def _change_looks(table: Table, window: MainWindow, where: str) -> None:
    context = window.context

    def put(**given: object) -> Callable[[], None]:
        return lambda: context.set_settings(replace(context.settings, **given))  # type: ignore[arg-type]

    now = context.settings.text_size
    other = 200 if now == 100 else 100
    for colours in (Colours.DARK, Colours.LIGHT):
        table.scene(f"{where}: changing to {colours.value}", window, put(colours=colours))
    for size in (110, other, now):
        table.scene(f"{where}: text at {size} %", window, put(text_size=size))
    for rows in (Rows.COMPACT, Rows.COMFORTABLE):
        table.scene(f"{where}: rows {rows.value}", window, put(rows=rows))


def many_reports(folder: Path, number: int) -> Path:
    """A folder of small reports, each of a platform of its own."""
    folder.mkdir()
    text = REPORT.read_text(encoding="utf-8-sig")
    for at in range(number):
        (folder / f"platform_{at}.tsv").write_text(text.replace("Rowan", f"Rowan {at}"), encoding="utf-8-sig")
    return folder


def many_findings(folder: Path, number: int) -> Path:
    """A report in which every row has something to be found: an ISSN without its hyphen."""
    file = folder / "findings.tsv"
    heads = [f"{label}\t{value}" for label, value in reports.HEADER.items()]
    columns = "\t".join((*reports.ELEMENTS, *reports.MONTHS))
    rows = [
        f"Title {at}\tPress\t\tLumen Library\t\tL:{at}\t\t{1000000 + at}0\t\t\tJournal\tArticle\t2020\tControlled"
        f"\tRegular\tTotal_Item_Requests\t12" + "\t1" * 12
        for at in range(number)
    ]
    file.write_text("\n".join((*heads, "", columns, *rows, "")), encoding="utf-8-sig", newline="\n")
    return file


@pytest.mark.parametrize("number", [60, 500])
def test_that_many_reports_come_in_small_steps(table: Table, theme: Theme, tmp_path: Path, number: int) -> None:
    folder = many_reports(tmp_path / "reports", number)
    window = opened(table, theme, tmp_path, sample=False)
    table.scene(f"checking {number} reports", window, lambda: window.open_paths([folder]))
    page = window.front.place
    assert isinstance(page, AddPage)
    _review(table, window, page)
    table.scene("adding them", window, page.add_action.trigger)
    for name in NAMES:
        table.scene(f"first showing of {name}", window, lambda: window.go(name))  # noqa: B023
    table.scene("undoing", window, lambda: window.door.undo())
    assert isinstance(window.context.library, Library)
    window.close()
    _leave(window)


@pytest.mark.parametrize("number", [10_000, 100_000])
def test_that_many_findings_come_in_small_steps(table: Table, theme: Theme, tmp_path: Path, number: int) -> None:
    file = many_findings(tmp_path, number)
    window = opened(table, theme, tmp_path, sample=False)
    table.scene(f"checking {number:,} findings", window, lambda: window.open_paths([file]))
    page = window.front.place
    assert isinstance(page, AddPage)
    _review(table, window, page)
    table.scene("adding them", window, page.add_action.trigger)
    window.close()
    _leave(window)


def _review(table: Table, window: MainWindow, page: AddPage) -> None:
    for at in range(page.review.tabs.count()):
        table.scene(f"tab {at}", window, lambda: page.review.tabs.setCurrentIndex(at))  # noqa: B023
    model = page.review.table.model()
    for row in (model.rowCount() // 2, model.rowCount() - 1):
        table.scene(f"going to row {row}", window, lambda: page.review.table.setCurrentIndex(model.index(row, 0)))  # noqa: B023
    table.scene("finding and next finding", window, lambda: page.do("find"), *(lambda: page.do("next_gap"),) * 5)
    table.scene("narrowing by words", window, lambda: page.review.bar.find_edit.setText("1"), page.step_back)
    combo = page.review.bar.combo  # the chips that are there
    for chip in sorted(int(combo.itemData(at)) for at in range(combo.count())):
        table.scene(f"chip {chip}", window, lambda: page.review.bar.choose(chip))  # noqa: B023
    page.review.bar.choose(0)


def test_that_a_chart_of_ten_years_and_all_its_metrics_is_drawn_in_small_steps(
    table: Table, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    del theme, tmp_path
    states = frozenset({"usage"})
    months = tuple(Month(next_month(date(2015, 1, 1), at), 1, 1, states, ("5",)) for at in range(120))
    lines = {f"Metric_{at}": tuple(at * 1000 + month for month in range(120)) for at in range(len(LINES))}
    chart = MonthChart()
    qtbot.addWidget(chart)
    chart.resize(1200, 600)
    chart.show()
    with watched() as table.rows["a chart of 120 months"]:
        chart.set_series(Series(months, lines, ()))
        qtbot.wait(100)
    with watched() as table.rows["its picture"]:
        chart.picture()
