"""What stops a part of NoLCAT's relation from being stored, told to a librarian."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nolcat_desktop.conversion import Damaged
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.workflow.viewing import spans

BELONGING_NOWHERE = "They belong to no statistics source or no report."
_SHOWN = 5


def called(source: int, names: Mapping[int, str]) -> str:
    """A source by its name of `names` and the number that NoLCAT knows it by."""
    name = names.get(source, "")
    return f"{name} ({source})" if name and not name.endswith(str(source)) else name or f"statistics source {source}"


def open_months(report_type: str, source: str, months: Sequence[str]) -> Problem:
    """Neither words nor dates decide."""
    return Problem(
        "Release 5 or 5.1?",
        f"NoLCAT does not keep the release, and nothing in {report_type} of {source}, "
        f"{spans(months)}, is of one release alone. These months were not stored.",
        "Look in NoLCAT, or at the reports, from which release these months are, and say which (5 or 5.1).",
    )


def mixed_months(report_type: str, source: str, months: Sequence[str]) -> Problem:
    """Words of both releases."""
    return Problem(
        "Two releases in one month",
        f"{report_type} of {source}, {spans(months)}, holds rows or words of two releases: "
        "two reports seem to have been loaded into NoLCAT. These months were not stored, they would count twice.",
        "Load these months from the publisher's reports instead.",
    )


def left_rows(number: int, left: Sequence[Damaged], why: str = "") -> Problem:
    """Rows that cannot be stored, which the report would lack."""
    shown = "; ".join(f"{one.position}: {one.value}" for one in left[:_SHOWN])
    said = f" {why}" if why else " Without them its numbers would be too low, so it was not stored."
    return Problem(
        "Rows that cannot be stored",
        f"{number:,} row{'s' if number != 1 else ''}: {shown}{' …' if len(left) > _SHOWN else ''}.{said}",
        "Correct them in NoLCAT, or leave them out (--without-damaged; --left-out OUT.csv lists all of them).",
        left[0].position if left else None,
    )


def defect(reason: str) -> NolcatError:
    """What was written is not what was read."""
    return NolcatError(
        Problem(
            "What would be stored is not as it must be",
            f"{reason}. Nothing was stored.",
            "This is a fault of the program: please tell its makers.",
        )
    )
