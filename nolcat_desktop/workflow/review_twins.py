"""Reports of one review that speak about the same months: which is taken, which gives way, which stand against one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from nolcat_desktop.report import FileKind
from nolcat_desktop.workflow.review_plan import twin_of
from nolcat_desktop.workflow.reviewed import Reviewed

_PATHS = {FileKind.JSON: 1, FileKind.XML: 2}
"""Forms whose positions are paths: of equal reports one is taken whose positions are cells."""


def with_twin(reviewed: Reviewed, before: Iterable[Reviewed]) -> Reviewed:
    """The report with what those `before` it say about the same months."""
    if reviewed.load is None:
        return reviewed
    others = ((one.load, one.digests, _new_name(one)) for one in before if one.load and one.key != reviewed.key)
    return replace(reviewed, twin=twin_of(reviewed.load, reviewed.digests, _new_name(reviewed), others))


def settled(reports: Sequence[Reviewed], stands: Callable[[int, Reviewed], bool]) -> list[Reviewed]:
    """Hold each of `reports` against those that come before it and may be written.

    They come in their order; but of reports with the same usage a table comes before a JSON or XML file.

    Args:
        reports: In the order of the review.
        stands: Told the place of a report and what it is beside those before it: whether it may be written.

    Returns:
        The same reports in their order, each with its `twin`.
    """
    found, first = list(reports), _first_of_usage(reports)
    before: dict[tuple[object, ...], list[Reviewed]] = {}
    for _, _, at in sorted((first[at], _form(one), at) for at, one in enumerate(reports) if one.load is not None):
        alike = before.setdefault(kind_of(reports[at]), [])
        if alike or reports[at].twin is not None:
            found[at] = with_twin(reports[at], alike)
        if stands(at, found[at]):
            alike.append(found[at])
    return found


def rivals(reviewed: Reviewed, others: Iterable[Reviewed]) -> tuple[tuple[str, int], ...]:
    """Keys of those `others` that have other numbers for a month of a report: only one of them can be right."""
    alone = replace(reviewed, twin=None)
    against = ((one.key, with_twin(alone, [one]).twin) for one in others if kind_of(one) == kind_of(reviewed))
    return tuple(key for key, twin in against if twin is not None and not twin.same)


def _first_of_usage(reports: Sequence[Reviewed]) -> list[int]:
    """For each report the place of the first with the same usage."""
    seen: dict[tuple[object, ...], int] = {}
    return [
        seen.setdefault((*kind_of(one), frozenset(one.digests.items())), at) if one.load is not None else at
        for at, one in enumerate(reports)
    ]


def kind_of(reviewed: Reviewed) -> tuple[object, ...]:
    """What two reports share that may be held against each other: report and source, a new one by its name."""
    load, name = reviewed.load, _new_name(reviewed)
    return (load.report_type, load.source_id if name is None else None, name) if load is not None else ()


def _new_name(reviewed: Reviewed) -> str | None:
    return reviewed.proposal.name if reviewed.proposal.source_id is None else None


def _form(reviewed: Reviewed) -> int:
    return _PATHS.get(reviewed.kind, 0) if reviewed.kind is not None else 0
