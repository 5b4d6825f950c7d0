"""What a user may say of reports that do not say it themselves, and which repairs are not wanted."""

from __future__ import annotations

import argparse
import re
from datetime import date, timedelta

from nolcat_desktop.counter.release import Release

_RELEASES = tuple(map(str, Release))
_PERIOD = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2]):([0-9]{4})-(0[1-9]|1[0-2])")
_CODE = re.compile(r"[A-Za-z]{2}[A-Za-z0-9_ ]{0,18}")
_HEADING = re.compile(r"\s*(\S.*)=\s*((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])\s*", re.DOTALL)
_POSITION = re.compile(r"(?:.+!)?[A-Z]{1,3}[0-9]{1,8}")


def add_telling(command: argparse.ArgumentParser) -> None:
    """Add `--report-type`, `--release` and `--period` to a command that reads reports."""
    text = "which report a table without a header is, such as JR1; a header in the file counts more"
    command.add_argument("--report-type", type=_code, metavar="CODE", help=text)
    text = "the release of a table whose header does not say it; a header, or words of one release only, count more"
    command.add_argument("--release", type=Release, choices=_RELEASES, metavar="|".join(_RELEASES), help=text)
    text = "the months that a table without a reporting period covers, such as 2017-01:2017-12"
    command.add_argument("--period", type=_period, metavar="yyyy-mm:yyyy-mm", help=text)


def add_declining(command: argparse.ArgumentParser) -> None:
    """Add `--month` and `--decline` to the command that stores reports."""
    text = "the month of a heading that names none, by its words or its cell, such as L8=2024-03; may be repeated"
    command.add_argument(
        "--month", dest="months", type=_heading, action="append", default=[], metavar="HEADING=yyyy-mm", help=text
    )
    text = "leave the cell as delivered instead of repairing it, such as F12 or Sheet1!F12; may be repeated"
    command.add_argument(
        "--decline", dest="declined", type=_cell, action="append", default=[], metavar="CELL", help=text
    )


def _code(text: str) -> str:
    if not _CODE.fullmatch(text.strip()):
        raise argparse.ArgumentTypeError(f"“{text}” is not the code of a report, such as JR1 or TR_J1")
    return text.strip()


def _period(text: str) -> tuple[date, date]:
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a period like 2017-01:2017-12")
    begin, last = date(int(found[1]), int(found[2]), 1), date(int(found[3]), int(found[4]), 1)
    if last < begin:
        raise argparse.ArgumentTypeError(f"“{text}” ends before it begins")
    return begin, (last + timedelta(31)).replace(day=1) - timedelta(1)


def _heading(text: str) -> tuple[str, date]:
    found = _HEADING.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a heading and its month, like “Usage 3=2024-03”")
    return found[1].strip(), date(int(found[2]), int(found[3]), 1)


def _cell(text: str) -> str:
    if not _POSITION.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a cell like F12")
    return text
