"""A small organisation for tests: a bare remote, and people with clones of their own. All git is real."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from reprieve.cli.main import cli
from reprieve.errors import ReprieveError
from reprieve.record.editing import compose
from reprieve.record.template import new_body
from reprieve.register.writing.clerk import Clerk
from reprieve.register.writing.commits import Identity

FOLDER = "security/exceptions"
PEOPLE = {
    "ciso": "carol@example.com",
    "vp-engineering": "victor@example.com",
    "security-lead": "lena@example.com",
    "engineering-manager": "emil@example.com",
    "security-team": "sam@example.com",
}
REQUESTER = "dana@example.com"

CHARTER = "version: 1\nroles:\n" + "".join(f"  {role}: [{email}]\n" for role, email in PEOPLE.items())

PROSE = {
    "Justification": "The vendor's image cannot be changed by us.",
    "Risk assessment": "Contained: no host access, read-only file system.",
    "Compensating controls": "The network policy limits who can talk to it.",
    "Remediation plan": "Version 4, then remove.",
    "Why the original timeline was not met": "The vendor slipped by a month.",
}


class Result(NamedTuple):
    """What a command did: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


def run_cli(*arguments: str, cwd: Path, stdin: str | bytes | None = None) -> Result:
    """The command line, in this process, in a folder. Errors are printed as `main` prints them."""
    before = Path.cwd()
    os.chdir(cwd)
    try:
        done = CliRunner().invoke(cli, arguments, input=stdin, prog_name="reprieve")
    finally:
        os.chdir(before)
    if isinstance(done.exception, ReprieveError):
        return Result(2, done.stdout, f"error: {done.exception}\n")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Result(done.exit_code, done.stdout, done.stderr)


def git(cwd: Path, *arguments: str, stdin: str | None = None, **env: str) -> str:
    """Plain git, as a person would run it; fails the test when git fails."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        check=False,
    )
    assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}"
    return done.stdout.strip()


class Desk:
    """One person's clone."""

    def __init__(self, directory: Path, email: str) -> None:
        self.directory = directory
        self.email = email
        git(directory, "config", "user.email", email)
        git(directory, "config", "user.name", email.split("@", maxsplit=1)[0].capitalize())

    def run(self, *arguments: str, stdin: str | bytes | None = None) -> Result:
        """`reprieve arguments…` in the clone."""
        return run_cli(*arguments, cwd=self.directory, stdin=stdin)

    def ok(self, *arguments: str, stdin: str | bytes | None = None) -> str:
        """The same, which must succeed; its standard output."""
        result = self.run(*arguments, stdin=stdin)
        assert result.code == 0, f"reprieve {' '.join(arguments)}: {result.out}{result.err}"
        return result.out

    def git(self, *arguments: str, **env: str) -> str:
        """Plain git in the clone."""
        return git(self.directory, *arguments, **env)

    def commit(self, files: dict[str, str | bytes | None], message: str = "change") -> str:
        """Commits files (None removes) on the branch that is checked out; gives the commit id."""
        for name, content in files.items():
            path = self.directory / name
            if content is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD")

    def clerk(self, now: dt.datetime | None = None) -> Clerk:
        """The same person through the library, at any moment."""
        name = self.email.split("@")[0].capitalize()
        return Clerk(str(self.directory), identity=Identity(name, self.email), now=now)


