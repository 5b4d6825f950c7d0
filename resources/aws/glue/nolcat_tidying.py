"""Datasets that nobody is shown any more: those before the one before, and what runs left that were stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from nolcat_order import Client, Order

AGE = timedelta(days=2)
"""Younger ones are left alone: another run may be writing them, a query may be reading them."""


def tidy(s3: Client, order: Order, keep: Sequence[str]) -> list[str]:
    """Remove the datasets of this table but those at `keep` (`s3://…/`), if they are old enough; their folders."""
    found: dict[str, list[str]] = {}
    youngest: dict[str, datetime] = {}
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=order.store_bucket, Prefix=f"{order.prefix}/curated/")
    for page in pages:
        for one in page.get("Contents", ()):
            folder = "/".join(one["Key"][len(order.prefix) + 1 :].split("/")[:2])
            found.setdefault(folder, []).append(one["Key"])
            youngest[folder] = max(youngest.get(folder, one["LastModified"]), one["LastModified"])
    now = datetime.now(timezone.utc)  # noqa: UP017 - Python 3.9
    removed = []
    for folder, keys in found.items():
        location = f"s3://{order.store_bucket}/{order.prefix}/{folder}/"
        if location in keep or now - youngest[folder] < AGE:
            continue
        for start in range(0, len(keys), 1000):
            listed = [{"Key": key} for key in keys[start : start + 1000]]
            s3.delete_objects(Bucket=order.store_bucket, Delete={"Objects": listed, "Quiet": True})
        removed.append(folder)
    return removed
