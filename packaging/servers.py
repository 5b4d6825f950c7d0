"""The real servers that tests start and end themselves, as far as they can be brought. Standard library only.

A password store, a database and Spark are no Python packages, or too large for everybody; the tests that need one are
skipped, saying so, where it is missing. The S3 server and the stand-in for the other services come with the lock.
"""

from __future__ import annotations

import sys

from environment import Stopped, call, in_venv, install_with_apt, may_install, say

PACKAGES = (
    *("mariadb-server", "gnome-keyring", "dbus", "dbus-user-session", "libsecret-tools", "gcr"),
    "openjdk-17-jre-headless",
)
"""Debian packages of the database, the password store, and Java for Spark."""
SPARK_LOCK = "requirements-spark.txt"


def bring_servers() -> None:
    """Install the servers that tests start, as far as that is allowed here; otherwise only say so."""
    if not sys.platform.startswith("linux") or not may_install():
        return
    try:
        install_with_apt(PACKAGES, "Tests with a real database, password store and Spark need packages of the system.")
        _bring_spark()
    except Stopped as stopped:
        say(f"{stopped}\nTests with what is missing are skipped: going on.")


def _bring_spark() -> None:
    """Spark is published as source: its lock stands apart, because all others are installed ready-made."""
    quiet = ("-qq", "--disable-pip-version-check", "--no-input", "--no-build-isolation", "--no-deps")
    python = in_venv("python")
    call(python, "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check", "setuptools", "wheel")
    call(python, "-m", "pip", "install", *quiet, "--require-hashes", "-r", SPARK_LOCK)
