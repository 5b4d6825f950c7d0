"""Rules of reading, as rows: what only the reader of files and workbooks can see, in words and with a level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.validation.faults import Fault

N, W, E, C, X = Level.NOTICE, Level.WARNING, Level.ERROR, Level.CRITICAL, Level.FATAL


@dataclass(frozen=True, slots=True)
class Reading:
    """The wording of one rule of reading."""

    fault: Fault
    usual: bool = True
    """False: told only when a file is judged as COUNTER's own validator does."""
    official: bool = True
    """False: a rule of this program, or one that the official judgement tells in its own way."""


def row(  # noqa: PLR0913 - a row of a table has so many columns
    rule: str, level: Level, message: str, hint: str = "", *, usual: bool = True, official: bool = True
) -> Reading:
    """One row of the tables."""
    return Reading(Fault(rule, level, message, hint), usual, official)


def own(rule: str, level: Level, message: str, hint: str = "") -> Reading:
    """A row that is silent when a file is judged as COUNTER's own validator does."""
    return row(rule, level, message, hint, official=False)


ASK: Final = "Ask the provider for a corrected report."

FILES: Final = (
    own("F-encoding", N, "The text is encoded as {detail}, not as UTF-8.", "It is read so; check names with accents."),
    row("F-04", W, "The file has no byte order mark.", "Save it as UTF-8 with byte order mark.", usual=False),
    own(
        "F-open",
        W,
        "The file was open in {detail} when it was read.",
        "Close it there; if anything was not saved, add it again.",
    ),
    own("F-cr", N, "The lines end with carriage returns only.", "It is read so."),
    own("F-delimiter", N, "The cells are separated by '{detail}'.", "It is read so."),
    own(
        "F-06", E, "The file holds more than one report or sheet ({detail}).", "One report a file; each is read alone."
    ),
    row("F-sheets", E, "The workbook has {detail} sheets.", "Keep one report in one sheet.", usual=False),
    row("F-first-sheet", X, "The first sheet '{value}' is no report.", "Only the first is looked at.", usual=False),
    row("F-08", E, "The JSON text begins with a byte order mark.", "It is left out."),
    own("F-quote", N, "A quotation mark opens no cell: {detail}.", "It is kept as a character."),
    own("F-12", N, "Blank rows among the data: {detail}.", "They are left out."),
    own("F-blank-end", N, "Row {detail}, below the data, holds nothing but blanks.", "It is left out."),
    own(
        "F-short-row",
        W,
        "Rows end before the last column: {detail}.",
        "What is missing is read as blank; make sure that the file is whole.",
    ),
    own(
        "F-cut-row",
        C,
        "Rows were cut off before the end of their last month: {detail}.",
        "The file broke off while it was saved or sent: fetch it again.",
    ),
    own(
        "F-perhaps-cut",
        W,
        "The file ends with '{value}', in the middle of a line.",
        "Either that is a remark, or a row that was cut off: make sure that the file is whole.",
    ),
    row(
        "F-long-row",
        E,
        "'{value}' stands beyond the last column heading. {detail}",
        "It belongs to no column and is not stored.",
    ),
    own("F-shifted", C, "The row's cells do not stand under their headings.", "None of its numbers is stored."),
    own(
        "F-unheaded",
        C,
        "All rows go on beyond the last column heading, by {detail} columns.",
        "Put the missing headings in, or ask the provider for the report again.",
    ),
    own("F-decimal-comma", N, "All counts are written with a decimal comma ({detail}).", "They are read as numbers."),
    own(
        "F-unread",
        X,
        "Numbers stand where no count of a report stands: {detail}.",
        "Nothing is stored: without them the report would say too little.",
    ),
    own("F-two-rows", N, "The column headings stand in two rows (with row {detail}).", "They are read as one."),
    own("R-told", N, "The report is taken for {detail}, as you said.", "It has no header that says so."),
    own("K-01", C, "The file ends before the column headings.", "Fetch the report again."),
    own("K-07", C, "The column heading '{value}' is repeated. {detail}", "The first one counts."),
    own(
        "R-release",
        W,
        "The report is taken for {detail} has the same columns and nothing in it tells them apart.",
        "If it is of Release {value}, say so (--release {value}), or in the name of the file: 2023_R5 or 2023_R51.",
    ),
    own("R-02", W, "The file does not say of which Release it is.", "It is read as Release {detail}."),
    row(
        "R-05",
        N,
        "The report is taken for {detail} by its name.",
        "Report_ID is missing, not known, or denied by the columns.",
    ),
    own("R-06", C, "The report is taken for {detail} by its columns.", "Its header is missing or says nothing."),
    own("T-left-out", N, "The row '{value}' is not data ({detail}) and is left out.", "Its numbers are sums."),
    own(
        "T-differs",
        E,
        "A total row is left out, but it is not the sum of the rows that are there.",
        "Rows may be missing: ask the provider for the whole report.",
    ),
    own("T-kept", N, "The row '{value}' looks like a total, but is kept as data: {detail}.", "Check it in the file."),
)
"""What is noticed in files of text, and in tables of any kind."""

