"""The plan by itself: whatever lies here and there, nothing of anyone's is lost and each line has its reason."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.objects import Kind, Location, Manifest, ManifestEntry, StoredObject, manifest_of
from nolcat_desktop.sync.chain import Link, merged, name_in, telling, tips
from nolcat_desktop.sync.plan import Action, Change, Local, There, make_plan

KEYS = [f"nolcat/TR/{number}_TR_NULL.parquet" for number in range(4)]
SHAS = [letter * 64 for letter in "abcd"]
shas = st.sampled_from(SHAS)


def local(key: str, sha256: str, history: tuple[str, ...] = ()) -> Local:
    return Local(key, Kind.PART, sha256, None, b"", 10, "", history)


def remote(key: str, sha256: str | None) -> StoredObject:
    return StoredObject(key, 10, f'"{sha256}"', sha256, "v1", "2026-01-01T10:00:00+00:00", "bo (WS-2)")


def entry(key: str, sha256: str, version: str | None = "v1") -> ManifestEntry:
    return ManifestEntry(key, Kind.PART, sha256, version, 10)


def manifest(*entries: ManifestEntry, previous: str | None = None, merges: tuple[str, ...] = ()) -> Manifest:
    return Manifest("lib", previous, entries, merges)


@given(
    here=st.dictionaries(st.sampled_from(KEYS), shas),
    history=st.dictionaries(st.sampled_from(KEYS), st.lists(shas, max_size=3)),
    there=st.dictionaries(st.sampled_from(KEYS), st.one_of(st.none(), shas)),
    agreed=st.dictionaries(st.sampled_from(KEYS), shas),
    named=st.dictionaries(st.sampled_from(KEYS), shas),
    versions=st.sampled_from([True, False, None]),
    ours=st.dictionaries(st.sampled_from(KEYS), shas.map(lambda sha256: f'"{sha256}"')),
)
def test_that_nothing_there_is_replaced_that_was_not_known_here(
    here: dict[str, str],
    history: dict[str, list[str]],
    there: dict[str, str | None],
    agreed: dict[str, str],
    named: dict[str, str],
    versions: bool | None,
    ours: dict[str, str],
) -> None:
    objects = {key: remote(key, sha256) for key, sha256 in there.items()}
    newest = manifest(*(entry(key, sha256) for key, sha256 in named.items())) if named else None
    files = [local(key, sha256, (*history.get(key, ()), sha256)) for key, sha256 in here.items()]
    plan = make_plan(files, There(objects, newest, versions, agreed), ours)
    assert [item.key for item in plan.items] == sorted({*here, *there, *named})
    for item in plan.items:
        lying = there.get(item.key)
        assert item.reason
        match item.action:
            case Action.UPLOAD if item.key in there:
                known = {agreed.get(item.key), *history.get(item.key, ())}
                assert lying in known or ours.get(item.key) == item.replaces
                assert lying != here[item.key]
                assert item.replaces == objects[item.key].etag
            case Action.UPLOAD:
                assert item.replaces is None
                assert item.sha256 == here[item.key]
            case Action.SAME:
                assert lying == here[item.key]
            case Action.ONLY_THERE:
                assert item.key not in here
            case Action.CONFLICT:
                assert item.key in here or item.key in named
                assert lying != here.get(item.key) or (item.key in named and not versions)
    again = make_plan(files, There(objects | {i.key: remote(i.key, i.sha256) for i in plan.of(Action.UPLOAD)}, newest))
    assert not {item.key for item in again.of(Action.UPLOAD)} & {item.key for item in plan.of(Action.UPLOAD)}


def change(here: str, lying: str | None, agreed: str | None, *history: str) -> Change:
    there = There(
        {} if lying is None else {KEYS[0]: remote(KEYS[0], lying)},
        None,
        True,
        {} if agreed is None else {KEYS[0]: agreed},
    )
    (item,) = make_plan([local(KEYS[0], here, history)], there).items
    return item.change


def test_that_each_way_to_differ_has_its_name() -> None:
    old, mine, theirs, before = SHAS
    assert change(mine, None, None) is Change.NEW
    assert change(mine, None, old) is Change.LOST
    assert change(mine, mine, None) is Change.SAME
    assert change(mine, old, old) is Change.HERE
    assert change(old, theirs, old) is Change.THERE
    assert change(mine, theirs, old) is Change.BOTH
    assert change(mine, theirs, None) is Change.UNRELATED
    assert change(mine, old, None, old, mine) is Change.HERE
    assert change(mine, theirs, old, old, theirs, mine) is Change.HERE, "sent before the end of an earlier run"
    assert change(mine, before, old, before, old, mine) is Change.BOTH, "someone went back to an older version"


def test_that_a_part_only_there_stays_in_the_set_where_its_version_is_kept() -> None:
    newest = manifest(entry(KEYS[0], SHAS[0]))
    changed = {KEYS[0]: remote(KEYS[0], SHAS[1])}
    for versions, action in ((True, Action.ONLY_THERE), (False, Action.CONFLICT)):
        for lying in (changed, {}):
            (item,) = make_plan([], There(lying, newest, versions)).items
            assert (item.action, item.sha256) == (action, SHAS[0])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_that_there_is_a_tip_whenever_there_is_a_manifest_and_the_longest_comes_first(
    arrows: list[tuple[int, int]],
) -> None:
    links = [Link(str(one), str(other) if other < one else None) for one, other in arrows]
    found = tips(links)
    assert bool(found) == bool(links)
    assert not {link.previous for link in {link.name: link for link in links}.values()} & set(found)


def test_that_tips_are_joined_by_a_merge() -> None:
    first, left, right = Link("1", None), Link("2", "1"), Link("3", "1")
    assert set(tips([first, left, right])) == {"2", "3"}
    assert tips([first, left, right, Link("4", "2", ("3",))]) == ("4",)


@given(st.permutations([0, 1]), st.booleans())
def test_that_a_merge_takes_what_lies_there(order: list[int], second: bool) -> None:
    tops = [manifest(entry(KEYS[0], SHAS[0]), entry(KEYS[1], SHAS[2])), manifest(entry(KEYS[0], SHAS[1]))]
    lying = {KEYS[0]: remote(KEYS[0], SHAS[1] if second else SHAS[0])}
    found = {one.key: one.sha256 for one in merged([tops[at] for at in order], lying)}
    assert found == {KEYS[0]: SHAS[1] if second else SHAS[0], KEYS[1]: SHAS[2]}


def test_that_a_manifest_is_read_as_it_was_written_and_told_in_short() -> None:
    made = manifest(entry(KEYS[1], SHAS[1]), entry(KEYS[0], SHAS[0]), previous="0" * 12, merges=("2" * 12, "1" * 12))
    again = manifest_of(made.to_bytes())
    assert again.to_bytes() == made.to_bytes()
    assert telling(made) == f"{'0' * 12},{'1' * 12},{'2' * 12}"
    assert name_in(made.key(Location("b", "nolcat")), Location("b", "nolcat")) == made.name
    assert name_in("nolcat/manifests/readme.txt", Location("b", "nolcat")) is None
