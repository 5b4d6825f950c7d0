from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from nolcat_desktop.counter.definition import Definition, Family
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import DEFINITIONS, definition, family, named, named_report
from nolcat_desktop.counter.reports4 import REPORTS4, TOTAL_ROWS
from nolcat_desktop.counter.reports5 import COMMON, COMPONENT, PARENT, REPORTS5
from nolcat_desktop.counter.reports51 import REPORTS51

CURRENT = {"PR", "PR_P1", "DR", "DR_D1", "DR_D2", "TR", "TR_B1", "TR_B2", "TR_B3"} | {
    "TR_J1", "TR_J2", "TR_J3", "TR_J4", "IR", "IR_A1", "IR_M1"
}  # fmt: skip


def get(release: Release, report_id: str) -> Definition:
    found = definition(release, report_id)
    assert found is not None
    return found


def ids(found: tuple[Definition, ...]) -> list[tuple[str, str]]:
    return [(d.release.value, d.report_id) for d in found]


@pytest.mark.parametrize("reports", [REPORTS5, REPORTS51])
def test_that_each_current_release_has_sixteen_reports(reports: tuple[Definition, ...]) -> None:
    assert {d.report_id for d in reports} == CURRENT
    assert len(reports) == 16
    assert sum(d.is_view for d in reports) == 12


def test_that_release_4_has_its_twenty_eight_reports() -> None:
    assert " ".join(d.report_id for d in REPORTS4) == (
        "JR1 JR1GOA JR1a JR1b JR2 JR3 JR3Mobile JR4 JR5 BR1 BR2 BR3 BR4 BR5 BR7 DB1 DB2 PR1 MR1 MR2"
        " TR1 TR1Mobile TR2 TR3 TR3Mobile CR1 CR2 CR3"
    )
    assert [d.report_id for d in REPORTS4 if not d.has_months] == ["JR5"]


@pytest.mark.parametrize("report", DEFINITIONS, ids=lambda d: f"{d.release}-{d.report_id}")
def test_that_a_definition_is_sound(report: Definition) -> None:
    assert len(set(report.columns)) == len(report.columns)
    assert report.optional <= set(report.columns)
    assert set(report.values) <= set(report.columns)
    assert not (report.metric and report.metric_types)
    for permitted in report.values.values():
        assert len(set(permitted)) == len(permitted)
    with pytest.raises(FrozenInstanceError):
        report.name = ""  # type: ignore[misc]
    with pytest.raises(TypeError):
        report.values["Data_Type"] = ()  # type: ignore[index]
    assert {report: 1}[report] == 1


@pytest.mark.parametrize("report", REPORTS5 + REPORTS51, ids=lambda d: f"{d.release}-{d.report_id}")
def test_that_views_are_fixed_and_masters_are_open(report: Definition) -> None:
    assert report.columns[-2:] == ("Metric_Type", "Reporting_Period_Total")
    assert report.metric_types
    assert {"Platform", "Metric_Type"} <= report.filters
    if report.is_view:
        assert not report.optional
        assert not report.attributes
        assert not report.attributes_to_show
        assert report.fixed_filters["Access_Method"] == ("Regular",)
        assert set(report.fixed_filters) <= report.filters
        master = get(report.release, report.family.value)
        assert set(report.columns) <= set(master.columns)
        assert set(report.metric_types) <= set(master.metric_types)
        for element, cells in (*report.fixed_filters.items(), *report.values.items()):
            assert set(cells) <= set(master.values[element])
    else:
        assert report.columns[:7] == COMMON
        assert report.attributes_to_show[:7] == COMMON
        assert set(report.attributes_to_show) == report.optional - set(PARENT + COMPONENT)
        assert {"Country_Code", "Subdivision_Code", "Attributed"} <= report.filters
        assert not report.fixed_filters


def test_that_release_5_title_master_shows_format_just_before_the_metric() -> None:
    title = get(Release.R5, "TR")
    assert " ".join(title.columns[7:]) == (
        "Title Publisher Publisher_ID Platform DOI Proprietary_ID ISBN Print_ISSN Online_ISSN URI Data_Type"
        " Section_Type YOP Access_Type Access_Method Format Metric_Type Reporting_Period_Total"
    )
    assert title.values["Access_Type"] == ("Controlled", "OA_Gold")


