"""Comparing and tidying names: the lenient match that every part of the Code of Practice's vocabulary shares."""

from __future__ import annotations

_DROPPED = dict.fromkeys(map(ord, "\"“”„‟«»'‘’‚‛_-‐‑\u00ad\u200b\ufeff"))


def loose(text: str) -> str:
    """Give the key under which two spellings of one name are the same.

    Args:
        text: a name as delivered, such as a header label, a column heading or a filter value.

    Returns:
        The text in lower case without whitespace (no-break spaces included), quotes, apostrophes, underscores and
        hyphens. Two names with the same key are "the same, but misspelled" (COUNTER's validator repairs them with an
        error).
    """
    return "".join(text.lower().translate(_DROPPED).split())


def squash(text: str) -> str:
    """Turn each run of whitespace, line breaks and no-break spaces included, into one blank, and strip the ends.

    Args:
        text: a cell as delivered.

    Returns:
        The same words, one blank apart.
    """
    return " ".join(text.split())
