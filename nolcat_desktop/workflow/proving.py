"""Certificates and explanations as pages and tables, ready to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from nolcat_desktop.counter.months import in_words
from nolcat_desktop.counter.reports import named_report
from nolcat_desktop.dataset import Load
from nolcat_desktop.export.proof_html import Proof, Table, proofs_html
from nolcat_desktop.export.tables import ENDINGS, write_table
from nolcat_desktop.export.whole_file import write_whole
from nolcat_desktop.workflow.certifying import Against, Certificate
from nolcat_desktop.workflow.explaining import Asked, Explanation
from nolcat_desktop.workflow.proof_words import day, moment, restated

FORMS = (".html", *ENDINGS)
"""Endings of the files that an explanation can be written to."""
_CELLS = {
    "original": "File",
    "sheet": "Sheet",
    "position": "Cell",
    "month": "Month",
    "resource_name": "Title",
    "value": "As delivered",
    "usage_count": "Count",
}
_SHORT = ("position", "rule")
_CALLED = {
    Against.DATABASE: "Control sums",
    Against.FOOTER: "No certificate, control sums only",
    Against.NOTHING: "No certificate",
    Against.UNREADABLE: "No certificate",
}
"""Title of what was not compared with a file."""
_BESIDE = ("Position", "What stands there", "Rule", "Why")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum on a certificate, which can be asked about."""

    asked: Asked
    stored: int | None
    """As it is shown; None where it is not stored."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Certificates as one document."""

    html: str
    numbers: tuple[tuple[Sum, ...], ...]
    """Of each table of sums, in the order of the document: one for each row."""


def certificate_pages(certificates: Sequence[Certificate]) -> Pages:
    """Lay certificates out as a document, a page each, with what its sums are of."""
    html = proofs_html("Certificate", [certificate_page(one) for one in certificates])
    return Pages(html, tuple(sums for one in certificates for sums in _numbers(one) if sums))


def _numbers(made: Certificate) -> tuple[tuple[Sum, ...], tuple[Sum, ...]]:
    load = made.load

    def asked(metric: str, months: tuple[str, ...]) -> Asked:
        return Asked(load.source_id, load.report_type, metric, months, load.release, entry=load.entry)

    by_month = tuple(
        Sum(asked(row["metric_type"], (row["month"],)), row["stored"]) for row in made.sums.iter_rows(named=True)
    )
    if made.against is not Against.FILE:
        return by_month, ()
    return by_month, tuple(
        Sum(asked(row["metric_type"], tuple(load.months)), row["in_file"]) for row in made.periods.iter_rows(named=True)
    )


def write_certificates(certificates: Sequence[Certificate], target: Path) -> None:
    """Write certificates as one document that prints, a page each.

    Raises:
        NolcatError: If the disk refuses.
    """
    document = proofs_html("Certificate", [certificate_page(one) for one in certificates])
    write_whole(target, document.encode())


def write_explanation(explanation: Explanation, target: Path) -> None:
    """Write where a number comes from: as a page (.html), or its cells as a table.

    Raises:
        NolcatError: If the ending is none of `FORMS`, or the disk refuses.
    """
    if target.suffix.lower() == ".html":
        write_whole(target, proofs_html("Explanation", [explanation_page(explanation)]).encode())
    else:
        write_table(explanation_table(explanation), target, "cells")


def explanation_table(explanation: Explanation) -> pl.DataFrame:
    """The cells that add to a number, then those that do not or were repaired, each with what it does to it (`use`)."""
    added = explanation.cells.with_columns(use=pl.lit("added"))
    beside = [
        frame.with_columns(use=pl.lit(use))
        for frame, use in ((explanation.left_out, "left out"), (explanation.repaired, "repaired"))
    ]
    return pl.concat([added, *beside], how="diagonal")


def certificate_page(made: Certificate) -> Proof:
    """A certificate as a page."""
    if made.against is not Against.FILE:
        return _without_file(made)
    load = made.load
    live = made.sums["equal"].drop_nulls()
    verdict = (
        f"Every one of the {len(live):,} sums by metric and month that are stored equals the sum of the file's cells."
        if made.is_equal
        else f"{int((~live).sum()):,} of the {len(live):,} sums by metric and month differ from the file."
    )
    if made.left_out.height:
        verdict += f" {_cells(made.left_out.height)} left out, by the rules named below."
    differing = int((made.periods["difference"].fill_null(0) != 0).sum())
    notes = (
        f"{made.cells:,} month cells in the file's data rows: {made.cells_stored:,} hold use and are stored, "
        f"{made.cells_without_use:,} are blank or 0 (a month without use has no row).",
        "Where the total that the publisher states differs from the sum of its own months, that is the publisher's; "
        "the months are what is stored."
        if differing
        else "",
        f"Read again and compared {_by(made)}",
    )
    return Proof(
        f"Certificate: {named_report(load.report_type)}, {made.source}",
        verdict,
        made.is_equal,
        _facts(made),
        (
            Table("Left out", _beside(made.left_out), _BESIDE, "Nothing was left out.", _SHORT),
            Table("Repaired", _beside(made.repaired), _BESIDE, "Nothing was repaired.", _SHORT),
            Table(
                "Sums by metric and month",
                made.sums.with_columns(_as_day("month")),
                ("Metric", "Month", "In the file", "Stored", "Equal"),
                grouped=True,
            ),
            Table(
                "Totals that the publisher states (Reporting_Period_Total)",
                made.periods,
                ("Metric", "Sum of the months", "Stated", "Difference"),
                "The file states none.",
            ),
        ),
        tuple(note for note in notes if note),
    )


