"""The model over a frame: any cell it shows is the frame's, under any order and filter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QAbstractItemModelTester

from nolcat_desktop.analysis.conditions import Kind
from nolcat_desktop.gui.cell_text import change, number
from nolcat_desktop.gui.frame_model import Column, FrameModel

FRAME = pl.DataFrame(
    {
        "resource_name": ["Acta Botanica", None, "مجلة"],
        "YOP": [1, 9999, 2019],
        "usage_date": [date(2024, 3, 1), date(2023, 1, 1), date(2022, 12, 1)],
        "metric_type": ["Total_Item_Requests"] * 3,
        "usage_count": [37304, 5, 1_000_000],
        "statistics_source_ID": [1, 14, 1_000_001],
    }
)
COLUMNS = (
    Column("resource_name", "Title", Kind.TEXT),
    Column("YOP", "Year published", Kind.YEAR),
    Column("usage_date", "Month", Kind.MONTH),
    Column("usage_count", "Uses", Kind.COUNT),
    Column("statistics_source_ID", "Source number", Kind.NUMBER),
)
DISPLAY, SPOKEN, ALIGN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.TextAlignmentRole,
)


@pytest.fixture(autouse=True)
def _locale() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def model() -> FrameModel:
    made = FrameModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.say_with_counts(("metric_type", "resource_name", "usage_date"))
    made.show(FRAME, COLUMNS, None)
    return made


def row(model: FrameModel, number: int, role: Qt.ItemDataRole = DISPLAY) -> list[object]:
    return [model.index(number, column).data(role) for column in range(model.columnCount())]


def test_that_values_are_shown_as_a_librarian_reads_them(model: FrameModel) -> None:
    assert row(model, 0) == ["Acta Botanica", "unknown", "Mar 2024", "37,304", "1"]
    assert row(model, 1) == ["", "in press", "Jan 2023", "5", "14"]
    assert row(model, 2)[4] == "1000001"


def test_that_a_number_is_never_bare_to_the_ear_and_months_are_full(model: FrameModel) -> None:
    assert model.index(0, 3).data(SPOKEN) == "Uses, 37,304, Total_Item_Requests, Acta Botanica, March 2024"
    assert model.index(1, 3).data(SPOKEN) == "Uses, 5, Total_Item_Requests, January 2023"
    assert model.index(1, 0).data(SPOKEN) == "Title, blank"
    assert model.index(0, 2).data(SPOKEN) == "Month, March 2024"


def test_that_counts_and_their_heading_stand_right_and_all_else_left(model: FrameModel) -> None:
    right = [bool(int(one) & int(Qt.AlignmentFlag.AlignRight)) for one in row(model, 0, ALIGN)]  # type: ignore[call-overload]
    assert right == [False, False, False, True, False]
    for section, is_right in enumerate(right):
        heading = model.headerData(section, Qt.Orientation.Horizontal, ALIGN)
        assert bool(int(heading) & int(Qt.AlignmentFlag.AlignRight)) is is_right  # type: ignore[call-overload]


def test_that_rows_are_shown_in_the_order_given_and_nothing_is_copied(model: FrameModel) -> None:
    model.show_rows(pl.Series([2, 0], dtype=pl.UInt32))
    assert model.rowCount() == 2
    assert [row(model, 0)[0], row(model, 1)[0]] == ["مجلة", "Acta Botanica"]
    assert model.value(0, "usage_count") == 1_000_000
    assert model.frame is FRAME
    model.show_rows(None)
    assert model.rowCount() == 3


def test_that_no_rows_and_no_columns_are_fine(model: FrameModel) -> None:
    model.show_rows(pl.Series([], dtype=pl.UInt32))
    assert model.rowCount() == 0
    model.show(FRAME, (), None)
    assert model.columnCount() == 0


def test_that_the_heading_says_that_it_is_sorted(model: FrameModel) -> None:
    model.note_sorted("YOP", "sorted descending")
    spoken = [model.headerData(n, Qt.Orientation.Horizontal, SPOKEN) for n in range(2)]
    assert spoken == ["Title", "Year published, sorted descending"]


def test_that_numbers_follow_the_locale_with_a_real_minus() -> None:
    QLocale.setDefault(QLocale("de_DE"))
    assert number(-1234567) == "−1.234.567"
    assert change(0.0412) == "+4,1\u00a0%"
    assert change(-0.012) == "−1,2\u00a0%"
    assert change(-0.0001) == "0,0\u00a0%"
