"""What to do when the relation cannot be read: the table of advice, and the errors that name no secret."""

from __future__ import annotations

from pathlib import Path

from nolcat_desktop.problem import NolcatError, Problem

_NOTHING = "Nothing was stored."
_SERVER: dict[int, tuple[str, str]] = {
    1044: ("The database refuses this user", "Ask whoever looks after it for the right to read (SELECT)."),
    1045: (
        "The database refuses the user name or the password",
        "Check both; the password is taken from the password store, or from NOLCAT_DATABASE_PASSWORD.",
    ),
    1049: ("There is no such database on the server", "Check the name (--database)."),
    1142: ("The database refuses this user", "Ask whoever looks after it for the right to read (SELECT)."),
    1698: ("The database refuses the user name or the password", "Ask for a user who signs in with a password."),
    2003: (
        "The database server cannot be reached",
        "Check host and port, and whether this computer may reach it (a tunnel or VPN may be needed).",
    ),
    2006: ("The connection to the database was lost", "Try again; a slow network or a restart ends it."),
    2013: ("The connection to the database was lost", "Try again; a slow network or a restart ends it."),
    2026: (
        "The database server offers no encrypted connection that can be trusted",
        "Ask whoever looks after it for its certificate authority, and name that file (--tls-ca); or tunnel to it.",
    ),
}
_ANY = ("The database cannot be read", "Try again; if it stays so, show this to whoever looks after the database.")


def server_failure(code: int, told: str, where: str) -> NolcatError:
    """What a MySQL or MariaDB server, or the way to it, answered.

    Args:
        code: Number of the error.
        told: Its text, without a password.
        where: User, host, port and database.
    """
    title, remedy = _SERVER.get(code, _ANY)
    return NolcatError(Problem(title, f"{where}: {told} (error {code}). {_NOTHING}", remedy))


def not_there(where: str, what: str) -> NolcatError:
    """The relation is not where it was looked for."""
    return NolcatError(
        Problem(
            "There is no relation COUNTERData here",
            f"{where}: {what}. {_NOTHING}",
            "Choose NoLCAT's database, or the dump or export of its relation COUNTERData.",
        )
    )


def unreadable(file: Path | str, why: str, where: str | None = None) -> NolcatError:
    """A file that cannot be taken apart, or not to its end."""
    return NolcatError(
        Problem(
            "This export of NoLCAT cannot be read",
            f"{file}: {why}. {_NOTHING}",
            "Export it again, whole, and take that over; or read from the database itself.",
            where,
        )
    )


def disk_failure(error: OSError, file: Path | str) -> NolcatError:
    """The file cannot be opened or read."""
    return NolcatError(
        Problem(
            "The file cannot be read",
            f"{error.filename or file}: {error.strerror or error}. {_NOTHING}",
            "Check its name, and whether it may be read.",
        )
    )
