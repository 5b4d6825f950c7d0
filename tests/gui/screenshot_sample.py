"""Scenes on the sample library: each brings a place into a state."""

from __future__ import annotations

import threading

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from nolcat_desktop.analysis.table_query import Sorting
from nolcat_desktop.gui.answer_box import AnswerBox
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.gui.pages.history_page import HistoryPage
from nolcat_desktop.gui.pages.library_page import LibraryPage
from nolcat_desktop.gui.sample import sample_reports, waiting_reports
from tests.gui.screenshot_studio import Scene, Studio


def library(studio: Studio) -> None:
    studio.go("library")


def library_years(studio: Studio) -> None:
    page = studio.go("library")
    assert isinstance(page, LibraryPage)
    while page.step_back():
        studio.settle()
    page.do("months_years")


def library_gap_panel(studio: Studio) -> None:
    page = studio.go("library")
    page.do("next_gap")
    studio.settle()
    page.do("details")


def library_gaps(studio: Studio) -> None:
    page = studio.go("library")
    page.header.ordinary()[0].trigger()


def review(studio: Studio) -> None:
    page = _review(studio)
    page.review.show_pane(page.review.findings)


def _review(studio: Studio) -> AddPage:
    page = studio.go("add")
    assert isinstance(page, AddPage)
    if not page.model.lines:
        page.open_paths([waiting_reports()])
        studio.settle()
    return page


def _choose(studio: Studio, word: str, pane: str) -> None:
    page = _review(studio)
    for line in page.model.lines:
        if word in line.reviewed.file:
            index = page.review.lines.index_of(line)
            page.review.table.setCurrentIndex(index)
            studio.settle()
            page.review.show_pane(getattr(page.review, pane))
    page.closer.show()


def review_damaged(studio: Studio) -> None:
    _choose(studio, "damaged", "findings")


def review_difference(studio: Studio) -> None:
    _choose(studio, "corrected", "difference")


def review_sums(studio: Studio) -> None:
    _choose(studio, "corrected", "sums")


def review_sheet(studio: Studio) -> None:
    _choose(studio, "corrected", "sheet")


def review_done(studio: Studio) -> None:
    page = _review(studio)
    _choose(studio, "corrected", "difference")
    page.review.difference.replace.click()
    page.add_action.trigger()


def data(studio: Studio) -> None:
    studio.go("data")


def data_nothing(studio: Studio) -> None:
    page = studio.go("data")
    assert isinstance(page, DataPage)
    page.step_back()
    page.table.filters.type_in("resource_name", "zeitschrft")


def data_find(studio: Studio) -> None:
    page = studio.go("data")
    page.do("find")


def data_titles(studio: Studio) -> None:
    page = studio.go("data")
    assert isinstance(page, DataPage)
    while page.step_back():
        studio.settle()
    page.table.sorting_asked.emit(Sorting("resource_name", descending=True))


def data_sums(studio: Studio) -> None:
    """Added up by title, with a limit that can be taken away."""
    page = studio.go("data")
    assert isinstance(page, DataPage)
    page.table.filters.type_in("resource_name", "a")
    studio.settle()
    page.chart.as_sums.click()


def data_turned(studio: Studio) -> None:
    """Another report: what goes along and what does not is said."""
    page = studio.go("data")
    assert isinstance(page, DataPage)
    page.chart.as_chart.click()
    page.choosers.report_chosen.emit("PR")


def data_view(studio: Studio) -> None:
    """A standard view that nobody loaded."""
    page = studio.go("data")
    assert isinstance(page, DataPage)
    page.choosers.report_chosen.emit("TR_J1 of TR")
    studio.settle()
    page.choosers.show_all()


def data_reports(studio: Studio) -> QWidget | None:
    """What can be looked at."""
    page = studio.go("data")
    assert isinstance(page, DataPage)
    page.choosers.report.showPopup()
    return page.choosers.report.view().window()


def data_years(studio: Studio) -> QWidget | None:
    """Years that begin in July."""
    page = studio.go("data")
    assert isinstance(page, DataPage)
    page.choosers.report.hidePopup()
    popup = page.choosers.months_popup
    popup.first_month.activated.emit(6)
    popup.drop_from(page.choosers.months)
    return popup


