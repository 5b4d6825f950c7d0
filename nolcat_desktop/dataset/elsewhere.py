"""Originals that were never here: their parts were fetched, and they stayed at the workstation that loaded them."""

from __future__ import annotations

from nolcat_desktop.dataset.journal import Journal

ELSEWHERE = "elsewhere"
"""In a record of the history: SHA-256 of such originals."""


def originals_elsewhere(journal: Journal) -> frozenset[str]:
    """SHA-256 of originals that `verify` does not miss."""
    return frozenset(sha256 for record in journal.records for sha256 in record.get(ELSEWHERE, ()))
