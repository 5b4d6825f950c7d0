"""The words of `nolcat cloud jobs …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from nolcat_desktop.cli.argument_types import word
from nolcat_desktop.cli.cloud_options import add_cloud

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_DEEDS = (
    ("list", "every job of this account and region, with its size and repository"),
    ("show", "one job: what it is, and with --json all of it with its code"),
    ("save", "write a job into a file, with its code"),
    ("load", "make a job of a file, or bring one that exists to it: shows old and new; with --yes, does it"),
    ("pull", "bring a job from its repository: shows what is there; with --yes, does it and shows old and new"),
    ("push", "write a job into its repository: shows what would be written; with --yes, does it"),
    ("token", "keep the token for the repository in the password store of the system; it is read from stdin"),
)
_UNPROVEN = (
    "Changing a job that exists, pull and push are unproven against AWS: no stand-in has them. The token goes from the "
    "password store into the one call that needs it, never into a job, a file or a log. Every pull turns “Load common "
    "analytics libraries” on; it is turned off again. Rights: glue:GetJobs, GetJob, CreateJob, UpdateJob, "
    "UpdateJobFromSourceControl and UpdateSourceControlFromJob, iam:PassRole on the job's role, s3:GetObject and "
    "PutObject on its script."
)


def add_jobs_commands(what: Commands, added: Callable[[Commands, str, str], argparse.ArgumentParser]) -> None:
    """Add `nolcat cloud jobs …` to the commands of `nolcat cloud`; `added` makes one command with what all have."""
    text = "Glue jobs: in files, and in their repository on GitHub"
    jobs = what.add_parser("jobs", help=text, description=text, allow_abbrev=False)
    deeds = jobs.add_subparsers(dest="deed", required=True, metavar="WHAT")
    for name, said in _DEEDS:
        one = added(deeds, name, said)
        one.epilog = _UNPROVEN
        if name in {"show", "save", "pull", "push"}:
            one.add_argument("job", type=word, metavar="JOB", help="the name of the job")
        if name in {"save", "load"}:
            one.add_argument("file", type=Path, metavar="FILE", help="a file that ends in .json")
        if name == "token":
            one.add_argument("--forget", action="store_true", help="remove the token from the password store")
        if name in {"load", "pull", "push"}:
            one.add_argument("--yes", action="store_true", help="do it, without asking")
        add_cloud(one)
        _more(one, name)


def _more(one: argparse.ArgumentParser, name: str) -> None:
    if name == "save":
        text = "as the console downloads it, code within (default), or as a repository holds it, code beside as .py"
        one.add_argument("--form", choices=("console", "repository"), default="console", help=text)
    if name == "load":
        one.add_argument("--as", dest="name", type=word, metavar="JOB", help="under another name")
        text = "let DPU, workers and time limit of the file hold too; those of a job that exists stay otherwise"
        one.add_argument("--with-size", action="store_true", help=text)
    if name in {"pull", "push"}:
        text = "the repository; the one that the job names otherwise"
        one.add_argument("--repository", type=word, metavar="OWNER/NAME", help=text)
        one.add_argument("--branch", type=word, metavar="B", help="the branch (default: main)")
        one.add_argument("--folder", type=word, metavar="F", help="the folder in the repository")
        providers = ("GITHUB", "GITLAB", "BITBUCKET")
        one.add_argument("--provider", choices=providers, help="where it is (default: GITHUB)")
        text = "take the token from stdin, for this call only"
        one.add_argument("--token-stdin", action="store_true", help=text)
