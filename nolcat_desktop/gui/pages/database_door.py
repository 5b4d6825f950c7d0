"""Ways to taking over: the menu, and a dump or export of NoLCAT's database among files that are opened or dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.window import Window
from nolcat_desktop.progress import Progress

_DUMP = re.compile(r".+\.(?:sql|dump)(?:\.(?:gz|bz2|xz|zst))?", re.IGNORECASE)
_EXPORT = re.compile(r".+\.(?:csv|tsv|txt|parquet)(?:\.(?:gz|bz2|xz|zst))?", re.IGNORECASE)
_MOST = 8
"""Exports that are looked at: more are a folder of reports."""


class DatabaseDoor(QObject):
    """Belongs to one window."""

    def __init__(self, window: Window) -> None:
        """Take over into the library of `window`."""
        super().__init__(window)
        self._window = window

    def why_not(self) -> str:
        """Why nothing can be taken over now; empty: it can."""
        context = self._window.context
        if context.library is None:
            return self.tr("No library is open")
        if context.sample_folder is not None and context.library_folder == context.sample_folder:
            return self.tr("The sample library takes only its own numbers: open your own library first")
        return ""

    def open(self, file: Path | None = None) -> None:
        """Ask where NoLCAT's data is; with a file, look at it at once."""
        reason = self.why_not()
        if reason:
            self._window.say(Notice(f"{reason}.", Level.CHECK))
            return
        from nolcat_desktop.gui.pages.database_dialog import TakeOverDialog  # seldom wanted

        window = self._window
        dialog = TakeOverDialog(window.context, window.chooser, window)
        dialog.taken.connect(self._taken)
        dialog.show()
        if file is not None:
            dialog.start_with(file)

    def dumps_apart(self, paths: Sequence[Path]) -> list[Path]:
        """The `paths` that are to be checked as reports; dumps among them are offered to be taken over.

        Names decide what is held back; the content decides what is offered, read in a thread.
        """
        dumps = [path for path in paths if _DUMP.fullmatch(path.name)]
        exports = [path for path in paths if _EXPORT.fullmatch(path.name)]
        for path in dumps:
            self._look(path, held_back=True)
        if len(exports) <= _MOST:
            for path in exports:
                self._look(path, held_back=False)
        return [path for path in paths if path not in dumps]

    def _look(self, path: Path, held_back: bool) -> None:
        def work(_progress: Progress) -> object:
            from nolcat_desktop.workflow.taking_over_from import recognised  # seldom wanted

            return recognised(path)

        def done(form: object) -> None:
            if form is not None and held_back:
                self.open(path)
            elif form is not None:
                self._offer(path)
            elif held_back:
                self._window.go("add", [path])

        self._window.context.runner.start(self.tr("Looking"), work, done=done, quiet=True)

    def _offer(self, path: Path) -> None:
        text = self.tr("{file} is no report: it is what NoLCAT's database holds, and can be taken over from it.")
        take = Choice(self.tr("Take over from NoLCAT's database…"), lambda: self.open(path))
        self._window.say(Notice(text.format(file=path.name), Level.CHECK, (take,)))

    def _taken(self, found: object) -> None:
        from nolcat_desktop.gui.pages.database_words import how_many
        from nolcat_desktop.workflow.taking_over import TakenOver

        if isinstance(found, TakenOver) and found.entry is not None:
            n = how_many(found)
            text = self.tr("Taken over from NoLCAT: 1 report, {rows} rows.")
            if n != 1:
                text = self.tr("Taken over from NoLCAT: {n} reports, {rows} rows.")
            rows = number(sum(line.rows for line in found.lines))
            entry = found.entry
            undo = Choice(self.tr("Undo"), lambda: self._window.door.undo_entry(entry))
            self._window.say(Notice(text.format(n=number(n), rows=rows), Level.OK, (undo,)))
