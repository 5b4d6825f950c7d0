"""Scenes on an empty library, and on one of difficult names: long, Cyrillic, Chinese, Arabic; questions and repairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from tests.builders import a_report, tsv
from tests.builders.abstract import Abstract
from tests.gui import screenshot_dialogs as dialogs
from tests.gui import screenshot_sample as sample
from tests.gui.screenshot_studio import NOW, Scene, Studio
from tests.gui.test_add_answers import bare, releaseless, slashed, spoiled
from tests.reading.quirk_tables import jr1, text

LONG = "Proceedings of the Interdisciplinary Working Group on Peat, Moss, Lichen and Neighbouring Matters of the Bog: "
LONG += "Supplement for Librarians who Count What is Read, New Series (with Register) "
PLATFORMS = ("Кембриджские журналы и книги", "中国知网 CNKI 学术期刊全文数据库", "دار المنظومة للنشر", LONG[:120])
TITLES = (
    LONG,
    "Вопросы философии и психологии",
    "计算机学报与人工智能研究",
    "مجلة العلوم الإنسانية",
    "A",
    "Zeitschrift für Physik",
)


def difficult(platform: str, begin: date, months: int, kind: str = "TR") -> Abstract:
    """A report of a platform whose titles are difficult to lay out."""
    made = a_report(Release.R51, kind, months=months, titles=len(TITLES), begin=begin, platform=platform)
    known = list(dict.fromkeys(row.elements.get("Title", "") for row in made.rows))
    names = {old: TITLES[at % len(TITLES)] for at, old in enumerate(known)}
    rows = [replace(row, elements={**row.elements, "Title": names[row.elements.get("Title", "")]}) for row in made.rows]
    return replace(made, rows=tuple(rows))


def fill(folder: Path) -> None:
    """A library of two years, with gaps."""
    library = Library.open(folder / "Library", lambda: NOW, "test")
    files = []
    for at, platform in enumerate(PLATFORMS):
        for part, (begin, months) in enumerate(((date(2024, 1, 1), 12), (date(2025, 2 + at, 1), 6))):
            files.append(folder / f"loaded {at} {part}.tsv")
            files[-1].write_bytes(tsv(difficult(platform, begin, months)))
    assert convert(files, library, Wishes(), Progress()).entry is not None


def _drop(studio: Studio, **files: bytes) -> AddPage:
    page = studio.go("add")
    assert isinstance(page, AddPage)
    folder = studio.folder / f"in {'-'.join(files)}"[:60]
    folder.mkdir()
    for name, content in files.items():
        (folder / f"{name}.tsv").write_bytes(content)
    page.open_paths([folder])
    studio.settle()
    return page


def _choose(page: AddPage, word: str) -> None:
    for line in page.model.lines:
        if word in line.reviewed.file:
            page.review.table.go_to(line)


def library(studio: Studio) -> None:
    studio.go("library").do("next_gap")


def panel(studio: Studio) -> None:
    page = studio.go("library")
    page.do("next_gap")
    page.do("details")


def review(studio: Studio) -> None:
    more = [difficult(name, date(2025, 10, 1), 3) for name in PLATFORMS]
    _drop(studio, **{f"usage of {report.rows[0].elements['Platform']}"[:90]: tsv(report) for report in more})


def questions(studio: Studio) -> None:
    page = _drop(studio, bare=bare())
    _choose(page, "bare")
    page.review.table.opened.emit()


def which_month(studio: Studio) -> None:
    page = _drop(studio, slashed=slashed())
    _choose(page, "slashed")
    page.review.table.opened.emit()


def which_release(studio: Studio) -> None:
    page = _drop(studio, **{"TR_J1 of last year": releaseless(), "TR_J1": releaseless()})
    _choose(page, "TR_J1.tsv")
    page.review.table.opened.emit()


def which_source(studio: Studio) -> None:
    nameless = [[*row[:2], "", *row[3:]] if len(row) > 7 else row for row in jr1()]
    page = _drop(studio, **{"usage 2017 of nobody": text(nameless)})
    _choose(page, "nobody.tsv")


def which_heading(studio: Studio) -> None:
    whole = difficult(PLATFORMS[3], date(2021, 1, 1), 3)
    odd = text(jr1(months=["Jan-2017", "", "Mar-2017"]))
    page = _drop(studio, **{"JR1 without a heading": odd, "the same": tsv(whole), "the other": tsv(whole)})
    _choose(page, "heading.tsv")
    page.review.table.opened.emit()


def same(studio: Studio) -> None:
    page = studio.window.front.place
    assert isinstance(page, AddPage)
    _choose(page, "the same.tsv")


def repairs(studio: Studio) -> None:
    page = _drop(studio, spoiled=spoiled())
    _choose(page, "spoiled")
    studio.settle()
    page.review.show_pane(page.review.repairs)


def data(studio: Studio) -> None:
    studio.go("data")


def data_tabs(studio: Studio) -> None:
    page = studio.go("data")
    assert isinstance(page, DataPage)
    page.panes_widget.tabs.setCurrentIndex(2)


def history(studio: Studio) -> None:
    studio.go("history")


def named(studio: Studio) -> None:
    """The library itself has a long name."""
    studio.window.context.put_name(LONG)
    studio.go("annual")


HARD: dict[str, Scene] = {
    "hard-library": library,
    "hard-panel": panel,
    "hard-data": data,
    "hard-chart": data_tabs,
    "hard-history": history,
    "hard-annual": dialogs.annual,
    "hard-sources": dialogs.sources,
    "hard-renaming": dialogs.renaming,
    "hard-mapping": dialogs.mapping,
    "hard-explanation": sample.explanation,
    "hard-certificate": sample.certificate,
    "hard-finder": sample.finder,
    "hard-named": named,
    "hard-review": review,
    "add-question": questions,
    "add-month": which_month,
    "add-release": which_release,
    "add-source": which_source,
    "add-heading": which_heading,
    "add-same": same,
    "add-repairs": repairs,
}


def _place(name: str) -> Scene:
    def go(studio: Studio) -> None:
        studio.go(name)

    return go


EMPTY: dict[str, Scene] = {
    "start": lambda _: None,
    "add-empty": _place("add"),
    "data-empty": _place("data"),
    "cloud-empty": _place("cloud"),
    "history-empty": _place("history"),
}
