"""`nolcat sync`: one line for each key, and a last one for the complete set (design 3.3)."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from nolcat_desktop.cli.cloud_options import account_of, code_of
from nolcat_desktop.cli.opening import existing_library, open_library
from nolcat_desktop.cli.output import Output
from nolcat_desktop.credentials import KeyringStore, Secrets
from nolcat_desktop.dataset import Library
from nolcat_desktop.objects import Manifest
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress
from nolcat_desktop.sync.leftovers import clean_up, leftovers
from nolcat_desktop.sync.plan import Action, Item
from nolcat_desktop.sync.telling import size_text
from nolcat_desktop.workflow.fetching import fetch_library, keep_theirs, send_ours
from nolcat_desktop.workflow.sending import Sent, View, Wanted, look, send_library
from nolcat_desktop.workflow.sending_place import Opened, opened_place
from nolcat_desktop.workflow.signing_in import open_clients

STOPPED = 130
_SIGNS = {Action.UPLOAD: "↑", Action.SAME: "=", Action.CONFLICT: "△", Action.ONLY_THERE: "·"}


def run_sync(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Plan, and send or fetch."""
    library = open_library(given) if given.fetch else existing_library(given)
    account = account_of(given)
    if given.limit is not None:
        account = replace(account, bandwidth=given.limit)
    clients = open_clients(account, Secrets(KeyringStore()), code_of(given), progress=progress)
    with opened_place(library, clients, progress, keep=not given.dry_run) as place:
        _say_who(place, output, clients.is_elsewhere)
        if given.clean_up:
            return _clean_up(place, output)
        if given.fetch:
            return _fetch(library, place, output)
        wanted = Wanted(given.with_originals or account.with_originals, given.our_names, confirm=place.confirm)
        if given.dry_run:
            return _show(look(library, place.means, wanted), place, output)
        if given.keep_theirs:
            keep_theirs(library, place.means, given.keep_theirs)
        return _send(library, place, replace(wanted, ours=send_ours(place.means, given.send_ours)), output)


def _say_who(place: Opened, output: Output, elsewhere: bool) -> None:
    if elsewhere:
        output.say("This is not AWS itself: who is signed in there is not asked.")
    else:
        output.say(f"Signed in: {place.who()}.")


def _show(view: View, place: Opened, output: Output) -> int:
    """What would be done; 1 if there are conflicts."""
    plan = view.plan
    nothing_to_do = not plan.of(Action.UPLOAD) and not plan.of(Action.CONFLICT)
    _print(plan.items, frozenset(), output)
    _last(view.manifest if nothing_to_do else None, plan.items, nothing_to_do, place, output)
    output.say(f"{_summary(plan.items)} Nothing was sent: this was a dry run.")
    _say_versions(plan.versions, output)
    return int(bool(plan.of(Action.CONFLICT)))


def _send(library: Library, place: Opened, wanted: Wanted, output: Output) -> int:
    state: list[Sent] = []
    try:
        sent = send_library(library, place.means, wanted, state.append)
    except (NolcatError, Cancelled) as error:
        if not state:
            raise
        _print_sent(state[-1], None, place, output)
        there = sum(map(state[-1].was_sent, state[-1].outcomes))
        wanted_there = len(state[-1].view.plan.of(Action.UPLOAD))
        output.say(
            f"{there} of {wanted_there} files are there; nothing is half there. The next sync goes on from here."
        )
        if isinstance(error, NolcatError):
            raise
        output.say("Stopped.")
        return STOPPED
    _print_sent(sent, sent.manifest if sent.complete else None, place, output)
    output.say(_summary(sent.items, "sent" if sent.complete or sent.outcomes else "to send"))
    _say_versions(sent.view.plan.versions, output)
    _say_leftovers(place, output)
    if sent.problem is not None:
        output.problem(sent.problem)
    return int(not sent.complete)


