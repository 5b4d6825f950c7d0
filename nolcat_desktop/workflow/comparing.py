"""A report beside others: those that were validated with it, and what the library has of the same report."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from nolcat_desktop.conversion import control_sums
from nolcat_desktop.dataset import Holding, Library
from nolcat_desktop.findings import no_findings
from nolcat_desktop.report import Report
from nolcat_desktop.validation import plausibility
from nolcat_desktop.workflow.naming_sources import platforms_in, proposed_id, proposed_name


class Past:
    """What a library held when it was opened."""

    def __init__(self, library: Library) -> None:
        """Look at the live loads of `library`; nothing of it is changed.

        Raises:
            NolcatError: If it cannot be read.
        """
        self._held = library.holdings()
        self._names = library.sources().names()

    def beside(self, report: Report) -> pl.DataFrame:
        """What is unusual about the numbers of `report` beside those of the same report before.

        The same report is one of the same type with the same filters, of the same source or platform.

        Returns:
            Notices in the schema `FINDINGS`; none of a report that cannot be stored.
        """
        if report.report_id is None or report.totals_only:
            return no_findings()
        return plausibility(control_sums(report), self._sums(report))

    def _sums(self, report: Report) -> Mapping[str, Mapping[str, int]]:
        source, name = proposed_id(report.origin.file, self._names), proposed_name(report).casefold()
        ids = {one for one, known in self._names.items() if known.casefold() == name} if source is None else {source}
        filters = {setting.name: frozenset(setting.values) for setting in report.header.filters if setting.values}
        platforms = platforms_in(report)
        sums: dict[str, dict[str, int]] = {}
        for held in self._held:
            load = held.load
            is_same = load.report_type == report.report_id and dict(load.scope.filters) == filters
            if is_same and load.scope.member is None and _is_of(held, ids, platforms):
                for metric, months in load.tally.sums.items():
                    of_metric = sums.setdefault(metric, {})
                    for month, count in months.items():
                        of_metric[month] = of_metric.get(month, 0) + count
        return sums


def _is_of(held: Holding, ids: set[int], platforms: frozenset[str]) -> bool:
    """Whether a load is of one of these sources, or of these platforms; unknown platforms agree with any."""
    known = held.load.scope.platforms
    if known and platforms:
        return bool(known & platforms)
    return held.load.source_id in ids
