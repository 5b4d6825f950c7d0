"""Months that were said of single headings beforehand, by the heading's words or by its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from nolcat_desktop.conversion.lost_counts import lost_headings
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import Heading, Report, Told
from nolcat_desktop.workflow.finding_reports import Found
from nolcat_desktop.workflow.review_told import told_of, with_months

_SHOWN = 8


class ToldHeadings:
    """Hears for each report what was said of its headings, and knows afterwards what nobody was meant by."""

    def __init__(self, said: Sequence[tuple[str, date]], told: Told) -> None:
        """What was said.

        Args:
            said: Heading (its words, or its cell such as `L8`) and first day of its month.
            told: What else was said of every report.
        """
        self._said, self._told = said, told
        self._heard: set[str] = set()
        self._open: dict[str, None] = {}

    def read(self, every: Iterable[Found], progress: Progress) -> Iterator[Found]:
        """The same reports; those that have such a heading are read anew, as was said.

        Raises:
            NolcatError: If a heading that was named stands twice in a report.
            Cancelled: If the user asked to stop.
        """
        numbers: dict[str, int] = {}
        for found in every:
            file = found.what.origin.file if isinstance(found.what, Report) else found.what.file
            number = numbers[file] = numbers.get(file, -1) + 1
            cells = self._cells(found.what) if self._said and isinstance(found.what, Report) else []
            yield told_of(found, number, with_months(self._told, cells), progress) if cells else found

    def check(self) -> None:
        """Refuse what was said of a heading that is nowhere.

        Raises:
            NolcatError: If none of the reports has it among the headings whose month is not known.
        """
        missing = [name for name, _ in self._said if name not in self._heard]
        if missing:
            raise NolcatError(_nowhere(missing[0], list(self._open)))

    def _cells(self, report: Report) -> list[tuple[str, date]]:
        lost = lost_headings(report)
        self._open |= dict.fromkeys(_words(one) for one in lost)
        found = []
        for name, month in self._said:
            meant = [one for one in lost if one.position == name] or [one for one in lost if _same(one.text, name)]
            if len(meant) > 1:
                raise NolcatError(_twice(name, report, meant))
            self._heard |= {name} if meant else set()
            found += [(one.position, month) for one in meant]
        return found


def _same(text: str, name: str) -> bool:
    return " ".join(text.split()).casefold() == " ".join(name.split()).casefold()


def _words(heading: Heading) -> str:
    return f"“{heading.text}” ({heading.position})" if heading.text.strip() else f"blank ({heading.position})"


def _nowhere(name: str, known: Sequence[str]) -> Problem:
    shown = ", ".join(known[:_SHOWN]) + (f" and {len(known) - _SHOWN:,} more" if len(known) > _SHOWN else "")
    meaning = "The month of every heading above counts is known."
    if known:
        meaning = f"Headings above counts whose month is not known: {shown}."
    return Problem(
        f"No heading without a month is “{name}”",
        f"{meaning} Nothing was stored.",
        "Write the heading as it stands in the file, or its cell (--month L8=2024-03); leave it out where "
        "all months are known.",
    )


def _twice(name: str, report: Report, meant: Sequence[Heading]) -> Problem:
    cells = " and ".join(one.position for one in meant[:2])
    return Problem(
        f"The heading “{name}” stands in more than one column",
        f"In {report.origin.file} it stands in {cells}; each is another month. Nothing was stored.",
        f"Name the cells instead (--month {meant[0].position}=2024-03 --month {meant[1].position}=2024-04).",
    )
