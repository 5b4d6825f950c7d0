"""The words of `nolcat sync`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from nolcat_desktop.cli.cloud_options import add_cloud

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_UNITS = {"": 1, "k": 1000, "m": 1000_000}


def add_sync_command(commands: Commands, added: Callable[[Commands, str, str], argparse.ArgumentParser]) -> None:
    """Add `nolcat sync`; `added` makes one command with what all have."""
    command = added(commands, "sync", "send a library to its bucket, or fetch it from there; nothing is deleted there")
    command.add_argument("--library", type=_folder, required=True, metavar="DIR", help="the folder of the library")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--dry-run", action="store_true", help="only say what would be sent; nothing is written")
    text = "fetch the complete library that lies there into DIR, which has no reports yet, and check it"
    what.add_argument("--fetch", action="store_true", help=text)
    text = "end unfinished sendings older than a day that others left behind"
    what.add_argument("--clean-up", action="store_true", help=text)
    text = "send the original reports too, so that a fetched library has them"
    command.add_argument("--with-originals", action="store_true", help=text)
    text = "where the list of sources there calls an id otherwise, put our name there"
    command.add_argument("--our-names", action="store_true", help=text)
    text = "decide a conflict: fetch the version there (ours can be brought back by undo); may be repeated"
    command.add_argument("--keep-theirs", action="append", default=[], metavar="KEY", help=text)
    text = "decide a conflict: send ours as a new version (theirs stays as an earlier one); may be repeated"
    command.add_argument("--send-ours", action="append", default=[], metavar="KEY", help=text)
    text = "bytes a second at most, such as 500k or 2m"
    command.add_argument("--limit", type=_speed, default=None, metavar="SPEED", help=text)
    add_cloud(command)


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name of a folder is empty")
    return Path(text)


def _speed(text: str) -> int:
    found = re.fullmatch(r"([0-9]{1,9})([km]?)", text.lower())
    if not found or not int(found[1]):
        raise argparse.ArgumentTypeError(f"“{text}” is no speed: bytes a second, such as 500k or 2m")
    return int(found[1]) * _UNITS[found[2]]
