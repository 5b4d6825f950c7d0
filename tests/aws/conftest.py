from __future__ import annotations

from pathlib import Path

import pytest

from tests.aws.cloud_home import CloudHome, make_home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CloudHome:
    """A home without any AWS configuration yet."""
    (tmp_path / "home").mkdir()
    return make_home(tmp_path / "home", monkeypatch)
