"""A kept original as a spreadsheet shows it, to be looked at beside a number that it explains."""

from __future__ import annotations

from nolcat_desktop.dataset import Library, Load
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.rereading import read_original
from nolcat_desktop.workflow.review_sheet import Sheet, sheet_of


def original_sheet(library: Library, load: Load, progress: Progress) -> Sheet:
    """All of the report that `load` was made of, in the order of its file.

    Raises:
        NolcatError: If the original is missing, damaged, or the report is not found in it.
        Cancelled: If the user asked to stop.
    """
    return sheet_of(read_original(library, load, progress))
