"""Answers and findings into files that other programs open."""

from nolcat_desktop.export.findings_files import FINDINGS_FORMS, FindingsFile, findings_file
from nolcat_desktop.export.findings_html import findings_html
from nolcat_desktop.export.findings_text import findings_json, findings_text, how_many
from nolcat_desktop.export.findings_xlsx import findings_xlsx
from nolcat_desktop.export.publisher_message import publisher_message
from nolcat_desktop.export.tables import ENDINGS, write_table
from nolcat_desktop.export.whole_file import write_whole

__all__ = [
    "ENDINGS",
    "FINDINGS_FORMS",
    "FindingsFile",
    "findings_file",
    "findings_html",
    "findings_json",
    "findings_text",
    "findings_xlsx",
    "how_many",
    "publisher_message",
    "write_table",
    "write_whole",
]
