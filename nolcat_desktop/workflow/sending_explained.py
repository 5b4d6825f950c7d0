"""What a call cannot tell of its failure: who looks into the connection, and by how much the clock is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.check_way import clock, secure, server_of
from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.signing_patience import while_listening


@contextmanager
def explained(clients: Clients, progress: Progress) -> Iterator[None]:
    """Within it, a failure by a certificate or by the clock is looked into, as *Check connection* does it.

    Raises:
        CloudError: With the issuer of the certificate, or the minutes; as it was, if nothing more is found.
    """
    try:
        yield
    except CloudError as error:
        raise while_listening(partial(_looked_into, error, clients, progress), progress) from error


def _looked_into(error: CloudError, clients: Clients, progress: Progress) -> NolcatError:
    try:
        match error.fault:
            case Fault.CERTIFICATE if (server := server_of(clients)).is_secure:
                secure(server, clients.ca_file, progress)
            case Fault.CLOCK:
                clock(clients)
            case _:
                return error
    except CloudError as found:
        return found if found.fault is error.fault else error
    return error