def test_that_release_5_1_drops_what_release_5_had() -> None:
    title = get(Release.R51, "TR")
    assert not {"Section_Type", "Format"} & set(title.columns)
    assert "Data_Type" not in title.optional
    assert "Data_Type" not in title.attributes_to_show
    assert title.values["Access_Type"] == ("Controlled", "Free_To_Read", "Open")
    assert "Author" in get(Release.R51, "IR").filters
    assert "Item_Contributor" in get(Release.R5, "IR").filters
    for report in REPORTS51:
        assert "Database" not in report.values.get("Data_Type", ())
        assert "Repository_Item" not in report.values.get("Data_Type", ())


def test_that_data_type_stands_in_the_right_views_of_release_5_1() -> None:
    shown = {d.report_id for d in REPORTS51 if d.is_view and "Data_Type" in d.columns}
    assert shown == {"PR_P1", "TR_B1", "TR_B2", "TR_B3", "IR_M1"}


def test_that_blocks_of_the_item_report_stand_between_uri_and_data_type() -> None:
    for release in (Release.R5, Release.R51):
        item = get(release, "IR")
        start = item.columns.index("URI") + 1
        assert item.columns[start : start + 22] == (*PARENT, *COMPONENT, "Data_Type")
        assert set(PARENT + COMPONENT) <= item.optional
        assert {"Include_Parent_Details", "Include_Component_Details"} <= item.attributes
        assert item.values["Article_Version"] == ("AO", "SMUR", "AM", "P", "VoR", "CVoR", "EVoR")


def test_that_views_fix_what_the_code_fixes() -> None:
    assert dict(get(Release.R5, "IR_A1").fixed_filters) == {
        "Access_Method": ("Regular",),
        "Data_Type": ("Article",),
        "Parent_Data_Type": ("Journal",),
    }
    assert get(Release.R51, "TR_B1").fixed_filters["Data_Type"] == ("Book", "Reference_Work")
    assert "Access_Type" not in get(Release.R5, "TR_B3").filters
    assert get(Release.R51, "IR_M1").metric_types == ("Total_Item_Requests", "Unique_Item_Requests")


def test_that_codes_are_found_loosely_and_never_fall_on_another() -> None:
    for written, code in {
        "jr1 goa": "JR1GOA",
        "JR1a": "JR1a",
        "JR1A": "JR1a",
        "jr1": "JR1",
        "TR1 Mobile": "TR1Mobile",
    }.items():
        assert get(Release.R4, written).report_id == code
    assert get(Release.R5, "tr-j1").report_id == "TR_J1"
    for unknown in ("JR1c", "BR6", "DB3", "TR2Mobile", "", "TR"):
        assert definition(Release.R4, unknown) is None
    assert definition(Release.R5, "JR1") is None


def test_that_families_follow_the_library_s_folders() -> None:
    assert {c: family(c) for c in ("PR1", "PR_P1", "DB2", "CR2", "mr1", "JR1 GOA", "IR_M1", "XX")} == {
        "PR1": Family.PR,
        "PR_P1": Family.PR,
        "DB2": Family.DR,
        "CR2": Family.DR,
        "mr1": Family.TR,
        "JR1 GOA": Family.TR,
        "IR_M1": Family.IR,
        "XX": None,
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Journal Report 1 (R4)", "JR1"),
        ("Journal Report 1(R4)", "JR1"),
        ("Journal Report 1", "JR1"),
        (" JOURNAL REPORT 1 (r4) ", "JR1"),
        ("Journal Report 1 (R4): Number of Successful Full-Text Article Requests", "JR1"),
        ("Journal Report 1Number of Successful Full-Text Article Requests", "JR1"),
        ("Journal Report 1 Access to all", "JR1"),
        ("Journal Report 1 GOA (R4)", "JR1GOA"),
        ("Journal Report 1GOA(R4)", "JR1GOA"),
        ("Journal Report 1a (R4)", "JR1a"),
        ("Journal Report 1aNumber of Successful", "JR1a"),
        ("Journal Report 3 Mobile (R4)", "JR3Mobile"),
        ("Platform Report 1 (R4): Total Searches, Result Clicks and Record Views", "PR1"),
        ("Title Report 1 (R4)", "TR1"),
        ("Title Report 1 Mobile (R4)", "TR1Mobile"),
    ],
)
def test_that_the_longest_name_of_release_4_wins(name: str, expected: str) -> None:
    assert ids(named(name)) == [("4", expected)]
    assert ids(named(name, Release.R4)) == [("4", expected)]
    assert named(name, Release.R51) == ()


