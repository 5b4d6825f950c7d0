"""The objects of JSON reports and their properties, release by release (Code of Practice 5.0.3 and 5.1, JSON)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nolcat_desktop.counter.definition import Definition, Family
from nolcat_desktop.reading.json_plan import Kind, Property, Take

IDENTIFIERS: Mapping[str, str] = {
    "DOI": "DOI",
    "Proprietary": "Proprietary_ID",
    "ISBN": "ISBN",
    "Print_ISSN": "Print_ISSN",
    "Online_ISSN": "Online_ISSN",
    "URI": "URI",
}
"""Type of an item identifier → column; Linking_ISSN has none."""

EXTENSIONS = (
    "Institution_Name",
    "Customer_ID",
    "Country_Name",
    "Country_Code",
    "Subdivision_Name",
    "Subdivision_Code",
    "Attributed",
)
ATTRIBUTES = (*EXTENSIONS, "Data_Type", "Section_Type", "YOP", "Access_Type", "Access_Method", "Format")
_SHOWN_ALWAYS = ("Data_Type", "YOP", "Access_Type", "Access_Method")
"""Attributes that every item has when they are shown at all (Section_Type and Format depend on the metric)."""
_ALL_COLUMNS = (
    *EXTENSIONS,
    "Platform",
    "Database",
    "Title",
    "Item",
    "Publisher",
    "Publisher_ID",
    "Authors",
    "Publication_Date",
    "Article_Version",
    *IDENTIFIERS.values(),
)
_PARENT_COLUMNS = ("Title", "Authors", "Publication_Date", "Article_Version", "Data_Type", *IDENTIFIERS.values())
_COMPONENT_COLUMNS = ("Title", "Authors", "Publication_Date", "Data_Type", *IDENTIFIERS.values())

ORDER = (
    *EXTENSIONS,
    "Database",
    "Title",
    "Item",
    "Publisher",
    "Publisher_ID",
    "Platform",
    "Authors",
    "Publication_Date",
    "Article_Version",
    *IDENTIFIERS.values(),
    *(f"Parent_{name}" for name in _PARENT_COLUMNS),
    *(f"Component_{name}" for name in _COMPONENT_COLUMNS),
    *ATTRIBUTES[len(EXTENSIONS) :],
)
"""Every element column, in the order of the tabular form."""
_NAMES = {Family.DR: "Database", Family.TR: "Title", Family.IR: "Item"}


def element_columns(definition: Definition | None, shown: frozenset[str]) -> tuple[str, ...]:
    """The element columns of the tabular form: the definition's own, the optional ones only when they are shown."""
    if definition is None:
        return ()
    return tuple(
        name
        for name in definition.columns
        if (name not in definition.optional or name in shown) and name not in NOT_ELEMENTS
    )


NOT_ELEMENTS = frozenset({"Metric_Type", "Reporting_Period_Total"})


def _kind(properties: Iterable[tuple[str, Property]], spare: Iterable[str], prefix: str = "") -> Kind:
    own = dict(properties)
    others = {name: Property(f"{prefix}{name}", fault="J-unknown-property") for name in spare if name not in own}
    return Kind(own, others)


def _attributes(definition: Definition | None, shown: frozenset[str], strict: bool) -> Iterable[tuple[str, Property]]:
    """The attributes of a report; `strict` (R5.1): every one that is shown must be there."""
    if definition is None:
        yield from ((name, Property(name)) for name in ATTRIBUTES)
        return
    for name in ATTRIBUTES:
        if name not in definition.columns:
            continue
        hidden = name in definition.optional and name not in shown
        required = not hidden and (strict or name in _SHOWN_ALWAYS)
        yield name, Property(name, required=required, fault="J-not-shown" if hidden else None)


def _has(definition: Definition | None, column: str) -> bool:
    return definition is None or column in definition.columns


def _name_and_publisher(definition: Definition | None) -> Iterable[tuple[str, Property]]:
    for family, name in _NAMES.items():
        if definition is None or definition.family is family:
            yield name, Property(name, required=definition is not None)
    if _has(definition, "Publisher"):
        yield "Publisher", Property("Publisher", required=definition is not None)
    yield "Platform", Property("Platform", required=definition is not None)
    if _has(definition, "Publisher_ID"):
        yield "Publisher_ID", Property("Publisher_ID", Take.PUBLISHER_ID)
    if _has(definition, "Proprietary_ID"):
        yield "Item_ID", Property("Item_ID", Take.IDENTIFIERS)


def item5(definition: Definition | None, shown: frozenset[str]) -> Kind:
    """An item of Release 5: name, identifiers, attributes and Performance in one object."""
    own = dict(_name_and_publisher(definition))
    if _has(definition, "Authors"):
        own["Item_Contributors"] = Property("Authors", Take.AUTHORS)
        own["Item_Dates"] = Property("Publication_Date", Take.DATES)
        own["Item_Attributes"] = Property("Article_Version", Take.ATTRIBUTES)
    if definition is None or definition.family is Family.IR:
        own["Item_Parent"] = Property("Item_Parent", Take.PARENT)
        own["Item_Component"] = Property("Item_Component", Take.COMPONENTS)
    own |= dict(_attributes(definition, shown, strict=False))
    own["Performance"] = Property("Performance", Take.PERFORMANCE, required=True)
    kind = _kind(own.items(), (*_ALL_COLUMNS, *ATTRIBUTES))
    return Kind(kind.properties, {**kind.others, **_misplaced(own, _MISPLACED5)})


