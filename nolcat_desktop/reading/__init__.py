"""From any file to the COUNTER reports in it. Every cell stays text, with its place.

Own code, not a library's: what reads a usage report must account for each cell, and the readers at hand infer types,
drop error cells, cut leading rows, or keep the last of two equal names.
"""

from nolcat_desktop.reading.files import read_content
from nolcat_desktop.reading.inventory import Source, read_bytes, sources
from nolcat_desktop.reading.open_elsewhere import held_elsewhere

__all__ = ["Source", "held_elsewhere", "read_bytes", "read_content", "sources"]
