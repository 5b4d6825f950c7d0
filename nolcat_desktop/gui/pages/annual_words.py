"""Annual statistics in words: years, numbers that may be too low, what a number is made of."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from nolcat_desktop.analysis.annual_statistics import Answer
from nolcat_desktop.gui.cell_text import months, number
from nolcat_desktop.gui.pages.coverage_facts import Fact
from nolcat_desktop.workflow.surveying import Survey, months_in_words


def year_words(year: int, first_month: int) -> str:
    """`2024`, or `2024/25` for a year that begins later than in January."""
    return str(year) if first_month == 1 else f"{year}/{(year + 1) % 100:02}"


def first_month_of(found: Survey) -> int:
    """1 to 12: the month in which the year begins."""
    return int(found.months[0][5:])


def span_words(found: Survey) -> str:
    """`Jan – Dec 2024`."""
    first, last = (date.fromisoformat(f"{month}-01") for month in (found.months[0], found.months[-1]))
    return months(first, last)


def summary_words(found: Survey) -> str:
    """The span, how many numbers there are, and how many may be too low."""
    low = sum(found.is_low(one) for one in found.answers)
    text = tr("{months} · {n} numbers · {m} of them may be too low") if low else tr("{months} · {n} numbers")
    return text.format(months=span_words(found), n=number(len(found.answers)), m=number(low))


def question(answer: Answer, found: Survey) -> Fact:
    """A line of the list of questions."""
    text = tr("at least {n}") if found.is_low(answer) else "{n}"
    told = text.format(n=number(answer.total))
    tip = f"{answer.statistic.name}: {answer.statistic.question}"
    asked = f"{answer.statistic.name} · {answer.statistic.question}"
    return Fact((asked, told), answer.statistic.name, f"{tip}, {told}", tip)


def parts(answer: Answer, found: Survey) -> list[Fact]:
    """What is added up."""
    text = tr("{n} of {m}")
    return [
        Fact(
            (
                part.term.view,
                part.term.metric,
                text.format(n=number(part.months), m=number(len(found.months))),
                number(part.total),
            ),
            part.term,
        )
        for part in answer.parts
    ]


def sources(answer: Answer, found: Survey) -> list[Fact]:
    """What each source adds, the most first."""
    ordered = sorted(answer.by_source.items(), key=lambda pair: -pair[1])
    return [Fact((found.names.get(one, str(one)), number(total)), one) for one, total in ordered]


def lacks(answer: Answer, found: Survey) -> str:
    """What is missing, a line each; empty when nothing is known to be."""
    left = tr("{n} rows of usage are left out: {why}.")
    said = [
        *map(months_in_words, found.lacking(answer)),
        *(left.format(n=number(one.left_out), why="; ".join(one.reasons)) for one in answer.parts if one.left_out),
    ]
    return "\n".join(f"• {one}" if len(said) > 1 else one for one in said)


def tr(text: str) -> str:
    """In the program's language."""
    return QCoreApplication.translate("annual", text)
