"""What a run writes beside the library before anything is published: parts, the list of sources, the README."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from nolcat_desktop.dataset.assemble import may_be_the_part, write_part, write_superseded
from nolcat_desktop.dataset.border import damaged_part, disk
from nolcat_desktop.dataset.files import make_folder, replace_file, sha256_of, sync_file, write_file
from nolcat_desktop.dataset.journal import Journal
from nolcat_desktop.dataset.layout import ASIDE, README, SOURCES, Layout, part_path
from nolcat_desktop.dataset.loads import Load
from nolcat_desktop.dataset.parts import Holding
from nolcat_desktop.dataset.publish import BeforeStep, Change, state_of
from nolcat_desktop.dataset.readme import README_TEXT
from nolcat_desktop.dataset.sources import SourceList


@dataclass(frozen=True, slots=True)
class Setting:
    """What a run works with."""

    layout: Layout
    journal: Journal
    entry: int
    program: str
    what: str
    when: datetime
    before_step: BeforeStep


class Staging:
    """Writes into the run's own folder."""

    def __init__(self, setting: Setting) -> None:
        """Nothing written yet."""
        self._setting = setting
        self._made = 0

    def working_file(self) -> Path:
        """A name that nobody has."""
        self._made += 1
        return self._setting.layout.unfinished / f"working-{self._made}.parquet"

    def part_change(self, path: str, holdings: Sequence[Holding]) -> Change | None:
        """Write the part anew from those of `holdings` that lie in it; None when it would be what it is."""
        layout = self._setting.layout
        before = self._before(path)
        live = sorted((each for each in holdings if each.path == path and each.load.states), key=_order)
        made = self.working_file()
        self._setting.before_step(f"write {path}")
        if not live and path not in sent_parts(self._setting.journal):
            return Change(path, before, None) if before else None
        if not live:
            write_superseded(made)
        elif may_be_the_part(live):
            made = live[0].file
        else:
            write_part(live, made)
        with disk(path):
            sync_file(made)
            after = sha256_of(made)
            replace_file(made, layout.unfinished / after)
        return Change(path, before, after) if after != before else None

    def sources_change(self, changed: SourceList) -> Change:
        """Write the list of sources anew."""
        layout = self._setting.layout
        current = layout.at(SOURCES)
        with disk(current):
            before = sha256_of(current) if current.is_file() else None
            made = self.working_file()
            write_file(made, changed.as_csv())
            after = sha256_of(made)
            replace_file(made, layout.unfinished / after)
        return Change(SOURCES, before, after)

    def write_readme(self) -> None:
        """Say what the folder is, unless somebody did."""
        target = self._setting.layout.folder / README
        with disk(target):
            if not target.exists():
                made = self.working_file()
                write_file(made, README_TEXT.encode())
                replace_file(made, target)

    def _before(self, path: str) -> str | None:
        """SHA-256 of the part as it is, which must be what the history says."""
        file = self._setting.layout.at(path)
        with disk(path):
            found = sha256_of(file) if file.is_file() else None
        state = state_of(self._setting.journal.records)
        if path in state and state[path] != found:
            raise damaged_part(path, "it is not the file that was written here")
        return found


def prepare(layout: Layout) -> None:
    """Make the folders that a run writes into, the run's own one empty.

    Raises:
        NolcatError: If the folder cannot be written.
    """
    with disk(layout.folder):
        if layout.unfinished.exists():
            shutil.rmtree(layout.unfinished)
        make_folder(layout.unfinished)


def sent_parts(journal: Journal) -> frozenset[str]:
    """Paths of the parts that were sent once."""
    return frozenset(path for record in journal.records if record["kind"] == "sent" for path in record["parts"])


def aside_path(load: Load) -> str:
    """Where a load is kept that is not live; a name made from what it is."""
    told = f"{load.sha256} {load.sheet} {load.entry} {load.scope.member}"
    name = hashlib.sha256(told.encode()).hexdigest()[:16]
    return f"{ASIDE}/{load.source_id}_{load.report_type}_{name}.parquet"


def place_of(load: Load) -> str:
    """Path of the part that a live load belongs to."""
    return part_path(*_place(load))


def _place(load: Load) -> tuple[int, str, date | None]:
    return load.source_id, load.report_type, load.harvested


def _order(held: Holding) -> tuple[int, int]:
    return (1, held.load.entry) if held.pending else (0, held.offset)
