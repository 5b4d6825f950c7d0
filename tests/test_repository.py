"""What must be true of the files around the package: locks, dependencies, entry points, and the first screen."""

from __future__ import annotations

import ast
import os
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import dev
import environment
import nolcat_desktop
from servers import SPARK_LOCK

TOP = Path(__file__).parent.parent
IMPORTED_AS = {"PySide6": "pyside6-essentials", "shiboken6": "pyside6-essentials", "botocore": "boto3"}
"""Packages that are imported under another name than they are installed, or come with another: botocore with boto3."""


def project() -> dict[str, Any]:
    return tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))


def declared() -> list[Requirement]:
    return [Requirement(text) for text in project()["project"]["dependencies"]]


def declared_for_development() -> list[Requirement]:
    groups = project()["dependency-groups"]
    return [Requirement(text) for group in groups.values() for text in group if isinstance(text, str)]


def locked(name: str) -> dict[str, set[Version]]:
    """The versions of each package in a lock; more than one where they differ by platform or Python."""
    found: dict[str, set[Version]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([\w.]+)", (TOP / name).read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(canonicalize_name(package), set()).add(Version(version))
    return found


@pytest.mark.parametrize("name", [*environment.LOCKS.values(), SPARK_LOCK])
def test_that_every_locked_package_carries_its_hashes(name: str) -> None:
    entries = re.split(r"^(?=[\w.-]+==)", (TOP / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_that_the_locks_hold_what_is_declared_in_a_version_that_serves() -> None:
    use, development = (locked(name) for name in environment.LOCKS.values())
    development |= locked(SPARK_LOCK)
    wanted = [(requirement, use) for requirement in declared()]
    wanted += [(requirement, development) for requirement in (*declared(), *declared_for_development())]
    missing = [
        str(requirement)
        for requirement, lock in wanted
        if not any(version in requirement.specifier for version in lock.get(canonicalize_name(requirement.name), ()))
    ]
    assert missing == []


def test_that_both_locks_agree() -> None:
    use, development = (locked(name) for name in environment.LOCKS.values())
    assert {name: versions for name, versions in use.items() if development.get(name) != versions} == {}


def test_that_the_locks_hold_what_only_windows_needs() -> None:
    assert "pywin32-ctypes" in locked(environment.LOCKS["use"])


def test_that_qt_stays_at_the_version_that_counts_its_references() -> None:
    assert locked(environment.LOCKS["use"])["pyside6-essentials"] == {Version("6.11.1")}


def test_that_every_package_imported_is_declared() -> None:
    names = {canonicalize_name(requirement.name) for requirement in declared()}
    imported: dict[str, str] = {}
    for file in (TOP / "nolcat_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            imported |= {name.split(".")[0]: file.name for name in named}
    foreign = set(imported) - sys.stdlib_module_names - {"nolcat_desktop"}
    assert {n: imported[n] for n in foreign if canonicalize_name(IMPORTED_AS.get(n, n)) not in names} == {}


def test_that_every_dependency_has_its_reason_in_contributing() -> None:
    reasons = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = {requirement.name for requirement in (*declared(), *declared_for_development())}
    assert {name for name in named if f"| {name} |" not in reasons} == set()


def test_that_every_command_of_the_project_exists() -> None:
    commands = project()["project"]["scripts"] | project()["project"]["gui-scripts"]
    for target in commands.values():
        module, function = target.split(":")
        file = TOP / f"{module.replace('.', '/')}.py"
        assert file.is_file(), target
        defined = {node.name for node in ast.parse(file.read_bytes()).body if isinstance(node, ast.FunctionDef)}
        assert function in defined, target


def test_that_no_file_carries_the_address_of_a_package_index() -> None:
    assert list(dev.addresses_in(TOP)) == []


def test_that_the_changes_of_this_version_are_told() -> None:
    assert f"## [{nolcat_desktop.__version__}]" in (TOP / "CHANGELOG.md").read_text(encoding="utf-8")


def test_that_the_two_commands_stand_on_the_first_screen_of_the_readme() -> None:
    first_screen = "\n".join((TOP / "README.md").read_text(encoding="utf-8").splitlines()[:24])
    assert "python3 packaging/dev.py run" in first_screen
    assert "python3 packaging/dev.py test" in first_screen


@pytest.mark.skipif(sys.platform == "win32", reason="files have no executable bit here")
def test_that_continuous_integration_can_be_started() -> None:
    assert os.access(TOP / ".ci" / "run", os.X_OK)
