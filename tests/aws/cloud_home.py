"""An AWS configuration of the test's own, and a process that knows no other."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class CloudHome:
    """A home folder with `.aws` in it."""

    folder: Path

    @property
    def cache(self) -> Path:
        """Where the AWS command line keeps sign-ins."""
        return self.folder / ".aws" / "sso" / "cache"

    def write(self, config: str = "", credentials: str = "") -> None:
        (self.folder / ".aws").mkdir(exist_ok=True)
        (self.folder / ".aws" / "config").write_text(config)
        (self.folder / ".aws" / "credentials").write_text(credentials)


def make_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> CloudHome:
    """Let this process know nothing of AWS but what is in `folder`."""
    for name in [name for name in os.environ if name.startswith("AWS_") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(folder / ".aws" / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(folder / ".aws" / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return CloudHome(folder)
