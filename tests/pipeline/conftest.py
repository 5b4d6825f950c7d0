"""One stand-in of AWS for all tests of the pipeline: that of all other tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.installed import Pipeline, install
from tests.servers.aws_stand_in import Aws, glue_python


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which Python ran the jobs: Glue's own is 3.9."""
    terminalreporter.write_line(f"Jobs of type Python shell ran in Python {glue_python()[1]}.")


@pytest.fixture(scope="session")
def aws(aws_server: Aws) -> Aws:
    """The server."""
    return aws_server


@pytest.fixture
def pipeline(aws: Aws) -> Pipeline:
    """A pipeline of one's own."""
    return install(aws)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a library is."""
    return tmp_path / "library"
