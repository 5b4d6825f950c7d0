"""What a review asks about a file that does not say it itself, and what the user answers: report, months, repairs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from nolcat_desktop.conversion.lost_counts import lost_counts
from nolcat_desktop.counter.month_shapes import Kind, Reading, read_shape
from nolcat_desktop.counts import count
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading import read_content
from nolcat_desktop.reading.bare_months import read_headings
from nolcat_desktop.report import NOTHING_TOLD, Heading, Report, Told
from nolcat_desktop.workflow.finding_reports import Found
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.review_source import Proposal

MOST_REPAIRS = 10_000
"""Repairs of one report that are shown, and can be declined, one by one."""
BESIDE = "beside"
"""The way of a `MonthAnswer` that the columns beside prove."""
_UNREAD, _DOUBTFUL = "R4-M03", "ambiguous"
"""Rule and detail by which reading tells a heading that is some month."""


@dataclass(frozen=True, slots=True)
class MonthAnswer:
    """One period that leaves no heading in doubt, or the months of some cells."""

    begin: date | None
    end: date | None
    months: tuple[date, ...]
    """First days of the months of the headings in question, in their order."""
    way: str
    """How the first of them is read then: `month_first`, `day_first`, `year` … (`month_shapes.Way`); `beside`: as the
    columns beside it have it."""
    cells: tuple[tuple[str, date], ...] = ()
    """Headings and their months, where a period would settle nothing."""

    def told(self, before: Told) -> Told:
        """What the user says with it, beside what was said before."""
        return with_months(before, self.cells) if self.cells else replace(before, begin=self.begin, end=self.end)


@dataclass(frozen=True, slots=True)
class MonthQuestion:
    """Headings that may mean several months, in a file that has no reporting period; or that name no month at all."""

    cells: tuple[tuple[str, str], ...]
    """Position and text of each such heading."""
    counts: int
    """Uses above 0 that stand under them."""
    answers: tuple[MonthAnswer, ...] = ()
    """What they may mean, as far as they say; another period may be meant as well."""
    by_cell: bool = False
    """Whether a period would settle nothing: each heading is asked for, the first one first."""
    taken: frozenset[date] = frozenset()
    """Months that have a column of their own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user said about one report of a review; it holds as long as the file stays the same."""

    sha256: str
    told: Told = NOTHING_TOLD
    declined: frozenset[str] = frozenset()
    """Positions of the repairs that are not wanted."""
    member: str | None = None
    proposal: Proposal | None = None
    """The source that was chosen."""

    @property
    def says_anything(self) -> bool:
        """Whether a new check would forget something."""
        return self != Answer(self.sha256)

    def wishes(self) -> Wishes:
        """The same as wishes for this one report."""
        source = self.proposal.source_id if self.proposal is not None else None
        return Wishes(source, member=self.member, told=self.told, declined=self.declined)


Answers = Mapping[tuple[str, int], Answer]
"""By the key of the report: its file, and its number in it."""
NO_ANSWERS: Answers = MappingProxyType({})


def known_source(answer: Answer | None, sources: Collection[int]) -> Answer | None:
    """The same without a source that the library has no more: it is asked for again.

    Args:
        answer: What was said, maybe long ago.
        sources: Ids of the library's sources.
    """
    if answer is None or answer.proposal is None or answer.proposal.source_id in {None, *sources}:
        return answer
    return replace(answer, proposal=None)


def with_months(told: Told, cells: Iterable[tuple[str, date]]) -> Told:
    """What was said, and of which months these headings are; what was said of the same cells before holds no more."""
    return replace(told, months=tuple(sorted({**dict(told.months), **dict(cells)}.items())))


def told_of(found: Found, number: int, told: Told, progress: Progress) -> Found:
    """The report with this number in the same content, read as the user told.

    Raises:
        NolcatError: If the content cannot be read.
        Cancelled: If the user asked to stop.
    """
    if told == NOTHING_TOLD:
        return found
    name = found.what.origin.file if isinstance(found.what, Report) else found.what.file
    for place, what in enumerate(read_content(found.content, name, progress, told)):
        if place == number:
            return replace(found, what=what)
    return found


def month_question(report: Report, problem: Problem | None) -> MonthQuestion | None:
    """What has to be asked about the months of a report.

    Args:
        report: As it was read.
        problem: What stops it.

    Returns:
        The question, if headings that may be months are all that stops it and a period could settle them; else None.
    """
    if problem is None or report.definition is None or (report.header.begin and report.header.end):
        return None
    doubtful = _doubtful(report)
    if not doubtful or (problem != lost_counts(report) and report.months):
        return None
    columns = [one.column for one in doubtful if one.column in report.items.columns]
    uses = report.items.lazy().select((count(name) > 0).sum().alias(name) for name in columns if name).collect()
    cells = tuple((one.position, one.text) for one in doubtful)
    return MonthQuestion(cells, sum(uses.row(0)) if columns else 0, tuple(_answers(report, doubtful)))


def _doubtful(report: Report) -> list[Heading]:
    told = {one.position for one in report.irregularities if one.rule == _UNREAD and one.detail == _DOUBTFUL}
    return [one for one in report.headings if one.position in told or _is_serial(one)]


def _is_serial(heading: Heading) -> bool:
    """Whether it is a number that counts days, as workbooks do, under which nobody knows what stands."""
    shape = read_shape(heading.text) if (heading.column or "").startswith("#") else None
    return shape is not None and shape.kind is Kind.NUMBER


def _answers(report: Report, doubtful: list[Heading]) -> Iterator[MonthAnswer]:
    """Each period that one of the readings of the first heading leads to, and that settles all of them."""
    texts = [one.text for one in report.headings]
    places = [report.headings.index(one) for one in doubtful]
    among = [place for place, one in enumerate(report.headings) if one.month or place in places]
    rank = among.index(places[0])
    shape = read_shape(texts[places[0]])
    seen = set()
    for reading in shape.readings if shape is not None else ():
        for begin, end in _periods(reading, rank, len(among)):
            found = read_headings(texts, begin, end)
            settled = tuple(one.month for place in places if (one := found[place]) is not None and one.month)
            if len(settled) == len(places) and settled not in seen:
                seen.add(settled)
                yield MonthAnswer(begin, end, settled, reading.way.name.lower())


def _periods(reading: Reading, rank: int, width: int) -> Iterator[tuple[date, date]]:
    """The periods of `width` months in which this reading is the month at `rank`, counted up, then down."""
    if reading.month is None:
        return
    for first in dict.fromkeys((reading.month - rank, reading.month + rank - width + 1)):
        yield _first_day(first), _first_day(first + width) - timedelta(days=1)


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
