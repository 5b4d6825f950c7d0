"""The standard exceptions of the COUNTER API (Code of Practice, appendix F; Release 5 and 5.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nolcat_desktop.counter.release import Release


@dataclass(frozen=True, slots=True)
class StandardException:
    """One standard exception as the Code of Practice defines it."""

    code: int
    """At least 1000; 0-999 are free for each report provider."""
    message: str
    """The exact text."""
    http_status: int
    """Only those of status 200 may stand in a report."""
    severities: tuple[str, ...]
    """Permitted R5 Severity; () where R5 does not know the code."""
    data_required: bool
    """True if the exception must say more in its Data element."""
    releases: tuple[Release, ...]
    """The releases that define the code."""


_BOTH = (Release.R5, Release.R51)
_ONLY_5 = (Release.R5,)
_ONLY_51 = (Release.R51,)
_FATAL = ("Fatal",)
_ERROR = ("Error",)
_WARNING = ("Warning",)
_EITHER = ("Warning", "Error")

_ROWS = (
    StandardException(1000, "Service Not Available", 503, _FATAL, False, _BOTH),
    StandardException(1010, "Service Busy", 503, _FATAL, False, _BOTH),
    StandardException(1011, "Report Queued for Processing", 202, _WARNING, False, _BOTH),
    StandardException(1020, "Client has made too many requests", 429, _FATAL, True, _BOTH),
    StandardException(1030, "Insufficient Information to Process Request", 400, _FATAL, False, _BOTH),
    StandardException(2000, "Requestor Not Authorized to Access Service", 401, _ERROR, False, _BOTH),
    StandardException(2010, "Requestor is Not Authorized to Access Usage for Institution", 403, _ERROR, False, _BOTH),
    StandardException(2011, "Global Reports Not Supported", 403, (), False, _ONLY_51),
    StandardException(2020, "APIKey Invalid", 401, _ERROR, False, _BOTH),
    StandardException(2030, "IP Address Not Authorized to Access Service", 401, _ERROR, False, _BOTH),
    StandardException(3000, "Report Not Supported", 404, _ERROR, False, _ONLY_5),
    StandardException(3010, "Report Version Not Supported", 404, _ERROR, False, _ONLY_5),
    StandardException(3020, "Invalid Date Arguments", 400, _ERROR, False, _BOTH),
    StandardException(3030, "No Usage Available for Requested Dates", 200, _ERROR, False, _BOTH),
    StandardException(3031, "Usage Not Ready for Requested Dates", 200, _EITHER, True, _BOTH),
    StandardException(3032, "Usage No Longer Available for Requested Dates", 200, _WARNING, True, _BOTH),
    StandardException(3040, "Partial Data Returned", 200, _WARNING, True, _BOTH),
    StandardException(3050, "Parameter Not Recognized in this Context", 200, _WARNING, True, _BOTH),
    StandardException(3060, "Invalid ReportFilter Value", 200, _EITHER, True, _BOTH),
    StandardException(3061, "Incongruous ReportFilter Value", 200, _EITHER, False, _BOTH),
    StandardException(3062, "Invalid ReportAttribute Value", 200, _EITHER, True, _BOTH),
    StandardException(3063, "Components Not Supported", 200, (), False, _ONLY_51),
    StandardException(3070, "Required ReportFilter Missing", 200, _EITHER, True, _BOTH),
)

EXCEPTIONS: Mapping[int, StandardException] = MappingProxyType({row.code: row for row in _ROWS})
"""The standard exceptions by code. 2030 needs either Data or a Help_URL, so its Data is not required by itself."""

NO_USAGE: frozenset[int] = frozenset({3030})
"""The months are known to be without usage."""
NOT_READY: frozenset[int] = frozenset({3031})
"""The usage of some or all months will be there later."""
NO_LONGER: frozenset[int] = frozenset({3032})
"""The usage of some or all months is not kept any more."""
PARTIAL: frozenset[int] = frozenset({3040})
"""The report lacks something that exists."""
NEVER_REPLACES: frozenset[int] = NOT_READY | NO_LONGER | PARTIAL
"""A report with one of these says nothing certain about what it lacks, so it never replaces stored usage."""
EMPTY_REPORT: frozenset[int] = frozenset({3020, *range(3030, 3041)})
"""Codes that explain why a report has no rows."""
