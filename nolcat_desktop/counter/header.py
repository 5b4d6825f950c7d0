"""The header of tabular R5 and R5.1 reports as a table (Code of Practice 5.0.3 and 5.1, section 3.2.1)."""

from __future__ import annotations

from typing import Final

LABELS: Final = (
    "Report_Name",
    "Report_ID",
    "Release",
    "Institution_Name",
    "Institution_ID",
    "Metric_Types",
    "Report_Filters",
    "Report_Attributes",
    "Exceptions",
    "Reporting_Period",
    "Created",
    "Created_By",
    "Registry_Record",
)
"""Labels of the header's rows, in order; R5 has no Registry_Record."""
