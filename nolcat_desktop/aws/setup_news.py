"""Chapter 3: the topic, and who is told by e-mail."""

from __future__ import annotations

from dataclasses import dataclass

from nolcat_desktop.aws.border import border
from nolcat_desktop.aws.setup_audience import PENDING
from nolcat_desktop.aws.setup_looking import looked, owned
from nolcat_desktop.aws.setup_wishes import TAG, Chapter, Look, SetupClients, State, Wishes

WAITING = (
    "not confirmed yet, so nothing is sent there: AWS has sent an e-mail, whose link is valid for two days; look among "
    "the junk mail"
)
_ABSENT = frozenset({"NotFound", "NotFoundException", "ResourceNotFound", "ResourceNotFoundException"})


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic."""

    clients: SetupClients
    wishes: Wishes
    chapter: Chapter = Chapter.NEWS
    kind: str = "sns topic"

    @property
    def name(self) -> str:
        """Its name."""
        return self.wishes.topic_arn.rsplit(":", 1)[-1]

    def look(self) -> Look:
        """Whether it is there."""
        return looked(self._look, _ABSENT)

    def _look(self) -> Look:
        arn = self.wishes.topic_arn
        with border("looking at the topic"):
            self.clients.sns.get_topic_attributes(TopicArn=arn)
            if self.wishes.topic:
                return Look(State.SAME, arn)
            tags = self.clients.sns.list_tags_for_resource(ResourceArn=arn)["Tags"]
        return owned(tags, self.wishes.name, arn)

    def put(self, found: Look) -> str:  # noqa: ARG002 - it can only be missing
        """Make it."""
        with border("making the topic"):
            tags = [{"Key": TAG, "Value": self.wishes.name}]
            return str(self.clients.sns.create_topic(Name=self.wishes.topic_name, Tags=tags)["TopicArn"])

    def remove(self) -> bool:
        """Remove it with its subscriptions, if it is ours."""
        if self.wishes.topic or self.look().state is not State.SAME:
            return False
        with border("removing the topic"):
            self.clients.sns.delete_topic(TopicArn=self.wishes.topic_arn)
        return True


@dataclass(frozen=True, slots=True)
class Subscription:
    """One address."""

    clients: SetupClients
    wishes: Wishes
    name: str
    """The e-mail address."""
    chapter: Chapter = Chapter.NEWS
    kind: str = "sns e-mail subscription"

    def look(self) -> Look:
        """Whether it is subscribed, and whether that was confirmed."""
        return looked(self._look, _ABSENT)

    def _look(self) -> Look:
        arn = self._subscribed()
        if not arn:
            return Look(State.MISSING)
        if arn == PENDING:
            return Look(State.SAME, "", WAITING, is_waiting=True)
        return Look(State.SAME, arn)

    def _subscribed(self) -> str:
        with border("looking at who is told"):
            pages = self.clients.sns.get_paginator("list_subscriptions_by_topic")
            for page in pages.paginate(TopicArn=self.wishes.topic_arn):
                for one in page["Subscriptions"]:
                    if one["Protocol"] == "email" and one["Endpoint"].lower() == self.name.lower():
                        return str(one["SubscriptionArn"])
        return ""

    def put(self, found: Look) -> str:  # noqa: ARG002 - it can only be missing
        """Subscribe it; AWS then asks the owner of the address by e-mail."""
        with border("subscribing an address"):
            made = self.clients.sns.subscribe(TopicArn=self.wishes.topic_arn, Protocol="email", Endpoint=self.name)
        arn = str(made.get("SubscriptionArn", ""))
        return arn if arn.startswith("arn:") else ""

    def remove(self) -> bool:
        """It goes with its topic; one that waits for its confirmation cannot be removed alone."""
        return False


def news(clients: SetupClients, wishes: Wishes) -> list[Topic | Subscription]:
    """The resources of the chapter."""
    return [Topic(clients, wishes), *(Subscription(clients, wishes, address) for address in wishes.emails)]
