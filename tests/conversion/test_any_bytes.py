"""Whatever happens to the bytes of a report: a report whose sums agree, or a clear refusal, never a traceback."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nolcat_desktop.conversion import damaged_cells, file_total, stopped_by, to_usage
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import NotAReport
from tests.builders import a_report, csv, damage, tsv
from tests.reading.found import everything

WHOLE = [
    form(a_report(release, report_id, months=2, titles=3))
    for release, report_id in ((Release.R4, "JR1"), (Release.R4, "BR2"), (Release.R5, "TR_J1"), (Release.R51, "IR_M1"))
    for form in (tsv, csv, damage.utf16)
]
PIECES = st.one_of(
    st.sampled_from([b'"', b"\t", b",", b"\n", b"\r", b'"\n', b"\0", b";", b"\xe9", b"Total", b""]),
    st.binary(max_size=4),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A report with pieces of it replaced."""
    content = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(PIECES) + content[at + draw(st.integers(0, 30)) :]
    return content[: draw(st.integers(0, len(content)))] if draw(st.booleans()) else content


@settings(max_examples=150)
@given(damaged())
def test_that_damaged_bytes_are_told_and_never_break_anything(content: bytes) -> None:
    for found in everything(content):
        if isinstance(found, NotAReport):
            assert found.problem.title
            continue
        assert all(one.position for one in damaged_cells(found))
        if stopped_by(found) is None:
            assert to_usage(found, 1).collect()["usage_count"].sum() == file_total(found)
