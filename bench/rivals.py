"""The tools that scanning is measured against, as the tests install them; or why one is not there."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tests import peers

CHECKOV = peers.version("checkov")
CONFTEST = peers.version("conftest")
OPA = peers.version("opa")


class Absent(NamedTuple):
    """A tool that could not be installed."""

    reason: str


def checkov() -> Path | Absent:
    """checkov from PyPI, in an environment of its own."""
    if failed := peers.install_python("checkov"):
        return Absent(f"checkov {CHECKOV}: {failed}")
    return peers.FOLDER / "checkov" / "bin" / "checkov"


def conftest() -> Path | Absent:
    """conftest, built with Go."""
    return _built("conftest", CONFTEST)


def opa() -> Path | Absent:
    """opa, built with Go."""
    return _built("opa", OPA)


def _built(name: str, version: str) -> Path | Absent:
    if failed := peers.build_rego(name):
        return Absent(f"{name} {version}: {failed}")
    return peers.FOLDER / "go" / name
