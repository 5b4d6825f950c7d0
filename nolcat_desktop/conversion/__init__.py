"""Report → usage: one lazy pipeline, and beside it the sums that prove it."""

from nolcat_desktop.conversion.control import (
    Damaged,
    Sums,
    control_sums,
    damaged_cells,
    file_total,
    rows_by_month,
)
from nolcat_desktop.conversion.repairing import all_repairs, count_repairs, decline
from nolcat_desktop.conversion.stopping import members, stopped_by
from nolcat_desktop.conversion.usage_rows import lay_out, to_usage

__all__ = [
    "Damaged",
    "Sums",
    "all_repairs",
    "control_sums",
    "count_repairs",
    "damaged_cells",
    "decline",
    "file_total",
    "lay_out",
    "members",
    "rows_by_month",
    "stopped_by",
    "to_usage",
]
