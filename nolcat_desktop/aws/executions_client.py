"""What is asked of boto3's client of Step Functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

Answer = Mapping[str, Any]


class StepFunctions(Protocol):
    """The calls that runs need; keywords and answers as in AWS's API reference."""

    def describe_state_machine(self, **asked: object) -> Answer:
        """Type, definition and role of a machine."""

    def start_execution(self, **asked: object) -> Answer:
        """Start."""

    def describe_execution(self, **asked: object) -> Answer:
        """How a run stands."""

    def list_executions(self, **asked: object) -> Answer:
        """Runs, the newest first."""

    def get_execution_history(self, **asked: object) -> Answer:
        """Events of a run."""

    def stop_execution(self, **asked: object) -> Answer:
        """Stop."""

    def redrive_execution(self, **asked: object) -> Answer:
        """Go on with the unsuccessful step."""
