"""Scenes of states that the sample library does not have: every state of a month, stopped, working, totals alone."""

from __future__ import annotations

from datetime import date

import polars as pl

from nolcat_desktop.analysis.coverage_grid import build
from nolcat_desktop.dataset.decisions import Answer
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.gui.pages.library_page import LibraryPage
from nolcat_desktop.gui.pages.library_reader import Snapshot
from nolcat_desktop.gui.sample import sample_reports, waiting_reports
from tests.gui.screenshot_studio import Scene, Studio

TODAY = date(2026, 11, 22)
NAMES = {
    1: "Кембриджские журналы и книги",
    2: "中国知网 CNKI 学术期刊全文数据库",
    3: "دار المنظومة للنشر",
    4: "Proceedings of the Interdisciplinary Working Group on Peat, Moss, Lichen and Neighbouring Matters of the Bog",
    5: "Aldine Journals",
    6: "Harbour Databases",
}
_STATES = ("partial", "totals_only", "overlapping", "not_ready", "no_data", "confirmed_zero", "restated")


def coverage() -> pl.DataFrame:
    """Every state, alone and beside months with use; a change of release, a gap at the end."""
    rows: list[tuple[int, str, str, str, str]] = []

    def add(source: int, report: str, of: dict[int, str], release: str = "5.1", year: int = 2026) -> None:
        rows.extend((source, report, release, f"{year}-{month:02}", state) for month, state in of.items())

    whole = dict.fromkeys(range(1, 13), "usage")
    for source in NAMES:
        add(source, "TR", whole, "5" if source % 2 else "5.1", 2025)
    for source, at in zip(NAMES, range(2, 8), strict=True):
        named = _STATES[source - 1]
        add(source, "TR", {**dict.fromkeys(range(1, 11), "usage"), at: named, at + 2: named})
        rows[:] = [row for row in rows if (row[0], row[3]) != (source, f"2026-{12 - source:02}")]
    add(5, "DR", dict(enumerate(_STATES, 1)))
    for code in ("PR", "IR", "TR_J1", "TR_J3"):
        add(6, code, dict.fromkeys(range(1, 11), "usage"))
    add(6, "TR", {8: "restated", 9: "restated"})
    columns = ["statistics_source_ID", "report_type", "release", "month", "state"]
    frame = pl.DataFrame(rows, columns, orient="row")
    return frame.unique(["statistics_source_ID", "report_type", "month"], keep="last", maintain_order=True)


def show_every_state(page: LibraryPage) -> None:
    """Show `coverage` instead of what the library has."""
    answers = (Answer(2, "TR", "2026-10", "2026-10", "cancelled", "2026-11-02"),)
    page._take(Snapshot(build(coverage(), NAMES, TODAY, answers), (), {}), False)


def states(studio: Studio) -> None:
    page = studio.go("library")
    assert isinstance(page, LibraryPage)
    show_every_state(page)
    page.view.expandAll()
    page.view.go_to((3, "TR", date(2026, 4, 1)))


def states_years(studio: Studio) -> None:
    page = studio.go("library")
    assert isinstance(page, LibraryPage)
    page.do("months_years")


def states_panel(studio: Studio) -> None:
    page = studio.go("library")
    assert isinstance(page, LibraryPage)
    page.do("months_years")
    page.view.go_to((6, "TR", date(2026, 6, 1)))
    page.do("details")


def stopped(studio: Studio) -> None:
    page = studio.go("add")
    assert isinstance(page, AddPage)
    page.receive([sample_reports()])
    studio.until(lambda: len(page.model.lines) > 1)
    studio.runner.cancel_all()


def missing_folder(studio: Studio) -> None:
    """The place Add reports when its files are no reports."""
    page = studio.go("add")
    assert isinstance(page, AddPage)
    folder = studio.folder / "other"
    folder.mkdir()
    (folder / "budget 2023.csv").write_text("Cost centre,Amount\nA,12\n", encoding="utf-8")
    page.open_paths([folder / "budget 2023.csv"])
    studio.settle()


def waiting(studio: Studio) -> None:
    page = studio.go("add")
    assert isinstance(page, AddPage)
    page.receive([waiting_reports()])


def data_totals(studio: Studio) -> None:
    page = studio.go("data")
    assert isinstance(page, DataPage)
    page.panes_widget.tabs.setCurrentIndex(1)


def data_working(studio: Studio) -> None:
    page = studio.go("data")
    assert isinstance(page, DataPage)
    page.panes_widget.tabs.setCurrentIndex(0)
    page.show_working(True)


def data_table(studio: Studio) -> None:
    page = studio.go("data")
    assert isinstance(page, DataPage)
    page.show_working(False)
    page.panes_widget.tabs.setCurrentIndex(2)
    page.chart.as_table.click()


STATES: dict[str, Scene] = {
    "states": states,
    "states-years": states_years,
    "states-panel": states_panel,
    "add-stopped": stopped,
    "add-no-report": missing_folder,
    "add-waiting": waiting,
    "data-totals": data_totals,
    "data-working": data_working,
    "data-table": data_table,
}
