"""What the e-mail says. A subject is one line of ASCII under 100 characters, as SNS wants it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nolcat_order import Order, Problem

LINES = 60
"""Reports that are listed; the rest is counted."""
_KEPT = "What could be queried before can still be queried, unchanged."
_METRICS = "Numbers of different metrics are never to be added up."


def published(order: Order, told: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text when a set was published; `told` is the result."""
    arrived = told["arrived"]
    sources = {one["statistics_source_ID"] for one in arrived}
    months = sum(len(one["months"]) for one in arrived if one["change"] == "new")
    changed = sum(len(one["months"]) for one in arrived if one["change"] != "new")
    news = f"{_count(months, 'new month')} of {_count(len(sources), 'source')}" if months else ""
    news = ", ".join(filter(None, (news, f"{_count(changed, 'month')} changed" if changed else ""))) or "nothing new"
    lines = [
        _opening(order, "Your COUNTER usage was published and can be queried in Athena."),
        "",
        "WHAT ARRIVED (months are those of each report)",
        *(_arrived(arrived) or ["  Nothing that was not there before."]),
        *_replaced(told["replaced"]),
        "",
        f"IN ALL: {told['rows']:,} rows from {_count(told['objects'], 'file')}. {_METRICS}",
        "",
        *_where(order, told),
    ]
    return _subject(order, f"usage published: {news}"), "\n".join(lines)


def unchanged(order: Order, told: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text when this very set is published already."""
    text = _opening(order, f"This set of files was published before; nothing had to be done. {_KEPT}")
    return _subject(order, "this set was published already"), "\n".join([text, "", *_where(order, told)])


def superseded(order: Order, told: Mapping[str, Any], by: str) -> tuple[str, str]:
    """Subject and text when a newer set has overtaken this one."""
    text = _opening(
        order,
        f"While this run was on its way a newer set of files (manifest {by}) overtook it, so it changed nothing: the"
        " newer set holds everything that this one does, and its own run tells what arrived.",
    )
    return _subject(order, "a newer set has overtaken this one"), "\n".join([text, "", *_where(order, told)])


def failed(order: Order, told: Mapping[str, Any], problems: Sequence[Problem]) -> tuple[str, str, str]:
    """Subject, text and the cause for the state machine when a set was not published."""
    lines = [_opening(order, f"Your COUNTER usage was NOT published. {_KEPT}"), "", "WHAT FAILED"]
    for problem in problems[:10]:
        lines += [f"  {problem.title}.", f"    {problem.meaning}", f"    What to do: {problem.remedy}"]
    if len(problems) > len(problems[:10]):
        lines.append(f"  … and {len(problems) - 10} more; the details name them all.")
    first = problems[0]
    more = f" ({_count(len(problems) - 1, 'more problem')})" if len(problems) > 1 else ""
    cause = f"{first.title}. {first.meaning} {first.remedy}{more}"
    subject = _subject(order, f"usage NOT published: {first.title[0].lower()}{first.title[1:]}")
    return subject, "\n".join([*lines, "", *_where(order, told)]), cause


def months_told(months: Iterable[str]) -> str:
    """`2024-01 to 2024-03, 2024-07`."""
    spans: list[list[str]] = []
    for month in sorted(months):
        if spans and _next(spans[-1][-1]) == month:
            spans[-1].append(month)
        else:
            spans.append([month])
    return ", ".join(span[0] if len(span) == 1 else f"{span[0]} to {span[-1]}" for span in spans)


def _arrived(arrived: Sequence[Mapping[str, Any]]) -> list[str]:
    words = {"new": "new", "changed": "changed", "gone": "no longer there"}
    lines = []
    for one in arrived[:LINES]:
        source = one["statistics_source_name"] or "a source without a name"
        lines.append(
            f"  {source} (source {one['statistics_source_ID']}), {one['report_type']}, Release {one['release']}:"
            f" {words[one['change']]}: {months_told(one['months'])} ({one['rows']:,} rows)"
        )
        lines += [f"      {metric}: {count:,}" for metric, count in sorted(one["metrics"].items())]
    if len(arrived) > LINES:
        lines.append(f"  … and {len(arrived) - LINES} more; the details name them all.")
    return lines


def _replaced(replaced: Sequence[Mapping[str, Any]]) -> list[str]:
    if not replaced:
        return []
    lines = ["", "REPLACED BY A LATER HARVEST (counted once, as the later one has it)"]
    lines += [
        f"  {one['report_type']} of source {one['statistics_source_ID']}, {months_told(one['months'])}:"
        f" {one['key'].rpartition('/')[2]} by {one['by'].rpartition('/')[2]}"
        for one in replaced[:LINES]
    ]
    return lines


def _where(order: Order, told: Mapping[str, Any]) -> list[str]:
    lines = ["WHERE TO LOOK"]
    if told["outcome"] != "failed":
        lines.append(f"  Athena: database {order.database}, table {order.table}")
    return [
        *lines,
        f"  Details: s3://{order.store_bucket}/{order.result_key('result.json')}",
        f"  Run: {order.run} (NoLCAT Desktop: Cloud, Runs)",
        f"  Set of files: {order.key}",
    ]


def _opening(order: Order, text: str) -> str:
    return f"This was a TEST; production was not touched. {text}" if order.is_test else text


def _subject(order: Order, text: str) -> str:
    whole = f"NoLCAT {'test: ' if order.is_test else ''}{text}"
    plain = "".join(letter if " " <= letter <= "~" else "?" for letter in whole)
    return plain if len(plain) < 100 else f"{plain[:96]}..."  # noqa: PLR2004 - SNS's limit


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _next(month: str) -> str:
    number = int(month[:4]) * 12 + int(month[5:7])
    return f"{number // 12:04}-{number % 12 + 1:02}"
