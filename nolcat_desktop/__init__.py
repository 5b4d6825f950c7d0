"""NoLCAT Desktop: COUNTER usage reports into a local Parquet library, on the librarian's own workstation."""

__version__ = "0.1.0"
