"""One column sorted alone: found beside other reports or in the table itself, and told by cell."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.bindings import FEWEST
from nolcat_desktop.workflow import Wishes
from nolcat_desktop.workflow.finding_reports import Found
from nolcat_desktop.workflow.known_bindings import KnownBindings
from nolcat_desktop.workflow.review_again import judge_again
from nolcat_desktop.workflow.reviewing import review
from nolcat_desktop.workflow.sorted_neighbours import SortedNeighbours
from tests.builders import Grid, a_report, grid, tsv
from tests.cli.running import answered
from tests.reading.found import noticed, report, rules
from tests.reading.quirk_tables import FORMATS, JOURNAL, block, text
from tests.workflow.shelf import Shelf
from tests.workflow.stored import in_order, loads, parts, usage_in

TITLE, PRINT, ONLINE = 0, 5, 6


def table(year: int, *, titles: int = 8) -> Grid:
    """A JR1 of three months, whose rows stand in no order."""
    dice = random.Random(year)
    rows = []
    for n in range(titles):
        counts = [dice.randint(1, 90) for _ in range(3)]
        names = [
            f"Journal {'hcfagbed'[n % 8]}{n // 8}",
            "Larch",
            "Larch Online",
            "",
            f"P{n}",
            f"{n:04}-2222",
            f"9{n:03}-4444",
        ]
        rows.append([*names, str(sum(counts)), "", "", *map(str, counts)])
    dice.shuffle(rows)
    months = [f"{month}-{year}" for month in ("Jan", "Feb", "Mar")]
    return [*block("Journal Report 1 (R4)", f"{year}-01-01 to {year}-03-31"), [*JOURNAL, *FORMATS, *months], *rows]


def with_sorted(rows: Grid, *columns: int) -> Grid:
    """The same, these columns alone sorted by the first of them."""
    moved = sorted([[row[column] for column in columns] for row in rows[8:]])
    for row, cells in zip(rows[8:], moved, strict=True):
        for column, cell in zip(columns, cells, strict=True):
            row[column] = cell
    return rows


def actions(shelf: Shelf, *contents: bytes) -> list[str]:
    return [line["action"] for line in shelf.convert(*contents).lines]


@pytest.mark.parametrize(("columns", "place"), [((TITLE,), 0), ((PRINT,), 1), ((PRINT, ONLINE), 2)])
def test_that_a_column_sorted_alone_is_told_wherever_it_stands_among_others(
    shelf: Shelf, columns: tuple[int, ...], place: int
) -> None:
    contents = [text(table(year)) for year in (2015, 2016)]
    contents.insert(place, text(with_sorted(table(2017), *columns)))
    ran = shelf.convert(*contents)
    assert [line["action"] for line in ran.lines] == ["added"] * 3
    critical = {Path(load["original"]).name: load["findings"].get("Critical error", 0) for load in every_load(shelf)}
    assert {name: bool(number) for name, number in critical.items()} == {f"{n}.tsv": n == place for n in range(3)}
    assert critical[f"{place}.tsv"] >= 1 + FEWEST
    assert shelf.is_sound()


def every_load(shelf: Shelf) -> list[dict[str, Any]]:
    return [load for part in parts(shelf.library) for load in loads(part)]


def test_that_of_two_that_contradict_both_are_told_and_stored_since_all_sums_are_right(shelf: Shelf) -> None:
    ran = shelf.convert(text(table(2016)), text(with_sorted(table(2017), TITLE)))
    assert [line["action"] for line in ran.lines] == ["added", "added"]
    assert all(load["findings"]["Critical error"] for load in every_load(shelf))
    assert shelf.is_sound()


def test_that_what_is_loaded_is_asked_as_well(shelf: Shelf) -> None:
    assert actions(shelf, text(table(2016))) == ["added"]
    sorted_one = shelf.file(text(with_sorted(table(2017), TITLE)), "1.tsv")
    (line,) = answered("validate", sorted_one, "--library", shelf.library, "--json").lines
    (said,) = [found["message"] for found in line["findings"] if found["rule"] == "X-names-apart"]
    assert "the report that is loaded (0.tsv)" in said


def exchanged(body: Grid) -> None:
    body[0][PRINT], body[1][PRINT] = body[1][PRINT], body[0][PRINT]


def swapped(body: Grid) -> None:
    for row in body:
        row[PRINT], row[ONLINE] = row[ONLINE], row[PRINT]


def other_identifiers(body: Grid) -> None:
    for n, row in enumerate(body):
        row[PRINT], row[ONLINE] = f"{n:04}-7777", ""


def other_titles(body: Grid) -> None:
    for row in body:
        row[TITLE] = f"The {row[TITLE]}"


def numbered(body: Grid) -> None:
    for n, row in enumerate(body):
        row[4] = f"PROPRIETARY{n}"


def other_platform(body: Grid) -> None:
    for row, issn in zip(body, sorted(row[PRINT] for row in body), strict=True):
        row[2], row[PRINT] = "Elm Online", issn


@pytest.mark.parametrize(
    "change", [exchanged, swapped, other_identifiers, other_titles, numbered, other_platform, list.sort]
)
def test_that_what_publishers_do_to_titles_and_identifiers_is_no_sorted_column(change: Callable[[Grid], None]) -> None:
    first, second = table(2016), table(2017)
    numbered(first[8:])
    body = second[8:]
    change(body)
    known = KnownBindings(None)
    for rows in (first, [*second[:8], *body]):
        found = report(text(rows))
        assert known.judged(Found(b"", found)).what is found
    assert known.late == ()


def test_that_validate_lists_the_cells_and_tells_the_other_file(shelf: Shelf) -> None:
    files = [shelf.file(text(table(2016)), "a.tsv"), shelf.file(text(with_sorted(table(2017), PRINT)), "b.tsv")]
    one, other = answered("validate", *files, "--json").lines
    cells = [found for found in other["findings"] if found["rule"] == "X-other-title"]
    told = {found["position"] for found in cells}
    assert told <= {f"F{row}" for row in range(9, 17)}
    assert len(cells) == len(told) >= 5
    assert all("in a.tsv, row " in found["message"] for found in cells)
    (late,) = [found for found in one["findings"] if found["rule"] == "X-names-apart"]
    assert "than in b.tsv" in late["message"]
    assert (one["verdict"], other["verdict"], other["usable"]) == ("Critical error", "Critical error", True)


def test_that_the_review_tells_it_of_both_and_keeps_to_it_when_one_is_read_again(shelf: Shelf, tmp_path: Path) -> None:
    files = [shelf.file(text(table(2016)), "a.tsv"), shelf.file(text(with_sorted(table(2017), PRINT)), "b.tsv")]
    library = Library.open(tmp_path / "other", lambda: datetime.now(UTC))
    told = {one.key: one for one in review(files, library, Wishes(), Progress())}
    assert [bool(one.contradicted) for one in told.values()] == [True, True]
    for one in told.values():
        assert judge_again(one, one.answer, library, Progress()).contradicted
    (alone,) = review(files[:1], library, Wishes(), Progress())
    assert alone.contradicted == ()


def test_that_titles_with_several_rows_show_it_without_any_other_file() -> None:
    rows = grid(a_report(Release.R5, "TR", months=2, titles=12))
    start = next(n for n, row in enumerate(rows) if row and row[0] == "Title") + 1
    issn = rows[start - 1].index("Print_ISSN")
    dice = random.Random(3)
    body = rows[start:]
    for row in body:
        row[issn] = f"{sum(map(ord, row[0])) % 9000 + 1000}-1111"
    dice.shuffle(body)
    assert "X-names-apart" not in rules(report(tsv([*rows[:start], *body])))
    for row, title in zip(body, sorted(row[0] for row in body), strict=True):
        row[0] = title
    found = report(tsv([*rows[:start], *body]))
    assert "X-names-apart" in rules(found)
    assert len(noticed(found, "X-other-title")) > len(body) // 2


MONTHS = [f"{name}-2017" for name in ("Jan", "Feb", "Mar", "Apr", "May", "Jun")]


def months_of(first: int, last: int, *, titles: int = 6, alike: bool = False) -> Grid:
    """A JR1 of some months of the same half-year; `alike`: two titles whose sums are the same in all months."""
    every = random.Random(5).sample(range(1, 400), titles * len(MONTHS))
    rows = []
    for n in range(titles):
        counts = every[n * len(MONTHS) : (n + 1) * len(MONTHS)]
        counts = counts if not alike or n else [9, 1, 1, 2, 2, 2]
        counts = [1, 9, 1, 2, 2, 2] if alike and n == 1 else counts
        names = [f"Journal {n}", "Larch", "Larch Online", "", f"P{n}", f"{n:04}-2222", f"9{n:03}-4444"]
        rows.append([*names, str(sum(counts[first:last])), "", "", *map(str, counts[first:last])])
    period = f"2017-{first + 1:02}-01 to 2017-{last:02}-28"
    return [*block("Journal Report 1 (R4)", period), [*JOURNAL, *FORMATS, *MONTHS[first:last]], *rows]


def stored(shelf: Shelf) -> dict[tuple[str, str], int]:
    usage = usage_in(shelf.library)
    rows = usage.filter(usage["metric_type"].is_not_null()).select("resource_name", "usage_date", "usage_count")
    return {(name, f"{day:%Y-%m}"): number for name, day, number in rows.iter_rows()}


def with_moved(rows: Grid, *columns: int) -> Grid:
    """The same, these columns one row further down."""
    body = [list(row) for row in rows[8:]]
    for n, row in enumerate(rows[8:]):
        for column in columns:
            body[(n + 1) % len(body)][column] = row[column]
    return [*rows[:8], *body]


def test_that_the_same_report_that_stands_whole_elsewhere_is_named(shelf: Shelf) -> None:
    ran = shelf.convert(text(with_moved(months_of(0, 3), 10, 11, 12)), text(months_of(0, 3)))
    assert [line["action"] for line in ran.lines] == ["failed", "added"]
    assert ran.lines[0]["problem"]["remedy"] == "The same report stands whole in 1.tsv: take that one instead."


@pytest.mark.parametrize(("columns", "is_loaded"), [((10, 11, 12), False), ((11, 12), True)])
def test_that_months_that_were_moved_are_put_back_where_a_neighbour_proves_each(
    shelf: Shelf, columns: tuple[int, ...], is_loaded: bool
) -> None:
    moved, neighbour = text(with_moved(months_of(0, 3), *columns)), text(months_of(2, 6))
    if is_loaded:
        shelf.convert(neighbour, words=("--source", 8))
        ran = shelf.convert(b"", moved)
    else:
        ran = shelf.convert(neighbour, moved, words=("--source", 7, "--if-loaded", "aside"))
    assert ran.lines[1]["action"] in {"added", "aside"}, ran.lines[1]
    (load,) = [load for part in parts(shelf.library) for load in loads(part) if load["original"].endswith("1.tsv")]
    assert len(load["repairs"]) == 6 * len(columns)
    where = "the report that is loaded (0.tsv)" if is_loaded else "0.tsv"
    proof = f"proved by {where}, which has the counts of these titles for 2017-03: no other order gives each row its "
    proof += "total; it stood in row 10"
    letter = "KLM"[columns[0] - 10]
    before, after = (with_moved(months_of(0, 3), *columns)[8][columns[0]], months_of(0, 3)[8][columns[0]])
    assert f"{letter}9: “{before}” → “{after}” (count-sorted: {proof})" in load["repairs"]
    as_it_was = usage_in(shelf.library)
    for part in parts(shelf.library):
        part.write_bytes(b"torn")
    answered("library", "rebuild", "--library", shelf.library, "--json")
    assert in_order(usage_in(shelf.library)).equals(in_order(as_it_was))
    whole = Shelf(shelf.folder / "whole")
    whole.folder.mkdir()
    whole.convert(text(months_of(0, 3)))
    assert {key: count for key, count in stored(shelf).items() if key[1] < "2017-03"} == {
        key: count for key, count in stored(whole).items() if key[1] < "2017-03"
    }
    assert shelf.is_sound()


def test_that_one_move_that_is_declined_refuses_the_report(shelf: Shelf) -> None:
    contents = text(months_of(2, 6)), text(with_moved(months_of(0, 3), 10, 11, 12))
    ran = shelf.convert(*contents, words=("--source", 7, "--if-loaded", "aside", "--decline", "1.tsv!L10"))
    assert (ran.lines[1]["action"], ran.lines[1]["problem"]["title"]) == ("failed", "The rows do not belong together")
    assert "declined" in ran.lines[1]["problem"]["meaning"]


def test_that_totals_that_moved_alone_stop_nothing_where_a_neighbour_proves_the_months(shelf: Shelf) -> None:
    contents = text(months_of(2, 6)), text(with_moved(months_of(0, 3), 7))
    ran = shelf.convert(*contents, words=("--source", 7, "--if-loaded", "aside"))
    assert ran.lines[1]["action"] != "failed", ran.lines[1]
    (load,) = [load for part in parts(shelf.library) for load in loads(part) if load["original"].endswith("1.tsv")]
    assert len(load["repairs"]) == 6
    assert all("(total-sorted: proved by 0.tsv" in repair for repair in load["repairs"])


def not_proving(name: str) -> tuple[Grid, Grid]:
    neighbour, moved = months_of(2, 6), with_moved(months_of(0, 3), 10, 11, 12)
    match name:
        case "a restated count":
            neighbour[8][10] = str(int(neighbour[8][10]) + 1)
        case "another platform":
            for row in neighbour[8:]:
                row[2] = "Elm Online"
        case "no month in common":
            neighbour = months_of(3, 6)
        case "two titles that may be exchanged":
            moved = with_moved(months_of(0, 3, alike=True), 10, 11, 12)
            neighbour = [row for row in months_of(2, 6, alike=True) if row[0] not in {"Journal 0", "Journal 1"}]
        case _:  # too few titles are known
            neighbour = neighbour[:10]
    return neighbour, moved


@pytest.mark.parametrize(
    "name",
    [
        "a restated count", "another platform", "no month in common", "two titles that may be exchanged",
        "too few titles known",
    ],
)  # fmt: skip
def test_that_what_proves_less_than_all_repairs_nothing(tmp_path: Path, name: str) -> None:
    neighbour, moved = not_proving(name)
    files = [tmp_path / "a.tsv", tmp_path / "b.tsv"]
    for file, rows in zip(files, (neighbour, moved), strict=True):
        file.write_bytes(text(rows))
    found = report(text(moved), "b.tsv")
    assert "X-sorted-half" in rules(found)
    looked = SortedNeighbours(None, files, Progress()).mended(Found(b"", found)).what
    assert looked is found
