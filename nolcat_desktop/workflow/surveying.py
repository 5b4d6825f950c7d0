"""Annual statistics of a library, with all that their numbers may miss."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from nolcat_desktop.analysis.annual_statistics import VIEWS, Answer, annual_statistics
from nolcat_desktop.counter.months import in_words
from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.months_between import months_between
from nolcat_desktop.workflow.too_low import of_view, too_low, too_low_notes
from nolcat_desktop.workflow.viewing import Wanted, filter_notes, master_of, spans, told_by, usage_of

_MONTH = re.compile(r"(?<![\w-])(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?![\w-])")


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is not in the numbers."""

    text: str
    views: tuple[str, ...] = ()
    """The standard views whose numbers may be too low for it; () when it belongs into none."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The statistics of a year."""

    months: tuple[str, ...]
    """yyyy-mm, ascending."""
    answers: tuple[Answer, ...]
    lacks: tuple[Lack, ...]
    """What is not in the numbers: counts that could not be read, months that sources lack, what filters left out,
    Releases 3 and 4."""
    names: Mapping[int, str] = field(default_factory=dict)
    """Of the sources, by id."""

    def lacking(self, answer: Answer) -> tuple[str, ...]:
        """What is not in this number, a sentence each."""
        views = {part.term.view for part in answer.parts}
        return tuple(one.text for one in self.lacks if views & set(one.views))

    def is_low(self, answer: Answer) -> bool:
        """Whether the number is a lower bound only."""
        return answer.may_be_too_low or bool(self.lacking(answer))


@dataclass(frozen=True, slots=True)
class YearLook:
    """The statistics of one year, and which other years there are."""

    years: tuple[int, ...]
    """In which years begin of which the library knows anything, the newest first."""
    year: int | None
    """The one that was looked at; None: there is none."""
    survey: Survey | None


def survey(
    library: Library, begin: date, end: date, sources: Sequence[int] = (), progress: Progress | None = None
) -> Survey:
    """Work out every annual statistic.

    Args:
        library: Its live usage.
        begin: First day of the (fiscal) year.
        end: Any day of its last month.
        sources: Only these statistics sources; () for all.
        progress: Told and checked.

    Raises:
        Cancelled: If the user asked to stop.
        NolcatError: If there is no such source, the year ends before it begins, or a part cannot be read.
    """
    if end < begin:
        raise NolcatError(Problem("The year ends before it begins", "Nothing was added up.", "Give the first month."))
    names, coverage = library.sources().names(), library.coverage()
    if strange := set(sources) - {*names, *coverage["statistics_source_ID"]}:
        remedy = "Look at the list of sources (nolcat library sources)."
        raise NolcatError(Problem(f"There is no statistics source {min(strange)}", "The library has none.", remedy))
    if sources:
        coverage = coverage.filter(pl.col("statistics_source_ID").is_in(list(sources)))
    wanted = [*VIEWS, *dict.fromkeys(map(master_of, VIEWS))]
    usage = usage_of(library, wanted, Wanted(tuple(sources), begin, end))
    months = tuple(months_between(f"{begin:%Y-%m}", f"{end:%Y-%m}"))
    answers = annual_statistics(usage, begin, end, {view: told_by(coverage, view) for view in VIEWS}, progress)
    missing = (
        *_too_low(library, coverage, (begin, end), names),
        *_unloaded(library, coverage, months, names),
        *_filtered(library, coverage, months, names),
    )
    return Survey(months, answers, (*missing, *_before_release_5(coverage, months, names)), names)


def look_at_year(library: Library, year: int | None, first_month: int, progress: Progress | None = None) -> YearLook:
    """Work out the statistics of a year.

    Args:
        library: Its live usage.
        year: In which it begins; None, or one of which nothing is known, for the last that is known whole, or the last.
        first_month: 1 to 12; 7: from July to the June after.
        progress: Told and checked.

    Raises:
        Cancelled: If the user asked to stop.
        NolcatError: If a part cannot be read.
    """
    known = set(library.coverage()["month"])
    begun = {int(month[:4]) - (int(month[5:]) < first_month) for month in known}
    years = tuple(sorted(begun, reverse=True))
    if not years:
        return YearLook((), None, None)
    whole = [one for one in years if months_of_year(one, first_month) <= known]
    wanted = year if year in begun else (whole or years)[0]
    months = sorted(months_of_year(wanted, first_month))
    begin, end = (date.fromisoformat(f"{month}-01") for month in (months[0], months[-1]))
    last = end.replace(day=monthrange(end.year, end.month)[1])
    return YearLook(years, wanted, survey(library, begin, last, progress=progress))


def months_of_year(year: int, first_month: int) -> frozenset[str]:
    """The twelve months, yyyy-mm, of the (fiscal) year that begins in `year`."""
    first = f"{year:04}-{first_month:02}"
    last = f"{year:04}-12" if first_month == 1 else f"{year + 1:04}-{first_month - 1:02}"
    return frozenset(months_between(first, last))


