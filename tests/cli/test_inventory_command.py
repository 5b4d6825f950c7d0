"""`nolcat inspect --inventory`: one line a report with its state, and a second look that needs no reading."""

from __future__ import annotations

from pathlib import Path

from nolcat_desktop.counter.release import Release
from tests.builders import a_report, csv, tsv
from tests.cli.running import answered, is_clean

TR = a_report(Release.R5, "TR")


def test_that_the_inventory_tells_states_sums_and_what_is_no_report(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "a.tsv").write_bytes(tsv(TR))
    (tree / "b.csv").write_bytes(csv(TR))
    (tree / "c.pdf").write_bytes(b"%PDF-1.7")
    index = str(tmp_path / "index.sqlite")
    for _ in range(2):
        ran = answered("inspect", tree, "--inventory", index, "--json")
        assert is_clean(ran)
        assert ran.code == 0
        assert [line["state"] for line in ran.lines] == ["new", "same usage", "not COUNTER"]
        assert ran.lines[0]["file_total"] == sum(row.total for row in TR.rows) == sum(ran.lines[0]["totals"].values())
        assert ran.lines[1]["equal_months"] == ["2022-01", "2022-02", "2022-03"]
        assert ran.lines[2]["what"] == "PDF document"
