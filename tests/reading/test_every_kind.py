"""Every kind of file gives the usage that was worked out cell by cell, whatever its name says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from nolcat_desktop.conversion import damaged_cells, stopped_by
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import FileKind, NotAReport
from tests.builders import Abstract, a_report, every_report, expected_usage
from tests.builders.binary_workbook import xlsb
from tests.builders.other_kinds import excel_xml, html, ods, unicode_text, xls
from tests.builders.sushi import sushi
from tests.conversion.sums import usage_of
from tests.reading.found import everything, report

KINDS: dict[str, tuple[FileKind, Callable[[Abstract], bytes]]] = {
    "xls": (FileKind.XLS, xls),
    "xls of texts": (FileKind.XLS, lambda abstract: xls(abstract, dates=False, zeros=False)),
    "xlsb": (FileKind.XLSB, xlsb),
    "xlsb with texts in cells": (FileKind.XLSB, lambda abstract: xlsb(abstract, inline=True)),
    "ods": (FileKind.ODS, ods),
    "fods": (FileKind.ODS, lambda abstract: ods(abstract, flat=True)),
    "html": (FileKind.HTML, html),
    "html, header apart": (FileKind.HTML, lambda abstract: html(abstract, header_apart=True)),
    "excel-xml": (FileKind.EXCEL_XML, excel_xml),
    "Unicode text": (FileKind.TSV, unicode_text),
    "Unicode text without a mark": (FileKind.TSV, lambda abstract: unicode_text(abstract, bom=False)),
}
SOME = [(Release.R4, "JR1"), (Release.R4, "BR2"), (Release.R4, "DB1"), (Release.R5, "IR"), (Release.R51, "TR")]
ONE = a_report(Release.R51, "TR", titles=2)
FILES = {**{name: write(ONE) for name, (_, write) in KINDS.items()}, "sushi": sushi(a_report(Release.R4, "JR1"))}


def _check(release: Release, report_id: str, kind: str) -> None:
    abstract = a_report(release, report_id, titles=6)
    expected, write = KINDS[kind]
    found = report(write(abstract), "statistics.xls")
    assert (found.origin.kind, found.release, found.report_id) == (expected, release, report_id)
    assert found.months == abstract.months
    assert stopped_by(found) is None
    assert damaged_cells(found) == ()
    assert_frame_equal(usage_of(found), expected_usage(abstract))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("release", "report_id"), [pytest.param(*pair, id=" ".join(pair)) for pair in SOME])
def test_that_every_kind_gives_the_usage_of_the_report(release: Release, report_id: str, kind: str) -> None:
    _check(release, report_id, kind)


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("release", "report_id"), [pytest.param(*pair, id=" ".join(pair)) for pair in every_report()])
def test_that_every_kind_gives_the_usage_of_every_report(release: Release, report_id: str, kind: str) -> None:
    _check(release, report_id, kind)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(sorted(FILES)), data=st.data())
def test_that_damaged_bytes_never_end_in_a_traceback(kind: str, data: st.DataObject) -> None:
    content = bytearray(FILES[kind])
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    for _ in range(data.draw(st.integers(0, 4))):
        if content:
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    for found in everything(bytes(content), f"report.{kind}"):
        if isinstance(found, NotAReport):
            assert found.problem.title
            assert found.problem.remedy


@pytest.mark.parametrize("kind", sorted(set(FILES) - {"Unicode text", "Unicode text without a mark"} - {"html"}))
def test_that_a_file_that_is_cut_off_is_told_or_read_as_far_as_it_is_whole(kind: str) -> None:
    whole = FILES[kind]
    found = everything(whole[: len(whole) * 2 // 3], "report.xls")
    if not kind.startswith("html"):
        assert all(isinstance(one, NotAReport) for one in found)
        assert all(one.problem.meaning for one in found if isinstance(one, NotAReport))
