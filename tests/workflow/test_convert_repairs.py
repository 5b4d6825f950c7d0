"""From the command line: what the user says of a file, which repairs are declined, and what the library records."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.cli.running import Line, answered
from tests.reading.quirk_tables import SUM, jr1, text
from tests.workflow.shelf import Shelf
from tests.workflow.stored import parts, usage_in


def load(library: Path) -> Line:
    """The one load of the one part."""
    (part,) = parts(library)
    (found,) = json.loads(pq.read_metadata(part).metadata[b"nolcat.loads"])
    assert isinstance(found, dict)
    return found


def bare() -> bytes:
    """A JR1 without its block, whose months have lost their century, with a spoiled ISSN and a separator."""
    rows = jr1(months=["17-Jan", "17-Feb", "17-Mar"])[7:]
    rows[2][5], rows[2][10], rows[2][7] = "280836", "1,005", "1008"
    return text(rows)


SAID = ("--source", 7, "--report-type", "JR1", "--period", "2017-01:2017-12")


def test_that_a_table_without_a_block_is_asked_for_and_then_stored_as_was_said(shelf: Shelf) -> None:
    refused = shelf.convert(bare())
    assert (refused.code, refused.line["action"]) == (1, "failed")
    assert "--report-type" in refused.line["problem"]["remedy"]
    doubtful = shelf.convert(bare(), words=("--source", 7, "--report-type", "JR1"))
    assert doubtful.line["action"] == "failed"
    assert "--period" in doubtful.line["problem"]["remedy"]
    ran = shelf.convert(bare(), words=SAID)
    assert (ran.code, ran.line["action"], ran.line["report_id"]) == (0, "added", "JR1")
    assert ran.line["usage_total"] == ran.line["file_total"] == SUM + 1000
    assert ran.line["months"] == ["2017-01", "2017-02", "2017-03"]


def test_that_the_library_records_every_repair_what_was_said_and_the_account_of_the_lines(shelf: Shelf) -> None:
    assert shelf.convert(bare(), words=SAID).code == 0
    found = load(shelf.library)
    assert [text.split(":", 1)[0] for text in found["repairs"]] == ["K1", "L1", "M1", "F3", "K3"]
    assert "“280836” → “0028-0836”" in found["repairs"][3]
    assert found["told"] == {"report_type": "JR1", "begin": "2017-01-01", "end": "2017-12-31"}
    assert found["lines"] == {"lines": 4, "rows": 4, "breaks": 0, "blank": 0}
    (original,) = (shelf.library / "originals").iterdir()
    assert original.read_bytes() == bare()
    assert usage_in(shelf.library)["print_ISSN"].drop_nulls().unique().to_list() == ["0028-0836"]
    assert shelf.is_sound()


@pytest.mark.parametrize("cell", ["F3", "0.tsv!F3"])
def test_that_one_repair_is_declined_and_the_others_hold(shelf: Shelf, cell: str) -> None:
    ran = shelf.convert(bare(), words=(*SAID, "--decline", cell, "--decline", "other.tsv!K3"))
    assert (ran.code, ran.line["usage_total"]) == (0, SUM + 1000)
    assert usage_in(shelf.library)["print_ISSN"].drop_nulls().unique().to_list() == ["280836"]
    assert all("0028-0836" not in text for text in load(shelf.library)["repairs"])


def test_that_a_declined_count_is_refused_and_left_out_only_when_asked(shelf: Shelf) -> None:
    ran = shelf.convert(bare(), words=(*SAID, "--decline", "K3"))
    assert (ran.line["action"], [one["position"] for one in ran.line["damaged"]]) == ("failed", ["K3"])
    ran = shelf.convert(bare(), words=(*SAID, "--decline", "K3", "--without-damaged"))
    assert (ran.line["action"], ran.line["usage_total"]) == ("added", SUM - 5)


def test_that_a_shifted_row_is_refused_and_left_out_only_when_asked(shelf: Shelf) -> None:
    rows = jr1()
    rows[9][0] = "Annals of Moss, Fern and Lichen"
    content = text(rows, ",")
    ran = shelf.convert(content)
    assert (ran.code, ran.line["action"], ran.line["problem"]["position"]) == (1, "failed", "L10")
    assert "The cells of row 10 do not stand under their headings" in ran.line["problem"]["meaning"]
    ran = shelf.convert(content, words=("--source", 7, "--without-damaged"))
    assert (ran.line["action"], ran.line["usage_total"], ran.line["file_total"]) == ("added", 10, 10)
    assert [one["position"] for one in ran.line["damaged"]] == ["L10", "M10", "N10"]
    assert [one["position"] for one in load(shelf.library)["damaged"]] == ["L10", "M10", "N10"]
    assert set(shelf.states().values()) == {"partial"}  # under which months they belong is not known


def test_that_inspect_and_validate_show_the_repairs(shelf: Shelf) -> None:
    file = shelf.file(bare())
    said = ("--report-type", "JR1", "--period", "2017-01:2017-12")
    assert "Repaired F3: “280836” → “0028-0836”" in answered("inspect", file, *said).out
    findings = answered("validate", file, "--json", *said).line["findings"]
    told = {one["position"]: one["rule"] for one in findings if one["rule"].startswith("D-")}
    assert told["F3"] == "D-issn-zeros"
    assert told["K1"] == "D-heading-month"
    official = answered("validate", file, "--json", "--official", *said).line["findings"]
    assert not [one for one in official if one["rule"].startswith("D-")]


@pytest.mark.parametrize(
    "words",
    [("--period", "2017-13:2017-12"), ("--period", "2017-02:2017-01"), ("--period", "2017"), ("--report-type", "??"),
     ("--decline", "here")],
)  # fmt: skip
def test_that_what_makes_no_sense_is_wrong_usage(shelf: Shelf, words: tuple[str, str]) -> None:
    assert answered("convert", shelf.file(bare()), "--library", shelf.library, *words).code == 2
