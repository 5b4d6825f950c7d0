"""What the review says of a report, for the eye and for the ear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from nolcat_desktop.counter.levels import Level as Weight
from nolcat_desktop.gui.cell_text import month, months, number, spoken_month
from nolcat_desktop.gui.notice import Level
from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.words import level_word
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.review_source import Proposal, Reason
from nolcat_desktop.workflow.reviewing import Reviewed

_LEVELS = {
    Weight.PASSED: Level.OK,
    Weight.NOTICE: Level.INFO,
    Weight.WARNING: Level.CHECK,
    Weight.ERROR: Level.CHECK_ERROR,
    Weight.CRITICAL: Level.SERIOUS,
    Weight.FATAL: Level.SERIOUS_FATAL,
}


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("add", text)


def day(name: str) -> date:
    """First day of a month written yyyy-mm."""
    return date(int(name[:4]), int(name[5:7]), 1)


def level_of(weight: Weight) -> Level:
    """The window's level of COUNTER's."""
    return _LEVELS[weight]


def findings_level(line: Line) -> Level:
    """The level that stands in the row."""
    return Level.STOP if _stops(line) else level_of(line.reviewed.level)


def _stops(line: Line) -> int:
    return line.blocking or int(line.todo is Todo.PERIOD)


def findings_words(line: Line) -> str:
    """`Please check · 37` (of that word), `Nothing found`, `Blocking · 2`; an asked heading blocks as well."""
    stops = _stops(line)
    if stops:
        return f"{level_word(Level.STOP)} · {number(stops)}"
    if line.reviewed.level is Weight.PASSED:
        return tr("Nothing found")
    word = level_word(level_of(line.reviewed.level))
    return f"{word} · {number(_count_of(line.reviewed, word))}"


def _count_of(reviewed: Reviewed, word: str) -> int:
    """Findings of the levels that have this word, as the list of them counts."""
    levels, counts = (reviewed.groups[name].to_list() for name in ("level", "count"))
    return sum(n for level, n in zip(levels, counts, strict=True) if level_word(level_of(Weight(level))) == word)


def how_many_months(count: int) -> str:
    """`1 month`, `3 months`."""
    return tr("1 month") if count == 1 else tr("{n} months").format(n=number(count))


def how_many_reports(count: int) -> str:
    """`1 report`, `6 reports`."""
    return tr("1 report") if count == 1 else tr("{n} reports").format(n=number(count))


def damaged_words(count: int) -> str:
    """`1 damaged cell`, `3 damaged cells`."""
    return tr("1 damaged cell") if count == 1 else tr("{n} damaged cells").format(n=number(count))


def how_many_files(count: int) -> str:
    """`1 file`, `6 files`."""
    return tr("1 file") if count == 1 else tr("{n} files").format(n=number(count))


def fate_words(line: Line) -> str:  # noqa: PLR0911 - one for each fate
    """What will be done, in words."""
    if line.looking:
        return tr("Reading…")
    match line.fate:
        case Fate.DECIDE:
            return _question(line)
        case Fate.CANNOT:
            return tr("Cannot: {why}").format(why=reason_words(line))
        case Fate.REPLACE:
            return tr("Replace {months}").format(months=how_many_months(len(line.reviewed.replaceable)))
        case Fate.ADD:
            return _add(line)
        case Fate.KEPT:
            return tr("Keep what is loaded")
        case Fate.SAME:
            return tr("Same as {file}").format(file=twin_name(line))
        case _:
            return _PLAIN[line.fate]()


def _add(line: Line) -> str:
    standing = line.reviewed.standing
    if standing.closes and not set(standing.fresh) - set(standing.closes):
        return tr("Close the hole in {months}").format(months=how_many_months(len(standing.closes)))
    there = len(standing.equal) + (len(standing.differing) if line.if_loaded == "skip" else 0)
    if there:
        fresh = how_many_months(len(standing.fresh))
        return tr("Add {months}, {n} already there").format(months=fresh, n=number(there))
    if line.without_damaged and line.reviewed.damaged:
        return tr("Add without {cells}").format(cells=damaged_words(len(line.reviewed.damaged)))
    return tr("Add, no use in it") if line.todo is Todo.ADD_EMPTY else tr("Add")


def twin_name(line: Line) -> str:
    """The other file of the review that has the same months; with its folder, or its sheet, where the name is equal."""
    twin = line.reviewed.twin
    if twin is None:
        return ""
    other, own = (PurePath(file.replace("!/", "/")) for file in (twin.file, line.reviewed.file))
    if twin.file == line.reviewed.file and twin.sheet:
        return f"{other.name} › {twin.sheet}"
    return f"{other.parent.name}/{other.name}" if other.name == own.name and other.parent.name else other.name


_PLAIN = {
    Fate.ALREADY: lambda: tr("Already there"),
    Fate.ASIDE: lambda: tr("Keep aside"),
    Fate.LEFT_OUT: lambda: tr("Leave out"),
    Fate.DONE: lambda: tr("Added"),
    Fate.NO_REPORT: lambda: tr("No report in it"),
}


def _question(line: Line) -> str:
    differing = len(line.reviewed.standing.differing)
    asked = {
        Todo.REPORT: tr("Decide: which report?"),
        Todo.RELEASE: tr("Decide: Release 5 or 5.1?"),
        Todo.PERIOD: tr("Decide: which month?") if _is_one_heading(line) else tr("Decide: which months?"),
        Todo.SOURCE: tr("Decide: which source?"),
        Todo.MEMBER: tr("Decide: which member?"),
        Todo.TWIN: tr("Decide: two files differ"),
        Todo.OTHER_RELEASE: tr("Decide: which release?"),
        Todo.OVERLAPS: tr("Decide: {months} overlap").format(months=how_many_months(differing)),
    }
    differs = tr("Decide: 1 month differs") if differing == 1 else tr("Decide: {n} months differ")
    return asked.get(line.todo, differs.format(n=number(differing)))


def _is_one_heading(line: Line) -> bool:
    return line.reviewed.question is not None and len(line.reviewed.question.cells) == 1


def reason_words(line: Line) -> str:
    """Why a report cannot be added."""
    count = len(line.reviewed.damaged)
    match line.todo:
        case Todo.DAMAGED:
            return damaged_words(count)
        case _ if not line.reviewed.is_report:
            return tr("it cannot be read") if line.reviewed.is_broken else tr("no report in it")
        case _:
            problem = line.reviewed.problem or line.reviewed.standing.problem
            title = problem.title.removeprefix("The report has ") if problem else ""
            return title[:1].lower() + title[1:]


def report_words(reviewed: Reviewed) -> str:
    """`TR_J1 · 5.1 · Journal Requests`: what tells one from the other stands first."""
    if reviewed.candidates and not reviewed.is_report:
        return tr("Choose…")
    name = reviewed.definition.name.replace(" Master Report", " Report") if reviewed.definition else ""
    code = reviewed.definition.report_id if reviewed.definition else ""
    return " · ".join(part for part in (code, _release(reviewed), name or reviewed.delivered_name) if part)


def report_tip(reviewed: Reviewed) -> str:
    """Code, release and name as delivered."""
    code = reviewed.definition.report_id if reviewed.definition else ""
    return ", ".join(part for part in (code, reviewed.delivered_name) if part)


def _release(reviewed: Reviewed) -> str:
    if reviewed.possible:
        return tr(" or ").join(map(str, sorted(reviewed.possible)))
    return str(reviewed.release) if reviewed.release else ""


def source_words(line: Line) -> str:
    """The source's name, or the question."""
    if not line.reviewed.is_report or line.reviewed.problem is not None:
        return "" if line.todo is not Todo.MEMBER else line.reviewed.proposal.name
    return tr("Choose…") if line.todo is Todo.SOURCE else line.reviewed.proposal.name


