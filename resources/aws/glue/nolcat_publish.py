"""The script of both Glue jobs: publish what a manifest names, whole or not at all. See README.md one folder up.

It holds nothing but the fetching of its modules, which lie beside it in `--code_location`: Python shell takes further
modules only as wheels and Spark only as .py or .zip, and so one form of delivery serves both.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path

import boto3  # noqa: TID251 - this program runs in AWS, it is no part of the package

MODULES = (
    "nolcat_order", "nolcat_objects", "nolcat_units", "nolcat_parts", "nolcat_writing", "nolcat_catalog",
    "nolcat_standing", "nolcat_arrived", "nolcat_tidying", "nolcat_words", "nolcat_engines", "nolcat_run",
)  # fmt: skip


def fetch(location: str, folder: Path) -> list[str]:
    """Bring the modules from `location` (`s3://bucket/folder/`) into `folder`; their paths."""
    bucket, _, prefix = location[len("s3://") :].partition("/")
    client = boto3.client("s3")
    for name in MODULES:
        client.download_file(bucket, f"{prefix}{name}.py", str(folder / f"{name}.py"))
    return [str(folder / f"{name}.py") for name in MODULES]


def main(words: list[str]) -> int:
    """Fetch the modules and go; 0 when all is well."""
    location = words[words.index("--code_location") + 1]
    with tempfile.TemporaryDirectory() as folder:
        files = fetch(location, Path(folder))
        sys.path.insert(0, folder)
        return int(importlib.import_module("nolcat_run").main(words, files))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
