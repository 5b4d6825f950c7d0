"""`nolcat`: reads the words, calls the core, ends with a code.

Exit codes: 0 all well; 1 something was found or not done; 2 wrong usage; 130 stopped by the user.

Nothing slow is imported here: `nolcat --help` and `--version` answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

STOPPED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        words: What follows `nolcat`; None for what the program was started with.

    Returns:
        The exit code.

    Raises:
        SystemExit: By `--help` and `--version` (0), and if the words make no sense (2).
    """
    try:
        _speak_utf8()
        from nolcat_desktop.cli.arguments import understood  # Ctrl+C may come while it is loaded, too

        given = understood(words)
        from nolcat_desktop.cli.session import run  # Polars takes a third of a second

        return run(given)
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("Stopped. Nothing was changed.\n")
        return STOPPED


def _speak_utf8() -> None:
    """Titles are in all scripts; a console with another encoding must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
