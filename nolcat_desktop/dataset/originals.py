"""The originals: every file that was loaded, byte for byte, named by its SHA-256."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.files import make_folder, replace_file, sha256_of, sync_file, sync_folder, write_file
from nolcat_desktop.dataset.layout import Layout
from nolcat_desktop.problem import NolcatError, Problem


def stage_original(original: Path | bytes, sha256: str, beside: Path) -> Path:
    """Copy `original` into the folder `beside`, which is the run's own, and check that it is what was read.

    Raises:
        NolcatError: If the file has changed since it was read, or the disk refuses.
    """
    target = beside / f"original-{sha256}"
    with disk(target):
        if isinstance(original, bytes):
            write_file(target, original)
            found = hashlib.sha256(original).hexdigest()
        else:
            shutil.copyfile(original, target)
            sync_file(target)
            found = sha256_of(target)
    if found != sha256:
        target.unlink()
        raise NolcatError(
            Problem(
                "The file changed while it was being read",
                f"{original if isinstance(original, Path) else sha256} is not the file any more from which the numbers "
                "were read. Nothing of it was stored.",
                "Save and close the file in other programs, then add it again.",
            )
        )
    return target


def keep_original(layout: Layout, staged: Path, sha256: str) -> None:
    """Move a staged original to its place, unless the same bytes are there."""
    with disk(layout.originals):
        make_folder(layout.originals)
        target = layout.originals / sha256
        if not (target.is_file() and target.stat().st_size == staged.stat().st_size and sha256_of(target) == sha256):
            replace_file(staged, target)
            sync_folder(layout.originals)


def is_kept(layout: Layout, sha256: str) -> bool:
    """Whether the original is there with the right bytes."""
    target = layout.originals / sha256
    with disk(target):
        return target.is_file() and sha256_of(target) == sha256
