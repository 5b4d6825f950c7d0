"""The project's own tests; `tests.builders` makes their reports."""
