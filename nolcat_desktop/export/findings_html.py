"""Findings as one page: nothing is loaded from elsewhere, and it prints."""

from __future__ import annotations

from html import escape
from typing import Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.export.findings_head import Head, head_of
from nolcat_desktop.export.findings_text import how_many, where
from nolcat_desktop.report import NotAReport, Report

LISTED: Final = 1_000
"""Findings that are listed one by one under the groups."""
_STYLE: Final = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1c2430; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
dt { color: #596273; } dd { margin: 0; overflow-wrap: anywhere; }
article { border: 1px solid #d5dae2; border-left: .4rem solid #98a1b0; border-radius: .3rem; padding: .7rem 1rem;
  margin: .8rem 0; break-inside: avoid; }
article h3 { font-size: 1rem; margin: 0 0 .3rem; } article p { margin: .2rem 0; }
.fatal, .critical { border-left-color: #a4161a; } .error { border-left-color: #c2570c; }
.warning { border-left-color: #b58900; } .notice { border-left-color: #4a7fb5; }
.level { font-weight: 600; } .rule { color: #596273; font-weight: 400; font-size: .85rem; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid #e4e8ee;
  overflow-wrap: anywhere; }
section { margin-top: 3rem; break-before: page; }
thead { display: table-header-group; } tr { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } a { color: inherit; } }
"""
_CLASSES: Final = {
    Level.FATAL: "fatal",
    Level.CRITICAL: "critical",
    Level.ERROR: "error",
    Level.WARNING: "warning",
    Level.NOTICE: "notice",
    Level.PASSED: "passed",
}


def findings_html(what: Report | NotAReport, findings: pl.DataFrame, groups: pl.DataFrame) -> str:
    """Write the groups, and the first 1,000 findings one by one, as a page of HTML.

    Args:
        what: The report that was judged, or what was found instead of one.
        findings: In the schema `FINDINGS`.
        groups: The same, grouped (`validation.group`).

    Returns:
        A whole document; every text of the report is escaped.
    """
    head = head_of(what, findings)
    return page(f"Findings: {head.title}", findings_section(head, findings, groups))


def findings_section(head: Head, findings: pl.DataFrame, groups: pl.DataFrame) -> str:
    """What stands under the title of a report: facts, groups, and the first findings one by one."""
    facts = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in head.lines())
    told = "".join(_article(found) for found in groups.iter_rows(named=True))
    nothing = "<p>Nothing was found.</p>" if not groups.height else ""
    return f"<dl>{facts}</dl>{nothing}{told}{findings_table('One by one', findings)}"


def page(title: str, body: str) -> str:
    """A whole document with `title` (plain text) above `body` (HTML)."""
    name = escape(title)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>\n'
        f"<body><h1>{name}</h1>{body}</body></html>\n"
    )


def _article(found: dict[str, object]) -> str:
    level = Level(int(str(found["level"])))
    values = found["values"]
    said = ", ".join(f"“{value}”" for value in values) if isinstance(values, list) else ""
    pairs = (
        ("Where", where(found)),
        ("Values", said),
        ("For the numbers", str(found["meaning"] or "")),
        ("What to do", str(found["hint"] or "")),
        ("Code of Practice", str(found["section"] or "")),
    )
    facts = "".join(f"<dt>{label}</dt><dd>{escape(text)}</dd>" for label, text in pairs if text)
    return (
        f'<article class="{_CLASSES[level]}"><h3><span class="level">{level.label}:</span> '
        f'{escape(str(found["message"]))} <span class="rule">{escape(str(found["rule"]))}</span></h3>'
        f"<p>{escape(how_many(found))}</p><dl>{facts}</dl></article>"
    )


def findings_table(title: str, findings: pl.DataFrame) -> str:
    """The first 1,000 of `findings`, one a line; '' when there are none."""
    if not findings.height:
        return ""
    rows = "".join(
        f"<tr><td>{escape(position or '')}</td><td>{Level(level).label}</td><td>{escape(rule)}</td>"
        f"<td>{escape(message)}</td></tr>"
        for rule, level, position, message in findings.head(LISTED)
        .select("rule", "level", "position", "message")
        .iter_rows()
    )
    left = findings.height - LISTED
    more = f"<p>And {left:,} more.</p>" if left > 0 else ""
    return (
        f"<h2>{escape(title)}</h2><table><thead><tr><th>Position</th><th>Level</th><th>Rule</th><th>Finding</th></tr>"
        f"</thead><tbody>{rows}</tbody></table>{more}"
    )
