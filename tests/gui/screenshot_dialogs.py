"""Scenes on the sample library: Annual statistics, what opens over the window, what the bottom edge says."""

from __future__ import annotations

import threading
from collections.abc import Callable

import polars as pl
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QTreeView, QWidget

from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.fault import fault_report
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.annual_page import AnnualPage
from nolcat_desktop.gui.pages.database_dialog import TakeOverDialog
from nolcat_desktop.gui.proof_dialog import ExplanationDialog
from nolcat_desktop.gui.settings_dialog import SettingsDialog
from nolcat_desktop.gui.sources_page import SourcesPage
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from tests.gui.screenshot_studio import Scene, Studio

LONG_NAME = "Proceedings of the Interdisciplinary Working Group on Peat, Moss, Lichen and Neighbouring Matters " * 2
COLUMNS = "statistics_source_ID,report_type,platform,data_type,metric_type,usage_date,usage_count"
NAMES = (
    "Кембриджские журналы и книги", "中国知网 CNKI", "دار المنظومة للنشر", LONG_NAME[:180], "EBSCO"
)  # fmt: skip


def annual(studio: Studio) -> None:
    studio.go("annual")


def annual_number(studio: Studio) -> None:
    """The second tab, where there are tabs."""
    page = studio.go("annual")
    assert isinstance(page, AnnualPage)
    page.questions.setCurrentIndex(page.questions.model().index(page.questions.model().rowCount() - 1, 0))
    if page.tabs.count():
        page.tabs.setCurrentIndex(1)


def _asked(name: str) -> Scene:
    def ask(studio: Studio) -> QWidget | None:
        studio.go("library")
        studio.window.actions_table[name].trigger()
        return studio.dialog()

    return ask


def cell(studio: Studio) -> QWidget | None:
    page = studio.go("data")
    while page.step_back():
        studio.settle()
    page.do("where_from")
    studio.settle()
    found = [one for one in studio.window.findChildren(ExplanationDialog) if one.isVisible()]
    found[-1].show_cell.click()
    return studio.dialog()


def _database(studio: Studio) -> TakeOverDialog:
    studio.window.context.sample_folder = None
    studio.window.commands.database.open()
    studio.settle()
    return [one for one in studio.window.findChildren(TakeOverDialog) if one.isVisible()][-1]


def database(studio: Studio) -> QWidget | None:
    return _database(studio)


def database_server(studio: Studio) -> QWidget | None:
    dialog = _database(studio)
    dialog.form.in_database.click()
    studio.settle()
    return dialog


def database_looked(studio: Studio) -> QWidget | None:
    rows = [
        f"({at + 1}, 'TR', 'Platform', 'Journal', 'Total_Item_Requests', '2022-0{month}-01', {month})"
        for at in range(len(NAMES))
        for month in range(1, 5)
    ]
    rows += ["(2, 'JR1', 'Beta', 'Journal', 'Successful Full-text Article Requests', '2014-08-01', 0)"]
    names = ", ".join(f"({at}, '{name}', NULL, 1)" for at, name in enumerate(NAMES, 1))
    file = studio.folder / "a dump of the database of the year that was the longest of them all.sql"
    told = f"INSERT INTO statisticsSources VALUES {names};\nINSERT INTO COUNTERData ({COLUMNS}) VALUES "  # noqa: S608
    file.write_text(f"-- MySQL dump 10.13\n{told}{', '.join(rows)};\n-- Dump completed\n", encoding="utf-8")
    dialog = _database(studio)
    dialog.start_with(file)
    studio.settle()
    return dialog


def _settings(studio: Studio, page: str) -> SettingsDialog:
    studio.window.commands.settings(page)
    studio.settle()
    return [one for one in studio.window.findChildren(SettingsDialog) if one.isVisible()][-1]


def sources(studio: Studio) -> QWidget | None:
    return _settings(studio, "Sources")


def _sources_page(studio: Studio) -> SourcesPage:
    (page,) = _settings(studio, "Sources").findChildren(SourcesPage)
    return page


def naming(studio: Studio) -> QWidget | None:
    _sources_page(studio).add.click()
    return studio.dialog()


def mapping(studio: Studio) -> QWidget | None:
    page = _sources_page(studio)
    file = studio.folder / "list.csv"
    listed = "".join(f"{at},{name.replace(',', ' ')},,1\n" for at, name in enumerate(NAMES, 7))
    header = "statistics_source_ID,statistics_source_name,statistics_source_retrieval_code,vendor_ID\n"
    file.write_text(header + listed, encoding="utf-8")
    if all(fact.key != 7 for fact in page.sources.facts.facts):
        page.take_in(file)
        studio.settle()
    page.map.click()
    return studio.dialog()


def renaming(studio: Studio) -> QWidget | None:
    _sources_page(studio).rename.click()
    return studio.dialog()


def _damaged(studio: Studio) -> Callable[[], None]:
    library = studio.window.context.library
    assert isinstance(library, Library)
    first, second, *_ = library.parts()
    before = {part.file: part.file.read_bytes() for part in (first, second)}
    first.file.write_bytes(b"PAR1 nothing PAR1")
    second.file.unlink()

    def mend() -> None:
        for file, content in before.items():
            file.write_bytes(content)
        studio.window.door.open(library.layout.folder)
        studio.settle()

    return mend


def check_found(studio: Studio) -> QWidget | None:
    mend = _damaged(studio)
    studio.window.actions_table["check_library"].trigger()
    shown = studio.dialog()
    mend()
    return shown


