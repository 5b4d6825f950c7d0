"""The words of the command line (design 3.3)."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nolcat_desktop import __version__
from nolcat_desktop.cli.cloud_options import add_cloud_commands
from nolcat_desktop.cli.inventory_command import add_inventory_option
from nolcat_desktop.cli.jobs_options import add_jobs_commands
from nolcat_desktop.cli.legacy_options import add_take_over, wrong_words
from nolcat_desktop.cli.library_options import add_library_changes
from nolcat_desktop.cli.pipeline_options import add_pipeline_commands, add_setup_command
from nolcat_desktop.cli.sync_options import add_sync_command
from nolcat_desktop.cli.telling import add_declining, add_telling

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

ENDINGS = (".csv", ".tsv", ".xlsx", ".parquet")
"""What `show -o` can write; those of `export`, which is too slow to import here."""
REPORT_ENDINGS = (".html", ".xlsx", ".json", ".txt")
"""What `validate --report` can write; those of `export`."""
_LIBRARY = (
    ("coverage", "sources and months: what is there"),
    ("history", "what was done, the latest last"),
    ("undo", "take back all of one entry of the history, the last one unless named"),
    ("redo", "bring back what the last undo took back"),
    ("verify", "read everything and report what is wrong"),
    ("sources", "the list of statistics sources"),
)


def understood(words: Sequence[str] | None = None) -> argparse.Namespace:
    """What is asked for.

    Raises:
        SystemExit: By `--help` and `--version` (0), and if the words make no sense (2).
    """
    top = parser()
    given = top.parse_args(words)
    if given.command in {"show", "annual"} and given.begin and given.end and given.begin > given.end:
        top.error("--from is after --to")
    if given.command == "take-over" and (fault := wrong_words(given)):
        top.error(fault)
    if given.command == "validate":
        _check_validate(top, given)
    return given


def _check_validate(top: argparse.ArgumentParser, given: argparse.Namespace) -> None:
    if given.official and given.library:
        top.error("--library compares by rules of our own, which --official leaves out")
    if given.report and given.report == given.message:
        top.error("--report and --message name the same file")
    for target in (given.report, given.message):
        if target in given.paths:
            top.error(f"“{target}” is to be read and to be written")


def parser() -> argparse.ArgumentParser:
    """The whole grammar of `nolcat`."""
    top = argparse.ArgumentParser(
        prog="nolcat",
        description="Reads COUNTER usage reports, says what is wrong with them, and keeps them in a Parquet library.",
        epilog="Exit codes: 0 all well; 1 something was found or not done; 2 wrong usage; 130 stopped by the user.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"NoLCAT Desktop {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _inspect(commands)
    _validate(commands)
    _convert(commands)
    add_take_over(commands, _added, _folder)
    _library(commands)
    _show(commands)
    _annual(commands)
    add_sync_command(commands, _added)
    cloud = add_cloud_commands(commands, _added)
    add_setup_command(cloud, _added)
    add_jobs_commands(cloud, _added)
    add_pipeline_commands(commands, _added)
    return top


def _added(commands: Commands, name: str, text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
    command.add_argument("--json", action="store_true", help="one JSON object a line on stdout, and nothing else there")
    return command


def _paths(command: argparse.ArgumentParser) -> None:
    text = "a file, a folder (searched through) or a zip"
    command.add_argument("paths", nargs="+", type=_path, metavar="PATH", help=text)


def _folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("--library", type=_path, required=True, metavar="DIR", help="the folder of the library")


def _inspect(commands: Commands) -> None:
    command = _added(commands, "inspect", "what each report found is")
    _paths(command)
    add_inventory_option(command)
    add_telling(command)


def _validate(commands: Commands) -> None:
    command = _added(commands, "validate", "what is wrong with each report found")
    _paths(command)
    text = "judge as COUNTER's own validator does: without our own rules and leniencies"
    command.add_argument("--official", action="store_true", help=text)
    text = f"keep the findings in one file that ends in {', '.join(REPORT_ENDINGS)}"
    command.add_argument("--report", type=_findings_file, metavar="OUT", help=text)
    text = "write a message that asks the publisher for a corrected report"
    command.add_argument("--message", type=_text_file, metavar="OUT.txt", help=text)
    text = "compare the numbers with what this library has of the same report"
    command.add_argument("--library", type=_path, metavar="DIR", help=text)
    add_telling(command)


def _convert(commands: Commands) -> None:
    command = _added(commands, "convert", "store reports in a library")
    _paths(command)
    _folder(command)
    text = "statistics_source_ID of all reports; proposed for each otherwise"
    command.add_argument("--source", type=_id, metavar="ID", help=text)
    text = "when the reports were fetched; unknown otherwise"
    command.add_argument("--harvested", type=_day, metavar="yyyy-mm-dd", help=text)
    text = "months that are there with other numbers (default: fail)"
    command.add_argument("--if-loaded", choices=("fail", "skip", "replace", "aside"), default="fail", help=text)
    text = "months of which a part is there, made with other filters or platforms (default: fail)"
    command.add_argument("--if-overlapping", choices=("fail", "skip", "replace", "aside"), default="fail", help=text)
    text = "leave out month cells that hold no number, and list them"
    command.add_argument("--without-damaged", action="store_true", help=text)
    text = "store this institution's rows of a consortium's report; a library holds one member"
    command.add_argument("--member", type=_name, metavar="NAME", help=text)
    add_telling(command)
    add_declining(command)


def _library(commands: Commands) -> None:
    text = "what is in a library, and what was done to it"
    command = commands.add_parser("library", help=text, description=text, allow_abbrev=False)
    what = command.add_subparsers(dest="what", required=True, metavar="WHAT")
    for name, text in _LIBRARY:
        one = _added(what, name, text)
        if name == "coverage":
            text = "also the months after the last report that are due by today"
            one.add_argument("--expected", action="store_true", help=text)
        if name == "history":
            text = "also the files, sums by report and metric, what was removed and what was restated"
            one.add_argument("--details", action="store_true", help=text)
        if name == "undo":
            one.add_argument("entry", nargs="?", type=int, metavar="ENTRY")
        if name == "sources":
            one.add_argument("--take-in", type=_path, metavar="LIST", help="take in NoLCAT's list (CSV or SQL dump)")
            one.add_argument("--rename", nargs=2, metavar=("ID", "NAME"), help="give a source another name")
        _folder(one)
    add_library_changes(what, _added, _folder)


def _show(commands: Commands) -> None:
    command = _added(commands, "show", "the usage of one report type as a table")
    command.add_argument(
        "view",
        metavar="VIEW",
        help="PR, DR, TR, IR, JR1 …, or a standard view such as TR_J1 (worked out of its master where it is not there)",
    )
    _folder(command)
    command.add_argument("--from", dest="begin", type=_month, metavar="yyyy-mm", help="first month")
    command.add_argument("--to", dest="end", type=_month, metavar="yyyy-mm", help="last month")
    text = "only this source; may be repeated"
    command.add_argument("--source", dest="sources", type=_id, action="append", default=[], metavar="ID", help=text)
    text = f"a file that ends in {', '.join(ENDINGS)}; stdout otherwise"
    command.add_argument("-o", "--output", type=_table_file, metavar="OUT", help=text)
    text = "name platforms, publishers and databases as the library does (nolcat library alias); as delivered otherwise"
    command.add_argument("--own-names", action="store_true", help=text)


def _annual(commands: Commands) -> None:
    command = _added(commands, "annual", "annual statistics for surveys (ACRL, ARL), as sums of standard views")
    _folder(command)
    text = "first month of the year, calendar or fiscal"
    command.add_argument("--from", dest="begin", type=_month, metavar="yyyy-mm", required=True, help=text)
    command.add_argument("--to", dest="end", type=_month, metavar="yyyy-mm", help="last month; the twelfth otherwise")
    text = "only this source; may be repeated"
    command.add_argument("--source", dest="sources", type=_id, action="append", default=[], metavar="ID", help=text)
    text = f"a file that ends in {', '.join(ENDINGS)}; stdout otherwise"
    command.add_argument("-o", "--output", type=_table_file, metavar="OUT", help=text)


def _path(text: str) -> Path:
    """A path; nothing at all would be the current folder, which is never meant."""
    if not text:
        raise argparse.ArgumentTypeError("the name of a file or folder is empty")
    return Path(text)


def _table_file(text: str) -> Path:
    return _ending(text, ENDINGS)


def _findings_file(text: str) -> Path:
    return _ending(text, REPORT_ENDINGS)


def _text_file(text: str) -> Path:
    return _ending(text, (".txt",))


def _ending(text: str, endings: Sequence[str]) -> Path:
    if Path(text).suffix.lower() not in endings:
        raise argparse.ArgumentTypeError(f"“{text}” ends in none of {', '.join(endings)}")
    return Path(text)


def _name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty")
    return text.strip()


def _id(text: str) -> int:
    """NoLCAT's primary keys; more than 15 digits are no id in the list of sources either."""
    if not re.fullmatch(r"[0-9]{1,15}", text) or not int(text):
        raise argparse.ArgumentTypeError(f"“{text}” is not an id: a whole number above 0")
    return int(text)


def _day(text: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise argparse.ArgumentTypeError(f"“{text}” is not a date like 2024-02-29")


def _month(text: str) -> date:
    try:
        return _day(f"{text}-01")
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a month like 2024-02") from None
