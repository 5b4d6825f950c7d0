"""Why sending was refused before the cloud was asked, by its kind: so that a face need not read sentences."""

from __future__ import annotations

from enum import StrEnum

from nolcat_desktop.problem import NolcatError, Problem


class Why(StrEnum):
    """Each calls for other help."""

    LOCAL_IDS = "local ids"
    """Numbers of sources that this computer made itself."""
    OTHER_SOURCE = "other source"
    """A number that means another source in the bucket."""
    SAMPLE = "sample"
    """Made-up numbers of the sample library."""
    NO_KEY = "no key"
    """The password store has no key of the account."""


class Refused(NolcatError):  # noqa: N818 - what happened, not an error of the program's
    """Nothing was sent, and nobody in the cloud was asked for it."""

    def __init__(self, why: Why, problem: Problem) -> None:
        """Keep `why`, which the help that is offered depends on, beside the sentences."""
        super().__init__(problem)
        self.why = why
