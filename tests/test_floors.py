"""The law of the house as three tables, and the proof that it is kept: who may import whom, and how long a file is.

A room is a module or package directly under `nolcat_desktop`. It imports lower floors only; on the floors of the
stations and of the faces it imports no neighbour either. Whoever moves a wall changes the table here and says why in
the docstring of the module whose wall it is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "nolcat_desktop"

FLOORS: tuple[tuple[frozenset[str], bool], ...] = (
    # From the ground up: the rooms of the floor, and whether they may import their neighbours on it.
    (frozenset({"counter", "problem", "progress", "settings", "log"}), True),
    (frozenset({"report", "usage", "objects", "accounts", "findings", "counts", "repairs"}), True),
    (
        frozenset(
            {"reading", "validation", "conversion", "dataset", "analysis", "export"}
            | {"sync", "credentials", "aws", "legacy"}
        ),
        False,
    ),
    (frozenset({"workspace"}), False),
    (frozenset({"workflow"}), False),
    (frozenset({"gui", "cli"}), False),
    (frozenset({"__main__"}), False),
)
ALONE = {"counter": frozenset({"counter"})}
"""Rooms that import of ours only these, whatever their floor allows."""

ONLY_IN: dict[str, frozenset[str]] = {
    **dict.fromkeys(("PySide6", "shiboken6"), frozenset({"gui"})),
    **dict.fromkeys(("boto3", "botocore", "s3transfer", "truststore"), frozenset({"aws"})),
    "xlrd": frozenset({"reading"}),
    **dict.fromkeys(("keyring", "secretstorage"), frozenset({"credentials"})),
    **dict.fromkeys(("pymysql", "mysql", "MySQLdb", "mariadb", "sqlalchemy", "connectorx"), frozenset({"legacy"})),
    **dict.fromkeys(("openpyxl", "pandas", "pyxlsb", "duckdb", "fastexcel", "pytest", "hypothesis"), frozenset()),
}
"""Which packages from outside may be imported where; those of the last row only in tests."""

LINES = 300
LONGER: dict[str, tuple[int, str]] = {}
"""Files that may be longer: path under the package, lines, and the reason."""

FORBIDDEN_WORDS = frozenset({"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"})


def breaches(package: Path, longer: Mapping[str, tuple[int, str]] = LONGER) -> list[str]:
    """Every breach of the law under `package`, one line each: file, line where there is one, and what is wrong."""
    modules = {_name(file, package): file for file in sorted(package.rglob("*.py"))}
    arrows: dict[str, set[str]] = {module: set() for module in modules}
    found: list[str] = []
    for module, file in modules.items():
        where = file.relative_to(package).as_posix()
        found += _size_and_name(where, file, longer)
        for line, imported in _imports(ast.parse(file.read_bytes()), module, file.name == "__init__.py", modules):
            if imported.split(".")[0] == package.name:
                arrows[module].add(imported)
                fault = _between_rooms(_room(module), _room(imported))
            else:
                fault = _from_outside(_room(module), imported.split(".")[0])
            found += [f"{where}:{line}: {fault}"] if fault else []
    return found + [f"circle: {' -> '.join(circle)}" for circle in _circles(arrows)]


def _size_and_name(where: str, file: Path, longer: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    lines, allowed = len(file.read_text(encoding="utf-8").splitlines()), longer.get(where, (LINES, ""))[0]
    if lines > allowed:
        yield f"{where}: {lines} lines, {allowed} are allowed"
    if words := FORBIDDEN_WORDS & {word for part in Path(where).with_suffix("").parts for word in part.split("_")}:
        yield f"{where}: {', '.join(sorted(words))} says nothing about what is in it"


def _between_rooms(room: str, imported: str) -> str | None:
    if imported in ("", room):
        return None
    floor, neighbours = _floor(room)
    its_floor, _ = _floor(imported)
    if room and (floor is None or its_floor is None):
        return f"{room if floor is None else imported} stands on no floor"
    if floor is None or its_floor is None or its_floor > floor:
        return f"{room or 'the package'} imports {imported} from a higher floor"
    if imported not in ALONE.get(room, {imported}):
        return f"{room} imports {imported}: it imports nothing of ours but itself"
    return f"{room} imports its neighbour {imported}" if its_floor == floor and not neighbours else None


def _from_outside(room: str, imported: str) -> str | None:
    rooms = ONLY_IN.get(imported)
    if rooms is None or room in rooms:
        return None
    return (
        f"{room or 'the package'} imports {imported}, which belongs to {', '.join(sorted(rooms)) or 'the tests'} alone"
    )


def _floor(room: str) -> tuple[int | None, bool]:
    return next(((n, near) for n, (rooms, near) in enumerate(FLOORS, 1) if room in rooms), (None, False))


def _name(file: Path, package: Path) -> str:
    parts = file.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _imports(tree: ast.Module, module: str, is_package: bool, modules: Mapping[str, Path]) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported, also inside functions, for types only, and by name."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=stem, names=names, level=level):
                base = module.split(".")[: len(module.split(".")) - level + is_package] if level else []
                source = ".".join([*base, *(stem or "").split(".")]).strip(".")
                for alias in names:
                    inner = f"{source}.{alias.name}"
                    is_module = inner in modules or (source == module.split(".")[0] and _floor(alias.name)[0])
                    yield node.lineno, inner if is_module else source
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(named)), *_],
            ):
                yield node.lineno, named
            case _:
                pass


def _circles(arrows: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """One circle for each group of modules that import each other in a loop."""
    done: set[str] = set()

    def walk(module: str, path: list[str]) -> Iterator[list[str]]:
        if module in path:
            yield [*path[path.index(module) :], module]
        elif module not in done:
            for imported in sorted(arrows.get(module, set()) - {module}):
                yield from walk(imported, [*path, module])
            done.add(module)

    for module in sorted(arrows):
        yield from walk(module, [])


def test_that_the_house_keeps_its_law() -> None:
    assert breaches(PACKAGE) == []


def test_that_every_room_of_the_house_stands_on_a_floor() -> None:
    rooms = {_room(_name(file, PACKAGE)) for file in PACKAGE.rglob("*.py")} - {""}
    assert {room for room in rooms if _floor(room)[0] is None} == set()


def test_that_every_longer_file_exists_and_has_a_reason() -> None:
    assert all((PACKAGE / where).is_file() and lines > LINES and reason for where, (lines, reason) in LONGER.items())


def plant(top: Path, **sources: str) -> Path:
    """A package under `top` with these sources; `__` in a name stands for the slash."""
    package = top / "nolcat_desktop"
    for name, source in {"__init__": "", **sources}.items():
        file = package / f"{name if name in ('__init__', '__main__') else name.replace('__', '/')}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source, encoding="utf-8")
    return package


@pytest.mark.parametrize(
    ("name", "source", "fault"),
    [
        ("counter__release", "import nolcat_desktop.report", "report from a higher floor"),
        ("counter__release", "from nolcat_desktop import problem", "nothing of ours but itself"),
        ("report", "from nolcat_desktop.reading import read", "reading from a higher floor"),
        ("report", "def f():\n    from nolcat_desktop.workflow import convert", "workflow from a higher floor"),
        ("reading__delimited", "from nolcat_desktop.dataset.parts import write", "its neighbour dataset"),
        ("reading__delimited", "from ..dataset import parts", "its neighbour dataset"),
        ("validation__rules", "import nolcat_desktop.conversion", "its neighbour conversion"),
        ("workflow", "from nolcat_desktop.cli import main", "cli from a higher floor"),
        ("cli__main", "from nolcat_desktop import gui", "its neighbour gui"),
        ("cli__main", "from nolcat_desktop.attic import old", "attic stands on no floor"),
        ("workflow", "import PySide6.QtCore", "PySide6, which belongs to gui alone"),
        ("dataset__parts", "from boto3 import client", "boto3, which belongs to aws alone"),
        ("aws__sign_in", "import keyring", "keyring, which belongs to credentials alone"),
        ("dataset__parts", "import pymysql", "pymysql, which belongs to legacy alone"),
        ("reading__workbook", "import openpyxl", "openpyxl, which belongs to the tests alone"),
        ("cli__main", "import importlib\nimportlib.import_module('PySide6')", "PySide6, which belongs to gui alone"),
        ("__init__", "import nolcat_desktop.report", "from a higher floor"),
        ("reading__utils", "", "utils says nothing"),
        ("reading__file_helpers", "", "helpers says nothing"),
        ("report", "x = 1\n" * 301, "301 lines, 300 are allowed"),
    ],
)
def test_that_a_planted_breach_is_found(tmp_path: Path, name: str, source: str, fault: str) -> None:
    found = breaches(plant(tmp_path, **{name: source}))
    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("gui__app", "import PySide6.QtWidgets"),
        ("aws__bucket", "import boto3, botocore.stub"),
        ("credentials__keys", "import keyring"),
        ("workflow", "from nolcat_desktop.reading import read\nfrom nolcat_desktop import __version__"),
        ("reading__workbook", "from nolcat_desktop.reading.grid import Grid\nfrom nolcat_desktop.report import Report"),
        ("findings", "from nolcat_desktop.counter import levels"),
        ("__main__", "from nolcat_desktop.gui.app import main"),
        ("report", "x = 1\n" * 300),
    ],
)
def test_that_what_the_law_allows_is_no_breach(tmp_path: Path, name: str, source: str) -> None:
    assert breaches(plant(tmp_path, **{name: source})) == []


def test_that_a_circle_is_named_with_its_members(tmp_path: Path) -> None:
    package = plant(
        tmp_path,
        reading__a="from nolcat_desktop.reading import b",
        reading__b="def late():\n    from nolcat_desktop.reading import c",
        reading__c="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from nolcat_desktop.reading.a import A",
    )
    circle = "nolcat_desktop.reading.a -> nolcat_desktop.reading.b -> nolcat_desktop.reading.c"
    assert breaches(package) == [f"circle: {circle} -> nolcat_desktop.reading.a"]


def test_that_a_room_whose_init_gathers_its_modules_is_no_circle(tmp_path: Path) -> None:
    package = plant(
        tmp_path,
        reading____init__="from nolcat_desktop.reading.read import read",
        reading__read="from nolcat_desktop.reading.grid import Grid",
        reading__grid="",
    )
    assert breaches(package) == []


def test_that_a_longer_file_is_allowed_by_the_table_alone(tmp_path: Path) -> None:
    package = plant(tmp_path, counter__release="x = 1\n" * 310)
    assert breaches(package, {"counter/release.py": (310, "a table in one piece")}) == []
    assert len(breaches(package, {"counter/release.py": (309, "a table in one piece")})) == 1
