"""`nolcat-desktop` and `python -m nolcat_desktop`: the window; without a screen it says what to type instead."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

WORK_APART = "--work-apart"
"""`apart_worker.WORD`, which is dear to import before it is wanted."""
NO_SCREEN = """\
There is no screen here to open the window on. The command line does the same work:

    nolcat inspect  FILES…                    what the reports are
    nolcat validate FILES…                    what is wrong with them
    nolcat convert  FILES… --library FOLDER   take them in

`nolcat --help` says more.
"""


def has_screen(environ: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be shown: on Windows and macOS, elsewhere when a display or a Qt platform is named."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return platform in {"win32", "darwin"} or any(environ.get(name) for name in named)


def main() -> int:
    """Open the window, on the library that is named behind the command or on the one that was open last.

    Started by the installed program's own window with `apart_worker.WORD`, it works for that window.
    """
    if sys.argv[1:2] == [WORK_APART]:
        from nolcat_desktop.gui.apart_worker import main as work  # the window's own start needs none of it

        return work()
    if not has_screen(os.environ, sys.platform):
        sys.stderr.write(NO_SCREEN)
        return 1
    from nolcat_desktop.gui.app import main as window  # Qt needs a screen, and takes time

    return window(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
