"""A table without its header is never taken, nor offered, for a report that its metrics or attributes rule out."""

from __future__ import annotations

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading import read_content
from nolcat_desktop.report import NOTHING_TOLD, NotAReport, Report, Told
from tests.builders import Grid, a_report, tsv
from tests.builders.damage import without_header

R5, R51 = Release.R5, Release.R51


def read(cells: Grid, name: str = "usage.tsv", told: Told = NOTHING_TOLD) -> Report | NotAReport:
    (found,) = read_content(tsv(cells), name, Progress(), told)
    return found


def bare(release: Release, report_id: str) -> Grid:
    return without_header(a_report(release, report_id, months=2, titles=4))


@pytest.mark.parametrize(
    ("release", "report_id", "offered"),
    [
        (R5, "DR_D1", ("DR_D1", "DR")), (R51, "DR_D1", ("DR_D1", "DR")), (R5, "DR_D2", ("DR_D2", "DR")),
        (R5, "TR_B1", ("TR_B1", "TR")), (R5, "TR_B2", ("TR_B2", "TR")), (R5, "PR_P1", ("PR_P1", "PR")),
        (Release.R4, "JR1a", ("JR1", "JR1GOA", "JR1a", "JR1b")),
    ],
)  # fmt: skip
def test_that_only_what_metrics_permit_is_offered(release: Release, report_id: str, offered: tuple[str, ...]) -> None:
    found = read(bare(release, report_id))
    assert isinstance(found, NotAReport)
    assert found.candidates == offered


@pytest.mark.parametrize(("report_id", "other"), [("TR_J1", "TR_J2"), ("TR_J2", "TR_J1")])
def test_that_neither_a_name_nor_the_user_makes_of_a_table_what_its_metrics_rule_out(
    report_id: str, other: str
) -> None:
    for name in ("usage.tsv", f"{other} 2024.tsv"):
        found = read(bare(R51, report_id), name)
        assert isinstance(found, Report)
        assert (found.definition and found.definition.report_id, found.possible) == (report_id, (R5, R51))
    refused = read(bare(R51, report_id), told=Told(other))
    assert isinstance(refused, NotAReport)
    assert (refused.problem.title, refused.candidates) == (f"This is no {other}", (report_id,))
    assert (
        refused.problem.meaning == f"Its columns, metrics and attributes are those of {report_id}. Nothing was stored."
    )


def test_that_words_which_contradict_one_another_or_which_nobody_knows_rule_nothing_out() -> None:
    cells = bare(R5, "TR_J1")
    metric = cells[0].index("Metric_Type")
    mixed = [
        row if number % 2 else [*row[:metric], "No_License", *row[metric + 1 :]] for number, row in enumerate(cells)
    ]
    mixed[0] = cells[0]
    unknown = [cells[0], *([*row[:metric], "Foo", *row[metric + 1 :]] for row in cells[1:])]
    for table in (mixed, unknown):
        found = read(table)
        assert isinstance(found, NotAReport)
        assert found.candidates == ("TR_J1", "TR_J2")
