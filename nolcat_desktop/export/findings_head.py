"""What stands above findings, whatever their form: which report, whose, and how many of each level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.months import in_words
from nolcat_desktop.report import NotAReport, Report


@dataclass(frozen=True, slots=True)
class Head:
    """A report, or a file without one, named for people."""

    file: str
    title: str
    """`TR, Title Report (Release 5.1)`; `unknown report` when it could not be told."""
    institution: str
    created_by: str
    period: str
    """`Jan 2024 – Dec 2024`, or ''."""
    rows: int | None
    """Data rows; None of a file without a report."""
    verdict: Level
    counts: Mapping[Level, int]
    """Findings by level; levels without any are left out."""

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a label and a text, those without a text left out."""
        pairs = (
            ("File", self.file),
            ("Report", self.title),
            ("Institution", self.institution),
            ("Created by", self.created_by),
            ("Period", self.period),
            ("Rows", f"{self.rows:,}" if self.rows is not None else ""),
            ("Verdict", self.verdict.label),
            ("Findings", self.counted()),
        )
        return tuple(pair for pair in pairs if pair[1])

    def counted(self) -> str:
        """`3 × Error, 1 × Notice`; '' when there is nothing."""
        return ", ".join(f"{count:,} × {level.label}" for level, count in self.counts.items())


def head_of(what: Report | NotAReport, findings: pl.DataFrame) -> Head:
    """Name a report and count its `findings` (schema `FINDINGS`) by level, the worst first."""
    counted = dict(findings.group_by("level").len().iter_rows())
    counts = {level: counted[int(level)] for level in sorted(Level, reverse=True) if int(level) in counted}
    worst = max(counts, default=Level.PASSED)
    if isinstance(what, NotAReport):
        return Head(_place(what.file, what.sheet), "no report", "", "", "", None, worst, counts)
    texts = what.header.texts
    definition = what.definition
    release = f" (Release {what.release})" if what.release else ""
    months = sorted(what.covered_months())
    return Head(
        _place(what.origin.file, what.origin.sheet),
        f"{definition.report_id}, {definition.name}{release}" if definition else "unknown report",
        texts.get("Institution_Name", "").strip(),
        texts.get("Created_By", "").strip(),
        " – ".join(dict.fromkeys(in_words(one) for one in (months[0], months[-1]))) if months else "",
        what.items.height,
        worst,
        counts,
    )


def _place(file: str, sheet: str | None) -> str:
    return f"{file}, sheet {sheet}" if sheet else file
