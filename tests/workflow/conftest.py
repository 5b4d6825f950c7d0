"""A shelf for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workflow.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty one."""
    return Shelf(tmp_path)
