"""On what kind of disk a library lies: this computer's, another's, or one that a program copies to other computers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePath

from nolcat_desktop.problem import Problem

_SERVICES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "a cloud service",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
    "creative cloud files": "Creative Cloud",
}
_MARKS = {".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".stfolder": "Syncthing", ".owncloudsync.log": "ownCloud"}
_NETWORK_FILE_SYSTEMS = re.compile(
    r"nfs\d?|cifs|smb\w*|afpfs|webdav|davfs\w*|fuse\.(sshfs|davfs2?|rclone|gvfsd-fuse)|9p|ceph|glusterfs|ncpfs"
)
_REMOTE_DRIVE = 4
"""What GetDriveTypeW says of a network drive (Windows API)."""


class Kind(Enum):
    """What kind of place it is."""

    LOCAL = "local"
    SYNCED = "synced"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a library lies."""

    kind: Kind
    name: str = ""
    """The service or file system."""

    @property
    def warning(self) -> Problem | None:
        """What is to be minded; None on a disk of this computer."""
        match self.kind:
            case Kind.LOCAL:
                return None
            case Kind.SYNCED:
                return Problem(
                    f"The library lies in a folder that {self.name} copies to other computers",
                    "That works while one computer at a time changes the library. If two do, the service keeps two "
                    "versions of a file; such copies are never counted, and checking the library names them.",
                    "Wait until the service has copied everything before you open the library on another computer, or "
                    "put the library on a disk of this computer.",
                )
            case Kind.NETWORK:
                return Problem(
                    "The library lies on a network drive",
                    f"It is used over the network ({self.name}). A broken connection leaves the library as it was; "
                    "whether two computers are kept from writing at once depends on the drive.",
                    "Let one computer at a time change the library, or put it on a disk of this computer.",
                )


def whereabouts(folder: Path) -> Whereabouts:
    """Find out where `folder`, which need not be there yet, lies. Never fails: what is not known is local."""
    service = _service(folder)
    if service:
        return Whereabouts(Kind.SYNCED, service)
    try:
        network = _network(folder)
    except (OSError, ValueError, AttributeError, subprocess.SubprocessError):
        network = ""
    return Whereabouts(Kind.NETWORK, network) if network else Whereabouts(Kind.LOCAL)


def _service(folder: Path) -> str:
    for part in reversed(folder.parts):
        found = next((name for start, name in _SERVICES.items() if part.casefold().startswith(start)), "")
        if found:
            return found
    for above in (folder, *folder.parents):
        found = next((name for mark, name in _MARKS.items() if (above / mark).exists()), "")
        if found:
            return found
    return ""


def _network(folder: Path) -> str:
    if sys.platform == "win32":
        return _windows(folder)
    if sys.platform == "darwin":
        mounts = subprocess.run(["/sbin/mount"], capture_output=True, timeout=2, check=True).stdout
        return network_of_mac(folder.as_posix(), mounts.decode(errors="replace"))
    return network_of_linux(folder.as_posix(), Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace"))


def network_of_linux(folder: str, mounts: str) -> str:
    """The network file system that holds `folder`, by the text of /proc/self/mounts; '' when it is none."""
    found = [line.split(" ") for line in mounts.splitlines()]
    placed = [(_unescaped(cells[1]), cells[2]) for cells in found if len(cells) > 2]  # noqa: PLR2004 - device, place, type
    return _holding(folder, placed)


def network_of_mac(folder: str, mounts: str) -> str:
    """The same by what macOS's `mount` prints: `//user@server/share on /Volumes/share (smbfs, nodev)`."""
    found = re.findall(r"^.* on (/.*?) \((\w+)", mounts, re.MULTILINE)
    return _holding(folder, found)


def _holding(folder: str, placed: list[tuple[str, str]]) -> str:
    """The type of the innermost mount around `folder`, if it is a network's."""
    around = [(place, kind) for place, kind in placed if PurePath(folder).is_relative_to(place)]
    if not around:
        return ""
    longest = max(len(place) for place, _ in around)
    kind = [kind for place, kind in around if len(place) == longest][-1]
    return kind if _NETWORK_FILE_SYSTEMS.fullmatch(kind) else ""


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def _windows(folder: Path) -> str:
    drive = os.path.splitdrive(str(folder))[0]
    if drive.startswith(("\\\\", "//")):
        return drive
    import ctypes  # there on Windows alone in this form

    kind = ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\")  # type: ignore[attr-defined,unused-ignore]
    return drive if kind == _REMOTE_DRIVE else ""
