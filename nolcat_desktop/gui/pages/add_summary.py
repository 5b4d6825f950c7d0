"""What the review says of all its reports at once: before adding, after it, and when it is opened again."""

from __future__ import annotations

from collections.abc import Sequence

from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_words import file_words, how_many_files, how_many_reports, reason_words, tr


def rest_words(lines: Sequence[Line]) -> str:
    """What became of the reports that were neither added nor wait, beginning with those that cannot be added."""
    cannot = [line for line in lines if line.fate is Fate.CANNOT]
    parts = []
    if cannot:
        first = f"{file_words(cannot[0].reviewed)} ({reason_words(cannot[0])})"
        told, more = tr("1 could not be added: {first}."), tr("{n} could not be added, first {first}.")
        told = told if len(cannot) == 1 else more
        parts.append(told.format(n=number(len(cannot)), first=first))
    for fates, one, more in (
        ({Fate.ALREADY, Fate.KEPT}, tr("1 was already there."), tr("{n} were already there.")),
        ({Fate.SAME}, tr("1 is the same as another file."), tr("{n} are the same as another file.")),
        ({Fate.LEFT_OUT}, tr("1 was left out."), tr("{n} were left out.")),
        ({Fate.NO_REPORT}, tr("1 file has no report in it."), tr("{n} files have no report in them.")),
        ({Fate.ADD, Fate.REPLACE, Fate.ASIDE}, tr("1 is still in the review."), tr("{n} are still in the review.")),
    ):
        count = sum(line.fate in fates for line in lines)
        if count:
            parts.append(one if count == 1 else more.format(n=number(count)))
    return " ".join(parts)


def kept_words(reports: int, undecided: int, left_behind: bool) -> str:
    """What is offered in an empty review: reports that waited when the window or the library was closed."""
    if left_behind:
        told = tr("1 file waited here when another library was opened; it was not added.")
        more = tr("{n} files waited here when another library was opened; they were not added.")
        return told if reports == 1 else more.format(n=number(reports))
    if undecided == reports:
        told = tr("1 report waited for your decision when this library was open last.")
        more = tr("{reports} waited for your decision when this library was open last.")
    else:
        told = tr("1 report waited here when this library was open last; it was not added.")
        more = tr("{reports} waited here when this library was open last; they were not added.")
    return told if reports == 1 else more.format(reports=how_many_reports(reports))


def check_words(lines: Sequence[Line]) -> tuple[str, str]:
    """How many of the reports that will be added have findings to check, in a sentence and in few words; or nothing."""
    chosen = [line for line in lines if line.is_chosen]
    count = sum(line.is_to_check for line in chosen)
    if not count:
        return "", ""
    few = tr("{n} to check.").format(n=number(count))
    if len(chosen) == 1:
        return tr("1 report will be added; it has findings to check."), few
    told = tr("{reports} will be added; 1 of them has findings to check.")
    more = tr("{reports} will be added; {n} of them have findings to check.")
    words = (told if count == 1 else more).format(reports=how_many_reports(len(chosen)), n=number(count))
    return words, few


def _not_added_words(lines: Sequence[Line]) -> str:
    """How many cannot be added, and how many files hold nothing that could be."""
    cannot = sum(line.fate is Fate.CANNOT for line in lines)
    without = sum(line.fate is Fate.NO_REPORT for line in lines)
    parts = [tr("{n} cannot be added.").format(n=number(cannot))] if cannot else []
    one, many = tr("1 file has no report in it."), tr("{n} files have no report in them.")
    parts += [one if without == 1 else many.format(n=number(without))] if without else []
    return " ".join(parts)


def summary_words(lines: Sequence[Line], done: bool, checking: bool) -> tuple[str, ...]:
    """The line under the title: how many, whether anything was written, who waits; and the same in fewer words."""
    if not lines:
        return (tr("Reading…") if checking else "",)
    reports = [line for line in lines if line.fate is not Fate.NO_REPORT]
    files = len({line.reviewed.file for line in lines if line.fate is not Fate.NO_REPORT})
    undecided = sum(line.fate is Fate.DECIDE for line in lines)
    waits = ""
    if undecided:
        waits = (
            tr("1 report waits for your decision and stays here.")
            if undecided == 1
            else tr("{reports} wait for your decision and stay here.").format(reports=how_many_reports(undecided))
        )
    if done:
        did = tr("Undo takes all of it back.") if any(line.written for line in lines) else ""
        return (waits or did or tr("Everything is still in the review."),)
    fresh = sum(line.is_new for line in reports)
    told, short = tr("{reports} found in {files}."), tr("{reports} found.")
    if fresh and not checking:
        told, short = tr("{reports} found in {files}, {n} of them new."), tr("{reports} found, {n} of them new.")
    count = how_many_reports(len(reports))
    found = told.format(reports=count, files=how_many_files(files), n=number(fresh))
    briefly = short.format(reports=count, n=number(fresh))
    nothing = tr("Nothing has been written yet.") if not any(line.written for line in lines) else ""
    check, few_check = ("", "") if checking else check_words(lines)
    none = "" if checking else _not_added_words(lines)
    whole = (found, nothing, check, tr("Still reading…") if checking else waits, none)
    wait = tr("{n} to decide.").format(n=number(undecided)) if undecided and not checking else ""
    middle = (
        briefly,
        check or nothing,
        wait or whole[3],
    )
    few = (
        briefly,
        nothing and tr("Nothing written yet."),
        few_check,
    )
    forms = (whole, whole[:-1], middle, (*few, wait or whole[3]))
    return tuple(" ".join(part for part in form if part) for form in forms)
