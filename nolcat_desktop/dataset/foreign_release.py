"""Of which release the rows of a part are that NoLCAT wrote: its files do not say it.

As in taking over NoLCAT's database (`legacy.releases`), with the one difference that nobody can be asked here: the
report type decides (JR1, BR2, DB1 … are of Release 4), then the metric, then the words that only Release 5.1 has in the
month; what is left is of Release 5, which NoLCAT was made for.
"""

from __future__ import annotations

import polars as pl

from nolcat_desktop.counter import metrics4
from nolcat_desktop.counter.own_words import own_words
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import DEFINITIONS
from nolcat_desktop.usage import USAGE_COLUMNS

_LATER = (Release.R5, Release.R51)
_LATER_TYPES = frozenset(one.report_id for one in DEFINITIONS if one.release in _LATER)
_TYPES4 = frozenset(one.report_id for one in DEFINITIONS if one.release is Release.R4) - _LATER_TYPES
_METRICS = frozenset(name for one in DEFINITIONS if one.release in _LATER for name in one.metric_types)
_DENIED = r"(?i)^access denied[:.]"


def _metrics4() -> frozenset[str]:
    """The texts under which Release 4 is stored, NoLCAT's and ours."""
    fixed = {one.metric for one in DEFINITIONS if one.release is Release.R4 and one.metric}
    return frozenset({*fixed, *metrics4.ACTIVITIES, *metrics4.DENIALS}) - _METRICS


def release_of_foreign() -> pl.Expr:
    """The release of each row, as an expression over the columns of `USAGE`."""
    kind, metric = pl.col("report_type"), pl.col("metric_type")
    is_metric4 = metric.is_in(sorted(_metrics4())) | metric.str.contains(_DENIED)
    is_later = kind.is_in(sorted(_LATER_TYPES)) & ~is_metric4
    is_later |= ~kind.is_in(sorted(_TYPES4 | _LATER_TYPES)) & metric.is_in(sorted(_METRICS))
    is_51 = _only_in(Release.R51, Release.R5).any().over("statistics_source_ID", "report_type", "usage_date")
    later = pl.when(is_51.fill_null(value=False)).then(pl.lit("5.1")).otherwise(pl.lit("5"))
    return pl.when(is_later.fill_null(value=False)).then(later).otherwise(pl.lit("4"))


def _only_in(release: Release, other: Release) -> pl.Expr:
    """Whether a word of the row belongs to this release alone."""
    seen = [
        (pl.col("report_type").str.slice(0, 2) == master) & pl.col(USAGE_COLUMNS[element]).is_in(sorted(words))
        for master, element, words in own_words(release, other)
    ]
    return pl.any_horizontal(seen).fill_null(value=False)