_MISPLACED5 = {
    "Item_ID": Property("Item_ID", Take.IDENTIFIERS, fault="J-unknown-property"),
    "Publisher_ID": Property("Publisher_ID", Take.PUBLISHER_ID, fault="J-unknown-property"),
    "Item_Contributors": Property("Authors", Take.AUTHORS, fault="J-unknown-property"),
    "Item_Dates": Property("Publication_Date", Take.DATES, fault="J-unknown-property"),
    "Item_Attributes": Property("Article_Version", Take.ATTRIBUTES, fault="J-unknown-property"),
    "Item_Parent": Property("Item_Parent", Take.PARENT, fault="J-unknown-property"),
    "Item_Component": Property("Item_Component", Take.COMPONENTS, fault="J-unknown-property"),
}
_MISPLACED51 = {
    "Item_ID": Property("Item_ID", Take.IDENTIFIERS, fault="J-unknown-property"),
    "Publisher_ID": Property("Publisher_ID", Take.PUBLISHER_ID, fault="J-unknown-property"),
    "Authors": Property("Authors", Take.AUTHORS, fault="J-unknown-property"),
}


def _misplaced(own: Mapping[str, Property], known: Mapping[str, Property]) -> dict[str, Property]:
    return {name: meaning for name, meaning in known.items() if name not in own}


def part5(prefix: str) -> Kind:
    """The parent (`Parent_`) or a component (`Component_`) of an item of Release 5."""
    own = {
        "Item_Name": Property(f"{prefix}Title"),
        "Item_ID": Property("Item_ID", Take.IDENTIFIERS),
        "Item_Contributors": Property(f"{prefix}Authors", Take.AUTHORS),
        "Item_Dates": Property(f"{prefix}Publication_Date", Take.DATES),
        "Item_Attributes": Property(f"{prefix}Article_Version", Take.ATTRIBUTES),
        "Data_Type": Property(f"{prefix}Data_Type"),
    }
    if prefix == "Component_":
        own["Performance"] = Property("Performance", Take.PERFORMANCE, required=True)
    kind = _kind(own.items(), ("Publication_Date", "Article_Version"), prefix)
    return Kind(kind.properties, {**kind.others, "Title": Property(f"{prefix}Title", fault="J-unknown-property")})


def item51(definition: Definition | None) -> Kind:
    """An item of Release 5.1: what does not depend on attributes, and Attribute_Performance."""
    own = dict(_name_and_publisher(definition))
    if definition is None or definition.family is Family.IR:
        own["Authors"] = Property("Authors", Take.AUTHORS)
        own["Publication_Date"] = Property("Publication_Date")
        own["Article_Version"] = Property("Article_Version")
    own["Attribute_Performance"] = Property("Attribute_Performance", Take.SETS, required=True)
    kind = _kind(own.items(), (*_ALL_COLUMNS, *ATTRIBUTES))
    return Kind(kind.properties, {**kind.others, **_misplaced(own, _MISPLACED51)})


def parent51(definition: Definition | None) -> Kind:
    """A parent of Release 5.1's item reports, its items in `Items`."""
    own = {
        "Title": Property("Parent_Title"),
        "Item_ID": Property("Item_ID", Take.IDENTIFIERS),
        "Authors": Property("Parent_Authors", Take.AUTHORS),
        "Article_Version": Property("Parent_Article_Version"),
        "Items": Property("Items", Take.ITEMS, required=True),
    }
    optional = {"Publication_Date": Property("Parent_Publication_Date"), "Data_Type": Property("Parent_Data_Type")}
    own |= {name: meaning for name, meaning in optional.items() if _has(definition, meaning.element)}
    return _kind(own.items(), ("Publication_Date", "Data_Type"), "Parent_")


def set51(definition: Definition | None, shown: frozenset[str]) -> Kind:
    """An attribute set of Release 5.1, with its Performance and, in item reports, its components."""
    own = dict(_attributes(definition, shown, strict=True))
    own["Performance"] = Property("Performance", Take.PERFORMANCE, required=True)
    if definition is None or definition.family is Family.IR:
        own["Components"] = Property("Components", Take.COMPONENTS)
    return _kind(own.items(), (*_ALL_COLUMNS, *ATTRIBUTES))


def component51() -> Kind:
    """A component of Release 5.1."""
    own = {
        "Item": Property("Component_Title"),
        "Item_ID": Property("Item_ID", Take.IDENTIFIERS),
        "Authors": Property("Component_Authors", Take.AUTHORS),
        "Publication_Date": Property("Component_Publication_Date"),
        "Data_Type": Property("Component_Data_Type"),
        "Performance": Property("Performance", Take.PERFORMANCE, required=True),
    }
    spare = {
        name: Property("Component_Title", fault="J-unknown-property")
        for name in ("Title", "Item_Name", "Component_Title")
    }
    return Kind(own, spare)
