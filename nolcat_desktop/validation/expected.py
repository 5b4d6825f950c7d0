"""What the header asks for: the columns and months that a report must have (Code of Practice, section 3.2)."""

from __future__ import annotations

from datetime import date
from typing import Final

from nolcat_desktop.validation.subject import Subject

NO_COMPONENTS: Final = 3063
"""The exception that says that components are not there although they were asked for."""


def expected_columns(subject: Subject) -> tuple[str, ...]:
    """The elements that must head a column, in canonical order."""
    definition = subject.definition
    shown = subject.shown()
    blocks = []
    if subject.is_set("Include_Parent_Details"):
        blocks.append("Parent_")
    if subject.is_set("Include_Component_Details") and not any(
        e.code == NO_COMPONENTS for e in subject.report.header.exceptions
    ):
        blocks.append("Component_")
    return tuple(
        name
        for name in definition.columns
        if name not in definition.optional or name in shown or any(name.startswith(block) for block in blocks)
    )


def expected_months(subject: Subject) -> tuple[date, ...]:
    """First days of the months of the reporting period; () when it is unknown or the report gives totals only."""
    header = subject.report.header
    if (
        header.begin is None
        or header.end is None
        or header.end < header.begin
        or (subject.is_set("Exclude_Monthly_Details") and not (subject.official and subject.is_json))
    ):
        return ()
    first, last = header.begin.year * 12 + header.begin.month - 1, header.end.year * 12 + header.end.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(first, min(last, first + 1200) + 1))
