"""What the Cloud place says: sizes, times, states, and why a file would be sent."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from nolcat_desktop.accounts import Account, SignIn
from nolcat_desktop.gui.words import day_and_time, number
from nolcat_desktop.sync.plan import Action, Change, Item

if TYPE_CHECKING:
    from nolcat_desktop.aws.setup_audience import Audience
    from nolcat_desktop.workflow.sending import View

_MINUTE, _HOUR, _MEGABYTE = 60, 3600, 1_000_000


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("cloud", text)


def size(count: int) -> str:
    """`48.2 MB`, in steps of a thousand as the operating systems show it."""
    digits = 0 if count < _MEGABYTE else 1
    text = QLocale().formattedDataSize(count, digits, QLocale.DataSizeFormat.DataSizeSIFormat)
    return text.replace("kB", "KB")


def duration(seconds: float) -> str:
    """`12 s`, `3 min 10 s`, `1 h 5 min`."""
    whole = round(max(0.0, seconds))
    if whole < _MINUTE:
        return tr("{n} s").format(n=whole)
    if whole < _HOUR:
        return tr("{m} min {s} s").format(m=whole // _MINUTE, s=whole % _MINUTE)
    return tr("{h} h {m} min").format(h=whole // _HOUR, m=whole % _HOUR // _MINUTE)


def about(seconds: float) -> str:
    """A time that is known roughly: `about 20 s`, `about 4 min`."""
    if seconds < 1.5 * _MINUTE:
        return tr("about {n} s").format(n=max(5, round(seconds / 10) * 10))
    return tr("about {n} min").format(n=round(seconds / _MINUTE))


def usual(seconds: tuple[float, float] | None) -> str:
    """`usually 4–6 min`; empty while nothing is usual yet."""
    if seconds is None:
        return ""
    first, last = (max(1, round(one / _MINUTE)) for one in seconds)
    if first == last:
        return tr("usually {n} min").format(n=first)
    return tr("usually {first}–{last} min").format(first=first, last=last)


def clock(when: datetime, today: date) -> str:
    """`10:44` of today, else the day and, of yesterday, the time."""
    local = when.astimezone()
    if local.date() == today:
        return f"{local:%H:%M}"
    return day_and_time(local, today)


def place_of(account: Account) -> str:
    """`s3://riverside-usage/nolcat/`."""
    return f"s3://{account.bucket}/{account.location.prefix}".rstrip("/") + "/"


def way_of(account: Account) -> str:
    """How one signs in: `profile riverside-lib`."""
    match account.sign_in:
        case SignIn.PROFILE:
            way = tr("profile {name}").format(name=account.profile or "default")
        case SignIn.IDENTITY_CENTER:
            way = tr("sign-in of the institution")
        case SignIn.ACCESS_KEY:
            way = tr("access key")
        case _:
            way = tr("as this computer is set up for AWS")
    return tr("{way}, with a code").format(way=way) if account.mfa_serial else way


def fate_of(item: Item) -> tuple[str, str, str]:
    """What will be done with a file: word, icon, role of its colour."""
    match item.action, item.change:
        case Action.UPLOAD, Change.NEW:
            return tr("Send"), "arrow-up", "ok"
        case Action.UPLOAD, Change.OURS:
            return tr("Replace theirs"), "replace", "check"
        case Action.UPLOAD, _:
            return tr("Send again"), "refresh", "info"
        case Action.CONFLICT, _:
            return tr("Conflict"), "alert-triangle", "serious"
        case Action.ONLY_THERE, _:
            return tr("Only there"), "cloud", "muted"
        case _:
            return tr("The same"), "equal", "muted"


def why(item: Item, today: date) -> str:
    """Why: what the file holds, and how here and there differ."""
    what = item.local.about if item.local is not None else ""
    match item.change:
        case Change.NEW:
            said = tr("new")
        case Change.HERE:
            said = tr("changed here")
        case Change.OURS:
            said = tr("ours replaces the version there")
        case Change.LOST:
            said = tr("was sent before and is gone there")
        case Change.SAME:
            return tr("There as it is here")
        case Change.THERE:
            return tr("Changed there{by}").format(by=by(item, today))
        case Change.BOTH:
            return tr("Changed here and there{by}").format(by=by(item, today))
        case Change.UNRELATED:
            return tr("Another file of this name is there{by}").format(by=by(item, today))
        case _:
            return item.reason[:1].upper() + item.reason[1:]
    return f"{what}, {said}" if what else said[:1].upper() + said[1:]


def by(item: Item, today: date) -> str:
    """` by M. Ortiz, 9:12`; empty where it is not known."""
    remote = item.remote
    if remote is None:
        return ""
    who = tr(" by {who}").format(who=remote.writer) if remote.writer else ""
    when = moment(remote.modified)
    return f"{who}, {day_and_time(when, today)}" if when is not None else who


def moment(text: str) -> datetime | None:
    """A time of the service (ISO 8601, UTC) in this computer's zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone()


