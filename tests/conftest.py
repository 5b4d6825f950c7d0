"""What all tests share: Qt without a screen, properties without a stopwatch, and the way to what is measured only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of official sample reports; the test is skipped where it is absent."""
    return _folder("samples")


@pytest.fixture(scope="session")
def conformance() -> Path:
    """The folder of files with one fault each; the test is skipped where it is absent."""
    return _folder("conformance")