def _print_sent(sent: Sent, manifest: Manifest | None, place: Opened, output: Output) -> None:
    _print(sent.items, {key for key in sent.outcomes if sent.was_sent(key)}, output)
    _last(manifest, sent.items, sent.complete, place, output)


def _print(items: Iterable[Item], sent: Iterable[str], output: Output) -> None:
    arrived = frozenset(sent)
    for item in items:
        was_sent = item.key in arrived
        fields = {
            "key": item.key,
            "action": item.action,
            "reason": item.reason,
            "bytes": item.bytes,
            "sha256": item.sha256,
            "sent": was_sent,
        }
        if output.as_json or item.action is not Action.SAME:
            sign = "✓" if was_sent else _SIGNS[item.action]
            output.line(fields, f"{sign} {item.key}  {size_text(item.bytes)}  {item.reason}")


def _last(manifest: Manifest | None, items: Iterable[Item], complete: bool, place: Opened, output: Output) -> None:
    """The set that lies there complete; without one, what the plan names."""
    keys = len(manifest.objects) if manifest else sum(1 for _ in items)
    size = sum(one.bytes for one in (manifest.objects if manifest else items))
    name = None if manifest is None else manifest.key(place.means.store.location)
    said = f"Complete set {name}: {keys} files, {size_text(size)}." if manifest else "No complete set was written."
    output.line({"manifest": name, "keys": keys, "bytes": size, "complete": complete}, said)


def _summary(items: Iterable[Item], done: str = "to send") -> str:
    listed = list(items)
    count = {action: sum(item.action is action for item in listed) for action in Action}
    size = size_text(sum(item.bytes for item in listed if item.action is Action.UPLOAD))
    return (
        f"{count[Action.UPLOAD]} {done} ({size}), {count[Action.SAME]} the same, "
        f"{count[Action.CONFLICT]} in conflict, {count[Action.ONLY_THERE]} only there."
    )


def _say_versions(versions: bool | None, output: Output) -> None:
    if versions is False:
        output.say(
            "This bucket keeps no earlier versions: with each send, the complete sets before it can be read no more."
        )
    elif versions is None:
        output.say("Whether this bucket keeps earlier versions may not be asked (s3:GetBucketVersioning).")


def _say_leftovers(place: Opened, output: Output) -> None:
    try:
        found = leftovers(place.means)
    except NolcatError:
        return
    if found:
        what = "1 unfinished sending of another lies" if len(found) == 1 else f"{len(found)} unfinished sendings lie"
        output.say(f"{what} there; --clean-up lists them and ends those older than a day.")


def _clean_up(place: Opened, output: Output) -> int:
    place.confirm()
    found = leftovers(place.means)
    ended = clean_up(place.means, found, datetime.now(UTC))
    for one in found:
        is_ended = one in ended
        fields = {"key": one.key, "upload": one.upload, "begun": one.begun, "ended": is_ended}
        kept = "ended" if is_ended else "left, because it is younger than a day: somebody may be at it"
        output.line(fields, f"{one.key}  begun {one.begun}, {kept}")
    output.say(f"{len(ended)} of {len(found)} unfinished sendings were ended.")
    return 0


def _fetch(library: Library, place: Opened, output: Output) -> int:
    fetched = fetch_library(library, place.means)
    for entry in fetched.entries:
        fields = {"key": entry.key, "action": "fetch", "reason": "in the complete set", "bytes": entry.bytes}
        output.line({**fields, "sha256": entry.sha256, "sent": False}, f"↓ {entry.key}  {size_text(entry.bytes)}")
    _last(fetched.manifest, (), True, place, output)
    if fetched.originals_elsewhere:
        output.say("The original reports were not sent with this library; they are where it was made.")
    for fault in fetched.faults:
        output.say(f"{fault.path}: {fault.problem.title}. {fault.problem.meaning}")
    output.say("Checked: everything is as it was stored." if not fetched.faults else "The library is not sound.")
    return int(bool(fetched.faults))
