"""What is said of a finding beside its cell."""

from __future__ import annotations

from nolcat_desktop.gui.pages.add_difference_words import beside_words, title_words
from nolcat_desktop.gui.pages.add_finding_list import Finding
from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_words import tr

_NAMED, _LONGEST = 3, 60


def sentences(finding: Finding, details: bool, lines: bool = False) -> str:
    """Where, for your numbers, you can; the details when they are wanted. With `lines` each on a line of its own."""
    where = ", ".join(finding.positions[:_NAMED])
    if len(finding.positions) > _NAMED or finding.count > len(finding.positions) > 0:
        where += " …"
    shown = (value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…" for value in finding.values[:_NAMED])
    values = ", ".join(f"“{value}”" for value in shown)
    parts = []
    if where:
        parts.append(_labelled(tr("Where:"), f"{where} ({values})" if values else where))
    if finding.meaning:
        parts.append(_labelled(tr("For your numbers:"), finding.meaning))
    if finding.hint:
        parts.append(_labelled(tr("You can:"), finding.hint))
    if finding.details and details:
        parts.append(f"<span>{_escaped(finding.details)}</span>")
    return ("<br>" if lines else "&ensp;").join(parts)


def nothing_words(line: Line | None) -> str:
    """What is said of a report without findings; where something waits for a decision, what and where."""
    nothing = tr("Nothing was found.")
    if line is not None and line.fate is Fate.ADD and (beside := beside_words(line)):
        return f"{nothing} {beside}"
    if line is None or line.fate is not Fate.DECIDE or not line.differs:
        return nothing
    return tr("Nothing is wrong in it. {what}. Decide it in the tab Difference.").format(what=title_words(line))


def shortened(title: str) -> str:
    """A headline whose quoted names are no longer than a line takes; all of it is in the tooltip."""
    parts = title.split("'")
    names = [one if len(one) <= _LONGEST else f"{one[:_LONGEST]}…" for one in parts[1:-1:2]]
    for at, name in zip(range(1, len(parts) - 1, 2), names, strict=True):
        parts[at] = name
    return "'".join(parts)


def _labelled(label: str, text: str) -> str:
    return f"<b>{_escaped(label)}</b> {_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
