"""Two ways to do one thing to many objects: on this machine, or on all machines of a Spark cluster.

Spark's own readers cannot read an object in a given version and refuse nanosecond timestamps. So Spark only spreads
the work: every task reads, checks and writes whole parts with the same code as the one machine does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

Given = TypeVar("Given")
Got = TypeVar("Got")


class Engine(Protocol):
    """Where the work is done."""

    name: str
    group_bytes: int
    """Bytes of parts that are written together."""

    def each(self, work: Callable[[Given], Got], over: Sequence[Given]) -> Iterator[Got]:
        """Do `work` to each of `over`, many at a time when it is light; the answers in their order."""

    def heavy(self, work: Callable[[Given], Got], over: Sequence[Given]) -> Iterator[Got]:
        """The same for work that fills a machine's memory."""

    def close(self) -> None:
        """Give back what is held."""


class OneMachine:
    """Glue's Python shell: 1 GiB at 1/16 DPU, so what is heavy is done one after the other."""

    name = "shell"
    group_bytes = 1 << 30

    def __init__(self, threads: int = 4) -> None:
        """Hold nothing yet."""
        self._threads = threads

    def each(self, work: Callable[[Given], Got], over: Sequence[Given]) -> Iterator[Got]:
        """Several at a time: most of it is waiting for S3."""
        with ThreadPoolExecutor(self._threads) as pool:
            yield from pool.map(work, over)

    def heavy(self, work: Callable[[Given], Got], over: Sequence[Given]) -> Iterator[Got]:
        """One after the other."""
        return (work(one) for one in over)

    def close(self) -> None:
        """Nothing is held."""


class Cluster:
    """Spark, on Glue or anywhere."""

    name = "spark"
    group_bytes = 128 << 20

    def __init__(self, files: Sequence[str]) -> None:
        """Start a session whose workers know the modules in `files`."""
        from pyspark.sql import SparkSession

        self._session: Any = SparkSession.builder.appName("nolcat-publish").getOrCreate()
        for file in files:
            self._session.sparkContext.addPyFile(file)

    def each(self, work: Callable[[Given], Got], over: Sequence[Given]) -> Iterator[Got]:
        """One task for a handful of objects."""
        tasks = max(1, min(len(over), self._session.sparkContext.defaultParallelism * 8))
        return self._spread(work, over, tasks)

    def heavy(self, work: Callable[[Given], Got], over: Sequence[Given]) -> Iterator[Got]:
        """One task for each."""
        return self._spread(work, over, max(1, len(over)))

    def close(self) -> None:
        """End the session."""
        self._session.stop()

    def _spread(self, work: Callable[[Given], Got], over: Sequence[Given], tasks: int) -> Iterator[Got]:
        spread = self._session.sparkContext.parallelize(list(over), tasks)
        return iter(spread.map(work).collect())
