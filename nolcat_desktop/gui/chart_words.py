"""What a chart of months says in words: one month, all of it in a sentence, and what must be known to read it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from nolcat_desktop.analysis.month_series import Month, Series
from nolcat_desktop.gui.cell_text import month, number, spoken_month
from nolcat_desktop.gui.chart_gaps import LONG, gap_word, runs_of, runs_words
from nolcat_desktop.gui.chart_scale import is_bars
from nolcat_desktop.gui.missing_words import missing_words


def release_words(releases: Sequence[str]) -> str:
    """`Release 5`, `Releases 5 and 5.1`."""
    if len(releases) == 1:
        return QCoreApplication.translate("chart", "Release {release}").format(release=releases[0])
    both = QCoreApplication.translate("chart", " and ").join(releases)
    return QCoreApplication.translate("chart", "Releases {releases}").format(releases=both)


def value_words(series: Series, metric: str, index: int) -> str:
    """The uses of a month as the table of months shows them: a number, or why there is none."""
    value = series.lines[metric][index]
    return gap_word(series.months[index].states) if value is None else number(value)


def note_words(of: Month) -> str:
    """What is to be known about a month beside its number; empty: nothing."""
    notes = []
    if not of.is_gap and of.counted < of.expected:
        told = QCoreApplication.translate("chart", "{counted} of {expected} sources")
        notes.append(told.format(counted=number(of.counted), expected=number(of.expected)))
    if "partial" in of.states:
        notes.append(QCoreApplication.translate("chart", "partly there"))
    if "overlapping" in of.states:
        notes.append(QCoreApplication.translate("chart", "overlapping reports: counted twice"))
    return ", ".join(notes)


def month_sentence(series: Series, index: int, spoken: bool = False) -> str:
    """`Mar 2024: 21,031, release 5.1`.

    Args:
        series: What is shown.
        index: Of the month.
        spoken: With the month's name in full.
    """
    here = series.months[index]
    named = spoken_month(here.first) if spoken else month(here.first)
    several = len(series.lines) > 1 and not here.is_gap
    values = [
        f"{metric} {value_words(series, metric, index)}" if several else value_words(series, metric, index)
        for metric in (series.lines if several else list(series.lines)[:1])
    ]
    if here.releases:
        values.append(release_words(here.releases).lower())
    note = note_words(here)
    return f"{named}: {', '.join([*values, *([note] if note else [])])}"


def description(series: Series) -> str:
    """The whole chart in one sentence, for who cannot see it."""
    if not series.months or not series.lines:
        return QCoreApplication.translate("chart", "No months")
    one, many = QCoreApplication.translate("chart", "1 month"), QCoreApplication.translate("chart", "{count} months")
    parts = [one if len(series.months) == 1 else many.format(count=number(len(series.months)))]
    for metric, line in series.lines.items():
        known = [(value, index) for index, value in enumerate(line) if value is not None]
        if known:
            value, index = max(known, key=lambda pair: (pair[0], -pair[1]))
            highest = QCoreApplication.translate("chart", "highest {month} {value}")
            text = highest.format(month=month(series.months[index].first), value=number(value))
            parts.append(f"{metric} {text}" if len(series.lines) > 1 else text)
    if series.gaps:
        parts.append(gaps_words(series))
    for seam in series.seams:
        changed = QCoreApplication.translate("chart", "release change {month}")
        parts.append(changed.format(month=month(series.months[seam.at].first)))
    return ", ".join(parts)


def gaps_words(series: Series) -> str:
    """`72 never loaded (Jan 2013 – Dec 2018)`, `1 not ready yet`: those that are many in a row by name."""
    words: dict[str, int] = {}
    named: dict[str, list[str]] = {}
    for run in runs_of(series):
        words[run.word] = words.get(run.word, 0) + run.count
        if run.count >= LONG:
            named.setdefault(run.word, []).append(run.span)
    told = [
        f"{number(count)} {word}" + (f" ({', '.join(named[word])})" if word in named else "")
        for word, count in words.items()
    ]
    return ", ".join(told)


def foot(series: Series) -> str:
    """What stands under the chart: gaps, months that are not whole, and the seam."""
    return " ".join(foot_parts(series))


def foot_parts(series: Series, drawn: bool = True) -> tuple[str, ...]:
    """Its sentences, those that say most first; `drawn`: the chart is seen."""
    said = []
    said += [f"{part}." for part in missing_words(series.missing)]
    if runs := runs_words(series):
        said.append(QCoreApplication.translate("chart", "No uses are known of {months}.").format(months=runs))
    if partial := sum(each.is_partial for each in series.months):
        bars = QCoreApplication.translate("chart", "Hatched: {count} with a part missing.")
        lines = QCoreApplication.translate("chart", "Hollow points: {count} with a part missing.")
        bare = QCoreApplication.translate("chart", "Months with a part missing: {count}.")
        said.append(((bars if is_bars(series) else lines) if drawn else bare).format(count=number(partial)))
    if any("overlapping" in each.states for each in series.months):
        said.append(QCoreApplication.translate("chart", "Some months are counted twice: reports overlap."))
    if series.seams:
        said.append(
            QCoreApplication.translate(
                "chart",
                "Releases count differently: do not compare the months before the change with those after it.",
            )
        )
    return tuple(said)
