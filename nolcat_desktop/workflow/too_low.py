"""Numbers of a library that are too low, because counts that nobody could read were left out: said with each of them.

Where a month of such a report is among what is shown, summed up or exported, the sentences made here stand beside it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date

import polars as pl

from nolcat_desktop.analysis.looking import TooLow
from nolcat_desktop.analysis.standard_views import STANDARD_VIEWS
from nolcat_desktop.dataset import Library, left_out
from nolcat_desktop.dataset.left_out import LeftOut
from nolcat_desktop.workflow.viewing import master_of, spans

_SHOWN = 3


def too_low(
    library: Library,
    report_types: Container[str] | None = None,
    sources: Container[int] = (),
    begin: date | None = None,
    end: date | None = None,
) -> TooLow:
    """The months of which counts were left out.

    Args:
        library: Its live loads.
        report_types: Only these; None for all.
        sources: Only these statistics sources; () for all.
        begin: First day of the first month; None for the first there is.
        end: Any day of the last month.

    Raises:
        NolcatError: If a part cannot be read.
    """
    return among(left_out(library.holdings()), report_types, sources, begin, end)


def among(
    found: TooLow,
    report_types: Container[str] | None = None,
    sources: Container[int] = (),
    begin: date | None = None,
    end: date | None = None,
) -> TooLow:
    """Those of `found` that are asked for; as `too_low`."""
    first = f"{begin:%Y-%m}" if begin is not None else ""
    last = f"{end:%Y-%m}" if end is not None else "9999"
    return {
        (source, report_type, month): cells
        for (source, report_type, month), cells in found.items()
        if (report_types is None or report_type in report_types)
        and (sources == () or source in sources)
        and first <= month <= last
    }


def of_view(found: TooLow, view: str, told: pl.DataFrame) -> TooLow:
    """Those of `found` that are in the numbers of a report: its own, and its master's where it is worked out of it.

    Args:
        found: The months of which counts were left out.
        view: Code of the report.
        told: What is known of the report itself, with statistics_source_ID and month (yyyy-mm): the master of a
            standard view counts only elsewhere.
    """
    types = {view, master_of(view)} if view in STANDARD_VIEWS else {view}
    own = set(told.select("statistics_source_ID", "month").iter_rows())
    holes = among(found, types)
    return {key: cells for key, cells in holes.items() if key[1] == view or (key[0], key[2]) not in own}


def too_low_notes(found: TooLow, names: Mapping[int, str]) -> tuple[str, ...]:
    """A sentence for each report of which counts were left out: source, months, how many, which cells, which file.

    Args:
        found: The months that are shown.
        names: Statistics source id → name.
    """
    told: dict[tuple[int, str, str, bool, bool], tuple[list[str], dict[str, None]]] = {}
    for (source, report_type, month), cells in sorted(found.items()):
        for one in (LeftOut(*given) for given in cells):
            key = (source, report_type, one.original, one.is_certain, one.publisher_too)
            months, positions = told.setdefault(key, ([], {}))
            months.append(month)
            positions.update(dict.fromkeys(one.positions))
    return tuple(
        _note(f"{report_type} of {names.get(source, source)}", months, tuple(positions), original, certain, partial)
        for (source, report_type, original, certain, partial), (months, positions) in told.items()
    )


def _note(  # noqa: PLR0913, PLR0917 - the parts of one sentence
    report: str, months: Iterable[str], positions: tuple[str, ...], original: str, certain: bool, partial: bool
) -> str:
    where = ", ".join([*positions[:_SHOWN], *(["…"] if len(positions) > _SHOWN else [])])
    file = original.replace("\\", "/").rpartition("/")[2]
    how = "1 count" if len(positions) == 1 else f"{len(positions):,} counts"
    was = "was" if len(positions) == 1 else "were"
    text = f"{report}, {spans(months)}: {how} could not be read and {was} left out ({where} of {file})"
    text = f"Too low: {text}." if certain else f"Perhaps too low: {text}; of which months they are is not known."
    return f"{text} The publisher says, too, that uses may be missing there." if partial else text
