"""What is done: inspect, validate, convert, show. The faces, window and command line, call these and decide nothing."""

from nolcat_desktop.workflow.converting import Converted, convert
from nolcat_desktop.workflow.describing import Inspection, Validation, inspect, validate_paths
from nolcat_desktop.workflow.outcome import Conversion, Wishes
from nolcat_desktop.workflow.showing import VIEWS, show

__all__ = [
    "VIEWS",
    "Conversion",
    "Converted",
    "Inspection",
    "Validation",
    "Wishes",
    "convert",
    "inspect",
    "show",
    "validate_paths",
]