class Office:
    """A bare remote with a charter on `main`, and desks for whoever is asked for."""

    def __init__(self, root: Path, charter: str = CHARTER) -> None:
        self.root = root
        self.remote = root / "register.git"
        git(root, "init", "--quiet", "--bare", "--initial-branch=main", str(self.remote))
        first = root / "first"
        git(root, "init", "--quiet", "--initial-branch=main", str(first))
        desk = Desk(first, "admin@example.com")
        desk.commit({f"{FOLDER}/charter.yaml": charter}, "Start the register")
        desk.git("push", "--quiet", str(self.remote), "main")
        self._desks: dict[str, Desk] = {}

    def desk(self, person: str = REQUESTER) -> Desk:
        """The desk of a person, by e-mail address or by the role they hold."""
        email = PEOPLE.get(person, person)
        if email not in self._desks:
            directory = self.root / email
            git(self.root, "clone", "--quiet", str(self.remote), str(directory))
            self._desks[email] = Desk(directory, email)
        return self._desks[email]

    def request(self, *, who: str = REQUESTER, **fields: Any) -> str:
        """Asks for an exception; gives its id."""
        desk = self.desk(who)
        draft = self.root / "draft.md"
        draft.write_bytes(record_file(requester=desk.email, **fields))
        out = desk.ok("request", "--file", str(draft))
        return out.split("requested ")[1].split()[0]

    def approve(self, identifier: str, *roles: str) -> None:
        """Approves in each role, each from the desk of who holds it; merges with the last."""
        for role in roles:
            self.desk(role).ok("decide", identifier, "approve", "--role", role)

    def active(self, **fields: Any) -> str:
        """A merged and active exception of medium risk; gives its id."""
        identifier = self.request(**{"risk": "medium", **fields})
        self.approve(identifier, "security-team")
        return identifier

    def record_path(self, identifier: str) -> str:
        """Where the record of an id is on main."""
        listing = git(self.remote, "ls-tree", "-r", "--name-only", "main", FOLDER)
        (found,) = [path for path in listing.splitlines() if f"/{identifier}-" in path]
        return found

    def record(self, identifier: str) -> str:
        """Its content on main."""
        return git(self.remote, "show", f"main:{self.record_path(identifier)}")


def today() -> dt.date:
    """Today, UTC, as the command line sees it."""
    return dt.datetime.now(dt.UTC).date()


def record_fields(**changes: Any) -> dict[str, Any]:
    """The front matter of a valid record of medium risk, whose one control is implemented."""
    start = changes.get("requested", today())
    fields: dict[str, Any] = {
        "id": "EXC-001",
        "summary": "Billing runs as root until the vendor ships v4.",
        "reason": "legacy-system",
        "risk": "medium",
        "environment": "production",
        "requester": REQUESTER,
        "owner": "payments",
        "requested": start,
        "expires": start + dt.timedelta(days=60),
        "scope": [
            {
                "type": "misconfiguration",
                "checks": ["KSV012"],
                "namespaces": ["billing"],
                "resources": ["Deployment/billing-*"],
            }
        ],
        "controls": [
            {
                "id": "network-policy",
                "kind": "preventive",
                "description": "Only the gateway may reach the service.",
                "implemented": start,
            }
        ],
        "remediation": {"target": start + dt.timedelta(days=50)},
    }
    fields |= changes
    if "expires" in changes and "remediation" not in changes:
        fields["remediation"] = {"target": min(fields["expires"], start + dt.timedelta(days=50))}
    return {key: value for key, value in fields.items() if value is not None}


def record_file(*, prose: dict[str, str] | None = None, **changes: Any) -> bytes:
    """A record file with those fields."""
    fields = record_fields(**changes)
    return compose(fields, new_body(PROSE if prose is None else prose, renewal="renews" in fields))


def trivy_report(*findings: dict[str, Any], cluster: str = "prod-eu-1") -> str:
    """A Trivy Kubernetes report; each finding is `check`, `namespace`, `resource`, `severity`."""
    resources = []
    for found in findings or ({},):
        kind, _, name = found.get("resource", "Deployment/billing-api").partition("/")
        check = {
            "ID": found.get("check", "KSV012"),
            "Title": "Runs as root user",
            "Message": f"{kind} {name} runs as root",
            "Severity": found.get("severity", "MEDIUM").upper(),
            "Status": "FAIL",
        }
        result = {"Target": f"{kind}/{name}", "Class": "config", "Misconfigurations": [check]}
        resources.append(
            {
                "Namespace": found.get("namespace", "billing"),
                "Kind": kind,
                "Name": name,
                "Results": [result],
            }
        )
    return json.dumps({"ClusterName": cluster, "Resources": resources})


def gate(desk: Desk, report: str | None = None, *options: str) -> Result:
    """`reprieve gate` on a report, fetched and as JSON."""
    text = trivy_report() if report is None else report
    return desk.run("gate", "-", "--fetch", "--output", "json", *options, stdin=text)


def dispositions(verdict: dict[str, Any]) -> Sequence[str]:
    """Of each finding, in order."""
    return [finding["disposition"] for finding in verdict["findings"]]