WORKBOOKS: Final = (
    row(
        "X-error-cell",
        C,
        "The cell holds the spreadsheet error {value}.",
        "Its number is lost; ask the provider for the file.",
    ),
    own(
        "X-formula-without-value",
        C,
        "The formula {value} was never computed, so there is no number.",
        "Open the workbook, let it compute, and save it.",
    ),
    own("X-formula", N, "Cells hold formulas: {detail}.", "Their last computed results are read."),
    own("X-number-as-text", N, "Numbers are written as text: {detail}.", "They are read as numbers."),
    own("X-hidden-sheet", N, "The sheet '{value}' is hidden ({detail}).", "It is read all the same."),
    own("X-hidden-rows", N, "Rows are hidden: {detail}.", "They are read all the same."),
    own("X-hidden-columns", N, "Columns are hidden: {value}.", "They are read all the same."),
    own("X-duplicate-cell", C, "The workbook holds this cell twice, with '{value}' as well. {detail}", ASK),
    own(
        "X-hashes", C, "The cell holds '{value}': its column was too narrow.", "What it held is lost; see the original."
    ),
    own(
        "X-lost-identifier",
        W,
        "'{value}' was an identifier before a spreadsheet program changed it. {detail}",
        "What it was cannot be proved; it is kept as delivered.",
    ),
    own("X-text-as-number", N, "'{value}' looks like a name or code turned into a number.", "It is kept as delivered."),
    own(
        "X-sorted-half",
        C,
        "Some columns were sorted without the others: {detail}.",
        "Take the file as the provider sent it.",
    ),
    own(
        "X-names-apart",
        C,
        "Titles and identifiers do not belong together: {detail}.",
        "Take the file as the provider sent it; each cell is listed.",
    ),
    own("X-other-title", C, "Beside another title than its own: '{value}', for {detail}."),
    own("X-out-of-place", C, "The total does not belong to this row: {detail}.", "Each such cell is listed."),
    own("X-merged", N, "Cells are merged: {value}{detail}.", "Only the first of them holds something."),
)
"""What is noticed in workbooks."""

RELEASE_4: Final = (
    row("R4-F02", W, "The text is encoded as {detail}, not as UTF-8.", "It is read so."),
    row("R4-F03", W, "The file holds more than one report ({detail}).", "Each is read on its own."),
    row("R4-F04", E, "A second report stands under the first ({detail} in all).", "Each is read on its own."),
    row("R4-F06", C, "The report is taken for {detail} by its column headings.", "The rows that name it are missing."),
    row(
        "R3-F02",
        E,
        "'{value}' does not name the Release; the columns are as only Release 3 has them.",
        "It is read as Release 3.",
    ),
    row("R4-M03", C, "The column heading '{value}' cannot be read as a month ({detail}).", "Its column is not stored."),
    row("R4-K12", C, "The column heading '{value}' is repeated. {detail}", "The first one counts."),
    row("R4-V27", E, "'{value}' stands beyond the last column heading. {detail}", "It is not stored."),
    row("R4-V28", W, "Rows end before the last column: {detail}.", "What is missing is read as blank."),
    row("R4-V29", N, "Blank rows among the items: {detail}.", "They are left out."),
    row("R4-V30", N, "The row '{value}' is a remark ({detail}) and is left out."),
    row(
        "R4-T13", N, "The row '{value}' looks like a total, but is kept as an item: {detail}.", "Check it in the file."
    ),
)
"""What is noticed in reports of Release 4."""

AS_RELEASE_4: Final = {
    "F-encoding": "R4-F02",
    "F-06": "R4-F03",
    "K-07": "R4-K12",
    "F-long-row": "R4-V27",
    "F-short-row": "R4-V28",
    "F-12": "R4-V29",
    "T-kept": "R4-T13",
}
"""What Release 4 calls the rules of reading that are the same for all releases."""
