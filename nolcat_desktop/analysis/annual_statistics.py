"""Annual statistics for surveys, as sums of standard views: one row of a table for each statistic.

Source: NoLCAT's own annual statistics (ACRL and ARL questionnaires). NoLCAT sums the master reports; each of its
filters is that of a standard view, so that here a view that was delivered without its master counts, too, nothing is
counted twice, and Release 5.1's data types (Reference_Work; Audiovisual, Image, Interactive_Resource and Sound beside
Multimedia) are not lost, which NoLCAT's own filters do not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import polars as pl

from nolcat_desktop.analysis.standard_views import StandardView, standard_view
from nolcat_desktop.progress import Progress


@dataclass(frozen=True, slots=True)
class Term:
    """One metric of one standard view."""

    view: str
    metric: str


@dataclass(frozen=True, slots=True)
class Statistic:
    """One question of a survey."""

    name: str
    question: str
    terms: tuple[Term, ...]
    """They are added: none counts what another counts."""


_BOOKS = Term("TR_B1", "Unique_Title_Requests")
_MEDIA = Term("IR_M1", "Total_Item_Requests")
_JOURNALS = Term("TR_J3", "Unique_Item_Requests")
_CONTROLLED_JOURNALS = Term("TR_J1", "Unique_Item_Requests")

STATISTICS = (
    Statistic("ACRL 60b", "Total digital circulation (last asked in 2022)", (_BOOKS, _MEDIA, _CONTROLLED_JOURNALS)),
    Statistic("ACRL 61a", "Digital circulation of e-books and e-media", (_BOOKS, _MEDIA)),
    Statistic("ACRL 61b", "E-serials usage, open access included", (_JOURNALS,)),
    Statistic("ACRL 63", "E-serials usage without open access (last asked in 2022)", (_CONTROLLED_JOURNALS,)),
    Statistic("ARL 18", "Successful full-text article requests", (_JOURNALS,)),
    Statistic("ARL 19", "Regular searches of databases", (Term("DR_D1", "Searches_Regular"),)),
    Statistic("ARL 20", "Federated searches of databases", (Term("DR_D1", "Searches_Federated"),)),
)
"""Every statistic that can be worked out."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What one report of one source adds to a part."""

    source_id: int
    report_type: str
    """The view where it was delivered, else its master."""
    release: str
    months: tuple[str, ...]
    """yyyy-mm, ascending; those with use."""
    uses: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one term gives."""

    term: Term
    total: int
    months: int
    """Months of the year with any use; fewer than twelve is worth a look."""
    left_out: int
    """Rows of usage that could belong to it and cannot be told: the total may be too low."""
    reasons: tuple[str, ...] = ()
    """Why they cannot be told."""
    by_source: Mapping[int, int] = field(default_factory=dict)
    """Statistics source id → what it adds to the total."""
    origins: tuple[Origin, ...] = ()
    """By source; their uses add up to the total."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A statistic of one year."""

    statistic: Statistic
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """The number that is asked for."""
        return sum(part.total for part in self.parts)

    @property
    def by_source(self) -> Mapping[int, int]:
        """Statistics source id → what it adds to the number, by id."""
        found: dict[int, int] = {}
        for part in self.parts:
            for source, total in part.by_source.items():
                found[source] = found.get(source, 0) + total
        return dict(sorted(found.items()))

    @property
    def may_be_too_low(self) -> bool:
        """Whether usage that could belong to it was left out."""
        return any(part.left_out for part in self.parts)


VIEWS = tuple(sorted({term.view for statistic in STATISTICS for term in statistic.terms}))
"""The standard views that they are sums of."""


def annual_statistics(
    usage: pl.LazyFrame,
    begin: date,
    end: date,
    delivered: Mapping[str, pl.DataFrame] | None = None,
    progress: Progress | None = None,
) -> tuple[Answer, ...]:
    """Work out every statistic of a year.

    Args:
        usage: Rows in the columns of `USAGE`; the live ones of a library.
        begin: First day of the (fiscal) year.
        end: Its last day.
        delivered: View → months that it tells itself; see `standard_view`.
        progress: Told and checked, view by view.

    Returns:
        One answer for each row of `STATISTICS`; 0 where there is no usage. Release 4 is not in them.
    """
    told, views = delivered or {}, (progress or Progress()).over("Adding up", VIEWS, str)
    worked_out = MappingProxyType({view: standard_view(usage, view, begin, end, told.get(view)) for view in views})
    return tuple(
        Answer(statistic, tuple(_part(worked_out, term) for term in statistic.terms)) for statistic in STATISTICS
    )


def _part(views: Mapping[str, StandardView], term: Term) -> Part:
    view = views[term.view]
    rows = view.rows.filter(pl.col("metric_type") == term.metric)
    unknown = view.left_out.filter(pl.col("metric_type") == term.metric)
    reasons = tuple(unknown["reason"].unique().sort())
    total, months = int(rows["usage_count"].sum()), rows["usage_date"].n_unique()
    by_source = rows.group_by("statistics_source_ID").agg(pl.col("usage_count").sum()).sort("statistics_source_ID")
    came = (Origin(*row) for row in _origins(rows).iter_rows())
    return Part(term, total, months, int(unknown["rows"].sum()), reasons, dict(by_source.iter_rows()), tuple(came))


def _origins(rows: pl.DataFrame) -> pl.DataFrame:
    keys, month = ["statistics_source_ID", "taken_from", "release"], pl.col("usage_date").dt.strftime("%Y-%m")
    found = rows.group_by(keys).agg(month.unique().sort().alias("months"), pl.col("usage_count").sum())
    return found.sort(keys)
