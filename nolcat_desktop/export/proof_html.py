"""Proofs as pages that print: a certificate of a load, an explanation of a number. Nothing is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import polars as pl

_STYLE: Final = """
@page { size: A4; margin: 16mm; }
body { font: 14px/1.45 system-ui, sans-serif; color: #1c2430; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
section { break-after: page; } section:last-of-type { break-after: auto; }
h1 { font-size: 1.4rem; margin: 0 0 .6rem; } h2 { font-size: 1.05rem; margin: 1.4rem 0 .3rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; }
dt { color: #596273; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th, td { text-align: left; vertical-align: top; padding: .15rem .5rem; border-bottom: 1px solid #e4e8ee; }
td { overflow-wrap: anywhere; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead { display: table-header-group; } tr { break-inside: avoid; }
.verdict { border: 1px solid #d5dae2; border-left: .4rem solid #2f7d4f; padding: .5rem 1rem; margin: .8rem 0; }
.verdict.differs { border-left-color: #a4161a; }
@media print { body { margin: 0; max-width: none; font-size: 10.5px; } }
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A frame under a title."""

    title: str
    frame: pl.DataFrame
    headings: tuple[str, ...]
    """One for each column of `frame`."""
    nothing: str = ""
    """What is said instead of an empty table; '' leaves the title out, too."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One page, or more when it is long."""

    title: str
    verdict: str
    """The sentence in the frame."""
    holds: bool
    """Whether the verdict is a good one."""
    facts: tuple[tuple[str, str], ...]
    """Label and text."""
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    """Paragraphs at the end."""


def proofs_html(title: str, proofs: Sequence[Proof]) -> str:
    """Lay proofs out as one document, each on a page of its own; every text is escaped."""
    body = "\n".join(f"<section>{_section(one)}</section>" for one in proofs)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>\n'
        f"<body>{body}</body></html>\n"
    )


def _section(proof: Proof) -> str:
    facts = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in proof.facts if text)
    kind = "verdict" if proof.holds else "verdict differs"
    tables = "".join(map(_table, proof.tables))
    notes = "".join(f"<p>{escape(note)}</p>" for note in proof.notes)
    verdict = f'<p class="{kind}">{escape(proof.verdict)}</p>'
    return f"<h1>{escape(proof.title)}</h1>{verdict}<dl>{facts}</dl>{tables}{notes}"


def _table(table: Table) -> str:
    if table.frame.is_empty():
        return f"<h2>{escape(table.title)}</h2><p>{escape(table.nothing)}</p>" if table.nothing else ""
    numeric = [kind.is_numeric() for kind in table.frame.dtypes]
    head = "".join(
        f"<th{_number(is_so)}>{escape(name)}</th>" for name, is_so in zip(table.headings, numeric, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td{_number(is_so)}>{_text(cell)}</td>" for cell, is_so in zip(row, numeric, strict=True))
        + "</tr>"
        for row in table.frame.iter_rows()
    )
    return f"<h2>{escape(table.title)}</h2><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _number(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def _text(cell: object) -> str:
    match cell:
        case None:
            return "–"
        case bool():
            return "yes" if cell else "NO"
        case int():
            return f"{cell:,}"
        case _:
            return escape(str(cell))
