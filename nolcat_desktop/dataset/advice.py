"""Why a report is not stored, in a librarian's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nolcat_desktop.dataset.left_out import left_out_of
from nolcat_desktop.dataset.loads import Load
from nolcat_desktop.dataset.verdicts import MonthPlan, Verdict
from nolcat_desktop.problem import Problem

_NAMED_MONTHS = 4
_NAMED_FILES = 3


def refusal(load: Load, months: Sequence[MonthPlan], strict: bool, strict_overlaps: bool = True) -> Problem | None:
    """The reason to refuse the report, or None.

    Args:
        load: The report.
        months: What was found out about each of its months.
        strict: Whether months with other numbers in the library refuse the report.
        strict_overlaps: Whether months that overlap partly refuse it.
    """
    within = [
        each
        for each in months
        if each.verdict not in (Verdict.NEW, Verdict.EQUAL) and any(h.pending for h in each.against)
    ]
    if within:
        return _twice_in_one_run(load, within)
    overlapping = [each for each in months if each.verdict is Verdict.OVERLAPPING]
    if overlapping and strict_overlaps:
        return _overlapping(load, overlapping)
    other_release = [each for each in months if each.verdict is Verdict.RELEASE_CHANGE]
    if strict and other_release:
        return _release_change(load, other_release)
    changed = [each for each in months if each.verdict is Verdict.CHANGED]
    return _changed(load, changed) if strict and changed else None


def _twice_in_one_run(load: Load, months: Sequence[MonthPlan]) -> Problem:
    if all(each.verdict is Verdict.RELEASE_CHANGE for each in months):
        return _two_releases(load, months)
    return Problem(
        "Two of the files speak about the same months with different numbers",
        f"{_what(load)}: {_months(months)} {_are(months)} also in {_files(months, pending=True)}, which is added at "
        "the same time. The library cannot know which of them is right, so this one was not stored.",
        "Decide which file is right, and add that one alone, after the other if it is to replace it.",
    )


def _two_releases(load: Load, months: Sequence[MonthPlan]) -> Problem:
    other = ", ".join(sorted({held.load.release for each in months for held in each.against}))
    return Problem(
        f"These months come in two releases: {other} and {load.release}",
        f"{_what(load)}: {_months(months)} {_are(months)} also in {_files(months, pending=True)} (Release {other}), "
        "which is added at the same time. Releases count differently, so only one of them may count for a month; this "
        "one was not stored.",
        f"To change to Release {load.release}, add this file alone and choose to replace loaded months.",
    )


def _overlapping(load: Load, months: Sequence[MonthPlan]) -> Problem:
    return Problem(
        "This report overlaps partly with what the library holds",
        f"{_what(load)}: for {_months(months)} the library holds {_files(months)}, made with other filters or "
        "platforms, and part of the usage is in both. Adding it would count that usage twice, so it was not stored.",
        "Download the report with the same filters as the one in the library; or decide to keep it aside, or to put it "
        "in the place of what is there.",
    )


def _release_change(load: Load, months: Sequence[MonthPlan]) -> Problem:
    releases = sorted({held.load.release for each in months for held in each.against})
    return Problem(
        f"The library holds these months in Release {', '.join(releases)}",
        f"{_what(load)} is of Release {load.release}; for {_months(months)} the library holds {_files(months)}. "
        "Releases count differently, so only one of them may count for a month. It was not stored.",
        "Keep what is there by choosing to skip loaded months, or choose to replace them to change to this release.",
    )


def _changed(load: Load, months: Sequence[MonthPlan]) -> Problem:
    first = months[0]
    return Problem(
        "The library holds other numbers for these months",
        f"{_what(load)}: {_months(months)} {_are(months)} in the library from {_files(months)} with other numbers "
        f"(in {first.month} the counts add up to {first.loaded_total:,} there and {first.offered_total:,} here). "
        f"{_holes(months)}It was not stored.",
        "If the publisher corrected its numbers, choose to replace loaded months; to keep what is there, choose to "
        "skip them.",
    )


def _holes(months: Sequence[MonthPlan]) -> str:
    """Which of `months` the library has too low, because cells were left out that can be read here."""
    lacking = [each for each in months if each.closes]
    if not lacking:
        return ""
    found = {held.load.original: left_out_of(held.load) for each in lacking for held in each.closes}
    cells = {
        (name, position)
        for name, by_month in found.items()
        for each in lacking
        if each.month in by_month
        for position in by_month[each.month].positions
    }
    what = "1 count was" if len(cells) == 1 else f"{len(cells):,} counts were"
    return (
        f"Of {_months(lacking)} {what} left out there because nobody could read "
        f"{'it' if len(cells) == 1 else 'them'} ({', '.join(sorted(found)[:_NAMED_FILES])}): here nothing is left out, "
        "so replacing closes the hole. "
    )


def _what(load: Load) -> str:
    return f"{load.report_type} of statistics source {load.source_id}"


def _months(months: Sequence[MonthPlan]) -> str:
    names = [each.month for each in months]
    return ", ".join(names) if len(names) <= _NAMED_MONTHS else f"{len(names)} months ({names[0]} to {names[-1]})"


def _are(months: Sequence[MonthPlan]) -> str:
    return "is" if len(months) == 1 else "are"


def _files(months: Iterable[MonthPlan], pending: bool = False) -> str:
    held = [each for month in months for each in month.against if each.pending or not pending]
    names = sorted({each.load.original + (f" (sheet {each.load.sheet})" if each.load.sheet else "") for each in held})
    return ", ".join(names[:_NAMED_FILES]) + (
        f" and {len(names) - _NAMED_FILES} more" if len(names) > _NAMED_FILES else ""
    )
