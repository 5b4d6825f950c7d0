"""What stands in the way is told by its kind; no sentence is read for it."""

from __future__ import annotations

import pytest

from nolcat_desktop.aws.advice import ADVICE, Fault
from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.credentials import StoreError, StoreState
from nolcat_desktop.dataset.sources import Source, SourceList
from nolcat_desktop.gui.pages.cloud_help import Ways, choices_for
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.workflow.cloud_trouble import Cause, Trouble, trouble_of
from nolcat_desktop.workflow.sample_content import refuse_sample, sample_sha256s
from nolcat_desktop.workflow.sending_refused import Refused, Why
from nolcat_desktop.workflow.sending_sources import check_ids

REWORDED = Problem("Quite other words", "Quite other words.", "Quite other words.")


def caught(error: NolcatError) -> Cause:
    return trouble_of(error).cause


@pytest.mark.parametrize("why", Why)
def test_that_a_refusal_is_known_whatever_its_words_are(why: Why) -> None:
    assert caught(Refused(why, REWORDED)) == why.value


def test_that_every_refusal_is_raised_with_its_kind() -> None:
    ours, theirs = (SourceList((Source(7, name, local=False, other={}),)) for name in ("EBSCO", "JSTOR"))
    local = SourceList((Source(1_000_001, "Aldine", local=True, other={}),))
    for lists, cause in (((ours, theirs), Cause.OTHER_SOURCE), ((local, SourceList(())), Cause.LOCAL_IDS)):
        with pytest.raises(Refused) as found:
            check_ids(*lists, used=(), own_numbering=False)
        assert caught(found.value) is cause
    with pytest.raises(Refused) as found:
        refuse_sample(sample_sha256s())
    assert caught(found.value) is Cause.SAMPLE


def test_that_the_same_words_without_the_kind_are_nothing() -> None:
    assert caught(NolcatError(Problem("The key is not there", "", ""))) is Cause.OTHER


def test_that_every_fault_and_every_state_of_the_store_has_a_kind() -> None:
    told = {fault: caught(CloudError(REWORDED, fault)) for fault in {row.fault for row in ADVICE}}
    assert {fault for fault, cause in told.items() if cause is Cause.OTHER} == {Fault.CONFLICT, Fault.DAMAGED}
    assert {caught(StoreError(state)) for state in StoreState} == {Cause.STORE_LOCKED, Cause.NO_STORE, Cause.OTHER}


def test_that_every_kind_has_buttons_of_its_own() -> None:
    ways = Ways(*[lambda: None] * len(Ways.__slots__))
    usual = [one.text for one in choices_for(Trouble(Cause.OTHER, REWORDED), ways)]
    same = {cause for cause in Cause if [one.text for one in choices_for(Trouble(cause, REWORDED), ways)] == usual}
    assert same <= {Cause.OTHER, Cause.NETWORK}
