"""Proofs as pages that print: a certificate of a load, an explanation of a number. Nothing is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

import polars as pl

from nolcat_desktop.counter.months import in_words

_STYLE: Final = """
@page { size: A4; margin: 16mm; }
body { font: .875rem/1.45 system-ui, sans-serif; color: #1c2430; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
section { break-after: page; } section:last-of-type { break-after: auto; }
h1 { font-size: 1.4rem; margin: 0 0 .6rem; } h2 { font-size: 1.05rem; margin: 1.4rem 0 .3rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; }
dt { color: #596273; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th, td { text-align: left; vertical-align: top; padding: 2px 8px; border-bottom: 1px solid #e4e8ee; }
td { overflow-wrap: anywhere; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.short { white-space: nowrap; overflow-wrap: normal; width: 1%; }
tr.first td { border-top: 2px solid #c3cad5; } tbody tr:first-child td { border-top: 0; }
tfoot td { border-top: 2px solid #596273; border-bottom: 0; font-weight: 600; } tfoot { display: table-row-group; }
.wrong td { color: #a4161a; font-weight: 600; }
thead { display: table-header-group; } tr { break-inside: avoid; }
.verdict { border: 1px solid #d5dae2; border-left: .4rem solid #2f7d4f; padding: .5rem 1rem; margin: .8rem 0; }
.verdict.differs { border-left-color: #a4161a; }
.again { color: #6b7484; }
@media print { html { font-size: 11px; } body { margin: 0; max-width: none; padding: 0; font-size: .9rem; } }
"""


_AGAIN: Final = ' class="again"'


@dataclass(frozen=True, slots=True)
class Table:
    """A frame under a title; dates in it are months."""

    title: str
    frame: pl.DataFrame
    headings: tuple[str, ...]
    """One for each column of `frame`."""
    nothing: str = ""
    """What is said instead of an empty table; '' leaves the title out, too."""
    short: tuple[str, ...] = ()
    """Columns of text that never wrap: codes, positions. Numbers and months never do."""
    grouped: bool = False
    """Whether rows that are the same in the first column are set apart from others; each says it, for pages break."""
    sums: tuple[str, ...] = ()
    """Columns that are added up at the foot."""


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
    frame = table.frame
    if frame.is_empty():
        return f"<h2>{escape(table.title)}</h2><p>{escape(table.nothing)}</p>" if table.nothing else ""
    kinds = [_kind(name, kind, table) for name, kind in frame.schema.items()]
    head = "".join(f"<th{kind}>{escape(name)}</th>" for name, kind in zip(table.headings, kinds, strict=True))
    rows, before = [], None
    for row in frame.iter_rows():
        again = table.grouped and row[0] == before
        marks = " ".join(["first"] * (table.grouped and not again) + ["wrong"] * any(cell is False for cell in row))
        cells = "".join(
            f"<td{_AGAIN if again and at == 0 else kind}>{_text(cell)}</td>"
            for at, (cell, kind) in enumerate(zip(row, kinds, strict=True))
        )
        rows.append(f'<tr class="{marks}">{cells}</tr>' if marks else f"<tr>{cells}</tr>")
        before = row[0]
    return (
        f"<h2>{escape(table.title)}</h2><table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
        f"{_foot(table, kinds)}</table>"
    )


def _foot(table: Table, kinds: Sequence[str]) -> str:
    if not table.sums:
        return ""
    texts = [_text(int(table.frame[name].sum())) if name in table.sums else "" for name in table.frame.columns]
    texts[0] = texts[0] or "Sum"
    cells = "".join(f"<td{kind}>{text}</td>" for text, kind in zip(texts, kinds, strict=True))
    return f"<tfoot><tr>{cells}</tr></tfoot>"


def _kind(name: str, kind: pl.DataType, table: Table) -> str:
    if kind.is_numeric():
        return ' class="number"'
    return ' class="short"' if name in table.short or kind in (pl.Date, pl.Boolean) else ""


def _text(cell: object) -> str:
    match cell:
        case None:
            return "–"
        case bool():
            return "yes" if cell else "NO"
        case int():
            return f"{cell:,}"
        case date():
            return in_words(cell)
        case _:
            return escape(str(cell))
