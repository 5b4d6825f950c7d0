"""A program that is ended by force while it starts a run: `PORT MACHINE FOLDER before|after`."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nolcat_desktop.aws.state_machine_input import Sent
from nolcat_desktop.workflow.running import Pipeline, start
from nolcat_desktop.workflow.running_log import RunLog
from tests.servers.aws_stand_in import Aws

SENT = Sent("bucket", "nolcat", "riverside", "nolcat/manifests/9f3c21ab77e0.json", "9f3c21ab77e0" + "5" * 52)


class Dying:
    """A client whose call to start is the last thing that happens."""

    def __init__(self, client: Any, when: str) -> None:
        self._client, self._when = client, when

    def start_execution(self, **asked: Any) -> Any:
        if self._when == "after":
            self._client.start_execution(**asked)
        os.kill(os.getpid(), signal.SIGKILL)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


def main(port: str, machine: str, folder: str, when: str) -> None:
    client: Any = Dying(Aws(int(port), Path(folder)).client("stepfunctions"), when)
    start(Pipeline(client, machine, RunLog(Path(folder)), lambda: datetime.now(UTC), "Ana"), SENT)


if __name__ == "__main__":
    main(*sys.argv[1:])
