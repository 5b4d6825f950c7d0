"""Who will be told of a run, for a face: how many people, and how many have not confirmed that they want it."""

from __future__ import annotations

from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.aws.executions_links import arn_of
from nolcat_desktop.aws.setup_audience import Audience, audience_of, topic_of
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.workflow.running import Pipeline, definition_of

REMEDY = (
    "AWS has sent each of them an e-mail, whose link is valid for two days (look among the junk mail). Cloud › Set up… "
    "or `nolcat cloud setup --ask-again` has it sent once more."
)


def audience(pipeline: Pipeline, clients: Clients) -> Audience | None:
    """The people who are told how a run of our own state machine ends.

    None where that is not known: of another machine, without the permission to look, or while AWS does not answer.
    Nothing depends on it, so nothing is raised.
    """
    topic = topic_of(definition_of(pipeline) or {})
    parts = arn_of(topic) if topic else None
    if parts is None:
        return None
    try:
        return audience_of(clients.client("sns", parts.region), topic)
    except NolcatError:
        return None


def audience_words(confirmed: int, waiting: int) -> str:
    """`Telling 3 people by e-mail, 1 has not confirmed yet.`; all who were asked are counted."""
    whole = confirmed + waiting
    if not whole:
        return "Nobody is told by e-mail: no address is subscribed."
    people = "1 person" if whole == 1 else f"{whole} people"
    late = "" if not waiting else f", {waiting} {'has' if waiting == 1 else 'have'} not confirmed yet"
    return f"Telling {people} by e-mail{late}."
