"""Whether numbers are those of the sample library: they are known by the reports that they came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from nolcat_desktop.problem import NolcatError, Problem

_FOLDERS = ("sample-reports", "sample-reports-waiting")


@cache
def sample_sha256s() -> frozenset[str]:
    """SHA-256 of every report that comes with the program."""
    package = Path(str(files("nolcat_desktop")))
    shipped = [package / "_resources", package.parent / "resources"]
    reports = [file for base in shipped for name in _FOLDERS for file in sorted((base / name).glob("*"))]
    return frozenset(hashlib.sha256(file.read_bytes()).hexdigest() for file in reports if file.is_file())


def refuse_sample(originals: Iterable[str]) -> None:
    """Stop if made-up numbers would be sent.

    Args:
        originals: SHA-256 of the reports that the numbers came from.

    Raises:
        NolcatError: If one of them is a sample report.
    """
    if sample_sha256s().isdisjoint(originals):
        return
    raise NolcatError(
        Problem(
            "The sample cannot be sent",
            "Its numbers are made up; in a shared bucket they would be taken for real. Nothing was sent.",
            "Open your own library, or remove the sample reports from this one, and send again.",
        )
    )
