"""What `validate` keeps: one file of findings for all reports, and the message to their publishers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from nolcat_desktop.export import findings_file, publisher_message, write_whole
from nolcat_desktop.findings import no_findings
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.report import Report
from nolcat_desktop.workflow.validating import Validation

_BETWEEN = f"\n{'-' * 78}\n\n"


class ValidationReport:
    """Collects what is found, report by report; nothing is written before all is there."""

    def __init__(self, report: Path | None, message: Path | None) -> None:
        """Begin.

        Args:
            report: Where the findings go; its ending names the form (`export.FINDINGS_FORMS`).
            message: Where the message to the publishers goes.

        Raises:
            NolcatError: If the ending is another, or the folder is not there.
        """
        self._report, self._message = report, message
        self._file = findings_file(report.suffix) if report is not None else None
        self._messages: list[str] = []
        for target in self.targets():
            _check_folder(target)

    def targets(self) -> tuple[Path, ...]:
        """What will be written."""
        return tuple(target for target in (self._report, self._message) if target is not None)

    def add(self, found: Validation, groups: pl.DataFrame) -> None:
        """Take the findings of one more report, and the same grouped.

        Raises:
            NolcatError: If writing would replace this very report.
        """
        what = found.what
        if isinstance(what, Report):
            for target in self.targets():
                _check_other(target, what.origin.file)
        if self._file is not None:
            self._file.add(what, found.findings, groups)
        if self._message is not None and isinstance(what, Report):
            message = publisher_message(what, found.findings, groups)
            self._messages += [message] if message else []

    def beside(self, findings: Mapping[int, pl.DataFrame]) -> None:
        """Take what reports say against one another, by the place of the first that is concerned."""
        if self._file is not None and findings:
            self._file.beside(pl.concat([no_findings(), *findings.values()]))

    def write(self) -> Iterator[Path]:
        """Write what was asked for, each file whole or not at all.

        Yields:
            What was written. No message is when there is nothing to ask for.

        Raises:
            NolcatError: If the disk refuses.
        """
        if self._report is not None and self._file is not None:
            write_whole(self._report, self._file.content())
            yield self._report
        if self._message is not None and self._messages:
            write_whole(self._message, _BETWEEN.join(self._messages).encode("utf-8-sig", "replace"))
            yield self._message


def only_file(paths: Sequence[Path]) -> str | None:
    """The file that alone was named, as reports in it name their origin; None when there may be several."""
    return str(paths[0]) if len(paths) == 1 and paths[0].is_file() else None


def _check_folder(target: Path) -> None:
    if not target.absolute().parent.is_dir():
        meaning = f"The folder of {target} is not there. Nothing was done."
        raise NolcatError(Problem("The file cannot be written", meaning, "Make the folder, or choose another."))
    if target.is_dir():
        meaning = f"{target} is a folder. Nothing was done."
        raise NolcatError(Problem("The file cannot be written", meaning, "Choose another name."))


def _check_other(target: Path, file: str) -> None:
    if _is_same(target, Path(file.partition("!/")[0])):
        meaning = f"{target} is one of the reports that were checked. It stays as it is; nothing was written."
        raise NolcatError(Problem("The findings would replace a report", meaning, "Choose another name for them."))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
