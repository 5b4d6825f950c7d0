"""The run that has overtaken another: it publishes a newer set, which names the files of the one before too."""

from __future__ import annotations

from datetime import datetime

from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.workflow.running import Pipeline, runs
from nolcat_desktop.workflow.running_log import KnownRun


def newest_after(pipeline: Pipeline, run: KnownRun) -> KnownRun:
    """The newest run of the same machine that began after `run`, whoever started it; no test.

    Raises:
        NolcatError: If there is none, or AWS cannot be asked.
    """
    later = [
        one
        for one in runs(pipeline)
        if one.machine == run.machine and one.name != run.name and one.began is not None and not one.test
    ]
    found = max((one for one in later if _began(one) >= _began(run)), key=_began, default=None)
    if found is None:
        raise NolcatError(_NO_NEWER)
    return found


def _began(run: KnownRun) -> datetime:
    return run.began or run.about


_NO_NEWER = Problem(
    "The newer run was not found",
    "This pipeline has none that began later: the newer set was published by another one, or its run is older than AWS "
    "keeps them. Nothing is lost: the newer set names your files too.",
    "Look at all runs, or ask who else sends into this bucket.",
)
