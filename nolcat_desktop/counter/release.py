"""The releases of the Code of Practice that this program knows."""

from __future__ import annotations

from enum import StrEnum


class Release(StrEnum):
    """A release of the COUNTER Code of Practice, written as the `release` column of usage writes it."""

    R4 = "4"
    R5 = "5"
    R51 = "5.1"
