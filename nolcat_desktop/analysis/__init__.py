"""Usage → answers. For now: the reports of one type as a table like COUNTER's, with a column for each month."""

from nolcat_desktop.analysis.report_table import report_table

__all__ = ["report_table"]
