"""`python -m nolcat_desktop`: the window, when it is there; until then it says what can be done."""

import sys

from nolcat_desktop.cli.main import main as command_line


def main() -> int:
    """Start the program."""
    if len(sys.argv) > 1:
        return command_line()
    sys.stderr.write("The window of NoLCAT Desktop is not there yet; the command line does the work.\n\n")
    return command_line(["--help"])


if __name__ == "__main__":
    sys.exit(main())
