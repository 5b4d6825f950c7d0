"""The local Parquet library: usage in, usage out, and the history between (design 3.1 and 3.2)."""

from __future__ import annotations

from nolcat_desktop.dataset.coverage import COVERAGE
from nolcat_desktop.dataset.decisions import Alias, Answer, Decisions, Named
from nolcat_desktop.dataset.difference import Difference, compare, difference_of_plan
from nolcat_desktop.dataset.entries import Entry, RestatedCount
from nolcat_desktop.dataset.left_out import left_out
from nolcat_desktop.dataset.library import Library
from nolcat_desktop.dataset.loads import Load, State
from nolcat_desktop.dataset.mend import Mending
from nolcat_desktop.dataset.mending import DamagedPart, Lost
from nolcat_desktop.dataset.nolcat_dump import read_nolcat_list
from nolcat_desktop.dataset.parts import Holding, Part
from nolcat_desktop.dataset.planning import Action, Candidate, Plan
from nolcat_desktop.dataset.restatement import Restatement
from nolcat_desktop.dataset.run import Run, Stored
from nolcat_desktop.dataset.scope import Relation, Scope, relation
from nolcat_desktop.dataset.sources import Source, SourceList, read_sources
from nolcat_desktop.dataset.tally import Tally, tally
from nolcat_desktop.dataset.tidying import Tidying
from nolcat_desktop.dataset.verdicts import MonthPlan, Verdict
from nolcat_desktop.dataset.verify import Fault
from nolcat_desktop.dataset.whereabouts import Whereabouts, whereabouts

__all__ = [
    "COVERAGE",
    "Action",
    "Alias",
    "Answer",
    "Candidate",
    "DamagedPart",
    "Decisions",
    "Difference",
    "Entry",
    "Fault",
    "Holding",
    "Library",
    "Load",
    "Lost",
    "Mending",
    "MonthPlan",
    "Named",
    "Part",
    "Plan",
    "Relation",
    "RestatedCount",
    "Restatement",
    "Run",
    "Scope",
    "Source",
    "SourceList",
    "State",
    "Stored",
    "Tally",
    "Tidying",
    "Verdict",
    "Whereabouts",
    "compare",
    "difference_of_plan",
    "left_out",
    "read_nolcat_list",
    "read_sources",
    "relation",
    "tally",
    "whereabouts",
]
