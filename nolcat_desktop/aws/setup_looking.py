"""Looking at what may not be there, and may not be looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.setup_wishes import TAG, Look, State


def looked(look: Callable[[], Look], absent: frozenset[str]) -> Look:
    """What `look` tells; missing if AWS answers with one of `absent`, unseen if it does not allow to look.

    Raises:
        CloudError: If AWS could not be asked.
    """
    try:
        return look()
    except CloudError as error:
        if error.code in absent:
            return Look(State.MISSING)
        if error.fault is Fault.PERMISSION:
            return Look(State.UNSEEN, note=error.problem.meaning)
        raise


def is_ours(tags: Mapping[str, str] | Sequence[Mapping[str, str]], name: str) -> bool:
    """Whether these tags, in any of the forms in which the services give them, are those of the set-up `name`."""
    if isinstance(tags, Mapping):
        return tags.get(TAG) == name
    pairs = {one.get("Key", one.get("key", "")): one.get("Value", one.get("value", "")) for one in tags}
    return pairs.get(TAG) == name


def owned(tags: Mapping[str, str] | Sequence[Mapping[str, str]], name: str, arn: str, differs: str = "") -> Look:
    """How a resource stands that is there: foreign without our tag, else the same or different."""
    if not is_ours(tags, name):
        return Look(State.FOREIGN, arn, "it was made by somebody else, and is not touched")
    return Look(State.DIFFERS if differs else State.SAME, arn, differs)
