"""Looking after the library: seeing that all is whole, making again what is not, freeing what earlier versions take."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from nolcat_desktop import __version__
from nolcat_desktop.dataset import Fault, Library, Tidying
from nolcat_desktop.gui.answer_box import AnswerBox
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.library_work import LibraryWork, Work
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.rebuild_list import FoundDialog
from nolcat_desktop.gui.rebuild_words import Found, how_many, of_check, of_rebuilding
from nolcat_desktop.gui.window import Window
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.rebuilding import Rebuilding, rebuilding_apart


class Upkeep(QObject):
    """Belongs to one window."""

    def __init__(self, window: Window) -> None:
        """Look after the library of `window`."""
        super().__init__(window)
        self._window = window
        self._work = LibraryWork(window.context, self)
        self._work.said.connect(window.say)

    def check(self) -> None:
        """Read everything in the library, and say what is wrong."""
        work = Work(self.tr("Checking the library"), Library.verify, told=True)
        self._work.look(work, self._checked, quiet=False)

    def rebuild(self) -> None:
        """Find out what is damaged and what can be made again of it; nothing is changed before that was seen."""
        self._rebuild(self.tr("Looking what can be made again"), look_only=True)

    def tidy(self) -> None:
        """Say what would be freed, and ask: this is the one thing that cannot be taken back."""
        self._work.look(Work(self.tr("Looking"), Library.tidying), self._ask)

    def _checked(self, faults: list[Fault]) -> None:
        if not faults:
            self._window.say(Notice(self.tr("The library was checked: everything in it is whole."), Level.OK))
            return
        text = self.tr("The check found 1 thing.")
        if len(faults) > 1:
            text = self.tr("The check found {n} things.").format(n=number(len(faults)))
        mend = Choice(self.tr("See what can be made again…"), self.rebuild)

        def show() -> None:
            self._show(self.tr("Check the library"), text, of_check(faults, self._names()), mend)

        self._window.say(Notice(text, Level.SERIOUS, (Choice(self.tr("Show"), show), mend)))
        show()

    def _rebuild(self, name: str, look_only: bool) -> None:
        context = self._window.context
        folder, runner, when, library = context.library_folder, context.runner, context.clock(), context.library
        if folder is None:
            return

        def work(progress: Progress) -> Rebuilding:
            if library is not None:
                library.presence.check()
            given = (folder, when, __version__, look_only)
            return runner.apart.do(rebuilding_apart, *given, progress=progress, writes=not look_only)

        done = self._foreseen if look_only else self._rebuilt
        runner.start(name, work, done=done, failed=self._work.tell, writes=not look_only)

    def _foreseen(self, found: Rebuilding) -> None:
        lines, n = of_rebuilding(found, self._names(), done=False), how_many(found)
        if not lines:
            self._window.say(Notice(self.tr("Nothing is damaged: there is nothing to make again."), Level.OK))
            return
        text = self.tr("Nothing of it can be made again from what is here. Nothing was changed.")
        choice = None
        if n:
            text = self.tr("{n} of {m} would be made again. Nothing was changed yet.")
            words = self.tr("Make 1 again") if n == 1 else self.tr("Make {n} again").format(n=number(n))
            doing = self.tr("Making again what is damaged")
            choice = Choice(words, lambda: self._rebuild(doing, look_only=False))
        text = text.format(n=number(n), m=number(len(lines)))
        self._show(self.tr("Rebuild"), text, lines, choice)

    def _rebuilt(self, found: Rebuilding) -> None:
        context = self._window.context
        if context.library is None and context.library_folder is not None:
            self._window.door.open(context.library_folder)
        else:
            context.library_changed.emit()
        lines, n = of_rebuilding(found, self._names(), done=True), how_many(found)
        left = len(lines) - n
        text = self.tr("Made again: {n}. Everything in the library is whole.")
        if left:
            text = self.tr("Made again: {n}. Left as they are: {m}.")
        text = text.format(n=number(n), m=number(left))
        title = self.tr("What was made again")
        show = Choice(self.tr("Show"), lambda: self._show(title, text, lines, None))
        self._window.say(Notice(text, Level.SERIOUS if left else Level.OK, (show,)))
        self._show(title, text, lines, None)

    def _show(self, title: str, sentence: str, found: list[Found], choice: Choice | None) -> None:
        FoundDialog(title, sentence, found, self._window, choice).show()

    def _names(self) -> Mapping[int, str]:
        library = self._window.context.library
        try:
            return library.sources().names() if library is not None else {}
        except NolcatError:
            return {}

    def _ask(self, found: Tidying) -> None:
        if not found.bytes_of_versions:
            self._window.say(Notice(self.tr("There is nothing to tidy up: no earlier version takes any room.")))
            return
        told = self.tr("1 entry of the history cannot be taken back afterwards.")
        if len(found.entries) != 1:
            told = self.tr("{n} entries of the history cannot be taken back afterwards.")
        stays = self.tr("Your numbers and the original files stay.")
        title = self.tr("Free {size} of earlier versions").format(size=size_words(found.bytes_of_versions))
        told = f"{told.format(n=number(len(found.entries)))} {stays}"
        answers = (Choice(self.tr("Tidy up"), self._tidy), Choice(self.tr("Cancel"), lambda: None))
        AnswerBox(self._window, Problem(title, told, ""), answers, first=1, copies=False).open()

    def _tidy(self) -> None:
        self._work.change(Work(self.tr("Tidying up"), Library.tidy), self._tidied)

    def _tidied(self, freed: Tidying) -> None:
        text = self.tr("Freed {size}. Your numbers are as they were.")
        self._window.say(Notice(text.format(size=size_words(freed.bytes_of_versions))))


def size_words(size: int) -> str:
    """`1.1 MB`."""
    value, unit = float(size), "B"
    for unit in ("B", "KB", "MB", "GB"):
        if value < 1000 or unit == "GB":  # noqa: PLR2004 - the next unit
            break
        value /= 1000
    return f"{number(round(value))} {unit}" if unit == "B" or value >= 10 else f"{value:.1f} {unit}"  # noqa: PLR2004
