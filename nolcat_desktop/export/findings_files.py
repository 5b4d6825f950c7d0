"""One file of the findings of one or several reports, filled report by report, so that only what is told is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any, Final, Protocol

import orjson
import polars as pl

from nolcat_desktop.export.findings_head import Head, head_of
from nolcat_desktop.export.findings_html import findings_section, findings_table, page
from nolcat_desktop.export.findings_text import PRINTED, findings_text, findings_tree, labelled
from nolcat_desktop.export.findings_xlsx import FindingsBook
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.report import NotAReport, Report

BESIDE: Final = "Reports beside one another"
_MOST: Final = 200
"""Findings about reports beside one another that are told in a text."""


class FindingsFile(Protocol):
    """The findings of reports in one form."""

    def add(self, what: Report | NotAReport, findings: pl.DataFrame, groups: pl.DataFrame) -> None:
        """Take the findings (schema `FINDINGS`) of one more report, and the same grouped (`validation.group`)."""
        ...

    def beside(self, findings: pl.DataFrame) -> None:
        """Take findings about reports beside one another, the last of all."""
        ...

    def content(self) -> bytes:
        """The bytes of the file; nothing is added afterwards."""
        ...


class FindingsPage:
    """A self-contained page of HTML: an overview when there are several reports, and a section for each."""

    def __init__(self) -> None:
        """Begin without a report."""
        self._heads: list[Head] = []
        self._sections: list[str] = []
        self._beside = ""

    def add(self, what: Report | NotAReport, findings: pl.DataFrame, groups: pl.DataFrame) -> None:
        """Take one more report."""
        self._heads.append(head_of(what, findings))
        self._sections.append(findings_section(self._heads[-1], findings, groups))

    def beside(self, findings: pl.DataFrame) -> None:
        """Take what is said of reports beside one another."""
        self._beside = f"<section>{findings_table(BESIDE, findings)}</section>"

    def content(self) -> bytes:
        """The page; of one report it is that report's own."""
        if len(self._heads) == 1:
            body = self._sections[0] + self._beside
            return page(f"Findings: {self._heads[0].title}", body).encode("utf-8", "replace")
        rows = "".join(
            f'<tr><td><a href="#report-{number}">{escape(head.title)}</a></td><td>{escape(head.file)}</td>'
            f"<td>{head.verdict.label}</td><td>{escape(head.counted())}</td></tr>"
            for number, head in enumerate(self._heads, start=1)
        )
        table = "<table><thead><tr><th>Report</th><th>File</th><th>Verdict</th><th>Findings</th></tr></thead>"
        told = "".join(
            f'<section id="report-{number}"><h2>{escape(head.title)}</h2>{section}</section>'
            for number, (head, section) in enumerate(zip(self._heads, self._sections, strict=True), start=1)
        )
        body = f"{table}<tbody>{rows}</tbody></table>{told}{self._beside}"
        return page(f"Findings of {len(self._heads):,} reports or files", body).encode("utf-8", "replace")


class FindingsText:
    """Plain text, one report below the other."""

    def __init__(self) -> None:
        """Begin without a report."""
        self._texts: list[str] = []

    def add(self, what: Report | NotAReport, findings: pl.DataFrame, groups: pl.DataFrame) -> None:
        """Take one more report."""
        self._texts.append(findings_text(what, findings, groups))

    def beside(self, findings: pl.DataFrame) -> None:
        """Take what is said of reports beside one another."""
        self._texts.append("\n".join([f"{BESIDE}:", *findings.get_column("message").head(_MOST), ""]))

    def content(self) -> bytes:
        """The text in UTF-8, with a byte order mark so that every editor on Windows shows it rightly."""
        return f"\n{'=' * 78}\n\n".join(self._texts).encode("utf-8-sig", "replace")


class FindingsJson:
    """One JSON object: `reports`, each as `findings_json` writes it, and `together`, findings about several."""

    def __init__(self) -> None:
        """Begin without a report."""
        self._reports: list[bytes] = []
        self._together: list[dict[str, Any]] = []

    def add(self, what: Report | NotAReport, findings: pl.DataFrame, groups: pl.DataFrame) -> None:
        """Take one more report."""
        self._reports.append(orjson.dumps(findings_tree(what, findings, groups)))

    def beside(self, findings: pl.DataFrame) -> None:
        """Take what is said of reports beside one another."""
        self._together = labelled(findings.head(PRINTED))

    def content(self) -> bytes:
        """The object."""
        reports = [orjson.Fragment(one) for one in self._reports]
        return orjson.dumps({"reports": reports, "together": self._together})


FINDINGS_FORMS: Mapping[str, Callable[[], FindingsFile]] = MappingProxyType(
    {".html": FindingsPage, ".xlsx": FindingsBook, ".json": FindingsJson, ".txt": FindingsText}
)
"""What files of findings can end in, and what fills them."""


def findings_file(ending: str) -> FindingsFile:
    """An empty file of the form that `ending` names, in any case.

    Raises:
        NolcatError: If there is no such form.
    """
    form = FINDINGS_FORMS.get(ending.lower())
    if form is None:
        title = f"Findings cannot be written to a file that ends in “{ending}”"
        raise NolcatError(Problem(title, "Nothing was written.", f"Choose one of {', '.join(FINDINGS_FORMS)}."))
    return form()
