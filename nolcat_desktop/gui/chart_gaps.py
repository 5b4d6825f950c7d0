"""Months in a row of which no uses are known: one quiet region with its words, where a box for each were a thicket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from nolcat_desktop.analysis.month_series import Series
from nolcat_desktop.gui.cell_text import months
from nolcat_desktop.gui.chart_scale import Frame, Ink
from nolcat_desktop.gui.palette_tables import Role

LONG = 6
"""Months from which a run is drawn as one."""
_NARROW = 9
"""Width of a month in u under which even two are drawn as one."""
_MOST_TOLD = 4
_MARGIN = 3
_EVERYWHERE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Run:
    """Months in a row without known uses, all for the same reason."""

    first: int
    """Index in the series."""
    last: int
    word: str
    """The reason: `never loaded`."""
    is_missing: bool
    """Whether reports are expected that nobody has."""
    is_expected: bool
    """Whether anything is: before the first report and after what is due nothing is."""
    span: str
    """`Jan 2013 – Dec 2018`."""

    @property
    def count(self) -> int:
        """How many months."""
        return self.last - self.first + 1


def gap_word(states: frozenset[str]) -> str:
    """Why no uses are known of a month."""
    words = {
        "no_report": QCoreApplication.translate("chart", "no report exists"),
        "missing": QCoreApplication.translate("chart", "never loaded"),
        "not_ready": QCoreApplication.translate("chart", "not ready yet"),
        "no_data": QCoreApplication.translate("chart", "no longer offered"),
        "totals_only": QCoreApplication.translate("chart", "totals only"),
    }
    told = ", ".join(word for state, word in words.items() if state in states)
    return told or QCoreApplication.translate("chart", "nothing expected")


def runs_of(series: Series) -> tuple[Run, ...]:
    """Every run of months without known uses, in order; a single month is one, too."""
    found: list[list[int]] = []
    words = [gap_word(each.states) if each.is_gap else "" for each in series.months]
    for at, word in enumerate(words):
        if word and found and found[-1][-1] == at - 1 and words[at - 1] == word:
            found[-1].append(at)
        elif word:
            found.append([at])
    return tuple(_run(series, words[run[0]], run) for run in found)


def _run(series: Series, word: str, run: Sequence[int]) -> Run:
    states = series.months[run[0]].states
    return Run(run[0], run[-1], word, "missing" in states, bool(states), span_words(series, run))


def span_words(series: Series, run: Sequence[int]) -> str:
    """`Jan 2013 – Dec 2018`."""
    return months(series.months[run[0]].first, series.months[run[-1]].first)


def runs_words(series: Series) -> str:
    """`Jan 2013 – Dec 2018 (never loaded), Mar 2025 (not ready yet)`; the longest where there are many."""
    runs = [run for run in runs_of(series) if run.is_expected or run.count >= LONG]
    told = sorted(sorted(runs, key=lambda run: -run.count)[:_MOST_TOLD], key=lambda run: run.first)
    said = [f"{run.span} ({run.word})" for run in told]
    if len(runs) > len(told):
        more = QCoreApplication.translate("chart", "and {n} more times")
        said.append(more.format(n=len(runs) - len(told)))
    return ", ".join(said)


def is_region(run: Run, frame: Frame, ink: Ink) -> bool:
    """Whether a run is drawn as one."""
    return run.count >= LONG or (run.count > 1 and frame.step < _NARROW * ink.one)


def paint_region(painter: QPainter, run: Run, frame: Frame, ink: Ink) -> None:
    """Draw a run as one region, with its words where they fit: across, else upright."""
    room = QRectF(frame.left(run.first), frame.plot.top(), run.count * frame.step, frame.plot.height())
    side = min(frame.step * 0.13, _MARGIN)
    room = room.adjusted(side, 0, -side, 0)
    colour = ink.colour(Role.MISSING if run.is_missing else Role.GONE)
    if run.is_expected:
        pen = QPen(colour, 1)
        pen.setDashPattern([3, 4])
        painter.setPen(pen)
        painter.setBrush(ink.colour(Role.MISSING_FILL) if run.is_missing else Qt.BrushStyle.NoBrush)
        painter.drawRect(room)
    painter.setPen(colour)
    metrics, inner = QFontMetricsF(ink.font), room.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    lines = [run.word, run.span]
    widest, high = max(map(metrics.horizontalAdvance, lines)), len(lines) * metrics.height()
    if widest <= inner.width() and high <= inner.height():
        painter.drawText(inner, int(_EVERYWHERE), "\n".join(lines))
        return
    text = f"{run.word}, {run.span}"
    if metrics.height() > inner.width() or metrics.horizontalAdvance(text) > inner.height():
        return  # the words under the chart have it
    painter.save()
    painter.translate(inner.center())
    painter.rotate(-90)
    painter.drawText(
        QRectF(-inner.height() / 2, -inner.width() / 2, inner.height(), inner.width()), int(_EVERYWHERE), text
    )
    painter.restore()
