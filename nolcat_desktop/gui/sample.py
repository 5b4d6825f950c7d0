"""The sample library: made-up reports that come with the program, in a folder of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from nolcat_desktop import __version__
from nolcat_desktop.gui.apart import Apart
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import review_apart
from nolcat_desktop.workflow.review_apart import Shelf

FOLDER = "Sample library"


def sample_reports() -> Path:
    """The folder of the reports that the sample library holds."""
    return _shipped("sample-reports")


def waiting_reports() -> Path:
    """The folder of sample reports that wait for a decision in Add reports."""
    return _shipped("sample-reports-waiting")


def _shipped(name: str) -> Path:
    """A folder of the resources: beside the package in a checkout, inside it when installed."""
    package = Path(str(files("nolcat_desktop")))
    inside = package / "_resources" / name
    return inside if inside.is_dir() else package.parent / "resources" / name


def make_sample(folder: Path, clock: Callable[[], datetime], apart: Apart, progress: Progress) -> Path:
    """Fill `folder` with the sample unless that was done before.

    Raises:
        NolcatError: If the folder cannot be written.
        Cancelled: If the user asked to stop: nothing was stored.
    """
    shelf = Shelf(folder, __version__, clock())
    apart.do(review_apart.filling, shelf, [sample_reports()], progress=progress, writes=True)
    return folder


def remove_sample(folder: Path) -> None:
    """Remove the sample with its folder, which nobody but the program puts anything into."""
    shutil.rmtree(folder, ignore_errors=True)
