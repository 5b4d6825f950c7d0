"""Views of Look at data that are kept under a name: which reports, months, sources and metrics, columns and filters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from nolcat_desktop.analysis.table_query import Choice
from nolcat_desktop.gui.notice import Choice as Offer
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.data_question import ALL_METRICS, Asked
from nolcat_desktop.gui.remembered import Remembered

_KEY = "data_views"
View = Mapping[str, Any]


def view_of(report_type: str, choice: Choice, columns: tuple[str, ...], typed: Mapping[str, str]) -> View:
    """A view as it is remembered."""
    return {
        "report_type": report_type,
        "begin": choice.begin.isoformat() if choice.begin else None,
        "end": choice.end.isoformat() if choice.end else None,
        "sources": list(choice.sources),
        "metrics": list(choice.metrics),
        "columns": list(columns),
        "filters": dict(typed),
    }


def asked_by(view: View) -> Asked:
    """The question that a view asks."""
    begin, end = (date.fromisoformat(str(view[name])) if view.get(name) else None for name in ("begin", "end"))
    return Asked(
        str(view.get("report_type", "")),
        (begin, end) if begin is not None and end is not None else None,
        begin is None or end is None,
        tuple(map(int, view.get("sources", ()))),
        tuple(map(str, view.get("metrics", ()))) or ALL_METRICS,
        dict(view.get("filters", {})),
    )


class Views(QObject):
    """The button with its menu."""

    asked = Signal()
    """What is shown now is to be kept: call `keep`."""
    chosen = Signal(object)
    """A `View`."""
    said = Signal(object)
    """A `Notice`."""

    def __init__(self, remembered: Remembered, parent: QWidget) -> None:
        """The views of this computer."""
        super().__init__(parent)
        self._remembered, self._over = remembered, parent
        self.menu = QMenu(parent)
        self.menu.setAccessibleName(self.tr("Views"))
        self.action = QAction(self.tr("Views"), self)
        self.action.setProperty("icon_name", "bookmark")
        self.action.setMenu(self.menu)
        self._fill()

    def names(self) -> tuple[str, ...]:
        """Names of what is kept, in their order."""
        return tuple(sorted(self._kept(), key=str.casefold))

    def ask(self, view: View) -> None:
        """Ask for a name, and keep `view` under it."""
        dialog = QInputDialog(self._over)
        dialog.setWindowTitle(self.tr("Save as view"))
        dialog.setLabelText(self.tr("Name of the view"))
        dialog.setOkButtonText(self.tr("Save"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.textValueSelected.connect(lambda name: self.keep(name, view))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def keep(self, name: str, view: View) -> None:
        """Keep `view` under `name`; one of the same name is replaced."""
        wanted = name.strip()
        if wanted:
            self._put({**self._kept(), wanted: dict(view)})
            self.said.emit(Notice(self.tr("The view “{name}” was saved.").format(name=wanted)))

    def remove(self, name: str) -> None:
        """Forget a view."""
        kept = self._kept()
        view = kept.pop(name, None)
        if view is not None:
            self._put(kept)
            back = Offer(self.tr("Undo"), lambda: self.keep(name, view))
            self.said.emit(Notice(self.tr("The view “{name}” was removed.").format(name=name), choices=(back,)))

    def open(self, name: str) -> None:
        """Show a view."""
        view = self._kept().get(name)
        if view is not None:
            self.chosen.emit(view)

    def _kept(self) -> dict[str, dict[str, Any]]:
        kept: dict[str, dict[str, Any]] = self._remembered.get(_KEY, {})
        return dict(kept)

    def _put(self, views: dict[str, dict[str, Any]]) -> None:
        self._remembered.put(_KEY, views)
        self._fill()

    def _fill(self) -> None:
        self.menu.clear()
        self.menu.addAction(self.tr("Save as view…")).triggered.connect(lambda _=False: self.asked.emit())
        names = self.names()
        if not names:
            return
        self.menu.addSeparator()
        for name in names:
            shown = self.menu.addAction(name.replace("&", "&&"))
            shown.triggered.connect(lambda _=False, name=name: self.open(name))
        self.menu.addSeparator()
        away = self.menu.addMenu(self.tr("Remove"))
        for name in names:
            away.addAction(name.replace("&", "&&")).triggered.connect(lambda _=False, name=name: self.remove(name))
