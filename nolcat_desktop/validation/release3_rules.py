"""Release 3 (books: Release 1): what is said of every such report, and of the block above its headings.

The rules of Release 4 hold for its cells, rows, totals and columns; its block has four rows, without a period, and the
totals called YTD stand behind the months (Code of Practice R3, chapter 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.text import loose
from nolcat_desktop.report import Report
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.subject import Subject

APART = Fault(
    "R3-F01",
    Level.NOTICE,
    "This is a report of Release 3 of the Code of Practice (of books: Release 1).",
    "It is stored as Release 3, apart from Release 4, which replaced it; check before you compare the two.",
)
CONTAINED = Fault(
    "R3-F03",
    Level.NOTICE,
    "The total searches contain the federated and automated ones, and the total sessions those of that kind.",
    "Take one activity at a time; they must not be added, and total searches are not Release 4's regular searches.",
)
UNSUPPORTED = Fault(
    "R-01", Level.FATAL, "Release '{value}' is not supported.", "The official validator knows 5 and 5.1 only."
)
NAME_SPELLED = Fault("R3-H01", Level.WARNING, "The report's name is written '{value}'.", "Write '{detail}'.")
MOVED = Fault("R3-H02", Level.WARNING, "The column headings do not stand in row 5.", "They are found all the same.")
_HEADING_ROW: Final = 5
_OF_BOOKS: Final = "BR"


def release3_findings(subject: Subject) -> Iterator[Found]:
    """What a report of Release 3 is, how its name is written and where its headings stand."""
    header = subject.report.header
    yield APART.at(header.positions.get("Report_Name"), "Release", str(subject.release))
    if subject.definition.metric_types:
        yield CONTAINED.at(None, "Metric_Type")
    name = header.texts.get("Report_Name", "")
    wanted = f"{subject.definition.name} ({'R1' if subject.definition.report_id.startswith(_OF_BOOKS) else 'R3'})"
    if name.strip() != wanted and loose(name) == loose(wanted):
        yield NAME_SPELLED.at(header.positions.get("Report_Name"), "Report_Name", name, wanted)
    heading_row = subject.report.heading_row
    if header.cells and heading_row is not None and heading_row != _HEADING_ROW:
        yield MOVED.at(str(heading_row))


def unsupported(report: Report) -> Found:
    """What COUNTER's own validator says of a report of Release 3."""
    return UNSUPPORTED.at(report.header.positions.get("Report_Name"), "Release", str(report.release))
