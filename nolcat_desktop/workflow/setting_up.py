"""Setting up the pipeline for an account: what is wished, what is shipped, what is shown, made and remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path

from nolcat_desktop.accounts import Account, accounts_file, load_accounts
from nolcat_desktop.aws.border import CloudError, border
from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.aws.identity import who_am_i
from nolcat_desktop.aws.setup import Row, applied, planned, removed, resources
from nolcat_desktop.aws.setup_audience import ask_again, audience_of
from nolcat_desktop.aws.setup_policies import administrator_text
from nolcat_desktop.aws.setup_storage import key_of
from nolcat_desktop.aws.setup_template import template_of
from nolcat_desktop.aws.setup_wishes import SPARK_FROM, PipelineFiles, Resource, SetupClients, Wishes
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.signing_in import keep_account

_MACHINE = "state_machine.asl.json"
_STAND_IN = "123456789012"
"""Account of a server that is not AWS and cannot be asked."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user may choose; each default is a good first one."""

    name: str = "nolcat"
    store_prefix: str = "nolcat-pipeline"
    database: str = "nolcat"
    emails: tuple[str, ...] = ()
    job_role: str = ""
    machine_role: str = ""
    topic: str = ""
    spark: bool = True
    spark_from: int = SPARK_FROM


@dataclass(frozen=True, slots=True)
class SetUp:
    """A set-up that was looked over: to be shown, made or removed."""

    account: Account
    wishes: Wishes
    files: PipelineFiles = field(repr=False)
    parts: tuple[Resource, ...] = field(repr=False)
    clients: SetupClients = field(repr=False)

    def plan(self, progress: Progress | None = None) -> list[Row]:
        """What is there, and what would be made; nothing is changed."""
        return planned(self.parts, progress)

    def make(self, progress: Progress | None = None) -> Iterator[Row]:
        """Make it; each resource as it is done."""
        return applied(self.parts, progress)

    def remove(self, progress: Progress | None = None) -> Iterator[Row]:
        """Remove what this program made; the bucket, what is in it, and the database stay."""
        return removed(self.parts, progress)

    def ask_again(self) -> tuple[str, ...]:
        """Have AWS send its e-mail once more to every address that has not confirmed; these addresses.

        Raises:
            NolcatError: If AWS refuses, or there is no topic yet.
        """
        waiting = audience_of(self.clients.sns, self.wishes.topic_arn).waiting
        ask_again(self.clients.sns, self.wishes.topic_arn, waiting)
        return waiting

    def remember(self, file: Path | None = None) -> Account:
        """Let the account start this state machine from now on; nothing else of what was saved of it is changed.

        Raises:
            OSError: If the file of accounts cannot be written.
        """
        held = load_accounts(file or accounts_file())
        saved = next((one for one in held if one.name == self.account.name), self.account)
        account = replace(saved, state_machine=self.wishes.machine_arn, input_template="")
        keep_account(account, file)
        return account

    def for_administrator(self) -> str:
        """What to ask whoever looks after the AWS account for."""
        return administrator_text(self.wishes)

    def template(self) -> str:
        """The same as a template of CloudFormation."""
        return template_of(self.files)


def set_up(account: Account, clients: Clients, choices: Choices | None = None) -> SetUp:
    """Look over what is to be set up for `account`; AWS is asked who one is and how the bucket is encrypted.

    Raises:
        NolcatError: If a name cannot be used, nobody is signed in, or the program is not whole.
    """
    wanted = choices or Choices()
    region = clients.region
    number, partition = _account_of(clients)
    own = SetupClients(*(clients.client(one, region) for one in ("s3", "glue", "iam", "sns", "stepfunctions")))
    wishes = Wishes(
        bucket=account.bucket,
        prefix=account.location.prefix,
        region=region,
        account=number,
        partition=partition,
        name=wanted.name,
        store_prefix=wanted.store_prefix,
        database=wanted.database,
        emails=wanted.emails,
        job_role=wanted.job_role,
        machine_role=wanted.machine_role,
        topic=wanted.topic,
        spark=wanted.spark,
        spark_from=wanted.spark_from,
        kms_key=key_of(own, account.bucket),
    )
    wishes = replace(wishes, emails=_with_subscribed(own, wishes))
    shipped = pipeline_files()
    return SetUp(account, wishes, shipped, tuple(resources(own, wishes, shipped)), own)


def _with_subscribed(own: SetupClients, wishes: Wishes) -> tuple[str, ...]:
    """The addresses that are wanted, and those that are subscribed already, so that each is shown as it stands."""
    try:
        there = audience_of(own.sns, wishes.topic_arn)
    except CloudError:  # there is no topic yet, or nobody may look: the plan says so
        return wishes.emails
    known = {one.lower() for one in wishes.emails}
    found = [one for one in (*there.confirmed, *there.waiting) if "@" in one and one.lower() not in known]
    return (*wishes.emails, *found)


def pipeline_files(folder: Path | None = None) -> PipelineFiles:
    """What is shipped with the program.

    Raises:
        NolcatError: If it is not there.
    """
    place = folder or _shipped()
    try:
        definition = (place / _MACHINE).read_text(encoding="utf-8")
        scripts = {file.name: file.read_bytes() for file in sorted((place / "glue").glob("nolcat_*.py"))}
    except OSError as error:
        raise _not_whole(place) from error
    if not scripts:
        raise _not_whole(place)
    return PipelineFiles(definition, scripts)


def _account_of(clients: Clients) -> tuple[str, str]:
    """Number and partition of the account. Another server than AWS may have accounts too, so it is asked."""
    identity = who_am_i(clients)
    if identity is not None:
        return identity.account, identity.arn.split(":")[1]
    try:
        with border("asking for the account"):
            return str(clients.client("sts").get_caller_identity()["Account"]), "aws"
    except CloudError:
        return _STAND_IN, "aws"


def _shipped() -> Path:
    """Beside the package in a checkout, inside it when installed."""
    package = Path(str(files("nolcat_desktop")))
    inside = package / "_resources" / "aws"
    return inside if inside.is_dir() else package.parent / "resources" / "aws"


def _not_whole(place: Path) -> NolcatError:
    return NolcatError(
        Problem(
            "The program is not whole",
            f"What the pipeline is made of is not in {place}. Nothing was set up.",
            "Install the program again.",
        )
    )
