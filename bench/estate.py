"""Made-up estates of any size: registers through `git fast-import`, reports as Trivy writes them."""

from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
from pathlib import Path
from typing import IO

import msgspec

from reprieve.record.document import Document, parse

CHECKS = [f"KSV{number:03d}" for number in range(1, 120)] + [f"CKV_K8S_{number}" for number in range(1, 150)]
CLUSTERS = [f"prod-{region}-{number}" for region in ("eu", "us", "ap") for number in range(1, 7)]
CHARTER = b"version: 1\nroles:\n  security-team: [sam@example.com]\n"

_RECORD = """---
id: EXC-{number:05d}
summary: Service {number} runs as root until the vendor ships version 4.
reason: legacy-system
risk: medium
environment: production
requester: dana@example.com
owner: team-{team}
requested: {requested}
expires: {expires}
scope:
  - type: misconfiguration
    checks: [{checks}]
    clusters: [{cluster}]
    namespaces: [{namespace}]
    resources: [{resource}]
controls:
  - id: network-policy
    kind: preventive
    description: Only the gateway may reach the service.
    implemented: {requested}
    evidence: https://git.example.com/infra/pull/{number}
remediation:
  target: {expires}
  tickets: [https://tickets.example.com/T-{number}]
---

## Justification

The vendor's image needs root, and service {number} is needed every day.

## Risk assessment

Contained: no host access, no privileges.

## Compensating controls

The network policy limits who can reach it.

## Remediation plan

Version 4 in the spring, then remove this exception.
"""


def record(number: int, today: dt.date) -> bytes:
    """One valid record with a scope of its own, wildcards in three of four keys."""
    chance = random.Random(number)
    team = number % 200
    return _RECORD.format(
        number=number,
        team=team,
        requested=today - dt.timedelta(days=20),
        expires=today + dt.timedelta(days=40),
        checks=", ".join(chance.sample(CHECKS, 2)),
        cluster=chance.choice(("prod-eu-*", "prod-us-*", "prod-ap-?", "prod-*", chance.choice(CLUSTERS))),
        namespace=f"team-{team}-*" if number % 3 else f"team-{team}-a",
        resource=f"Deployment/app-{number % 2000}-*" if number % 4 else f"Deployment/app-{number % 2000}-1",
    ).encode()


