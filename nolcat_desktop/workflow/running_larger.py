"""Running once more, and running with the larger size after a run that failed for want of memory or time."""

from __future__ import annotations

from dataclasses import replace

from nolcat_desktop.aws.executions_failure import Failure
from nolcat_desktop.aws.executions_following import Watched
from nolcat_desktop.aws.executions_larger import Larger, Size, larger_of, with_larger
from nolcat_desktop.aws.state_machine_input import Sent
from nolcat_desktop.dataset import Library
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.cloud_session import Session, pipeline_of
from nolcat_desktop.workflow.running import Pipeline, Started, definition_of, failure, start
from nolcat_desktop.workflow.running_log import KnownRun
from nolcat_desktop.workflow.running_sent import named_sent, newest_sent
from nolcat_desktop.workflow.sending_place import opened_place


def told_failure(pipeline: Pipeline, run: KnownRun, watched: Watched, template: str = "") -> Failure | None:
    """`running.failure`, with whether the larger size is there where it would help; AWS is asked only then."""
    told = failure(watched)
    if told is None or not told.larger_size:
        return told
    size = Size(run.test, run.larger, template)
    return with_larger(told, larger_of(definition_of(pipeline) or {}, size, told.state))


def start_larger(pipeline: Pipeline, sent: Sent, template: str = "", again: bool = False) -> Started:
    """Start a run of the larger size for what was sent, or find the one that there is.

    Its name follows from the manifest as every name does, with a mark of its own: asking twice starts one run.

    Args:
        pipeline: Which machine, as whom.
        sent: The manifest of the run that failed, and where it lies.
        template: See `running.start`.
        again: Whether a run of the larger size that has ended is to be run once more.

    Raises:
        NolcatError: If the machine has no larger size; or as `running.start`.
    """
    larger: Larger = larger_of(definition_of(pipeline) or {}, Size(sent.test, False, template))
    if not larger.is_offered:
        what = "Nothing was started; what was sent is in the bucket."
        raise NolcatError(Problem("There is no larger size here", what, larger.remedy))
    return start(pipeline, replace(sent, larger=True), template, again)


def run_again(
    session: Session, library: Library, progress: Progress, run: KnownRun | None = None, larger: bool = False
) -> Started:
    """Run once more: the newest complete set; with `larger` the set of `run`, which was too small for it.

    A run that had the larger size already has it again, as long as its set is the newest one.

    Raises:
        NolcatError: As `start_larger` and `running.start`.
    """
    pipeline = pipeline_of(session, library)
    template, name = session.account.input_template, run.manifest_sha256[:12] if run is not None else ""
    with opened_place(library, session.clients, progress, keep=False) as place:
        place.confirm()
        if run is not None and larger and name:
            sent = named_sent(place.means, name, run.test)
        else:
            sent = newest_sent(place.means)
    if larger:
        return start_larger(pipeline, sent, template)
    same = run is not None and sent.manifest_sha256[:12] == name and not run.test
    return start(pipeline, replace(sent, larger=run is not None and run.larger and same), template, again=True)
