"""Labels of the header of R5 and R5.1 reports: which stand there, and how they are spelled (CoP, section 3.2.1)."""

from __future__ import annotations

from collections.abc import Iterator

from nolcat_desktop.counter.header import LABELS
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.report import HeaderCell
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.subject import Subject

LABEL_MISSING = Fault(
    "H-01", Level.CRITICAL, "The label {element} is missing.", "Each header row has its label in the first column."
)
LABEL_SPELLED = Fault("H-02", Level.ERROR, "The label '{value}' must be spelled '{element}'.", "It is read so.")
LABEL_WRONG = Fault(
    "H-03",
    Level.CRITICAL,
    "'{value}' stands where the label {element} is expected.",
    "What stands beside it is not read.",
)
LABEL_MOVED = Fault("H-03", Level.NOTICE, "The label {element} does not stand in its row.", "It is found all the same.")
BEYOND = Fault(
    "H-04", Level.ERROR, "'{value}' stands beside the value of {element}.", "A header row has a label and one value."
)
NOT_BLANK = Fault(
    "H-05",
    Level.CRITICAL,
    "'{value}' stands in the row that must be blank.",
    "Leave one blank row between header and column headings.",
)
BLANKS = Fault("H-06", Level.ERROR, "{element} '{value}' has blanks before or after it.", "They are left out.")
BLANKS_MILD = Fault("H-06", Level.WARNING, BLANKS.message, BLANKS.hint)


def expected_labels(release: Release) -> tuple[str, ...]:
    """Labels of the header rows of `release`, in order."""
    return LABELS if release is Release.R51 else LABELS[:-1]


def label_findings(subject: Subject) -> Iterator[Found]:
    """Labels that are missing, misspelled or moved, and cells beside them. Found in any order."""
    header = subject.report.header
    labels = expected_labels(subject.release)
    by_key = {loose(label): label for label in labels}
    seen: dict[str, str] = {}
    strange = []
    for cell in header.cells:
        label = by_key.get(loose(cell.label))
        if label is None or label in seen:
            strange.append(cell)
            continue
        seen[label] = cell.label_position or ""
        if cell.label != label:
            yield LABEL_SPELLED.at(cell.label_position, label, cell.label)
        if cell.value != cell.value.strip():
            mild = label == "Created_By" or (label == "Institution_Name" and subject.release is Release.R5)
            yield (BLANKS_MILD if mild else BLANKS).at(cell.position, label, cell.value)
        for position, text in cell.beyond:
            yield BEYOND.at(position, label, text)
    yield from _absent(labels, seen, strange)


def _absent(labels: tuple[str, ...], seen: dict[str, str], strange: list[HeaderCell]) -> Iterator[Found]:
    """Labels that are not there or not in their rows, and what stands in their places."""
    fixed = sum(seen.get(label) == f"A{n}" for n, label in enumerate(labels, start=1)) * 2 > len(labels)
    places = {cell.label_position: cell for cell in strange if cell.label.strip()}
    for n, label in enumerate(labels, start=1):
        instead = places.get(f"A{n}")
        if label not in seen and instead is not None:
            del places[f"A{n}"]
            yield LABEL_WRONG.at(instead.label_position, label, instead.label)
        elif label not in seen:
            yield LABEL_MISSING.at(f"A{n}" if fixed else None, label)
        elif fixed and seen[label] != f"A{n}":
            yield LABEL_MOVED.at(seen[label], label)
    for cell in places.values():
        yield NOT_BLANK.at(cell.label_position, None, cell.label)
