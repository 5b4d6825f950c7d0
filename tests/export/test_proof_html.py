"""Proofs as pages."""

from __future__ import annotations

from datetime import date

import polars as pl

from nolcat_desktop.export.proof_html import Proof, Table, proofs_html


def test_that_a_page_escapes_every_text_and_loads_nothing_from_elsewhere() -> None:
    frame = pl.DataFrame({"a": ["<script>x</script>", None], "n": [1234567, -3], "ok": [True, False]})
    proof = Proof(
        "<b>Title</b>",
        "1 < 2 & 3",
        False,
        (("File", "a<b>.tsv"), ("Filters", "")),
        (Table("Sums", frame, ("A", "N", "OK")), Table("None", frame.clear(), ("A", "N", "OK"), "Nothing here.")),
        ("A note & more",),
    )
    page = proofs_html("Proof", [proof, proof])
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert '<td class="number">1,234,567</td>' in page
    assert "<td>–</td>" in page
    assert '<td class="short">NO</td>' in page
    assert "Nothing here." in page
    assert "Filters" not in page
    assert page.count("<section>") == 2
    assert "verdict differs" in page
    assert "http" not in page
    assert "src=" not in page


def test_that_months_are_written_as_people_write_them_sums_stand_at_the_foot_and_a_difference_stands_out() -> None:
    frame = pl.DataFrame(
        {"m": ["A", "A", "B"], "d": [date(2023, 1, 1)] * 3, "n": [1000, 200, 34], "ok": [True, False, None]}
    )
    table = Table("Sums", frame, ("Metric", "Month", "N", "OK"), short=("m",), grouped=True, sums=("n",))
    page = proofs_html("Proof", [Proof("T", "V", True, (), (table,))])
    assert '<td class="short">Jan 2023</td>' in page
    assert "2023-01" not in page
    assert '<tfoot><tr><td class="short">Sum</td>' in page
    assert '<td class="number">1,234</td>' in page
    assert '<tr class="wrong"><td class="again">A</td>' in page
    assert page.count('<tr class="first">') == 2
