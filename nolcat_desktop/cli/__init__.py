"""The command line: the same as the window, for scripts and machines without a screen.

stdout is data, stderr is narration.
"""
