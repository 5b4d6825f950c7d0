"""Which identifier stands beside which title in a table: what shows a column of names or identifiers sorted alone.

Totals and months still agree then; but titles stand beside identifiers that belong to others. Where a title has several
rows, the table shows it by itself (`torn_apart`); otherwise other files do (`workflow.known_bindings`). Proprietary
identifiers prove nothing here: some platforms number their titles anew in each report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import polars as pl

from nolcat_desktop.counter.elements import NAME_ELEMENTS
from nolcat_desktop.report import ROW, Irregularity, Report

NAMES_APART = "X-names-apart"
"""Rule of the one finding about the whole report. It stops nothing (the plan's contract 3.3): all sums are right."""
OTHER_TITLE = "X-other-title"
"""Rule of the findings at the cells."""
STANDARD = ("Print_ISSN", "Online_ISSN", "ISBN", "DOI")
"""Identifiers that a title has wherever it is named."""
BOUND = pl.Schema(
    {"name": pl.UInt64(), "element": pl.UInt8(), "identifier": pl.UInt64(), ROW: pl.UInt32(), "rows": pl.UInt32()}
)
"""One row for each different pair: digests of the name (with its platform) and of the identifier, the place of the
element in `STANDARD`, the first row in which both stand, and in how many rows they do."""
FEWEST = 3
"""Titles that contradict from which on it is no correction of a title."""
_ALIKE = 4
"""How many times more of the one than of the other there may be: what a few texts fill is no identifier."""
MOST = 10_000
"""Cells that are told one by one."""
_SHORTEST = len("12345678")


def name_element(items: pl.DataFrame) -> str | None:
    """The column that names what was used."""
    return next((name for name in NAME_ELEMENTS if name in items.columns), None)


def bindings_of(items: pl.DataFrame) -> pl.DataFrame:
    """The pairs of titles and identifiers in these data rows, in the schema `BOUND`; no row where there are few."""
    name = name_element(items)
    elements = [element for element in STANDARD if element in items.columns]
    if name is None or not elements or items.height < FEWEST:
        return pl.DataFrame(schema=BOUND)
    columns = [name, *(("Platform",) if "Platform" in items.columns else ()), *elements]
    digests = [_identifier(element).alias(str(STANDARD.index(element))) for element in elements]
    return (
        items.lazy()
        .group_by(columns)
        .agg(pl.col(ROW).min(), rows=pl.len())
        .select(_named(name, "Platform" in columns), *digests, ROW, "rows")
        .unpivot(index=["name", ROW, "rows"], variable_name="element", value_name="identifier")
        .drop_nulls(["name", "identifier"])
        .group_by("name", "element", "identifier")
        .agg(pl.col(ROW).min(), pl.col("rows").sum())
        .select(pl.col(one).cast(kind) for one, kind in BOUND.items())
        .collect()
    )


def _named(name: str, has_platform: bool) -> pl.Expr:
    folded = pl.col(name).str.replace_all(r"[\s\x{00a0}]+", " ").str.strip_chars(" ").str.to_lowercase()
    parts = [folded, *([pl.col("Platform").fill_null("").str.strip_chars().str.to_lowercase()] if has_platform else [])]
    return pl.when(folded != "").then(pl.concat_str(parts, separator="\t").hash()).alias("name")


def _identifier(element: str) -> pl.Expr:
    bare = pl.col(element).str.replace_all(r"[\s\-\x{00a0}]+", "").str.to_uppercase()
    return pl.when(bare.str.len_bytes() >= _SHORTEST).then(bare.hash())


def torn_apart(items: pl.DataFrame, letters: Mapping[str, str]) -> tuple[Irregularity, ...]:
    """Tell if most titles with several rows stand beside several identifiers, and these beside several titles.

    Args:
        items: The data rows.
        letters: Column of `items` → letter of its cells.

    Returns:
        One irregularity for the whole report, then one at each such identifier; () when the rows are sound.
    """
    name = name_element(items)
    if name is None or items[name].n_unique() == items.height:
        return ()
    bound = bindings_of(items)
    several = bound.filter(pl.len().over("name", "element") > 1)
    for place in several["element"].unique().sort():
        element, every = STANDARD[place], bound.filter(element=place)
        pairs = several.filter(element=place)
        names, identifiers = _torn(every, "name", "identifier"), _torn(every, "identifier", "name")
        odd = pairs.join(names, on="name", how="semi").join(identifiers, on="identifier", how="semi")
        if names.height and identifiers.height and odd.height >= FEWEST:
            return (_whole(odd, element, names.height), *_cells(items, odd, element, letters))
    return ()


def _torn(pairs: pl.DataFrame, one: str, other: str) -> pl.DataFrame:
    """Those of `one` that stand beside more than one of `other`, if these are many and most of what could; else none.

    A series has one ISSN for many books, and an editorial many DOIs: only both ways together are torn.
    """
    counted = pairs.group_by(one).agg(others=pl.col(other).n_unique(), rows=pl.col("rows").sum())
    torn, could = counted.filter(pl.col("others") > 1), counted.filter(pl.col("rows") > 1)
    alike = _ALIKE * pairs[one].n_unique() >= pairs[other].n_unique()
    return torn if torn.height >= FEWEST and 2 * torn.height > could.height and alike else torn.clear()


def rows_of(items: pl.DataFrame, pairs: pl.DataFrame, element: str) -> pl.DataFrame:
    """The rows in which these pairs stand: `row`, the text of the identifier, `name` and `identifier`."""
    name = name_element(items) or ""
    keys = (_named(name, "Platform" in items.columns), _identifier(element).alias("identifier"))
    keyed = items.lazy().select(ROW, pl.col(element).alias("text"), *keys)
    return keyed.join(pairs.lazy().select("name", "identifier"), on=["name", "identifier"], how="semi").collect()


def _whole(odd: pl.DataFrame, element: str, names: int) -> Irregularity:
    said = (
        f"{names:,} titles stand beside more than one {element}, and these beside more than one title, such as row "
        f"{odd[ROW].sort()[0]}. One of these columns was sorted alone, and nothing in the file says which"
    )
    return Irregularity(NAMES_APART, str(odd[ROW].sort()[0]), element, None, said)


def _cells(
    items: pl.DataFrame, odd: pl.DataFrame, element: str, letters: Mapping[str, str]
) -> tuple[Irregularity, ...]:
    rows = rows_of(items, odd, element).sort(ROW)
    told = tuple(
        Irregularity(OTHER_TITLE, f"{letters.get(element, '')}{row}", element, text, "other rows have it otherwise")
        for row, text in rows.head(MOST).select(ROW, "text").iter_rows()
    )
    if rows.height <= MOST:
        return told
    return (*told, Irregularity(OTHER_TITLE, None, element, None, f"{rows.height:,} cells in all"))


def contradictions(report: Report) -> tuple[Irregularity, ...]:
    """What the file, or others, show of titles beside identifiers that are not theirs."""
    return tuple(one for one in report.irregularities if one.rule in {NAMES_APART, OTHER_TITLE})


def carried(anew: Report, before: Iterable[Irregularity]) -> Report:
    """A report read again, with the `contradictions` that were known of it before."""
    known = set(anew.irregularities)
    more = tuple(one for one in before if one not in known)
    return replace(anew, irregularities=(*anew.irregularities, *more)) if more else anew
