"""What the user says of a report: which it is, of which months, which repairs are not wanted. It is read anew then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.add_asking_words import alike
from nolcat_desktop.gui.pages.add_jobs import Jobs
from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.gui.pages.add_review import ReviewPane
from nolcat_desktop.gui.pages.add_words import tr
from nolcat_desktop.problem import Problem
from nolcat_desktop.report import NOTHING_TOLD, Told
from nolcat_desktop.workflow.review_sheet import Surroundings
from nolcat_desktop.workflow.review_told import Answer
from nolcat_desktop.workflow.reviewing import Reviewed


class Answerer(QObject):
    """Between the questions, the repairs, and the jobs. Of answers that come while one is read, the last one holds."""

    def __init__(
        self,
        review: ReviewPane,
        jobs: Jobs,
        follow: Callable[[], None],
        say: Callable[[Problem], None],
    ) -> None:
        """Listen to `review`; `follow` is called when a line changed, `say` when it could not be read."""
        super().__init__(review)
        self._review, self._jobs, self._follow, self._say = review, jobs, follow, say
        self._was_told = False
        review.asking.answered.connect(self._tell)
        review.model.rowsInserted.connect(lambda *_: review.asking.show_alike(self._alike(review.current())))
        review.repairs.declined.connect(self._decline)
        review.repairs.cell_wanted.connect(self._want_cell)

    def show(self, line: Line | None) -> None:
        """Ask and show what there is; only what is in front is read."""
        self._review.asking.show_line(line, self._alike(line))
        self._review.repairs.show_line(line)
        if self._was_told and line is not None and not line.looking:
            self._was_told = False
            if self._review.asking.is_asking:
                self._review.asking.focus_first()

    def _alike(self, line: Line | None) -> int:
        return len(alike(line, self._review.model.lines)) if line is not None else 0

    def ask_cell(self) -> None:
        """Fetch the cell of the repair that is in front."""
        if self._review.is_shown(self._review.repairs):
            self._review.repairs.ask_cell()

    def choices(self, line: Line) -> Sequence[Choice]:
        """What can be done about what was said, and about what was repaired."""
        found = []
        if line.reviewed.told != NOTHING_TOLD:
            found.append(Choice(tr("Ask again what it is"), lambda: self.ask_again(line)))
        if line.reviewed.repairs:
            found.append(Choice(tr("See the repairs"), lambda: self._review.show_pane(self._review.repairs)))
        return found

    def ask_again(self, line: Line) -> None:
        """Forget what was said of the report and its months."""
        self.say_of(line, replace(self._answer(line), told=NOTHING_TOLD, declined=frozenset()))

    def say_of(self, line: Line, answer: Answer) -> None:
        """Have a report read anew with this answer."""
        line.wanted = answer
        if not line.looking:
            self._start(line)
        self._review.model.decide([line])
        self._follow()

    def go_on(self, line: Line) -> None:
        """Read a report anew if something was said of it while it was read."""
        if line.wanted is not None and not line.looking:
            told, declined = line.wanted.told, line.wanted.declined
            line.wanted = replace(line.reviewed.answer, told=told, declined=declined)
            if line.wanted == line.reviewed.answer:
                line.wanted = None
            else:
                self._start(line)

    def _answer(self, line: Line) -> Answer:
        return line.wanted or line.reviewed.answer

    def _tell(self, told: Told) -> None:
        line = self._review.current()
        if line is not None:
            self._review.focus_front()
            self._was_told = True
            self._tell_alike(line, told)
            before, question = self._answer(line), line.reviewed.question
            asked = {cell for cell, _ in question.cells} if question is not None else set()
            self.say_of(line, replace(before, told=told, declined=before.declined - asked))

    def _tell_alike(self, line: Line, told: Told) -> None:
        """The same answer for the other files of the folder, if it was said to hold for them."""
        if not self._review.asking.for_alike.isChecked():
            return
        for other in alike(line, self._review.model.lines):
            answer = self._answer(other)
            said = replace(answer.told, report_type=told.report_type or answer.told.report_type, release=told.release)
            self.say_of(other, replace(answer, told=said))

    def _decline(self, positions: frozenset[str]) -> None:
        line = self._review.current()
        if line is not None:
            self.say_of(line, replace(self._answer(line), declined=positions))

    def _start(self, line: Line) -> None:
        answer, key = line.wanted, line.reviewed.key
        if answer is None:
            return
        line.looking, model = True, self._review.model

        def done(reviewed: Reviewed) -> None:
            renewed = [one for one in model.lines if one.reviewed.key == key]
            for one in renewed:
                _take(one, reviewed)
                if one.wanted == answer:
                    one.wanted = None
                self.go_on(one)
            model.decide(renewed)
            self._follow()

        def failed(problem: Problem) -> None:
            line.looking, line.wanted = False, None
            model.decide([line])
            self._follow()
            self._say(problem)

        self._jobs.judge(line.reviewed, answer, done, failed)

    def _want_cell(self, position: str) -> None:
        line, repairs = self._review.current(), self._review.repairs
        if line is None or not line.reviewed.is_report or not self._review.is_shown(repairs):
            return
        key = line.reviewed.key

        def done(found: Surroundings) -> None:
            now, shown = self._review.current(), repairs.current
            if now is not None and now.reviewed.key == key and shown is not None and shown.position == position:
                repairs.show_cell(found)

        self._jobs.around(line.reviewed, position, done, lambda _: repairs.show_cell(None))


def _take(line: Line, reviewed: Reviewed) -> None:
    """A line with what is known now; what was decided about other numbers or other damage is asked again."""
    if line.reviewed.load is None or reviewed.load is None or line.reviewed.load.tally != reviewed.load.tally:
        line.if_loaded = "fail"
    if line.reviewed.damaged != reviewed.damaged:
        line.without_damaged = False
    line.looking, line.reviewed = False, reviewed
