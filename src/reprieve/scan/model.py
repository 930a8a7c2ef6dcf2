"""What a scan is asked for, the pieces that it is cut into, and what comes of each."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reprieve.findings.model import Exemption, Fault, Finding
from reprieve.policy.bounds import Limits


class Source(msgspec.Struct, frozen=True):
    """One file, read."""

    path: str
    text: str
    kind: str | None
    """Which reader it is for; None when it is only looked through for secrets."""
    secrets: bool
    """Whether it is looked through for secrets."""
    undecoded: str | None = None
    """Why it is not UTF-8, when it is not."""


class Unit(msgspec.Struct, frozen=True):
    """What is evaluated together: a file, the Terraform of folders that call each other, or all files for
    combining checks."""

    sources: tuple[Source, ...]
    combined: bool = False

    @property
    def path(self) -> str:
        """The first file of it."""
        return self.sources[0].path


class Usage(msgspec.Struct, frozen=True):
    """What one exception clause did in one unit."""

    failing: int = 0
    passing: int = 0
    named: frozenset[str] = frozenset()


class Outcome(msgspec.Struct, frozen=True):
    """What came of a unit."""

    findings: Sequence[Finding] = ()
    passed: int = 0
    usage: dict[int, Usage] = {}
    """By the number of the clause in the bundle."""
    faults: Sequence[Fault] = ()
    applied: dict[str, int] = {}
    """Check id -> documents that it looked at."""
    objects: Sequence[tuple[str | None, str]] = ()
    """Namespace and resource of each object that a check looked at."""
    skipped: dict[str, int] = {}
    """Reason -> how much was left out."""


class Header(msgspec.Struct, frozen=True):
    """What a report needs of the bundle, kept where the bundle itself is not loaded."""

    exemptions: tuple[Exemption, ...] = ()
    known: tuple[frozenset[str], ...] = ()
    """For each exemption: the names that it could give and that mean something."""
    lasting: bool = True
    """Whether the same input gives the same results at another time."""
    combining: bool = False
    """Whether some checks see all documents at once."""
    controls: dict[str, tuple[str, ...]] = {}
    """Control of the framework that was asked for -> ids of the checks that speak to it."""
    faults: tuple[Fault, ...] = ()
    """Of loading."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What to evaluate and how."""

    policies: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    kind: str | None = None
    """Of every file, over what it looks like."""
    misconfigurations: bool = True
    secrets: bool = True
    builtin: bool = True
    compliance: str | None = None
    """Only the checks that speak to this framework: `pss-restricted`, `cis-k8s`."""
    trivy: bool = False
    """Whether rule-based exceptions are read as Trivy read them."""
    limits: Limits = Limits()
    cache: bool = True
    key: bytes | None = None
    """What secrets are named with (`secrets.identity`); without it they are told apart by place."""
