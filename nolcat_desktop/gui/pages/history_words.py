"""The words of History: what an entry did, of which sources, in how many rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from nolcat_desktop.dataset import Entry
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.pages.coverage_facts import Fact
from nolcat_desktop.gui.words import day_and_time
from nolcat_desktop.workflow.surveying import months_in_words


def entry_words(entry: Entry) -> str:
    """What was done: `Added 6 files`."""
    if entry.what != "add":
        what = months_in_words(entry.what)
        return what[:1].upper() + what[1:]
    tr, files = QCoreApplication.translate, len(entry.originals)
    told = tr("history", "Added 1 file") if files == 1 else tr("history", "Added {n} files").format(n=number(files))
    months = {(one.source_id, one.report_type, one.restatement.month) for one in entry.restated}
    if not months:
        return told
    if len(months) == 1:
        return tr("history", "{added}, 1 month corrected").format(added=told)
    return tr("history", "{added}, {n} months corrected").format(added=told, n=number(len(months)))


def source_ids(entry: Entry) -> tuple[int, ...]:
    """The sources it was about; of an entry that does not say, those whose parts changed: their names begin with it."""
    if entry.source_ids:
        return tuple(sorted(set(entry.source_ids)))
    starts = {PurePath(path).name.partition("_")[0] for path in entry.parts}
    return tuple(sorted(int(start) for start in starts if start.isdigit()))


def sources_words(entry: Entry, names: Mapping[int, str]) -> str:
    """The one source by its name, several by their number."""
    found = source_ids(entry)
    if len(found) == 1:
        return names.get(found[0], str(found[0]))
    return QCoreApplication.translate("history", "{n} sources").format(n=number(len(found))) if found else ""


def entry_fact(entry: Entry, names: Mapping[int, str], today: date) -> Fact:
    """The row of an entry; one that was undone is struck through, and says so."""
    tr = QCoreApplication.translate
    what, undone = entry_words(entry), tr("history", "undone")
    shown = f"{what} · {undone}" if entry.undone else what
    rows = number(entry.rows) if entry.rows else ""
    when, source = day_and_time(entry.when, today), sources_words(entry, names)
    spoken = ", ".join(
        part
        for part in (
            when,
            what,
            undone if entry.undone else "",
            source,
            f"{rows} {tr('history', 'rows')}" if rows else "",
        )
        if part
    )
    return Fact((when, shown, source, rows), entry.entry, spoken=spoken, struck=entry.undone)


def findable_text(entry: Entry, names: Mapping[int, str], today: date) -> str:
    """All that an entry can be found by: its row as it is written, each source by name, each file."""
    sources = [names.get(one, str(one)) for one in source_ids(entry)]
    return " ".join([*entry_fact(entry, names, today).cells, *sources, *entry.originals])


def summary_words(entries: tuple[Entry, ...]) -> str:
    """`214 entries · 3 of them undone`."""
    tr = QCoreApplication.translate
    if not entries:
        return tr("history", "Nothing has been done to this library yet.")
    count, undone = len(entries), sum(entry.undone for entry in entries)
    told = tr("history", "1 entry") if count == 1 else tr("history", "{n} entries").format(n=number(count))
    rest = tr("history", "{n} undone").format(n=number(undone)) if undone else tr("history", "none undone")
    return f"{told} · {rest}"
