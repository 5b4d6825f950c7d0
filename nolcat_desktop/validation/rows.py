"""What is found in the cells, in the rows, and between the rows of a report; every text is looked at once."""

from __future__ import annotations

from typing import Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.findings import no_findings
from nolcat_desktop.report import ROW
from nolcat_desktop.validation.absent_metrics import absent_metrics
from nolcat_desktop.validation.cell_rules import CELL_RULES
from nolcat_desktop.validation.check_digits import CHECK_DIGIT_RULES
from nolcat_desktop.validation.count_rules import TOTAL, count_findings
from nolcat_desktop.validation.enumerations import enumeration_rules
from nolcat_desktop.validation.evaluate import cell_findings, distinct, row_findings
from nolcat_desktop.validation.item_relations import item_relation_findings
from nolcat_desktop.validation.keys import hashed
from nolcat_desktop.validation.name_rules import name_rules
from nolcat_desktop.validation.official_units import without_unusable
from nolcat_desktop.validation.own_rows import own_row_findings
from nolcat_desktop.validation.own_rules import PLACEHOLDER_RULES, length_rules
from nolcat_desktop.validation.relations import relation_findings
from nolcat_desktop.validation.release4_across import across_findings
from nolcat_desktop.validation.release4_items import CELL_RULES4, METRIC_RULES4
from nolcat_desktop.validation.release4_row_rules import release4_row_rules
from nolcat_desktop.validation.repairs import repaired
from nolcat_desktop.validation.repeated_rows import repeated_rows
from nolcat_desktop.validation.row_rules import TYPE_RULES
from nolcat_desktop.validation.rule import Rule, applicable
from nolcat_desktop.validation.subject import Subject

_ATTRIBUTES: Final = ["V-03", "V-06", "B-05", "B-06", "B-07", "B-08", "B-09"]


def rows_found(subject: Subject) -> list[pl.DataFrame]:
    """Judge the data rows.

    Returns:
        Frames in the schema `FINDINGS`; those about rows and cells have the column `row` as well.
    """
    if not subject.report.items.height:
        return [no_findings()]
    return _release4(subject) if subject.release.is_before_5 else _release5(subject)


def _texts(subject: Subject) -> dict[str, pl.Series]:
    not_text = {ROW, TOTAL, *subject.report.month_columns}
    return distinct(subject.report.items, [name for name in subject.report.items.columns if name not in not_text])


def _cells(subject: Subject, rules: list[Rule], texts: dict[str, pl.Series]) -> list[pl.DataFrame]:
    rules = [*rules, *PLACEHOLDER_RULES, *CHECK_DIGIT_RULES, *length_rules()]
    return cell_findings(subject.report, applicable(rules, subject.definition, official=subject.official), texts)


def _release4(subject: Subject) -> list[pl.DataFrame]:
    report, items, texts = subject.report, subject.report.items, _texts(subject)
    frames = _cells(subject, [*CELL_RULES4, *METRIC_RULES4[subject.release]], texts)
    frames += count_findings(subject, release4=True)
    rules = applicable(release4_row_rules(subject), subject.definition, official=subject.official)
    frames += row_findings(report, items, rules)
    hashes = hashed(items, texts)
    frames.append(repeated_rows(subject, items, hashes, release4=True))
    return frames + across_findings(subject, hashes)


def _release5(subject: Subject) -> list[pl.DataFrame]:
    report, items, texts = subject.report, subject.report.items, _texts(subject)
    frames = _cells(subject, [*CELL_RULES, *enumeration_rules(subject)], texts)
    frames += count_findings(subject)
    spelled = repaired(items, texts, subject.permitted(), frames)
    frames += row_findings(report, spelled, applicable(TYPE_RULES, subject.definition, official=subject.official))
    named = applicable(name_rules(subject), subject.definition, official=subject.official)
    frames += row_findings(report, _with_attributes(subject, spelled, frames), named)
    hashes = hashed(spelled, texts)
    frames.append(repeated_rows(subject, spelled, hashes))
    frames += absent_metrics(subject, spelled)
    frames += own_row_findings(subject, spelled)
    spelled, hashes = without_unusable(subject, spelled, hashes, frames)
    frames += relation_findings(subject, spelled, hashes)
    frames += item_relation_findings(subject, spelled, hashes)
    if subject.official and subject.release is Release.R51:
        untold = (pl.col("rule") == "B-14") & (pl.col("element") == "Component_Data_Type")
        frames = [frame.filter(~untold.fill_null(value=False)) for frame in frames]
    return frames


def _with_attributes(subject: Subject, items: pl.DataFrame, frames: list[pl.DataFrame]) -> pl.DataFrame:
    """Official, tables of R5.1: the rows whose attributes can be used; names of others are not looked at."""
    if not subject.official or subject.is_json or subject.release is not Release.R51:
        return items
    spoilt = (pl.col("level") >= int(Level.CRITICAL)) | pl.col("value").is_null()
    told = [
        frame.filter(pl.col("rule").is_in(_ATTRIBUTES) & spoilt & (pl.col("element") != "Metric_Type")).get_column(ROW)
        for frame in frames
        if ROW in frame.columns
    ]
    bad = pl.concat(told) if told else pl.Series(ROW, [], pl.UInt32)
    return items.filter(~pl.col(ROW).is_in(bad.implode())) if bad.len() else items
