"""The header of R5 and R5.1 reports: labels, names, institution, dates (validation.md sections 4 and 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from nolcat_desktop.counter.identifiers import CREATED, INSTITUTION_NAMESPACES, PROPRIETARY_ID, REGISTRY_RECORD
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.lists import identifier_faults, read_identifiers
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.period_rules import period_findings
from nolcat_desktop.validation.subject import Subject, place

RELEASE_TEXT = Fault("R-01", Level.ERROR, "Release must be '{detail}', not '{value}'.", "It is read as {detail}.")

ID_SPELLED = Fault("R-04", Level.ERROR, "Report_ID '{value}' must be spelled '{detail}'.", "It is read so.")
ID_EMPTY = Fault(
    "R-04", Level.CRITICAL, "Report_ID is blank.", "The report is taken for {detail} by its name or its columns."
)
ID_UNKNOWN = Fault(
    "R-04",
    Level.CRITICAL,
    "Report_ID '{value}' is not a COUNTER report.",
    "The report is taken for {detail} by its name or its columns.",
)
NAME_EMPTY = Fault("R-08", Level.CRITICAL, "Report_Name is blank.", "Write '{detail}'.")
NAME_WRONG = Fault("R-08", Level.ERROR, "Report_Name is '{value}', not '{detail}'.", "Write '{detail}'.")

INSTITUTION_EMPTY = Fault("H-07", Level.ERROR, "Institution_Name is blank.", "Write the institution's name.")
INSTITUTION_EMPTY51 = Fault("H-07", Level.CRITICAL, INSTITUTION_EMPTY.message, INSTITUTION_EMPTY.hint)
WORLD_SPELLED = Fault(
    "H-08", Level.ERROR, "Institution_Name '{value}' must be spelled 'The World'.", "It stands for usage by everybody."
)
WORLD_HALF = Fault(
    "H-09",
    Level.ERROR,
    "'The World' and a proprietary identifier of sixteen zeros go together, and only one is there.",
    "Ask the provider whose usage this is.",
)
INSTITUTION_ID_EMPTY = Fault(
    "H-10", Level.CRITICAL, "Institution_ID is blank.", "Release 5.1 requires an identifier of the institution."
)
INSTITUTION_ID_LIST = Fault(
    "V-13", Level.ERROR, "Institution_ID '{value}': {detail}.", "Write namespace:value, joined by '; '."
)
INSTITUTION_ID_FORM = Fault(
    "V-13", Level.ERROR, "'{detail}' in Institution_ID has not the form of its namespace.", "Check the identifier."
)
CREATED_EMPTY = Fault("H-11", Level.CRITICAL, "Created is blank.", "Write the date and time when the report was made.")
CREATED_FORM = Fault(
    "H-11",
    Level.ERROR,
    "Created '{value}' is not written yyyy-mm-ddThh:mm:ssZ.",
    "The date is read where it is beyond doubt.",
)
CREATED_BY_EMPTY = Fault("H-12", Level.ERROR, "Created_By is blank.", "Write who made the report.")
REGISTRY_EMPTY = Fault(
    "H-13", Level.WARNING, "Registry_Record is blank.", "Providers in the COUNTER Registry give its address here."
)
REGISTRY_FORM = Fault(
    "H-14",
    Level.ERROR,
    "Registry_Record '{value}' is not the address of a record in the COUNTER Registry.",
    "https://registry.countermetrics.org/platform/…, without a slash at its end.",
)
REGISTRY_KIND = Fault(
    "H-14",
    Level.WARNING,
    "Registry_Record '{value}' leads to a data host, not to a platform.",
    "Give the platform's record.",
)

_OWN: Final = "Proprietary"
_ZEROS = re.compile(r"0{16}|0{4}(?:[ -]0{4}){3}")


def header_findings(subject: Subject) -> Iterator[Found]:
    """Everything that is wrong with the header, apart from its labels, filters, attributes and exceptions."""
    yield from _report(subject)
    yield from _institution(subject)
    yield from _made(subject)
    yield from period_findings(subject)


def _report(subject: Subject) -> Iterator[Found]:
    texts = subject.report.header.texts
    wanted = subject.definition
    release = texts.get("Release")
    if release is not None and release != subject.release.value:
        yield RELEASE_TEXT.at(place(subject, "Release"), "Release", release, subject.release.value)
    report_id = texts.get("Report_ID")
    if report_id is not None and report_id != wanted.report_id:
        fault = ID_EMPTY if not report_id else ID_SPELLED if loose(report_id) == loose(wanted.report_id) else ID_UNKNOWN
        yield fault.at(place(subject, "Report_ID"), "Report_ID", report_id, wanted.report_id)
    name = texts.get("Report_Name")
    if name is not None and name != wanted.name:
        if not name:
            yield NAME_EMPTY.at(place(subject, "Report_Name"), "Report_Name", name, wanted.name)
        yield NAME_WRONG.at(place(subject, "Report_Name"), "Report_Name", name, wanted.name)


def _institution(subject: Subject) -> Iterator[Found]:
    texts = subject.report.header.texts
    newer = subject.release is Release.R51
    name, ids = texts.get("Institution_Name"), texts.get("Institution_ID")
    at_name, at_id = place(subject, "Institution_Name"), place(subject, "Institution_ID")
    if name == "":
        yield (INSTITUTION_EMPTY51 if newer else INSTITUTION_EMPTY).at(at_name, "Institution_Name")
    world = loose(name or "") == "theworld"
    if newer and world and name != "The World":
        yield WORLD_SPELLED.at(at_name, "Institution_Name", name)
    tree = subject.report.header.tree
    is_given = subject.is_json and subject.official and isinstance(tree, Mapping) and bool(tree.get("Institution_ID"))
    if ids == "" and newer and not is_given:
        yield INSTITUTION_ID_EMPTY.at(at_id, "Institution_ID")
    if not ids:
        return
    pairs = read_identifiers(ids)
    zeros = any(namespace not in INSTITUTION_NAMESPACES and _ZEROS.fullmatch(value) for namespace, value in pairs)
    if world != zeros and (world or zeros):
        label = "Institution_ID" if world else "Institution_Name"
        yield WORLD_HALF.at(at_id if world else at_name, label, ids if world else name)
    if not subject.is_json:
        yield from _institution_ids(ids, at_id)


def _institution_ids(ids: str, at: str | None) -> Iterator[Found]:
    """How Institution_ID is written in tabular files."""
    for fault in identifier_faults(ids):
        yield INSTITUTION_ID_LIST.at(at, "Institution_ID", ids, fault)
    pairs = read_identifiers(ids)
    known = [_namespace(namespace) for namespace, value in pairs if namespace and value]
    if len(set(known)) < len(known):
        yield INSTITUTION_ID_LIST.at(at, "Institution_ID", ids, "a namespace is given more than once")
    for given, value in pairs:
        namespace = _namespace(given) or given
        if given == "" or not value:
            continue
        if namespace not in {given, _OWN}:
            yield INSTITUTION_ID_LIST.at(at, "Institution_ID", ids, f"'{given}' must be spelled '{namespace}'")
        namespace = given if namespace == _OWN else namespace
        form = INSTITUTION_NAMESPACES.get(namespace)
        text = value if form else f"{namespace}:{value}"
        if namespace == "Proprietary" or not re.fullmatch(form or PROPRIETARY_ID, text):
            yield INSTITUTION_ID_FORM.at(at, "Institution_ID", ids, f"{namespace}:{value}")


def _namespace(given: str) -> str:
    """The namespace that is meant; every platform's own is one and the same."""
    return next((known for known in INSTITUTION_NAMESPACES if loose(known) == loose(given)), _OWN)


def _made(subject: Subject) -> Iterator[Found]:
    texts = subject.report.header.texts
    created = texts.get("Created")
    if created == "":
        yield CREATED_EMPTY.at(place(subject, "Created"), "Created")
    elif created is not None and not (re.fullmatch(CREATED, created) and subject.report.header.created):
        yield CREATED_FORM.at(place(subject, "Created"), "Created", created)
    if texts.get("Created_By") == "":
        yield CREATED_BY_EMPTY.at(place(subject, "Created_By"), "Created_By")
    registry = texts.get("Registry_Record")
    if subject.release is not Release.R51 or registry is None:
        return
    at = place(subject, "Registry_Record")
    if not registry:
        yield REGISTRY_EMPTY.at(at, "Registry_Record")
    elif not re.fullmatch(REGISTRY_RECORD, registry):
        yield REGISTRY_FORM.at(at, "Registry_Record", registry)
    elif "/usage-data-host/" in registry:
        yield REGISTRY_KIND.at(at, "Registry_Record", registry)
