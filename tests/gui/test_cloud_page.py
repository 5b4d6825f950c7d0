"""The Cloud place: as whom, where to, how much; nothing is sent before the button that says it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nolcat_desktop.accounts import accounts_file, load_accounts
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.pages.cloud_face import View
from nolcat_desktop.gui.pages.cloud_page import CloudPage
from nolcat_desktop.gui.pages.cloud_plan_table import PlanTable
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.gui.theme import Theme
from nolcat_desktop.objects import Kind
from nolcat_desktop.sync.plan import Action, Change, Item
from nolcat_desktop.workflow import cloud_session
from nolcat_desktop.workflow.running_log import RunLog
from tests.aws.machines import LONG, OVERTAKEN, TOLD, WELL, new_machine, new_topic, too_small
from tests.gui.cloud_stage import Memory, Stage, now
from tests.servers.seaweed import ADMIN
from tests.servers.sso import sso
from tests.workflow.test_running import Refusing

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # botocore leaves connections open


def rows(model: QAbstractItemModel) -> list[tuple[str, ...]]:
    """What a table says."""
    columns = range(model.columnCount())
    return [tuple(str(model.index(row, at).data()) for at in columns) for row in range(model.rowCount())]


def test_that_the_start_of_the_window_knows_nothing_of_aws() -> None:
    asked = "import nolcat_desktop.gui.app, sys; sys.exit(str([m for m in sys.modules if m in "
    asked += (
        "('boto3','botocore','keyring','truststore')]) if 'botocore' in sys.modules or 'keyring' in sys.modules else 0)"
    )
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr


def test_that_nothing_is_asked_before_it_is_set_up(stage: Stage) -> None:
    page = stage.open(stage.library(("TR", 7)))
    assert page.nothing.label.text().startswith("The program works fully without the cloud.")
    assert page.desk.session is None
    page.nothing.buttons[0].click()
    stage.settle(page)
    titles = [button.text() for button in page.ways.buttons]
    assert titles[:2] == ["Profile “reader”", "Profile “writer”"]
    assert titles[-1] == "An access key, typed in"


def test_that_the_sample_is_never_sent(stage: Stage) -> None:
    library = stage.library(("TR", 7))
    stage.account(stage.s3.new_bucket())
    page = stage.open(library)
    page.context.sample_folder = library.layout.folder
    page.refresh()
    assert "never sent" in page.nothing.label.text()
    assert page.primary() is None


def test_that_a_first_account_signs_in_sends_starts_and_is_kept(stage: Stage) -> None:
    library, bucket = stage.library(("TR", 7), ("PR", 7)), stage.s3.new_bucket()
    page = stage.open(library)
    page.do("set_up")
    stage.settle(page)
    page.ways.buttons[1].click()
    assert page.primary() is page.buttons.enter
    page.buttons.enter.trigger()
    assert page.form.form.fault.text() == "“Bucket” is empty."
    form = page.form.form
    for name, text, said in (
        ("bucket", "s3://x/y", "Bucket: Give the name"),
        ("region", "blah blah", "Region: A region"),
        ("profile", "nobody", "Profile: This computer has no such profile. It has: "),
        ("bandwidth", "a lot", "Send at most: Give a whole number"),
    ):
        before = form.edits[name].text()
        form.edits["bucket"].setText("riverside-usage" if name != "bucket" else text)
        form.edits[name].setText(text)
        page.buttons.enter.trigger()
        assert form.fault.text().startswith(said)
        assert form.edits[name].isVisibleTo(form)
        form.edits[name].setText(before)
    machine = new_machine(stage.aws, WELL)
    for name, text in (("name", "riverside"), ("bucket", bucket), ("prefix", "nolcat"), ("state_machine", machine)):
        page.form.form.edits[name].setText(text)
    page.form.form.path_style.setChecked(True)
    page.buttons.enter.trigger()
    stage.planned(page)
    (kept,) = load_accounts(accounts_file())
    assert (kept.name, kept.expected_account) == ("riverside", "123456789012")
    assert "1234-5678-9012" in page.header.summary_text()
    assert [row[:2] for row in rows(page.overview.plan.table.facts)] == [
        ("Send", "PR/7_PR_NULL.parquet"),
        ("Send", "TR/7_TR_NULL.parquet"),
        ("Send", "statistics_sources.csv"),
    ]
    assert page.primary() is page.buttons.start
    assert page.buttons.start.text() == "Send 3 files and start"
    assert page.badge() == 3
    page.buttons.start.trigger()
    stage.until(lambda: page.runs.seen is not None and page.runs.seen.is_over)
    stage.settle(page)
    assert page.desk.last is not None
    assert page.desk.last.files == 3
    assert {row[0] for row in rows(page.overview.plan.table.facts)} == {"Sent"}
    assert page.badge() == 0
    assert not page.buttons.start.isEnabled()
    steps = page.overview.run.steps.steps
    stage.until(lambda: steps.rowCount() > 1)  # they are drawn a moment after the end is known
    spoken = [str(steps.index(at).data(Qt.ItemDataRole.AccessibleTextRole)) for at in range(2)]
    assert [one.partition(",")[0] for one in spoken] == ["Look", "Load"]


def test_that_signing_in_with_the_institution_shows_the_code_and_can_be_given_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sso() as door:
        for service in ("SSO", "SSO_OIDC"):
            monkeypatch.setenv(f"AWS_ENDPOINT_URL_{service}", door.url)
        door.answers = ["AuthorizationPendingException"] * 500
        stage.account(
            stage.s3.new_bucket(), sign_in="identity-center", profile="", sso_region="us-east-1",
            start_url="https://riverside.awsapps.com/start", sso_account_id="123456789012", sso_role_name="Sender",
        )  # fmt: skip
        page = stage.open(stage.library(("TR", 7)))
        stage.planned(page)
        assert page.view() is View.WAYS
        page.ways.buttons[0].click()
        stage.until(lambda: page.desk.invitation)
        assert page.device.code.text() == "ABCD-EFGH"
        assert "left" in page.device.waiting.text()
        page.device.copy.click()
        assert QGuiApplication.clipboard().text() == "ABCD-EFGH"
        page.device.cancel.click()
        stage.settle(page)
        assert page.desk.session is None
        assert page.desk.trouble is None


def test_that_a_role_asks_for_its_code_in_the_window(stage: Stage) -> None:
    role, device = "arn:aws:iam::123456789012:role/Sender", "arn:aws:iam::123456789012:mfa/ana"
    stage.account(stage.s3.new_bucket(), role_arn=role, mfa_serial=device)
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    page.ways.buttons[0].click()
    stage.until(lambda: page.desk.device)
    assert page.view() is View.CODE
    page.code.edit.setText("12 34 5")
    assert not page.code.go_on.isEnabled()
    page.code.edit.setText("123 456")
    page.code.go_on.click()
    stage.until(lambda: not page.desk.device and not page.desk.is_busy)
    assert page.code.edit.text() == ""


def type_key(stage: Stage, page: CloudPage) -> None:
    """Fill in the last of the ways and sign in."""
    page.do("set_up")
    stage.settle(page)
    page.ways.buttons[-1].click()
    told = {"bucket": stage.s3.new_bucket(), "region": "eu-west-1", "key_id": ADMIN.key_id, "secret": ADMIN.secret}
    for name, text in told.items():
        page.form.form.edits[name].setText(text)
    page.form.form.path_style.setChecked(True)
    page.buttons.enter.trigger()
    stage.planned(page)


def test_that_a_typed_key_goes_to_the_password_store_alone(stage: Stage) -> None:
    stage.store = Memory()
    page = stage.open(stage.library(("TR", 7)))
    type_key(stage, page)
    assert page.desk.session is not None
    assert set(stage.store.entries.values()) == {ADMIN.key_id, ADMIN.secret}
    assert page.form.form.edits["secret"].text() == ""
    assert ADMIN.secret not in accounts_file().read_text(encoding="utf-8")


def test_that_without_a_password_store_the_key_is_for_this_run_only(stage: Stage) -> None:
    page = stage.open(stage.library(("TR", 7)))
    type_key(stage, page)
    assert page.desk.trouble is not None
    assert page.desk.trouble.cause == "no store"
    assert page.cards.card is not None
    assert page.cards.card.buttons[0].text() == "Use the key for this run only…"
    page.cards.card.buttons[0].click()
    stage.planned(page)
    assert page.desk.trouble is None
    assert page.form.form.key() is None
    assert not page.runs.is_following


def test_that_a_wrong_account_is_refused_before_anything_is_looked_at(stage: Stage) -> None:
    stage.account(stage.s3.new_bucket(), expected_account="999988887777")
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    assert page.cards.card is not None
    assert "Wrong account" in page.cards.card.text()
    assert page.cards.card.buttons[0].text() == "Sign in to the other account"
    assert page.desk.view is None


def test_that_a_missing_permission_can_be_copied(stage: Stage) -> None:
    stage.account(stage.s3.new_bucket(), profile="reader")
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    page.buttons.start.trigger()
    stage.until(lambda: page.desk.trouble)
    assert page.cards.card is not None
    assert "0 of 2 files are there" in page.cards.card.text()
    page.cards.card.buttons[0].click()
    assert '"s3:PutObject"' in QGuiApplication.clipboard().text()


def test_that_numbers_of_this_computer_are_matched_before_anything_is_sent(stage: Stage) -> None:
    bucket = stage.s3.new_bucket()
    stage.account(bucket)
    page = stage.open(stage.library(("TR", None)))
    stage.planned(page)
    assert page.desk.trouble is not None
    assert page.desk.trouble.cause == "local ids"
    assert "Contents" not in stage.s3.client().list_objects_v2(Bucket=bucket)
    (name,) = [row.name for row in page.context.library.sources().rows] if page.context.library else [""]
    listed = stage.folder / "nolcat.csv"
    listed.write_text(f"statistics_source_ID,statistics_source_name\n7,{name}\n", encoding="utf-8")
    page.matching.take_in(listed)
    page.deeds.show_matching()
    stage.settle(page)
    assert page.matching.matches() == {1_000_001: 7}
    page.buttons.match.trigger()
    stage.settle(page)
    stage.planned(page)
    assert ("Send", "TR/7_TR_NULL.parquet") in [row[:2] for row in rows(page.overview.plan.table.facts)]


def in_conflict(stage: Stage, **more: object) -> tuple[CloudPage, str]:
    """A library that was sent, and a part of it that somebody changed there since."""
    bucket = stage.s3.new_bucket()
    stage.account(bucket, **more)
    page = stage.open(stage.library(("TR", 7), ("PR", 7)))
    stage.planned(page)
    page.buttons.start.trigger()
    stage.until(lambda: page.desk.last)
    stage.settle(page)
    theirs = stage.library(("TR", 7), ("TR", 8), name="theirs").layout.at("TR/7_TR_NULL.parquet").read_bytes()
    sha256 = hashlib.sha256(theirs).hexdigest()
    told = {"nolcat-sha256": sha256, "sha256": sha256, "nolcat-writer": "M. Ortiz"}
    key = "nolcat/TR/7_TR_NULL.parquet"
    stage.s3.client().put_object(Bucket=bucket, Key=key, Body=theirs, Metadata=told)
    page.deeds.again()
    stage.settle(page)
    return page, key


def test_that_a_conflict_is_shown_with_both_versions_and_decided_for_ours(stage: Stage) -> None:
    page, key = in_conflict(stage)
    pane = page.overview.plan.conflict
    assert pane.isVisibleTo(page)
    assert page.buttons.start.text() == "Send"
    assert page.buttons.start.toolTip() == "Decide the conflict first"
    pane.compare.click()
    stage.settle(page)
    shown = {row[0]: row[1:] for row in rows(pane.table.facts)}
    assert shown["Who"][0] == "you"
    assert shown["Rows"][0] == shown["Rows"][1] != "–"
    assert shown["Total_Item_Requests"][2] == "0"
    pane.ours.click()
    stage.settle(page)
    assert rows(page.overview.plan.table.facts)[0][:2] == ("Replace theirs", "TR/7_TR_NULL.parquet")
    assert key not in page.desk.sendings.sent
    page.buttons.start.trigger()
    stage.until(lambda: page.desk.last)
    assert key in page.desk.sendings.sent


def test_that_a_conflict_is_decided_for_theirs_and_can_be_undone(stage: Stage) -> None:
    page, _ = in_conflict(stage)
    library = page.context.library
    assert library is not None
    before = len(library.history())
    page.overview.plan.conflict.theirs.click()
    stage.settle(page)
    assert len(library.history()) == before + 1
    assert page.conflicts == 0
    assert "Undo brings yours back" in stage.said[-1].text


def test_that_stopping_says_what_was_done_and_the_next_send_completes_it(stage: Stage) -> None:
    stage.account(stage.s3.new_bucket(), bandwidth=4000)
    page = stage.open(stage.library(("TR", 7), ("PR", 7)))
    stage.planned(page)
    page.buttons.start.trigger()
    stage.until(lambda: page.desk.sendings.tally)
    page.desk.cancel()
    stage.settle(page)
    assert stage.said[-1].text.startswith("Stopped: ")
    assert page.uploads
    stage.account(page.desk.account.bucket if page.desk.account else "")
    page.desk.load()
    stage.settle(page)
    page.wake()
    stage.planned(page)
    page.buttons.start.trigger()
    stage.until(lambda: page.desk.last)
    assert page.desk.last is not None
    assert page.desk.last.files == 3


def test_that_a_failed_run_says_what_to_do_and_is_run_again(stage: Stage) -> None:
    stage.account(stage.s3.new_bucket(), state_machine=new_machine(stage.aws, TOLD))
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    page.buttons.start.trigger()
    stage.until(lambda: page.runs.seen is not None and page.runs.seen.failure is not None)
    stage.settle(page)
    card = page.overview.run._card
    assert card is not None
    assert "A file that was sent is no longer in the bucket" in card.text()
    assert page.primary() is page.buttons.run_again
    first = page.runs.seen
    page.buttons.run_again.trigger()
    stage.until(lambda: page.runs.seen is not first and page.runs.seen is not None and page.runs.seen.failure)
    assert page.runs.seen is not None
    assert page.runs.seen.run.attempt == 2
    page.do("runs")
    stage.settle(page)
    assert [row[4] for row in rows(page.overview.runs.table.facts)] == ["failed", "failed"]


def is_seen(page: CloudPage, name: str, outcome: str) -> bool:
    seen = page.runs.seen
    return seen is not None and (seen.run.name, seen.outcome) == (name, outcome)


def test_that_from_a_run_that_was_overtaken_a_button_leads_to_the_newer_one(stage: Stage) -> None:
    machine = new_machine(stage.aws, OVERTAKEN)
    stage.account(stage.s3.new_bucket(), state_machine=machine)
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    page.buttons.start.trigger()
    stage.until(lambda: page.runs.seen is not None and page.runs.seen.failure is not None)
    stage.settle(page)
    pane = page.overview.run
    assert pane._card is not None
    assert "A newer send has overtaken this run" in pane._card.text()
    assert pane.newer.isHidden()
    (follow,) = (one for one in pane._card.findChildren(QPushButton) if one.text() == "Follow the newer run")
    follow.click()
    stage.settle(page)
    assert pane.note.text().startswith("The newer run was not found.")
    client = stage.aws.client("stepfunctions")
    for name, outcome, button in (("a", "superseded", follow), ("b", "published", pane.newer)):
        client.start_execution(stateMachineArn=machine, name=name, input=json.dumps({"newer": outcome}))
        button.click()
        stage.until(partial(is_seen, page, name, outcome))
        stage.settle(page)
        assert pane.newer.isVisible() == (outcome == "superseded")
    client.close()
    assert pane._card is None


def test_that_a_run_that_was_too_small_is_run_larger_and_the_desktop_tells_how_each_ended(stage: Stage) -> None:
    topic = new_topic(stage.aws, "ana@example.org", "ben@late.example.org")
    stage.account(stage.s3.new_bucket(), state_machine=new_machine(stage.aws, too_small(topic)))
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    told: list[str] = []
    notice = page.runs.notice
    notice.is_in_use, notice.say = (lambda: False), lambda *said: told.append(": ".join(said))  # type: ignore[method-assign]
    page.buttons.start.trigger()
    stage.until(lambda: page.runs.seen is not None and page.runs.seen.failure is not None)
    stage.settle(page)
    stage.until(lambda: told)
    assert told == ["The run did not end well: The job had too little memory"]
    assert page.primary() is page.buttons.run_again
    assert page.buttons.run_again.text() == "Run again, larger"
    page.context.set_settings(replace(page.context.settings, run_notices=False))
    page.buttons.run_again.trigger()
    stage.until(lambda: page.runs.seen is not None and page.runs.seen.run.larger and page.runs.seen.outcome)
    stage.settle(page)
    seen = page.runs.seen
    assert seen is not None
    assert (seen.has_failed, seen.run.name[-3:], seen.outcome) == (False, "-l1", "published")
    words = [row.words for row in page.overview.run.steps.steps.rows]
    assert words[-1] == "Telling 2 people by e-mail, 1 has not confirmed yet"
    assert len(told) == 1  # the notice was switched off in the settings


def test_that_a_run_is_followed_again_after_the_program_was_closed_and_after_the_sign_in_had_run_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = stage.library(("TR", 7))
    stage.account(stage.s3.new_bucket(), state_machine=new_machine(stage.aws, LONG))
    page = stage.open(library)
    stage.planned(page)
    page.buttons.start.trigger()
    stage.until(lambda: page.runs.seen is not None and page.runs.seen.watched is not None)
    assert page.primary() is None  # a run goes on: nothing is to be pressed
    page.context.runner.shut_down()
    page.hide()
    usual = cloud_session.pipeline_of
    expired = ClientError({"Error": {"Code": "ExpiredTokenException", "Message": "expired"}}, "DescribeExecution")

    def run_out(*asked: Any) -> Any:
        own = usual(*asked)
        return replace(own, sfn=Refusing(own.sfn, "describe_execution", expired))

    monkeypatch.setattr(cloud_session, "pipeline_of", run_out)
    later = stage.open(Library.open(library.layout.folder, now, "test"))
    stage.until(lambda: later.runs.trouble is not None)
    stage.settle(later)
    assert later.runs.trouble is not None
    assert later.runs.trouble.cause == "sign-in"
    assert "sign-in has run out" in later.overview.run.note.text()
    assert RunLog(library.layout.hidden).runs()[0].is_open
    monkeypatch.setattr(cloud_session, "pipeline_of", usual)
    assert later.desk.account is not None
    later.desk.sign_in(later.desk.account)
    stage.until(lambda: later.runs.seen is not None and later.runs.seen.watched is not None)
    later.do("stop")
    stage.until(lambda: later.runs.seen is not None and later.runs.seen.is_over)
    stage.settle(later)
    (run,) = RunLog(library.layout.hidden).runs()
    assert run.status == "ABORTED"


def test_that_the_check_goes_through_every_step_and_leaves_nothing(stage: Stage) -> None:
    bucket = stage.s3.new_bucket()
    stage.account(bucket)
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    page.do("check")
    stage.settle(page)
    told = [page.check.list.steps.index(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(10)]
    assert told[7] == "Writing, done, allowed; nothing was left behind"
    assert "Nothing was left behind" in page.check.told.text()
    assert "Contents" not in stage.s3.client().list_objects_v2(Bucket=bucket)
    assert page.step_back()
    assert page.view() is View.OVERVIEW
    line = page.overview.plan.leftovers
    assert line.isHidden()
    client = stage.s3.client()
    client.create_multipart_upload(Bucket=bucket, Key="nolcat/TR/left.parquet")
    page.desk.look()
    stage.until(lambda: not line.isHidden())
    assert line.text.text().startswith("1 sending was begun in the bucket and never brought to an end.")
    assert "1 is younger than a day and stays" in line.text.text()
    assert not line.clean.isEnabled()  # somebody may be at it
    page.context.clock = lambda: now() + timedelta(days=2)
    page.desk.look()
    stage.until(line.clean.isEnabled)
    stage.settle(page)
    line.clean.click()
    stage.until(line.isHidden)
    assert "Uploads" not in client.list_multipart_uploads(Bucket=bucket)
    assert stage.said[-1].text == "1 sending was cleaned up. No file was touched."


def test_that_the_pipeline_is_shown_made_and_started_from_then_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", stage.aws.url)
    stage.account(stage.aws.new_bucket(), region="us-east-1")
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    name = f"n{stage.folder.name[-6:].lower().replace('_', '')}x"
    page.do("set_up")
    stage.settle(page)
    page.set_up.chapters["4. State machine"].edits["name"].setText(name)
    page.set_up.chapters["2. Glue jobs"].edits["database"].setText(name)
    page.set_up.chapters["3. SNS topic"].edits["emails"].setText("ben@late.example.org")
    page.set_up.look()
    stage.settle(page)
    assert page.primary() is page.buttons.make
    assert page.buttons.make.text() == f"Set up {page.set_up.todo()} things"
    assert "iam:PassRole" in page.set_up.for_administrator()
    page.buttons.make.trigger()
    stage.settle(page)
    assert not page.buttons.make.isEnabled()
    (account,) = load_accounts(accounts_file())
    assert account.state_machine.endswith(f"stateMachine:{name}-pipeline")
    news = page.set_up.chapters["3. SNS topic"]
    assert "ben@late.example.org: not confirmed yet" in news.note.text()
    news.edits["emails"].setText("")
    news.again.click()
    stage.settle(page)
    assert "ben@late.example.org: not confirmed yet" in news.note.text()  # whoever is subscribed is shown
    page.step_back()
    assert page.has_machine


def test_that_ten_thousand_files_are_made_rows_only_where_they_are_seen(qtbot: QtBot, theme: Theme) -> None:
    del theme
    item = Item("nolcat/TR/1_TR_NULL.parquet", Action.UPLOAD, Change.NEW, "new", 10, "0" * 64, Kind.PART)
    made: list[int] = []
    table = PlanTable()
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    usual = table.fact
    table.fact = lambda row: (made.append(row), usual(row))[1]  # type: ignore[method-assign, func-returns-value]
    table.show_items([item] * 10_000, "nolcat", now().date())
    table.grab()
    assert table.facts.rowCount() == 10_000
    assert 0 < len(set(made)) < 100


def test_that_a_tight_window_shows_tabs(stage: Stage) -> None:
    stage.account(stage.s3.new_bucket())
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    page.layout_class_changed(LayoutClass.TIGHT)
    assert [page.overview.tabs.tabText(at) for at in range(3)] == ["Plan", "Run", "Runs"]
    page.layout_class_changed(LayoutClass.WIDE)
    assert page.overview.plan.isVisibleTo(page)
    assert page.overview.run.isVisibleTo(page)
