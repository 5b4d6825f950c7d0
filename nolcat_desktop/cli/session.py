"""One command from its words to its exit code: signals, streams and the last border for what went wrong."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from nolcat_desktop.cli import library_commands, report_commands, show_commands, validate_command
from nolcat_desktop.cli.output import Output
from nolcat_desktop.log import redact, start_log
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Cancelled, Progress

STOPPED = 130
_log = logging.getLogger(__name__)


def run(given: argparse.Namespace) -> int:
    """Do what was asked; the exit code."""
    output = Output(given.json)
    start_log()
    progress = Progress(output.step)
    before = signal.signal(signal.SIGINT, _stopping(progress))
    try:
        code = _done(given, output, progress)
        output.flush()
    except NolcatError as error:
        told = error.problem
        _log.info("%s: %s. %s %s", given.command, told.title, told.meaning, told.details)
        output.problem(error.problem)
        return 1
    except Cancelled:
        output.say("Stopped. Nothing was changed.")
        return STOPPED
    except KeyboardInterrupt:
        output.say(
            "Stopped at once. A change that was begun is finished, or taken back, when the library is next used."
        )
        return STOPPED
    except OSError as error:
        return _not_printed(error, output)
    except BaseException as error:  # a panic of Polars is no Exception
        if isinstance(error, SystemExit | GeneratorExit):
            raise
        output.problem(_defect(error))
        return 1
    finally:
        signal.signal(signal.SIGINT, before)
    return code


def _done(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    match given.command:
        case "inspect":
            return report_commands.run_inspect(given, output, progress)
        case "validate":
            return validate_command.run_validate(given, output, progress)
        case "convert":
            return report_commands.run_convert(given, output, progress)
        case "library":
            return library_commands.run_library(given, output, progress)
        case "sync" | "cloud" | "pipeline" | "take-over":
            return _imported_late(given, output, progress)
        case _:
            return show_commands.run_numbers(given, output, progress)


def _imported_late(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """What needs boto3, which takes a third of a second to import, or reads NoLCAT's own data."""
    if given.command == "take-over":
        from nolcat_desktop.cli.legacy_command import run_take_over

        return run_take_over(given, output, progress)
    if given.command == "sync":
        from nolcat_desktop.cli.sync_command import run_sync

        return run_sync(given, output, progress)
    if given.command == "pipeline":
        from nolcat_desktop.cli.pipeline_commands import run_pipeline

        return run_pipeline(given, output, progress)
    if given.what == "setup":
        from nolcat_desktop.cli.setup_command import run_setup

        return run_setup(given, output, progress)
    if given.what == "jobs":
        from nolcat_desktop.cli.jobs_command import run_jobs

        return run_jobs(given, output, progress)
    from nolcat_desktop.cli.cloud_commands import run_cloud

    return run_cloud(given, output, progress)


def _stopping(progress: Progress) -> Callable[[int, FrameType | None], None]:
    """A first Ctrl-C asks the work to stop at its next check, a second one ends it at once."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        progress.cancel()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    return stop


def _not_printed(error: OSError, output: Output) -> int:
    """Stdout was closed by whoever read it, or its disk is full; what is still in the buffer goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    if not isinstance(error, BrokenPipeError):
        where = error.filename or "the output"
        output.problem(
            Problem(
                "The output could not be written",
                f"{where}: {error.strerror or error}. What was stored before stays stored.",
                "Look whether the disk is full, then do it again.",
            )
        )
    return 1


def _defect(error: BaseException) -> Problem:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "nolcat_desktop" in frame.filename] or frames
    place = f" ({Path(own[-1].filename).name}, line {own[-1].lineno})" if own else ""
    said = redact(str(error).partition("\n")[0])
    _log.error("%s: %s%s", type(error).__name__, said, place, exc_info=error)
    return Problem(
        "The program has a fault",
        f"{type(error).__name__}: {said}{place}. Nothing was changed.",
        "Please send the file and these lines to the makers of the program.",
    )
