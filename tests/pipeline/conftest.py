"""One stand-in of AWS for all tests of the pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.installed import Pipeline, install
from tests.servers.aws_stand_in import Aws, aws_stand_in


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    """The server."""
    with aws_stand_in(tmp_path_factory.mktemp("aws")) as server:
        yield server


@pytest.fixture
def pipeline(aws: Aws) -> Pipeline:
    """A pipeline of one's own."""
    return install(aws)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a library is."""
    return tmp_path / "library"