def footnote(answer: Answer, found: Survey) -> str:
    """How a number was come by, to stand beside it in a survey: terms, months, sources, and what it lacks."""
    terms = " + ".join(f"{part.term.metric} in {part.term.view}" for part in answer.parts)
    sources = "; ".join(f"{found.names.get(one, one)}: {total:,}" for one, total in answer.by_source.items())
    first, last = in_words(found.months[0]), in_words(found.months[-1])
    texts = [
        f"{answer.statistic.name}, {answer.statistic.question}: {'at least ' if found.is_low(answer) else ''}"
        f"{answer.total:,}.",
        f"COUNTER Release 5 and 5.1, {terms}, {first} to {last}.",
        f"Sources: {sources}." if sources else "No source has any use of it.",
        *map(months_in_words, found.lacking(answer)),
    ]
    texts += [
        f"Left out: {part.left_out:,} rows of usage ({'; '.join(part.reasons)})."
        for part in answer.parts
        if part.left_out
    ]
    return " ".join(texts)


def months_in_words(text: str) -> str:
    """`text` with its months as people write them: `Jan 2024` for `2024-01`."""
    return _MONTH.sub(lambda found: in_words(found[0]), text)


def survey_table(found: Survey) -> pl.DataFrame:
    """One row for each part of each statistic; the total of its statistic beside it."""
    return pl.DataFrame(
        [
            {
                "statistic": one.statistic.name,
                "question": one.statistic.question,
                "total": one.total,
                "view": part.term.view,
                "metric_type": part.term.metric,
                "part": part.total,
                "months_with_use": part.months,
                "rows_left_out": part.left_out,
                "why_left_out": "; ".join(part.reasons) or None,
                "missing": " ".join(found.lacking(one)) or None,
            }
            for one in found.answers
            for part in one.parts
        ],
        schema_overrides={"why_left_out": pl.String, "missing": pl.String},
    )


def _unloaded(
    library: Library, coverage: pl.DataFrame, months: Sequence[str], names: Mapping[int, str]
) -> Iterator[Lack]:
    """Months that a source lacks of a view that it has in this year or in one beside it; views that nobody has."""
    said = library.decisions().answers
    near = {f"{int(month[:4]) + more:04}{month[4:]}" for month in months for more in (-1, 0, 1)}
    found: dict[tuple[int, str], list[str]] = {}
    for view in VIEWS:
        master = master_of(view)
        told = pl.concat([told_by(coverage, view), told_by(coverage, master)])
        if not near & set(told["month"]):
            yield Lack(f"No source has {view}, or {master}, of these months: what is counted from it is 0.", (view,))
            continue
        for (source,), of in told.sort("statistics_source_ID").group_by("statistics_source_ID", maintain_order=True):
            number, known = int(str(source)), set(of["month"])
            lacking = [
                month
                for month in months
                if month not in known
                and not any(one.covers(number, name, month) for one in said for name in (view, master))
            ]
            if lacking and known & near:
                found.setdefault((number, f"{master}, {spans(lacking)}"), []).append(view)
    for (number, lacking_of), views in found.items():
        text = f"Not in the library: {lacking_of} of {names.get(number, number)} (for {', '.join(views)})."
        yield Lack(text, tuple(views))


def _too_low(
    library: Library, coverage: pl.DataFrame, year: tuple[date, date], names: Mapping[int, str]
) -> Iterator[Lack]:
    """Counts that could not be read: of a view, and of its master in the months that the view itself does not tell."""
    every = too_low(library, None, set(coverage["statistics_source_ID"]), *year)
    found: dict[str, list[str]] = {}
    for view in VIEWS if every else ():
        for text in too_low_notes(of_view(every, view, told_by(coverage, view)), names):
            found.setdefault(text, []).append(view)
    yield from (Lack(text, tuple(views)) for text, views in found.items())


def _filtered(
    library: Library, coverage: pl.DataFrame, months: Sequence[str], names: Mapping[int, str]
) -> Iterator[Lack]:
    there = set(coverage["statistics_source_ID"])
    for view in VIEWS:
        told = told_by(coverage, view)
        for held in library.holdings():
            if held.load.source_id in there:
                own = set(told.filter(pl.col("statistics_source_ID") == held.load.source_id)["month"])
                for note in filter_notes([held.load], view, set(months) - own, names):
                    yield Lack(note.text, (view,))


def _before_release_5(coverage: pl.DataFrame, months: Sequence[str], names: Mapping[int, str]) -> Iterator[Lack]:
    before = [str(release) for release in Release if release.is_before_5]
    old = coverage.filter(pl.col("release").is_in(before), pl.col("month").is_in(list(months)))
    keys = ("release", "statistics_source_ID")
    for release, number, found in old.group_by(keys).agg("month").sort(keys, descending=(True, False)).iter_rows():
        name = names.get(number, number)
        yield Lack(f"Release {release} counts otherwise and is not in the numbers: {name}, {spans(found)}.")
