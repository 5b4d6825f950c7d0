"""What COUNTER says, as tables: releases, reports, headings, metrics.

Nothing here reads a file, and nothing here depends on the rest of the program.
"""
