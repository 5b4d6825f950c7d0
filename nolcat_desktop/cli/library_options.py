"""The words of `nolcat library` that change a library, or prove what is in it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from nolcat_desktop.counter.release import Release

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Added = Callable[["Commands", str, str], argparse.ArgumentParser]
"""Adds a command of a name and a text."""
CHANGES = frozenset(
    {"remove", "tidy", "rebuild", "aside", "answer", "alias", "map", "explain", "certificate", "difference", "where"}
)
"""The commands that `library_changes` carries out."""


def add_library_changes(what: Commands, added: Added, folder: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the commands of `CHANGES` to `nolcat library`."""
    made = {name: added(what, name, text) for name, text in _TEXTS.items()}
    _choosing(made["remove"])
    made["remove"].add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")
    made["tidy"].add_argument("--dry-run", action="store_true", help="say what would be freed, and change nothing")
    text = "free originals that nothing in the library comes from, too"
    made["tidy"].add_argument("--originals", action="store_true", help=text)
    text = "say what would be made again and what cannot, and change nothing"
    made["rebuild"].add_argument("--dry-run", action="store_true", help=text)
    text = "make this one live; what counts its months now is kept aside in its place"
    made["aside"].add_argument("--make-live", metavar="PATH", help=text)
    _answer(made["answer"])
    _alias(made["alias"])
    _map(made["map"])
    _explain(made["explain"])
    one = made["certificate"]
    one.add_argument("entry", nargs="?", type=int, metavar="ENTRY", help="of the history; all that is live otherwise")
    one.add_argument("-o", "--output", type=_html, metavar="OUT.html", help="a page that prints")
    made["difference"].add_argument("entry", type=int, metavar="ENTRY", help="of the history")
    made["difference"].add_argument("--titles", action="store_true", help="title by title")
    one = made["where"]
    one.add_argument("file", type=Path, metavar="FILE", help="a file that was loaded, or its SHA-256")
    one.add_argument("cell", metavar="CELL", help="F15, or a path such as .Report_Items[0].YOP")
    one.add_argument("--sheet", metavar="NAME", help="sheet of a workbook; the first report otherwise")
    for one in made.values():
        folder(one)


_TEXTS = {
    "remove": "take months, reports or sources out; undo brings them back",
    "tidy": "free earlier versions: undo ends there",
    "rebuild": "make again what is damaged, from earlier versions and originals",
    "aside": "what is kept but not live",
    "answer": "say that no report exists for months that are missing",
    "alias": "other names of platforms, publishers, databases and of the library's own institution",
    "map": "give sources that were numbered here NoLCAT's numbers",
    "explain": "the cells that a number comes from",
    "certificate": "prove that what is stored is what the files say",
    "difference": "what an entry of the history changed, old against new",
    "where": "what became of a cell of a file",
}


def _choosing(command: argparse.ArgumentParser) -> None:
    command.add_argument("--source", type=_id, metavar="ID", help="of this source")
    command.add_argument("--report", metavar="TYPE", help="of this report type, such as TR")
    command.add_argument("--release", choices=tuple(map(str, Release)), help="counted by this release")
    _span(command)


def _span(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="begin", type=_month, metavar="yyyy-mm", help="first month")
    command.add_argument("--to", dest="end", type=_month, metavar="yyyy-mm", help="last month")


def _answer(command: argparse.ArgumentParser) -> None:
    command.add_argument("--source", type=_id, metavar="ID", help="of this source; without it, answers are listed")
    command.add_argument(
        "--report", default="", metavar="TYPE", help="of this report type; all of the source otherwise"
    )
    _span(command)
    command.add_argument("--note", default="", help="why")
    command.add_argument("--withdraw", action="store_true", help="take the answer about exactly these months back")


def _alias(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--of", choices=("platform", "publisher", "database", "member"), default="platform", help="what is named so"
    )
    text = "a name in the reports, and the name that it is looked at under; without it, names are listed"
    command.add_argument("--name", nargs=2, metavar=("NAME", "STANDS_FOR"), help=text)
    command.add_argument("--source", type=_id, metavar="ID", help="in usage of this source only")
    _span(command)
    command.add_argument("--withdraw", action="store_true", help="take the name back")


def _map(command: argparse.ArgumentParser) -> None:
    text = "number here = NoLCAT's number; without any, what the names propose is listed"
    command.add_argument("pairs", nargs="*", type=_pair, metavar="ID=ID", help=text)
    text = "declare that this library's numbers are its own (no: NoLCAT's), so that they may be sent"
    command.add_argument("--own-numbering", choices=("yes", "no"), help=text)


def _explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("--source", type=_id, required=True, metavar="ID")
    command.add_argument("--report", required=True, metavar="TYPE", help="such as TR")
    command.add_argument("--metric", required=True, help="such as Total_Item_Requests")
    command.add_argument("--release", choices=tuple(map(str, Release)), help="whichever is live otherwise")
    command.add_argument("--from", dest="begin", type=_month, required=True, metavar="yyyy-mm", help="first month")
    command.add_argument("--to", dest="end", type=_month, metavar="yyyy-mm", help="last month; the first otherwise")
    text = "only rows with this value, such as resource_name=Nature; may be repeated"
    command.add_argument("--where", type=_equation, action="append", default=[], metavar="COLUMN=VALUE", help=text)
    command.add_argument("-o", "--output", type=Path, metavar="OUT", help=".html, .csv, .xlsx, .tsv or .parquet")


def _id(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,15}", text) or not int(text):
        raise argparse.ArgumentTypeError(f"“{text}” is not an id: a whole number above 0")
    return int(text)


def _month(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a month like 2024-02")
    return text


def _pair(text: str) -> tuple[int, int]:
    old, sign, new = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"“{text}” is not two ids like 1000001=7")
    return _id(old), _id(new)


def _equation(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(f"“{text}” is not a column and a value like data_type=Journal")
    return name, value


def _html(text: str) -> Path:
    if Path(text).suffix.lower() != ".html":
        raise argparse.ArgumentTypeError(f"“{text}” does not end in .html")
    return Path(text)
