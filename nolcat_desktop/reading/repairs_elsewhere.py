"""Spoiled identifiers that another file proves: what a report knows for others, and what others know for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import polars as pl

from nolcat_desktop.counter.elements import NAME_ELEMENTS
from nolcat_desktop.reading.repairs_identifiers import ISBNS, ISSNS, repair_identifiers
from nolcat_desktop.reading.sorted_proof import with_recorded_moves
from nolcat_desktop.repairs import Prover, Repair, Titled
from nolcat_desktop.report import ROW, Report

KNOWN = pl.Schema(
    {
        **dict.fromkeys(("element", "name", "platform", "doi", "proprietary", "year", "identifier"), pl.String()),
        ROW: pl.UInt32(),
    }
)
"""Identifiers of titles as they stand in a report; names are folded (`repairs.folded`), '' where there is none."""
_LOST = "X-lost-identifier"
_SHORTEST = len("12345678")
_KINDS = ("issn-", "isbn-")


def identifiers_of(report: Report) -> pl.DataFrame:
    """The identifiers in the rows of a report that have a name and a platform, in the schema `KNOWN`.

    Returns:
        One row for each different one, with the first row of the report in which it stands; spoiled ones are among
        them: whoever uses one looks whether it is whole.
    """
    columns = set(report.items.columns)
    frames = [_of(report.items, element, columns) for element in (*ISSNS, *ISBNS) if element in columns]
    found = [frame for frame in frames if frame is not None]
    return pl.concat(found).collect() if found else pl.DataFrame(schema=KNOWN)


def _of(items: pl.DataFrame, element: str, columns: set[str]) -> pl.LazyFrame | None:
    parent = "Parent_" if element.startswith("Parent_") and "Parent_Title" in columns else ""
    name = "Parent_Title" if parent else next((one for one in NAME_ELEMENTS if one in columns), None)
    if name is None or "Platform" not in columns:
        return None
    year = "YOP" if element in ISBNS and not parent else ""
    named = {
        "name": name, "platform": "Platform", "doi": f"{parent}DOI", "proprietary": f"{parent}Proprietary_ID",
        "year": year,
    }  # fmt: skip
    folding = [(_folded(one) if one in columns else pl.lit("")).alias(to) for to, one in named.items()]
    found = (
        items.lazy()
        .filter(pl.col(element).str.len_bytes() >= _SHORTEST)
        .select(pl.lit(element).alias("element"), *folding, pl.col(element).str.strip_chars().alias("identifier"), ROW)
        .filter((pl.col("name") != "") & (pl.col("platform") != ""))
    )
    different = [one for one in KNOWN if one != ROW]
    return found.unique(different, keep="first", maintain_order=True).select(list(KNOWN)).cast(KNOWN)


def _folded(column: str) -> pl.Expr:
    blanks = pl.col(column).str.replace_all(r"[\s\x{00a0}]+", " ").str.strip_chars(" ")
    return blanks.str.to_lowercase().fill_null("")


def lost_titles(report: Report) -> frozenset[Titled]:
    """The titles whose identifier is spoiled, and to which nothing in the report itself gives it back."""
    found: set[Titled] = set()

    def look(_position: str, _element: str, title: Titled, _fits: Callable[[str], bool]) -> None:
        if title.platform:
            found.add(title)

    if any(one.rule == _LOST for one in report.irregularities):
        repair_identifiers(report.items, report.headings, look)
    return frozenset(found)


def with_proofs(report: Report, prover: Prover) -> Report:
    """The report with those of its lost identifiers repaired that `prover` knows; cells stay as delivered."""
    if not any(one.rule == _LOST for one in report.irregularities):
        return report
    repairs, lost = repair_identifiers(report.items, report.headings, prover)
    others = tuple(one for one in report.repairs if not one.rule.startswith(_KINDS))
    proved = tuple(one for one in repairs if one.is_proved_elsewhere)
    if not proved:
        return report
    own = tuple(one for one in repairs if not one.is_proved_elsewhere)
    irregularities = (*(one for one in report.irregularities if one.rule != _LOST), *lost)
    # Those that the report alone does not prove stand first: a record that is cut off must have them.
    return replace(report, repairs=(*proved, *others, *own), irregularities=irregularities)


def with_recorded(report: Report, recorded: Iterable[Repair | str]) -> Report:
    """The report with the repairs that were proved by another file once more, without that file.

    Args:
        report: As it was read.
        recorded: Its repairs, or their texts as the library keeps them; all but those proved elsewhere are passed over.
    """
    known: dict[str, Repair] = {}
    for one in recorded:
        found = Repair.from_text(one) if isinstance(one, str) else one
        if found is not None and found.is_proved_elsewhere:
            known[found.position] = found
    if not known:
        return report
    return with_proofs(with_recorded_moves(report, known.values()), _Recorded(known, report))


class _Recorded:
    """Proves again what was proved once, as long as the cell is the same."""

    def __init__(self, known: Mapping[str, Repair], report: Report) -> None:
        self._known = known
        letters = {one.column: one.position.rstrip("0123456789") for one in report.headings if one.column}
        self._cells = {
            f"{letter}{row}": text
            for element, letter in letters.items()
            if element in {*ISSNS, *ISBNS} and element in report.items.columns
            for row, text in report.items.select(ROW, element).drop_nulls().iter_rows()
            if f"{letter}{row}" in known
        }

    def __call__(
        self, position: str, _element: str, _title: Titled, fits: Callable[[str], bool]
    ) -> tuple[str, str] | None:
        """What the record says of this cell."""
        one = self._known.get(position)
        if one is None or self._cells.get(position) != one.before or not fits(one.after):
            return None
        return one.after, one.proof
