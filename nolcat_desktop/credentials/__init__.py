"""Every secret of long life: keys of AWS, the database's password, GitHub's token; in the OS keyring or in memory.

There is no third place: where the system has no password store, a secret is kept for this run only. Sign-ins of short
life (session tokens) are never here; they are in memory, or in the cache of the AWS command line.
"""

from nolcat_desktop.credentials.advice import StoreError, StoreState
from nolcat_desktop.credentials.keyring_store import KeyringStore
from nolcat_desktop.credentials.secrets import SecretKind, Secrets

__all__ = ["KeyringStore", "SecretKind", "Secrets", "StoreError", "StoreState"]
