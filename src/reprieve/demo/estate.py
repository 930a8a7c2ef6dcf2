"""The example shop's files, laid out to be scanned: a copy to play with, and a made-up credential in it."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import shutil
from pathlib import Path

from reprieve.demo.examples import example_estate
from reprieve.demo.records import PROD
from reprieve.scan.model import Options
from reprieve.scan.scan import Scanned, in_cluster, scan

ESTATE = "estate"
CLUSTER = PROD
"""Where the manifests of the estate are deployed to."""
POLICIES, DATA = "policies", "policies/data"
LEAK = "services/checkout/deploy.env"
"""The file with the credential."""


def lay_out(directory: Path) -> None:
    """Makes `estate` in a directory, over what was there of that name."""
    place = directory / ESTATE
    if place.exists():
        shutil.rmtree(place)
    shutil.copytree(example_estate(), place)
    (place / LEAK).write_text(f"# Left behind by a deployment.\nAWS_ACCESS_KEY_ID={_made_up()}\n", "utf-8")


def scanned(directory: Path, key: bytes | None) -> Scanned:
    """What `reprieve scan .` finds in the estate of a directory, run in it; `key` names secrets."""
    with contextlib.chdir(directory / ESTATE):
        found = scan(["."], Options(policies=(POLICIES,), data=(DATA,), key=key))
    return Scanned(in_cluster(found.report, CLUSTER), found.looked)


def _made_up() -> str:
    """What looks like a key and opens nothing: put together here, so that no file of ours holds one."""
    digest = hashlib.sha256(b"the credential that the demo plants").digest()
    return "AKIA" + base64.b32encode(digest).decode()[:16]
