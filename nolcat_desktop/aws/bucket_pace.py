"""Bytes on their way out, block by block: counted, slowed down, stopped.

botocore hands a request to the network whole. Just before (`before-send`) its body is given a reader that asks first;
signing is over by then, so nothing is counted that does not go out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import Any, Protocol


class Paced(Protocol):
    """Asked before each block."""

    def heed(self) -> None:
        """Raise if all is to be stopped."""
        ...

    def block(self, size: int) -> None:
        """Wait until `size` more bytes may go; raise if all is to be stopped."""
        ...

    def again(self) -> None:
        """A request of this thread begins, perhaps anew."""
        ...


class _Free:
    """As fast as it goes."""

    def heed(self) -> None:
        """Go on."""

    def block(self, size: int) -> None:
        """Go on."""

    def again(self) -> None:
        """Go on."""


FREE: Paced = _Free()
_MARK = "_nolcat_paced"
_HANDS = local()
_BLOCK = 64 * 1024


@contextmanager
def pacing(client: Any, pace: Paced) -> Iterator[None]:  # noqa: ANN401 - boto3's clients have no type
    """Within it, what this thread sends with `client` asks `pace`."""
    if not getattr(client, _MARK, False):
        client.meta.events.register("before-send.s3", _before_send, unique_id=_MARK)
        setattr(client, _MARK, True)
    before, _HANDS.pace = getattr(_HANDS, "pace", FREE), pace
    try:
        yield
    finally:
        _HANDS.pace = before


def _before_send(request: Any, **_: object) -> None:  # noqa: ANN401 - botocore's AWSPreparedRequest
    pace: Paced = getattr(_HANDS, "pace", FREE)
    pace.heed()
    pace.again()
    if isinstance(request.body, bytes | bytearray) and request.body:
        request.body = _Outgoing(request.body, pace)


class _Outgoing:
    """A body that is read by the network; it can be read again, as botocore wishes before it repeats a request."""

    def __init__(self, content: bytes | bytearray, pace: Paced) -> None:
        self._content = memoryview(content)
        self._pace = pace
        self._at = 0

    def __len__(self) -> int:
        return len(self._content)

    def read(self, size: int = -1) -> memoryview:
        """A block: more than is asked for where little is, for each costs its time; whoever sends takes any."""
        whole = len(self._content)
        end = whole if size < 0 else min(self._at + max(size, _BLOCK), whole)
        block = self._content[self._at : end]
        if block:
            self._pace.block(len(block))
        self._at = end
        return block

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self._at, len(self._content))[whence]
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at
