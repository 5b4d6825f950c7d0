"""Proofs as pages."""

from __future__ import annotations

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
    assert "<td>NO</td>" in page
    assert "Nothing here." in page
    assert "Filters" not in page
    assert page.count("<section>") == 2
    assert "verdict differs" in page
    assert "http" not in page
    assert "src=" not in page
