"""What is asked about a table that does not say which report it is, or of which months: in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import definition
from nolcat_desktop.gui.cell_text import month, months, number
from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.gui.pages.add_words import proposal_words, tr
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.review_told import MonthAnswer, MonthQuestion


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the card of a finding says it."""

    title: str
    positions: tuple[str, ...]
    values: tuple[str, ...]
    meaning: str
    hint: str


def asked_words(line: Line) -> Asked | None:
    """The question that has to be answered before anything else can be said of a report."""
    question = line.reviewed.question
    if line.todo is Todo.REPORT:
        meaning = tr("The rows above the headings are missing. The columns, and what stands in them, fit {n} reports.")
        told = tr("Under another report the same counts would mean something else. Nothing was added.")
        hint = tr("Choose the report once for this table, if you know it; otherwise leave it out.")
        count = number(len(line.reviewed.candidates))
        return Asked(tr("Which report is this?"), (), (), f"{meaning.format(n=count)} {told}", hint)
    if line.todo is Todo.RELEASE:
        return _release_asked(line)
    if line.todo is Todo.SOURCE and not line.looking:
        return _source_asked(line)
    if line.todo is not Todo.PERIOD or question is None:
        return None
    positions, values = zip(*question.cells, strict=True)
    values = values if any(value.strip() for value in values) else ()
    title = tr("Which month is this?") if len(positions) == 1 else tr("Which months are these?")
    hint = tr("Choose once for this file; the file itself stays as it is.")
    short = tr("Choose once for this file.")  # each heading has its row below: they need the room
    return Asked(title, positions, values, _meaning(line, question), short if question.by_cell else hint)


def _release_asked(line: Line) -> Asked:
    meaning = tr("The file does not say it, {report} has the same columns in both releases, and no word in it tells.")
    told = tr("Under the wrong one it would seem a change of release beside other months. Nothing was added.")
    hint = tr("Choose it if you know it: who fetched the report, or its neighbours in the folder, may tell.")
    code = line.reviewed.definition.report_id if line.reviewed.definition else tr("this report")
    return Asked(tr("Of which release is this?"), (), (), f"{meaning.format(report=code)} {told}", hint)


def _source_asked(line: Line) -> Asked:
    proposal = line.reviewed.proposal
    why = proposal_words(proposal)
    meaning = tr("It decides which months it is compared with: {why}.").format(why=why)
    hint = tr("Choose the source that it is from, or write a new name into its cell.")
    return Asked(tr("From which source is this report?"), (), (), f"{meaning} {tr('Nothing was added.')}", hint)


def alike_words(count: int) -> str:
    """Of how many other files of the same folder the same answer shall hold."""
    if count == 1:
        return tr("Also for the other such file in this folder")
    return tr("Also for the {n} other such files in this folder").format(n=number(count))


def alike(line: Line, lines: Sequence[Line]) -> list[Line]:
    """The other files of the same folder of which the same is asked, with the same choices."""
    return [
        other
        for other in lines
        if other is not line
        and other.todo is line.todo
        and line.todo in {Todo.REPORT, Todo.RELEASE}
        and not (other.left_out or other.written)
        and other.reviewed.candidates == line.reviewed.candidates
        and _folder(other) == _folder(line)
    ]


def _folder(line: Line) -> PurePath:
    return PurePath(line.reviewed.file).parent


def _meaning(line: Line, question: MonthQuestion) -> str:
    told = line.reviewed.told
    said = [tr("The file has no reporting period.")]
    if question.by_cell:
        said = [_no_month_words([text for _, text in question.cells])]
    elif told.begin is not None and told.end is not None:
        said = [tr("{months} does not settle these headings.").format(months=months(told.begin, told.end))]
    said += [_WAYS.get(one.way, _WAYS[""])().format(months=answer_words(one)) for one in question.answers]
    if question.by_cell:
        one, many = tr("1 count stands under it."), tr("{n} counts stand under it.")
        said.append(one if question.counts == 1 else many.format(n=number(question.counts)))
    elif question.counts:
        one = tr("Read wrongly, 1 count would stand in the wrong month.")
        many = tr("Read wrongly, {n} counts would stand in the wrong month.")
        said.append(one if question.counts == 1 else many.format(n=number(question.counts)))
    return " ".join((*said, tr("Nothing was added.")))


def _no_month_words(texts: Sequence[str]) -> str:
    """Why the months of these headings are not known."""
    if len(texts) == 1:
        if not texts[0].strip():
            return tr("The column has no heading.")
        return tr("The heading is no month that can be told, or one that stands there already.")
    told = tr("{n} headings are no months that can be told, or such as stand there already.")
    return told.format(n=number(len(texts)))


_WAYS = {
    "month_first": lambda: tr("Month first it is {months}."),
    "day_first": lambda: tr("Day first it is {months}."),
    "year_first": lambda: tr("Year first it is {months}."),
    "year": lambda: tr("With the number as the year it is {months}."),
    "beside": lambda: tr("By the columns beside it is {months}."),
    "": lambda: tr("It may be {months}."),
}


def answer_words(answer: MonthAnswer) -> str:
    """`Mar 2023`, `Jan – Mar 2017`."""
    first, last = min(answer.months), max(answer.months)
    return month(first) if first == last else months(first, last)


def candidate_words(code: str) -> str:
    """`Journal Report 1 (JR1)`; of Releases 5 and 5.1 also why it may be that one."""
    known = next((one for release in Release if (one := definition(release, code)) is not None), None)
    if known is None:
        return code
    words = f"{known.name} ({known.report_id})"
    if known.release.is_before_5:
        return words
    return f"{words} — {tr('all its columns are there') if known.is_view else tr('if columns were left out of it')}"


def last_day(first: date) -> date:
    """Last day of a month."""
    following = first.year * 12 + first.month
    return date.fromordinal(date(following // 12, following % 12 + 1, 1).toordinal() - 1)
