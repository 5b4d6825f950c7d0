"""Judging a report: every family of rules is asked, and what they find becomes one frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import FileKind, Report
from nolcat_desktop.validation.dispatch_rules import custom_findings, refused_release, undefined_findings
from nolcat_desktop.validation.exception_rules import exception_findings, exceptions_beside_rows
from nolcat_desktop.validation.faults import Fault, Found, frame_of
from nolcat_desktop.validation.filter_rules import filter_findings
from nolcat_desktop.validation.header_labels import label_findings
from nolcat_desktop.validation.header_rules import header_findings
from nolcat_desktop.validation.heading_rules import heading_findings
from nolcat_desktop.validation.json_rules import json_findings
from nolcat_desktop.validation.official_file import as_delivered, file_findings
from nolcat_desktop.validation.official_json import as_official, in_lists, in_objects
from nolcat_desktop.validation.official_rows import heading_row
from nolcat_desktop.validation.official_view import official_view
from nolcat_desktop.validation.order import in_order
from nolcat_desktop.validation.own_rules import not_carried, own_header_findings
from nolcat_desktop.validation.reading_rules import reading_findings
from nolcat_desktop.validation.release3_rules import unsupported
from nolcat_desktop.validation.release4_rules import release4_findings
from nolcat_desktop.validation.rows import rows_found
from nolcat_desktop.validation.subject import Subject

NOT_LOOKED_AT: Final = Fault(
    "H-19", Level.NOTICE, "The rows were not looked at, because of faults above them.", "Put these right first."
)
_SAME: Final = ("rule", "level", "position", "message")
_CUSTOM: Final = re.compile(r"[A-Za-z0-9]+:.*")


def validate(
    report: Report, *, official: bool = False, today: date | None = None, progress: Progress | None = None
) -> pl.DataFrame:
    """Judge `report` by the Code of Practice of its release.

    Args:
        report: As reading delivers it; n data rows.
        official: Judge as COUNTER's own validator does: rules and leniencies of this program are off.
        today: For rules about the future; None: they are silent.
        progress: Told which family is at work; may stop the work.

    Returns:
        One row for each finding, in the schema `FINDINGS`: no position first, then by row and column (JSON: natural
        order of the path). A sound report gives a frame without rows.

    Raises:
        Cancelled: If the user asked to stop.
    """
    told = progress or Progress()
    told.tell("Validating", 0, 3, report.origin.file)
    report = as_delivered(report) if official else report
    if official and report.release is Release.R3:
        return in_order(frame_of([unsupported(report)]))
    if official and report.release is not Release.R4:
        refused = [*file_findings(report)]
        if refused:
            return in_order(frame_of(refused))
    stopped = [*_stopped(report, official=official)]
    if report.definition is None:
        stopped += undefined_findings(report, official=official)
    if report.definition is None or stopped:
        noticed = [one for one in reading_findings(report, official=official) if not official or one.rule == "F-04"]
        return in_order(frame_of([*noticed, *stopped]))
    frames = _judged(Subject(report, report.definition, official, today), told)
    findings = in_order(pl.concat(frames, how="diagonal"))
    if report.origin.kind not in {FileKind.JSON, FileKind.XML}:
        return findings
    nulls = findings.filter(pl.col("rule") == "J-required-null").get_column("position")
    is_less = pl.col("position").is_in(nulls.to_list()) & (pl.col("level") < int(Level.CRITICAL))
    said = findings.filter(~is_less.fill_null(value=False))  # what is null is told once
    return said.unique(_SAME, keep="first", maintain_order=True)  # one object of JSON gives many rows


def summarise(findings: pl.DataFrame) -> dict[str, int]:
    """How many findings there are of each level, by its label; every level from Notice up, also those with 0."""
    counted = dict(findings.group_by("level").len().iter_rows())
    return {level.label: counted.get(int(level), 0) for level in Level if level is not Level.PASSED}


def verdict(findings: pl.DataFrame) -> Level:
    """The highest level among `findings`; `Level.PASSED` when there are none."""
    highest = findings.get_column("level").max()
    return Level(highest) if isinstance(highest, int) else Level.PASSED


def _stopped(report: Report, *, official: bool) -> Iterator[Found]:
    """Official: why nothing but the Release or the Report_ID is looked at."""
    if not official or report.release is Release.R4 or report.definition is None:
        return
    yield from refused_release(report)
    if _CUSTOM.fullmatch(report.header.texts.get("Report_ID", "")):
        yield from custom_findings(report)


def _judged(subject: Subject, told: Progress) -> list[pl.DataFrame]:
    report = subject.report
    has_body = True
    if subject.release.is_before_5:
        frames = [frame_of(release4_findings(subject))]
    elif subject.official:
        view = official_view(report, subject.definition)
        subject, has_body = view.subject, view.has_body
        report = replace(report, irregularities=tuple(one for one in report.irregularities if view.is_seen(one)))
        beside = exceptions_beside_rows(subject) if view.has_exceptions else ()
        said = [*view.said, *_header(subject), *beside]
        by_property = subject.is_json and subject.release is Release.R51
        frames = [frame_of(in_lists(subject, said) if by_property else said)]
        if not has_body:
            frames.append(frame_of([NOT_LOOKED_AT.at(_body(report), "Report Body")]))
    else:
        frames = [frame_of([*_header(subject), *heading_findings(subject), *exceptions_beside_rows(subject)])]
    noticed = reading_findings(report, official=subject.official)
    frames.append(frame_of(as_official(subject, noticed) if subject.official and subject.is_json else noticed))
    told.tell("Validating", 1, 3, report.origin.file)
    if has_body:
        frames += _rows(subject)
    told.tell("Validating", 2, 3, report.origin.file)
    if not subject.official:
        frames.append(frame_of([*not_carried(report), *own_header_findings(subject)]))
    return frames


def _body(report: Report) -> str:
    """Where the validator says that it did not look at the rows."""
    if report.origin.kind is FileKind.JSON or report.release is None:
        return ".Report_Items"
    return str(heading_row(report.release) + 1)


def _rows(subject: Subject) -> list[pl.DataFrame]:
    frames = rows_found(subject)
    if subject.official and subject.is_json:
        return [in_objects(subject, frame) for frame in frames]
    return frames


def _header(subject: Subject) -> Iterator[Found]:
    if not subject.is_json and not subject.official:
        yield from label_findings(subject)
    yield from header_findings(subject)
    yield from filter_findings(subject)
    yield from exception_findings(subject)
    yield from json_findings(subject)
