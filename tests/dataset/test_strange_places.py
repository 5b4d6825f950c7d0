"""Lists from NoLCAT's database, synchronised folders, network drives, two programs at one library."""

from __future__ import annotations

from pathlib import Path

import pytest

from nolcat_desktop.dataset import read_nolcat_list, whereabouts
from nolcat_desktop.dataset.journal import Journal, append, read_journal
from nolcat_desktop.dataset.layout import conflict_copy
from nolcat_desktop.dataset.whereabouts import Kind, network_of_linux, network_of_mac
from nolcat_desktop.problem import NolcatError
from tests.dataset.builders import candidate, library, month_total, store, total

TWO = {"2024-01": 10, "2024-02": 20}
DUMP = r"""
-- MySQL dump 10.13  Distrib 8.0.30, for Linux (x86_64)
/*!40101 SET NAMES utf8mb4 */;
# another comment; with a semicolon
DROP TABLE IF EXISTS `statisticsSources`;
CREATE TABLE `statisticsSources` (
  `statistics_source_ID` int NOT NULL,
  `statistics_source_name` varchar(100) NOT NULL,
  `statistics_source_retrieval_code` varchar(36) DEFAULT NULL,
  `vendor_ID` int NOT NULL,
  PRIMARY KEY (`statistics_source_ID`),
  KEY `vendor_ID` (`vendor_ID`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `vendors` VALUES (1,'INSERT INTO `statisticsSources` VALUES (9,''no'',NULL,1);');
INSERT INTO `statisticsSources` VALUES (0,'O\'Brien & "Søn"; (Ltd.)',NULL,1),(7,'Press, The',
'a1b2',3);
INSERT INTO statisticsSources (statistics_source_name, statistics_source_ID) VALUES ('a\\b''c', 11);
INSERT INTO `COUNTERData` VALUES (1,7,'TR','It''s; a \'title\'',5);
"""


def test_that_a_dump_is_taken_apart_as_mysql_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "backup.sql"
    file.write_text(DUMP, encoding="utf-8")
    found = read_nolcat_list(file)
    assert found.names() == {0: 'O\'Brien & "Søn"; (Ltd.)', 7: "Press, The", 11: "a\\b'c"}
    assert dict(found.rows[1].other) == {"statistics_source_retrieval_code": "a1b2", "vendor_ID": "3"}
    assert found.rows[0].other["statistics_source_retrieval_code"] == ""
    assert not any(row.local for row in found.rows)


@pytest.mark.parametrize(
    "text",
    [
        "-- nothing\n",
        "INSERT INTO `statisticsSources` VALUES (1,'never ends",
        "INSERT INTO `statisticsSources` VALUES (1,'short');",
        "INSERT INTO `statisticsSources` VALUES ('x','name',NULL,1);",
        "INSERT INTO `statisticsSources` VALUES (1,'a',NULL,1),(1,'b',NULL,1);",
        "INSERT INTO `statisticsSources` SELECT 1;",
        "INSERT INTO `statisticsSources` VALUES ((1,'a',NULL,1));",
    ],
)
def test_that_a_dump_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "backup.sql"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NolcatError, match="cannot be read from this dump"):
        read_nolcat_list(file)
    file.write_bytes(b"INSERT INTO `statisticsSources` VALUES (1,'\xff',NULL,1);")
    with pytest.raises(NolcatError, match="UTF-8"):
        read_nolcat_list(file)