def plan_summary(view: View, speed: float) -> str:
    """`12 new · 2 changed here · 1 conflict · 311 the same · 48.2 MB, about 1 min`.

    Args:
        view: What would be sent.
        speed: Bytes a second of the last send; 0 while there was none.
    """
    items = view.plan.items
    new = sum(one.action is Action.UPLOAD and one.change is Change.NEW for one in items)
    changed = sum(one.action is Action.UPLOAD for one in items) - new
    conflicts = len(view.plan.of(Action.CONFLICT))
    parts = [
        tr("{n} new").format(n=number(new)) if new else "",
        tr("{n} changed here").format(n=number(changed)) if changed else "",
        (tr("1 conflict") if conflicts == 1 else tr("{n} conflicts").format(n=number(conflicts))) if conflicts else "",
        tr("{n} the same").format(n=number(len(view.plan.of(Action.SAME)))) if view.plan.of(Action.SAME) else "",
    ]
    whole = view.plan.bytes_to_send
    time = f", {about(whole / speed)}" if speed and whole / speed >= 1 else ""
    return " · ".join([part for part in parts if part] + ([f"{size(whole)}{time}"] if whole else []))


def by_whom(who: str) -> str:
    """` by you`, ` by ana`; empty where it is not known."""
    try:
        own = getpass.getuser()
    except (OSError, KeyError, ImportError):
        own = ""
    if not who:
        return ""
    return tr(" by you") if who == own else tr(" by {who}").format(who=who)


def ended_well(outcome: str) -> str:
    """What a run that went well has done, by what our pipeline says of it."""
    match outcome:
        case "unchanged":
            return tr("The run is done: nothing was new; what is shared is this set already.")
        case "superseded":
            return tr("A newer send has overtaken this run. Nothing is lost: the newer one names your files too.")
        case "published":
            return tr("The run is done: the shared tables show what you sent.")
        case _:
            return tr("The run is done.")


def told_by_email(told: Audience | None) -> str:
    """`Telling 3 people by e-mail, 1 has not confirmed yet`; empty where it is not known."""
    if told is None:
        return ""
    whole, late = len(told.confirmed) + len(told.waiting), len(told.waiting)
    if not whole:
        return tr("Telling nobody by e-mail: no address is subscribed")
    people = tr("1 person") if whole == 1 else tr("{n} people").format(n=number(whole))
    said = tr("Telling {people} by e-mail").format(people=people)
    if not late:
        return said
    more = tr("1 has not confirmed yet") if late == 1 else tr("{n} have not confirmed yet").format(n=number(late))
    return f"{said}, {more}"


def unconfirmed(told: Audience | None) -> str:
    """Who has not confirmed, and what to do; empty where everybody has."""
    if told is None or not told.waiting:
        return ""
    said = tr(
        "{who}: not confirmed yet, so nothing is sent there. AWS has sent an e-mail, whose link is valid for two days; "
        "“Set up…” has it sent once more."
    )
    return said.format(who=", ".join(told.waiting))


def files(count: int) -> str:
    """`1 file`, `312 files`."""
    return tr("1 file") if count == 1 else tr("{n} files").format(n=number(count))
