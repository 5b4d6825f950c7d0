"""Reports that wait in Add reports, remembered by their files: across a restart, and when the library changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.pages.add_empty import EmptyView
from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_model import ReviewModel
from nolcat_desktop.gui.pages.add_summary import kept_words
from nolcat_desktop.workflow.review_kept import Fields
from nolcat_desktop.workflow.sample_content import is_sample

MOST = 5000
"""Files that are remembered."""
_SAID = ("answers", "decided")
_WAITING = frozenset({Fate.DECIDE, Fate.ADD, Fate.REPLACE, Fate.ASIDE})


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Files with reports that waited; how many reports, and how many of them for a decision."""

    files: tuple[Path, ...] = ()
    reports: int = 0
    undecided: int = 0
    said: Fields = field(default_factory=dict)
    """What was said and decided of them (`Memory.as_json`)."""


class Kept(QObject):
    """One list of files for each library, in the program's state file; the sample library has none."""

    wanted = Signal(object)
    """Files to be looked at again."""
    answered = Signal()

    def __init__(self, context: Context, model: ReviewModel, empty: EmptyView, parent: QObject) -> None:
        """Of the library that is open in `context`; `model` has those that are looked at, `empty` offers the others."""
        super().__init__(parent)
        self._context, self._model, self._empty = context, model, empty
        self._left_behind: list[Path] = []
        self._offered = _Waiting()
        """What was remembered and is not answered yet: it is kept beside what comes."""
        empty.kept_asked.connect(self._look)
        empty.forgotten.connect(self._forget)

    def leave_behind(self, lines: Iterable[Line]) -> None:
        """Another library is open: the user's own files that were not added are offered in it."""
        self._left_behind = files_of(line for line in lines if _is_own(line))

    def meet(self) -> None:
        """A library was opened: offer what waited, in the one before or when this one was closed."""
        self._offered = self._remembered() if self._context.library is not None else _Waiting()
        self._model.memory.remember(self._offered.said)
        self._offer()

    def keep(self) -> None:
        """Remember the files of the reports that were neither added nor left out, beside what is offered still."""
        self._keep(self._model.lines)

    def _keep(self, lines: Sequence[Line]) -> None:
        folder, before = self._context.library_folder, self._offered
        if self._context.library is None or folder is None or folder == self._context.sample_folder:
            return
        waiting = [line for line in lines if line.fate in _WAITING]
        files = list(dict.fromkeys([*before.files, *files_of(waiting)]))[:MOST]
        told = {
            "files": [str(path) for path in files],
            "reports": before.reports + len(waiting),
            "undecided": before.undecided + sum(line.fate is Fate.DECIDE for line in waiting),
            **self._said(lines, waiting),
        }
        if files or self._put():
            self._context.remembered.put(self._name(), told if files else {})

    def clear(self) -> None:
        """The user cleared the list."""
        self._keep(())

    def _said(self, lines: Sequence[Line], waiting: Sequence[Line]) -> dict[str, list[Fields]]:
        """What was said of the reports in the list, and before that of those that are offered still."""
        now, here = self._model.memory.as_json(lines, waiting), {line.reviewed.key for line in lines}
        before = {
            name: [one for one in self._offered.said.get(name, ()) if (one.get("file"), one.get("number")) not in here]
            for name in _SAID
        }
        both = {name: [*before[name], *now.get(name, ())] for name in _SAID}
        return {name: of for name, of in both.items() if of}

    def _look(self) -> None:
        files = self._left_behind or list(self._offered.files)
        if not self._left_behind:
            self._offered = _Waiting()
        self._left_behind = []
        self._offer()
        self.wanted.emit(files)

    def _forget(self) -> None:
        if not self._left_behind:
            self._offered = _Waiting()
            self._keep(())
        self._left_behind = []
        self._offer()
        self.answered.emit()

    def _offer(self) -> None:
        words = ""
        if self._left_behind:
            words = kept_words(len(self._left_behind), 0, left_behind=True)
        elif self._offered.files:
            words = kept_words(self._offered.reports, self._offered.undecided, left_behind=False)
        self._empty.offer(words)

    def _remembered(self) -> _Waiting:
        put = self._put()
        found, reports, undecided = put.get("files"), put.get("reports"), put.get("undecided")
        named = [Path(one) for one in found if isinstance(one, str)] if isinstance(found, list) else []
        if not isinstance(reports, int) or not isinstance(undecided, int):
            return _Waiting()
        said = {name: [one for one in _listed(put.get(name)) if isinstance(one, dict)] for name in _SAID}
        return _Waiting(tuple(path for path in named if path.exists()), reports, undecided, said)

    def _put(self) -> dict[str, object]:
        nothing: dict[str, object] = {}
        return self._context.remembered.get(self._name(), nothing)

    def _name(self) -> str:
        return f"reports waiting for {self._context.library_folder}"


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _is_own(line: Line) -> bool:
    return not line.written and line.is_decidable and not is_sample(line.reviewed.sha256)


def files_of(lines: Iterable[Line]) -> list[Path]:
    """The files of lines, each once; of what lies in an archive the archive."""
    found: dict[Path, None] = {}
    for line in lines:
        whole = Path(line.reviewed.file)
        archive = line.reviewed.file.split("!/", 1)[0]
        found[Path(archive) if "!/" in line.reviewed.file and not whole.exists() else whole] = None
    return list(found)
