"""Periods of an R4 response: which month a count belongs to, and whether the category fits the metric."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from nolcat_desktop.counter.dates import read_date
from nolcat_desktop.reading.json_tally import Tally
from nolcat_desktop.reading.xml_codes import CATEGORIES, KNOWN, category_of, code_of
from nolcat_desktop.reading.xml_parts import Node


class Periods:
    """Knows each period that was met once; a response repeats the same dozen a million times."""

    def __init__(self) -> None:
        """Begin with none."""
        self.begin: date | None = None
        """First day that the response says it covers; it is known before the items."""
        self.end: date | None = None
        self._known: dict[tuple[str, str], tuple[str, bool]] = {}
        self._pairs: dict[tuple[str, str], bool] = {}

    def column(self, period: Node | None, path: str, tally: Tally) -> str:
        """The column of a period's counts: its month `yyyy-mm`; of another period `#` and its first and last day."""
        texts = (period.says("Begin"), period.says("End")) if period is not None else ("", "")
        known = self._known.get(texts)
        if known is None:
            known = self._known[texts] = self._read(*texts)
        name, is_inside = known
        if name.startswith("#"):
            tally.add("R4-X09", f"{path}.Period", "Period", name[1:])
        elif not is_inside:
            tally.count("R4-X10", f"{path}.Period", name, name)
        return name

    def _read(self, begin_text: str, end_text: str) -> tuple[str, bool]:
        begin, end = read_date(begin_text)[0], read_date(end_text)[0]
        if begin is None or end is None or not _is_month(begin, end):
            return f"#{begin_text}/{end_text}", True
        outside = (self.begin is not None and end < self.begin) or (self.end is not None and begin > self.end)
        return f"{begin:%Y-%m}", not outside

    def category(self, metric: str, category: str, path: str, tally: Tally) -> None:
        """Tell a category that is unknown, or is not that of the metric."""
        fits = self._pairs.get((metric, category))
        if fits is None:
            code, wanted = code_of(metric), category.lower()
            fits = wanted in CATEGORIES and (code not in KNOWN or category_of(code) == wanted)
            self._pairs[metric, category] = fits
        if not fits:
            tally.count("R4-X11", f"{path}.Category", metric, category)


def _is_month(begin: date, end: date) -> bool:
    last = monthrange(begin.year, begin.month)[1]
    return begin.day == 1 and (end.year, end.month, end.day) == (begin.year, begin.month, last)
