"""The forms mean the same to Python and to Polars, and check digits find a wrong digit."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.counter import identifiers
from nolcat_desktop.counter.identifiers import isbn_check, isni_check, issn_check, orcid_check

SOUND = {
    "DOI": ["10.1000/xyz123", "10.1000.10/123(a)", "10.123/a"],
    "PROPRIETARY_ID": ["platform:12 34", "a.b/c_d:x", "p:a:b"],
    "ISBN13": ["978-0-306-40615-7", "979-10-90636-07-1", "978-99921-58-10-4"],
    "ISBN_LOOSE": ["9780306406157", "0306406152", "0-8044-2957-X", "978-0-306-40615-7", "978 0306406157"],
    "ISSN": ["0378-5955", "2434-561X"],
    "ISSN_LOOSE": ["03785955", "2434-561x", "0378 5955"],
    "URI": ["https://example.org/a?b=c", "http://a.b.example.co.uk:8080", "HTTPS://EXAMPLE.ORG", "ftp://ftp.example.org/x",
            "urn:isbn:9780306406157", "https://bücher.example/ü"],
    "ISNI": ["0000000121032683", "0000 0001 2103 2683", "0000-0001-2103-268X"],
    "ISIL": ["GB-UkLoJ", "OCLC-IEN", "ZDB-1-ABC", "US-DLC"],
    "OCLC": ["123456"],
    "ROR": ["05dxps055", "00hx57361"],
    "ORCID": ["0000-0002-1825-0097", "0000-0002-1694-233X"],
    "YOP": ["2023", "0001", "9999", "0800"],
    "YOP_LOOSE": ["1", "23", "800", "2023", "0010"],
    "ARTICLE_VERSIONS": ["VoR", "AM", "P"],
    "COUNTRY_CODE": ["US"],
    "SUBDIVISION_CODE": ["US-NY", "FR-75C"],
    "REGISTRY_RECORD": ["https://registry.countermetrics.org/platform/99999999-9999-9999-9999-999999999999",
                        "https://registry.projectcounter.org/usage-data-host/0a9b8c7d-0000-4000-8000-000000000000"],
    "CREATED": ["2023-02-15T09:11:12Z", "2023-02-15T09:11:12+01:00"],
}  # fmt: skip

FAULTY = {
    "DOI": ["https://doi.org/10.1000/xyz", "10.12/a", "10.0123/a", "10.1000/", "10.1000/a b", "doi:10.1000/a"],
    "PROPRIETARY_ID": ["12345", "platform:", "plat form:1", "a12345678901234567:1", ":1"],
    "ISBN13": ["9780306406157", "978-0306406157", "977-0-306-40615-7", "978-0-306-40615-77", "978-0-306-4061-5"],
    "ISBN_LOOSE": ["978030640615", "ISBN 9780306406157"],
    "ISSN": ["03785955", "2434-561x", "0378-59555"],
    "ISSN_LOOSE": ["0378595"],
    "URI": ["mailto:a@example.org", "http://localhost/a", "example.org", "https://example", "https://a b.org", "urn:x"],
    "ISNI": ["000000012103268", "0000000121032683X", "isni 0000000121032683"],
    "ISIL": ["gb-UkLoJ", "GB-", "GBUkLoJ"],
    "OCLC": ["ocm123", ""],
    "ROR": ["https://ror.org/05dxps055", "05dxpl055", "15dxps055"],
    "ORCID": ["0000000218250097", "https://orcid.org/0000-0002-1825-0097"],
    "YOP": ["0000", "23", "20233", "²023"],
    "YOP_LOOSE": ["0", "0000", "", "12345", "١"],
    "ARTICLE_VERSIONS": ["vor", "VOR", "AMx", ""],
    "COUNTRY_CODE": ["us", "USA"],
    "SUBDIVISION_CODE": ["USNY", "US-", "US-ABCD"],
    "REGISTRY_RECORD": ["https://registry.countermetrics.org/platform/99999999-9999-9999-9999-999999999999/",
                        "https://registry.projectcounter.org/platform/9999999A-9999-9999-9999-999999999999"],
    "CREATED": ["2023-02-15", "2023-02-15T09:11:12", "2023-02-15T09:11:12.000Z", "2023-13-15T09:11:12Z",
                "2023-02-15t09:11:12z"],
}  # fmt: skip


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in table.items() for text in texts]


@pytest.mark.parametrize(("name", "text"), cases(SOUND))
def test_that_a_sound_value_has_its_form(name: str, text: str) -> None:
    pattern = getattr(identifiers, name)
    assert re.fullmatch(pattern, text)
    assert pl.Series([text]).str.contains(pattern).to_list() == [True]


@pytest.mark.parametrize(("name", "text"), cases(FAULTY))
def test_that_a_faulty_value_has_not_its_form(name: str, text: str) -> None:
    pattern = getattr(identifiers, name)
    assert not re.fullmatch(pattern, text)
    assert pl.Series([text]).str.contains(pattern).to_list() == [False]


@pytest.mark.parametrize("name", sorted(SOUND))
def test_that_a_final_line_break_is_no_part_of_a_form(name: str) -> None:
    text = f"{SOUND[name][0]}\n"
    assert not re.fullmatch(getattr(identifiers, name), text)
    assert pl.Series([text]).str.contains(getattr(identifiers, name)).to_list() == [False]


@given(st.text(alphabet="0123456789Xx- .:/ABab", max_size=20))
def test_that_python_and_polars_agree(text: str) -> None:
    patterns = [getattr(identifiers, name) for name in SOUND]
    found = pl.select(*(pl.lit(text).str.contains(pattern).alias(pattern) for pattern in patterns)).row(0)
    assert list(found) == [re.fullmatch(pattern, text) is not None for pattern in patterns]


@pytest.mark.parametrize("text", ["0378-5955", "2434-561X", "2434561x", "0028-0836"])
def test_that_a_sound_issn_passes(text: str) -> None:
    assert issn_check(text)


@pytest.mark.parametrize("text", ["978-0-306-40615-7", "9780306406157", "0-306-40615-2", "080442957X"])
def test_that_a_sound_isbn_passes(text: str) -> None:
    assert isbn_check(text)


@pytest.mark.parametrize("text", ["0000000121032683", "0000 0001 2103 2683"])
def test_that_a_sound_isni_passes(text: str) -> None:
    assert isni_check(text)


@pytest.mark.parametrize("text", ["0000-0002-1825-0097", "0000-0002-1694-233X"])
def test_that_a_sound_orcid_passes(text: str) -> None:
    assert orcid_check(text)


CHECKED = [
    (issn_check, "03785955"),
    (isbn_check, "9780306406157"),
    (isbn_check, "0306406152"),
    (isni_check, "0000000121032683"),
    (orcid_check, "0000000218250097"),
]


@pytest.mark.parametrize(("check", "text"), CHECKED)
def test_that_every_single_wrong_digit_is_found(check: object, text: str) -> None:
    assert callable(check)
    for place, sound in enumerate(text):
        for digit in "0123456789":
            changed = text[:place] + digit + text[place + 1 :]
            assert check(changed) == (digit == sound)


@given(st.text())
def test_that_any_text_can_be_checked(text: str) -> None:
    for check, sound in CHECKED:
        assert check(text) in (True, False)
        assert not check(f"{sound}1")
