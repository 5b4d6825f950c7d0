"""What is done: inspect, validate, convert, show. The faces, window and command line, call these and decide nothing."""

from nolcat_desktop.workflow.comparing import Past
from nolcat_desktop.workflow.converting import Converted, convert
from nolcat_desktop.workflow.describing import Inspection, inspect
from nolcat_desktop.workflow.finding_reports import find_reports
from nolcat_desktop.workflow.outcome import Conversion, Wishes
from nolcat_desktop.workflow.showing import VIEWS, show
from nolcat_desktop.workflow.validating import Held, Judging, Line, Validation, validate_found
from nolcat_desktop.workflow.validation_report import ValidationReport, only_file

__all__ = [
    "VIEWS",
    "Conversion",
    "Converted",
    "Held",
    "Inspection",
    "Judging",
    "Line",
    "Past",
    "Validation",
    "ValidationReport",
    "Wishes",
    "convert",
    "find_reports",
    "inspect",
    "only_file",
    "show",
    "validate_found",
]
