"""A file that another program has open is named as such: refused by the system, or read with what is not saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from nolcat_desktop.reading.open_elsewhere import held_elsewhere, open_in, refused


def _refusal(number: int) -> PermissionError:
    error = PermissionError(13, "The process cannot access the file")
    error.winerror = number  # type: ignore[attr-defined]  # as Windows tells it; elsewhere there is none
    return error


@pytest.mark.parametrize("number", [32, 33])
def test_that_a_file_that_excel_holds_on_windows_is_told_as_such(tmp_path: Path, number: int) -> None:
    path = tmp_path / "EBSCO_TR_2023.xlsx"
    (tmp_path / "~$EBSCO_TR_2023.xlsx").write_bytes(b"\x03Ana")
    told = refused(path, _refusal(number))
    assert told is not None
    assert told.title == "Excel has this file open"
    assert "nothing was read" in told.meaning
    assert told.details == "The process cannot access the file"


def test_that_a_file_that_an_unknown_program_holds_is_told_as_such(tmp_path: Path) -> None:
    told = refused(tmp_path / "report.tsv", _refusal(32))
    assert told is not None
    assert told.title == "Another program has this file open"


def test_that_a_missing_right_is_no_open_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "report.xlsx", _refusal(5)) is None
    assert refused(tmp_path / "report.xlsx", PermissionError(13, "Permission denied")) is None


def test_that_a_lock_beside_a_file_tells_who_has_it_open(tmp_path: Path) -> None:
    path = tmp_path / "report.ods"
    assert held_elsewhere(path) == ()
    (tmp_path / ".~lock.report.ods#").write_text(",ws-14,22.11.2026 10:31,file:///home/ana;")
    assert [one.detail for one in held_elsewhere(path)] == ["LibreOffice"]
    (tmp_path / ".~lock.report.ods#").write_text("Ana Ortiz,ana,ws-14,22.11.2026 10:31,file:///home/ana;")
    assert [(one.rule, one.detail) for one in held_elsewhere(path)] == [("F-open", "LibreOffice by Ana Ortiz")]


def test_that_the_lock_of_another_file_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "~$report.xlsx").write_bytes(b"")
    assert open_in(tmp_path / "report.xlsx") == "Excel"
    assert not open_in(tmp_path / "my report.xlsx")
    assert not open_in(tmp_path / "report.tsv")
    assert not held_elsewhere(Path("archive.zip!/report.xlsx"))
    assert not held_elsewhere(Path())
