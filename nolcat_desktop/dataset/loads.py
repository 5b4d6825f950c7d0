"""A load: one report as it lies in a part, and its entry in the part's footer (`nolcat.loads`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from nolcat_desktop.dataset.restatement import Restatement
from nolcat_desktop.dataset.scope import Scope
from nolcat_desktop.dataset.tally import Tally

FORMAT_KEY, FORMAT = "nolcat.format", "1"
LOADS_KEY = "nolcat.loads"
SUPERSEDED_KEY = "nolcat.superseded"


class State(StrEnum):
    """What is known about a month of a report (users.md 8: zero, no data and not yet are three things)."""

    USAGE = "usage"
    CONFIRMED_ZERO = "confirmed_zero"
    NO_DATA = "no_data"
    """Exception 3032: the publisher no longer has the month."""
    NOT_READY = "not_ready"
    """Exception 3031."""
    PARTIAL = "partial"
    """Exception 3040; a month without use of which cells could not be read; as the answer of `coverage` also a month
    of which cells were left out."""
    TOTALS_ONLY = "totals_only"
    """The report gives no counts of single months."""
    OVERLAPPING = "overlapping"
    """Two live loads count the month; only ever the answer of `coverage`."""
    RESTATED = "restated"
    """Usage that replaced other numbers of the publisher; only ever the answer of `coverage`."""


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Load:
    """One report in a part. Its rows lie together in the part, after those of the loads before it."""

    original: str
    """Name of the file as it was given; inside an archive `archive.zip!/member`."""
    sha256: str
    """Of the original; '' for parts that NoLCAT itself wrote."""
    kind: str
    """What the file was: tsv, csv, xlsx, json."""
    report_type: str
    """The report's code as the column `report_type` writes it: `TR`, `TR_J1`, `JR1`."""
    release: str
    """`4`, `5` or `5.1`."""
    source_id: int
    states: Mapping[str, State] = field(default_factory=_nothing)
    """Months held live (yyyy-mm) → what is known about them. Months with usage are `usage` or `partial`."""
    tally: Tally = field(default_factory=Tally)
    """Rows and control sums of the months held live."""
    scope: Scope = field(default_factory=Scope)
    sheet: str | None = None
    harvested: date | None = None
    header: tuple[tuple[str, ...], ...] = ()
    """Header rows as delivered: label, then the values."""
    created: str | None = None
    """Created (R4: Date run) as yyyy-mm-dd, or None."""
    period: tuple[str, str] | None = None
    """First and last day of the reporting period, yyyy-mm-dd."""
    findings: Mapping[str, int] = field(default_factory=_nothing)
    """Level → number of findings."""
    repairs: tuple[str, ...] = ()
    damaged: tuple[tuple[str, str], ...] = ()
    """Cells left out because their count could not be read: (position, text)."""
    damaged_months: tuple[str | None, ...] = ()
    """Month (yyyy-mm) of each cell of `damaged`, None where it is not known; () in what older versions stored."""
    exceptions: tuple[tuple[int | None, str, str | None], ...] = ()
    """(code, message, data) of each exception in the report."""
    program: str = ""
    """Version of the program that stored it."""
    entry: int = 0
    """Number of the run in the library's history; 0 until it is stored, and for NoLCAT's own parts."""
    restated: tuple[Restatement, ...] = ()
    """Counts of its months that it replaced, and those that these had replaced before."""
    told: Mapping[str, str] = field(default_factory=_nothing)
    """What the user said of a file that does not say it itself: report_type, begin, end, release; months: the
    headings that are none (`L8=2017-02`)."""
    declined: tuple[str, ...] = ()
    """Positions of repairs that the user did not want."""
    lines: Mapping[str, int] = field(default_factory=_nothing)
    """Delimited text: how the file's lines became rows, line breaks inside cells and blank lines."""

    @property
    def months(self) -> tuple[str, ...]:
        """Months held live, ascending."""
        return tuple(sorted(self.states))

    @property
    def rows(self) -> int:
        """Rows of usage in the part."""
        return self.tally.rows

    @property
    def is_empty(self) -> bool:
        """Whether the report has no usage at all."""
        return not self.tally.rows_by_month

    def claims(self, month: str) -> bool:
        """Whether this load says how much usage `month` had.

        A month under exception 3031, 3032 or 3040 without rows, and every month of an empty report, only explains
        why there is nothing; it never stands against usage (design 3.2).
        """
        if month in self.tally.rows_by_month:
            return True
        return not self.is_empty and self.states.get(month) in (State.USAGE, State.CONFIRMED_ZERO)

    def narrowed(self, months: Iterable[str]) -> Load:
        """The same load with `months` only; of its damaged cells those of them, and those of which it is not known."""
        kept = {month: state for month, state in self.states.items() if month in frozenset(months)}
        if len(kept) == len(self.states):
            return self
        restated = tuple(one for one in self.restated if one.month in kept)
        pairs = [
            (cell, month)
            for cell, month in zip_longest(self.damaged, self.damaged_months[: len(self.damaged)])
            if month is None or month in kept
        ]
        return replace(
            self,
            states=MappingProxyType(kept),
            tally=self.tally.narrowed(kept),
            restated=restated,
            damaged=tuple(cell for cell, _ in pairs),
            damaged_months=tuple(month for _, month in pairs),
        )

    def as_json(self) -> dict[str, Any]:
        """The entry in the footer."""
        return {
            "entry": self.entry,
            "original": self.original,
            "sha256": self.sha256,
            "sheet": self.sheet,
            "kind": self.kind,
            "release": self.release,
            "report_id": self.report_type,
            "statistics_source_ID": self.source_id,
            "harvested": self.harvested.isoformat() if self.harvested else None,
            "scope": self.scope.as_json(),
            "header": [list(row) for row in self.header],
            "created": self.created,
            "period": list(self.period) if self.period else None,
            "months": list(self.months),
            "states": {month: str(state) for month, state in sorted(self.states.items())},
            **self.tally.as_json(),
            "findings": dict(self.findings),
            "repairs": list(self.repairs),
            "damaged": [{"position": position, "value": value} for position, value in self.damaged],
            "damaged_months": list(self.damaged_months),
            "exceptions": [{"code": code, "message": text, "data": data} for code, text, data in self.exceptions],
            "program": self.program,
            "restated": [one.as_json() for one in self.restated],
            "told": dict(self.told),
            "declined": list(self.declined),
            "lines": dict(self.lines),
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Load:
        """Read what `as_json` wrote.

        Raises:
            KeyError, ValueError, TypeError: If `given` is not such an entry.
        """
        period, harvested = given.get("period"), given.get("harvested")
        return cls(
            original=given["original"],
            sha256=given["sha256"],
            kind=given["kind"],
            report_type=given["report_id"],
            release=given["release"],
            source_id=int(given["statistics_source_ID"]),
            states=MappingProxyType({month: State(state) for month, state in given["states"].items()}),
            tally=Tally.from_json(given),
            scope=Scope.from_json(given["scope"]),
            sheet=given.get("sheet"),
            harvested=date.fromisoformat(harvested) if harvested else None,
            header=tuple(tuple(row) for row in given.get("header", ())),
            created=given.get("created"),
            period=(period[0], period[1]) if period else None,
            findings=MappingProxyType(dict(given.get("findings", {}))),
            repairs=tuple(given.get("repairs", ())),
            damaged=tuple((cell["position"], cell["value"]) for cell in given.get("damaged", ())),
            damaged_months=tuple(given.get("damaged_months", ())),
            exceptions=tuple((one["code"], one["message"], one["data"]) for one in given.get("exceptions", ())),
            program=given.get("program", ""),
            entry=int(given["entry"]),
            restated=tuple(Restatement.from_json(one) for one in given.get("restated", ())),
            told=MappingProxyType(dict(given.get("told", {}))),
            declined=tuple(given.get("declined", ())),
            lines=MappingProxyType(dict(given.get("lines", {}))),
        )


def footer(loads: Sequence[Load], superseded: bool = False) -> dict[str, str]:
    """The key-value metadata of a part that holds `loads`, in the order of their rows."""
    written = {FORMAT_KEY: FORMAT, LOADS_KEY: json.dumps([load.as_json() for load in loads], ensure_ascii=False)}
    return {**written, SUPERSEDED_KEY: "true"} if superseded else written


def loads_of(metadata: Mapping[str, str]) -> tuple[Load, ...] | None:
    """The loads that a part's metadata names; None when the part is not of this program.

    Raises:
        ValueError: If the metadata is this program's but cannot be read.
    """
    if FORMAT_KEY not in metadata:
        return None
    if metadata[FORMAT_KEY] != FORMAT:
        raise ValueError(f"{metadata[FORMAT_KEY]!r} is no form that this program knows")
    try:
        return tuple(Load.from_json(one) for one in json.loads(metadata[LOADS_KEY]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"the list of loads cannot be read: {error}") from error
