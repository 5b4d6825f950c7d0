"""Reports of Release 3, as services wrote them until 2010: five are stored, the others named and refused."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.old_years import ADDED, NEW, Planted
from tests.builders import delimited, xlsx
from tests.builders.grid import Grid
from tests.builders.layouts3 import NAMES3, release3
from tests.builders.layouts4 import RELEASE_4
from tests.builders.other_kinds import html, xls

_FORMS: dict[str, Callable[[Grid], bytes]] = {
    "csv": lambda cells: delimited(cells, ","),
    "tsv": lambda cells: delimited(cells, "\t"),
    "xls": xls,
    "xlsx": xlsx,
    "htm": html,
}
_YEARS = range(2005, 2010)
_REFUSED = ("Journal Report 2 (R3)", "Database Report 3 (R3)", "Book Report 3 (R1)", "Journal Report 1 (R2)")
SOURCE = "Larch Online"


def plant_third(planted: Planted) -> None:
    """Each report of Release 3 that is stored, of five years in five kinds of file; and others, which are refused."""
    for place, report_id in enumerate(NAMES3):
        for year in _YEARS:
            report, kind = release3(report_id, year), list(_FORMS)[(year + place) % len(_FORMS)]
            planted.put(f"release 3/{report_id} {year}.{kind}", _FORMS[kind](report.rows), NEW, ADDED)
            for (_, activity, month), count in report.counts.items():
                metric = activity or str(RELEASE_4[report_id].metric)
                planted.usage[SOURCE, report_id, month, metric] += count
    for number, name in enumerate(_REFUSED):
        content = delimited(release3("JR1", 2010, name=name).rows, ",")
        planted.put(f"release 3/other {number}.csv", content, "stopped", "failed")
