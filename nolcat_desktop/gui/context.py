"""What every place is handed: the open library, the runner, the settings, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nolcat_desktop import __version__
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.gui.theme import Theme
from nolcat_desktop.settings import Settings
from nolcat_desktop.workflow.review_apart import Shelf

SAMPLE_DAY = date(2025, 1, 20)
"""Some weeks after the last of the sample reports."""


class Context(QObject):
    """Belongs to one window. `library` is None until one was opened."""

    library_changed = Signal()
    """Another library was opened, or something was written into this one: look again."""
    named = Signal()
    """The library got another name."""
    settings_changed = Signal()

    def __init__(
        self,
        runner: TaskRunner,
        remembered: Remembered,
        theme: Theme,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        """Keep what is given; the settings are those that the theme wears.

        Args:
            runner: Does all long work.
            remembered: What the program remembers by itself.
            theme: The look; its `changed` tells when to draw anew.
            clock: Tells the time.
            parent: Owner.
        """
        super().__init__(parent)
        self.runner = runner
        self.remembered = remembered
        self.theme = theme
        self.clock = clock
        self.settings = theme.settings
        self.library: Library | None = None
        self.sample_folder: Path | None = None
        """Where the sample library is kept."""
        self.library_folder: Path | None = None
        """Also known while the library cannot be opened."""
        self.name_of: Callable[[Path | None], str] = lambda folder: folder.name if folder is not None else ""
        """What the library in a folder is called; who keeps the list of libraries knows better."""

    def set_library(self, library: Library | None) -> None:
        """Another library is open now."""
        self.library = library
        if library is not None:
            self.library_folder = library.layout.folder
        self.library_changed.emit()

    def put_name(self, name: str) -> None:
        """Call the open library `name` on this computer."""
        self.remembered.put(f"name of {self.library_folder}", name)
        self.named.emit()

    def today(self) -> date:
        """The day that decides which months are due: in the sample library, whose months end, always the same."""
        return SAMPLE_DAY if self.is_sample else self.clock().date()

    @property
    def is_sample(self) -> bool:
        """Whether the sample library is open."""
        return self.sample_folder is not None and self.library_folder == self.sample_folder

    def shelf(self) -> Shelf | None:
        """The open library, for work that is done in another process."""
        library = self.library
        if library is None:
            return None
        return Shelf(library.layout.folder, __version__, self.clock(), library.presence.is_made)

    def set_settings(self, settings: Settings) -> None:
        """Put `settings` on at once."""
        if settings != self.settings:
            self.settings = settings
            self.theme.use(settings)
            self.settings_changed.emit()
