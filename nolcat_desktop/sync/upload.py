"""One file on its way up: in one piece, or in parts that need not be sent twice; never torn, never over someone else's.

What is sent is counted while it is read. A file that is not the one that was planned is given back as changed, so that
it is planned and sent again; nothing of it has become an object then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

from nolcat_desktop.objects import Overtaken, StoredObject, Unreachable, UploadedPart, UploadGone
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.sync.arrival import Means, overtaken, verified
from nolcat_desktop.sync.catalog_lines import Upload
from nolcat_desktop.sync.crew import Crew, patiently
from nolcat_desktop.sync.local_file import Pieces, piece
from nolcat_desktop.sync.plan import Item, Local
from nolcat_desktop.sync.sums import SMALL, FileChanged, as_base64

_TRIES = 3
"""How often an upload is begun that someone else ends meanwhile."""


def send_small(item: Item, means: Means) -> StoredObject:
    """Send a file of at most `SMALL` bytes in one piece.

    Raises:
        FileChanged: If it is not the file that was planned.
        Overtaken: If something else was written there since it was looked at.
    """
    content = piece(_local(item), 0, SMALL + 1)
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != item.sha256:
        raise FileChanged(item.key)
    try:
        stored = patiently(
            lambda: means.store.put(item.key, content, sha256, MappingProxyType({}), item.replaces),
            means.pace,
            means.patience,
        )
    except Overtaken:
        stored = _ours_after_all(item, means)
    stored = verified(stored, len(content), as_base64(bytes.fromhex(sha256)), sha256, means)
    means.pace.settle(len(content))
    means.catalog.agree(item.key, sha256)
    return stored


def send_large(item: Item, means: Means, crew: Crew[object]) -> StoredObject:
    """Send a file in parts, going on with an upload that was begun before.

    The file is read once and in order; each part is counted, for itself and into the whole, just before it goes out.
    Only when the whole is what was planned are the parts made an object.

    Raises:
        FileChanged: If it is not what was planned; the upload was ended.
        Overtaken: If something else was written there since it was looked at; the upload was ended.
    """
    for left in reversed(range(_TRIES)):
        try:
            return _in_parts(item, means, crew)
        except UploadGone:
            crew.one(lambda: end_upload(item.key, means))
            if not left:
                raise
        except (FileChanged, Overtaken):
            crew.one(lambda: end_upload(item.key, means))
            raise
    raise AssertionError


def _in_parts(item: Item, means: Means, crew: Crew[object]) -> StoredObject:
    pieces = Pieces(_local(item), item.bytes)
    upload = crew.one(lambda: _upload(item, pieces.part_bytes, means))
    there = crew.one(lambda: _parts_there(item, upload, means))
    arrived: dict[int, UploadedPart] = {}
    try:
        for part in crew.work([_part_job(item, pieces, upload, there, means)] * pieces.count):
            assert isinstance(part, UploadedPart)  # noqa: S101 - for the type: the jobs give nothing else
            arrived[part.number] = part
        sums = pieces.sums()
        if (sums.sha256, sums.bytes) != (item.sha256, item.bytes):
            raise FileChanged(item.key)
        parts = [arrived[number] for number in sorted(arrived)]
        stored = crew.one(lambda: _complete(item, upload, parts, means))
    except (UploadGone, FileChanged, Overtaken):
        means.pace.found(-sum(part.bytes for part in arrived.values()))
        raise
    means.catalog.end(item.key)
    stored = crew.one(lambda: verified(stored, sums.bytes, sums.checksum, sums.sha256, means))
    means.catalog.agree(item.key, sums.sha256)
    return stored


def _upload(item: Item, part_bytes: int, means: Means) -> str:
    """The upload to go on with, or a new one; written down before anything is sent into it."""
    sha256 = str(item.sha256)
    known = means.catalog.upload(item.key)
    if known is not None and known.upload and (known.sha256, known.part_bytes) == (sha256, part_bytes):
        return known.upload
    if known is not None:
        end_upload(item.key, means)
    means.catalog.begin(item.key, Upload("", sha256, part_bytes))  # first, or a crash now would leave one unknown
    begun = patiently(lambda: means.store.begin(item.key, sha256), means.pace, means.patience)
    means.catalog.begin(item.key, Upload(begun, sha256, part_bytes))
    return begun


def _parts_there(item: Item, upload: str, means: Means) -> dict[int, UploadedPart]:
    """Parts that have arrived; whether they are what they should be is seen when each is counted.

    From memory where the service may not be asked; and some services do not tell the sums of parts that they checked.
    """
    known = {part.number: part for part in means.catalog.parts(upload)}
    try:
        found = patiently(lambda: means.store.parts(item.key, upload), means.pace, means.patience)
    except (UploadGone, Unreachable):
        raise
    except NolcatError:
        found = tuple(known.values())
    told = {part.number: part if part.sha256 else known.get(part.number, part) for part in found}
    return {part.number: told[part.number] for part in found if part.etag == told[part.number].etag}


def _part_job(
    item: Item, pieces: Pieces, upload: str, there: Mapping[int, UploadedPart], means: Means
) -> Callable[[], object]:
    """Whichever part is the next."""

    def send() -> object:
        number, content, wanted = pieces.take()
        before = there.get(number)
        if before is not None and (before.sha256, before.bytes) == (wanted, len(content)):
            means.pace.found(len(content))
            return before
        part = patiently(
            lambda: means.store.put_part(item.key, upload, number, content, wanted), means.pace, means.patience
        )
        means.pace.settle(len(content))
        means.catalog.arrived(upload, part)
        return part

    return send


def _complete(item: Item, upload: str, parts: list[UploadedPart], means: Means) -> StoredObject:
    try:
        return patiently(
            lambda: means.store.complete(item.key, upload, parts, item.replaces), means.pace, means.patience
        )
    except (Overtaken, UploadGone) as error:
        try:
            return _ours_after_all(item, means)
        except Overtaken:
            raise error from None


def end_upload(key: str, means: Means) -> None:
    """End what was begun for `key` from here, and free what it holds."""
    known = means.catalog.upload(key)
    if known is None:
        return
    for upload in [known.upload] if known.upload else _begun_there(key, means):
        means.store.abort(key, upload)
    means.catalog.end(key)


def _begun_there(key: str, means: Means) -> list[str]:
    """What was begun there for `key`, by whoever: the program ended before it heard its name.

    Another workstation that is at the same key just now begins again.
    """
    try:
        return [one.upload for one in means.store.unfinished() if one.key == key]
    except Unreachable:
        raise
    except NolcatError:
        return []  # it may not be asked: then the bucket's own rule ends it


def _ours_after_all(item: Item, means: Means) -> StoredObject:
    """What lies there, if it is what was to be sent: then it arrived, and only the answer was lost."""
    found = patiently(lambda: means.store.look(item.key), means.pace, means.patience)
    if found is not None and found.sha256 == item.sha256:
        return found
    raise overtaken(item.key, found)


def _local(item: Item) -> Local:
    assert item.local is not None  # noqa: S101 - for the type: only what is here is sent
    return item.local
