"""Plan, show, act, against a real S3 server: what is promised to whoever presses the button."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from nolcat_desktop.dataset import Library
from nolcat_desktop.objects import Kind
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.sync.arrival import Means
from nolcat_desktop.sync.catalog import Catalog
from nolcat_desktop.sync.pace import Pace
from nolcat_desktop.sync.plan import Action, Change
from nolcat_desktop.workflow import Wishes, convert
from nolcat_desktop.workflow.fetching import fetch_library, keep_theirs, send_ours
from nolcat_desktop.workflow.sending import Sent, Wanted, look
from tests.servers.fault_proxy import Answer, Request, http_proxy
from tests.servers.seaweed import READER, Seaweed
from tests.sync.desk import Desk, add, bytes_of, key, library


def actions(sent: Sent) -> dict[str, Action]:
    return {item.key: item.action for item in sent.items}


def test_that_what_lies_in_the_bucket_is_what_lies_in_the_library(desk: Desk) -> None:
    held = library(desk.folder / "one")
    part = add(held, {"2024-01": 5, "2024-03": 7})
    sent = desk.send(held)
    assert sent.complete
    assert actions(sent) == dict.fromkeys((key(part), key("statistics_sources.csv")), Action.UPLOAD)
    assert desk.store().read(key(part)) == bytes_of(held, part)
    ((name, manifest),) = desk.manifests().items()
    assert sent.manifest == manifest
    assert name == hashlib.sha256(manifest.to_bytes()).hexdigest()[:12]
    entry = next(one for one in manifest.objects if one.kind is Kind.PART)
    assert (entry.key, entry.sha256) == (key(part), hashlib.sha256(bytes_of(held, part)).hexdigest())
    assert (entry.rows, entry.statistics_source_ID, entry.report_type) == (8, 1, "TR")
    assert (entry.releases, entry.months, entry.superseded) == (("5.1",), ("2024-01", "2024-03"), False)
    looked = desk.store().look(key(part))
    assert looked is not None
    assert (entry.version_id, looked.writer) == (looked.version_id, "ana (WS-1)")


def test_that_the_same_plan_twice_sends_nothing_and_writes_no_manifest(desk: Desk) -> None:
    held = library(desk.folder / "one")
    add(held, {"2024-01": 5})
    first = desk.send(held)
    before = desk.manifests()
    again = desk.send(held)
    assert (again.complete, again.outcomes, again.manifest) == (True, {}, first.manifest)
    assert desk.manifests() == before


def test_that_a_plan_without_a_memory_is_the_same(desk: Desk) -> None:
    held = library(desk.folder / "one")
    add(held, {"2024-01": 5})
    desk.send(held)
    for file in held.layout.hidden.glob("sent-*"):
        file.unlink()
    assert desk.send(held).outcomes == {}


def test_that_looking_writes_nothing_here_or_there(desk: Desk) -> None:
    held = library(desk.folder / "one")
    add(held, {"2024-01": 5})
    before = sorted(desk.folder.rglob("*"))

    view = look(held, Means(desk.store(READER), Catalog(None), Pace(), Progress()), Wanted())
    assert len(view.plan.of(Action.UPLOAD)) == 2
    assert list(desk.store().listing("TR")) == []
    assert sorted(desk.folder.rglob("*")) == before


def test_that_a_change_here_follows_the_set_before_it(desk: Desk) -> None:
    held = library(desk.folder / "one")
    part = add(held, {"2024-01": 5})
    first = desk.send(held)
    old = bytes_of(held, part)
    add(held, {"2024-01": 9}, name="corrected.tsv")
    second = desk.send(held)
    assert first.manifest is not None
    assert second.manifest is not None
    assert second.manifest.previous == first.manifest.name
    assert desk.versions(key(part)) == [old, bytes_of(held, part)]
    earlier = next(one for one in first.manifest.objects if one.key == key(part))
    assert desk.store().read(key(part), earlier.version_id) == old


def test_that_a_change_there_is_shown_and_never_lost(desk: Desk) -> None:
    held = library(desk.folder / "one")
    part = add(held, {"2024-01": 5})
    desk.send(held)
    store = desk.store(writer="M. Ortiz (WS-9)")
    seen = store.look(key(part))
    assert seen is not None
    theirs = b"something else"
    store.put(key(part), theirs, hashlib.sha256(theirs).hexdigest(), {}, seen.etag)
    add(held, {"2024-02": 3}, name="other.tsv", report_type="PR")
    sent = desk.send(held)
    item = next(one for one in sent.items if one.key == key(part))
    assert (item.action, item.change) == (Action.CONFLICT, Change.THERE)
    assert "M. Ortiz (WS-9)" in item.reason
    assert not sent.complete
    assert sent.problem is not None
    assert len(desk.manifests()) == 1
    assert sum(map(sent.was_sent, sent.outcomes)) == 1
    assert desk.store().read(key(part)) == theirs
    add(held, {"2024-01": 6}, name="corrected.tsv")
    assert next(one for one in desk.send(held).items if one.key == key(part)).change is Change.BOTH
    assert desk.store().read(key(part)) == theirs


def conflict(desk: Desk) -> tuple[Library, Library, str]:
    """Two workstations that changed the same part; the second one sent it."""
    one = library(desk.folder / "one")
    part = add(one, {"2024-01": 5})
    desk.send(one)
    other = library(desk.folder / "other")
    with desk.means(other) as means:
        fetch_library(other, means)
    add(one, {"2024-01": 6}, name="mine.tsv")
    add(other, {"2024-01": 7}, name="theirs.tsv")
    assert desk.send(other, writer="bo (WS-2)").complete
    assert actions(desk.send(one))[key(part)] is Action.CONFLICT
    return one, other, part


def test_that_theirs_can_be_kept_and_ours_brought_back(desk: Desk) -> None:
    one, other, part = conflict(desk)
    ours = bytes_of(one, part)
    with desk.means(one) as means:
        keep_theirs(one, means, [key(part)])
    assert bytes_of(one, part) == bytes_of(other, part)
    again = desk.send(one)
    assert (again.complete, again.outcomes) == (True, {})
    assert one.verify() == []
    one.undo()
    assert bytes_of(one, part) == ours


@pytest.mark.parametrize("versions", [True, False])
def test_that_ours_can_be_sent_as_a_new_version_and_theirs_is_not_lost(
    s3_server: Seaweed, tmp_path: Path, versions: bool
) -> None:
    desk = Desk(s3_server, s3_server.new_bucket(versions), tmp_path)
    one, other, part = conflict(desk)
    theirs = bytes_of(other, part)
    with desk.means(one) as means:
        decided = send_ours(means, [key(part)])
    sent = desk.send(one, Wanted(ours=decided))
    assert sent.complete
    assert desk.store().read(key(part)) == bytes_of(one, part)
    if versions:
        assert theirs in desk.versions(key(part))
    else:
        kept = one.layout.versions / hashlib.sha256(theirs).hexdigest()
        assert kept.read_bytes() == theirs
    assert actions(desk.send(other))[key(part)] is Action.CONFLICT


def test_that_a_decision_holds_for_the_version_that_was_looked_at_alone(desk: Desk) -> None:
    one, other, part = conflict(desk)
    with desk.means(one) as means:
        decided = send_ours(means, [key(part)])
    add(other, {"2024-01": 8}, name="once more.tsv")
    assert desk.send(other).complete
    assert actions(desk.send(one, Wanted(ours=decided)))[key(part)] is Action.CONFLICT


def test_that_a_fetched_library_is_sound_and_can_be_sent_from_there(desk: Desk) -> None:
    held = library(desk.folder / "one")
    paths = [add(held, {"2024-01": 5}), add(held, {"2024-02": 6}, name="pr", report_type="PR", source=2)]
    desk.send(held)
    other = library(desk.folder / "other")
    with desk.means(other) as means:
        fetched = fetch_library(other, means)
    assert fetched.faults == ()
    assert fetched.originals_elsewhere
    assert other.verify() == []
    assert [bytes_of(other, path) for path in paths] == [bytes_of(held, path) for path in paths]
    assert other.sources().names() == held.sources().names()
    again = desk.send(other)
    assert (again.complete, again.outcomes) == (True, {})
    add(other, {"2024-03": 1}, name="more", report_type="DR", source=2)
    assert desk.send(other).complete
    back = desk.send(held)
    assert back.complete
    assert back.outcomes == {}
    assert [item.action for item in back.items if "/DR/" in item.key] == [Action.ONLY_THERE]


def test_that_originals_go_along_when_asked_for(desk: Desk) -> None:
    held = library(desk.folder / "one")
    add(held, {"2024-01": 5})
    desk.send(held, Wanted(with_originals=True))
    other = library(desk.folder / "other")
    with desk.means(other) as means:
        assert not fetch_library(other, means).originals_elsewhere
    assert other.verify() == []
    assert len(list(other.layout.originals.iterdir())) == 1
    assert desk.send(held).outcomes == {}


def test_that_another_workstations_parts_stay_in_the_set(desk: Desk) -> None:
    one, other = library(desk.folder / "one"), library(desk.folder / "other")
    mine = add(one, {"2024-01": 5}, source=1)
    theirs = add(other, {"2024-01": 6}, source=2, name="b")
    desk.send(one)
    sent = desk.send(other)
    assert sent.manifest is not None
    assert {entry.key for entry in sent.manifest.objects} == {key(mine), key(theirs), key("statistics_sources.csv")}
    assert b"Source 1" in desk.store().read(key("statistics_sources.csv"))
    assert desk.send(one).outcomes == {}
    assert len(desk.manifests()) == 2


def test_that_months_counted_by_two_workstations_are_a_conflict(desk: Desk) -> None:
    one, other = library(desk.folder / "one"), library(desk.folder / "other")
    add(one, {"2024-01": 5})
    theirs = add(other, {"2024-01": 5}, harvested=None, name="b")
    desk.send(other)
    sent = desk.send(one)
    item = next(one for one in sent.items if one.key == key(theirs))
    assert item.action is Action.CONFLICT
    assert "counted twice" in item.reason
    assert not sent.complete


def test_that_parts_kept_apart_by_their_platforms_are_none(desk: Desk) -> None:
    one, other = library(desk.folder / "one"), library(desk.folder / "other")
    add(one, {"2024-01": 5}, platform="Alpha", filters={"Platform": ["Alpha"]})
    add(other, {"2024-01": 5}, platform="Beta", filters={"Platform": ["Beta"]}, harvested=None, name="b")
    desk.send(other)
    assert desk.send(one).complete


def test_that_an_emptied_part_stays_and_says_so(desk: Desk) -> None:
    held = library(desk.folder / "one")
    part = add(held, {"2024-01": 5})
    desk.send(held)
    with held.run("remove") as run:
        run.remove(1, "TR")
        run.commit()
    sent = desk.send(held)
    assert sent.manifest is not None
    entry = next(one for one in sent.manifest.objects if one.key == key(part))
    assert (entry.superseded, entry.rows, entry.statistics_source_ID, entry.report_type) == (True, 0, 1, "TR")


def test_that_a_file_lost_there_is_sent_again(desk: Desk) -> None:
    held = library(desk.folder / "one")
    part = add(held, {"2024-01": 5})
    desk.send(held)
    desk.server.client().delete_object(Bucket=desk.bucket, Key=key(part))
    sent = desk.send(held)
    assert sent.complete
    assert sent.was_sent(key(part))
    assert desk.store().read(key(part)) == bytes_of(held, part)


def test_that_an_equal_file_of_another_program_is_the_same(desk: Desk) -> None:
    held = library(desk.folder / "one")
    part = add(held, {"2024-01": 5})
    desk.server.client().put_object(Bucket=desk.bucket, Key=key(part), Body=bytes_of(held, part))
    assert actions(desk.send(held))[key(part)] is Action.SAME


def refused(desk: Desk, held: Library) -> str:
    with pytest.raises(NolcatError) as caught:
        desk.send(held)
    assert list(desk.store().listing("TR")) == [] or desk.manifests()
    return f"{caught.value.problem.title} {caught.value.problem.meaning}"


def test_that_ids_of_this_computer_stop_everything(desk: Desk) -> None:
    held = library(desk.folder / "one")
    with held.run("add") as run:
        run.sources, source, _ = run.sources.ensure("Aldine Journals")
        run.commit()
    add(held, {"2024-01": 5})
    assert "1,000,001 “Aldine Journals”" in refused(desk, held)
    assert source == 1_000_001
    assert list(desk.store().listing("TR")) == []


def test_that_an_id_of_another_source_there_stops_everything(desk: Desk) -> None:
    one, other = library(desk.folder / "one"), library(desk.folder / "other")
    add(one, {"2024-01": 5})
    desk.send(one)
    add(other, {"2024-01": 5}, report_type="PR")
    with other.run("rename") as run:
        run.sources = run.sources.renamed(1, "Quite Another")
        run.commit()
    assert "“Quite Another” here and “Source 1” there" in refused(desk, other)
    assert list(desk.store().listing("PR")) == []
    assert desk.send(other, Wanted(our_names=True)).complete
    assert b"Quite Another" in desk.store().read(key("statistics_sources.csv"))


def test_that_a_damaged_part_is_not_sent(desk: Desk) -> None:
    held = library(desk.folder / "one")
    part = add(held, {"2024-01": 5})
    held.layout.at(part).write_bytes(bytes_of(held, part)[:-1] + b"X")
    assert "damaged" in refused(desk, held)


def test_that_a_missing_part_stops_the_set(desk: Desk) -> None:
    held = library(desk.folder / "one")
    part = add(held, {"2024-01": 5})
    held.layout.at(part).unlink()
    assert "missing" in refused(desk, held)


def test_that_nothing_of_the_sample_can_be_sent(desk: Desk, tmp_path: Path) -> None:
    samples = Path(__file__).parents[2] / "resources" / "sample-reports"
    report = next(iter(sorted(samples.glob("*_PR_*.tsv"))))
    shutil.copy(report, tmp_path / "renamed.tsv")
    held = library(desk.folder / "one")
    convert([tmp_path / "renamed.tsv"], held, Wishes(source=3), Progress())
    assert "sample" in refused(desk, held)


def test_that_the_account_is_asked_for_before_the_first_byte(desk: Desk) -> None:
    held = library(desk.folder / "one")
    add(held, {"2024-01": 5})

    def refuse() -> None:
        raise NolcatError(Problem("Wrong account", "Nothing was sent.", "Sign in."))

    with pytest.raises(NolcatError, match="Wrong account"):
        desk.send(held, Wanted(confirm=refuse))
    assert list(desk.store().listing("TR")) == []


def test_that_a_reader_can_look_and_is_told_what_is_missing(desk: Desk) -> None:
    held = library(desk.folder / "one")
    add(held, {"2024-01": 5})
    with pytest.raises(NolcatError) as caught:
        desk.send(held, key=READER)
    assert "s3:PutObject" in caught.value.problem.meaning


def test_that_nothing_is_looked_at_that_is_missing(desk: Desk) -> None:
    """Who may list under a prefix only is refused where others hear that it is missing (HeadObject, "Permissions")."""
    held = library(desk.folder / "one")
    add(held, {"2024-01": 5})
    store = desk.store()

    def harm(asked: Request) -> Answer | None:
        missing = asked.method == "HEAD" and store.look(asked.path.split("?")[0].split("/", 2)[2]) is None
        return Answer(403, "AccessDenied") if missing else None

    with http_proxy(desk.server.url) as proxy:
        proxy.harm = harm
        assert desk.send(held, url=proxy.url).complete
        add(held, {"2024-02": 5}, name="more", report_type="PR")
        assert desk.send(held, url=proxy.url).complete