def proposal_words(proposal: Proposal) -> str:  # noqa: PLR0911 - one for each reason
    """Why this source is proposed."""
    match proposal.reason:
        case Reason.CHOSEN:
            return tr("chosen by you")
        case Reason.FILE_NAME:
            return tr("its number stands in the file's name")
        case Reason.SAME_PLATFORM if proposal.like == 1:
            return tr("same platform as 1 loaded report")
        case Reason.SAME_PLATFORM:
            return tr("same platform as {n} loaded reports").format(n=number(proposal.like))
        case Reason.SAME_NAME:
            return tr("the report gives this name")
        case Reason.NEW:
            return tr("new source, named as in the report")
        case Reason.ALIKE:
            return tr("more than one source may be meant")
        case Reason.NAMELESS:
            return tr("the report names neither a platform nor who made it")


def months_words(names: Sequence[str], of: bool = True) -> str:
    """`Jan – Dec 2023 · 12`, with holes `Jan – Dec 2023 · 10 of 12`."""
    if not names:
        return ""
    first, last = day(names[0]), day(names[-1])
    whole = (last.year - first.year) * 12 + last.month - first.month + 1
    count = number(len(names)) if whole == len(names) else tr("{n} of {all}").format(n=len(names), all=whole)
    return f"{months(first, last)} · {count}" if of else months(first, last)


def spoken_months(names: Sequence[str]) -> str:
    """`January 2016 to December 2016`."""
    if not names:
        return tr("no months")
    first, last = spoken_month(day(names[0])), spoken_month(day(names[-1]))
    return first if first == last else tr("{first} to {last}").format(first=first, last=last)


def month_names(names: Sequence[str]) -> str:
    """`Mar – May 2023` for neighbours, else one by one."""
    if len(names) > 1 and months_words(names).endswith(f" {number(len(names))}"):
        return months(day(names[0]), day(names[-1]))
    shown = ", ".join(month(day(name)) for name in names[:4])
    return shown if len(names) <= 4 else tr("{months} and {n} more").format(months=shown, n=number(len(names) - 4))  # noqa: PLR2004


def file_words(reviewed: Reviewed) -> str:
    """The file's name and the sheet."""
    name = PurePath(reviewed.file.replace("!/", "/")).name
    return f"{name} › {reviewed.sheet}" if reviewed.sheet else name


def spoken_line(line: Line) -> str:
    """The whole row for the ear, at its first cell."""
    reviewed = line.reviewed
    name = reviewed.definition.name if reviewed.definition else tr("no report")
    release = tr("release {release}").format(release=_release(reviewed)) if _release(reviewed) else ""
    if line.todo is Todo.REPORT:
        return f"{fate_words(line)} {file_words(reviewed)}, {', '.join(reviewed.candidates)}"
    rows = tr("{n} rows").format(n=number(reviewed.rows))
    findings = findings_words(line).replace(" · ", ", ")
    fresh = tr("new") if line.is_new else ""
    parts = (
        fresh,
        name,
        release,
        source_words(line),
        spoken_months(reviewed.months),
        rows,
        findings,
        file_words(reviewed),
    )
    return f"{fate_words(line)}. {', '.join(part for part in parts if part)}"
