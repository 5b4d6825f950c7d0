"""Mending a library: what can be made again goes into place, under the library's lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import polars as pl

from nolcat_desktop.dataset.assemble import write_usage
from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.files import replace_file, sha256_of, sync_file
from nolcat_desktop.dataset.journal import Journal, append, read_journal, repair_journal
from nolcat_desktop.dataset.layout import Layout
from nolcat_desktop.dataset.loads import Load
from nolcat_desktop.dataset.lock import writing
from nolcat_desktop.dataset.mending import (
    DamagedPart,
    bring_back,
    damaged_parts,
    first_record,
    mended_record,
    new_history,
    publish_mended,
)
from nolcat_desktop.dataset.parts import Holding, scan_file
from nolcat_desktop.dataset.publish import DONE, ROLLED_BACK, Change, clear_unfinished, pending, recover
from nolcat_desktop.dataset.run import prepare
from nolcat_desktop.dataset.run_record import contents
from nolcat_desktop.dataset.staging import Setting
from nolcat_desktop.dataset.tally import tally
from nolcat_desktop.problem import NolcatError


class Mending:
    """Collects what is made again; made by `mending`."""

    def __init__(self, setting: Setting, history_lost: bool) -> None:
        """Look at what is damaged."""
        self._setting = setting
        self.history_lost = history_lost
        """Whether the history had to be begun anew: nothing before can be undone."""
        self.damaged = damaged_parts(setting.layout, setting.journal)
        """Parts that are not there as the history says."""
        self._changes: list[Change] = []
        self._holdings: list[Holding] = []

    def bring_back(self, part: DamagedPart) -> None:
        """Put the kept bytes of a part into its place."""
        bring_back(self._setting.layout, part)

    def put(self, part: DamagedPart, loads: Sequence[tuple[Load, pl.LazyFrame]]) -> bool:
        """Write a part anew from what was read again of its originals.

        Args:
            part: The damaged part.
            loads: Its loads in order, each with its usage.

        Returns:
            Whether the sums are those that the loads announce and the history remembers; else nothing is put.

        Raises:
            NolcatError: If the disk refuses.
        """
        wanted = [(lost.rows, lost.total) for lost in part.loads or ()]
        if wanted != [(load.rows, load.tally.total) for load, _ in loads]:
            return False
        made = self._setting.layout.unfinished / f"mended-{len(self._changes)}.parquet"
        write_usage(pl.concat([usage for _, usage in loads]), made, [load for load, _ in loads])
        offset = 0
        for load, _ in loads:
            if tally(scan_file(made).slice(offset, load.rows)) != load.tally:
                return False
            self._holdings.append(Holding(part.path, made, offset, load, load))
            offset += load.rows
        with disk(made):
            sync_file(made)
            after = sha256_of(made)
            replace_file(made, self._setting.layout.unfinished / after)
        self._changes.append(Change(part.path, part.wanted, after))
        return True

    def commit(self) -> None:
        """Put what was made into place.

        Raises:
            NolcatError: If the disk refuses.
        """
        setting, changes = self._setting, self._changes
        if not changes:
            return
        told = mended_record(setting, [change.path for change in changes], contents(changes, self._holdings))
        publish_mended(setting.layout, setting.journal, changes, told, setting.before_step)


@contextmanager
def mending(setting: Setting) -> Iterator[Mending]:
    """Hold a library, however damaged, for mending.

    Args:
        setting: As for a run; its journal and entry are found here.

    Raises:
        NolcatError: If another program is writing, or the disk refuses.
    """
    layout = setting.layout
    with writing(layout):
        journal = read_journal(layout)
        lost = _is_lost(journal, layout)
        entry = 1 + max((int(record.get("entry", 0)) for record in journal.records), default=0)
        made = Setting(layout, journal, entry, setting.program, setting.what, setting.when, setting.before_step)
        journal = new_history(layout, journal, made) if lost else _in_order(made, journal)
        prepare(layout)
        try:
            yield Mending(
                Setting(layout, journal, entry + lost, made.program, made.what, made.when, made.before_step), lost
            )
        finally:
            clear_unfinished(layout)


def foreseen(setting: Setting) -> tuple[bool, tuple[DamagedPart, ...], Journal]:
    """What mending would find, and the history that it would go by; nothing is changed.

    Args:
        setting: As for a run; its journal and entry are found here.

    Returns:
        Whether the history would be begun anew, the parts that are not as it says, and that history.

    Raises:
        NolcatError: If a folder cannot be read.
    """
    layout = setting.layout
    journal = read_journal(layout)
    lost = _is_lost(journal, layout)
    if lost:
        with disk(layout.folder):
            first = first_record(layout, journal, setting)
        journal = Journal(({"n": 1, **first}, {"n": 2, "kind": DONE, "of": 1}))
    return lost, damaged_parts(layout, journal), journal


def _is_lost(journal: Journal, layout: Layout) -> bool:
    return journal.broken or journal.forked or (not journal.records and bool(layout.parts()))


def _in_order(setting: Setting, journal: Journal) -> Journal:
    """The history in step, with nothing pending: what can go neither on nor back counts as not done."""
    repair_journal(setting.layout, journal)
    journal = Journal(journal.records)
    try:
        return recover(setting.layout, journal)
    except NolcatError:
        record = pending(journal)
        if record is None:
            raise
        return append(setting.layout, journal, {"kind": ROLLED_BACK, "of": record["n"]})
