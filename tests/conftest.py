"""What all tests share: Qt without a screen, properties without a stopwatch, and the way to what is measured only."""

from __future__ import annotations

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
