"""The Cloud place when something stands in the way for real: a locked store, TLS that is looked into, a wrong clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

import botocore.auth
import pytest
from PySide6.QtWidgets import QFileDialog

from nolcat_desktop.accounts import SignIn, accounts_file, load_accounts
from nolcat_desktop.aws import check_way
from nolcat_desktop.credentials import KeyringStore, Secrets
from nolcat_desktop.gui.cloud_desk import desk_of
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.pages.cloud_page import CloudPage
from nolcat_desktop.workflow.signing_in import keep_key
from tests.gui.cloud_stage import Stage
from tests.gui.frame_builders import Answers, LibraryPane, settled
from tests.servers.fault_proxy import tcp_proxy
from tests.servers.keyring import desktop, missing_programs
from tests.servers.seaweed import ADMIN
from tests.servers.secure import AUTHORITY, secured

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # botocore leaves connections open


BEHIND = timedelta(minutes=20)


class Behind(datetime):
    """A clock that is wrong."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) - BEHIND


def card_of(page: CloudPage) -> MessageCard:
    assert page.cards.card is not None
    return page.cards.card


def press(page: CloudPage, words: str) -> None:
    """The button of the card that says `words`."""
    (button,) = (one for one in card_of(page).buttons if one.text() == words)
    button.click()


def test_that_a_locked_store_is_told_and_trying_again_goes_on_once_it_is_unlocked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    if missing := missing_programs():
        pytest.skip(f"not installed here: {', '.join(missing)}")
    with desktop() as place:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", place.address)
        account = stage.account(stage.s3.new_bucket(), sign_in=SignIn.ACCESS_KEY, profile="", expected_account="")
        keep_key(account, ADMIN.key_id, ADMIN.secret, Secrets(KeyringStore()))
        place.lock()
        page = stage.open(stage.library(("TR", 7)))
        stage.planned(page)
        assert "“riverside”" in card_of(page).text()
        assert [one.text() for one in card_of(page).buttons] == ["Try again", "Use the key for this run only…"]
        first = card_of(page)
        press(page, "Try again")
        stage.until(lambda: page.cards.card not in {None, first})
        assert page.desk.trouble is not None
        assert page.desk.trouble.cause == "store locked"
        place.kill_store()
        place.start_store()
        press(page, "Try again")
        stage.planned(page)
        stage.until(lambda: page.desk.view)
        assert page.desk.trouble is None
        assert page.uploads == 2


def test_that_a_network_that_looks_into_connections_goes_on_with_its_certificate_file(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with secured(stage.folder, stage.s3.port) as secure:
        stage.account(stage.s3.new_bucket(), endpoint_url=secure.url, expected_account="")
        page = stage.open(stage.library(("TR", 7)))
        stage.planned(page)
        assert f"127.0.0.1, certificate by “{AUTHORITY}”" in card_of(page).text()
        assert "the check is never switched off" in card_of(page).text()
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(secure.ca_file), ""))
        press(page, "Choose the certificate file…")
        stage.until(lambda: page.desk.view)
        (kept,) = load_accounts(accounts_file())
        assert kept.ca_file == str(secure.ca_file)
        assert page.uploads == 2
        page.buttons.start.trigger()
        stage.until(lambda: page.desk.last)


def test_that_a_wrong_clock_is_told_and_trying_again_goes_on_once_it_is_right(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.account(stage.s3.new_bucket(), endpoint_url=stage.s3.url, expected_account="")
    with monkeypatch.context() as wrong:
        now = botocore.auth.get_current_datetime
        wrong.setattr(botocore.auth, "get_current_datetime", lambda: now() - BEHIND)
        wrong.setattr(check_way, "datetime", Behind)
        page = stage.open(stage.library(("TR", 7)))
        stage.planned(page)
        assert "This computer's clock is wrong\n20 min behind. Nothing was sent" in card_of(page).text()
    press(page, "Try again")
    stage.planned(page)
    assert page.uploads == 2


def test_that_a_lost_connection_is_waited_for_and_sending_goes_on_when_it_is_tried_again(stage: Stage) -> None:
    with tcp_proxy(stage.s3.port) as proxy:
        stage.account(stage.s3.new_bucket(), endpoint_url=proxy.url, expected_account="", bandwidth=8000)
        page = stage.open(stage.library(("TR", 7), ("PR", 7)))
        stage.planned(page)
        page.buttons.start.trigger()
        stage.until(lambda: page.desk.sendings.tally and page.desk.sendings.tally.bytes_done)
        proxy.harm("reset")
        stage.until(lambda: page.cards.card)
        assert [one.text() for one in card_of(page).buttons] == ["Try now", "Stop"]
        assert "of 3\nNothing is half there; it goes on by itself when the network is back." in card_of(page).text()
        proxy.heal()
        press(page, "Try now")
        stage.until(lambda: page.desk.last)
        assert page.cards.card is None


def test_that_a_library_is_fetched_from_the_menu_into_a_new_folder_and_is_sound(
    stage: Stage, make_window: Callable[..., MainWindow]
) -> None:
    stage.account(stage.s3.new_bucket())
    sent = stage.library(("TR", 7), ("PR", 7))
    page = stage.open(sent)
    stage.planned(page)
    page.buttons.start.trigger()
    stage.until(lambda: page.desk.last)
    window = make_window(places=(LibraryPane, CloudPage))
    fetch = window.actions_table["cloud_fetch"]
    fetch.trigger()  # nobody is signed in yet: the place signs in first
    desk = desk_of(window.context)
    stage.until(lambda: desk.session)
    settled(stage.qtbot, window.context.runner)
    target = stage.folder / "fetched"
    assert isinstance(window.chooser, Answers)
    window.chooser.chosen_folder = target
    with stage.qtbot.waitSignal(window.door.opened):
        fetch.trigger()
    settled(stage.qtbot, window.context.runner)
    assert window.context.library_folder == target
    assert window.line.notice is not None
    assert window.line.notice.text.startswith("3 files were fetched and checked: everything is as it was stored.")
    fetched = window.context.library
    assert fetched is not None
    assert list(fetched.verify()) == []
    assert {path: fetched.layout.at(path).read_bytes() for path in sent.layout.parts()} == {
        path: sent.layout.at(path).read_bytes() for path in sent.layout.parts()
    }
