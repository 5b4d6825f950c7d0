"""What Look at data was asked last, as it is remembered for each library, and what of it another report can answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from nolcat_desktop.analysis.table_query import Choice, Sorting

ALL_METRICS = ("*",)
"""Every metric was looked at, whichever there are."""
Ends = tuple[date | None, date | None]
"""First days of the first and the last month; None where there are no months."""
_METRICS_AT_FIRST = (
    "Total_Item_Requests",
    "Searches_Regular",
    "Unique_Item_Requests",
    "Successful Full-text Article Requests",
    "Regular Searches",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one report of one library."""

    report_type: str = ""
    """Empty: nothing was asked yet."""
    months: tuple[date, date] | None = None
    """Those that somebody chose; None: the usual ones, or all."""
    every_month: bool = False
    sources: tuple[int, ...] = ()
    """Statistics source ids; () for all."""
    metrics: tuple[str, ...] = ()
    """() where none was chosen yet: a usual one."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """Column → what is typed over it."""
    sorting: Sorting | None = None


def usual_months(months: Sequence[date], since: date | None = None) -> Ends:
    """Give the months that are shown unasked: all, lest a sum or an export be of a part; or from `since` on."""
    if not months:
        return None, None
    return (since if since in months else months[0]), months[-1]


def choice_for(asked: Asked, months: Sequence[date], usual: Ends, metrics: Sequence[str]) -> Choice:
    """Ask of a report what was asked before, as far as it has it.

    Args:
        asked: What was asked, perhaps of another report.
        months: First days of the months of this one.
        usual: The months that are shown of it unasked.
        metrics: Its metrics.

    Returns:
        The chosen months that it has, else its usual ones; its metrics among those asked for, else a usual one.
    """
    begin, end = usual
    if asked.every_month and months:
        begin, end = months[0], months[-1]
    elif asked.months is not None and months:
        low, high = max(asked.months[0], months[0]), min(asked.months[1], months[-1])
        begin, end = (low, high) if low <= high else usual
    if asked.metrics == ALL_METRICS:
        return Choice(begin, end, asked.sources)
    wanted = tuple(one for one in asked.metrics if one in metrics)
    first = [one for one in _METRICS_AT_FIRST if one in metrics] or list(metrics)
    return Choice(begin, end, asked.sources, wanted or tuple(first[:1]))


def as_texts(asked: Asked) -> dict[str, object]:
    """Give `asked` as it stands in the file of what is remembered."""
    return {
        "report": asked.report_type,
        "months": [one.isoformat() for one in asked.months or ()],
        "every_month": asked.every_month,
        "sources": list(asked.sources),
        "metrics": list(asked.metrics),
        "filters": dict(asked.filters),
        "sorting": [asked.sorting.column, asked.sorting.descending] if asked.sorting is not None else [],
    }


def from_texts(kept: Mapping[str, object]) -> Asked:
    """Read what `as_texts` gave; what cannot be understood is as good as not there."""
    months = [found for one in _list(kept, "months") if (found := _month(one)) is not None]
    filters, sorting = kept.get("filters"), _list(kept, "sorting")
    pairs = filters.items() if isinstance(filters, dict) else ()
    by = sorting[0] if len(sorting) == 2 else None  # noqa: PLR2004 - a column and which way
    return Asked(
        str(kept.get("report") or ""),
        (months[0], months[1]) if len(months) == 2 and months[0] <= months[1] else None,  # noqa: PLR2004 - first, last
        kept.get("every_month") is True,
        tuple(one for one in _list(kept, "sources") if type(one) is int),
        tuple(one for one in _list(kept, "metrics") if isinstance(one, str)),
        {key: text for key, text in pairs if isinstance(key, str) and isinstance(text, str) and text.strip()},
        Sorting(by, sorting[1] is True) if isinstance(by, str) else None,
    )


def _list(kept: Mapping[str, object], name: str) -> list[object]:
    found = kept.get(name)
    return found if isinstance(found, list) else []


def _month(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)).replace(day=1)
    except ValueError:
        return None