def test_that_a_csv_list_is_read_by_the_same_door(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("statistics_source_ID,statistics_source_name\n7,Insert coin\n", encoding="utf-8")
    assert read_nolcat_list(file).names() == {7: "Insert coin"}


@pytest.mark.parametrize(
    ("name", "is_copy"),
    [
        ("7_TR_NULL.parquet", False),
        ("7_TR_J1_2024-05-01.parquet", False),
        ("7_TR_2025-02-01T10-20-30.parquet", False),
        ("7_TR_2025-02-01T10:20:30.123456.parquet", False),
        ("7_TR_NULL (1).parquet", True),
        ("7_TR_NULL 2.parquet", True),
        ("7_TR_NULL-LAPTOP.parquet", True),
        ("7_TR_2024-05-01-DESK-7.parquet", True),
        ("7_TR_NULL (Ann's conflicted copy 2024-05-01).parquet", True),
        ("7_TR_NULL.sync-conflict-20240501-101112-ABCDEFG.parquet", True),
        ("7_TR_NULL_conflict-20240501-101112.parquet", True),
        ("7_TR_NULL - Kopie.parquet", True),
        ("other.parquet", False),
    ],
)
def test_that_second_versions_of_synchronising_programs_are_known_by_their_names(name: str, is_copy: bool) -> None:
    assert conflict_copy(name) is is_copy


def test_that_a_conflict_copy_counts_in_nothing_and_is_named(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    part = tmp_path / "TR" / "1_TR_NULL.parquet"
    (tmp_path / "TR" / "1_TR_NULL-LAPTOP.parquet").write_bytes(part.read_bytes())
    (tmp_path / "statistics_sources (1).csv").write_text("x")
    (tmp_path / ".nolcat" / "journal (conflicted copy).jsonl").write_text("x")
    assert total(held) == month_total(10) + month_total(20)
    assert held.coverage()["state"].to_list() == ["usage", "usage"]
    assert [(fault.path, fault.problem.title) for fault in held.verify()] == [
        (path, "A synchronising program kept two versions of a file")
        for path in (
            ".nolcat/journal (conflicted copy).jsonl",
            "TR/1_TR_NULL-LAPTOP.parquet",
            "statistics_sources (1).csv",
        )
    ]


@pytest.mark.parametrize(
    ("place", "service"),
    [
        ("OneDrive - Riverside University/library", "OneDrive"),
        ("Dropbox (Personal)/x/library", "Dropbox"),
        ("My Drive/library", "Google Drive"),
        ("Mobile Documents/library", "iCloud"),
    ],
)
def test_that_a_synchronised_folder_is_known_by_its_name(tmp_path: Path, place: str, service: str) -> None:
    found = whereabouts(tmp_path / place)
    assert (found.kind, found.name) == (Kind.SYNCED, service)
    assert found.warning is not None
    assert service in found.warning.title


def test_that_a_synchronised_folder_is_known_by_what_its_program_leaves(tmp_path: Path) -> None:
    assert whereabouts(tmp_path / "box" / "library").warning is None
    (tmp_path / "box" / ".stfolder").mkdir(parents=True)
    assert whereabouts(tmp_path / "box" / "library").name == "Syncthing"


def test_that_a_network_drive_is_known_by_the_innermost_mount() -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n//nas/data /mnt/my\\040nas cifs rw 0 0\n"
        "host:/home /home nfs4 rw 0 0\n/dev/sdb1 /home/local ext4 rw 0 0\n"
    )
    assert network_of_linux("/mnt/my nas/library", mounts) == "cifs"
    assert network_of_linux("/home/ann/library", mounts) == "nfs4"
    assert network_of_linux("/home/local/library", mounts) == ""
    assert network_of_linux("/srv/library", mounts) == ""
    on_mac = "/dev/disk1s1 on / (apfs, local, journaled)\n//ann@nas/data on /Volumes/data (smbfs, nodev, nosuid)\n"
    assert network_of_mac("/Volumes/data/library", on_mac) == "smbfs"
    assert network_of_mac("/Users/ann/library", on_mac) == ""
    warning = whereabouts(Path("/")).warning
    assert warning is None


def test_that_a_program_that_overtook_us_without_a_lock_is_noticed(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    with held.run("add") as run:
        run.remove(1, "TR", ["2024-01"])
        append(held.layout, read_journal(held.layout), {"kind": "note"})
        with pytest.raises(NolcatError, match="Another program changed the library"):
            run.commit()
    assert total(held) == month_total(10) + month_total(20)
    assert held.verify() == []


def test_that_copies_of_the_journal_that_tell_different_things_stop_writing_and_are_told(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    both = read_journal(held.layout)
    for file, text in ((held.layout.journal, "here"), (held.layout.journal_copy, "there")):
        other = held.layout.hidden / "other"
        other.mkdir(exist_ok=True)
        kept = {path: path.read_bytes() for path in (held.layout.journal, held.layout.journal_copy)}
        append(held.layout, Journal(both.records), {"kind": "note", "text": text})
        for path, content in kept.items():
            if path != file:
                path.write_bytes(content)
        other.rmdir()
    assert read_journal(held.layout).forked
    assert [fault.problem.title for fault in held.verify()] == [
        "The two copies of the library's history tell different things"
    ]
    with pytest.raises(NolcatError, match="different things"), held.run("add"):
        pass
