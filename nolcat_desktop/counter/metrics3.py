"""The activities of Release 3's Database Report 1, which are not those of Release 4 (Code of Practice R3, chapter 4).

`Total searches run` contains the federated and automated searches, `Total sessions` the sessions of that kind: the
first is never R4's `Regular Searches`, and no two of the four may be added.
"""

from __future__ import annotations

ACTIVITIES = (
    "Total searches run",
    "Searches-federated and automated",
    "Total sessions",
    "Sessions-federated and automated",
)

CANONICAL: tuple[tuple[str, str], ...] = (
    (r"^total searches run$", ACTIVITIES[0]),
    (r"^searches ?- ?federated and automated$", ACTIVITIES[1]),
    (r"^total sessions$", ACTIVITIES[2]),
    (r"^sessions ?- ?federated and automated$", ACTIVITIES[3]),
)
"""As `metrics4.CANONICAL`; only blanks and case may differ, everything else is stored as delivered."""
