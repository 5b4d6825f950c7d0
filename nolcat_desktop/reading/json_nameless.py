"""Which report items in JSON are that have no header, or one that names no report."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from nolcat_desktop.counter import reports
from nolcat_desktop.counter.definition import Definition, Family
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import DEFINITIONS
from nolcat_desktop.problem import Problem
from nolcat_desktop.reading.headerless import named_in, told_by_user
from nolcat_desktop.report import Irregularity, Origin

_ATTRIBUTES = frozenset({"Data_Type", "Section_Type", "YOP", "Access_Type", "Access_Method"})
_FAMILIES = {"Database": Family.DR, "Title": Family.TR, "Item": Family.IR}
_DEPENDS = frozenset({"Section_Type"})
"""Stands only beside some metrics."""

_LOOK = 20
"""Items that tell what kind they are."""

Named = tuple[Definition | None, tuple[Irregularity, ...]]


def named_by_items(raws: Sequence[msgspec.Raw], release: Release, origin: Origin) -> Named:
    """Find the report that these items belong to, by what they are named and by the attributes that they have.

    Args:
        raws: The items.
        release: The release whose layout they have.
        origin: What the user says, and the name of the file: they choose among the reports that the items allow.

    Returns:
        The report, told; None when the items allow several and nothing names one of them, or none.
    """
    names: set[str] = set()
    for raw in raws:
        names |= _names(msgspec.json.decode(raw))
    families = [family for name, family in _FAMILIES.items() if name in names]
    if len(families) > 1 or not names:
        return None, ()
    family = families[0] if families else Family.PR
    shown = names & _ATTRIBUTES
    allowed = [
        one
        for one in DEFINITIONS
        if one.release is release and one.family is family and shown <= set(one.columns) and _needed(one) <= shown
    ]
    rule, chosen = "R-06", named_in(allowed, None, origin.file) or allowed
    if origin.told.report_type:
        told = told_by_user(origin.told.report_type, allowed)
        rule, chosen = "R-told", [] if isinstance(told, Problem) else told
    if len(chosen) != 1:
        return None, ()
    return chosen[0], (Irregularity(rule, detail=chosen[0].report_id),)


def _needed(definition: Definition) -> set[str]:
    """The attributes that each item of a report has."""
    return {name for name in definition.columns if name in _ATTRIBUTES - _DEPENDS - set(definition.optional)}


def _names(item: object) -> set[str]:
    """The properties of an item, and of what Release 5.1 puts below it."""
    if not isinstance(item, dict):
        return set()
    items = item.get("Items")
    if isinstance(items, list):  # the attributes beside Items are those of the parent
        return {name for name in item if name == "Item"}.union(*map(_names, items))
    below = item.get("Attribute_Performance")
    names = {name for name in item if isinstance(name, str)}
    return names.union(*map(_names, below)) if isinstance(below, list) else names


def not_denied(definition: Definition, name: str, raws: Sequence[msgspec.Raw]) -> Named:
    """The report that Report_ID names, unless its items have the names of another: then that of Report_Name.

    Args:
        definition: By Report_ID.
        name: Report_Name.
        raws: The items.

    Returns:
        The report, and what is to be said; None when neither can be: nothing is stored as what it is not.
    """
    families: set[Family] = set()
    for raw in raws[:_LOOK]:
        families |= {family for one, family in _FAMILIES.items() if one in _names(msgspec.json.decode(raw))}
    if not families or definition.family in families:
        return definition, ()
    named = [one for one in reports.named(name, definition.release) if one.family in families] if name else []
    if not named:
        return None, ()
    return named[0], (Irregularity("R-05", ".Report_Header.Report_ID", "Report_ID", detail=named[0].report_id),)
