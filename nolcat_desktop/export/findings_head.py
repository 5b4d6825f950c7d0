"""What stands above findings, whatever their form: which report, whose, and how many of each level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.report import Report


@dataclass(frozen=True, slots=True)
class Head:
    """A report, named for people."""

    file: str
    title: str
    """`TR, Title Report (Release 5.1)`; `unknown report` when it could not be told."""
    institution: str
    created_by: str
    period: str
    """`2024-01 to 2024-12`, or ''."""
    rows: int
    verdict: Level
    counts: Mapping[Level, int]
    """Findings by level; levels without any are left out."""

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a label and a text, those without a text left out."""
        counts = ", ".join(f"{count:,} × {level.label}" for level, count in self.counts.items())
        pairs = (
            ("File", self.file),
            ("Report", self.title),
            ("Institution", self.institution),
            ("Created by", self.created_by),
            ("Period", self.period),
            ("Rows", f"{self.rows:,}"),
            ("Verdict", self.verdict.label),
            ("Findings", counts),
        )
        return tuple(pair for pair in pairs if pair[1])


def head_of(report: Report, findings: pl.DataFrame) -> Head:
    """Name `report` and count `findings` (schema `FINDINGS`) by level, the worst first."""
    counted = dict(findings.group_by("level").len().iter_rows())
    counts = {level: counted[int(level)] for level in sorted(Level, reverse=True) if int(level) in counted}
    texts = report.header.texts
    definition = report.definition
    release = f" (Release {report.release})" if report.release else ""
    months = sorted(report.covered_months())
    sheet = f", sheet {report.origin.sheet}" if report.origin.sheet else ""
    return Head(
        f"{report.origin.file}{sheet}",
        f"{definition.report_id}, {definition.name}{release}" if definition else "unknown report",
        texts.get("Institution_Name", "").strip(),
        texts.get("Created_By", "").strip(),
        f"{months[0]:%Y-%m} to {months[-1]:%Y-%m}" if months else "",
        report.items.height,
        max(counts, default=Level.PASSED),
        counts,
    )
