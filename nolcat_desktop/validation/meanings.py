"""What each rule means for the numbers, and where the Code of Practice says so: one row for rules of one meaning.

Sections are those of Release 5.1; Release 5 and 4 say the same in other places unless a rule is theirs alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a finding of a rule means to somebody who wants to use the numbers."""

    meaning: str
    """For the numbers: one sentence."""
    section: str
    """Of the Code of Practice; '' where it is a matter of this program or of files."""


_NONE: Final = "Nothing: the numbers are read as they stand."
_FORM: Final = "Nothing: what is meant is clear, and it is read so."
_HEADER: Final = "The counts are not affected; what the report is about is less certain."
_LOST: Final = "The counts are not affected; a name, date or identifier is missing or cannot be relied on."
_WRONG: Final = "At least one of these numbers is wrong, and the report does not say which."
_PERHAPS: Final = "Usage may be missing, or counted where it does not belong."
_NOT_STORED: Final = "What stands there cannot be stored as usage."

_ROWS: Final = (
    ("F-01 F-02 F-03 F-05 F-09 F-10 F-11 F-first-sheet", "Nothing was read, so nothing is known.", "3.2"),
    ("F-04 F-08 F-cr F-delimiter F-encoding F-quote R4-F02", "None, if names look right.", "3.2"),
    ("F-06 F-sheets R4-F03 R4-F04", "Each report is read on its own; nothing is added up across them.", "3.2"),
    ("F-open", "What was not saved in the other program yet is not in these numbers.", ""),
    ("F-12 F-blank-end R4-V29 X-merged X-hidden-rows X-hidden-columns X-hidden-sheet", _NONE, "3.2"),
    ("F-short-row R4-V28", "Missing cells count as 0: nothing shows that the file was cut off.", "3.2"),
    ("F-cut-row F-perhaps-cut", "What was cut off is unknown, not 0; rows below it may be missing, too.", "3.2"),
    ("F-long-row R4-V27", "What stands there belongs to no month and is not counted.", "3.2"),
    ("R-release", "If it is of the other release, it stands for the wrong one; its numbers are the same.", "3.2.1"),
    ("R-01 R-02 R-05 R-06 R-07 R4-F06 R4-F09", "If it is another report, its numbers mean something else.", "3.2.1"),
    ("R-04 R-08 R4-H01", _FORM, "3.2.1"),
    ("H-01 H-02 H-03 H-04 H-05 H-06 R4-H11 R4-H12 R4-H13 R4-H21", _HEADER, "3.2.1"),
    ("H-07 H-08 H-09 H-10 V-13 R4-H06 R4-H07", "It is less certain whose usage this is.", "3.2.1"),
    ("H-11 H-12 H-13 H-14 R4-H18 R4-H19", _HEADER, "3.2.1"),
    ("N-created R4-H20 R4-M09", "Use after that day is not in it: these months may be too low, or 0.", "3.2.1"),
    ("H-15 H-16 H-17 H-18 N-future R4-H14 R4-H15 R4-H16 R4-H17", "A month without column is unknown, not 0.", "3.2.1"),
    ("H-19", "The rows were not looked at.", "3.2.1"),
    ("R4-H02 R4-H03 R4-H04 R4-H05 R4-H09 R4-H10", _HEADER, ""),
    ("L-00 L-01 L-02 L-03 L-04 L-05 L-06 L-08", "It is less certain which usage the report leaves out.", "3.2.1"),
    ("L-07", "The view may hold usage that does not belong to it, so it does not compare with others.", "4"),
    ("A-01 A-02 A-03 A-04 A-05", _HEADER, "3.2.1"),
    ("X-00 X-02 X-03 X-04 X-05 X-06 X-07 X-09 X-14 X-15", _HEADER, "Appendix D"),
    ("X-08 X-12 X-13 N-3031 N-3032", "Some months are incomplete: do not compare or sum them.", "Appendix D"),
    ("X-10 X-11", "It is not certain whether there was no usage or it is missing.", "Appendix D"),
    ("K-01 K-08", "Without these columns usage cannot be told apart, or is missing.", "3.2.2"),
    ("K-02 K-03 K-04 K-05 K-09 R4-K01 R4-K02 R4-K03 R4-K04 R4-M02 R4-M08", _FORM, "3.2.2"),
    ("K-06 K-07 N-own-column N-not-carried R4-K11 R4-K12", "What stands in this column is not stored.", "3.2.2"),
    ("R3-F01", "They count by older rules: a break between Releases 3 and 4 may be the rules and not the use.", ""),
    ("R3-F02", "If it is of Release 4, it stands for the wrong one; its numbers are the same.", ""),
    ("R3-F03", "Added up, the same searches would count twice.", ""),
    ("R3-H01 R3-H02", _HEADER, ""),
    ("R4-K05 R4-K06 R4-K09 R4-K10", _LOST, ""),
    ("R4-K07 R4-K08 R4-M01 R4-M03 R4-M05", _NOT_STORED, ""),
    ("R4-M04 R4-M06 R4-M07", "A month without a column is unknown, not 0.", ""),
    ("K-10", "What stands there belongs to no column and is not counted.", "3.2.2"),
    ("V-01 R4-V03", "The usage cannot be put to a platform or database, so overlaps are not noticed.", "3.2.2"),
    ("V-02 V-20 N-placeholder N-named-by-identifier N-length N-date R4-V25", _LOST, "3.2.2"),
    ("V-03 N-own-value", "Rows with a value that nobody knows are left out by filters and standard views.", "3.2.2"),
    ("V-04 V-05", "Usage of this kind cannot be compared by type of content.", "3.3.9"),
    ("V-06", "Usage cannot be put to a year of publication.", "3.3.7"),
    ("V-07 V-08 V-09 V-10 V-11 N-check-digit", "The title may not be matched with others; the counts stand.", "3.2.2"),
    ("V-12 V-14 V-15 V-16 V-17 V-18 V-19", _LOST, "3.2.2"),
    ("V-21 R4-V10 R4-V11", "The sum of the months cannot be checked against the total.", "3.2.2"),
    ("V-22 R4-V07 R4-V08 R4-V09 R4-V13", "Where no number can be read, the month cannot be stored.", "3.2.2"),
    ("V-23 R4-V12 R4-V14", _WRONG, "3.2.2"),
    ("B-01 B-02 B-04 R4-V01 R4-V02 R4-V16 R4-V17 R4-V18 R4-V19 R4-V20", _LOST, "3.3.9"),
    ("R4-V21 R4-V22 R4-V23 R4-V24 R4-A03", _LOST, ""),
    ("B-03 R4-V04", "Nobody can tell what was used.", "3.3.9"),
    ("B-05 B-06 B-07 B-08 B-09 B-10 B-11 B-12", "The usage is counted under a type where it does not belong.", "3.3.2"),
    ("B-13 B-14", "Usage of parts and wholes may be counted twice.", "3.3.4"),
    ("Z-01 R4-A01", "The same usage may be there twice: sums may be too high.", "3.2.2"),
    ("Z-02 Z-03 Z-04 Z-05", "Usage of one item is spread over several types or parents.", "3.3.2"),
    ("Z-06", _WRONG, "3.3.4"),
    ("Z-07", "Usage of these kinds is 0, if the provider counts it at all.", "3.3.4"),
    ("Z-08", "Nothing: all of it is read.", "3.2.3"),
    ("T-left-out R4-T13 T-kept R4-V30", "Sums are never counted as usage.", "3.2.2"),
    ("R4-T01 R4-T02 R4-T03 R4-T04 R4-T06 R4-T07 R4-T08 R4-T09 R4-T10 R4-T11", "Totals serve as a check only.", ""),
    ("R4-T05 R4-T12", _WRONG, ""),
    ("R4-V05 R4-V06 R4-V26", "What is counted may be named in another way than elsewhere.", ""),
    ("R4-A04 R4-A05 R4-A06 R4-A07 R4-A09 R4-A10", _NONE, ""),
    ("R4-A11", "One of the two reports counts something else than its name says.", ""),
    ("R4-X02 R4-X03", "Some months may be without usage, or incomplete, for the reason that the exception gives.", ""),
    ("R4-X04 R4-X06 R4-X07 R4-X21", _HEADER, ""),
    ("R4-X08 R4-X17 R4-X18 R4-X19 R4-X26 R4-X27 R4-X28", _LOST, ""),
    ("R4-X09 R4-X16", _NOT_STORED, ""),
    ("R4-X10", "The month is stored, though it was not asked for.", ""),
    ("R4-X11", "Nothing: the metric says what is counted.", ""),
    ("R4-X12", "Counts of this metric are left out, or stored under a name that is not of this report.", ""),
    ("R4-X13", "The total of the month is missing: its usage is not stored.", ""),
    ("R4-X14", _WRONG, ""),
    ("R4-X15 R4-X20", "The same usage may be there twice: sums may be too high.", ""),
    ("R4-X25", "Nothing: parts are in the total.", ""),
    ("N-filter", "The report holds usage that its own filter excludes.", "3.2.1"),
    ("N-view N-part", _WRONG, "4"),
    ("N-equal-months N-ten-times N-smaller N-equal-metrics", "It may be right; it is unusual enough to ask.", ""),
    ("X-error-cell X-formula-without-value", "The number is lost.", ""),
    ("X-formula X-number-as-text", _NONE, ""),
    ("X-duplicate-cell", "One of two numbers was lost.", ""),
    ("F-shifted F-unheaded F-unread X-sorted-half X-out-of-place", _NOT_STORED, ""),
    ("X-names-apart X-other-title", "Counts may stand under another title; the sums are right.", ""),
    ("F-two-rows F-decimal-comma R-told", _FORM, ""),
    ("T-differs", _PERHAPS, "3.2.2"),
    ("X-hashes X-lost-identifier X-text-as-number", _LOST, ""),
    ("D-count-sorted D-total-sorted", _FORM, ""),
    ("D-heading-month D-heading-language D-heading-missing D-heading-told D-count-text", _FORM, ""),
    ("D-issn-zeros D-issn-date D-issn-exponent D-isbn-exponent D-isbn-decimals D-isbn-zeros", _FORM, ""),
    ("J-no-header J-items-not-list J-layout J-flat-header J-wrapped J-encoding J-bom", _FORM, "3.2.3"),
    ("J-required-missing J-required-null J-required-empty J-type J-not-list", _PERHAPS, "3.2.3"),
    ("J-repeated-name J-period J-period-unreadable J-month-unreadable", _NOT_STORED, "3.2.3"),
    ("J-count-null J-count-unreadable", _NOT_STORED, "3.2.3"),
    ("J-identifier-unknown J-identifiers-not-list J-identifier-repeated J-single-parent J-parents", _LOST, "3.2.3"),
    ("J-code-and-number J-code-unreadable J-exception-number J-code-text J-severity", _HEADER, "Appendix D"),
    ("J-misspelled J-not-shown J-null J-not-text J-empty J-count-text J-count-float J-month-form", _FORM, "3.2.3"),
    ("J-pipes J-period-form J-name-repeated J-date-repeated J-items-missing J-period-repeated J-more", _FORM, "3.2.3"),
    ("J-unknown-property J-no-column", "What stands there is not stored.", "3.2.3"),
    ("J-month-outside", "The month is stored, though the report's period does not name it.", "3.2.3"),
    ("J-10", "Nothing: 0 is no usage.", "3.3.8"),
)  # fmt: skip

MEANINGS: Final[Mapping[str, Meaning]] = MappingProxyType(
    {rule: Meaning(meaning, section) for rules, meaning, section in _ROWS for rule in rules.split()}
)
"""Meaning by rule id."""


def meaning_of(rule: str) -> Meaning:
    """What `rule` means; a rule without a row means nothing for the numbers."""
    return MEANINGS.get(rule, Meaning(_NONE, ""))
