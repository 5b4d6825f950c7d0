"""What was said and decided of reports that are not in the list now: added ones, and those of another day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.workflow.review_kept import Fields, as_json, from_json
from nolcat_desktop.workflow.review_told import Answer, Answers

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Decided:
    """What was decided of a report; it holds as long as its file stays the same."""

    sha256: str
    left_out: bool
    without_damaged: bool


class Memory:
    """Of one library; what stands in the list comes before what is remembered."""

    def __init__(self) -> None:
        """Nothing was said yet."""
        self._written: dict[Key, Line] = {}
        self._answers: dict[Key, Answer] = {}
        self._decided: dict[Key, _Decided] = {}

    def forget(self) -> None:
        """Another library is open."""
        self._written, self._answers, self._decided = {}, {}, {}

    def put_away(self, lines: Iterable[Line]) -> None:
        """These were added and leave the list: what was said of them holds if they come again."""
        self._written |= {line.reviewed.key: line for line in lines}

    def take_back(self, line: Line) -> None:
        """It is in the list again."""
        self._written.pop(line.reviewed.key, None)

    def meet(self, line: Line) -> None:
        """A report comes: what was decided of the same file before holds."""
        key, sha256 = line.reviewed.key, line.reviewed.sha256
        before, decided = self._written.get(key), self._decided.get(key)
        if before is not None and before.reviewed.sha256 == sha256:
            line.without_damaged, line.source_known = before.without_damaged, before.source_known
        elif before is None and decided is not None and decided.sha256 == sha256:
            line.left_out, line.without_damaged = decided.left_out, decided.without_damaged

    def answers(self, lines: Iterable[Line]) -> Answers:
        """What was said of single reports, those in the list among them."""
        known = self._written | {line.reviewed.key: line for line in lines}
        before = {key: answer for key, answer in self._answers.items() if key not in known}
        return before | {key: line.answer for key, line in known.items() if line.is_answered}

    def as_json(self, lines: Sequence[Line], waiting: Iterable[Line]) -> dict[str, list[Fields]]:
        """What was said and decided of the files of `waiting`, every sheet of them, for the state file."""
        files = {line.reviewed.file for line in waiting}
        said = {key: answer for key, answer in self.answers(lines).items() if key[0] in files}
        decided = [
            {
                "file": line.reviewed.file,
                "number": line.reviewed.number,
                "sha256": line.reviewed.sha256,
                "left_out": line.left_out,
                "without_damaged": line.without_damaged,
            }
            for line in lines
            if line.reviewed.file in files and (line.left_out or line.without_damaged)
        ]
        return {name: of for name, of in (("answers", as_json(said)), ("decided", decided)) if of}

    def remember(self, put: Fields) -> None:
        """Take in what `as_json` gave on another day; what cannot be read is as good as none."""
        self._answers |= from_json(put.get("answers"))
        decided = put.get("decided")
        for one in decided if isinstance(decided, list) else ():
            if isinstance(one, dict):
                key = str(one.get("file")), one.get("number")
                flags = bool(one.get("left_out")), bool(one.get("without_damaged"))
                if isinstance(key[1], int):
                    self._decided[key[0], key[1]] = _Decided(str(one.get("sha256")), *flags)
