"""What is said of JSON files that hold no report."""

from __future__ import annotations

import json

from nolcat_desktop.problem import Problem
from nolcat_desktop.reading.json_header import exception_text
from nolcat_desktop.reading.json_plan import Columns
from nolcat_desktop.reading.json_settings import Settings
from nolcat_desktop.reading.json_tally import Json, Tally, shortened
from nolcat_desktop.reading.json_texts import Texts
from nolcat_desktop.report import NotAReport, Origin, ReportException

_ADVICE = (
    (range(1000, 1030), "The publisher's service is busy or still preparing the report: ask for it again later."),
    (
        range(1030, 2000),
        "Something was missing in the request: check the address and what it asks for, then fetch the report again.",
    ),
    (
        range(2000, 3000),
        "The publisher did not accept the credentials: check requestor ID, customer ID and API key.",
    ),
    (range(3000, 3020), "The publisher does not offer this report or this release: ask for another one."),
    (range(3020, 3030), "Check the dates of the request, then fetch the report again."),
    (range(3030, 3033), "There is no usage for these months, or not yet: ask again later, or for other months."),
)
_OTHERWISE = "Fetch the report again, or ask the publisher what the message means."


def not_json(origin: Origin, raw: bytes, error: Exception | None) -> NotAReport:
    """A file that begins like JSON and is none."""
    place = _place(raw) if raw else None
    where = f" The first fault is at {place}." if place else f" ({error})" if error else ""
    if isinstance(error, RecursionError):
        where = " It is nested too deeply."
    problem = Problem(
        "The file is not valid JSON",
        f"Nothing of it was read, so no number of it is in the library.{where}",
        "Fetch the file again; if it was edited by hand, undo that.",
        place,
    )
    return NotAReport(origin.file, origin.sheet, problem, "damaged JSON")


def _place(raw: bytes) -> str | None:
    """Line and column of the first fault; None when Python's own parser finds none."""
    try:
        json.loads(raw.decode("utf-8", errors="replace"))
    except json.JSONDecodeError as error:
        return f"line {error.lineno}, column {error.colno}"
    except (RecursionError, ValueError):  # too deep, or a number of more digits than Python takes
        return None
    return None


def no_report(origin: Origin, raw: bytes) -> NotAReport:
    """Valid JSON that is no COUNTER report."""
    problem = Problem(
        "This JSON file is not a COUNTER report",
        f"It has neither Report_Header nor Report_Items; it begins with {_beginning(raw)}. No usage was read from it.",
        "Choose the file that the publisher delivered as COUNTER report in JSON.",
    )
    return NotAReport(origin.file, origin.sheet, problem, "JSON without a COUNTER report")


def _beginning(raw: bytes) -> str:
    return shortened(" ".join(raw[:400].decode("utf-8", errors="replace").split()))[:80]


def of_exceptions(origin: Origin, trees: list[dict[str, Json]]) -> NotAReport:
    """Exceptions that the publisher's service sent in place of a report."""
    tally = Tally()
    settings = Settings(Texts(Columns(()), tally), tally, None)
    found = [settings.exception(tree, f"[{place}]" if len(trees) > 1 else "") for place, tree in enumerate(trees)]
    return exceptions_instead(origin, found)


def exceptions_instead(origin: Origin, found: list[ReportException]) -> NotAReport:
    """What is said of a file that holds these exceptions and no report."""
    told = "; ".join(exception_text(one) for one in found)
    problem = Problem(
        "The publisher sent a message instead of a report"
        if len(found) == 1
        else "The publisher sent messages instead of a report",
        f"{told}. There is no usage in the file.",
        _advice(found),
    )
    return NotAReport(origin.file, origin.sheet, problem, "COUNTER exception")


def _advice(found: list[ReportException]) -> str:
    codes = [one.code for one in found if one.code is not None]
    return next((advice for code in codes for codes_of_it, advice in _ADVICE if code in codes_of_it), _OTHERWISE)
