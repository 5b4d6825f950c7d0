"""What the places of the window show after some addings, held against the ledger."""

from __future__ import annotations

from collections import Counter
from datetime import date

from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.cell_text import month as month_words
from nolcat_desktop.gui.pages.annual_page import AnnualPage
from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.gui.pages.data_wish import Wish
from nolcat_desktop.gui.pages.history_page import HistoryPage
from nolcat_desktop.gui.pages.library_page import LibraryPage
from nolcat_desktop.gui.proof_dialog import CertificateDialog
from tests.gui.counted_cells import Told
from tests.gui.frame_builders import settled
from tests.gui.numbers_ledger import Ledger


def whole(text: str) -> int:
    return int(text.replace(",", "")) if text != "—" else 0


def words(month: str) -> str:
    return month_words(date.fromisoformat(f"{month}-01"))


def summed(live: dict[str, Told]) -> dict[tuple[str, str], int]:
    return {(month, metric): uses for month, told in live.items() for metric, uses in told.sums.items()}


def checked_library(page: LibraryPage, ledger: Ledger) -> None:
    page.show_panel(True)
    for (source, kind), months in ledger.live.items():
        for month, told in months.items():
            page.view.go_to((source, "", date.fromisoformat(f"{month}-01")))
            assert page.panel.cell is not None
            assert page.panel.cell.months == (month,)
            shown = {fact.cells[0]: whole(fact.cells[1]) for fact in page.panel.totals.facts.facts}
            assert {name: uses for name, uses in shown.items() if uses} == told.sums, (kind, month)
            assert sum(whole(fact.cells[2]) for fact in page.panel.loads.facts.facts) == len(told.cells)
            assert ("left out" in page.panel.cell.what) >= told.lacks, page.panel.cell.what


def checked_history(page: HistoryPage, ledger: Ledger) -> None:
    assert [whole(fact.cells[3] or "0") for fact in page.table.facts.facts] == [
        did.rows for _, did, _ in ledger.did[::-1]
    ]
    for at, (of, did, undone) in enumerate(ledger.did[::-1]):
        page.table.setCurrentIndex(page.table.facts.index(at, 0))
        entry, live = len(ledger.did) - at, Counter[str]()
        for told in ledger.live.get(of, {}).values():
            live += told.sums if told.entry == entry else Counter()
        shown = {fact.cells[0]: whole(fact.cells[1]) for fact in page.panel.totals.facts.facts}
        assert {name: uses for name, uses in shown.items() if uses} == live, entry
        restated = set()
        for fact in page.panel.restated.facts.facts:
            month, _, metric = fact.cells[0].split(" · ")
            before, after = fact.cells[1].split(" → ")
            restated.add((month, metric, whole(before), whole(after)))
        assert restated == (set() if undone else {(words(name), *rest) for name, *rest in did.restated}), entry


def checked_certificates(qtbot: QtBot, page: HistoryPage, ledger: Ledger) -> None:
    """The sums of the certificate of each entry, as its dialog shows them."""
    for at, (of, _, _) in enumerate(ledger.did[::-1]):
        page.table.setCurrentIndex(page.table.facts.index(at, 0))
        entry = len(ledger.did) - at
        live = {month: told for month, told in ledger.live.get(of, {}).items() if told.entry == entry}
        if not live:
            continue
        assert page.can("certificate") == ""
        page.do("certificate")
        settled(qtbot, page.context.runner)
        (dialog,) = [one for one in page.findChildren(CertificateDialog) if one.isVisible()]
        shown = {
            (one.asked.months[0], one.asked.metric): one.stored
            for table in dialog.numbers._numbers
            for one in table
            if one.stored and len(one.asked.months) == 1
        }
        assert shown == summed(live) or len(live) == 1, entry
        assert all(f"{uses:,}" in dialog.text.toPlainText() for uses in summed(live).values())
        dialog.close()


STATISTICS = {
    "ARL 18": ("TR", "Unique_Item_Requests", {"Data_Type": "Journal", "Access_Method": "Regular"}),
    "ARL 19": ("DR", "Searches_Regular", {"Access_Method": "Regular"}),
    "ARL 20": ("DR", "Searches_Federated", {"Access_Method": "Regular"}),
    "ACRL 63": (
        "TR",
        "Unique_Item_Requests",
        {"Data_Type": "Journal", "Access_Method": "Regular", "Access_Type": "Controlled"},
    ),
    "ACRL 61a": (
        "TR",
        "Unique_Title_Requests",
        {"Data_Type": "Book", "Access_Method": "Regular", "Access_Type": "Controlled"},
    ),
}
"""Statistic → report, metric and what the rows must say."""


def checked_annual(qtbot: QtBot, page: AnnualPage, ledger: Ledger) -> None:
    """Annual statistics of each year: rows of the files that a survey counts."""
    page.shown()
    settled(qtbot, page.context.runner)
    for year in sorted(
        {month[:4] for (_, kind), months in ledger.live.items() if kind in {"TR", "DR"} for month in months}
    ):
        page.read(int(year))
        settled(qtbot, page.context.runner)
        shown = {str(fact.key): fact.cells[1] for fact in page.questions.facts.facts}
        for name, (kind, metric, said) in STATISTICS.items():
            uses, lacks = 0, False
            for (_, of), months in ledger.live.items():
                for month, told in months.items():
                    if of == kind and month[:4] == year:
                        lacks = lacks or told.lacks
                        uses += sum(
                            count
                            for (row, counted), count in told.cells.items()
                            if counted == metric and said.items() <= dict(row).items()
                        )
            assert whole(shown[name].removeprefix("at least ")) == uses, (year, name)
            assert shown[name].startswith("at least ") or not lacks, (year, name)


TITLES = {"TR": "Title", "JR1": "Journal", "DB1": "Database", "DR": "Database"}
"""Report → heading of the column that is added up by."""


def checked_data(qtbot: QtBot, page: DataPage, ledger: Ledger) -> None:
    """Look at data: totals, and sums by title, of each report; and whether they are said to be too low."""
    page.chart.as_sums.click()
    for (source, kind), months in ledger.live.items():
        total: Counter[str] = sum((told.sums for told in months.values()), Counter())
        for metric in sorted(total)[:2]:
            page.receive(Wish((kind,), (source,), tuple(sorted(months)), metric))
            settled(qtbot, page.context.runner)
            answer = page._answer
            assert answer is not None
            assert {one.metric: one.uses for one in answer.totals.rows} == total
            by_title: Counter[str] = Counter()
            for told in months.values():
                for (row, counted), uses in told.cells.items():
                    by_title[dict(row)[TITLES[kind]]] += uses if counted == metric else 0
            shown = {str(row[0]): int(row[1] or 0) for row in page.chart.sums.cells().iter_rows()}
            assert {title: uses for title, uses in shown.items() if uses} == {**+by_title}
            low = {f"{month}" for of, report, month in answer.too_low if (of, report) == (source, kind)}
            assert low >= {month for month, told in months.items() if told.lacks}
