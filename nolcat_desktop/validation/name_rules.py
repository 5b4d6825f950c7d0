"""Rules over names, identifiers, parents and components of a row, R5 and R5.1 (validation.md section 8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.validation.cell_elements import IDENTIFIERS
from nolcat_desktop.validation.expected import NO_COMPONENTS
from nolcat_desktop.validation.rule import BOTH, Over, Place, Rule
from nolcat_desktop.validation.subject import Subject

_ROW: Final = Over.ROW
_IR: Final = frozenset({"IR"})
_metric = pl.col("Metric_Type")
_is_denial = _metric.is_in(["Limit_Exceeded", "No_License"])


def name_rules(subject: Subject) -> list[Rule]:
    """Rules B-01 to B-04 and B-13, B-14 for the columns that this report has."""
    columns = set(subject.report.items.columns)
    name = next((name for name in ("Title", "Item", "Database") if name in columns), None)
    rules = [*_named(name, columns)] if name is not None else []
    if "Publisher" in columns:
        rules.append(
            Rule(
                "B-04",
                Level.WARNING,
                ("Publisher",),
                pl.col("Publisher").is_null(),
                "Publisher is blank.",
                "Ask the provider for it.",
                _ROW,
                place=Place.ITEM,
            )
        )
    rules += [rule for whose in ("Parent_", "Component_") for rule in _block(subject, whose, columns)]
    return [*rules, *_components(subject, columns)]


def _named(name: str, columns: set[str]) -> Iterator[Rule]:
    """Names and identifiers of the item itself."""
    own: list[str] = [one for one in IDENTIFIERS if one in columns and not one.startswith(("Parent_", "Component_"))]
    identified, unnamed = _any_filled(own), pl.col(name).is_null()
    always = name == "Database"
    yield Rule(
        "B-01",
        Level.NOTICE,
        (name,),
        ~identified if always else ~unnamed & ~identified,
        f"The row has a {name}, but no identifier.",
        "Ask the provider for identifiers.",
        _ROW,
        place=Place.ITEM_ROW,
    )
    if always:
        return
    yield Rule(
        "B-02",
        Level.WARNING,
        (name,),
        unnamed & identified,
        f"{name} is blank.",
        "Ask the provider for names.",
        _ROW,
        place=Place.ITEM_ROW,
    )
    yield Rule(
        "B-03",
        Level.CRITICAL,
        (name,),
        unnamed & ~identified,
        f"The row has neither {name} nor identifier.",
        "Nobody can tell what was used; ask the provider.",
        _ROW,
        place=Place.ITEM_ROW,
    )


def _block(subject: Subject, whose: str, columns: set[str]) -> Iterator[Rule]:
    """Parents and components in tables: what must be filled once anything is (B-14); reading sees to it in JSON."""
    block = [column for column in columns if column.startswith(whose)]
    if not block or subject.is_json:
        return
    what = whose.rstrip("_").lower()
    filled, ids = _any_filled(block), [column for column in block if column in IDENTIFIERS]
    yield Rule(
        "B-14",
        Level.CRITICAL,
        (),
        filled & ~_any_filled(ids),
        f"The {what} has no identifier.",
        "Ask the provider for one.",
        _ROW,
        BOTH,
        _IR,
    )
    kind = f"{whose}Data_Type"
    if kind in block:
        yield Rule(
            "B-14",
            Level.CRITICAL,
            (kind,),
            filled & pl.col(kind).is_null(),
            f"{kind} must not be blank.",
            "Ask the provider for it.",
            _ROW,
            BOTH,
            _IR,
        )


def _components(subject: Subject, columns: set[str]) -> Iterator[Rule]:
    """Metrics of components, and of items that have some (B-13)."""
    components = [column for column in columns if column.startswith("Component_")]
    if not components or "Metric_Type" not in columns or not _are_included(subject):
        return
    of_component = _any_filled(components)
    yield Rule(
        "B-13",
        Level.CRITICAL,
        ("Metric_Type",),
        of_component & _metric.str.starts_with("Unique_Item_"),
        "'{value}' is not counted for components.",
        "Unique metrics belong to the item.",
        _ROW,
        BOTH,
        _IR,
    )
    yield Rule(
        "B-13",
        Level.CRITICAL,
        ("Metric_Type",),
        ~of_component & (_metric.str.starts_with("Total_Item_") | _is_denial),
        "'{value}' stands at the item, though components are included.",
        "It belongs to the components.",
        _ROW,
        BOTH,
        _IR,
    )


def _are_included(subject: Subject) -> bool:
    without = any(told.code == NO_COMPONENTS for told in subject.report.header.exceptions)
    return subject.is_set("Include_Component_Details") and not without


def _any_filled(columns: list[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(column).is_not_null() for column in columns) if columns else pl.lit(value=False)
