"""Identifiers that a spreadsheet program destroyed, proved by another file of the run or by what is loaded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nolcat_desktop.dataset import Library
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes
from nolcat_desktop.workflow.review_adding import Decision, add
from nolcat_desktop.workflow.review_again import judge_again
from nolcat_desktop.workflow.reviewing import review
from tests.cli.running import Line, answered
from tests.reading.quirk_tables import BOOK, TOTAL, block, books, text
from tests.workflow.shelf import Shelf
from tests.workflow.stored import in_order, loads, parts, usage_in

WHOLE = "978-0-306-40615-7"
SPOILED = "9.78E+12"


def book(isbn: str, month: str = "Jan-2018", *, platform: str = "Plat", proprietary: str = "B1") -> bytes:
    """A BR1 of one month, with this text as the ISBN of its first title."""
    rows = [[*row[:7], "3", "3"] for row in books()]
    rows[0][2], rows[0][4], rows[0][5] = platform, proprietary, isbn
    return text([*block("Book Report 1 (R4)", "2018-01-01 to 2018-03-31"),
                 [*BOOK, *TOTAL, month], *rows])  # fmt: skip


def of_atlas(shelf: Shelf) -> list[str]:
    """What stands as the ISBN of the first title, in all that is stored."""
    usage = usage_in(shelf.library)
    return sorted(set(usage.filter(resource_name="Moss Atlas")["ISBN"].drop_nulls()))


def repairs_in(shelf: Shelf) -> list[str]:
    return [one for part in parts(shelf.library) for load in loads(part) for one in load["repairs"]]


@pytest.mark.parametrize("first", [SPOILED, WHOLE])
def test_that_another_file_of_the_run_proves_what_excel_rounded_away(shelf: Shelf, first: str) -> None:
    second = WHOLE if first == SPOILED else SPOILED
    contents = book(first), book(second, "Feb-2018")
    ran = shelf.convert(*contents)
    assert [line["action"] for line in ran.lines] == ["added", "added"]
    assert of_atlas(shelf) == [WHOLE]
    file = "1.tsv" if first == SPOILED else "0.tsv"
    assert repairs_in(shelf) == [f"F9: “{SPOILED}” → “{WHOLE}” (isbn-exponent: proved by {file}, row 9)"]
    assert {file.read_bytes() for file in (shelf.library / "originals").iterdir()} == set(contents)
    assert shelf.is_sound()


def test_that_a_report_that_is_loaded_proves_it_later(shelf: Shelf) -> None:
    shelf.convert(book(WHOLE))
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    ran = shelf.convert(b"no report", book(SPOILED, "Feb-2018"))
    assert ran.lines[1]["action"] == "added"
    assert of_atlas(shelf) == [WHOLE]
    (told,) = repairs_in(shelf)
    assert told.endswith(f"(isbn-exponent: proved by the report loaded on {day} (0.tsv))")


@pytest.mark.parametrize(
    "others",
    [
        (book(WHOLE, platform="Elsewhere"),),
        (book(WHOLE, proprietary="B7"),),
        (book("978-1-4028-9462-6"), book(WHOLE, "Feb-2018")),
        (book("979-10-323-0569-0"),),
        (book("978-0-306-40615-8"),),
        (book(""),),
    ],
    ids=["another platform", "another title", "two that fit", "none that fits", "a wrong check digit", "none at all"],
)
def test_that_nothing_else_proves_it(shelf: Shelf, others: tuple[bytes, ...]) -> None:
    shelf.convert(*others, book(SPOILED, "Mar-2018"))
    assert SPOILED in of_atlas(shelf)
    assert repairs_in(shelf) == []


def test_that_it_can_be_declined_by_its_cell(shelf: Shelf) -> None:
    shelf.convert(book(WHOLE), book(SPOILED, "Feb-2018"), words=("--source", 7, "--decline", "1.tsv!F9"))
    assert of_atlas(shelf) == [SPOILED, WHOLE]
    assert repairs_in(shelf) == []


def test_that_inspect_shows_it_before_anything_is_stored(shelf: Shelf) -> None:
    files = [shelf.file(book(WHOLE), "a.tsv"), shelf.file(book(SPOILED, "Feb-2018"), "b.tsv")]
    assert (
        f"Repaired F9: “{SPOILED}” → “{WHOLE}” (isbn-exponent: proved by a.tsv, row 9)"
        in answered("inspect", *files).out
    )


def test_that_the_part_is_made_again_without_the_file_that_proved_it(shelf: Shelf) -> None:
    shelf.convert(book(WHOLE))
    shelf.convert(b"", book(SPOILED, "Feb-2018"), words=("--source", 8))
    before = usage_in(shelf.library)
    part = next(one for one in parts(shelf.library) if one.name.startswith("8_"))
    part.write_bytes(b"torn")
    ran = answered("library", "rebuild", "--library", shelf.library, "--json")
    line: Line = next(line for line in ran.lines if line.get("path", "").endswith(part.name))
    assert line["how"] == "made again", ran.out
    assert in_order(usage_in(shelf.library)).equals(in_order(before))
    assert of_atlas(shelf) == [WHOLE]


def test_that_the_review_shows_it_and_adds_it_as_it_was_decided(shelf: Shelf) -> None:
    shelf.convert(book(WHOLE))
    library = Library.open(shelf.library, lambda: datetime.now(UTC))
    file = shelf.file(book(SPOILED, "Feb-2018"), "later.tsv")
    (reviewed,) = review([file], library, Wishes(source=7), Progress())
    (repair,) = reviewed.repairs
    assert (repair.position, repair.before, repair.after, repair.row) == ("F9", SPOILED, WHOLE, 9)
    assert repair.is_proved_elsewhere
    answer = reviewed.answer
    declined = judge_again(reviewed, type(answer)("", declined=frozenset({"F9"})), library, Progress())
    assert declined.repairs == (repair,)
    assert declined.declined == {"F9"}
    add([reviewed], [Decision(7)], library, Progress())
    assert of_atlas(shelf) == [WHOLE]
