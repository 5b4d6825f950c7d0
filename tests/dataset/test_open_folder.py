"""The folder as it stands, opened with other programs by the very words of its README."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pandas
import pytest

from nolcat_desktop.dataset import Library
from tests.dataset.builders import candidate, content, library, usage

FIRST, SECOND = {"2024-01": 10, "2023-12": 5}, {"2024-02": 7}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sources, a view beside its master, an emptied part, something aside."""
    place = tmp_path_factory.mktemp("open")
    held: Library = library(place)
    with held.run("add") as run:
        run.sources = run.sources.with_id(1, "Éditions, “A”").with_id(2, "B")
        for number, one in enumerate(
            (
                candidate(FIRST, name="0"),
                candidate(SECOND, source=2, name="1", harvested=date(2024, 5, 1)),
                candidate({"2024-01": 99}, source=2, report_type="TR_J1", name="2"),
                candidate({"2024-03": 1}, source=2, name="3"),
            )
        ):
            run.add(run.plan(one), content(str(number)))
        run.commit()
    held.mark_sent({"TR/2_TR_NULL.parquet": "0" * 64})
    with held.run("remove") as run:
        run.remove(2, "TR", ["2024-03"])
        run.commit()
    with held.run("add") as run:
        run.add(run.plan(candidate({"2024-01": 77}, name="4"), "aside"), content("4"))
        run.commit()
    assert held.verify() == []
    return place


def readme(folder: Path, heading: str) -> str:
    """The indented lines under a heading of the README."""
    text = (folder / "README.txt").read_text(encoding="utf-8")
    found = re.search(rf"^{heading}\n((?:(?:    .*)?\n)+)", text, re.MULTILINE)
    assert found is not None
    return "\n".join(line[4:] for line in found[1].splitlines())


MONTHS = [(date(2023, 12, 1), 11), (date(2024, 1, 1), 21), (date(2024, 2, 1), 15)]
TITLES = [("Ännals of “Everything”", 19), ("Journal of Nothing", 17)]
SOURCES = [("B", 2024, 15), ("Éditions, “A”", 2023, 11), ("Éditions, “A”", 2024, 21)]


def test_that_duckdb_answers_the_three_questions_of_the_readme(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    queries = [query for query in readme(folder, "DuckDB").split(";") if query.strip()]
    with duckdb.connect() as connection:
        months, titles, sources = [connection.execute(query).fetchall() for query in queries]
    assert months == MONTHS
    assert titles == TITLES
    assert sorted(sources) == SOURCES


def test_that_pandas_answers_the_three_questions_of_the_readme(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    seen: dict[str, object] = {}
    exec(readme(folder, "Python with pandas"), seen)  # noqa: S102 - the README's own words
    months, titles, sources = (seen[name] for name in ("months", "titles", "sources"))
    assert isinstance(months, pandas.Series)
    assert isinstance(titles, pandas.Series)
    assert isinstance(sources, pandas.Series)
    assert [(day.date(), int(uses)) for day, uses in months.items()] == MONTHS
    assert [(name, int(uses)) for name, uses in titles.items()] == TITLES
    assert sorted((name, int(year), int(uses)) for (name, year), uses in sources.items()) == SOURCES


def test_that_all_columns_of_usage_are_there_for_duckdb(folder: Path) -> None:
    with duckdb.connect() as connection:
        described = connection.read_parquet(f"{folder}/TR/*.parquet").columns
    assert described == usage(FIRST).columns
