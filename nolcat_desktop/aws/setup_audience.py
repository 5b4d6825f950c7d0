"""Who is told by the topic: who has confirmed, who has not yet; and asking those once more.

AWS subscribes an address only after its owner has followed the link in an e-mail, within two days (SNS, Subscribe).
Asking once more for an address that waits sends that e-mail again. A stand-in answers as AWS does for what waits;
that the e-mail goes out again is unproven against AWS.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from nolcat_desktop.aws.border import border

PENDING = "PendingConfirmation"
"""What stands in place of the ARN of a subscription that waits (SNS, ListSubscriptionsByTopic)."""
_PEOPLE = frozenset({"email", "email-json", "sms"})
_TELLING = "Tell that it is done"


class Sns(Protocol):
    """The calls of boto3's client of SNS that are made here."""

    def get_paginator(self, name: str, /) -> Any:  # noqa: ANN401 - botocore's paginator has no type of its own
        """All pages of a list."""

    def subscribe(self, **asked: object) -> Mapping[str, Any]:
        """Subscribe, or ask for the confirmation once more."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The people who are told; other programs that are told too are not counted."""

    confirmed: tuple[str, ...] = ()
    """Addresses."""
    waiting: tuple[str, ...] = ()
    """Addresses that AWS has asked, and that have not confirmed."""


def topic_of(definition: Mapping[str, Any]) -> str:
    """ARN of the topic that our own state machine tells; empty for any other machine."""
    state = definition.get("States", {}).get(_TELLING, {})
    return str(state.get("Parameters", {}).get("TopicArn", ""))


def audience_of(sns: Sns, topic: str) -> Audience:
    """Who is told by `topic`, its ARN.

    Raises:
        NolcatError: If the topic is not there, or may not be looked at (sns:ListSubscriptionsByTopic).
    """
    confirmed: list[str] = []
    waiting: list[str] = []
    for one in _subscriptions(sns, topic):
        if one["Protocol"] in _PEOPLE and one["SubscriptionArn"] != "Deleted":
            (waiting if one["SubscriptionArn"] == PENDING else confirmed).append(str(one["Endpoint"]))
    return Audience(tuple(confirmed), tuple(waiting))


def ask_again(sns: Sns, topic: str, addresses: Iterable[str]) -> None:
    """Let AWS send the e-mail with the link once more; nobody is subscribed twice by it.

    Raises:
        NolcatError: If AWS refuses.
    """
    for address in addresses:
        with border("asking for the confirmation once more"):
            sns.subscribe(TopicArn=topic, Protocol="email", Endpoint=address)


def _subscriptions(sns: Sns, topic: str) -> Iterator[Mapping[str, Any]]:
    with border("looking at who is told"):
        for page in sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic):
            yield from page["Subscriptions"]
