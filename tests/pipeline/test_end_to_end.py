"""From a manifest to Athena's table and an e-mail: the shipped machine interpreted, the shipped script executed."""

from __future__ import annotations

import importlib.util
import shutil
from datetime import date
from pathlib import Path

import pytest

from nolcat_desktop.aws.executions_advice import run_advice
from nolcat_desktop.usage import USAGE
from tests.dataset.builders import candidate, library, store
from tests.pipeline.foreign_parts import write_foreign, write_superseded
from tests.pipeline.installed import SHIPPED, Pipeline, code_in, install
from tests.pipeline.sets import PREFIX, Sent, change, send, send_manifest, sums_of
from tests.servers.aws_stand_in import Aws

SOURCES = 'statistics_source_ID,statistics_source_name,local\n1,ProQuest,false\n2,"Wiley, Online",false\n'


def two_reports(pipeline: Pipeline, folder: Path, previous: Sent | None = None) -> Sent:
    """A library of two reports, sent."""
    store(
        library(folder),
        candidate({"2023-12": 5, "2024-01": 3, "2024-02": 4}),
        candidate({"2024-01": 7}, source=2, report_type="DR_D1", name="b.tsv"),
    )
    (folder / "statistics_sources.csv").write_text(SOURCES, encoding="utf-8")
    return send(pipeline.aws, pipeline.bucket, folder, previous)


def test_that_a_set_is_published_whole_and_told_and_the_next_tells_what_is_new(
    pipeline: Pipeline, folder: Path
) -> None:
    first = two_reports(pipeline, folder)
    ended = pipeline.run(first)
    assert (ended.status, ended.output.get("outcome")) == ("SUCCEEDED", "published"), ended
    rows = pipeline.rows()
    assert pipeline.sums() == sums_of(folder)
    assert dict(rows.drop("family", "year").schema) == dict(USAGE)
    assert set(rows["family"]) == {"TR", "DR"}
    assert (rows["year"] == rows["usage_date"].dt.year()).all()
    [(subject, text)] = pipeline.letters()
    assert subject == "NoLCAT usage published: 4 new months of 2 sources"
    assert "ProQuest (source 1), TR, Release 5.1: new: 2023-12 to 2024-02 (12 rows)" in text
    assert "Wiley, Online (source 2), DR_D1" in text
    assert "Total_Item_Requests: 27" in text

    store(library(folder), candidate({"2024-02": 9, "2024-03": 1}, name="c.tsv"), if_loaded="replace")
    execution = pipeline.start(send(pipeline.aws, pipeline.bucket, folder, first))
    assert pipeline.wait(execution).output["outcome"] == "published"
    assert pipeline.sums() == sums_of(folder)
    arrived = [(one["change"], one["months"]) for one in pipeline.result(execution)["arrived"]]
    assert arrived == [("new", ["2024-03"]), ("changed", ["2024-02"])]
    assert pipeline.letters()[0][0] == "NoLCAT usage published: 1 new month of 1 source, 1 month changed"


def test_that_damaged_and_missing_objects_stop_everything_and_are_named(pipeline: Pipeline, folder: Path) -> None:
    sent = two_reports(pipeline, folder)
    s3 = pipeline.aws.client("s3")
    assert pipeline.run(sent).status == "SUCCEEDED"
    shown = pipeline.table()
    pipeline.letters()
    damaged = s3.put_object(Bucket=sent.bucket, Key=f"{PREFIX}/TR/1_TR_NULL.parquet", Body=b"PAR1 torn")["VersionId"]
    entries = change(sent, "1_TR_NULL.parquet", version_id=damaged)
    gone = next(one for one in entries if one.key.endswith("2_DR_D1_NULL.parquet"))
    s3.delete_object(Bucket=sent.bucket, Key=gone.key, VersionId=gone.version_id)
    execution = pipeline.start(send_manifest(pipeline.aws, sent.bucket, entries, sent))
    ended = pipeline.wait(execution)
    assert ended.status == "FAILED"
    assert {one["error"] for one in pipeline.result(execution)["problems"]} == {
        "NoLCAT.ObjectMissing",
        "NoLCAT.ObjectDiffers",
    }
    assert ended.error in {"NoLCAT.ObjectMissing", "NoLCAT.ObjectDiffers"}
    [(subject, text)] = pipeline.letters()
    assert subject.startswith("NoLCAT usage NOT published: a file")
    assert "1_TR_NULL.parquet has 9 bytes" in text
    assert "2_DR_D1_NULL.parquet is missing" in text
    assert pipeline.table() == shown


def test_that_a_job_that_dies_without_a_word_is_told(aws: Aws, folder: Path) -> None:
    pipeline = install(aws, code=code_in(aws, {"nolcat_run.py": b""}))
    sent = two_reports(pipeline, folder)
    ended = pipeline.run(sent)
    assert (ended.status, ended.error) == ("FAILED", "NoLCAT.NoWord")
    assert "Nothing was published" in ended.cause
    [(subject, text)] = pipeline.letters()
    assert subject == "NoLCAT: usage NOT published: the job ended without a word"
    assert sent.order["key"] in text
    assert pipeline.table() is None


