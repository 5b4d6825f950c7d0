"""Reports for tests: one abstract report, laid out in every form, and the usage that each must give.

    report = a_report(Release.R51, "TR", months=3, titles=4, seed=1)
    path.write_bytes(tsv(report))          # or csv, xlsx, json
    expected_usage(report, 7)              # what must be stored of it

Faults are in `tests.builders.damage`; nothing here uses the program's own readers, rules or writers.
"""

from tests.builders.abstract import Abstract, ReportedException, Row
from tests.builders.expected import expected_usage
from tests.builders.files import csv, delimited, tsv, workbook, xlsx
from tests.builders.grid import Grid, first_row, grid, heading_row, position, total_rows
from tests.builders.make import a_report, empty, every_report, not_ready, of_two_members, totals_only, with_columns
from tests.builders.objects import json, tree

__all__ = [
    "Abstract",
    "Grid",
    "ReportedException",
    "Row",
    "a_report",
    "csv",
    "delimited",
    "empty",
    "every_report",
    "expected_usage",
    "first_row",
    "grid",
    "heading_row",
    "json",
    "not_ready",
    "of_two_members",
    "position",
    "total_rows",
    "totals_only",
    "tree",
    "tsv",
    "with_columns",
    "workbook",
    "xlsx",
]
