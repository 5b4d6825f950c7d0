"""The page “Cloud accounts” of the settings, and a list of accounts that is damaged."""

from __future__ import annotations

import json

import pytest
from PySide6.QtGui import QGuiApplication

from nolcat_desktop.accounts import SignIn, accounts_file, load_accounts
from nolcat_desktop.credentials import Secrets
from nolcat_desktop.gui.cloud_settings import CloudAccountsPage
from nolcat_desktop.workflow.signing_in import keep_key
from tests.gui.cloud_stage import Memory, Stage
from tests.servers.seaweed import ADMIN

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # botocore leaves connections open


def test_that_the_permissions_can_be_copied_and_removing_takes_the_secrets_along(stage: Stage) -> None:
    stage.store = Memory()
    account = stage.account("riverside-usage", sign_in=SignIn.ACCESS_KEY, profile="")
    keep_key(account, ADMIN.key_id, ADMIN.secret, Secrets(stage.store))
    place = stage.open(None)
    page = CloudAccountsPage(place.context)
    stage.qtbot.addWidget(page)
    stage.settle(place)
    page.permissions.click()
    stage.settle(place)
    policy = json.loads(QGuiApplication.clipboard().text())
    allowed = {action for one in policy["Statement"] for action in one["Action"]}
    assert {"s3:PutObject", "s3:GetObject"} <= allowed
    assert "s3:DeleteObject" not in allowed
    assert "arn:aws:s3:::riverside-usage/nolcat/*" in {one["Resource"] for one in policy["Statement"]}
    place.edit(account)
    assert not place.form.forget.isHidden()
    place.form.forget.click()
    assert place.form.card.card is not None
    place.form.card.card.buttons[1].click()
    assert load_accounts(accounts_file()) == (account,)
    page.remove.click()
    assert page._card.card is not None
    page._card.card.buttons[0].click()
    stage.settle(place)
    assert stage.store.entries == {}
    assert load_accounts(accounts_file()) == ()


def test_that_an_account_is_forgotten_from_its_form_with_its_secrets(stage: Stage) -> None:
    stage.store = Memory()
    account = stage.account("riverside-usage", sign_in=SignIn.ACCESS_KEY, profile="")
    keep_key(account, ADMIN.key_id, ADMIN.secret, Secrets(stage.store))
    place = stage.open(None)
    place.edit(account)
    place.form.forget.click()
    assert place.form.card.card is not None
    place.form.card.card.buttons[0].click()
    stage.settle(place)
    assert (stage.store.entries, load_accounts(accounts_file())) == ({}, ())
    assert place.desk.account is None


def test_that_a_damaged_list_of_accounts_is_told_in_the_place_and_kept_aside(stage: Stage) -> None:
    file = accounts_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[{]")
    page = stage.open(stage.library(("TR", 7)))
    assert page.cards.card is not None
    assert "The list of accounts is damaged" in page.cards.card.text()
    (aside,) = (one for one in file.parent.iterdir() if "-damaged-" in one.name)
    assert aside.name in page.cards.card.text()
    assert aside.read_text() == "[{]"
