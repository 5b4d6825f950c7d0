"""Glue's interpreter, started once: `python glue_forge.py`, told by lines on stdin which script to run, in a fork each.

A run is a process of its own, as in Glue; only the seconds are saved that Python, boto3 and pyarrow take to begin.
This file is read by Python 3.9. It needs `os.fork`; where there is none every run starts an interpreter.

    {"id": 1, "argv": ["script.py", …], "env": {…}, "cwd": "…", "out": "file"}   ->   {"id": 1, "pid": 4711}
                                                                                 ->   {"id": 1, "code": 0}
"""

from __future__ import annotations

import json
import os
import runpy
import select
import sys
import traceback
from typing import Any

_LOOK = 0.01
"""Seconds between two looks for runs that have ended."""


def _warm() -> None:
    """Import what every run imports, and read what boto3 reads from its own files; nothing is connected."""
    import boto3
    import pyarrow.dataset
    import pyarrow.parquet  # noqa: F401

    boto3.setup_default_session()
    loader = boto3._get_default_session()._session.get_component("data_loader")
    for service in ("s3", "glue"):
        loader.load_service_model(service, "service-2")
        loader.load_service_model(service, "endpoint-rule-set-1")
    for name in ("endpoints", "partitions", "sdk-default-configuration", "_retry"):
        loader.load_data(name)


def _become(told: dict[str, Any]) -> int:
    """In the fork: be that script, to its exit code."""
    out = os.open(told["out"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for at, file in ((0, nothing), (1, out), (2, out)):
        os.dup2(file, at)
    os.chdir(told["cwd"])
    os.environ.clear()
    os.environ.update(told["env"])
    sys.argv = list(told["argv"])
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
    code = 0
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter ends
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _tell(**told: int) -> None:
    os.write(1, (json.dumps(told) + "\n").encode())


def serve() -> None:
    """Until stdin is closed; runs that go on then end with it."""
    _warm()
    running: dict[int, int] = {}
    rest = b""
    while True:
        ready, _, _ = select.select([0], [], [], _LOOK if running else None)
        if ready:
            more = os.read(0, 1 << 16)
            if not more:
                return
            *lines, rest = (rest + more).split(b"\n")
            for line in lines:
                told = json.loads(line)
                child = os.fork()
                if not child:
                    os._exit(_become(told))
                running[child] = told["id"]
                _tell(id=told["id"], pid=child)
        while running:
            ended, status = os.waitpid(-1, os.WNOHANG)
            if not ended:
                break
            code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
            _tell(id=running.pop(ended), code=code)


if __name__ == "__main__":
    serve()
