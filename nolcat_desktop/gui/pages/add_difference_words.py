"""What the difference between a report and what is loaded is said in: sentences, and cells of its two tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import PurePath

import polars as pl

from nolcat_desktop.gui.cell_text import change, month, number, spoken_month
from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.gui.pages.add_plain_table import Cell
from nolcat_desktop.gui.pages.add_words import day, how_many_months, month_names, months_words, report_words, tr
from nolcat_desktop.workflow.review_parted import Parted
from nolcat_desktop.workflow.review_plan import Todo, Twin, whole_months

_HALF = 0.5
_NAMED = 3
_DASH = "—"
_WARN = "△"


def title_words(line: Line | None) -> str:  # noqa: PLR0911 - one for each case
    """What stands over it: how the report stands to what is loaded."""
    if line is None:
        return ""
    standing = line.reviewed.standing
    count, one = how_many_months(len(standing.differing)), len(standing.differing) == 1
    if line.todo is Todo.TWIN and line.reviewed.twin is not None:
        return twin_words(line.reviewed.twin)
    match line.reviewed.standing.todo:
        case Todo.DIFFERS if standing.counts_are_equal:
            told = tr("The counts of {months} are equal; something else differs from what is loaded.")
            return told.format(months=count)
        case Todo.DIFFERS:
            told = tr("{months} differs from what is loaded") if one else tr("{months} differ from what is loaded")
            return told.format(months=count)
        case Todo.OTHER_RELEASE:
            told = tr("{months} are loaded in another release; the two count differently and are never mixed")
            told_of_one = tr("{months} is loaded in another release; the two count differently and are never mixed")
            return (told_of_one if one else told).format(months=count)
        case Todo.OVERLAPS:
            told = tr("{months} are loaded with other filters or platforms; adding them would count use twice")
            told_of_one = tr("{months} is loaded with other filters or platforms; adding it would count use twice")
            return (told_of_one if one else told).format(months=count)
        case Todo.ALREADY:
            return tr("Loaded already, nothing new: every month is equal.")
        case _:
            return beside_words(line) or tr("Nothing of it is loaded with other numbers.")


def beside_words(line: Line) -> str:
    """That what is loaded of the same report lies beside it and stays, and which years are whole then; empty: none."""
    standing = line.reviewed.standing
    if standing.parted is not None:
        return _parted_words(standing.parted)
    if not standing.beside or not standing.fresh:
        return ""
    told = tr("{new} is added beside {loaded}, which is loaded already. Both are kept.")
    if len(standing.fresh) > 1:
        told = tr("{new} are added beside {loaded}, which is loaded already. Both are kept.")
    told = told.format(new=month_names(standing.fresh), loaded=month_names(standing.beside))
    load = line.reviewed.load
    there = {*standing.beside, *(whole_months(load) if load is not None else ())}
    years = [year for year in sorted({name[:4] for name in standing.beside}) if _is_whole(year, there)]
    if years:
        whole = tr("Together they are the whole of {years}; no use is counted twice.")
        return f"{told} {whole.format(years=', '.join(years))}"
    return f"{told} {tr('No use is counted twice.')}"


def _parted_words(parted: Parted) -> str:
    """That one report is of books and the other of journals, say, and that nothing is in both."""
    told = tr("{months} is loaded for {loaded} only, this report is for {offered}: the two do not overlap.")
    if len(parted.months) > 1:
        told = tr("{months} are loaded for {loaded} only, this report is for {offered}: the two do not overlap.")
    names = (_listed(parted.loaded), _listed(parted.offered))
    told = told.format(months=month_names(parted.months), loaded=names[0], offered=names[1])
    return f"{told} {tr('Both are kept, and no use is counted twice.')}"


def _listed(values: Sequence[str]) -> str:
    """`Book, Journal and 2 more`."""
    shown, more = ", ".join(values[:_NAMED]), len(values) - _NAMED
    return tr("{values} and {n} more").format(values=shown, n=number(more)) if more > 0 else shown


def _is_whole(year: str, there: Collection[str]) -> bool:
    return all(f"{year}-{month:02}" in there for month in range(1, 13))


def twin_words(twin: Twin) -> str:
    """Which other files have other numbers, and that one has to be chosen."""
    names = [PurePath(one.replace("!/", "/")).name for one in twin.files or (twin.file,)]
    shown = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        shown = tr("{files} and {n} more").format(files=shown, n=number(len(names) - _NAMED))
    if twin.sums_are_equal:
        told = tr("{files} has the same sums for {months}, but not the same rows: choose one")
        return told.format(files=shown, months=month_names(twin.months))
    told = tr("{files} has other numbers for {months}: choose one")
    more = tr("{files} have other numbers for {months}: choose one")
    return (told if len(names) == 1 else more).format(files=shown, months=month_names(twin.months))


def against_words(line: Line | None) -> str:
    """Which report it is, and the files it is compared with."""
    if line is None:
        return ""
    reviewed = line.reviewed
    files = ", ".join(file.replace("\\", "/").rsplit("/", 1)[-1] for file, _ in reviewed.standing.against[:3])
    head = f"{reviewed.proposal.name} · {report_words(reviewed)} · {months_words(reviewed.months, of=False)}"
    if line.todo is Todo.TWIN and reviewed.twin is not None:
        other = PurePath(reviewed.twin.file.replace("!/", "/")).name
        return tr("{head}; beside {file}, which waits as well").format(head=head, file=other)
    return tr("{head}; loaded from {files}").format(head=head, files=files)


def foot_words(line: Line | None) -> str:
    """What becomes of the months that do not differ."""
    if line is None:
        return ""
    standing = line.reviewed.standing
    parts = []
    if line.todo is Todo.TWIN:
        return tr("Using one leaves the others out; nothing is written before you add.")
    if standing.closes:
        told = tr("{months}: counts that had been left out can be read here, so that it is taken over.")
        parts.append(told.format(months=month_names(standing.closes)))
    if standing.equal:
        stay = (
            tr("{months} equal: they stay as they are.") if len(standing.equal) > 1 else tr("1 month stays as it is.")
        )
        parts.append(stay.format(months=how_many_months(len(standing.equal))))
    holes = _holes(line)
    if holes:
        told = tr("{months} was missing and comes with it.")
        more = tr("{months} were missing and come with it.")
        parts.append((told if len(holes) == 1 else more).format(months=month_names(holes)))
    if new := len(standing.fresh) - len(holes):
        parts.append(tr("{months} new.").format(months=how_many_months(new)))
    frame = standing.differences
    if frame is not None and any(warns(*counts) for counts in frame[["loaded", "offered"]].iter_rows()):
        parts.append(tr("{sign} gone, or changed by more than half.").format(sign=_WARN))
    parts.append(tr("Undo brings the loaded numbers back at any time."))
    return " ".join(parts)


def _holes(line: Line) -> tuple[str, ...]:
    """Months that nobody has, between others that are loaded; what is kept aside closes none."""
    standing = line.reviewed.standing
    held = (*standing.differing, *standing.equal, *standing.beside)
    if not held or line.if_loaded == "aside":
        return ()
    return tuple(month for month in standing.fresh if min(held) < month < max(held) and month not in standing.closes)


def choice_words(line: Line) -> tuple[tuple[str, str, bool], ...]:
    """Replace, keep, keep aside: in whole words, in few, and whether it is suggested."""
    standing = line.reviewed.standing
    keeps = standing.suggests_keeping or standing.todo is Todo.OVERLAPS
    is_release = standing.todo is Todo.OTHER_RELEASE
    names, keep = month_names(standing.differing), tr("Keep what is loaded")
    match standing.todo:
        case Todo.OTHER_RELEASE:
            told = tr("Use release {release} for {months}")
            replace, keep = told.format(release=line.reviewed.release, months=names), tr("Stay with what is loaded")
        case Todo.OVERLAPS:
            replace = tr("Replace {months} with this report").format(months=names)
        case _:
            replace = tr("Replace {months} with the new numbers").format(months=names)
    return (
        (replace, tr("Replace"), not keeps and not is_release),
        (keep, tr("Keep"), keeps and not is_release),
        (tr("Keep the new aside"), tr("Aside"), False),
    )


def note_words(line: Line) -> str:
    """What the way that is chosen means, or what speaks against replacing."""
    if line.if_loaded == "aside":
        return tr("It is kept in the library, and not counted; to count it, add the file again and replace.")
    if line.if_loaded == "skip":
        return ""
    standing, parts = line.reviewed.standing, []
    if standing.loss is not None:
        loss, share = standing.loss, change(-standing.loss.share)
        names = month_names(standing.differing)
        if loss.kinds:
            told = tr("{kinds} of {months} would go ({share} {metric}).")
            parts.append(told.format(kinds=", ".join(loss.kinds), months=names, share=share, metric=loss.metric))
        else:
            told = tr("Of {months} much would go ({share} {metric}).")
            parts.append(told.format(months=names, share=share, metric=loss.metric))
    if standing.lacking:
        told = tr("Of {months} counts that could not be read were left out when it was loaded; here nothing is.")
        parts.append(told.format(months=month_names(standing.lacking)))
    if standing.is_worse:
        parts.append(
            tr("A spreadsheet program damaged cells of this file, and what is loaded has them whole: see Findings.")
        )
    return f"{_WARN} {' '.join(parts)}" if parts else ""


def changes_words(found: pl.DataFrame) -> str:
    """`1 title has another online_ISSN: 1234-5678 → Apr-34.`, of the first element that differs."""
    if found.is_empty():
        return ""
    _, element, loaded, offered = found.row(0)
    count = found.filter(pl.col("element") == element)["resource_name"].n_unique()
    titles = tr("1 title has another {element}") if count == 1 else tr("{n} titles have another {element}")
    pair = f"{loaded or _DASH} → {offered or _DASH}"
    return f"{titles.format(n=number(count), element=_element(element))}: {pair}."


def _element(column: str) -> str:
    """The name of a column of the library, as reports write it: `Online_ISSN`."""
    return "_".join(part[:1].upper() + part[1:] for part in column.split("_"))


def text_cells(name: str | None, element: str, loaded: str | None, offered: str | None) -> tuple[Cell, ...]:
    """A title with what it has elsewhere than in its counts."""
    return Cell(name or tr("(no title)")), Cell(_element(element)), Cell(loaded or _DASH), Cell(offered or _DASH)


def row_cells(name: str, metric: str, loaded: int | None, offered: int | None) -> tuple[Cell, ...]:
    """A month of a metric: what is loaded, what is new, the change."""
    by = (offered or 0) - (loaded or 0)
    if offered is None:
        part = f"{_WARN} {tr('gone')}"
    elif not loaded:
        part = tr("new")
    else:
        far = f"{_WARN} " if warns(loaded, offered) else ""
        part = far + (change(by / loaded) if by else tr("equal sum"))
    return (
        Cell(month(day(name)), spoken_month(day(name))),
        Cell(metric),
        _count(loaded, tr("loaded")),
        _count(offered, tr("new")),
        Cell(_signed(by)),
        Cell(part),
    )


def warns(loaded: int | None, offered: int | None) -> bool:
    """Whether a change is marked: the count goes, or changes by more than half."""
    return offered is None or bool(loaded and abs(offered - loaded) > loaded * _HALF)


def title_cells(name: str | None, loaded: int | None, offered: int | None) -> tuple[Cell, ...]:
    """A title of a month: what is loaded, what is new, the change."""
    by = (offered or 0) - (loaded or 0)
    named = Cell(name or tr("(no title)"))
    return named, _count(loaded, tr("loaded")), _count(offered, tr("new")), Cell(_signed(by))


def _count(value: int | None, word: str) -> Cell:
    return (
        Cell(_DASH, tr("none {word}").format(word=word))
        if value is None
        else Cell(number(value), f"{number(value)} {word}")
    )


def _signed(by: int) -> str:
    return f"+{number(by)}" if by > 0 else number(by)
