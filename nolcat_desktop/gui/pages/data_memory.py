"""What Look at data remembers: for each library its last question and columns, for this computer their widths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from nolcat_desktop.analysis.looking import Holding
from nolcat_desktop.gui.frame_model import Column
from nolcat_desktop.gui.pages.data_columns import DEFAULTS, FIXED, all_columns, family
from nolcat_desktop.gui.pages.data_months import all_months
from nolcat_desktop.gui.pages.data_question import Asked, as_texts, from_texts
from nolcat_desktop.gui.pages.data_table import is_blank
from nolcat_desktop.gui.remembered import Remembered

_WIDTHS = "data_widths"
_COLUMNS, _BLANK, _QUESTION = "columns", "blank_columns", "question"
_NOTHING: dict[str, object] = {}
_SAID = "data_type"
"""Shown at first where a report has it."""


class DataMemory:
    """Over the file of the computer. Never a count: which report, months, sources, filters, sorting and columns."""

    def __init__(self, remembered: Remembered) -> None:
        """Read from and write to `remembered`; of no library yet."""
        self._remembered = remembered
        self._folder = ""

    def turn_to(self, folder: Path) -> bool:
        """Remember of the library in `folder` from now on; whether that is another than before."""
        before, self._folder = self._folder, str(folder)
        return before != self._folder

    def asked(self) -> Asked:
        """What was asked last of the library."""
        found = self._own().get(_QUESTION)
        return from_texts(found if isinstance(found, dict) else {})

    def put_asked(self, asked: Asked) -> None:
        """This is asked now."""
        self._put(_QUESTION, as_texts(asked))

    def report_type(self) -> str:
        """Which reports were looked at last; empty: none yet."""
        return self.asked().report_type

    def columns(self, report_type: str) -> tuple[str, ...]:
        """Keys of the columns that are wanted of reports of this kind."""
        known = {column.key for column in all_columns()}
        kept = [key for key in self._chosen(report_type) if key in known]
        return tuple(dict.fromkeys([*kept, *FIXED])) if kept else DEFAULTS[family(report_type)]

    def read(self) -> Mapping[str, tuple[str, ...]]:
        """Family of reports → the columns that are wanted of them."""
        return {each: self.columns(each) for each in DEFAULTS}

    def is_default(self, report_type: str) -> bool:
        """Whether nobody chose columns."""
        return not self._chosen(report_type)

    def shown(self, report_type: str, frame: pl.DataFrame, apart: Sequence[str]) -> tuple[str, ...]:
        """Those that are wanted, as far as they hold anything or somebody asked for them here.

        At first also those that tell rows apart.

        Args:
            report_type: What is held.
            frame: The same.
            apart: Its columns that tell rows apart.
        """
        wanted, asked_for = self.columns(report_type), self._blank(report_type)
        said = [one for one in wanted if one in asked_for or one in FIXED or not _says_nothing(frame, one)]
        return tuple(dict.fromkeys([*said, *(apart if self.is_default(report_type) else ())]))

    def unasked(self, report_type: str, apart: Sequence[str]) -> tuple[str, ...]:
        """Columns that nobody chose, those that say least first."""
        return (_SAID, *reversed(apart)) if self.is_default(report_type) else ()

    def put_columns(self, keys: Sequence[str], report_type: str = "", frame: pl.DataFrame | None = None) -> None:
        """Show these from now on; with `frame`, those without anything in it are shown in these reports alone."""
        blank = {key for key in (*keys, *self.columns(report_type)) if frame is not None and _says_nothing(frame, key)}
        hidden = [key for key in self.columns(report_type) if key in blank and key not in keys]
        hidden = [key for key in hidden if key not in self._blank(report_type)]
        nothing_chosen = set(keys) == set(DEFAULTS[family(report_type)])
        chosen = [] if nothing_chosen or not keys else list(dict.fromkeys([*keys, *hidden]))
        asked_for = [key for key in keys if frame is not None and (key not in frame.columns or key in blank)]
        self._put(_BLANK, {**_dict(self._own(), _BLANK), report_type: asked_for})
        self._put(_COLUMNS, {**_dict(self._own(), _COLUMNS), family(report_type): chosen})

    def look_for(self, key: str, text: str, instead: str, shown: Sequence[str], holding: Holding) -> None:
        """Have `text` typed over the column `key` beside those `shown`, and nothing over `instead`."""
        asked = self.asked()
        filters = {column: typed for column, typed in asked.filters.items() if column != instead}
        if key not in shown:
            self.put_columns([*shown, key], holding.report_type, holding.frame)
        self.put_asked(replace(asked, filters={**filters, key: text}))

    def all_columns(self, report_type: str) -> tuple[Column, ...]:
        """Every column, in the default order first."""
        rows = {column.key: column for column in all_columns(report_type)}
        default = DEFAULTS[family(report_type)]
        first = [rows[key] for key in default if key not in FIXED and key != "usage_date"]
        last = [rows[key] for key in ("usage_date", *FIXED)]
        return (*first, *(rows[key] for key in rows if rows[key] not in first + last), *last)

    def widths(self) -> Mapping[str, int]:
        """Column → width in u, where it was changed."""
        kept: dict[str, object] = self._remembered.get(_WIDTHS, {})
        return {key: value for key, value in kept.items() if isinstance(value, int) and value > 0}

    def put_widths(self, widths: Mapping[str, int]) -> None:
        """Remember widths."""
        self._remembered.put(_WIDTHS, dict(widths))

    def _chosen(self, report_type: str) -> list[str]:
        return _texts(_dict(self._own(), _COLUMNS).get(family(report_type)))

    def _blank(self, report_type: str) -> list[str]:
        return _texts(_dict(self._own(), _BLANK).get(report_type))

    def _own(self) -> dict[str, object]:
        return dict(self._remembered.get(self._name(), _NOTHING))

    def _put(self, name: str, value: object) -> None:
        self._remembered.put(self._name(), {**self._own(), name: value})

    def _name(self) -> str:
        """A name for each library: two windows on two libraries do not write over each other."""
        return f"data of {self._folder}"


def _says_nothing(frame: pl.DataFrame, key: str) -> bool:
    return frame.height > 0 and key in frame.columns and is_blank(frame, key)


def _dict(of: Mapping[str, object], name: str) -> dict[str, object]:
    found = of.get(name)
    return dict(found) if isinstance(found, dict) else {}


def _texts(found: object) -> list[str]:
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def known_months(holding: Holding) -> tuple[list[date], dict[int, str]]:
    """The months from the first to the last that is known of the reports held, and their sources with names."""
    known = holding.coverage.filter(holding.coverage["report_type"] == holding.report_type)
    found = sorted(date.fromisoformat(f"{one}-01") for one in known["month"].unique().to_list())
    ids = {*known["statistics_source_ID"].to_list(), *holding.frame["statistics_source_ID"].unique().to_list()}
    names = {one: holding.names.get(one, str(one)) for one in ids}
    return (all_months(found[0], found[-1]) if found else []), names


def since_gap(holding: Holding) -> date | None:
    """January of the first year in which a source has a month missing between others; None: it has none."""
    known = holding.coverage.filter(holding.coverage["report_type"] == holding.report_type)
    found: list[date] = []
    for _, months in known.group_by("statistics_source_ID").agg("month").iter_rows():
        there = {date.fromisoformat(f"{one}-01") for one in months}
        found += [one for one in all_months(min(there), max(there)) if one not in there][:1]
    return min(found).replace(month=1) if found else None
