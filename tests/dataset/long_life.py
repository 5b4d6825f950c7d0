"""A long life of a library: everything that can be done to one, step by step, always the same.

Started by `test_long_life.py` as a child that is to be killed: it prints a byte after each step.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from nolcat_desktop.dataset import Alias, Answer, Library, Named
from nolcat_desktop.dataset.decisions import told, told_alias
from tests.dataset.builders import NOON, candidate, content, months

Step = Callable[[Library], object]


def _store(*offered: dict[str, object], how: str = "replace") -> Step:
    def step(held: Library) -> None:
        with held.run("add") as run:
            for one in offered:
                made = candidate(**one)  # type: ignore[arg-type]
                run.add(run.plan(made, how, how), content(made.load.original))
            run.commit()

    return step


def _local(name: str, counts: dict[str, int]) -> Step:
    def step(held: Library) -> None:
        with held.run("add") as run:
            run.sources, number, _ = run.sources.ensure(name)
            made = candidate(counts, source=number, name=f"{name}.tsv", platform=name)
            run.add(run.plan(made), content(made.load.original))
            run.commit()

    return step


def _remove(report_type: str, *gone: str) -> Step:
    def step(held: Library) -> None:
        with held.run("remove") as run:
            run.remove(1, report_type, gone or None)
            run.commit()

    return step


def _bring_in(held: Library) -> None:
    with held.run("make live") as run:
        run.bring_in(held.asides()[0].path)
        run.commit()


def _map(held: Library) -> None:
    old = next(row.source_id for row in held.sources().rows if row.local)
    with held.run("map") as run:
        run.sources = run.sources.with_id(9, "Of NoLCAT").without(old)
        run.map_source(old, 9)
        run.commit()


def _decide(held: Library) -> None:
    with held.run("decide") as run:
        run.decide(told(Answer(1, "TR", None, "2023-12", "not yet subscribed", "2025-03-01")))
        run.decide(told_alias(Alias(Named.PLATFORM, "Alpha", "Alpha & Co.")))
        run.decide({"kind": "numbering", "own": True})
        run.commit()


TWO = {"2024-01": 10, "2024-02": 20}
STEPS: tuple[tuple[str, Step], ...] = (
    ("load", _store({"counts": TWO}, {"counts": TWO, "report_type": "PR", "name": "pr"})),
    ("load local", _local("Ours", {"2024-01": 3, "2024-02": 4})),
    ("decide", _decide),
    ("replace", _store({"counts": {"2024-01": 11, "2024-03": 30}, "name": "b", "harvested": date(2024, 5, 1)})),
    ("undo", lambda held: held.undo()),
    ("redo", lambda held: held.redo()),
    ("aside", _store({"counts": {"2024-02": 22}, "name": "c"}, how="aside")),
    ("bring in", _bring_in),
    ("map", _map),
    ("undo map", lambda held: held.undo()),
    ("redo map", lambda held: held.redo()),
    ("remove", _remove("TR", "2024-03")),
    ("undo remove", lambda held: held.undo()),
    ("tidy", lambda held: held.tidy()),
    ("remove all", _remove("PR")),
    ("replace again", _store({"counts": {"2024-02": 33}, "name": "d"})),
    ("undo again", lambda held: held.undo()),
    ("tidy again", lambda held: held.tidy(originals=True)),
    ("load again", _store({"counts": {"2025-01": 5}, "name": "e"})),
)


def state(held: Library) -> tuple[object, ...]:
    """Everything that a user sees of a library, file names apart."""
    by_source = (
        held.scan()
        .group_by("statistics_source_ID", "report_type", "usage_date")
        .agg(pl.col("usage_count").sum(), pl.len())
        .collect()
        .sort(pl.all())
    )
    aside = [(held.load.original, held.load.months, held.load.rows) for held in held.asides()]
    done = [(one.what, one.undone, one.reachable) for one in held.history()]
    decided = held.decisions()
    return (
        by_source.rows(),
        months(held),
        aside,
        held.sources().rows,
        done,
        (decided.answers, decided.aliases, decided.own_numbering),
        held.coverage().rows(),
    )


def main() -> None:
    """Live, a byte for each step."""
    folder = Path(sys.argv[1])
    sys.stdout.write("|")
    sys.stdout.flush()
    for _, step in STEPS:
        step(Library.open(folder, lambda: NOON, "1.0"))
        sys.stdout.write(".")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
