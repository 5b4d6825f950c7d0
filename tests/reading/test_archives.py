"""Archives inside archives: every file once, within bounds."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.reading import sources
from nolcat_desktop.reading.archives import DEEPEST
from tests.builders import a_report, xlsx
from tests.builders.binary_workbook import xlsb
from tests.builders.other_kinds import ods


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_dot_", "."), content)
    return out.getvalue()


def _loaded(path: Path, content: bytes) -> dict[str, bytes | str]:
    path.write_bytes(content)
    found: dict[str, bytes | str] = {}
    for source in sources([path]):
        name = source.name.removeprefix(f"{path}!/")
        try:
            found[name] = source.load()
        except NolcatError as error:
            found[name] = error.problem.title
    return found


def test_that_every_file_of_an_inner_archive_is_a_source(tmp_path: Path) -> None:
    inner = _zip(x=b"1", y=b"2")
    found = _loaded(tmp_path / "a.zip", _zip(inner_dot_zip=inner, z=b"3"))
    assert found == {"inner.zip!/x": b"1", "inner.zip!/y": b"2", "z": b"3"}


def test_that_files_can_be_loaded_in_any_order_and_again(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(_zip(inner_dot_zip=_zip(x=b"1", y=b"2")))
    listed = list(sources([path]))
    assert [listed[n].load() for n in (1, 0, 1, 0, 0)] == [b"2", b"1", b"2", b"1", b"1"]


@pytest.mark.parametrize("write", [xlsx, xlsb, ods])
def test_that_workbooks_in_archives_are_no_archives(tmp_path: Path, write: object) -> None:
    content = write(a_report(Release.R4, "JR1"))  # type: ignore[operator]
    assert _loaded(tmp_path / "a.zip", _zip(book=content)) == {"book": content}


def test_that_archives_too_deep_inside_one_another_are_told(tmp_path: Path) -> None:
    content = _zip(x=b"1")
    for _ in range(DEEPEST):
        content = _zip(inner_dot_zip=content)
    (title,) = _loaded(tmp_path / "a.zip", content).values()
    assert title == "Archives stand too deep inside one another"


def test_that_a_broken_inner_archive_does_not_hide_the_others(tmp_path: Path) -> None:
    found = _loaded(tmp_path / "a.zip", _zip(b_dot_zip=_zip(x=b"1" * 100)[:60], c=b"2"))
    assert found == {"b.zip": "The archive could not be opened", "c": b"2"}


def test_that_an_empty_inner_archive_holds_nothing(tmp_path: Path) -> None:
    assert _loaded(tmp_path / "a.zip", _zip(b_dot_zip=_zip(), c=b"2")) == {"c": b"2"}
