"""Findings as plain text, and as JSON for other programs."""

from __future__ import annotations

from typing import Any

import orjson
import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.export.findings_head import head_of
from nolcat_desktop.report import NotAReport, Report

PRINTED = 10_000
"""Findings that are written out one by one; the counts are of all."""


def findings_text(what: Report | NotAReport, findings: pl.DataFrame, groups: pl.DataFrame) -> str:
    """Write the groups of findings as text of at most some hundred lines.

    Args:
        what: The report that was judged, or what was found instead of one.
        findings: In the schema `FINDINGS`.
        groups: The same, grouped (`validation.group`).
    """
    lines = [f"{label}: {text}" for label, text in head_of(what, findings).lines()]
    for found in groups.iter_rows(named=True):
        lines += ["", f"{Level(found['level']).label}: {found['message']} [{found['rule']}]", f"  {how_many(found)}"]
        lines += [f"  {label}: {text}" for label, text in _told(found)]
    return "\n".join([*lines, ""])


def how_many(found: dict[str, object]) -> str:
    """`37 of 4,112 rows`, or `3 times`, from a row of the groups."""
    count, rows, of_rows = (int(str(found[name])) for name in ("count", "rows", "of_rows"))
    if rows and of_rows and rows <= of_rows:
        times = f", {count:,} findings" if count != rows else ""
        return f"{rows:,} of {of_rows:,} rows{times}"
    return f"{count:,} times" if count > 1 else "once"


def where(found: dict[str, object]) -> str:
    """The first positions of a group, and that there are more."""
    positions = found["positions"]
    named = [str(position) for position in positions] if isinstance(positions, list) else []
    more = ", …" if int(str(found["count"])) > len(named) and named else ""
    return ", ".join(named) + more


def _told(found: dict[str, object]) -> list[tuple[str, str]]:
    values = found["values"]
    said = ", ".join(f"'{value}'" for value in values) if isinstance(values, list) else ""
    pairs = [("Where", where(found)), ("Values", said), ("For the numbers", str(found["meaning"] or ""))]
    pairs += [("What to do", str(found["hint"] or "")), ("Code of Practice", str(found["section"] or ""))]
    return [pair for pair in pairs if pair[1]]


def findings_json(what: Report | NotAReport, findings: pl.DataFrame, groups: pl.DataFrame) -> bytes:
    """Write the groups and at most 10,000 findings as one JSON object; levels by their labels."""
    return orjson.dumps(findings_tree(what, findings, groups), option=orjson.OPT_INDENT_2)


def findings_tree(what: Report | NotAReport, findings: pl.DataFrame, groups: pl.DataFrame) -> dict[str, Any]:
    """The same as plain dicts and lists."""
    head = head_of(what, findings)
    report, place = (what, what.origin) if isinstance(what, Report) else (None, what)
    return {
        "file": printable(place.file),
        "sheet": place.sheet,
        "release": str(report.release) if report and report.release else None,
        "report_id": report.report_id if report else None,
        "verdict": head.verdict.label,
        "counts": {level.label: count for level, count in head.counts.items()},
        "groups": labelled(groups),
        "findings": labelled(findings.head(PRINTED)),
    }


def labelled(findings: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows with a `level` as dicts, the level by its label."""
    labels = {int(level): level.label for level in Level}
    return findings.with_columns(pl.col("level").replace_strict(labels, return_dtype=pl.String)).to_dicts()


def printable(name: str) -> str:
    """A file's name as text that can be written: a byte that is no text (Linux allows it) becomes a question mark."""
    return name.encode("utf-8", "replace").decode()
