"""The name of a run: made from what is run, so that asking twice for the same starts nothing new.

`nolcat-{library}-{first 12 of the manifest's SHA-256}-{attempt}`. StartExecution takes the name as the key of a request
that may be repeated: the same name with the same input is the same run, for 90 days. Step Functions allows more
characters than these, but others break the logs in CloudWatch (NoLCAT notes the same), so only letters of ASCII,
digits, `-` and `_` are used, and 80 of them at most (API reference of StartExecution, `name`).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

LONGEST = 80
_HEAD = "nolcat"
_MANIFEST = 12
_DIGITS = 6
"""Digits of an attempt; nobody runs one set a million times."""
_LIBRARY = LONGEST - len(_HEAD) - _MANIFEST - _DIGITS - len("---tl")
_MARK = 8
"""Digits of the hash that stands for what was left out of a library's name."""
_FOREIGN = re.compile(r"[^A-Za-z0-9_-]+")
_NAME = re.compile(rf"(?P<stem>{_HEAD}-.+-[0-9a-f]{{{_MANIFEST}}}-t?l?)(?P<attempt>[1-9][0-9]{{0,{_DIGITS - 1}}})")


@dataclass(frozen=True, slots=True)
class RunName:
    """The parts of a run's name."""

    stem: str
    """All but the attempt: what is the same for every attempt at one set."""
    attempt: int
    """From 1."""

    def __str__(self) -> str:
        """The name itself."""
        return f"{self.stem}{self.attempt}"

    @property
    def next(self) -> RunName:
        """The name of the following attempt."""
        return RunName(self.stem, self.attempt + 1)

    @property
    def manifest(self) -> str:
        """The first 12 of the manifest's SHA-256."""
        return self.stem.rpartition("-")[0][-_MANIFEST:]

    @property
    def is_test(self) -> bool:
        """Whether it goes to the test prefix."""
        return "t" in self.stem.rpartition("-")[2]

    @property
    def is_larger(self) -> bool:
        """Whether it has the larger size."""
        return "l" in self.stem.rpartition("-")[2]


def run_name(library: str, manifest_sha256: str, attempt: int = 1, test: bool = False, larger: bool = False) -> RunName:
    """The name of a run of one set.

    Args:
        library: The library's own id, any text.
        manifest_sha256: 64 hexadecimal digits.
        attempt: From 1; a run that is asked for again after it ended gets the next one.
        test: Whether it goes to the test prefix. Its input differs, so its name must: `t1` instead of `1`.
        larger: Whether it has the larger size: `l1`, a test `tl1`. So the run that follows one that was too small has
            another name than that one, and asking for it twice is asking for the same.

    Raises:
        ValueError: If the hash is none, or the attempt is below 1 or has more than 6 digits.
    """
    if not re.fullmatch(r"[0-9a-f]{64}", manifest_sha256):
        raise ValueError(f"not a SHA-256: {manifest_sha256!r}")
    if not 1 <= attempt < 10**_DIGITS:
        raise ValueError(f"not an attempt: {attempt}")
    mark = ("t" if test else "") + ("l" if larger else "")
    return RunName(f"{_HEAD}-{_library_text(library)}-{manifest_sha256[:_MANIFEST]}-{mark}", attempt)


def read_run_name(text: str) -> RunName | None:
    """The parts of `text`; None if it is no name of ours."""
    match = _NAME.fullmatch(text)
    return RunName(match["stem"], int(match["attempt"])) if match else None


def _library_text(library: str) -> str:
    """The library's id in the characters allowed; what is changed or cut is marked, so that no two ids become one."""
    kept = _FOREIGN.sub("-", library).strip("-")
    if kept == library and len(kept) <= _LIBRARY and kept:
        return kept
    mark = hashlib.sha256(library.encode()).hexdigest()[:_MARK]
    return f"{kept[: _LIBRARY - _MARK - 1]}-{mark}".strip("-")