def test_that_a_stopped_run_changes_nothing_and_can_be_run_again(pipeline: Pipeline, folder: Path) -> None:
    sent = two_reports(pipeline, folder)
    execution = pipeline.start(sent)
    glue = pipeline.aws.client("glue")
    name = f"{pipeline.name}-pythonshell"
    pipeline.until(lambda: glue.get_job_runs(JobName=name)["JobRuns"], bool)
    pipeline.aws.client("stepfunctions").stop_execution(executionArn=execution, cause="stopped by Ada")
    assert pipeline.wait(execution).status == "ABORTED"
    states = pipeline.until(
        lambda: {one["JobRunState"] for one in glue.get_job_runs(JobName=name)["JobRuns"]}, lambda one: one
    )
    assert states == {"STOPPED"}
    assert pipeline.table() is None
    assert pipeline.run(sent).output["outcome"] == "published"


def test_that_a_second_click_starts_nothing_and_a_repeated_run_changes_nothing(
    pipeline: Pipeline, folder: Path
) -> None:
    sent = two_reports(pipeline, folder)
    first = pipeline.start(sent, name="click")
    assert pipeline.start(sent, name="click") == first
    assert pipeline.wait(first).output["outcome"] == "published"
    shown = pipeline.table()
    again = pipeline.run(sent)
    assert (again.status, again.output["outcome"]) == ("SUCCEEDED", "unchanged")
    assert pipeline.table() == shown
    assert pipeline.letters()[1][0] == "NoLCAT this set was published already"


def test_that_of_two_sets_in_a_row_the_newer_is_shown_whichever_ends_first(aws: Aws, folder: Path) -> None:
    pipeline = install(aws, concurrent=1)
    first = two_reports(pipeline, folder)
    store(library(folder), candidate({"2024-03": 1}, name="c.tsv"))
    second = send(aws, pipeline.bucket, folder, first)
    # The first still runs, and the job takes one run at a time: the second is tried again until it is let in.
    runs = [pipeline.start(first), pipeline.start(second)]
    ended = [pipeline.wait(one) for one in runs]
    assert [one.status for one in ended] == ["SUCCEEDED", "SUCCEEDED"], ended
    assert pipeline.sums() == sums_of(folder)
    late = pipeline.run(first)
    assert (late.status, late.output["outcome"]) == ("SUCCEEDED", "superseded")
    assert pipeline.sums() == sums_of(folder)
    assert pipeline.letters()[-1][0] == "NoLCAT a newer set has overtaken this one"


def test_that_superseded_parts_and_earlier_harvests_of_nolcat_are_not_counted_twice(
    pipeline: Pipeline, folder: Path
) -> None:
    store(library(folder), candidate({"2024-01": 3}, source=2))
    write_foreign(folder, "2024-05-01T10-11-12", {"2024-01": 10, "2024-02": 20})
    write_foreign(folder, "2024-06-01T09-00-00", {"2024-02": 25, "2024-03": 30})
    write_superseded(folder, "2_TR_2023-01-01.parquet")
    execution = pipeline.start(send(pipeline.aws, pipeline.bucket, folder))
    ended = pipeline.wait(execution)
    assert ended.status == "SUCCEEDED", ended
    of_nolcat = {key[3]: total for key, total in pipeline.sums().items() if key[0] == 1}
    assert of_nolcat == {date(2024, 1, 1): 10, date(2024, 2, 1): 25, date(2024, 3, 1): 30}
    [replaced] = pipeline.result(execution)["replaced"]
    assert replaced["months"] == ["2024-02"]
    assert "1_TR_2024-05-01T10-11-12.parquet by 1_TR_2024-06-01T09-00-00.parquet" in pipeline.letters()[0][1]


def test_that_two_reports_that_overlap_in_part_are_refused(pipeline: Pipeline, folder: Path) -> None:
    write_foreign(folder, "2024-05-01", {"2024-01": 10})
    store(library(folder / "other"), candidate({"2024-01": 3}, filters={"Data_Type": ["Book"]}))
    shutil.move(folder / "other" / "TR" / "1_TR_NULL.parquet", folder / "TR")
    shutil.rmtree(folder / "other")
    ended = pipeline.run(send(pipeline.aws, pipeline.bucket, folder))
    assert (ended.status, ended.error) == ("FAILED", "NoLCAT.CountedTwice")
    assert "1_TR_2024-05-01.parquet" in ended.cause


def test_that_without_versions_a_set_whose_objects_were_replaced_is_superseded(aws: Aws, folder: Path) -> None:
    pipeline = install(aws, versions=False)
    first = two_reports(pipeline, folder)
    store(library(folder), candidate({"2024-03": 1}, name="c.tsv"))
    second = send(aws, pipeline.bucket, folder, first)
    assert all(one.version_id is None for one in second.manifest.objects)
    assert pipeline.run(first).output["outcome"] == "superseded"
    assert pipeline.table() is None
    assert pipeline.run(second).output["outcome"] == "published"


