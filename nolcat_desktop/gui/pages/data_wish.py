"""What another place asks Look at data to show: a source, reports, months, a metric."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from nolcat_desktop.analysis.month_series import COUNTED
from nolcat_desktop.gui.pages.data_question import Asked
from nolcat_desktop.workflow.just_added import Brought


@dataclass(frozen=True, slots=True)
class Wish:
    """As a cell of the Library grid or the last adding says it."""

    report_types: tuple[str, ...]
    """The first of which any use is known is shown."""
    sources: tuple[int, ...] = ()
    """Statistics source ids; () for all."""
    months: tuple[str, ...] = ()
    """yyyy-mm, ascending; () for those that are looked at anyway."""
    metric: str = ""
    """Where one is meant."""

    def report_type(self, coverage: pl.DataFrame, known: Collection[str]) -> str:
        """Which report to show; '' when the library has none of those that are meant.

        Args:
            coverage: As `Library.coverage` gives it.
            known: Report types that the library has.
        """
        here = coverage.filter(pl.col("state").is_in(COUNTED))
        if self.sources:
            here = here.filter(pl.col("statistics_source_ID").is_in(list(self.sources)))
        if self.months:
            here = here.filter(pl.col("month").is_in(list(self.months)))
        used = set(here["report_type"].unique().to_list())
        meant = [one for one in self.report_types if one in known]
        return next((one for one in meant if one in used), meant[0] if meant else "")

    def asked(self, before: Asked, months: Sequence[date]) -> Asked:
        """What is asked then.

        Args:
            before: What was asked: its months and metrics stay unless others are meant; no filter does.
            months: First days of the months that can be chosen.
        """
        meant = [one for one in months if f"{one:%Y-%m}" in self.months]
        return replace(
            before,
            months=(meant[0], meant[-1]) if meant else before.months,
            every_month=before.every_month and not meant,
            sources=self.sources,
            metrics=(self.metric,) if self.metric else before.metrics,
            filters={},
        )


def wish_for(brought: dict[str, Brought], order: Sequence[str], preferred: str) -> Wish | None:
    """The wish to see what the last adding brought; None: it brought nothing.

    Args:
        brought: As `just_added` gives it.
        order: Report types, those that say most first.
        preferred: The one that is looked at, if it is among them.
    """
    first = next((one for one in (preferred, *order, *sorted(brought)) if one in brought), "")
    return Wish((first,), brought[first].sources, brought[first].months) if first else None
