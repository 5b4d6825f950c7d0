"""What the last adding brought: which months of which reports."""

from __future__ import annotations

from collections.abc import Mapping

from nolcat_desktop.dataset import Library


def just_added(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Report type → its months (yyyy-mm, ascending) that the last entry of the history stored; {} if it stored none.

    Raises:
        NolcatError: If the library cannot be read.
    """
    newest = max((held.load.entry for held in library.holdings()), default=0)
    found: dict[str, set[str]] = {}
    for held in library.holdings() if newest else ():
        if held.load.entry == newest:
            found.setdefault(held.load.report_type, set()).update(held.load.states)
    return {report_type: tuple(sorted(months)) for report_type, months in found.items() if months}
