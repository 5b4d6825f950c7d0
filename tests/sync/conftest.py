"""A bucket for each test, on the one server of the session."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.servers.seaweed import Seaweed
from tests.sync.desk import Desk


@pytest.fixture
def desk(s3_server: Seaweed, tmp_path: Path) -> Desk:
    """A new bucket that keeps versions."""
    return Desk(s3_server, s3_server.new_bucket(), tmp_path)
