"""Every number explains itself: its cells, what was left out and why, the certificate of a load, and a cell's way."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from nolcat_desktop.analysis.conditions import Between, Condition, Contains, plain
from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.legacy import Delimited
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress
from nolcat_desktop.workflow import convert
from nolcat_desktop.workflow.beside import repaired_cells
from nolcat_desktop.workflow.certifying import Against, Certificate, Stamp, certify
from nolcat_desktop.workflow.explaining import Asked, asked_of_entry, explain
from nolcat_desktop.workflow.narrowing import narrowing, not_narrowed_by
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.proving import explanation_table, write_certificates, write_explanation
from nolcat_desktop.workflow.rereading import read_original
from nolcat_desktop.workflow.taking_over import TakingOver, take_over
from nolcat_desktop.workflow.where_it_went import Fate, where_it_went
from tests.builders import Abstract, a_report, first_row, heading_row, of_two_members, tsv
from tests.pipeline.foreign_parts import write_foreign
from tests.workflow.shelf import FORMS, changed

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
STAMP = Stamp(NOON, "2.0")
REPORT = a_report(Release.R51, "TR")
MONTHS = ("2024-01", "2024-02", "2024-03")
TIR = "Total_Item_Requests"
FOREIGN = "1_TR_2022-05-01T10.00.00.000000.parquet"


def loaded(folder: Path, *files: tuple[str, bytes], wishes: Wishes | None = None) -> Library:
    made = Library.open(folder / "library", lambda: NOON, "1.0")
    for name, content in files:
        (folder / name).write_bytes(content)
        done = convert([folder / name], made, wishes or Wishes(7, if_loaded="replace"), Progress())
        assert done.entry is not None, done.lines
    return made


def uses(report: Abstract, metric: str, *months: str) -> int:
    return sum(
        count
        for row in report.rows
        if row.elements["Metric_Type"] == metric
        for month, count in row.counts.items()
        if month in months
    )


@pytest.mark.parametrize("form", FORMS)
def test_that_a_total_is_the_sum_of_the_cells_that_explain_it_in_every_form(tmp_path: Path, form: str) -> None:
    made = loaded(tmp_path, (f"report.{form}", FORMS[form](REPORT)))
    found = explain(made, Asked(7, "TR", TIR, MONTHS[:2]), Progress())
    assert found.total == uses(REPORT, TIR, *MONTHS[:2]) == found.cells["usage_count"].sum()
    assert (found.is_proved, found.rows) == (True, found.cells.height)
    assert found.cells["position"].n_unique() == found.rows
    assert set(found.cells["original"]) == {str(tmp_path / f"report.{form}")}
    for place, count in found.cells.select("position", "usage_count").head(3).iter_rows():
        went = where_it_went(made, found.loads[0].sha256, place)
        assert (went.fate, went.count, went.part) == (Fate.STORED, count, "TR/7_TR_NULL.parquet")
        assert went.usage is not None
        assert went.usage["usage_count"].to_list() == [count]


def test_that_a_cell_of_the_explanation_holds_what_the_file_holds(tmp_path: Path) -> None:
    made = loaded(tmp_path, ("report.tsv", tsv(REPORT)))
    lines = [line.rstrip("\r").split("\t") for line in tsv(REPORT).decode().split("\n")]
    found = explain(made, Asked(7, "TR", TIR, MONTHS[:1]), Progress())
    for place, value in found.cells.select("position", "value").iter_rows():
        letter, row = place.rstrip("0123456789"), int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        assert lines[row - 1][ord(letter) - ord("A")] == value
    title = found.cells["resource_name"][0]
    one = explain(made, Asked(7, "TR", TIR, MONTHS, where={"resource_name": title}), Progress())
    assert set(one.cells["resource_name"]) == {title}
    assert one.total == sum(
        count
        for row in REPORT.rows
        if row.elements["Metric_Type"] == TIR and row.elements["Title"] == title
        for month, count in row.counts.items()
        if month in MONTHS
    )


def test_that_only_repairs_of_the_cells_of_the_number_are_told(tmp_path: Path) -> None:
    lines = tsv(REPORT).decode().split("\n")
    at = heading_row(REPORT)
    heads = lines[at - 1].rstrip("\r").split("\t")
    column = heads.index("Online_ISSN")
    rows = [line.split("\t") for line in lines]
    for cells in rows[at:]:
        if len(cells) > column and cells[column].startswith("0"):
            cells[column] = cells[column].lstrip("0")
    made = loaded(tmp_path, ("report.tsv", "\n".join("\t".join(cells) for cells in rows).encode()))
    one = explain(made, Asked(7, "TR", TIR, MONTHS), Progress())
    in_rows = {place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for place in one.cells["position"]}
    repaired_in = {place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for place in one.repaired["position"]}
    (load,) = one.loads
    assert repaired_in
    assert repaired_in <= in_rows
    assert one.repaired.height < repaired_cells(read_original(made, load), load).height
    repair = one.repaired.row(0, named=True)
    went = where_it_went(made, load.sha256, repair["position"])
    assert (went.fate, went.value, went.why) == (Fate.DESCRIBES, repair["value"], repair["why"])


def test_that_a_number_of_several_sources_is_narrowed_by_what_was_typed(tmp_path: Path) -> None:
    made = loaded(tmp_path, ("report.tsv", tsv(REPORT)))
    convert([tmp_path / "report.tsv"], made, Wishes(8), Progress())
    both = explain(made, Asked(7, "TR", TIR, MONTHS, others=(8,)), Progress())
    assert both.total == 2 * uses(REPORT, TIR, *MONTHS) == both.cells["usage_count"].sum()
    title = str(both.cells["resource_name"][0])
    typed = Condition("resource_name", Contains(plain(title)))
    one = explain(made, Asked(7, "TR", TIR, MONTHS, conditions=(typed,)), Progress())
    assert 0 < one.total == one.cells["usage_count"].sum() < both.total // 2
    assert {plain(name).count(plain(title)) > 0 for name in one.cells["resource_name"]} == {True}
    counted = Condition("usage_count", Between(2, None))
    assert not_narrowed_by([typed, counted]) == (counted,)
    with pytest.raises(ValueError, match="usage_count"):
        narrowing(counted)


def test_that_a_replaced_month_is_explained_by_the_file_that_holds_it_now(tmp_path: Path) -> None:
    metric = REPORT.rows[0].elements["Metric_Type"]
    made = loaded(tmp_path, ("old.tsv", tsv(REPORT)), ("new.tsv", tsv(changed(REPORT, 5))))
    found = explain(made, Asked(7, "TR", metric, ("2024-01",)), Progress())
    assert {Path(name).name for name in found.cells["original"]} == {"new.tsv"}
    (restated,) = found.restated
    assert (restated.before, restated.after) == (found.total - 5, found.total)


def test_that_the_sum_of_an_entry_is_explained_by_its_own_cells_alone(tmp_path: Path) -> None:
    made = loaded(tmp_path, ("first.tsv", tsv(REPORT)))
    (tmp_path / "again.tsv").write_bytes(tsv(changed(REPORT, 5)))
    convert([tmp_path / "again.tsv"], made, Wishes(8), Progress())
    loads = [one.load for one in made.holdings() if one.load.entry == 2]
    metric = REPORT.rows[0].elements["Metric_Type"]
    asked = asked_of_entry(loads, "TR", metric)
    assert asked is not None
    found = explain(made, asked, Progress())
    assert found.total == sum(loads[0].tally.sums[metric].values()) == uses(REPORT, metric, *MONTHS) + 5
    assert {Path(name).name for name in found.cells["original"]} == {"again.tsv"}
    assert found.is_proved
    both = explain(made, replace(asked, entry=None, others=(7,)), Progress())
    assert both.total == 2 * found.total - 5
    assert asked_of_entry(loads, "TR", metric, "5") is None
    kind = str(REPORT.rows[0].elements["Data_Type"])
    within = explain(made, replace(asked, among={"data_type": (kind, "Nothing_Such")}), Progress())
    assert within.total == explain(made, replace(asked, where={"data_type": kind}), Progress()).total > 0
    assert explain(made, replace(asked, among={"data_type": ()}), Progress()).total == 0


def test_that_totals_rows_and_damaged_cells_are_named_by_rule(tmp_path: Path) -> None:
    report = a_report(Release.R4, "JR1")
    lines = tsv(report).decode().split("\n")
    first = first_row(report)
    cells = lines[first - 1].rstrip("\r").split("\t")
    cells[-1] = "-3"
    lines[first - 1] = "\t".join(cells)
    wishes = Wishes(7, without_damaged=True)
    made = loaded(tmp_path, ("report.tsv", "\n".join(lines).encode()), wishes=wishes)
    (one,) = certify(made, STAMP, Progress())
    assert set(one.left_out["rule"]) == {"damaged-cell", "total-row"}
    damaged = one.left_out.filter(pl.col("rule") == "damaged-cell")
    assert damaged["value"].to_list() == ["-3"]
    assert all(one.left_out["why"])
    assert one.is_equal
    sha256 = made.holdings()[0].load.sha256
    assert where_it_went(made, sha256, damaged["position"][0]).fate is Fate.DAMAGED
    place = one.left_out.filter(pl.col("rule") == "total-row")["position"][0]
    went = where_it_went(made, sha256, place)
    assert (went.fate, went.rule) == (Fate.LEFT_OUT, "total-row")
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    went = where_it_went(made, sha256, f"A{row}")
    assert (went.fate, went.rule, went.value) == (Fate.LEFT_OUT, "total-row", "Total for all journals")
    heads = lines[heading_row(report) - 1].rstrip("\r").split("\t")
    for name in ("Reporting Period Total", "Reporting Period HTML", "Reporting Period PDF"):
        column = chr(ord("A") + heads.index(name))
        assert where_it_went(made, sha256, f"{column}{first}").fate is Fate.NOT_CARRIED, name


def test_that_a_certificate_proves_every_sum_and_shows_what_the_publisher_states(tmp_path: Path) -> None:
    lines = tsv(REPORT).decode().split("\n")
    first, heads = first_row(REPORT), lines[heading_row(REPORT) - 1].split("\t")
    cells = lines[first - 1].split("\t")
    at = heads.index("Reporting_Period_Total")
    cells[at] = str(int(cells[at]) + 7)
    lines[first - 1] = "\t".join(cells)
    made = loaded(tmp_path, ("report.tsv", "\n".join(lines).encode()))
    (one,) = certify(made, STAMP, Progress(), entry=1)
    assert one.is_equal
    for metric, month, in_file, stored, equal in one.sums.iter_rows():
        assert in_file == stored == uses(REPORT, metric, month)
        assert equal
    stated = dict(one.periods.select("metric_type", "difference").iter_rows())
    assert stated.pop(REPORT.rows[0].elements["Metric_Type"]) == 7
    assert set(stated.values()) <= {0}
    assert one.cells == one.cells_stored + one.cells_without_use
    write_certificates([one], tmp_path / "certificate.html")
    page = (tmp_path / "certificate.html").read_text(encoding="utf-8")
    assert one.load.sha256 in page
    assert "Every one of the" in page
    assert "http" not in page.replace("http-equiv", "")


def test_that_a_part_that_was_tampered_with_has_no_good_certificate(tmp_path: Path) -> None:
    made = loaded(tmp_path, ("report.tsv", tsv(REPORT)))
    (part,) = (tmp_path / "library" / "TR").iterdir()
    metadata = pl.read_parquet_metadata(part)
    more = pl.read_parquet(part).with_columns(pl.col("usage_count") + 1)
    more.write_parquet(part, metadata={key: value for key, value in metadata.items() if key.startswith("nolcat")})
    (one,) = certify(made, STAMP, Progress())
    assert not one.is_equal
    found = explain(made, Asked(7, "TR", TIR, MONTHS[:1]), Progress())
    assert not found.is_proved
    assert "does not give the number" in found.problems[0].title
    content = bytearray(part.read_bytes())
    footer = 8 + int.from_bytes(content[-8:-4], "little")
    content[4:-footer] = b"\xff" * (len(content) - 4 - footer)
    part.write_bytes(content)
    (damaged,) = certify(made, STAMP, Progress())
    assert (damaged.against, damaged.holds) == (Against.UNREADABLE, False)
    assert damaged.sums["in_file"].to_list() == one.sums["in_file"].to_list()
    assert damaged.sums["stored"].null_count() == one.sums.height
    assert damaged.trouble is not None
    assert damaged.trouble.title in html.unescape(proofs_page(damaged, tmp_path))
    with pytest.raises(NolcatError, match="part of the library is damaged"):
        explain(made, Asked(7, "TR", TIR, MONTHS[:1]), Progress())


def proofs_page(one: Certificate, folder: Path) -> str:
    write_certificates([one], folder / "one.html")
    return (folder / "one.html").read_text(encoding="utf-8")


def test_that_the_rows_of_other_members_are_named(tmp_path: Path) -> None:
    report = of_two_members(REPORT)
    wishes = Wishes(7, member="Hochschule Auenland")
    made = loaded(tmp_path, ("report.tsv", tsv(report)), wishes=wishes)
    (one,) = certify(made, STAMP, Progress())
    assert one.is_equal
    assert set(one.left_out["rule"]) == {"other-member"}
    assert one.left_out["value"].cast(pl.Int64).sum() == 2 * sum(row.total for row in REPORT.rows)


def test_that_every_kind_of_cell_has_a_fate(tmp_path: Path) -> None:
    made = loaded(tmp_path, ("report.tsv", tsv(REPORT)))
    sha256 = made.holdings()[0].load.sha256
    heading, first = heading_row(REPORT), first_row(REPORT)
    heads = tsv(REPORT).decode().split("\n")[heading - 1].split("\t")
    letter = chr(ord("A") + heads.index("Reporting_Period_Total"))
    fates = {
        "B1": Fate.HEADER,
        "A1": Fate.HEADER,
        f"A{heading}": Fate.HEADING,
        f"A{first}": Fate.DESCRIBES,
        f"{letter}{first}": Fate.NOT_CARRIED,
        "ZZ999": Fate.BLANK,
    }
    assert {place: where_it_went(made, sha256, place).fate for place in fates} == fates
    described = where_it_went(made, sha256, f"A{first}")
    assert described.value == REPORT.rows[0].elements["Title"]
    assert described.usage is not None
    assert described.usage["usage_count"].sum() == REPORT.rows[0].total
    with made.run("remove") as run:
        run.remove(7, "TR", ["2024-01"])
        run.commit()
    month = chr(ord("A") + len(heads) - 3)
    fate = where_it_went(made, sha256, f"{month}{first}").fate
    assert fate is (Fate.NOT_LIVE if REPORT.rows[0].counts.get("2024-01") else Fate.ZERO)
    with pytest.raises(NolcatError, match="never loaded"):
        where_it_went(made, "0" * 64, "A1")


def test_that_an_original_that_is_gone_is_said_and_the_rows_still_add_up(tmp_path: Path) -> None:
    made = loaded(tmp_path, ("report.tsv", tsv(REPORT)))
    for file in (tmp_path / "library" / "originals").iterdir():
        file.unlink()
    found = explain(made, Asked(7, "TR", TIR, MONTHS), Progress())
    assert found.total == found.cells["usage_count"].sum() == uses(REPORT, TIR, *MONTHS)
    assert [problem.title for problem in found.problems] == ["The original cannot be read again"]


def test_that_all_that_is_live_is_certified_and_what_has_no_file_is_told_as_what_it_is(tmp_path: Path) -> None:
    made = loaded(tmp_path, ("kept.tsv", tsv(REPORT)))
    for source, name in ((8, "gone.tsv"), (9, "changed.tsv"), (10, "garbage.tsv")):
        (tmp_path / name).write_bytes(tsv(replace(REPORT, created_by=name)))
        convert([tmp_path / name], made, Wishes(source), Progress())
    of = {Path(one.load.original).name: made.layout.originals / one.load.sha256 for one in made.holdings()}
    of["gone.tsv"].unlink()
    for name, content in (("changed.tsv", tsv(changed(REPORT, 5))), ("garbage.tsv", b"\x00PK")):
        of[name].chmod(0o600)
        of[name].write_bytes(content)
    export = tmp_path / "COUNTERData.csv"
    columns = "statistics_source_ID,report_type,platform,data_type,metric_type,usage_date,usage_count"
    export.write_text(f"{columns}\n2,JR1,Beta,Journal,Successful Full-text Article Requests,2014-07-01,9\n")
    take_over(Delimited(export), made, TakingOver(), Progress())
    write_foreign(tmp_path / "library", "2022-05-01T10.00.00.000000", {"2022-01": 4})
    found = {Path(one.load.original).name: one for one in certify(made, STAMP, Progress())}
    assert {name: one.against for name, one in found.items()} == {
        "kept.tsv": Against.FILE,
        "gone.tsv": Against.FOOTER,
        "changed.tsv": Against.FOOTER,
        "garbage.tsv": Against.FOOTER,
        "COUNTERData.csv": Against.DATABASE,
        FOREIGN: Against.NOTHING,
    }
    titles = {name: one.trouble.title for name, one in found.items() if one.trouble is not None}
    assert titles == {
        "gone.tsv": "The original cannot be read again",
        "changed.tsv": "The original was changed",
        "garbage.tsv": "The original was changed",
        "COUNTERData.csv": "Taken over from NoLCAT's database on 1 Mar 2025",
        FOREIGN: "These numbers were written by NoLCAT itself",
    }
    assert {name for name, one in found.items() if one.holds} == {"kept.tsv", "COUNTERData.csv", FOREIGN}
    taken = found["COUNTERData.csv"]
    assert taken.sums.rows() == [("Successful Full-text Article Requests", "2014-07", 9, 9, True)]
    assert found["gone.tsv"].sums.equals(found["kept.tsv"].sums)
    assert found[FOREIGN].sums["in_file"].null_count() == found[FOREIGN].sums.height > 0
    write_certificates(list(found.values()), tmp_path / "certificate.html")
    page = (tmp_path / "certificate.html").read_text(encoding="utf-8")
    assert all(html.escape(title) in page for title in titles.values())
    assert page.count("<section>") == len(found)
    assert page.count('class="verdict"') == 2


def test_that_an_explanation_is_written_in_every_form(tmp_path: Path) -> None:
    made = loaded(tmp_path, ("report.tsv", tsv(REPORT)))
    found = explain(made, Asked(7, "TR", TIR, MONTHS), Progress())
    for ending in (".html", ".csv", ".xlsx"):
        write_explanation(found, tmp_path / f"out{ending}")
        assert (tmp_path / f"out{ending}").stat().st_size > 500
    assert explanation_table(found)["use"].unique().to_list() == ["added"]
    with pytest.raises(NolcatError, match="cannot be written"):
        write_explanation(found, tmp_path / "out.doc")
    with pytest.raises(NolcatError, match="no column"):
        explain(made, Asked(7, "TR", TIR, MONTHS, where={"colour": "red"}), Progress())


def test_that_explaining_and_certifying_can_be_stopped(tmp_path: Path) -> None:
    made, progress = loaded(tmp_path, ("report.tsv", tsv(REPORT))), Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        explain(made, Asked(7, "TR", TIR, MONTHS), progress)
    with pytest.raises(Cancelled):
        certify(made, STAMP, progress)


def test_that_a_number_that_is_not_there_is_nought(tmp_path: Path) -> None:
    made = loaded(tmp_path, ("report.tsv", tsv(replace(REPORT, created_by="x"))))
    found = explain(made, Asked(7, "TR", "No_Such_Metric", MONTHS), Progress())
    assert (found.total, found.rows, found.cells.height) == (0, 0, 0)
    with pytest.raises(NolcatError, match="nothing to certify"):
        certify(made, STAMP, Progress(), entry=9)


def test_that_a_file_that_was_replaced_names_the_entry_that_stored_it(tmp_path: Path) -> None:
    held = loaded(tmp_path, ("report.tsv", tsv(REPORT)))
    sha256 = held.holdings()[0].load.sha256
    removed = held.holdings()[0].load
    with held.run("remove") as run:
        run.remove(removed.source_id, removed.report_type)
        run.commit()
    with pytest.raises(NolcatError, match="live any more") as told:
        where_it_went(held, sha256, "A1")
    assert "Entry 1 " in told.value.problem.meaning
    with pytest.raises(NolcatError, match="never loaded"):
        where_it_went(held, "0" * 64, "A1")
