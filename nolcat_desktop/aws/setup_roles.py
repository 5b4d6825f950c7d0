"""The roles that the jobs and the state machine take on, each with its own rights and no more."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from nolcat_desktop.aws.border import CloudError, border
from nolcat_desktop.aws.setup_looking import is_ours, looked, owned
from nolcat_desktop.aws.setup_policies import Document, job_rights, machine_rights, same_document, trust
from nolcat_desktop.aws.setup_wishes import TAG, Chapter, Look, SetupClients, State, Wishes

POLICY = "nolcat-pipeline"
_ABSENT = frozenset({"NoSuchEntity", "NoSuchEntityException"})


@dataclass(frozen=True, slots=True)
class Role:
    """One role."""

    clients: SetupClients
    wishes: Wishes
    chapter: Chapter
    service: str
    """`glue` or `states`."""
    rights: Document
    kind: str = "iam role"

    @property
    def name(self) -> str:
        """Its name."""
        return self.wishes.role_name(self.service)

    def look(self) -> Look:
        """Whether it is there with these rights."""
        return looked(self._look, _ABSENT)

    def _look(self) -> Look:
        with border("looking at the role"):
            found = self.clients.iam.get_role(RoleName=self.name)["Role"]
            tags = self.clients.iam.list_role_tags(RoleName=self.name)["Tags"]
        differs = [] if same_document(_document(found["AssumeRolePolicyDocument"]), trust(self.service)) else ["trust"]
        if not same_document(self._held(), self.rights):
            differs.append("rights")
        return owned(tags, self.wishes.name, found["Arn"], " and ".join(differs))

    def _held(self) -> Document:
        try:
            with border("looking at the role's rights"):
                found = self.clients.iam.get_role_policy(RoleName=self.name, PolicyName=POLICY)
        except CloudError as error:
            if error.code in _ABSENT:
                return {}
            raise
        return _document(found["PolicyDocument"])

    def put(self, found: Look) -> str:
        """Make it, or give it the rights of now."""
        iam, arn = self.clients.iam, found.arn
        trusted = json.dumps(trust(self.service))
        with border("making the role"):
            if found.state is State.MISSING:
                said = f"For the pipeline of NoLCAT Desktop ({self.wishes.name})."
                tags = [{"Key": TAG, "Value": self.wishes.name}]
                made = iam.create_role(
                    RoleName=self.name, AssumeRolePolicyDocument=trusted, Description=said, Tags=tags
                )
                arn = made["Role"]["Arn"]
            else:
                iam.update_assume_role_policy(RoleName=self.name, PolicyDocument=trusted)
            iam.put_role_policy(RoleName=self.name, PolicyName=POLICY, PolicyDocument=json.dumps(self.rights))
        return str(arn)

    def remove(self) -> bool:
        """Remove it, if it is ours."""
        if self.look().state not in (State.SAME, State.DIFFERS):
            return False
        with border("removing the role"):
            if not is_ours(self.clients.iam.list_role_tags(RoleName=self.name)["Tags"], self.wishes.name):
                return False
            if self._held():
                self.clients.iam.delete_role_policy(RoleName=self.name, PolicyName=POLICY)
            self.clients.iam.delete_role(RoleName=self.name)
        return True


def job_role(clients: SetupClients, wishes: Wishes) -> list[Role]:
    """The role of the jobs; none where one was given."""
    return [] if wishes.job_role else [Role(clients, wishes, Chapter.JOBS, "glue", job_rights(wishes))]


def machine_role(clients: SetupClients, wishes: Wishes) -> list[Role]:
    """The role of the state machine; none where one was given."""
    return [] if wishes.machine_role else [Role(clients, wishes, Chapter.MACHINE, "states", machine_rights(wishes))]


def _document(held: Any) -> Document:  # noqa: ANN401 - botocore reads it, or leaves it as text
    """A policy as botocore gives it: read already, or as text."""
    found = json.loads(unquote(held)) if isinstance(held, str) else held
    return dict(found)
