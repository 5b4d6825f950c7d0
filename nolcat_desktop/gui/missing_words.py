"""How much is missing, in the same words everywhere."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nolcat_desktop.analysis.lacking import Missing
from nolcat_desktop.gui.cell_text import month, number


def missing_words(missing: Missing) -> tuple[str, ...]:
    """`6 months are missing between reports in 2 sources`, `3 reports of 2 sources stop between Jan and Jul 2026`.

    Returns:
        None, one or both of them, without a full stop.
    """
    return tuple(part for part in (_between(missing), _ended(missing)) if part)


def work_words(missing: Missing) -> str:
    """Of the button that lists all of it: `Work through gaps (6)`."""
    tr = QCoreApplication.translate
    words = tr("missing", "Work through gaps ({n})") if missing.months else tr("missing", "Work through gaps")
    return words.format(n=number(missing.months))


def nothing_missing_words() -> str:
    """The same of none."""
    return QCoreApplication.translate("missing", "no month is missing")


def counted_words() -> str:
    """What is counted."""
    return QCoreApplication.translate(
        "missing",
        "A month counts once for each report of each source. It is missing between reports when the same report is "
        "there for a later month.",
    )


def _between(missing: Missing) -> str:
    if not missing.months:
        return ""
    tr = QCoreApplication.translate
    one, many = tr("missing", "1 month is missing"), tr("missing", "{n} months are missing")
    told = one if missing.months == 1 else many.format(n=number(missing.months))
    of_one, of_many = tr("missing", "between reports in 1 source"), tr("missing", "between reports in {n} sources")
    where = of_one if missing.sources == 1 else of_many.format(n=number(missing.sources))
    return f"{told} {where}"


def _ended(missing: Missing) -> str:
    if missing.newest is None or missing.oldest is None:
        return ""
    tr = QCoreApplication.translate
    if missing.oldest < missing.newest:
        told = tr("missing", "{n} reports of {m} sources stop between {oldest} and {month}")
        if missing.ended_sources == 1:
            told = tr("missing", "{n} reports of 1 source stop between {oldest} and {month}")
    elif missing.ended == 1:
        told = tr("missing", "1 report has nothing newer than {month}")
    elif missing.ended_sources == 1:
        told = tr("missing", "{n} reports of 1 source have nothing newer than {month}")
    else:
        told = tr("missing", "{n} reports of {m} sources have nothing newer than {month}")
    ends = {"month": month(missing.newest), "oldest": month(missing.oldest)}
    return told.format(n=number(missing.ended), m=number(missing.ended_sources), **ends)
