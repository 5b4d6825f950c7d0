"""What `read_content` finds in bytes, for tests."""

from __future__ import annotations

from nolcat_desktop.reading import read_content
from nolcat_desktop.report import ROW, NotAReport, Report


def everything(content: bytes, file: str = "report.tsv") -> list[Report | NotAReport]:
    """All that is found in a file."""
    return list(read_content(content, file))


def reports(content: bytes, file: str = "report.tsv") -> list[Report]:
    """The reports in a file that holds nothing else."""
    found = everything(content, file)
    assert all(isinstance(one, Report) for one in found), [one for one in found if isinstance(one, NotAReport)]
    return [one for one in found if isinstance(one, Report)]


def report(content: bytes, file: str = "report.tsv") -> Report:
    """The one report in a file."""
    (one,) = reports(content, file)
    return one


def refusal(content: bytes, file: str = "report.tsv") -> NotAReport:
    """What is said of a file without any report."""
    (one,) = everything(content, file)
    assert isinstance(one, NotAReport), one
    return one


def rules(found: Report) -> list[str]:
    """Rules of what reading noticed, in order."""
    return [one.rule for one in found.irregularities]


def noticed(found: Report, rule: str) -> list[str | None]:
    """Positions at which reading noticed `rule`."""
    return [one.position for one in found.irregularities if one.rule == rule]


def left_out(found: Report) -> list[tuple[int, str]]:
    """Rows that are not data: (row, rule)."""
    return list(found.left_out.select(ROW, "rule").iter_rows())
