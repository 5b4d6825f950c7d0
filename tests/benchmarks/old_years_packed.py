"""Archives as libraries keep them: one file in each, and the name by which the program tells it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable

Packed = tuple[str, bytes, str]
"""Name of the archive, its content, and what stands behind its name for the file in it."""


def zipped(name: str, content: bytes) -> bytes:
    """A zip archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def taped(name: str, content: bytes) -> bytes:
    """A tape archive of one file."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tape:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        tape.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def _plain(name: str, content: bytes) -> Packed:
    return name, content, ""


def _zip(name: str, content: bytes) -> Packed:
    return f"{name}.zip", zipped(f"export/{name}", content), f"!/export/{name}"


def _zip_in_zip(name: str, content: bytes) -> Packed:
    inner = zipped(name, content)
    return f"{name} all.zip", zipped(f"{name}.zip", inner), f"!/{name}.zip!/{name}"


def _tape(name: str, content: bytes) -> Packed:
    return f"{name}.tar.gz", gzip.compress(taped(f"old/{name}", content), mtime=0), f"!/old/{name}"


def _tape_in_zip(name: str, content: bytes) -> Packed:
    _, inner, behind = _tape(name, content)
    return f"{name} tape.zip", zipped(f"{name}.tgz", inner), f"!/{name}.tgz{behind}"


PACKED: dict[str, Callable[[str, bytes], Packed]] = {
    "": _plain,
    "zip": _zip,
    "zip in zip": _zip_in_zip,
    "tar.gz": _tape,
    "tar.gz in zip": _tape_in_zip,
    "tar": lambda name, content: (f"{name}.tar", taped(name, content), f"!/{name}"),
    "gz": lambda name, content: (f"{name}.gz", gzip.compress(content, mtime=0), f"!/{name}"),
    "bz2": lambda name, content: (f"{name}.bz2", bz2.compress(content), f"!/{name}"),
    "xz": lambda name, content: (f"{name}.xz", lzma.compress(content), f"!/{name}"),
}
"""How a file can be packed; blank: not at all."""
