"""Which number of Look at data is meant when somebody asks where it comes from."""

from __future__ import annotations

from datetime import date

from nolcat_desktop.analysis.looking import Holding
from nolcat_desktop.gui.pages.data_table import UsageTable
from nolcat_desktop.usage import USAGE
from nolcat_desktop.workflow.explaining import Asked

_ASKED_APART = frozenset({"statistics_source_ID", "report_type", "metric_type", "usage_date", "usage_count", "release"})


def asked_of(table: UsageTable, holding: Holding | None) -> Asked | None:
    """The number in the current row: its source, metric and month, and whatever else is known of the row."""
    row = table.currentIndex().row()
    if holding is None or row < 0:
        return None
    model = table.usage

    def value(key: str) -> object:
        return model.value(row, key)

    month = value("usage_date")
    known = {name: _plain(value(name)) for name in model.frame.columns if name in USAGE and name not in _ASKED_APART}
    where = {name: one for name, one in known.items() if isinstance(one, str | int | None)}
    text = f"{month:%Y-%m}" if isinstance(month, date) else str(month)[:7]
    return Asked(
        int(str(value("statistics_source_ID"))),
        holding.report_type,
        str(value("metric_type")),
        (text,),
        str(value("release")),
        where,
    )


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int) else ...
