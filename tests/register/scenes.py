"""What several attacks have in common: mallory in power, another line of history, a yard that wants keys."""

from __future__ import annotations

from pathlib import Path

from tests.register.build import (
    CHARTER_FILE,
    MALLORY,
    RECORD,
    Key,
    Yard,
    charter,
    excepts,
    identity,
    signers,
)
from tests.support import git, record_file

Keys = dict[str, Key]
MALLORYS = charter(security_team=MALLORY)
OWEN = "owen@example.com"
LOOSE = charter("approvals: merged\n", ciso=MALLORY)
REQUIRED = "signatures: required\n"


def mallorys_approval_counts(yard: Yard) -> bool:
    """Whether mallory has become the security team, by the verdict on a record that only she approved."""
    yard.ask()
    yard.decide(who=MALLORY)
    yard.merge()
    return excepts(yard.gate())


def sams_approval_counts(yard: Yard) -> bool:
    """The same for sam."""
    yard.active("EXC-002")
    return excepts(yard.gate())


def evil_line(directory: Path, name: str) -> str:
    """A branch with mallory's own charter, and a record under it; gives its commit."""
    git(directory, "checkout", "--quiet", "--orphan", name)
    (directory / CHARTER_FILE).write_text(LOOSE)
    (directory / RECORD).write_bytes(record_file())
    git(directory, "add", "--all")
    git(directory, "commit", "--quiet", "--message", "Grab", **identity(MALLORY))
    return git(directory, "rev-parse", "HEAD")


def signing_yard(yard: Yard, keys: Keys, allowed: str | None, extra: str = REQUIRED) -> Yard:
    """A yard whose charter demands signatures, and knows these keys; dana signs what she asks for."""
    dana = signers(dana=keys["dana"])
    if allowed is not None and dana not in allowed:
        allowed += dana
    return Yard(yard.directory.with_name("signing"), charter(extra), allowed, keys["dana"])
