"""How the set of this run stands to the one that is published: newer, the same, or overtaken.

Each manifest names the one that it follows, so the sets of a library are a chain.
"""

from __future__ import annotations

import json

from nolcat_catalog import Table
from nolcat_objects import Manifest, read
from nolcat_order import Client, Order, Problem, RefusedError

NEWER, SAME, OLDER = "newer", "same", "older"
LONGEST = 2000
"""Links of a chain that are looked at."""


def standing(s3: Client, order: Order, manifest: Manifest, table: Table) -> str:
    """How `manifest` stands to what `table` shows.

    Raises:
        RefusedError: If neither follows the other: two workstations sent different sets.
    """
    if not table.manifest:
        return NEWER
    if table.manifest == manifest.name:
        return SAME
    ours = _chain(s3, order, manifest.previous, until=table.manifest)
    if table.manifest in ours:
        return NEWER
    theirs = _chain(s3, order, table.manifest, until=manifest.name)
    if manifest.name in theirs:
        return OLDER
    # No common end, or a fork: the longer chain is the newer set (the contract of the manifest).
    if len(ours) + 1 != len(theirs):
        return NEWER if len(ours) + 1 > len(theirs) else OLDER
    raise RefusedError(
        Problem(
            "NoLCAT.TwoSets",
            "Two different sets were sent at the same time",
            f"Manifest {manifest.name} and the published one, {table.manifest}, do not follow each other. Publishing"
            " this one would silently take the other one's numbers away.",
            "Open the library in NoLCAT Desktop, bring it up to date with the cloud, and send again.",
        )
    )


def follower(s3: Client, order: Order, name: str) -> str | None:
    """The name of a manifest that follows `name`, if one was sent already."""
    folder = order.key.rpartition("/")[0]
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=order.bucket, Prefix=f"{folder}/")
    found = sorted(
        ((one["LastModified"], one["Key"]) for page in pages for one in page.get("Contents", ())), reverse=True
    )
    for _, key in found[:LONGEST]:
        if key == order.key:
            return None
        if _previous(s3, order, key) == name:
            return str(key).rpartition("/")[2].partition(".")[0]
    return None


def _chain(s3: Client, order: Order, name: str | None, until: str) -> list[str]:
    """`name`, the one it follows, and so on, to `until` or to the end."""
    found: list[str] = []
    folder = order.key.rpartition("/")[0]
    while name and len(found) < LONGEST:
        found.append(name)
        if name == until:
            break
        name = _previous(s3, order, f"{folder}/{name}.json")
    return found


def _previous(s3: Client, order: Order, key: str) -> str | None:
    text = read(s3, order.bucket, key)
    try:
        told = json.loads(text)["previous"] if text else None
    except (ValueError, KeyError, TypeError):
        return None
    return str(told) if told else None
