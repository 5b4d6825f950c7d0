"""Against a real gnome-keyring: unlocked, locked, absent, without a bus, silent, killed in the middle."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from nolcat_desktop.credentials import KeyringStore, SecretKind, Secrets, StoreError, StoreState
from nolcat_desktop.credentials.advice import ADVICE
from nolcat_desktop.progress import Cancelled, Progress
from tests.servers.keyring import Desktop

# keyring leaves its connection open when a store is locked, absent or killed
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYplanted00A"  # noqa: S105 - planted
WHAT = "the key of “riverside”"


def refused(store: KeyringStore) -> StoreError:
    with pytest.raises(StoreError) as caught:
        store.get("entry", WHAT)
    return caught.value


def test_that_what_was_kept_is_given_back_by_another_run(place: Desktop) -> None:
    KeyringStore().put("riverside/secret", SECRET)
    again = KeyringStore()
    assert again.get("riverside/secret") == SECRET
    assert again.get("riverside/other") is None
    assert again.state() is None
    again.put("riverside/secret", "another")
    assert again.get("riverside/secret") == "another"
    again.remove("riverside/secret")
    again.remove("riverside/secret")
    assert again.get("riverside/secret") is None
    assert place.folder.exists()


def test_that_the_store_s_own_file_is_the_only_place_and_does_not_show_the_secret(place: Desktop) -> None:
    KeyringStore().put("riverside/secret", SECRET)
    files = [file for file in place.folder.rglob("*") if file.is_file()]
    assert any(file.suffix == ".keyring" for file in files)
    assert [file for file in files if SECRET.encode() in file.read_bytes()] == []


def test_that_removing_an_account_removes_all_its_secrets_and_no_other_s(place: Desktop) -> None:
    store = KeyringStore()
    secrets = Secrets(store)
    for owner in ("riverside", "riverside two"):
        secrets.keep(owner, SecretKind.ACCESS_KEY_ID, "AKIATEST")
        secrets.keep(owner, SecretKind.SECRET_ACCESS_KEY, f"{SECRET} of {owner}")
    for kind in (SecretKind.GITHUB_TOKEN, SecretKind.DATABASE_PASSWORD):
        secrets.keep("riverside", kind, "github_pat_kept")
        secrets.for_this_run("riverside", kind, "github_pat_planted")
    secrets.forget_one("riverside", SecretKind.DATABASE_PASSWORD)
    assert secrets.get("riverside", SecretKind.DATABASE_PASSWORD) is None
    assert not secrets.is_for_this_run("riverside", SecretKind.DATABASE_PASSWORD)
    assert secrets.get("riverside", SecretKind.GITHUB_TOKEN) == "github_pat_planted"
    assert store.get("riverside/github-token") == "github_pat_kept"
    secrets.forget("riverside")
    assert [secrets.get("riverside", kind) for kind in SecretKind] == [None] * len(SecretKind)
    assert secrets.get("riverside two", SecretKind.SECRET_ACCESS_KEY) == f"{SECRET} of riverside two"
    assert store.get("riverside/secret-access-key") is None
    assert place.store is not None


def test_that_a_secret_for_this_run_only_never_reaches_the_store(place: Desktop) -> None:
    secrets = Secrets(KeyringStore())
    secrets.for_this_run("riverside", SecretKind.SECRET_ACCESS_KEY, SECRET)
    assert secrets.get("riverside", SecretKind.SECRET_ACCESS_KEY) == SECRET
    assert secrets.is_for_this_run("riverside", SecretKind.SECRET_ACCESS_KEY)
    assert KeyringStore().get("riverside/secret-access-key") is None
    assert SECRET not in repr(secrets)
    assert place.store is not None


def test_that_a_locked_store_is_told_so(place: Desktop) -> None:
    store = KeyringStore()
    store.put("entry", SECRET)
    place.lock()
    error = refused(store)
    assert error.state is StoreState.LOCKED
    assert WHAT in error.problem.meaning
    with pytest.raises(StoreError, match="locked"):
        store.put("entry", SECRET)
    with pytest.raises(StoreError, match="locked"):
        store.remove("entry")


def test_that_where_there_is_a_screen_a_locked_store_means_that_its_window_was_closed(
    place: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.lock()
    monkeypatch.setenv("DISPLAY", ":nowhere")
    assert refused(KeyringStore()).state is StoreState.DISMISSED


def test_that_a_desktop_without_a_store_is_told_so(bare_place: Desktop) -> None:
    assert refused(KeyringStore()).state is StoreState.ABSENT
    assert bare_place.store is None


def test_that_no_desktop_at_all_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    assert refused(KeyringStore()).state is StoreState.NO_BUS


def test_that_a_plain_file_is_no_store_even_where_the_configuration_of_keyring_says_so(
    bare_place: Desktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "plain_store.py").write_text(
        "from keyring.backend import KeyringBackend\nclass Plain(KeyringBackend):\n"
        "    priority = 99\n    def get_password(self, *_): return 'from a file'\n"
        "    def set_password(self, *_): pass\n    def delete_password(self, *_): pass\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "plain_store.Plain")
    __import__("plain_store")
    assert refused(KeyringStore()).state is StoreState.ABSENT
    assert bare_place.store is None


def test_that_a_store_that_does_not_answer_is_waited_for_until_the_deadline_only(place: Desktop) -> None:
    place.freeze_store()
    store = KeyringStore(seconds=0.5)
    assert refused(store).state is StoreState.SILENT
    assert refused(store).state is StoreState.SILENT  # the first call still hangs: no second one is begun
    assert sum(thread.name == "password store" for thread in threading.enumerate()) == 1
    place.kill_store()


def test_that_a_call_in_the_hands_of_a_killed_store_is_told_as_vanished(place: Desktop) -> None:
    store = KeyringStore()
    store.put("entry", SECRET)
    place.freeze_store()
    found: list[StoreState] = []
    asking = threading.Thread(target=lambda: found.append(refused(store).state))
    asking.start()
    place.wait_until_asked()
    place.kill_store()
    asking.join(20)
    assert found == [StoreState.VANISHED]


def test_that_stopping_does_not_wait_for_the_store(place: Desktop) -> None:
    place.freeze_store()
    progress = Progress()
    threading.Timer(0.3, progress.cancel).start()
    with pytest.raises(Cancelled):
        KeyringStore(seconds=60).get("entry", WHAT, progress)
    place.kill_store()


def test_that_a_store_that_came_back_serves_again(place: Desktop) -> None:
    store = KeyringStore()
    store.put("entry", SECRET)
    place.kill_store()
    assert refused(store).state is StoreState.ABSENT
    place.start_store()
    assert store.get("entry") == SECRET


def test_that_what_no_store_takes_is_refused_before_it_is_asked() -> None:
    with pytest.raises(StoreError) as caught:
        KeyringStore().put("entry", "x" * 1_201)
    assert caught.value.state is StoreState.TOO_LONG


def test_that_every_state_has_a_message_and_a_remedy_of_its_own() -> None:
    assert set(ADVICE) == set(StoreState)
    assert len({(row.title, row.meaning) for row in ADVICE.values()}) == len(StoreState)
    assert all(row.remedy.endswith(".") for row in ADVICE.values())


@pytest.mark.parametrize("state", StoreState)
def test_that_no_message_holds_what_was_asked_for(state: StoreState) -> None:
    error = StoreError(state, WHAT)
    assert SECRET not in f"{error!r} {error} {error.problem}"
    assert error.problem.title
