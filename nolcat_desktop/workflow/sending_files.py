"""The library's files as they could be sent: counted, described, and refused where sending them would be wrong."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from nolcat_desktop.counter.months import in_words
from nolcat_desktop.dataset import Library, SourceList, read_sources
from nolcat_desktop.dataset.layout import SOURCES, named
from nolcat_desktop.dataset.sending_state import PartFacts, check_content, facts_of, sending_state
from nolcat_desktop.objects import Kind, Manifest, StoredObject
from nolcat_desktop.sync.arrival import Means
from nolcat_desktop.sync.chain import Facts
from nolcat_desktop.sync.local_file import reading
from nolcat_desktop.sync.plan import Local
from nolcat_desktop.sync.sums import hash_of, sha256_of, stamp_of
from nolcat_desktop.workflow.sample_content import refuse_sample
from nolcat_desktop.workflow.sending_sources import check_ids, says_the_same, together


@dataclass(slots=True)
class Here:
    """The library's files, and what they hold."""

    files: list[Local] = field(default_factory=list)
    facts: dict[str, Facts] = field(default_factory=dict)
    """By key, of what is not named with the same content by the newest manifest."""


def files_here(
    library: Library, means: Means, there: Mapping[str, StoredObject], newest: Manifest | None, with_originals: bool
) -> Here:
    """The parts and originals of the library.

    Args:
        library: The library.
        means: Whose catalog knows what was counted before.
        there: What lies in the bucket.
        newest: The newest complete set.
        with_originals: Whether all originals are to be sent; those that were sent once always are.

    Raises:
        NolcatError: If a part is missing or damaged, or holds made-up numbers of the sample.
        Cancelled: If the user asked to stop.
    """
    state = sending_state(library)
    named_there = {entry.key: entry for entry in newest.objects} if newest else {}
    names = library.sources().names()
    here = Here()
    for path in means.progress.over("Counting", state.paths):
        key = means.store.location.key(path)
        file = library.layout.at(path)
        sha256, size = counted(path, file, means)
        if state.expected.get(path, sha256) != sha256:
            check_content(library.layout, path, sha256)
        about = ""
        entry, lying = named_there.get(key), there.get(key)
        if entry is None or entry.sha256 != sha256 or lying is None or lying.sha256 != sha256:
            facts = facts_of(library, path)
            refuse_sample(facts.originals)
            here.facts[key] = _told(facts)
            about = _about(facts, names)
        local = Local(key, Kind.PART, sha256, file, None, size, about, state.earlier.get(path, ()))
        here.files.append(local)
    here.files += _originals(library, means, named_there, with_originals)
    return here


def counted(path: str, file: Path, means: Means) -> tuple[str, int]:
    """SHA-256 and bytes of a file; not counted again while nobody touches it."""
    with reading(path):
        stamp = stamp_of(file)
        known = means.catalog.counted(path, stamp)
        if known is None:
            known = sha256_of(file, means.progress.check)
            if stamp_of(file) == stamp:
                means.catalog.count(path, stamp, known, time.time_ns())
    return known, stamp.bytes


def _originals(library: Library, means: Means, named_there: Mapping[str, object], all_of_them: bool) -> list[Local]:
    """Originals are named by their content, so they need not be counted to be compared."""
    folder = library.layout.originals
    found = []
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        key = means.store.location.key(f"originals/{file.name}")
        if len(file.name) == 64 and file.is_file() and (all_of_them or key in named_there):  # noqa: PLR2004 - SHA-256
            found.append(Local(key, Kind.ORIGINAL, file.name, file, None, file.stat().st_size, "original"))
    return found


def sources_here(
    library: Library, means: Means, there: StoredObject | None, our_names: bool
) -> tuple[Local, Facts] | None:
    """The list of sources as it is to lie in the bucket: what is there, and what only this library has.

    Raises:
        NolcatError: If an id is known to this computer only, or means another source there. Nothing was sent then.
    """
    ours = library.sources()
    theirs = _list_in(means.store.read(there.key)) if there is not None else SourceList()
    used = {source for path in library.layout.parts() if (source := _source_in(path)) is not None}
    check_ids(ours, theirs, used, library.decisions().own_numbering, our_names)
    key = means.store.location.key(SOURCES)
    whole = together(ours, theirs, our_names)
    if not whole.rows:
        return None
    file = library.layout.at(SOURCES)
    facts = Facts(rows=len(whole.rows))
    if there is not None and there.sha256 is not None and says_the_same(whole, theirs):
        return Local(key, Kind.SOURCES, there.sha256, None, b"", there.bytes), facts
    with reading(SOURCES):
        content = file.read_bytes() if file.is_file() and says_the_same(whole, ours) else whole.as_csv()
    before = (there.sha256,) if there is not None and there.sha256 is not None else ()
    about = "the list of statistics sources"
    return Local(key, Kind.SOURCES, hash_of([content]), None, content, len(content), about, before), facts


def _list_in(text: bytes) -> SourceList:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "statistics_sources in the bucket.csv"
        file.write_bytes(text)
        return read_sources(file)


def _source_in(path: str) -> int | None:
    found = named(path.rpartition("/")[2])
    return found[0] if found else None


def _told(facts: PartFacts) -> Facts:
    return Facts(facts.rows, facts.source_id, facts.report_type, facts.releases, facts.months, facts.superseded)


def _about(facts: PartFacts, names: Mapping[int, str]) -> str:
    """`EBSCO, Jan – Sep 2026`."""
    source = names.get(facts.source_id or 0) or (f"source {facts.source_id}" if facts.source_id else "")
    if facts.superseded:
        return f"{source}, emptied: its numbers are elsewhere or were removed"
    return ", ".join(part for part in (source, span(facts.months)) if part)


def span(months: Iterable[str]) -> str:
    """`Jan – Sep 2026`, `Nov 2025 – Feb 2026`, `Mar 2023`; empty for none."""
    listed = sorted(months)
    if not listed:
        return ""
    first, last = in_words(listed[0]), in_words(listed[-1])
    if first == last:
        return first
    return f"{first[:3] if first[4:] == last[4:] else first} – {last}"