def test_that_a_test_run_is_small_and_leaves_production_alone(pipeline: Pipeline, folder: Path) -> None:
    sent = two_reports(pipeline, folder)
    execution = pipeline.start(sent, test=True)
    ended = pipeline.wait(execution)
    assert ended.status == "SUCCEEDED", ended
    assert pipeline.table() is None
    assert pipeline.sums("usage_test") == sums_of(folder)
    runs = pipeline.aws.client("glue").get_job_runs(JobName=f"{pipeline.name}-pythonshell")["JobRuns"]
    assert [one["MaxCapacity"] for one in runs] == [0.0625]
    [(subject, text)] = pipeline.letters()
    assert subject.startswith("NoLCAT test: usage published")
    assert text.startswith("This was a TEST")


def test_that_an_order_of_another_shape_fails_with_a_word(pipeline: Pipeline) -> None:
    shapes: tuple[object, ...] = ({}, {"manifest": {"bucket": "b"}, "test": False}, {"manifest": "x", "test": "no"})
    runs = [pipeline.start_with(given, f"odd-{at}") for at, given in enumerate(shapes)]
    for ended in map(pipeline.wait, runs):
        assert (ended.status, ended.error) == ("FAILED", "NoLCAT.BadInput")
    assert all(subject.endswith("the order cannot be understood") for subject, _ in pipeline.letters())


ENGINES = (SHIPPED / "glue" / "nolcat_engines.py").read_bytes()
KILLED = b"""
import os
OneMachine.heavy = lambda *_: os.kill(os.getpid(), 9)
"""
"""What the system does with a process that wants more memory than there is."""
NO_MEMORY = b"""
import os

def refuse(*_):
    raise MemoryError("malloc of size 851443712 failed")

Cluster.__init__ = refuse
if os.environ["NOLCAT_MAX_CAPACITY"] == "0.0625":
    OneMachine.heavy = refuse
"""
"""1/16 DPU is too little, and so is Spark; 1 DPU is not."""


def test_that_too_little_memory_is_told_and_a_test_has_a_larger_size(aws: Aws, folder: Path) -> None:
    pipeline = install(aws, code=code_in(aws, {"nolcat_engines.py": ENGINES + NO_MEMORY}))
    sent = two_reports(pipeline, folder)
    ended = pipeline.run(sent, test=True)
    assert (ended.status, ended.error) == ("FAILED", "NoLCAT.TooLittleMemory")
    assert "Nothing was published" in ended.cause
    [(subject, text)] = pipeline.letters()
    assert subject == "NoLCAT test: usage NOT published: the job had too little memory"
    assert "Run again, larger" in text
    again = pipeline.wait(pipeline.start_with({"manifest": sent.order, "test": True, "larger": True}, "larger"))
    assert (again.status, again.output.get("outcome")) == ("SUCCEEDED", "published"), again
    assert "Full size of a test" in again.steps
    assert pipeline.sums("usage_test") == sums_of(folder)
    assert pipeline.table() is None


def test_that_a_set_over_the_limit_goes_on_to_spark(aws: Aws, folder: Path) -> None:
    pipeline = install(aws, spark_from_bytes=1, code=code_in(aws, {"nolcat_engines.py": ENGINES + NO_MEMORY}))
    ended = pipeline.run(two_reports(pipeline, folder))
    assert [step for step in ended.steps if "publish" in step.lower()][:2] == [
        "Check and publish",
        "Publish with Spark",
    ]
    assert ended.error == "NoLCAT.TooLittleMemory"


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which is not here")
@pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="pyspark is not installed")
def test_that_a_run_killed_for_its_memory_is_run_larger_on_spark_with_the_same_result(
    aws: Aws, pipeline: Pipeline, folder: Path
) -> None:
    write_foreign(folder, "2024-05-01T10-11-12", {"2024-01": 10, "2024-02": 20}, source=3)
    write_foreign(folder, "2024-06-01T09-00-00", {"2024-02": 25}, source=3)
    shell = pipeline.run(two_reports(pipeline, folder))
    assert shell.status == "SUCCEEDED", shell
    small = install(aws, code=code_in(aws, {"nolcat_engines.py": ENGINES + KILLED}))
    sent = send(aws, small.bucket, folder)
    killed = small.run(sent)
    assert (killed.error, small.table()) == ("NoLCAT.NoWord", None)
    assert run_advice(killed.status, killed.error, killed.cause).larger_size
    small.letters()
    spark = small.wait(small.start_with({"manifest": sent.order, "test": False, "larger": True}, "larger"))
    assert spark.status == "SUCCEEDED", (spark, aws.log()[-3000:])
    assert [step for step in spark.steps if "ublish" in step][:1] == ["Publish with Spark"]
    columns = pipeline.rows().columns
    assert small.rows().sort(columns).equals(pipeline.rows().sort(columns))
    assert small.letters()[0][1].split("IN ALL")[0] == pipeline.letters()[0][1].split("IN ALL")[0]
