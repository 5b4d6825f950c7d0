"""The state machine, with the definition that is shipped."""

from __future__ import annotations

import json
from dataclasses import dataclass

from nolcat_desktop.aws.border import border
from nolcat_desktop.aws.setup_looking import looked, owned
from nolcat_desktop.aws.setup_wishes import TAG, Chapter, Look, PipelineFiles, SetupClients, State, Wishes
from nolcat_desktop.aws.state_machine import definition_of

_ABSENT = frozenset({"StateMachineDoesNotExist"})


@dataclass(frozen=True, slots=True)
class StateMachine:
    """The machine."""

    clients: SetupClients
    wishes: Wishes
    files: PipelineFiles
    chapter: Chapter = Chapter.MACHINE
    kind: str = "state machine"

    @property
    def name(self) -> str:
        """Its name."""
        return self.wishes.machine

    def look(self) -> Look:
        """Whether it is there with this definition and role."""
        return looked(self._look, _ABSENT)

    def _look(self) -> Look:
        arn = self.wishes.machine_arn
        with border("looking at the state machine"):
            found = self.clients.sfn.describe_state_machine(stateMachineArn=arn)
            tags = self.clients.sfn.list_tags_for_resource(resourceArn=arn)["tags"]
        if found.get("type", "STANDARD") != "STANDARD":
            return Look(State.FOREIGN, arn, "it is of the type EXPRESS")
        wanted = json.loads(self.files.filled(self.wishes))
        differs = [] if definition_of(found["definition"]) == wanted else ["definition"]
        differs += [] if found["roleArn"] == self.wishes.machine_role_arn else ["role"]
        return owned(tags, self.wishes.name, arn, " and ".join(differs))

    def put(self, found: Look) -> str:
        """Make it, or give it the definition and role of now; runs that go on keep the old one."""
        definition, role = self.files.filled(self.wishes), self.wishes.machine_role_arn
        with border("making the state machine"):
            if found.state is State.MISSING:
                tags = [{"key": TAG, "value": self.wishes.name}]
                made = self.clients.sfn.create_state_machine(
                    name=self.name, definition=definition, roleArn=role, type="STANDARD", tags=tags
                )
                return str(made["stateMachineArn"])
            self.clients.sfn.update_state_machine(stateMachineArn=found.arn, definition=definition, roleArn=role)
        return found.arn

    def remove(self) -> bool:
        """Remove it, if it is ours; its runs are forgotten with it."""
        if self.look().state not in (State.SAME, State.DIFFERS):
            return False
        with border("removing the state machine"):
            self.clients.sfn.delete_state_machine(stateMachineArn=self.wishes.machine_arn)
        return True