def rebuild(studio: Studio) -> QWidget | None:
    mend = _damaged(studio)
    studio.window.actions_table["rebuild"].trigger()
    shown = studio.dialog()
    mend()
    return shown


def history_undo(studio: Studio) -> None:
    page = studio.go("history")
    view = next(iter(page.findChildren(QTreeView)), None) or page.panes()[0]
    view.setFocus()


def fault(studio: Studio) -> QWidget | None:
    try:
        raise ZeroDivisionError("a fault that was made on purpose")
    except ZeroDivisionError as error:
        studio.window.tell_fault(fault_report(error, "Adding 14 reports", studio.window.context.clock()))
    return studio.dialog()


def _menu(name: str) -> Scene:
    def show(studio: Studio) -> QWidget | None:
        menu = next(one for one in studio.window.menuBar().findChildren(QMenu) if one.title().strip("&") == name)
        menu.popup(QPoint(40, 40))
        QTest.qWait(50)
        QApplication.processEvents()
        return menu

    return show


def library_menu(studio: Studio) -> QWidget | None:
    menu: QMenu = studio.window.library_menu
    menu.popup(QPoint(40, 40))
    QTest.qWait(50)
    return menu


def no_menu(studio: Studio) -> None:
    """Not a picture of its own: menus are closed."""
    for menu in studio.window.findChildren(QMenu):
        menu.hide()


def _work(studio: Studio, names: tuple[str, ...]) -> threading.Event:
    free = threading.Event()

    def work(progress: Progress) -> None:
        progress.tell("Reading", 7, 14, "EBSCO_TR_2023_" + "a name that is long " * 6 + ".xlsx")
        free.wait(20)

    for name in names:
        studio.runner.start(name, work, done=lambda _: None, writes=True)
    studio.until(lambda: any(job.seconds_left() is not None for job in studio.runner.jobs))
    QTest.qWait(300)
    return free


def job_working(studio: Studio) -> QWidget | None:
    studio.go("library")
    free = _work(studio, ("Adding 14 reports", "Exporting"))
    return _grabbed(studio, free)


def job_stopping(studio: Studio) -> QWidget | None:
    free = _work(studio, ("Adding 14 reports",))
    studio.runner.cancel(studio.runner.jobs[0])
    QTest.qWait(50)
    return _grabbed(studio, free)


def _grabbed(studio: Studio, free: threading.Event) -> QWidget | None:
    """The picture is taken while the work waits; then it may end."""
    studio.later.append(free.set)
    return None


def notice(studio: Studio) -> None:
    studio.go("library")
    text = "Added 12 reports: 4 sources, Jan – Dec 2024. New months are ringed. " + LONG_NAME
    choices = (Choice("What was added", lambda: None), Choice("Undo", lambda: None))
    studio.window.say(Notice(text, Level.OK, choices, "Added 12 reports."))


def notice_serious(studio: Studio) -> None:
    choices = (Choice("Wait, and do it when it is free", lambda: None), Choice("Look only", lambda: None))
    text = "Another program is working in this library. You can look at everything; nothing was changed."
    studio.window.say(Notice(text, Level.CHECK, choices, "Another program is working here."))


def activity_failed(studio: Studio) -> QWidget | None:
    def fail(_progress: Progress) -> None:
        from nolcat_desktop.problem import NolcatError

        raise NolcatError(
            Problem(
                "Excel has this file open",
                "Nothing was read.",
                "Close it in Excel, then try again; unsaved changes there are not in the file yet.",
                "EBSCO_TR_2023.xlsx",
            )
        )

    studio.runner.start("Checking 14 files of " + LONG_NAME, fail, done=lambda _: None, failed=lambda _: None)
    studio.settle()
    studio.window.show_activity()
    return studio.dialog()


def newer(studio: Studio) -> None:
    """A library that a newer version made."""
    folder = studio.folder / "newer"
    (folder / "TR").mkdir(parents=True)
    pl.DataFrame({"usage_count": [1]}).write_parquet(folder / "TR/7_TR_NULL.parquet", metadata={"nolcat.format": "2"})
    studio.window.door.open(folder)


def closed(studio: Studio) -> None:
    """Not a picture of its own: dialogs are closed, the message is put away."""
    for dialog in studio.window.findChildren(QDialog):
        dialog.close()
    studio.window.line.dismiss()


DIALOGS: dict[str, Scene] = {
    "annual": annual,
    "annual-number": annual_number,
    "dialog-cell": cell,
    "dialog-words": _asked("words"),
    "dialog-log": _asked("show_log"),
    "dialog-about": _asked("about"),
    "dialog-tidy": _asked("tidy"),
    "dialog-sources": sources,
    "dialog-naming": naming,
    "dialog-renaming": renaming,
    "dialog-mapping": mapping,
    "dialog-database": database,
    "dialog-server": database_server,
    "dialog-looked": database_looked,
    "dialog-check": check_found,
    "dialog-rebuild": rebuild,
    "dialog-fault": fault,
    "dialog-activity": activity_failed,
    "menu-file": _menu("File"),
    "menu-edit": _menu("Edit"),
    "menu-view": _menu("View"),
    "menu-cloud": _menu("Cloud"),
    "menu-library": library_menu,
    "menu-none": no_menu,
    "edge-notice": notice,
    "edge-serious": notice_serious,
    "edge-closed": closed,
    "edge-working": job_working,
    "edge-stopping": job_stopping,
    "card-newer": newer,
}
WORKING = frozenset({"edge-working", "edge-stopping"})