@pytest.mark.parametrize(
    "name",
    [
        "Journal Report 1c (R4)",
        "Journal Report 10",
        "Title Report 2 Mobile",
        "Database Report 3(R3) ",
        "Journal Report 1 (R2)",
        "Journal Report 1 (R1)",
        "Book Report 6 (R1)",
        "Book Report 6",
        "",
        "Jane",
    ],
)
def test_that_an_unknown_name_is_no_report(name: str) -> None:
    assert named(name) == ()


def test_that_names_of_current_releases_are_found() -> None:
    assert ids(named("Title Master Report")) == [("5", "TR")]
    assert ids(named("title master report xxx")) == [("5", "TR")]
    assert ids(named("Title Report")) == [("5.1", "TR")]
    assert ids(named("Platform Usage")) == [("5", "PR_P1"), ("5.1", "PR_P1")]
    assert ids(named("Platform Usage", Release.R51)) == [("5.1", "PR_P1")]
    assert ids(named("Journal Requests (Excluding OA Gold)")) == [("5", "TR_J1")]
    for report in DEFINITIONS:
        assert report in named(f"{report.name} (R3)" if report.release is Release.R3 else report.name)


def test_that_release_4_fills_in_what_nolcat_fills_in() -> None:
    filled = {d.report_id: (d.data_type, d.section_type, d.metric) for d in REPORTS4}
    assert filled["JR1"] == ("Journal", "Article", "Successful Full-text Article Requests")
    assert filled["BR1"] == ("Book", "Book", "Successful Title Requests")
    assert filled["BR2"] == ("Book", "Book_Segment", "Successful Section Requests")
    assert filled["MR1"] == ("Multimedia", None, "Successful Content Unit Requests")
    assert filled["DB1"] == ("Database", None, None)
    assert filled["PR1"] == ("Platform", None, None)
    assert filled["TR1"] == (None, None, None)
    parts_of_jr1 = {filled[code][2] for code in ("JR1", "JR1GOA", "JR1a")}
    assert len(parts_of_jr1) == 3


def test_that_every_expected_total_row_has_a_known_label() -> None:
    for report_id, labels in TOTAL_ROWS.items():
        assert {label.lower() for label in labels} <= set(get(Release.R4, report_id).total_labels)
    assert TOTAL_ROWS["DB1"] == TOTAL_ROWS["PR1"] == ()
    assert "total" in get(Release.R4, "PR1").total_labels
    assert all(label == label.lower() for d in REPORTS4 for label in d.total_labels)


@pytest.mark.samples
@pytest.mark.parametrize("folder", ["r5", "r51"])
def test_that_official_samples_have_the_defined_columns_metrics_and_filters(samples: Path, folder: str) -> None:
    measured = 0
    for path in sorted((samples / folder).glob("*.tsv")):
        rows = [line.split("\t") for line in path.read_text("utf-8-sig").splitlines()]
        header = {row[0]: row[1] if len(row) > 1 else "" for row in rows[:13]}
        report = get(Release(header["Release"]), header["Report_ID"])
        assert report.name == header["Report_Name"]
        headings = rows[13 if folder == "r5" else 14]
        columns = headings[: headings.index("Reporting_Period_Total") + 1]
        assert columns == [c for c in report.columns if c in columns], path.name
        assert set(report.columns) - report.optional <= set(columns), path.name
        assert {m for m in header["Metric_Types"].split("; ") if m} <= set(report.metric_types)
        filters = dict(part.split("=") for part in header["Report_Filters"].split("; ") if part)
        assert set(filters) <= report.filters, path.name
        if report.is_view:
            assert {k: set(v.split("|")) for k, v in filters.items() if k in report.fixed_filters} == {
                k: set(v) for k, v in report.fixed_filters.items()
            }, path.name
        measured += 1
    assert measured


def test_that_a_code_is_told_with_its_plain_name_and_an_unknown_one_alone() -> None:
    assert named_report("TR_J1") == "Journal Requests (TR_J1)"
    assert named_report("TR") == "Title Report (TR)"
    assert named_report("JR1") == "Journal Report 1 (JR1)"
    assert named_report("XX") == "XX"