def write_register(directory: Path, records: int, today: dt.date) -> None:
    """A repository whose `main` has `records` merges: a request, an approval and a merge commit each."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(directory)], check=True)
    process = subprocess.Popen(
        ["git", "fast-import", "--quiet"], cwd=directory, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    assert process.stdin is not None
    stream = _Stream(process.stdin, dt.datetime.combine(today, dt.time(9), dt.UTC) - dt.timedelta(days=20))
    main = stream.commit("main", "admin", "Start", None, {"security/exceptions/charter.yaml": CHARTER})
    for number in range(1, records + 1):
        path = f"security/exceptions/EXC-{number:05d}-service-{number}.md"
        content = record(number, today)
        approval = _approval(number, path, content)
        asked = stream.commit("ask", "dana", f"Request EXC-{number:05d}", main, {path: content})
        approved = stream.commit("ask", "sam", approval, asked, {})
        main = stream.commit("main", "sam", f"Merge EXC-{number:05d}", main, {path: content}, merge=approved)
    process.stdin.write(b"reset refs/heads/ask\nfrom 0000000000000000000000000000000000000000\n\n")
    process.stdin.close()
    assert process.wait() == 0
    subprocess.run(["git", "gc", "--quiet"], cwd=directory, check=True)


def write_signed_register(directory: Path, records: int, today: dt.date) -> None:
    """A register under `signatures: required`: each approval is a commit signed with an SSH key."""
    key = directory.parent / f"{directory.name}.key"
    key.unlink(missing_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    day = dt.datetime.combine(today, dt.time(9), dt.UTC) - dt.timedelta(days=20)

    def git(who: str, *arguments: str) -> None:
        settings = ("core.fsync=none", f"user.name={who}", f"user.email={who}@example.com",
                    "gpg.format=ssh", f"user.signingkey={key}")  # fmt: skip
        named = [part for setting in settings for part in ("-c", setting)]
        stamp = {"GIT_AUTHOR_DATE": day.isoformat(), "GIT_COMMITTER_DATE": day.isoformat()}
        subprocess.run(
            ["git", "-C", str(directory), *named, *arguments], check=True, env={**os.environ, **stamp}
        )

    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(directory)], check=True)
    folder = directory / "security" / "exceptions"
    folder.mkdir(parents=True)
    (folder / "charter.yaml").write_bytes(CHARTER + b"signatures: required\n")
    (folder / "allowed_signers").write_text("sam@example.com " + key.with_suffix(".key.pub").read_text())
    git("admin", "add", ".")
    git("admin", "commit", "--quiet", "--message", "Start")
    for number in range(1, records + 1):
        path = folder / f"EXC-{number:05d}-service-{number}.md"
        git("dana", "switch", "--quiet", "--force-create", "ask", "main")
        path.write_bytes(record(number, today))
        git("dana", "add", str(path))
        git("dana", "commit", "--quiet", "--message", f"Request EXC-{number:05d}")
        approval = _approval(number, f"security/exceptions/{path.name}", path.read_bytes())
        git("sam", "commit", "--quiet", "--allow-empty", "--gpg-sign", "--message", approval)
        git("sam", "switch", "--quiet", "main")
        git("sam", "merge", "--quiet", "--no-ff", "--message", f"Merge EXC-{number:05d}", "ask")


def _approval(number: int, path: str, content: bytes) -> str:
    parsed = parse(path, content)
    assert isinstance(parsed, Document)
    return (
        f"Approve EXC-{number:05d}\n\nReprieve-Exception: EXC-{number:05d}\nReprieve-Decision: approve\n"
        f"Reprieve-Role: security-team\nReprieve-Terms: {parsed.digest}"
    )


class _Stream:
    """Commands of `git fast-import`, a second apart."""

    def __init__(self, out: IO[bytes], start: dt.datetime) -> None:
        self._out = out
        self._time = int(start.timestamp())
        self._mark = 0

    def commit(
        self,
        branch: str,
        who: str,
        message: str,
        parent: int | None,
        files: dict[str, bytes],
        *,
        merge: int | None = None,
    ) -> int:
        self._mark += 1
        self._time += 1
        person = f"{who} <{who}@example.com> {self._time} +0000"
        lines = [
            f"commit refs/heads/{branch}",
            f"mark :{self._mark}",
            f"author {person}",
            f"committer {person}",
        ]
        text = message.encode()
        self._out.write("\n".join(lines).encode() + b"\ndata %d\n%b\n" % (len(text), text))
        if parent:
            self._out.write(b"from :%d\n" % parent)
        if merge:
            self._out.write(b"merge :%d\n" % merge)
        for path, content in files.items():
            self._out.write(b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(content), content))
        self._out.write(b"\n")
        return self._mark


def write_report(path: Path, findings: int) -> None:
    """A `trivy k8s` report: twenty findings a workload, as its JSON has them, descriptions included."""
    encode = msgspec.json.Encoder().encode
    chance = random.Random(findings)
    with path.open("wb") as out:
        out.write(b'{"ClusterName":"prod-eu-1","Resources":[')
        for index in range((findings + 19) // 20):
            out.write(b"," if index else b"")
            size = min(20, findings - 20 * index)
            out.write(encode(_workload(index, chance.sample(CHECKS, size))))
        out.write(b"]}")


def _workload(index: int, checks: list[str]) -> dict[str, object]:
    name = f"app-{index % 2000}-{index // 2000}"
    found = [
        {
            "Type": "Kubernetes Security Check",
            "ID": check,
            "AVDID": f"AVD-{check}",
            "Title": "Runs as root user",
            "Description": "Force the running image to run as a non-root user to ensure least privileges. "
            * 2,
            "Message": f"Container '{name}' of Deployment '{name}' should set 'securityContext.x' to true",
            "Namespace": f"builtin.kubernetes.{check}",
            "Query": f"data.builtin.kubernetes.{check}.deny",
            "Resolution": "Set 'containers[].securityContext.x' to true.",
            "Severity": ("LOW", "MEDIUM", "HIGH")[position % 3],
            "PrimaryURL": f"https://avd.example.com/misconfig/{check}",
            "References": ["https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"],
            "Status": "FAIL",
            "CauseMetadata": {"Provider": "Kubernetes", "Service": "general", "StartLine": 9, "EndLine": 30},
        }
        for position, check in enumerate(checks)
    ]
    result = {
        "Target": f"Deployment/{name}",
        "Class": "config",
        "Type": "kubernetes",
        "Misconfigurations": found,
    }
    return {
        "Namespace": f"team-{index % 200}-{'abc'[index % 3]}",
        "Kind": "Deployment",
        "Name": name,
        "Results": [result],
    }
