"""Elements of R5 and R5.1 by the kind of text that they hold."""

from __future__ import annotations

from typing import Final

NAMES: Final = ("Title", "Item", "Publisher", "Parent_Title", "Component_Title")
PLACES: Final = ("Platform", "Database")
ENUMERATED: Final = (
    *("Data_Type", "Section_Type", "Access_Type", "Access_Method", "Metric_Type", "Attributed", "Format"),
    *("Article_Version", "Parent_Article_Version", "Parent_Data_Type", "Component_Data_Type"),
)
DOIS: Final = ("DOI", "Parent_DOI", "Component_DOI")
PROPRIETARY: Final = ("Proprietary_ID", "Parent_Proprietary_ID", "Component_Proprietary_ID")
ISBNS: Final = ("ISBN", "Parent_ISBN", "Component_ISBN")
ISSNS: Final = tuple(
    f"{whose}{form}_ISSN" for whose in ("", "Parent_", "Component_") for form in ("Print", "Online", "Linking")
)
URIS: Final = ("URI", "Parent_URI", "Component_URI")
AUTHORS: Final = ("Authors", "Parent_Authors", "Component_Authors")
DATES: Final = ("Publication_Date", "Parent_Publication_Date", "Component_Publication_Date")
MEMBER: Final = ("Institution_Name", "Customer_ID", "Country_Name", "Subdivision_Name")
CODES: Final = ("Country_Code", "Subdivision_Code")
IDENTIFIERS: Final = DOIS + PROPRIETARY + ISBNS + ISSNS + URIS
"""Elements that identify an item, its parent or its component."""
