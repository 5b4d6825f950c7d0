"""Turning to another report in Look at data: what was asked goes along as far as it means something there, and is said.

Months go along where the other report has them, sources where they have such a report, a filter where its column is
the same and holds something. Nothing goes along, or is given up, in silence.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from nolcat_desktop.gui.cell_text import months as months_words
from nolcat_desktop.gui.filters import told
from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.pages.data_choosers import Choosers
from nolcat_desktop.gui.pages.data_columns import all_columns
from nolcat_desktop.gui.pages.data_limits import limits_of
from nolcat_desktop.gui.pages.data_looker import Loaded
from nolcat_desktop.gui.pages.data_question import Asked
from nolcat_desktop.gui.pages.data_subject import held


def staying(before: Asked, columns: Sequence[Column]) -> dict[str, str]:
    """Column → what is typed over it, for the filters that mean the same over `columns`."""
    headings = {column.key: column.heading for column in all_columns(before.report_type)}
    return {
        column.key: before.filters[column.key]
        for column in columns
        if column.key in before.filters and headings[column.key] == column.heading
    }


def turning_words(before: Asked, loaded: Loaded, choosers: Choosers, columns: Sequence[Column]) -> str:
    """Say what goes along and what is given up: `Platform Report (PR). Still only: Jan – Dec 2023.`.

    Args:
        before: What was asked before.
        loaded: The report that is looked at now.
        choosers: Say what is asked of it.
        columns: That are shown of it.

    Returns:
        Empty where there is nothing to say: nothing was given up, and it is the same report or not narrowed.
    """
    tr, subject = QCoreApplication.translate, held(loaded.holding)
    given_up = _given_up(before, loaded, choosers, columns)
    kept = limits_of(choosers, columns, staying(before, columns))
    turned = before.report_type not in {"", subject.key}
    if not given_up and not (turned and kept):
        return ""
    said = [f"{subject.words}."]
    if kept:
        said.append(tr("data", "Still only: {limits}.").format(limits="; ".join(one.words for one in kept)))
    if given_up:
        told_up = tr("data", "Taken off, for this report has no such thing: {limits}.")
        said.append(told_up.format(limits="; ".join(given_up)))
    return " ".join(said)


def _given_up(before: Asked, loaded: Loaded, choosers: Choosers, columns: Sequence[Column]) -> list[str]:
    found: list[str] = []
    begin, end = choosers.ends()
    if before.months is not None and (
        begin is None or end is None or before.months[0] > end or before.months[1] < begin
    ):
        found.append(months_words(*before.months))
    names = loaded.holding.names
    found += [names.get(one, str(one)) for one in before.sources if not choosers.has_source(one)]
    kept = staying(before, columns)
    headings = {column.key: column for column in all_columns(before.report_type)}
    found += [told(headings[key], text) for key, text in before.filters.items() if key not in kept and key in headings]
    return found