def _without_file(made: Certificate) -> Proof:
    """What was not compared with a file, and why; its control sums beside what is stored."""
    load, trouble, live = made.load, made.trouble, made.sums["equal"].drop_nulls()
    differing = int((~live).sum())
    told = f"{trouble.title}. {trouble.meaning} " if trouble is not None else ""
    if made.against is Against.UNREADABLE:
        told += "What follows is what was written down when it was stored."
    elif made.against is Against.NOTHING:
        told += "What follows is what is stored; nothing here proves it."
    elif differing:
        told += f"{differing:,} of the {len(live):,} sums by metric and month differ from what was written down."
    else:
        told += (
            "The one sum that is stored equals the one that was written down then."
            if len(live) == 1
            else f"Every one of the {len(live):,} sums that are stored equals the one that was written down then."
        )
    left_out = Table("Left out", _beside(made.left_out), _BESIDE, short=_SHORT)
    headings: tuple[str, ...] = ("Metric", "Month", "Written down", "Stored", "Equal")
    sums = made.sums.with_columns(_as_day("month"))
    if made.against is Against.NOTHING:
        sums, headings = sums.drop("in_file", "equal"), ("Metric", "Month", "Stored")
    return Proof(
        f"{_CALLED[made.against]}: {named_report(load.report_type)}, {made.source}",
        told,
        made.holds and made.against is not Against.NOTHING,
        _facts(made),
        (left_out, Table("Sums by metric and month", sums, headings, grouped=True)),
        (*((trouble.remedy,) if trouble is not None else ()), f"Compared {_by(made)}"),
    )


def _by(made: Certificate) -> str:
    return f"on {moment(made.stamp.when)} by NoLCAT Desktop {made.stamp.program}."


def explanation_page(explanation: Explanation) -> Proof:
    """An explanation as a page."""
    asked = explanation.asked
    first, last = in_words(asked.months[0]), in_words(asked.months[-1])
    span = first if first == last else f"{first} to {last}"
    files = len({load.sha256 for load in explanation.loads})
    verdict = (
        f"{explanation.total:,} = {asked.metric}, {explanation.source}, {asked.report}, {span}. "
        f"{explanation.rows:,} cells of {files:,} file{'s' if files != 1 else ''}."
    )
    where = "; ".join(f"{name} = {value}" for name, value in asked.where.items())
    loads = "; ".join(f"{load.original}{f' › {load.sheet}' if load.sheet else ''}" for load in explanation.loads)
    cells = explanation.cells.select(list(_CELLS)).with_columns(_as_day("month"))
    of_one = [name for name in ("original", "sheet") if cells[name].n_unique() == 1]
    cells = cells.drop(of_one)
    return Proof(
        "Where this number comes from",
        verdict,
        explanation.is_proved,
        (("Filters", where), ("Files", loads), ("Filters of the files", _header_filters(explanation))),
        (
            Table(
                "Cells that add up to it",
                cells,
                tuple(_CELLS[name] for name in cells.columns),
                short=("position", "value"),
                sums=("usage_count",),
            ),
            Table("Left out", _beside(explanation.left_out), _BESIDE, short=_SHORT),
            Table("Repaired", _beside(explanation.repaired), _BESIDE, short=_SHORT),
        ),
        (
            *restatements_told(explanation),
            *(f"{one.title}. {one.meaning} {one.remedy}" for one in explanation.problems),
        ),
    )


def restatements_told(explanation: Explanation) -> tuple[str, ...]:
    """What the publisher corrected of the number: old → new, with the day, a sentence each."""
    return tuple(
        f"Restated on {day(one.on)}: {explanation.asked.report_type} {in_words(one.month)}, {one.metric}: "
        f"{one.before:,} → {one.after:,} (before: {one.original})."
        for one in explanation.restated
    )


def filters_told(explanation: Explanation) -> tuple[str, ...]:
    """The filters of the header of each file that has any, a sentence each."""
    return tuple(
        f"{load.original} was filtered by {filters}." for load in explanation.loads if (filters := _filters(load))
    )


def _header_filters(explanation: Explanation) -> str:
    told = dict.fromkeys(filters for load in explanation.loads if (filters := _filters(load)))
    return " / ".join(told)


def _filters(load: Load) -> str:
    return "; ".join(f"{name}={'|'.join(sorted(values))}" for name, values in sorted(load.scope.filters.items()))


def _facts(made: Certificate) -> tuple[tuple[str, str], ...]:
    load = made.load
    findings = ", ".join(f"{level}: {number:,}" for level, number in load.findings.items() if number)
    return (
        ("File", load.original + (f" › {load.sheet}" if load.sheet else "")),
        ("SHA-256", load.sha256),
        ("Library", made.library),
        ("Part", made.part),
        ("Report", f"{named_report(load.report_type)}, Release {load.release}"),
        ("Filters", _filters(load)),
        ("Member", load.scope.member or ""),
        ("Created", day(load.created)),
        ("Stored", _stored(made)),
        ("Stored by", f"NoLCAT Desktop {load.program}" if load.program else "NoLCAT"),
        (
            "Findings",
            findings or ("none" if made.against in {Against.FILE, Against.FOOTER, Against.UNREADABLE} else ""),
        ),
        ("Restated", restated(load)),
    )


def _stored(made: Certificate) -> str:
    entry = f"entry {made.load.entry}" if made.load.entry else ""
    return f"{moment(made.loaded)}, {entry}" if made.loaded else entry


def _as_day(month: str) -> pl.Expr:
    return pl.format("{}-01", month).str.to_date("%Y-%m-%d").alias(month)


def _cells(number: int) -> str:
    return f"{number:,} cell was" if number == 1 else f"{number:,} cells were"


def _beside(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select("position", "value", "rule", "why")
