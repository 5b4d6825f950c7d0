"""The chart of months: what it draws, what it says, how it is read by the keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from nolcat_desktop.analysis.lacking import Lacking
from nolcat_desktop.analysis.looking import MOST_LINES
from nolcat_desktop.analysis.month_series import Month, Seam, Series, next_month
from nolcat_desktop.analysis.totals import Change, Total, Totals
from nolcat_desktop.gui.chart_gaps import runs_of
from nolcat_desktop.gui.chart_paint import LINES
from nolcat_desktop.gui.chart_scale import Ink, is_bars, legend, legend_room, ticks
from nolcat_desktop.gui.chart_words import description, foot, month_sentence
from nolcat_desktop.gui.month_chart import MonthChart
from nolcat_desktop.gui.month_table import MonthsModel, broken
from nolcat_desktop.gui.months_view import MonthsView
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.gui.theme import role
from nolcat_desktop.gui.totals_table import TotalsModel, comparison_note

TIR = "Total_Item_Requests"


@pytest.fixture(autouse=True)
def _locale() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


pytestmark = pytest.mark.usefixtures("theme")


def series(*values: int | None, metrics: tuple[str, ...] = (TIR,), start: date = date(2023, 11, 1)) -> Series:
    """Months from Nov 2023; release 5.1 from Jan 2024."""
    months = []
    for n, value in enumerate(values):
        first = next_month(start, n)
        release = "5" if first < date(2024, 1, 1) else "5.1"
        gap = value is None
        states = frozenset({"missing" if gap else "usage"})
        lacking = (Lacking(1, "TR", first, date(2030, 1, 1)),) if gap else ()
        months.append(Month(first, 0 if gap else 1, 1, states, () if gap else (release,), lacking))
    seams = (Seam(2, ("5",), ("5.1",)),) if len(values) > 2 else ()
    return Series(tuple(months), dict.fromkeys(metrics, values), seams)


def test_that_a_sentence_tells_all_of_it() -> None:
    told = description(series(10, 28904, None, 0))
    assert told == "4 months, highest Dec 2023 28,904, 1 never loaded, release change Jan 2024"


def test_that_a_month_is_told_with_its_release_a_gap_with_its_reason_and_zero_as_zero() -> None:
    shown = series(10, 21031, None, 0)
    assert month_sentence(shown, 1) == "Dec 2023: 21,031, release 5"
    assert month_sentence(shown, 2) == "Jan 2024: never loaded"
    assert month_sentence(shown, 3, spoken=True) == "February 2024: 0, release 5.1"


def test_that_the_foot_says_gaps_and_the_seam() -> None:
    assert foot(series(1, 2, None, None)) == (
        "2 months are missing between reports in 1 source. No uses are known of Jan – Feb 2024 (never loaded). "
        "Releases count differently: do not compare the months before the change with those after it."
    )


def test_that_many_months_without_reports_are_one_region_named_in_the_picture_and_in_words(
    qtbot: QtBot,
) -> None:
    shown = series(5, *[None] * 72, 7, None, 9, start=date(2012, 12, 1))
    run, single = runs_of(shown)
    assert (run.count, run.word, run.span) == (72, "never loaded", "Jan 2013 – Dec 2018")
    assert single.count == 1
    assert "73 never loaded (Jan 2013 – Dec 2018)" in description(shown)
    assert "No uses are known of Jan 2013 – Dec 2018 (never loaded), Feb 2019 (never loaded)." in foot(shown)
    chart = MonthChart()
    qtbot.addWidget(chart)
    chart.resize(600, 300)
    chart.set_series(shown)
    picture = chart.grab().toImage()
    frame = chart._frame
    assert frame is not None
    y = round(frame.plot.top() + frame.plot.height() / 4)
    fills = {picture.pixelColor(round(frame.left(at)), y).name() for at in range(4, 72)}
    assert fills == {role(Role.MISSING_FILL).name()}


def test_that_the_foot_names_incomplete_months_as_they_are_drawn() -> None:
    def with_a_part(*metrics: str) -> Series:
        whole = series(1, 2, metrics=metrics)
        return replace(whole, months=(whole.months[0], replace(whole.months[1], expected=2)))

    assert foot(with_a_part(TIR)) == "Hatched: 1 with a part missing."
    assert foot(with_a_part(TIR, "No_License")) == "Hollow points: 1 with a part missing."


@pytest.mark.parametrize(
    ("highest", "last"), [(0, 1), (1, 1), (4, 4), (28904, 30000), (43, 50), (1_000_001, 1_500_000)]
)
def test_that_the_axis_has_round_steps_up_to_the_highest(highest: int, last: int) -> None:
    marks = ticks(highest)
    assert marks[0] == 0
    assert marks[-1] >= max(highest, 1)
    assert len(marks) <= 6
    assert marks[-1] == last


def test_that_bars_are_for_one_metric_and_not_too_many_months() -> None:
    assert is_bars(series(*range(36)))
    assert not is_bars(series(*range(37)))
    assert not is_bars(series(1, 2, metrics=(TIR, "Unique_Item_Requests")))


def test_that_the_keys_move_the_mark_and_say_the_month(qtbot: QtBot) -> None:
    chart = MonthChart()
    qtbot.addWidget(chart)
    said: list[str] = []
    chart.mark_moved.connect(said.append)
    chart.set_series(series(10, 20, None))
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_End)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert [one.partition(":")[0] for one in said[1:]] == ["Nov 2023", "Dec 2023", "Jan 2024", "Jan 2024", "Dec 2023"]
    assert chart.accessibleDescription() == "December 2023: 20, release 5"
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.mark() is None


def test_that_the_mark_stays_at_its_month(qtbot: QtBot) -> None:
    chart = MonthChart()
    qtbot.addWidget(chart)
    chart.set_series(series(10, 20, 30))
    qtbot.keyClick(chart, Qt.Key.Key_End)
    chart.set_series(series(30, 40, start=date(2024, 1, 1)))
    assert chart.mark() == 0


@pytest.mark.parametrize("values", [(), (None,), (0,), (5,), (1, None, 3) * 14, tuple(range(120))])
@pytest.mark.parametrize("metrics", [(TIR,), (TIR, "a", "b", "c"), ()])
def test_that_any_series_can_be_drawn(qtbot: QtBot, values: tuple[int | None, ...], metrics: tuple[str, ...]) -> None:
    chart = MonthChart()
    qtbot.addWidget(chart)
    chart.resize(240, 180)
    chart.set_series(series(*values, metrics=metrics))
    assert not chart.grab().isNull()
    assert not chart.picture().isNull()


def test_that_the_picture_for_paper_is_light(qtbot: QtBot) -> None:
    chart = MonthChart()
    qtbot.addWidget(chart)
    chart.set_series(series(1, 2, 3))
    assert chart.picture().toImage().pixelColor(2, 2) == role("base", dark=False)


def test_that_the_table_twin_says_the_same_as_the_chart() -> None:
    model = MonthsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.set_series(series(10, 0, None))
    cells = [[model.index(row, column).data() for column in range(3)] for row in range(3)]
    assert cells == [
        ["Nov 2023", "10", "Release 5"],
        ["Dec 2023", "0", "Release 5"],
        ["Jan 2024", "never loaded", ""],
    ]
    spoken = model.index(2, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Total_Item_Requests, never loaded, January 2024"


def test_that_every_line_that_may_be_asked_for_has_a_colour_of_its_own() -> None:
    assert len({role(line).name() for line in LINES}) >= MOST_LINES


METRICS = ("Total_Item_Investigations", TIR, "Unique_Item_Investigations", "Successful Full-text Article Requests")


def test_that_the_legend_takes_as_many_lines_as_its_metrics_need() -> None:
    ink = Ink(role, QFont(), 1.0)
    width = max(legend_room(metric, ink) for metric in METRICS) + 1
    rows = legend(series(1, 2, metrics=METRICS), width, ink)
    assert [metric for row in rows for metric in row] == list(METRICS)
    assert len(rows) > 1
    assert all(sum(legend_room(metric, ink) for metric in row) <= width for row in rows)
    assert legend(series(1, 2), width, ink) == ()


def test_that_numbers_and_their_metrics_have_their_room_before_the_note(qtbot: QtBot) -> None:
    model, view = MonthsModel(), MonthsView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.resize(440, 200)
    view.show()
    for metrics, noted in ((METRICS[:3], False), (METRICS[:2], True)):
        model.set_series(series(1, 2, None, metrics=metrics))
        view.fit()
        letters = view.horizontalHeader().fontMetrics()
        for at, metric in enumerate(metrics, 1):
            assert not view.isColumnHidden(at)
            assert max(map(letters.horizontalAdvance, broken(metric).split("\n"))) <= view.columnWidth(at)
        assert view.isColumnHidden(len(metrics) + 1) is not noted
        assert view.horizontalHeader().length() <= view.viewport().width()
    assert broken(TIR) == "Total_Item_\nRequests"


def test_that_another_release_a_year_before_is_named_instead_of_a_change() -> None:
    model = TotalsModel()
    found = Totals((Total(TIR, 99, 0, None),), 0, 1, (Change("5", "5.1"),), 1, 0)
    model.set_totals(found, ())
    assert model.index(0, 2).data() == "release 5 → 5.1"
    assert comparison_note(found) == "1 month is not compared: release 5 → 5.1 counts differently."
    older = Totals((Total(TIR, 99, 0, None),), 0, 1, (), 0, 0, ("JR1",))
    model.set_totals(older, ())
    assert model.index(0, 2).data() == "—"
    assert "Journal Report 1 (JR1)" in comparison_note(older)
