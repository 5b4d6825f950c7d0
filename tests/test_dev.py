"""The one script for newcomers: what it decides, without making an environment."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dev
import environment
from tests.conftest import LONGEST

PACKAGING = Path(environment.__file__).parent


def a_checkout(top: Path, **locks: str) -> Path:
    for purpose, name in environment.LOCKS.items():
        (top / name).write_text(locks.get(purpose, "polars==2.1.0\n"), encoding="utf-8")
    (top / "pyproject.toml").write_text("", encoding="utf-8")
    (top / ".venv").mkdir(exist_ok=True)
    return top


def stamped(top: Path, purpose: str) -> Path:
    (top / ".venv" / f"nolcat-{purpose}.stamp").write_text(environment.stamp(purpose, top), encoding="utf-8")
    return top


@pytest.mark.parametrize("name", ["dev.py", "environment.py", "servers.py"])
def test_that_an_old_python_can_read_the_script_and_say_that_it_is_too_old(name: str) -> None:
    ast.parse((PACKAGING / name).read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("name", ["dev.py", "environment.py", "servers.py"])
def test_that_the_script_needs_the_standard_library_only(name: str) -> None:
    tree = ast.parse((PACKAGING / name).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} - sys.stdlib_module_names <= {"environment", "servers"}


@pytest.mark.parametrize(
    ("platform", "where"), [("linux", "bin/nolcat"), ("darwin", "bin/nolcat"), ("win32", "Scripts/nolcat.exe")]
)
def test_that_programs_of_the_environment_are_found_on_each_platform(platform: str, where: str) -> None:
    assert environment.in_venv("nolcat", Path("v"), platform) == Path("v") / where


def test_that_a_stamped_environment_is_left_as_it_is(tmp_path: Path) -> None:
    assert environment.is_current("use", stamped(a_checkout(tmp_path), "use"))


def test_that_an_environment_without_a_stamp_is_not_trusted(tmp_path: Path) -> None:
    assert not environment.is_current("use", a_checkout(tmp_path))


def test_that_a_changed_lock_makes_the_environment_stale(tmp_path: Path) -> None:
    top = stamped(a_checkout(tmp_path), "use")
    assert not environment.is_current("use", a_checkout(top, use="polars==2.1.1\n"))


def test_that_an_environment_for_development_serves_use_and_not_the_other_way_round(tmp_path: Path) -> None:
    top = stamped(a_checkout(tmp_path), "development")
    assert environment.is_current("use", top)
    (top / ".venv" / "nolcat-development.stamp").unlink()
    assert not environment.is_current("development", stamped(top, "use"))


def test_that_the_exit_code_of_a_failed_step_is_passed_on() -> None:
    with pytest.raises(environment.Stopped) as stopped:
        environment.call(sys.executable, "-c", "raise SystemExit(3)")
    assert stopped.value.code == 3


def test_that_a_wrong_word_ends_with_exit_code_2() -> None:
    ended = subprocess.run([sys.executable, PACKAGING / "dev.py", "dance"], check=False, capture_output=True, text=True)
    assert ended.returncode == 2
    assert "dance" in ended.stderr


@pytest.mark.parametrize(
    ("words", "library", "passed_on"),
    [
        ("run", None, ""),
        ("run --library here", Path("here"), ""),
        ("run --library here --json", Path("here"), "--json"),
        ("run show TR --library there", None, "show TR --library there"),
        ("run -- show TR --library there", None, "show TR --library there"),
    ],
)
def test_that_words_for_the_program_are_passed_on_as_they_are(words: str, library: Path | None, passed_on: str) -> None:
    asked, others = dev.understood(words.split())
    assert (asked.command, asked.library, others) == ("run", library, passed_on.split())


def test_that_words_for_pytest_keep_their_order() -> None:
    assert dev.understood(["test", "-x", "-k", "counts", "tests/test_counts.py"])[1] == [
        *("-x", "-k", "counts", "tests/test_counts.py")
    ]


def test_that_the_two_runs_leave_no_folder_of_tests_out() -> None:
    counted, others = dev.default_runs()
    here = {word for word in counted if word.startswith("tests/")}
    assert here == {word.removeprefix("--ignore=") for word in others if word.startswith("--ignore=")}
    assert all((environment.TOP / folder).is_dir() for folder in here)


def test_that_each_file_to_begin_with_is_there_once() -> None:
    files = ["/" + file.relative_to(environment.TOP).as_posix() for file in environment.TOP.glob("tests/**/test_*.py")]
    assert {end: sum(file.endswith(f"/{end}") for file in files) for end in LONGEST} == dict.fromkeys(LONGEST, 1)


def test_that_a_library_of_the_system_that_is_absent_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "QT_LIBRARIES", {"libnosuchthing.so.9": "libnosuchthing9"})
    assert environment.missing_qt_packages() == (["libnosuchthing9"] if sys.platform.startswith("linux") else [])


def test_that_who_may_not_install_is_told_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "may_install", lambda: False)
    with pytest.raises(environment.Stopped, match=r"sudo apt-get install -y --no-install-recommends libegl1 libgl1"):
        environment.install_with_apt(["libegl1", "libgl1"], "Missing.")


@pytest.mark.parametrize(
    ("environ", "platform", "built", "opens"),
    [
        ({"DISPLAY": ":0"}, "linux", True, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True, True),
        ({}, "linux", True, False),
        ({"DISPLAY": ""}, "linux", True, False),
        ({}, "win32", True, True),
        ({}, "darwin", True, True),
        ({"DISPLAY": ":0"}, "linux", False, False),
    ],
)
def test_that_the_window_opens_where_it_is_built_and_there_is_a_screen(
    tmp_path: Path, environ: dict[str, str], platform: str, built: bool, opens: bool
) -> None:
    if built:
        (tmp_path / "nolcat_desktop" / "gui").mkdir(parents=True)
        (tmp_path / "nolcat_desktop" / "gui" / "app.py").touch()
    assert dev.opens_window(environ, platform, tmp_path) is opens


INDEX = "https://" + "pypi" + ".org/simple"
FILES = "https://files." + "python" + "hosted" + ".org/packages/x.whl"


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("README.md", f"see\n{INDEX}", ["README.md:2"]),
        ("docs/a.toml", f'url = "{FILES}"', ["docs/a.toml:1"]),
        ("README.md", "https://example.org/counter", []),
        ("requirements.txt", "polars==2.1.0 \\\n    --hash=sha256:00\n", []),
        ("requirements.txt", "--index-url x\n", ["requirements.txt:1"]),
        ("requirements-dev.txt", "a @ https://example.org/a.whl\n", ["requirements-dev.txt:1"]),
        ("uv.lock", "", ["uv.lock:1"]),
        (".venv/lib/a.txt", INDEX, []),
        ("build/a.txt", INDEX, []),
    ],
)
def test_that_an_address_of_a_package_index_is_found(tmp_path: Path, name: str, text: str, found: list[str]) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(dev.addresses_in(tmp_path)) == found
