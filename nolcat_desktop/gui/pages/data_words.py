"""The sentences of Look at data: the summary, and why nothing matches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from nolcat_desktop.analysis.conditions import Condition, UnreadableError
from nolcat_desktop.analysis.looking import Answer, Holding
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.filters import fault_text, read_filter, told
from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.pages.data_choosers import Choosers
from nolcat_desktop.workflow.surveying import months_in_words
from nolcat_desktop.workflow.too_low import too_low_notes


def read_filters(columns: Sequence[Column], typed: Mapping[str, str]) -> tuple[Condition, ...]:
    """What is typed over the columns as conditions; what cannot be read is left out, and said by `filter_faults`."""
    found = []
    for column in columns:
        try:
            read = read_filter(column, typed.get(column.key, ""))
        except UnreadableError:
            continue
        found += [] if read is None else [read]
    return tuple(found)


def filter_faults(columns: Sequence[Column], typed: Mapping[str, str]) -> list[str]:
    """A sentence for each filter that cannot be read."""
    said = []
    for column in columns:
        try:
            read_filter(column, typed.get(column.key, ""))
        except UnreadableError:
            said.append(fault_text(column, typed[column.key]))
    return said


def summary_words(  # noqa: PLR0913, PLR0917 - the parts of one sentence
    report: str, choosers: Choosers, count: int, every: int, columns: Sequence[Column], typed: Mapping[str, str]
) -> tuple[str, ...]:
    """`Total_Item_Requests · Title Report (TR) · Jan 2023 – Dec 2024 · all sources · 214,880 rows of 9,731,002`.

    Returns:
        All of it, then shorter forms for less room: the metric is always among it.
    """
    tr = QCoreApplication.translate
    few = tr("data", "{count} rows").format(count=number(count))
    rows = few if count == every else tr("data", "{count} rows of {all}").format(count=number(count), all=number(every))
    asked = [
        _first_word_small(choosers.metrics_words(), bool(choosers.choice.metrics)),
        report,
        choosers.months_words(),
    ]
    sources = _first_word_small(choosers.sources_words(), bool(choosers.choice.sources))
    more = [tr("data", "filtered")] if typed else []
    if filter_faults(columns, typed):
        more.append(tr("data", "a filter cannot be read"))
    told = ([*asked, sources, rows, *more], [*asked, sources, few, *more], [*asked, sources, *more], [*asked, *more])
    return tuple(_beginning(" · ".join(parts)) for parts in told)


def _first_word_small(words: str, is_name: bool) -> str:
    return words if is_name else words[:1].lower() + words[1:]


def _beginning(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def too_low_words(holding: Holding | None, answer: Answer | None) -> tuple[str, ...]:
    """Which of the numbers shown are too low, for counts that nobody could read were left out; a sentence a report."""
    if holding is None or answer is None:
        return ()
    return tuple(map(months_in_words, too_low_notes(answer.too_low, holding.names)))


def note_words(answer: Answer | None) -> tuple[str, ...]:
    """What else the numbers of a view that is worked out may miss, or be contradicted by."""
    return () if answer is None else tuple(months_in_words(note.text) for note in answer.notes)


def lacking_words(holding: Holding | None, answer: Answer | None) -> tuple[str, ...]:
    """Both."""
    return (*too_low_words(holding, answer), *note_words(answer))


def too_low_by_month(holding: Holding | None, answer: Answer | None) -> Mapping[date, str]:
    """First day of each month of which counts were left out → which, and of which file."""
    if holding is None or answer is None:
        return {}
    by_month: dict[str, dict[tuple[int, str, str], tuple[tuple[str, tuple[str, ...], bool, bool], ...]]] = {}
    for key, cells in answer.too_low.items():
        by_month.setdefault(key[2], {})[key] = cells
    return {
        date.fromisoformat(f"{month}-01"): " ".join(map(months_in_words, too_low_notes(found, holding.names)))
        for month, found in by_month.items()
    }


def nothing_words(choosers: Choosers, columns: Sequence[Column], typed: Mapping[str, str]) -> str:
    """Why nothing matches: `No use matches. Months are limited to …, Title contains “zeitschrft”.`."""
    tr, choice = QCoreApplication.translate, choosers.choice
    is_whole = choosers.ends() == (choice.begin, choice.end)
    limited = [
        (tr("data", "Months"), "" if is_whole else choosers.months_words()),
        (tr("data", "Sources"), choosers.sources_words() if choice.sources else ""),
        (tr("data", "Metrics"), choosers.metrics_words() if choice.metrics else ""),
    ]
    why: list[str] = []
    for what, to in ((what, to) for what, to in limited if to):
        first, more = tr("data", "{what} are limited to {to}"), tr("data", "{what} to {to}")
        why.append(more.format(what=_first_word_small(what, False), to=to) if why else first.format(what=what, to=to))
    why += [told(column, typed[column.key]) for column in columns if column.key in typed]
    return tr("data", "No use matches. {why}.").format(why=", ".join(why)) if why else tr("data", "No use matches.")
