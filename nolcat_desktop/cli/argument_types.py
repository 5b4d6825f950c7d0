"""What may stand behind a word of the command line, for every command alike."""

from __future__ import annotations

import argparse


def word(text: str) -> str:
    """A name, without the blanks around it.

    Raises:
        argparse.ArgumentTypeError: If there is nothing else.
    """
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty")
    return text.strip()
