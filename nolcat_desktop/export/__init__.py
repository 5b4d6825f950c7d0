"""Answers and findings into files that other programs open."""

from nolcat_desktop.export.findings_html import findings_html
from nolcat_desktop.export.findings_text import findings_json, findings_text
from nolcat_desktop.export.findings_xlsx import findings_xlsx
from nolcat_desktop.export.publisher_message import publisher_message
from nolcat_desktop.export.tables import ENDINGS, write_table

__all__ = [
    "ENDINGS",
    "findings_html",
    "findings_json",
    "findings_text",
    "findings_xlsx",
    "publisher_message",
    "write_table",
]
