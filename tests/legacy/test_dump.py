"""Dumps: any value survives, whatever the form; what is cut off or counted twice is told."""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import lzma
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nolcat_desktop.legacy import Dump
from nolcat_desktop.legacy.dump_rows import column, rows
from nolcat_desktop.legacy.dump_text import DumpText
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress, Step
from tests.legacy.relation_rows import NAMES, ROWS, fill, row
from tests.legacy.stored import agree, as_text, cells, read
from tests.servers.mariadb import MariaDb

NUMBERS = itertools.count()
SIGNS = "'\\\"`,();\n\r\t\0\x1a%_#-/* 0xN"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(SIGNS, max_size=40)
FORMS = (
    (),
    ("--skip-extended-insert", "--complete-insert"),
    ("--hex-blob", "--compact", "--replace"),
    ("--insert-ignore", "--skip-comments", "--no-create-info"),
    ("--skip-quote-names", "--skip-opt", "--databases"),
)


@pytest.fixture(scope="module")
def dumped(database_server: MariaDb, tmp_path_factory: pytest.TempPathFactory) -> Path:
    fill(database_server, "dumped")
    database_server.run(
        "CREATE TABLE `annual; notes` (`a` TEXT, `COUNTERData` INT)",
        "INSERT INTO `annual; notes` VALUES ('INSERT INTO `COUNTERData` VALUES (1);\\'', 2)",
        "CREATE VIEW seen AS SELECT 'it''s; a view' AS v",
        "CREATE TRIGGER t BEFORE DELETE ON COUNTERData FOR EACH ROW BEGIN SET @a = ';'; SET @b = 'x'; END",
        database="dumped",
    )
    return database_server.dump(tmp_path_factory.mktemp("dump") / "all.sql", "--triggers", "--routines", "dumped")


def test_that_rows_and_sources_come_out_of_a_dump_with_all_else_in_it(dumped: Path) -> None:
    dump = Dump(dumped)
    assert cells(dump) == as_text(ROWS)
    assert agree(dump)
    assert {one.source_id: one.name for one in dump.sources()} == NAMES


@given(st.lists(st.tuples(TEXTS, TEXTS, st.none() | TEXTS), min_size=1, max_size=12), st.sampled_from(FORMS))
@settings(max_examples=8)
def test_that_any_value_survives_the_servers_own_dump(
    database_server: MariaDb, tmp_path: Path, values: list[tuple[str, str, str | None]], form: tuple[str, ...]
) -> None:
    made = [
        row(n, resource_name=title, metric_type=metric.strip() or "m", publisher=publisher)
        for n, (title, metric, publisher) in enumerate(values, 1)
    ]
    name = f"any{next(NUMBERS)}"
    fill(database_server, name, made)
    try:
        dump = Dump(database_server.dump(tmp_path / f"{name}.sql", *form, name))
        assert cells(dump) == as_text(made)
        assert agree(dump)
    finally:
        database_server.run(f"DROP DATABASE {name}")


class Slow(io.BytesIO):
    """Gives a few bytes at a time, so that everything lies across a border somewhere."""

    def __init__(self, content: bytes, step: int) -> None:
        super().__init__(content)
        self._step = step

    def read(self, size: int | None = -1) -> bytes:  # noqa: ARG002 - less than asked for
        return super().read(self._step)


def quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n") + "'"


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6), st.integers(1, 40))
def test_that_where_a_block_ends_makes_no_difference(values: list[tuple[str, str]], step: int) -> None:
    statement = ",\n".join(f"( {quoted(a)} ,NULL,-1,{quoted(b)})" for a, b in values) + ";"
    text = DumpText(Slow(statement.encode(), step), Path("x.sql"))
    found = [one for batch in rows(text, 4) for one in batch]
    columns = [column(cells, "utf-8").to_list() for cells in zip(*found, strict=True)]
    assert columns[:4] == [[a for a, _ in values], [None] * len(values), ["-1"] * len(values), [b for _, b in values]]


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lzma.compress, lambda b: pa.compress(b, "zstd", asbytes=True)]
)
def test_that_a_packed_dump_reads_like_the_dump(dumped: Path, tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    packed = tmp_path / "dump"
    packed.write_bytes(pack(dumped.read_bytes()))
    assert cells(Dump(packed)) == as_text(ROWS)


@given(st.data())
@settings(max_examples=20)
def test_that_a_dump_that_was_cut_off_is_refused_wherever(dumped: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = dumped.read_bytes()
    end = content.index(b"-- Dump completed")
    cut = tmp_path / "cut.sql"
    cut.write_bytes(content[: data.draw(st.integers(1, end))])
    with pytest.raises(NolcatError) as caught:
        read(Dump(cut))
    assert "Nothing was stored" in caught.value.problem.meaning


def test_that_a_packed_dump_that_was_cut_off_is_refused(dumped: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.sql.gz"
    cut.write_bytes(gzip.compress(dumped.read_bytes())[:-40])
    with pytest.raises(NolcatError, match="cut off"):
        read(Dump(cut))


def test_that_two_databases_in_one_dump_are_not_added_up(database_server: MariaDb, tmp_path: Path) -> None:
    fill(database_server, "one")
    fill(database_server, "two", [row(9, usage_count=77)])
    both = database_server.dump(tmp_path / "both.sql", "--databases", "one", "two")
    with pytest.raises(NolcatError, match="more than one database"):
        read(Dump(both))
    assert cells(Dump(both, "two")) == as_text([row(9, usage_count=77)])


def test_that_a_dump_in_another_character_set_is_read_by_it(database_server: MariaDb, tmp_path: Path) -> None:
    rows = [row(1, resource_name="Überblick“€")]
    fill(database_server, "latin", rows)
    dump = database_server.dump(tmp_path / "latin.sql", "--default-character-set=latin1", "latin")
    assert cells(Dump(dump)) == as_text(rows)


def test_that_columns_may_stand_in_another_order_and_be_more(tmp_path: Path) -> None:
    dump = tmp_path / "own.sql"
    dump.write_text(
        "# it's a comment; of ours\n/* and; ' another */ -- one more '\n"
        "CREATE TABLE counterdata (usage_count INT, PRIMARY KEY (usage_count), `metric_type` VARCHAR(9) DEFAULT ',(', "
        "more DECIMAL(10,2), usage_date DATE, report_type TEXT, statistics_source_ID INT, KEY k (more));\n"
        "INSERT INTO counterdata VALUES (5, 'm', 1.50, '2014-01-01', 'JR1', 3);\n"
        "insert into `counterdata` (`statistics_source_ID`, usage_count, report_type, metric_type, usage_date) "
        "values (4, 6, _utf8mb4'JR1', x'6d', '2014-02-01');\n"
    )
    found = cells(Dump(dump))
    assert [one["usage_count"] for one in found] == ["5", "6"]
    assert [one["statistics_source_ID"] for one in found] == ["3", "4"]
    assert [one["metric_type"] for one in found] == ["m", "m"]


def test_that_a_row_with_a_value_too_few_is_refused_with_its_place(tmp_path: Path) -> None:
    dump = tmp_path / "short.sql"
    dump.write_text("INSERT INTO COUNTERData (statistics_source_ID,report_type,metric_type,usage_date,usage_count) "
                    "VALUES (1,'JR1','m','2014-01-01',1),(1,'JR1','m','2014-01-01');\n")  # fmt: skip
    with pytest.raises(NolcatError, match=r"another number of values than the 5 columns \(byte \d+"):
        read(Dump(dump))


def test_that_a_dump_without_the_relation_is_refused(tmp_path: Path) -> None:
    dump = tmp_path / "other.sql"
    dump.write_text("CREATE TABLE x (a INT);\nINSERT INTO x VALUES (1);\n")
    with pytest.raises(NolcatError, match="no row of COUNTERData"):
        read(Dump(dump))


def test_that_reading_a_dump_stops_when_asked_to(dumped: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        list(Dump(dumped).batches(progress))


def test_that_rows_come_long_before_the_end_is_read(tmp_path: Path) -> None:
    begin = "DROP TABLE IF EXISTS COUNTERData;\nCREATE VIEW v AS SELECT 1;\nDO 1;\nLOCK TABLES COUNTERData WRITE;\n"
    insert = "INSERT INTO COUNTERData (statistics_source_ID,report_type,metric_type,usage_date,usage_count) VALUES "
    rows_of_one = ",".join("(1,'JR1','m','2014-01-01',1)" for _ in range(6000))
    dump = tmp_path / "long.sql"
    dump.write_text(begin + f"{insert}{rows_of_one};\n" * 60)
    seen: list[Step] = []
    batches = Dump(dump).batches(Progress(seen.append))
    next(batches)
    batches.close()  # type: ignore[attr-defined]
    assert seen[-1].done < seen[-1].total / 2
