"""What narrows Look at data, each thing with a button that takes it away: at the bottom edge, so that nothing moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QWidget

from nolcat_desktop.gui.filters import told
from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.icons import put
from nolcat_desktop.gui.pages.data_choosers import Choosers
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind

VIEW, MONTHS, SOURCES = "view", "months", "sources"
_MOST, _ICON = 260, 12
"""In u: the words of one limit, and the cross before them."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing without which more would be shown."""

    key: str
    """`VIEW`, `MONTHS`, `SOURCES`, or the column that is filtered."""
    words: str


def limits_of(choosers: Choosers, columns: Sequence[Column], typed: Mapping[str, str]) -> tuple[Limit, ...]:
    """What narrows the rows: months, also those that nobody chose, sources, filters; metrics are in the summary."""
    found = [Limit(MONTHS, choosers.months_words())] if choosers.leaves_months_out() else []
    found += [Limit(SOURCES, choosers.sources_words())] if choosers.choice.sources else []
    found += [Limit(column.key, told(column, typed[column.key])) for column in columns if column.key in typed]
    return tuple(found)


class LimitsLine(QWidget):
    """`Only: [× Jan – Dec 2023] [× Title contains “zeit”] [Clear all]`; not seen where nothing narrows."""

    removed = Signal(str)
    """The key of a limit that shall go."""
    all_removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without limits."""
        super().__init__(parent)
        self.limits: tuple[Limit, ...] = ()
        self.buttons: list[QPushButton] = []
        self._label, self._more = QLabel(self.tr("Only:"), self), QLabel(self)
        self.clear_all = QPushButton(self.tr("Clear all"), self)
        self.clear_all.setAccessibleName(self.tr("Clear all: every month and source, no filters"))
        self.clear_all.setToolTip(self.tr("Every month and source again, and no filters; the metrics stay"))
        self.clear_all.clicked.connect(self.all_removed)
        for label in (self._label, self._more):
            kind(label, "muted")
        kind(self.clear_all, "small")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for widget in (self._label, self._more, self.clear_all):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_limits(self, limits: Sequence[Limit]) -> None:
        """Show `limits` in place of those before."""
        if tuple(limits) == self.limits:
            return
        self.limits = tuple(limits)
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(limit) for limit in limits]
        for place, button in enumerate(self.buttons):
            self._row.insertWidget(1 + place, button)
        self.setAccessibleName(self.tr("Only: {limits}").format(limits=", ".join(one.words for one in limits)))
        self.setVisible(bool(limits))
        self.clear_all.setVisible(any(one.key != VIEW for one in limits))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """No wider than there is room: what does not fit is counted."""
        return QSize(0, self.clear_all.sizeHint().height())

    def sizeHint(self) -> QSize:
        """One line."""
        return self.minimumSizeHint()

    def restyle(self) -> None:
        """Words and crosses in the sizes of the moment."""
        for button, limit in zip(self.buttons, self.limits, strict=True):
            self._dress(button, limit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer of them fit."""
        super().resizeEvent(event)
        self._fit()

    def _button(self, limit: Limit) -> QPushButton:
        button = QPushButton(self)
        kind(button, "small")
        button.setAccessibleName(self.tr("Take away: {limit}").format(limit=limit.words))
        button.setToolTip(self.tr("{limit}\nA click takes this away").format(limit=limit.words))
        button.clicked.connect(partial(self._take_away, limit.key))
        self._dress(button, limit)
        return button

    def _take_away(self, key: str, *_checked: object) -> None:
        self.removed.emit(key)

    def _dress(self, button: QPushButton, limit: Limit) -> None:
        metrics = button.fontMetrics()
        shown = metrics.elidedText(limit.words, Qt.TextElideMode.ElideMiddle, u(self, _MOST))
        button.setText(shown.replace("&", "&&"))
        put(button, "x", size=_ICON)

    def _fit(self) -> None:
        spacing = self._row.spacing()
        self._more.setText(self.tr("and {n} more").format(n=len(self.buttons)))
        fixed = sum(each.sizeHint().width() + spacing for each in (self._label, self.clear_all))
        wanted = [button.sizeHint().width() + spacing for button in self.buttons]
        room = self.width() - fixed
        if sum(wanted) > room:
            room -= self._more.sizeHint().width() + spacing
        shown = sum(sum(wanted[: at + 1]) <= room for at in range(len(wanted)))
        for at, button in enumerate(self.buttons):
            button.setVisible(at < shown)
        left = self.limits[shown:]
        self._more.setText(self.tr("and {n} more").format(n=len(left)) if shown else f"{len(left)}")
        self._more.setToolTip("\n".join(one.words for one in left))
        self._more.setVisible(bool(left))
