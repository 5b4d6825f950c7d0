"""Which certificates are trusted: those of the operating system, as the browser does, and a file of the user's.

Institutions that look into secure connections give their own certificate to the system, and Python does not look
there by itself. Checking is never switched off.
"""

from __future__ import annotations

import logging
import ssl
import sys

_log = logging.getLogger(__name__)
TOO_LATE = ("botocore",)
"""Packages that keep the class of contexts for themselves when they are imported; urllib3 alone can be told later."""


def trust_the_system() -> bool:
    """Let every secure connection of this process ask the system's trust store.

    Returns:
        Whether it does. False if one of `TOO_LATE` was imported before: then certificates are still checked, against
        the list that botocore brings, and the log says so.
    """
    if ssl.SSLContext.__module__.startswith("truststore"):
        return True
    if early := [name for name in TOO_LATE if name in sys.modules]:
        _log.warning("The system's certificates are not used: %s was imported before.", " and ".join(early))
        return False
    import truststore  # its own import takes urllib3 with it

    truststore.inject_into_ssl()
    return True
