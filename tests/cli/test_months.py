"""The command line: `--month` says of which month a heading is that names none."""

from __future__ import annotations

from pathlib import Path

import pytest

from nolcat_desktop.dataset import Library
from tests.cli.running import answered, is_clean
from tests.gui.frame_builders import now
from tests.reading.quirk_tables import SUM, jr1, text


def put(folder: Path, *months: str, name: str = "usage.tsv") -> Path:
    file = folder / name
    file.write_bytes(text(jr1(months=list(months))))
    return file


def convert(file: Path, library: Path, *said: str) -> tuple[int, str, list[str]]:
    """Exit code, what went to stderr, and the months that were stored."""
    ran = answered(
        "convert", file, "--library", library, "--json", *(word for one in said for word in ("--month", one))
    )
    assert is_clean(ran)
    return ran.code, ran.err, [month for line in ran.lines for month in line["months"] if line["action"] == "added"]


@pytest.mark.parametrize("said", [("Usage  B=2017-02", "M8=2017-03"), ("usage b=2017-02", "M8 = 2017-03")])
def test_that_a_month_is_heard_by_the_heading_or_its_cell_and_kept(tmp_path: Path, said: tuple[str, str]) -> None:
    file, library = put(tmp_path, "Jan-2017", "Usage B", ""), tmp_path / "library"
    assert convert(file, library)[0::2] == (1, [])
    assert convert(file, library, *said)[0::2] == (0, ["2017-01", "2017-02", "2017-03"])
    (held,) = Library.open(library, now).holdings()
    assert (held.load.tally.total, dict(held.load.told)) == (SUM, {"months": "L8=2017-02 M8=2017-03"})


@pytest.mark.parametrize(
    ("said", "title", "advice"),
    [
        ("Foo=2017-02", "No heading without a month is “Foo”", "“Usage B” (L8), “Usage C” (M8)"),
        ("Jan-2017=2017-02", "No heading without a month is “Jan-2017”", "--month L8=2024-03"),
        ("L9=2017-02", "No heading without a month is “L9”", "“Usage B” (L8)"),
    ],
)
def test_that_a_heading_that_is_nowhere_is_refused_with_advice(
    tmp_path: Path, said: str, title: str, advice: str
) -> None:
    library = tmp_path / "library"
    code, told, months = convert(put(tmp_path, "Jan-2017", "Usage B", "Usage C"), library, said)
    assert (code, months) == (1, [])
    assert title in told
    assert advice in told
    assert "Nothing was stored." in told
    assert Library.open(library, now).holdings() == ()


def test_that_two_columns_of_the_same_heading_are_told_apart_by_their_cells(tmp_path: Path) -> None:
    file, library = put(tmp_path, "Jan-2017", "Use", "Use"), tmp_path / "library"
    code, told, _ = convert(file, library, "Use=2017-02")
    assert (code, "The heading “Use” stands in more than one column" in told) == (1, True)
    assert "--month L8=2024-03 --month M8=2024-04" in told
    assert convert(file, library, "L8=2017-02", "M8=2017-03")[0] == 0


@pytest.mark.parametrize("said", ["Foo", "Foo=2017", "=2017-02", "Foo=2017-13", "Foo=0000-01"])
def test_that_what_is_no_heading_and_month_is_wrong_usage(tmp_path: Path, said: str) -> None:
    ran = answered("convert", tmp_path, "--library", tmp_path / "library", "--month", said)
    assert (ran.code, "is not a heading and its month" in ran.err) == (2, True)
