"""The local Parquet library: usage in, usage out, and the history between (design 3.1 and 3.2)."""

from __future__ import annotations

from nolcat_desktop.dataset.coverage import COVERAGE
from nolcat_desktop.dataset.history import Entry
from nolcat_desktop.dataset.library import Library
from nolcat_desktop.dataset.loads import Load, State
from nolcat_desktop.dataset.parts import Holding, Part
from nolcat_desktop.dataset.planning import Action, Candidate, Plan
from nolcat_desktop.dataset.run import Run, Stored
from nolcat_desktop.dataset.scope import Relation, Scope, relation
from nolcat_desktop.dataset.sources import Source, SourceList, read_sources
from nolcat_desktop.dataset.tally import Tally, tally
from nolcat_desktop.dataset.verdicts import MonthPlan, Verdict
from nolcat_desktop.dataset.verify import Fault

__all__ = [
    "COVERAGE",
    "Action",
    "Candidate",
    "Entry",
    "Fault",
    "Holding",
    "Library",
    "Load",
    "MonthPlan",
    "Part",
    "Plan",
    "Relation",
    "Run",
    "Scope",
    "Source",
    "SourceList",
    "State",
    "Stored",
    "Tally",
    "Verdict",
    "read_sources",
    "relation",
    "tally",
]
