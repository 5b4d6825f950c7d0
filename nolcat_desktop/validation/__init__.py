"""Report → findings: the Code of Practice as tables of rules. Start with `validate`."""

from nolcat_desktop.validation.agreed import AGREED, Agreed
from nolcat_desktop.validation.grouping import GROUPS, group
from nolcat_desktop.validation.meanings import MEANINGS, Meaning, meaning_of
from nolcat_desktop.validation.plausibility import Sums, plausibility
from nolcat_desktop.validation.together import ReportSums, findings_beside, report_sums, validate_together
from nolcat_desktop.validation.validate import summarise, validate, verdict

__all__ = [
    "AGREED",
    "GROUPS",
    "MEANINGS",
    "Agreed",
    "Meaning",
    "ReportSums",
    "Sums",
    "findings_beside",
    "group",
    "meaning_of",
    "plausibility",
    "report_sums",
    "summarise",
    "validate",
    "validate_together",
    "verdict",
]
