"""What Cloud says when there is no plan to show: not set up, the sample, not looked yet, under way."""

from __future__ import annotations

from nolcat_desktop.gui.cloud_state import Doing
from nolcat_desktop.gui.cloud_words import place_of, tr
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.cloud_face import CloudFace


def say_nothing(page: CloudFace) -> None:
    """Say why there is nothing, and offer what comes next. What is said already is not said again."""
    text, choices = _words(page)
    if text != page.nothing.label.text() or len(choices) != len(page.nothing.buttons):
        page.nothing.say(text, choices)


def _words(page: CloudFace) -> tuple[str, list[Choice]]:
    desk, account = page.desk, page.desk.account
    if page.is_sample or page.context.library is None:
        sample = tr(
            "The sample library is never sent: its numbers are made up, and in a shared bucket they would be taken for "
            "real. Open your own library to send it."
        )
        return sample if page.is_sample else tr("No library is open."), []
    if not desk.accounts:
        text = tr(
            "The program works fully without the cloud. If your library has an S3 bucket, the reports can be sent "
            "there."
        )
        set_up = Choice(tr("Set up…"), lambda: page.do("set_up"))
        return text, [set_up, Choice(tr("What is this?"), lambda: page.do("explain"))]
    if account is None or desk.trouble is not None:
        return "", []
    if desk.is_busy:
        signing = desk.doing is Doing.SIGNING_IN
        text = tr("Signing in to “{name}”…") if signing else tr("Looking what would be sent to {place}…")
        return text.format(name=account.name, place=place_of(account)), []
    text = tr("The library can be sent to {place}, account “{name}”. Nobody was asked yet.")
    look = Choice(tr("See what would be sent"), page.wake)
    return text.format(place=place_of(account), name=account.name), [look]
