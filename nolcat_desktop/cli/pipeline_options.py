"""The words of `nolcat pipeline …` and `nolcat cloud setup`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from nolcat_desktop.cli.cloud_options import add_cloud

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Added = Callable[["Commands", str, str], argparse.ArgumentParser]
_PIPELINE = (
    ("start", "start a run for what was sent last; one that is there already is shown instead"),
    ("status", "how a run stands, step by step"),
    ("watch", "follow a run to its end"),
    ("stop", "stop a run; what it wrote before is not taken back"),
    ("history", "all runs, the latest first"),
)
_UNPROVEN = (
    "State machine, jobs and set-up are proven against stand-ins of AWS only. Not even the stand-ins have: redrive, "
    "changing a job that exists, push and pull, and the confirmation of e-mail addresses."
)


def add_pipeline_commands(commands: Commands, added: Added) -> None:
    """Add `nolcat pipeline …`; `added` makes one command with what all have."""
    text = "start the pipeline in AWS, follow it, stop it"
    pipeline = commands.add_parser("pipeline", help=text, description=text, allow_abbrev=False)
    what = pipeline.add_subparsers(dest="what", required=True, metavar="WHAT")
    for name, said in _PIPELINE:
        one = added(what, name, said)
        one.epilog = _UNPROVEN
        one.add_argument("--library", type=_folder, required=True, metavar="DIR", help="the folder of the library")
        add_cloud(one)
        one.add_argument("--state-machine", metavar="ARN", help="the state machine; that of the account otherwise")
        if name == "start":
            _start_words(one)
        if name in ("status", "watch", "stop"):
            text = "the run; the latest of this library otherwise"
            one.add_argument("--run", metavar="NAME", help=text)


def _start_words(one: argparse.ArgumentParser) -> None:
    text = "run once more what was run and has ended"
    one.add_argument("--again", action="store_true", help=text)
    one.add_argument(
        "--go-on", action="store_true", help="let the latest run go on with the step that failed (redrive)"
    )
    text = "with the larger size, after a run that failed for want of memory or time: the set of that run, once"
    one.add_argument("--larger", action="store_true", help=text)
    one.add_argument("--test", action="store_true", help="a test: small size, a folder and a table of its own")
    one.add_argument(
        "--manifest", metavar="NAME", help="the set to run, by the name of its manifest; the latest otherwise"
    )
    text = "a JSON file: the input of a state machine of your own, with {manifest_bucket}, {manifest_key} and the like"
    one.add_argument("--input-template", type=Path, metavar="FILE", help=text)


def add_setup_command(what: Commands, added: Added) -> None:
    """Add `nolcat cloud setup` to the commands of `nolcat cloud`."""
    text = "set up the pipeline in AWS: shows what would be made; with --yes, makes it"
    one = added(what, "setup", text)
    one.epilog = _UNPROVEN
    add_cloud(one)
    one.add_argument("--yes", action="store_true", help="make it, without asking")
    one.add_argument("--name", metavar="NAME", help="what all names begin with (default: nolcat)")
    one.add_argument(
        "--store-prefix", metavar="P", help="the pipeline's folder in the bucket (default: nolcat-pipeline)"
    )
    one.add_argument("--database", metavar="NAME", help="the database of the catalog (default: nolcat)")
    text = "tell this address by e-mail; it has to confirm; may be repeated"
    one.add_argument("--email", dest="emails", action="append", default=[], metavar="ADDRESS", help=text)
    one.add_argument("--job-role", metavar="ARN", help="a role for the jobs that exists; one is made otherwise")
    one.add_argument("--machine-role", metavar="ARN", help="a role for the state machine that exists")
    one.add_argument("--topic", metavar="ARN", help="an SNS topic that exists")
    one.add_argument("--without-spark", action="store_true", help="no second job on Spark for large sets")
    one.add_argument("--spark-from", type=int, metavar="BYTES", help="the size of a set from which Spark is used")
    other = one.add_mutually_exclusive_group()
    other.add_argument("--administrator", action="store_true", help="print what to ask an administrator for")
    other.add_argument("--template", action="store_true", help="print the same as a template of CloudFormation")
    text = "have AWS send its e-mail once more to every address that has not confirmed yet"
    other.add_argument("--ask-again", action="store_true", help=text)
    text = "remove what was made here; the bucket, what is in it, and the database stay"
    other.add_argument("--remove", action="store_true", help=text)


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name of a file or folder is empty")
    return Path(text)