def explanation(studio: Studio) -> QWidget | None:
    page = studio.go("data")
    assert isinstance(page, DataPage)
    page.choosers.months_popup.hide()
    page.choosers.report_chosen.emit("TR")
    studio.settle()
    while page.step_back():
        studio.settle()
    page.panes_widget.tabs.setCurrentIndex(0)  # where a scene before left the chart in front, no month of it is current
    page.do("where_from")
    return studio.dialog()


def no_report(studio: Studio) -> QWidget | None:
    page = studio.go("library")
    page.do("next_gap")
    page.do("no_report")
    return studio.dialog()


def certificate(studio: Studio) -> QWidget | None:
    page = studio.go("history")
    assert isinstance(page, HistoryPage)
    page.table.setCurrentIndex(page.table.model().index(page.table.model().rowCount() - 1, 0))
    page.do("certificate")
    return studio.dialog()


def help_page(studio: Studio) -> QWidget | None:
    studio.go("library")
    studio.window.actions_table["help"].trigger()
    return studio.dialog()


def keyboard(studio: Studio) -> QWidget | None:
    studio.window.actions_table["keyboard"].trigger()
    return studio.dialog()


def working(studio: Studio) -> None:
    page = studio.go("add")
    page.receive([sample_reports()])
    studio.until(lambda: studio.window.jobs.is_working and any(job.step.total for job in studio.runner.jobs))


def history(studio: Studio) -> None:
    studio.go("history")


def settings(studio: Studio) -> QWidget | None:
    studio.window.commands.settings()
    return studio.dialog()


def finder(studio: Studio) -> QWidget | None:
    studio.window.actions_table["find_command"].trigger()
    return studio.dialog()


def activity(studio: Studio) -> QWidget | None:
    studio.window.show_activity()
    return studio.dialog()


def error(studio: Studio) -> None:
    folder = studio.window.context.library_folder
    assert folder is not None
    studio.window.door.open(folder.parent / "usage")


def settings_cloud(studio: Studio) -> QWidget | None:
    studio.window.commands.settings()
    dialog = studio.dialog()
    assert dialog is not None
    for shown in dialog.findChildren(QListWidget):
        shown.setCurrentRow(shown.count() - 1)
    return dialog


def overlay(studio: Studio) -> None:
    studio.go("library")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in sorted(sample_reports().iterdir())[:14]])
    point, copy = QPoint(400, 300), Qt.DropAction.CopyAction
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    QApplication.sendEvent(studio.window.windowHandle(), QDragEnterEvent(point, copy, mime, left, none))


def overlay_gone(studio: Studio) -> None:
    """Not a picture of its own: the drag has left."""
    QApplication.sendEvent(studio.window.windowHandle(), QDragLeaveEvent())


def closing(studio: Studio) -> QWidget | None:
    """Closed during work."""
    free = threading.Event()
    runner = studio.runner
    runner.start("Adding 14 reports", lambda _: free.wait(5), done=lambda _: None, writes=True)
    studio.window.close()
    shown = [one for one in studio.window.findChildren(AnswerBox) if one.isVisible()]
    QTimer.singleShot(1500, free.set)
    return shown[-1]


SAMPLE: dict[str, Scene] = {
    "overlay": overlay,
    "overlay-gone": overlay_gone,
    "library": library,
    "library-panel": library_gap_panel,
    "library-gaps": library_gaps,
    "library-years": library_years,
    "add-review": review,
    "add-damaged": review_damaged,
    "add-difference": review_difference,
    "add-sums": review_sums,
    "add-sheet": review_sheet,
    "data": data,
    "data-find": data_find,
    "data-nothing": data_nothing,
    "data-titles": data_titles,
    "data-sums": data_sums,
    "data-turned": data_turned,
    "data-view": data_view,
    "data-reports": data_reports,
    "data-years": data_years,
    "explanation": explanation,
    "no-report": no_report,
    "history": history,
    "certificate": certificate,
    "help": help_page,
    "keyboard": keyboard,
    "add-done": review_done,
    "settings": settings,
    "settings-cloud": settings_cloud,
    "finder": finder,
    "activity": activity,
    "add-working": working,
    "closing": closing,
    "error": error,
}
UNSETTLED = frozenset({"add-working", "closing"})
"""Scenes that are seen while something is worked on."""
