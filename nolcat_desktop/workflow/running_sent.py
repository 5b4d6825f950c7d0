"""From what was sent to a run: the newest complete set in the bucket, and sending and starting as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nolcat_desktop.aws.state_machine_input import Sent
from nolcat_desktop.dataset import Library
from nolcat_desktop.objects import Location, Manifest
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.sync.arrival import Means
from nolcat_desktop.sync.chain import tips
from nolcat_desktop.sync.looking import links, manifests
from nolcat_desktop.workflow import sending
from nolcat_desktop.workflow.running import Pipeline, Started, start

Told = Callable[[sending.Sent], None]


@dataclass(frozen=True, slots=True)
class SentAndStarted:
    """What one button did."""

    sent: sending.Sent
    started: Started | None
    """None if what was sent is not complete: then nothing was started, and `sent.problem` says why."""


def sent_by(manifest: Manifest, location: Location, test: bool = False) -> Sent:
    """What a run is told of a complete set."""
    key, sha256 = manifest.key(location), manifest.sha256
    return Sent(location.bucket, location.prefix, manifest.library, key, sha256, test)


def newest_sent(means: Means, test: bool = False) -> Sent:
    """The newest complete set in the bucket.

    Args:
        means: The store that is asked; its catalog may be one of this run only.
        test: Whether the run is to be a test.

    Raises:
        NolcatError: If nothing was sent yet, two workstations sent at the same moment, or AWS cannot be asked.
    """
    found = tips(links(means))
    if not found:
        raise NolcatError(
            Problem(
                "Nothing was sent yet",
                f"There is no complete set in {_place(means)}. Nothing was started.",
                "Send first: with Send and start in the window, or with `nolcat sync`.",
            )
        )
    if len(found) > 1:
        raise NolcatError(
            Problem(
                "Two workstations have sent at the same time",
                f"In {_place(means)} there are {len(found)} newest sets, none of which has all. Nothing was started.",
                "Send once more from one of them: that send has both.",
            )
        )
    return sent_by(manifests(means, found)[0], means.store.location, test)


def named_sent(means: Means, name: str, test: bool = False) -> Sent:
    """An earlier complete set, by the name of its manifest.

    Raises:
        NolcatError: If there is none of this name, or AWS cannot be asked.
    """
    known = [link.name for link in links(means)]
    if name not in known:
        raise NolcatError(
            Problem(
                "There is no set of this name",
                f"“{name}” is none of the {len(known)} sets in {_place(means)}. Nothing was started.",
                "Take the name from the list of runs (`nolcat pipeline history`): 12 characters.",
            )
        )
    return sent_by(manifests(means, [name])[0], means.store.location, test)


@dataclass(frozen=True, slots=True)
class ToStart:
    """How a run is to be started after a send."""

    pipeline: Pipeline
    template: str = ""
    """See `running.start`."""
    test: bool = False


def send_and_start(
    library: Library, means: Means, wanted: sending.Wanted, to_start: ToStart, told: Told | None = None
) -> SentAndStarted:
    """Send what is new, and start a run for the complete set; both can be repeated at any time without harm.

    Args:
        library: The library.
        means: For sending.
        wanted: How it is to be sent.
        to_start: Which machine, as whom, and how.
        told: See `sending.send_library`.

    Raises:
        NolcatError: As `sending.send_library` and `running.start`. What has arrived stays.
        Cancelled: If the user asked to stop; nothing is started then.
    """
    sent = sending.send_library(library, means, wanted, told)
    if not sent.complete or sent.manifest is None:
        return SentAndStarted(sent, None)
    means.progress.check()
    manifest = sent_by(sent.manifest, means.store.location, to_start.test)
    return SentAndStarted(sent, start(to_start.pipeline, manifest, to_start.template))


def _place(means: Means) -> str:
    location = means.store.location
    return f"s3://{location.bucket}/{location.prefix}".rstrip("/") + "/"
