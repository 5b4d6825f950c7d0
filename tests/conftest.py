"""What all tests share: Qt without a screen, properties without a stopwatch, and the way to what is measured only."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.servers.aws_stand_in import Aws, aws_stand_in
from tests.servers.seaweed import Seaweed, seaweed

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "project",
    deadline=None,  # a busy machine is no fault
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("project")

BESIDE = Path(__file__).parents[2] / "shared"

LONGEST = (
    "test_end_to_end.py",
    "test_start.py",
    "test_samples.py",
    "sync/test_faults.py",
    "test_add_answers.py",
    "test_library_door.py",
    "test_deciding.py",
    "dataset/test_kill.py",
    "test_take_over.py",
    "test_cloud_page.py",
    "test_whole_reports.py",
    "test_library_page.py",
    "test_fuzz.py",
    "test_add_page.py",
    "cli/test_kill.py",
)
"""Files that take long, the longest first: side by side, one that begins last would keep all others waiting."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files; within a file, and among the others, the order stays."""

    def turn(item: pytest.Item) -> int:
        path = item.path.as_posix()
        return next((at for at, end in enumerate(LONGEST) if path.endswith(f"/{end}")), len(LONGEST))

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """What is there before the first test stays: a collection of garbage needs not look at it after every test."""
    gc.collect()
    gc.freeze()


def _folder(name: str) -> Path:
    folder = BESIDE / name
    if not folder.is_dir():
        pytest.skip(f"{name}: not beside this checkout; it is measured with, and no part of the project")
    return folder


@pytest.fixture(scope="session", autouse=True)
def own_log(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The log of what the tests start is their own, here and in every process that they begin (where XDG holds)."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of official sample reports; the test is skipped where it is absent."""
    return _folder("samples")


@pytest.fixture(scope="session")
def conformance() -> Path:
    """The folder of files with one fault each; the test is skipped where it is absent."""
    return _folder("conformance")


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seaweed]:
    """A real S3 server, started for the first test that asks for it; each test makes its own bucket."""
    with seaweed(tmp_path_factory.mktemp("seaweed")) as server:
        yield server


@pytest.fixture(scope="session")
def aws_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    """State machines, Glue, SNS and IAM, started for the first test that asks; each test makes names of its own."""
    with aws_stand_in(tmp_path_factory.mktemp("aws")) as server:
        yield server
