"""Rules of reading JSON, as rows (validation.md section 10; Code of Practice, section 8): words and levels."""

from __future__ import annotations

from typing import Final

from nolcat_desktop.validation.reading_table import ASK, C, E, N, X, own, row

JSON: Final = (
    row("J-no-header", X, "The report has no Report_Header.", ASK),
    row("J-items-not-list", X, "Report_Items is not a list.", ASK),
    row("J-required-missing", C, "{element} is missing.", ASK),
    row("J-required-null", C, "{element} has no value.", ASK),
    row("J-type", C, "{element} has another kind of content than it should: {value}.", ASK),
    row("J-not-list", C, "{element} must be a list.", "It is read as a list of one."),
    row("J-repeated-name", C, "'{element}' stands twice in one object; dropped: {value}.", ASK),
    row("J-period", C, "The period {value} is not one month of the reporting period. {detail}", ASK),
    row("J-period-unreadable", C, "The period '{value}' cannot be read. {detail}", "What it holds cannot be stored."),
    row("J-month-unreadable", C, "'{value}' is not a month. {detail}", "What it holds cannot be stored."),
    row("J-count-null", C, "The count has no value.", "It cannot be read; ask the provider."),
    row(
        "J-count-unreadable",
        C,
        "'{value}' is not a count.",
        "Ask the provider for the number; the cell can be left out.",
    ),
    row(
        "J-identifier-unknown",
        C,
        "'{element}' is not a type of identifier.",
        "It has no column. Found {detail} times.",
    ),
    row("J-single-parent", C, "The parent must not be a list.", "It is read all the same."),
    row("J-parents", C, "The item has more than one parent. {detail}", "The first one counts."),
    row(
        "J-code-and-number",
        C,
        "An exception has both Code and Number.",
        "Number is an old name of Code; Code counts.",
    ),
    row("J-code-unreadable", C, "Code '{value}' is not a number.", ASK),
    row(
        "J-layout", C, "The items are laid out as Release {detail} does, not {value}.", "It is stored as that release."
    ),
    row("J-flat-header", C, "The properties of the header stand at the root.", "They belong into Report_Header."),
    row("J-encoding", C, "The text is encoded as {detail}, not as UTF-8.", "It is read so; check names with accents."),
    row("J-pipes", E, "{element} '{value}' has blanks or empty parts between its pipes.", "Write value|value."),
    row("J-bom", E, "The JSON text begins with a byte order mark.", "It is left out."),
    row("J-wrapped", E, "The report stands inside something else: {detail}.", "It is read all the same."),
    row("J-misspelled", E, "'{value}' must be spelled '{element}'.", "It is read so."),
    row(
        "J-unknown-property",
        E,
        "'{element}' is not a property of this object ({detail}).",
        "It is not carried over unless it names a column.",
    ),
    row("J-not-shown", E, "{element} is not among the attributes that the header names.", "It is read all the same."),
    row("J-null", E, "{element} has no value.", "Leave the property out."),
    row("J-not-text", E, "{element} is not written as text: {value}.", "It is read as text."),
    row("J-empty", E, "{element} is empty.", "Leave the property out."),
    row("J-required-empty", E, "{element} is empty.", ASK),
    row("J-identifiers-not-list", E, "{element} must be a list.", "It is read as a list of one."),
    row("J-identifier-repeated", E, "{element} is given more than once.", "'{value}' is kept out of the cell."),
    row("J-count-text", E, "The count '{value}' is written as text.", "It is read as a number."),
    row(
        "J-count-float",
        E,
        "The count '{value}' is not a whole number as JSON writes them.",
        "It is read as a whole number where it is one.",
    ),
    row(
        "J-month-outside",
        E,
        "The month {value} lies outside the reporting period. {detail}",
        "It is read all the same.",
    ),
    row("J-month-form", E, "'{value}' is not a month written yyyy-mm.", "It is read as {detail}."),
    row("J-period-form", E, "The period '{value}' is not written yyyy-mm-dd.", "It is read as {detail}."),
    row("J-name-repeated", E, "'{element}' is given twice.", "Their values are taken together."),
    row("J-date-repeated", E, "{element} is given twice: '{value}'.", "The first one counts."),
    row("J-exception-number", E, "Number must be called Code.", "It is read so."),
    row("J-code-text", E, "Code is written as text: '{value}'.", "It is read as a number."),
    row(
        "J-items-missing",
        E,
        "An item of an item report stands without the Items around it.",
        "It is read as an item without parent.",
    ),
    row("J-period-repeated", N, "The period {value} stands more than once in an item. {detail}", "All of it is read."),
    row("J-severity", N, "Severity is deprecated.", "Nothing has to be done."),
    own(
        "J-no-column",
        N,
        "'{element}' has no column ({detail} times).",
        "It is not carried over; the original is kept.",
    ),
    own("J-more", N, "{value} is found {detail} more times in {element}.", "The first are listed."),
)
"""What is noticed in JSON; an `{element}` is a property, a `{value}` what stands there."""
