"""The other end of `inventory_workers`: a process that reads one file after the other and says what is in it.

On its standard input come the name of a file and its bytes, each behind its length; to its standard output goes what
was found, as the index keeps it. It ends when its input does, so nothing is left behind by a program that was killed.
"""

from __future__ import annotations

import os
import struct
import sys
from typing import IO

import orjson

from nolcat_desktop.progress import Progress
from nolcat_desktop.reading import Source
from nolcat_desktop.workflow.inventory_facts import as_bytes
from nolcat_desktop.workflow.inventory_read import read_facts

LENGTH = struct.Struct(">Q")


def main() -> None:
    """Serve until the input ends."""
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get among the answers
    while (named := read_frame(orders)) is not None:
        content = read_frame(orders)
        if content is None:
            return
        name, is_named, sha256 = orjson.loads(named)
        source = Source(name, is_named, lambda: b"")
        facts = read_facts(source, content, sha256, Progress())
        write_frames(answers, as_bytes(facts))


def read_frame(stream: IO[bytes]) -> bytes | None:
    """What stands behind the next length; None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    content = stream.read(length)
    return content if len(content) == length else None


def write_frames(stream: IO[bytes], *contents: bytes) -> None:
    """Write each behind its length."""
    for content in contents:
        stream.write(LENGTH.pack(len(content)))
        stream.write(content)
    stream.flush()


if __name__ == "__main__":
    main()
