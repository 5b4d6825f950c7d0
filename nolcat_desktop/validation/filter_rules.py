"""Filters and attributes of the header of R5 and R5.1 reports (validation.md sections 5.1 to 5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.lists import read_settings, value_faults
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.report import Setting
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.subject import Subject, place

LIST = Fault("L-00", Level.ERROR, "{element} '{value}': {detail}.", "Write Name=value|value, joined by '; '.")
LIST_UNREADABLE = Fault("L-00", Level.CRITICAL, LIST.message, LIST.hint)
FILTER_UNKNOWN = Fault(
    "L-01", Level.CRITICAL, "This report has no filter '{element}'.", "It says nothing about the rows."
)
FILTER_SPELLED = Fault("L-01", Level.ERROR, "The filter '{value}' must be spelled '{element}'.", "It is read so.")
VALUE_UNKNOWN = Fault(
    "L-02", Level.ERROR, "'{detail}' is not a value of the filter {element}.", "It is left out of account."
)
VALUE_UNKNOWN51 = Fault("L-02", Level.CRITICAL, VALUE_UNKNOWN.message, VALUE_UNKNOWN.hint)
VALUE_SPELLED = Fault(
    "L-02", Level.ERROR, "The value '{detail}' of the filter {element} is misspelled.", "It is read as meant."
)
VALUE_TWICE = Fault("L-02", Level.ERROR, "The value '{detail}' of the filter {element} is repeated.", "Write it once.")
ONE_VALUE = Fault("L-03", Level.ERROR, "The filter {element} has more than one value.", "Only one is permitted.")
ALL_VALUE = Fault("L-04", Level.ERROR, "The filter {element} says All.", "Leave it out: that is the default.")
WHOLE_LIST = Fault("L-05", Level.ERROR, "The filter {element} lists every value.", "Leave it out: that is the default.")
YOP_FORM = Fault("L-06", Level.CRITICAL, "'{detail}' is not a year or a range of years.", "Write yyyy or yyyy-yyyy.")
YOP_ZERO = Fault("L-06", Level.ERROR, "0000 is not a year of publication.", "Write 0001 for unknown.")
YOP_ALL = Fault("L-06", Level.ERROR, "The filter YOP covers every year.", "Leave it out: that is the default.")
VIEW_MISSING = Fault(
    "L-07",
    Level.CRITICAL,
    "This standard view needs {element}={detail}.",
    "Ask the provider whether the rows are filtered so.",
)
VIEW_OTHER = Fault(
    "L-07",
    Level.CRITICAL,
    "A standard view has no filter {element}.",
    "Only its own filters and Platform are permitted.",
)
CODE_FORM = Fault(
    "L-08", Level.ERROR, "'{detail}' is not a code of the filter {element}.", "Use the codes of ISO 3166."
)

VIEW_ATTRIBUTES = Fault(
    "A-01", Level.ERROR, "A standard view has no Report_Attributes.", "They are left out of account."
)
ATTRIBUTE_UNKNOWN = Fault(
    "A-02", Level.CRITICAL, "This report has no attribute '{element}'.", "It is left out of account."
)
SHOW_UNKNOWN = Fault(
    "A-03", Level.ERROR, "'{detail}' is not a value of Attributes_To_Show.", "It is left out of account."
)
SHOW_UNKNOWN51 = Fault("A-03", Level.CRITICAL, SHOW_UNKNOWN.message, SHOW_UNKNOWN.hint)
SHOW_TWICE = Fault("A-03", Level.ERROR, "'{detail}' is repeated in Attributes_To_Show.", "Write it once.")
FLAG_FORM = Fault("A-04", Level.ERROR, "{element} is '{detail}'; it must be True.", "It is read in any spelling.")
FLAG_UNKNOWN51 = Fault("A-04", Level.CRITICAL, FLAG_FORM.message, "It is left out of account.")
FLAG_DEFAULT = Fault("A-04", Level.ERROR, "{element}={detail} is the default.", "Leave it out.")
SHOW_ALWAYS = Fault(
    "A-05", Level.CRITICAL, "Data_Type is always a column in Release 5.1.", "Leave it out of Attributes_To_Show."
)

_SINGLE: Final = frozenset(
    {"Platform", "Database", "Item_ID", "Item_Contributor", "Author", "Country_Code", "Subdivision_Code"}
)
_CODES: Final = {"Country_Code": r"[A-Z]{2}", "Subdivision_Code": r"[A-Z]{2}-[A-Z0-9]{1,3}"}
_DATES: Final = frozenset({"begindate", "enddate"})
_EMPTY: Final = "an empty value"
_LOST: Final = ("has no '='", "has no name", "has no value")


def filter_findings(subject: Subject) -> Iterator[Found]:
    """What is wrong with Metric_Types, Report_Filters and Report_Attributes."""
    yield from _syntax(subject)
    filters = subject.report.header.filters
    for setting in filters:
        yield from _filter(subject, setting)
    if subject.definition.is_view:
        yield from _view(subject)
    for setting in subject.report.header.attributes:
        yield from _attribute(subject, setting)


def _syntax(subject: Subject) -> Iterator[Found]:
    """How the lists are written; JSON has a syntax of its own."""
    if subject.is_json:
        return
    texts = subject.report.header.texts
    for label in ("Report_Filters", "Report_Attributes"):
        settings, faults = read_settings(texts.get(label, ""))
        at = place(subject, label)
        lost = (*_LOST, *((_EMPTY,) if subject.release is Release.R51 else ()))
        for fault in faults:
            unreadable = fault.endswith(_LOST) or any(said in fault for said in lost)
            yield (LIST_UNREADABLE if unreadable else LIST).at(at, label, texts[label], fault)
        for name, _ in settings:
            if label == "Report_Filters" and (loose(name) in _DATES or loose(name) == "metrictype"):
                yield FILTER_UNKNOWN.at(at, name, name)
            known = next(
                (k for k in subject.definition.filters | subject.definition.attributes if loose(k) == loose(name)), None
            )
            if known is not None and known != name:
                yield FILTER_SPELLED.at(at, known, name)
    for fault in value_faults(texts.get("Metric_Types", "")):
        yield LIST.at(place(subject, "Metric_Types"), "Metric_Types", texts["Metric_Types"], fault)


def _filter(subject: Subject, setting: Setting) -> Iterator[Found]:
    name, at, values = setting.name, setting.position, tuple(value.strip() for value in setting.values)
    if name not in subject.definition.filters:
        unknown = VIEW_OTHER if subject.definition.is_view else FILTER_UNKNOWN
        found = unknown.at(_name_position(subject, at), name, "|".join(values))
        yield _as_property(subject, found)
        return
    if name in _SINGLE:
        yield from _single(subject, setting, values)
    elif name == "YOP":
        yield from _years(at, values)
    elif name == "Metric_Type" or name in subject.definition.values or name in subject.definition.fixed_filters:
        yield from _listed(subject, setting, values)


def _name_position(subject: Subject, position: str | None) -> str | None:
    """Where the name of a filter or attribute stands: R5 JSON writes it beside its value."""
    return re.sub(r"\.Value$", ".Name", position) if subject.is_json and position else position


def _as_property(subject: Subject, found: Found) -> Found:
    """Official: in JSON of Release 5.1 an unknown name is a property too many, which is an error only."""
    is_property = subject.official and subject.is_json and subject.release is Release.R51
    return found._replace(level=int(Level.ERROR)) if is_property else found


def _single(subject: Subject, setting: Setting, values: tuple[str, ...]) -> Iterator[Found]:
    name, at, text = setting.name, setting.position, "|".join(setting.values)
    one_text = subject.official and subject.release is Release.R51
    if len(values) > 1 and not one_text:
        yield ONE_VALUE.at(at, name, text)
    if any(value.lower() == "all" for value in values):
        yield ALL_VALUE.at(at, name, text)
        return
    for value in values:
        if name in _CODES and not re.fullmatch(_CODES[name], value):
            yield CODE_FORM.at(at, name, text, value)


def _years(at: str | None, values: tuple[str, ...]) -> Iterator[Found]:
    for value in values:
        match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", value)
        if match is None or (match[2] or match[1]) < match[1]:
            yield YOP_FORM.at(at, "YOP", value, value)
        elif "0000" in match.groups():
            yield YOP_ZERO.at(at, "YOP", value)
        elif value == "0001-9999" and len(values) == 1:
            yield YOP_ALL.at(at, "YOP", value)


def _listed(subject: Subject, setting: Setting, values: tuple[str, ...]) -> Iterator[Found]:
    name, at, definition = setting.name, setting.position, subject.definition
    permitted = (
        definition.metric_types
        if name == "Metric_Type"
        else definition.fixed_filters.get(name, definition.values.get(name, ()))
    )
    unknown = VALUE_UNKNOWN51 if subject.release is Release.R51 else VALUE_UNKNOWN
    by_key = {loose(value): value for value in permitted}
    seen: set[str] = set()
    for n, value in enumerate(values):
        here = setting.value_positions[n] if n < len(setting.value_positions) else at
        meant = by_key.get(loose(value))
        if meant is None:
            yield unknown.at(here, name, value, value)
            continue
        if meant != value:
            yield VALUE_SPELLED.at(here, name, value, value)
        if meant in seen:
            yield VALUE_TWICE.at(here, name, value, value)
        seen.add(meant)
    if not definition.is_view and permitted and seen == set(permitted):
        yield WHOLE_LIST.at(at, name, "|".join(setting.values))


def _view(subject: Subject) -> Iterator[Found]:
    """Every filter of a standard view must be there, with all its values."""
    header, definition = subject.report.header, subject.definition
    wanted = {**definition.fixed_filters, "Metric_Type": definition.metric_types}
    given = {setting.name: setting for setting in header.filters}
    for name, values in wanted.items():
        setting = given.get(name)
        there = {loose(value) for value in setting.values} if setting else set()
        missing = [value for value in values if loose(value) not in there]
        label = "Metric_Types" if name == "Metric_Type" and not subject.is_json else "Report_Filters"
        if missing:
            yield VIEW_MISSING.at(setting.position if setting else place(subject, label), name, None, "|".join(missing))


def _attribute(subject: Subject, setting: Setting) -> Iterator[Found]:
    name, at, definition = setting.name, setting.position, subject.definition
    text = "|".join(setting.values)
    if definition.is_view:
        yield VIEW_ATTRIBUTES.at(at, name, text)
        return
    foreign = "Granularity" if not subject.is_json else "Exclude_Monthly_Details"
    if name not in definition.attributes or name == foreign:
        yield _as_property(subject, ATTRIBUTE_UNKNOWN.at(_name_position(subject, at), name, text))
    elif name == "Attributes_To_Show":
        yield from _shown(subject, setting)
    else:
        good, default = ("Totals", "Month") if name == "Granularity" else ("True", "False")
        for value in setting.values:
            if value == default:
                yield FLAG_DEFAULT.at(at, name, value, value)
            elif value != good:
                known = loose(value) in {loose(good), loose(default)}
                unknown = FLAG_UNKNOWN51 if subject.release is Release.R51 else FLAG_FORM
                yield (FLAG_FORM if known else unknown).at(at, name, value, value)


def _shown(subject: Subject, setting: Setting) -> Iterator[Found]:
    newer = subject.release is Release.R51
    by_key = {loose(value): value for value in subject.definition.attributes_to_show}
    seen: set[str] = set()
    for n, value in enumerate(setting.values):
        at = setting.value_positions[n] if n < len(setting.value_positions) else setting.position
        meant = by_key.get(loose(value))
        if meant is None:
            always = newer and loose(value) == "datatype"
            yield (SHOW_ALWAYS if always else SHOW_UNKNOWN51 if newer else SHOW_UNKNOWN).at(
                at, setting.name, value, value
            )
        elif meant != value:
            yield VALUE_SPELLED.at(at, setting.name, value, value)
        if meant in seen:
            yield SHOW_TWICE.at(at, setting.name, value, value)
        seen.add(meant or "")
