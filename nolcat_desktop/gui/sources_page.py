"""The page “Sources” of the settings: numbers, NoLCAT's list, and other names; each change can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QInputDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nolcat_desktop.dataset import Alias, Entry
from nolcat_desktop.gui.cell_text import number
from nolcat_desktop.gui.indicator_row import indicator_row
from nolcat_desktop.gui.library_work import LibraryWork, Work
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.sources_mapping import MappingDialog
from nolcat_desktop.gui.sources_naming import NamingDialog, span_words, what_words
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.gui.window import Window
from nolcat_desktop.problem import Problem
from nolcat_desktop.workflow import answering, mapping_sources

if TYPE_CHECKING:
    from nolcat_desktop.workflow.mapping_sources import SourcesLook

_NARROW = 600
"""In u: a dialog of less is too little for buttons beside each other."""
_ROWS = 8
"""Of a table, that are seen without scrolling it."""


class SourcesPage(QWidget):
    """Of the library that is open in `window`."""

    def __init__(self, window: Window, parent: QWidget | None = None) -> None:
        """Show the sources and names of the open library."""
        super().__init__(parent)
        kind(self, "plain")
        self._window, self._context = window, window.context
        self._work = LibraryWork(window.context, self)
        self._work.said.connect(self._say)
        self._look: SourcesLook | None = None
        self.told, self.said, self.none = QLabel(self), QLabel(self), QLabel(self)
        self.none.setText(self.tr("No other name was given yet: everything goes by the name that its report has."))
        self.sources = FactsTable(
            [
                Heading(self.tr("Source")),
                Heading(self.tr("Number"), 84, number=True),
                Heading(self.tr("Whose number"), 128, spare=1),
                Heading(self.tr("Reports"), 64, number=True, spare=2),
            ],
            self.tr("Sources of this library"),
            self,
        )
        self.aliases = FactsTable(
            [
                Heading(self.tr("What"), 92),
                Heading(self.tr("Name in the reports")),
                Heading(self.tr("Is looked at as")),
                Heading(self.tr("When"), 136),
            ],
            self.tr("Other names"),
            self,
        )
        self.own = QCheckBox(self.tr("The numbers are our own"), self)
        self.own.setToolTip(self.tr("These numbers are the library's own: no NoLCAT gives others"))
        self.own.setAccessibleName(self.own.toolTip())
        self.own.clicked.connect(self._declare)
        self.rename = self._button(self.tr("Rename…"), self._rename)
        self.take = self._button(self.tr("Take in NoLCAT's list…"), self._take_in)
        self.map = self._button(self.tr("Give NoLCAT's numbers…"), self._map)
        self.add = self._button(self.tr("Add a name…"), self._add)
        self.remove = self._button(self.tr("Remove the name"), self._remove)
        self._lay_out()
        self._context.library_changed.connect(self.refresh)
        self._context.theme.follow(self._restyle)
        self._restyle()
        self.refresh()

    def refresh(self) -> None:
        """Look at what is there now."""
        if self._context.library is None:
            self._show(None)
        work = Work(self.tr("Looking at the sources"), mapping_sources.look_at_sources)
        self._work.look(work, self._show)

    def _show(self, look: SourcesLook | None) -> None:
        self._look = look
        rows = look.rows if look is not None else ()
        local = [one for one in rows if one.local]
        facts = [
            Fact(
                (
                    one.name,
                    str(one.source_id),
                    self.tr("this computer's") if one.local else self.tr("NoLCAT's"),
                    number(look.reports.get(one.source_id, 0)) if look is not None else "",
                ),
                one.source_id,
            )
            for one in sorted(rows, key=lambda one: one.name.casefold())
        ]
        self.sources.show_facts(facts)
        text = self.tr("No source is known yet: the first report that is added makes one.")
        if rows:
            text = self.tr("{n} sources; {m} have a number of this computer only, which cannot be sent.")
        if rows and (not local or (look is not None and look.own_numbering)):
            text = self.tr("{n} sources.")
        self.told.setText(text.format(n=number(len(rows)), m=number(len(local))))
        self.own.setChecked(look is not None and look.own_numbering)
        names = look.aliases if look is not None else ()
        said = {one.source_id: one.name for one in rows}
        self.aliases.show_facts([_alias_fact(one, at, said) for at, one in enumerate(names)])
        for table, empty in ((self.sources, not rows), (self.aliases, not names)):
            table.setHidden(empty)
            table.fit(_ROWS)
        self.none.setHidden(bool(names))
        for widget, can in (
            (self.rename, bool(rows)), (self.take, look is not None), (self.map, bool(local)),
            (self.own, look is not None), (self.add, look is not None), (self.remove, bool(names)),
        ):  # fmt: skip
            widget.setEnabled(can)

    def _rename(self) -> None:
        key = self.sources.current_key()
        before = next((one.name for one in (self._look.rows if self._look else ()) if one.source_id == key), "")
        if not isinstance(key, int) or not before:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Rename a source"))
        dialog.setLabelText(self.tr("Another name for {name}").format(name=before))
        dialog.setTextValue(before)
        for edit in dialog.findChildren(QLineEdit):
            edit.setMinimumWidth(u(self, 360))
        for label in dialog.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)  # a name may be longer than a screen is wide
        dialog.setOkButtonText(self.tr("Rename"))
        dialog.setCancelButtonText(self.tr("Cancel"))

        def do(name: str) -> None:
            told = self.tr("Renamed {before} to {name}.").format(before=before, name=name)
            if name.strip() != before:
                self._change(Work(self.tr("Renaming a source"), mapping_sources.rename_source, (key, name)), told)

        dialog.textValueSelected.connect(do)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_in(self) -> None:
        kinds = self.tr("NoLCAT's list or a dump of its database (*.csv *.sql);;All files (*)")
        file = self._window.chooser.file(self.tr("Take in NoLCAT's list of sources"), "nolcat_list", kinds)
        if file is not None:
            self.take_in(file)

    def take_in(self, file: Path) -> None:
        """Take in the list in `file`; then numbers of this computer can be mapped to those in it."""
        told = self.tr("NoLCAT's list was taken in: {file}.").format(file=file.name)
        known = self.tr("Everything in {file} was known already.").format(file=file.name)
        self._change(Work(self.tr("Reading NoLCAT's list"), mapping_sources.take_in, (file,)), told, known)

    def _map(self) -> None:
        def show(proposed: tuple[mapping_sources.Proposed, ...]) -> None:
            rows = self._look.rows if self._look is not None else ()
            theirs = sorted((one for one in rows if not one.local), key=lambda one: one.name.casefold())
            dialog = MappingDialog([one for one in rows if one.local], theirs, proposed, self)
            dialog.look_asked.connect(partial(self._foresee, dialog))
            dialog.map_asked.connect(self._do_map)
            dialog.show()
            dialog.ask()

        self._work.look(Work(self.tr("Looking at the sources"), mapping_sources.proposed_mapping), show)

    def _foresee(self, dialog: MappingDialog, mapping: dict[int, int]) -> None:
        work = Work(self.tr("Looking what would be renamed"), mapping_sources.foreseen_mapping, (mapping,))
        done, failed = partial(dialog.show_renamed, mapping), partial(dialog.show_problem, mapping)
        self._work.look(work, done, failed=failed)

    def _do_map(self, mapping: dict[int, int]) -> None:
        told = self.tr("{n} sources have NoLCAT's numbers now, and so have their files.")
        name = self.tr("Giving sources NoLCAT's numbers")
        self._change(
            Work(name, mapping_sources.map_sources, (mapping,), told=True), told.format(n=number(len(mapping)))
        )

    def _declare(self, own: bool) -> None:
        told = self.tr("The numbers are the library's own now.") if own else self.tr("The numbers are NoLCAT's again.")
        self._change(Work(self.tr("Remembering"), answering.declare_numbering, (own,)), told)

    def _add(self) -> None:
        look = self._look
        if look is not None:
            dialog = NamingDialog(look.rows, look.months, self._keep_name, self)
            dialog.show()
            self._work.look(Work(self.tr("Looking for names"), mapping_sources.names_in_reports), dialog.offer)

    def _keep_name(self, made: Alias) -> None:
        told = self.tr("“{name}” is looked at as “{other}” now.").format(name=made.name, other=made.stands_for)
        self._change(Work(self.tr("Remembering"), answering.name_alias, ([made],)), told)

    def _remove(self) -> None:
        key = self.aliases.current_key()
        if self._look is not None and isinstance(key, int):
            gone = self._look.aliases[key]
            told = self.tr("“{name}” goes by its own name again.").format(name=gone.name)
            self._change(Work(self.tr("Taking back"), answering.name_alias, ([gone], True)), told)

    def _change(self, work: Work, told: str, nothing: str = "") -> None:
        def done(entry: Entry | None) -> None:
            if entry is None:
                self._say(Notice(nothing))
                return
            run = entry.entry
            undo = Choice(self.tr("Undo"), lambda: self._window.door.undo_entry(run))
            self._say(Notice(told, Level.OK, (undo,)))

        self._work.change(work, done, failed=self._refused)

    def _refused(self, problem: Problem) -> None:
        self._work.tell(problem)
        self.refresh()

    def _say(self, notice: Notice) -> None:
        self.said.setText(notice.text)
        self.said.setVisible(bool(notice.text))
        self._window.say(notice)

    def _lay_out(self) -> None:
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 0, 16, 12)
        around.setSpacing(8)
        for label, look in ((self.told, "muted"), (self.said, "strong"), (self.none, "muted")):
            label.setWordWrap(True)
            kind(label, look)
        self.said.hide()
        self._beside = (_row(self.rename, self.take, self.map), _row(self.add, self.remove))
        names = QLabel(self.tr("Other names"), self)
        kind(names, "section")
        for part in (
            self.said, self.told, self.sources, self._beside[0], indicator_row(self.own),
            names, self.none, self.aliases, self._beside[1],
        ):  # fmt: skip
            if isinstance(part, QWidget):
                around.addWidget(part)
            else:
                around.addLayout(part)
        around.addStretch(1)

    def set_room(self, width: int) -> None:
        """Put buttons below each other in a dialog of less than some `width` (px)."""
        way = QBoxLayout.Direction.TopToBottom if width < u(self, _NARROW) else QBoxLayout.Direction.LeftToRight
        for row in self._beside:
            row.setDirection(way)

    def _button(self, words: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        kind(button, "small")
        button.setAccessibleName(words)
        button.clicked.connect(lambda: do())
        return button

    def _restyle(self) -> None:
        for table in (self.sources, self.aliases):
            table.restyle()
            table.fit(_ROWS)


def _alias_fact(one: Alias, at: int, names: dict[int, str]) -> Fact:
    where = f" · {names.get(one.source_id, one.source_id)}" if one.source_id is not None else ""
    return Fact((what_words(one.what), one.name, one.stands_for, span_words(one) + where), at)


def _row(*widgets: QWidget) -> QBoxLayout:
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
