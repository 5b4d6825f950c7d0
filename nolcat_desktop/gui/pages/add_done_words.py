"""What an adding did, in words: the title above the totals, the sentence under it, and the notice at the bottom."""

from __future__ import annotations

from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.pages.add_words import (
    day,
    how_many_files,
    how_many_months,
    how_many_reports,
    months_words,
    tr,
)
from nolcat_desktop.workflow.review_adding import Added
from nolcat_desktop.workflow.review_changes import together

STORED = frozenset({"added", "replaced", "empty", "aside"})


def added_words(added: Added) -> str:
    """`Added 2 reports`, `Replaced 1 month in 1 report`, `Added 2 reports, replaced 3 months`."""
    stored = [line for line in added.converted.lines if line.action in STORED]
    reports, did = how_many_reports(len(stored)), together(added.changed)
    if not stored:
        return tr("Nothing was added")
    if all(line.action == "aside" for line in stored):
        return tr("Kept {reports} aside").format(reports=reports)
    replaced = how_many_months(len(did.replaced))
    if did.replaced and not did.new:
        return tr("Replaced {months} in {reports}").format(months=replaced, reports=reports)
    told = tr("Added {reports}").format(reports=reports)
    return tr("{added}, replaced {months}").format(added=told, months=replaced) if did.replaced else told


def changed_words(added: Added) -> str:
    """`1 month replaced, 11 as before.`; nothing where all is new."""
    did, closed = together(added.changed), {month for line in added.converted.lines for month in line.closed}
    more = tr("Counts that had been left out could be read now: {months}.").format(
        months=months_words(sorted(closed, key=day), of=False)
    )
    if not did.replaced and not did.kept:
        return more if closed else ""
    parts: list[str] = []
    for months, words in ((did.new, tr("new")), (did.replaced, tr("replaced")), (did.kept, tr("as before"))):
        if months:
            parts.append(f"{number(len(months)) if parts else how_many_months(len(months))} {words}")
    return f"{', '.join(parts)}.{f' {more}' if closed else ''}"


def notice_words(added: Added) -> str:
    """`Added 2 reports from 2 files: 1 source, Jan – Mar 2024.`; nothing where nothing was stored."""
    stored = [line for line in added.converted.lines if line.action in STORED]
    if not stored:
        return ""
    sources = {line.source_id for line in stored}
    of = tr("1 source") if len(sources) == 1 else tr("{n} sources").format(n=number(len(sources)))
    did = together(added.changed)
    months = sorted({*did.new, *did.replaced}, key=day)
    where = f"{of}, {months_words(months, of=False)}" if months else of
    files = how_many_files(len({line.file for line in stored}))
    told = tr("{added} from {files}: {where}.").format(added=added_words(added), files=files, where=where)
    return f"{told} {changed_words(added)}".strip() if did.kept and did.replaced else told
