"""A message to the publisher: what is wrong, in which cells, by which section of the Code of Practice."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.export.findings_head import head_of
from nolcat_desktop.export.findings_text import how_many, where
from nolcat_desktop.report import Report

LEAST: Final = Level.WARNING
"""Lower findings are no business of the publisher."""
MOST: Final = 20
"""Kinds of findings that a message names."""
FIRST: Final = 10
"""Cells of one kind that a message names one by one."""


def publisher_message(report: Report, findings: pl.DataFrame, groups: pl.DataFrame, least: Level = LEAST) -> str:
    """Write a message that asks for a corrected report.

    Args:
        report: The report that was judged.
        findings: In the schema `FINDINGS`.
        groups: The same, grouped (`validation.group`), the worst first.
        least: Findings below this level, and this program's own rules, are left out.

    Returns:
        Plain text; its first line is the subject. '' when there is nothing to ask for.
    """
    serious = groups.filter((pl.col("level") >= int(least)) & ~pl.col("rule").str.starts_with("N-"))
    if not serious.height:
        return ""
    head = head_of(report, findings)
    period = f", {head.period}" if head.period else ""
    lines = [f"Subject: COUNTER report {head.title}{period}: request for a corrected report", ""]
    lines += ["Dear colleagues,", "", "we have checked the following COUNTER report and found faults in it:", ""]
    named = replace(head, file=re.split(r"[\\/]", head.file)[-1])  # where it lies on this computer is nobody's business
    lines += [f"  {label}: {text}" for label, text in named.lines() if label not in {"Verdict", "Findings"}]
    for number, found in enumerate(serious.head(MOST).iter_rows(named=True), start=1):
        lines += ["", *_fault(number, found, findings)]
    if serious.height > MOST:
        lines += ["", f"There are {serious.height - MOST} more kinds of faults; we will gladly send the whole list."]
    lines += ["", "Could you please check these points and provide a corrected report for the same period, or tell us"]
    lines += ["how the numbers are meant? We rely on them for our statistics.", "", "Kind regards"]
    return "\n".join([*lines, ""])


def _fault(number: int, found: dict[str, object], findings: pl.DataFrame) -> list[str]:
    section = f" (Code of Practice, section {found['section']})" if found["section"] else ""
    if str(found["section"]).startswith("Appendix"):
        section = f" (Code of Practice, {found['section']})"
    lines = [f"{number}. {found['message']}{section}", f"   {Level(int(str(found['level']))).label}, {how_many(found)}"]
    if "…" in str(found["message"]):
        return [*lines, *_each(found, findings)]
    values = found["values"]
    if place := where(found):
        lines.append(f"   Where: {place}")
    if isinstance(values, list) and values:
        lines.append("   There stands: " + ", ".join(f"'{value}'" for value in values[:5]))
    return lines


def _each(found: dict[str, object], findings: pl.DataFrame) -> list[str]:
    """What is said of each of the first cells, where they differ."""
    same = findings.filter((pl.col("rule") == found["rule"]) & (pl.col("level") == found["level"]))
    told = [f"   {at}: {message}" for at, message in same.select("position", "message").head(FIRST).iter_rows() if at]
    return [*told, *([f"   … and {same.height - FIRST} more"] if same.height > FIRST else [])]
