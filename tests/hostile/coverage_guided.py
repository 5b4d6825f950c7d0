"""Bytes that a fuzzer finds by what they reach in the code; run with `atheris`, which is no dependency.

    python -m tests.hostile.coverage_guided -max_total_time=300

Whatever the bytes, reading and judging end in a report, in a refusal, or in findings: never in another exception.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["nolcat_desktop"]):
    from nolcat_desktop.problem import NolcatError
    from nolcat_desktop.progress import Progress
    from nolcat_desktop.report import Report
    from nolcat_desktop.validation import group, validate
    from nolcat_desktop.workflow.finding_reports import find_reports

from nolcat_desktop.counter.release import Release
from tests.builders import a_report, csv, json, tsv, xlsx

_LONGEST = 1 << 16
NAMES = ("report.tsv", "report.csv", "report.json", "report.xlsx", "report.xls", "report.xml", "report")


def seeds() -> list[bytes]:
    """Small sound reports of each release and form."""
    found = [form(a_report(Release.R51, "TR", months=2, titles=1)) for form in (tsv, csv, json, xlsx)]
    found += [form(a_report(Release.R5, "IR", months=1, titles=1)) for form in (tsv, json)]
    return [*found, tsv(a_report(Release.R4, "JR1", months=2, titles=2)), b"<Report/>", b"\xd0\xcf\x11\xe0"]


def main(words: list[str]) -> None:
    """Fuzz until the time of `-max_total_time` is over; a fault ends the process with the bytes that made it."""
    numbers = count()
    with TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number, seed in enumerate(seeds()):
            (corpus / str(number)).write_bytes(seed)

        def once(content: bytes) -> None:
            file = Path(folder, NAMES[next(numbers) % len(NAMES)])
            file.write_bytes(content)
            try:
                for found in find_reports([file], Progress()):
                    if isinstance(found.what, Report):
                        group(validate(found.what), found.what.items.height)
                        validate(found.what, official=True)
            except NolcatError:
                pass

        atheris.Setup([words[0], f"-max_len={_LONGEST}", *words[1:], str(corpus)], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
