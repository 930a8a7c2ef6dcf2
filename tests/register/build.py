"""A register built with plain git only, as anyone with push rights could: the yard that attacks happen in."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from reprieve.record.charter import charter_digest
from reprieve.record.document import Document, parse
from reprieve.register.register import Register
from tests.support import CHARTER, FOLDER, PEOPLE, REQUESTER, Result, git, record_file, run_cli, trivy_report

RECORD = f"{FOLDER}/EXC-001-billing-root.md"
CHARTER_FILE = f"{FOLDER}/charter.yaml"
SIGNERS_FILE = f"{FOLDER}/allowed_signers"
BRANCH = "exception/EXC-001"
ADMIN = "admin@example.com"
MALLORY = "mallory@example.com"
SAM = PEOPLE["security-team"]
LENA = PEOPLE["security-lead"]
EMIL = PEOPLE["engineering-manager"]
CAROL = PEOPLE["ciso"]
VICTOR = PEOPLE["vp-engineering"]

WIDER = [{"type": "misconfiguration", "checks": ["KSV012", "KSV001"], "namespaces": ["*ing"]}]


class Key(NamedTuple):
    """An SSH key pair on disk."""

    private: Path
    public: str

    @property
    def config(self) -> tuple[str, ...]:
        """What makes git sign with it."""
        return ("-c", "gpg.format=ssh", "-c", f"user.signingKey={self.private}", "-c", "commit.gpgSign=true")


def make_key(folder: Path, name: str) -> Key:
    """A new key, made by ssh-keygen."""
    path = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return Key(path, path.with_suffix(".pub").read_text().strip())


def signers(**keys: Key) -> str:
    """An `allowed_signers` file: `sam=key` lists the key for sam@example.com."""
    return "".join(f"{name}@example.com {key.public}\n" for name, key in keys.items())


def charter(extra: str = "", **roles: str | tuple[str, ...]) -> str:
    """A charter with some roles held by others (`security_team=MALLORY`), and more lines before them."""
    held: dict[str, Any] = {**PEOPLE, **{role.replace("_", "-"): people for role, people in roles.items()}}
    lines = [f"  {role}: [{who if isinstance(who, str) else ', '.join(who)}]\n" for role, who in held.items()]
    return "version: 1\n" + extra + "roles:\n" + "".join(lines)


def digest(text: str, allowed: str = "") -> str:
    """What the approval of a charter names."""
    return charter_digest(text.encode(), allowed.encode())


def trailers(role: str, terms: str, identifier: str = "EXC-001", verdict: str = "approve") -> str:
    """What makes a commit message a decision."""
    return (
        f"Reprieve-Exception: {identifier}\nReprieve-Decision: {verdict}\n"
        f"Reprieve-Role: {role}\nReprieve-Terms: {terms}\n"
    )


def moment(ago: float) -> dt.datetime:
    """A moment some days ago, UTC."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0) - dt.timedelta(days=ago)


def day(ago: float) -> dt.date:
    """The date some days ago, UTC."""
    return moment(ago).date()


class Yard:
    """One repository without a remote; `main` is its protected branch. Everything in it is plain git."""

    def __init__(
        self,
        directory: Path,
        charter: str = CHARTER,
        allowed_signers: str | None = None,
        dana: Key | None = None,
    ) -> None:
        self.directory = directory
        self.dana = dana
        """What the requester signs with."""
        directory.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Mallory")
        self.git("config", "user.email", MALLORY)
        files: dict[str, str | bytes | None] = {CHARTER_FILE: charter}
        if allowed_signers is not None:
            files[SIGNERS_FILE] = allowed_signers
        self.commit(files, "Start the register", who=ADMIN, ago=100)

    @property
    def today(self) -> dt.date:
        """The date, UTC."""
        return day(0)

    def git(self, *arguments: str, stdin: str | None = None, **env: str) -> str:
        """`git arguments…` in the repository."""
        return git(self.directory, *arguments, stdin=stdin, **env)

    def write(self, files: dict[str, str | bytes | None]) -> None:
        """Puts files into the working tree; None removes one."""
        for name, content in files.items():
            path = self.directory / name
            if content is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(
        self,
        files: dict[str, str | bytes | None] | None = None,
        message: str = "Change",
        *,
        who: str = REQUESTER,
        ago: float = 0,
        key: Key | None = None,
    ) -> str:
        """One commit by someone, some days ago, of files and of whatever the index holds; gives its id."""
        self.write(files or {})
        if files:
            self.git("add", "--all")
        if who == REQUESTER:
            key = key or self.dana
        config = key.config if key else ()
        arguments = ("commit", "--quiet", "--allow-empty", "--file", "-")
        self.git(*config, *arguments, stdin=message, **identity(who, ago))
        return self.head()

    def head(self, revision: str = "HEAD") -> str:
        """The commit id of a revision."""
        return self.git("rev-parse", revision)

    def checkout(self, branch: str, *, start: str | None = None) -> None:
        """Checks out a branch; a new one when it gets a start."""
        self.git("checkout", "--quiet", *(["-b", branch, start] if start else [branch]))

    def ask(
        self,
        identifier: str = "EXC-001",
        *,
        who: str = REQUESTER,
        ago: float = 0,
        path: str | None = None,
        **fields: Any,
    ) -> str:
        """A branch off main with one commit that adds a record; it stays checked out."""
        name = path or RECORD.replace("EXC-001", identifier)
        self.checkout(f"exception/{identifier}", start="main")
        return self.commit({name: record_file(id=identifier, **fields)}, "Ask", who=who, ago=ago)

    def decide(
        self,
        role: str = "security-team",
        *,
        who: str | None = None,
        identifier: str = "EXC-001",
        verdict: str = "approve",
        terms: str | None = None,
        ago: float = 0,
        key: Key | None = None,
    ) -> str:
        """A decision commit on what is checked out, about the terms that are there."""
        lines = trailers(role, terms or self.terms(identifier), identifier, verdict)
        return self.commit(None, f"Decide\n\n{lines}", who=who or PEOPLE[role], ago=ago, key=key)

    def terms(self, identifier: str = "EXC-001", revision: str = "HEAD") -> str:
        """The digest of the record's terms in some commit."""
        return terms_in(self.directory, identifier, revision)

    def terms_of(self, text: str) -> str:
        """The digest of the terms in the text of a record."""
        parsed = parse(RECORD, text.encode())
        assert isinstance(parsed, Document)
        return parsed.digest

    def show(self, path: str, revision: str = "HEAD") -> str:
        """The content of a file in some commit."""
        return self.git("cat-file", "blob", f"{revision}:{path}") + "\n"

    def merge(self, branch: str = BRANCH, *, who: str = ADMIN, ago: float = 0, mode: str = "--no-ff") -> str:
        """Merges into main, which stays checked out; gives the commit id."""
        self.checkout("main")
        self.git("merge", "--quiet", mode, "--no-edit", branch, **identity(who, ago))
        return self.head()

    def active(
        self, identifier: str = "EXC-001", *, ago: float = 0, key: Key | None = None, **fields: Any
    ) -> str:
        """An exception of medium risk, asked for, approved by sam and merged; gives the merge commit."""
        self.ask(identifier, ago=ago, **fields)
        self.decide(identifier=identifier, ago=ago, key=key)
        return self.merge(f"exception/{identifier}", ago=ago)

    def change_charter(self, text: str, *, allowed: str | None = None, who: str = MALLORY) -> str:
        """A commit that replaces the charter, and `allowed_signers` with it."""
        files: dict[str, str | bytes | None] = {CHARTER_FILE: text}
        if allowed is not None:
            files[SIGNERS_FILE] = allowed
        return self.commit(files, "Change the charter", who=who)

    def approve_charter(
        self, text: str, *, who: str = CAROL, allowed: str = "", key: Key | None = None
    ) -> str:
        """The commit that approves a charter, on what is checked out."""
        message = f"Approve the charter\n\nReprieve-Charter: {digest(text, allowed)}\n"
        return self.commit(None, message, who=who, key=key)

    def edit(self, old: str, new: str, *, who: str = REQUESTER, path: str = RECORD, ago: float = 0) -> str:
        """A commit on what is checked out that replaces text in a record."""
        text = (self.directory / path).read_text(encoding="utf-8")
        assert old in text
        return self.commit({path: text.replace(old, new)}, "Edit", who=who, ago=ago)

    def rewrite(self, change: Callable[[str], str]) -> None:
        """Puts a changed copy of the commit at HEAD in its place, byte for byte as `change` gives it."""
        raw = self.git("cat-file", "commit", "HEAD") + "\n"
        write = ("hash-object", "-t", "commit", "-w", "--literally", "--stdin")
        self.git("update-ref", "HEAD", self.git(*write, stdin=change(raw)))

    def clone(self, name: str = "clone") -> Path:
        """A clone whose origin is this repository."""
        self.checkout("main")
        directory = self.directory.parent / name
        git(self.directory.parent, "clone", "--quiet", str(self.directory), str(directory))
        return directory

    def gate(self, *options: str, report: str | None = None) -> Result:
        """The gate on a report with one finding that the usual record covers."""
        return gate(self.directory, *options, report=report)

    def status(self, identifier: str = "EXC-001") -> str:
        """Where the record on main stands now."""
        status: str = standing_of(Register.open(self.directory), identifier).status
        return status

    def problems(self) -> list[str]:
        """Rule ids of the problems that the gate names."""
        return [problem["rule"] for problem in self.gate().json()["problems"]]


def terms_in(directory: Path, identifier: str = "EXC-001", revision: str = "HEAD") -> str:
    """The digest of a record's terms in some commit of a repository."""
    listing = git(directory, "ls-tree", "-r", "--name-only", revision, FOLDER).splitlines()
    (path,) = [path for path in listing if f"/{identifier}-" in path]
    content = git(directory, "cat-file", "blob", f"{revision}:{path}") + "\n"
    parsed = parse(path, content.encode())
    assert isinstance(parsed, Document)
    return parsed.digest


def standing_of(register: Register, identifier: str = "EXC-001", now: dt.datetime | None = None) -> Any:
    """Where the merged record of an id stands."""
    at = now or dt.datetime.now(dt.UTC)
    (found,) = [s for case, s in register.cases(at) if case.id == identifier and case.branch is None]
    return found


def identity(who: str, ago: float = 0) -> dict[str, str]:
    """The environment in which git commits as someone, some days ago."""
    name, date = who.partition("@")[0].capitalize(), f"@{int(moment(ago).timestamp())} +0000"
    return {
        "GIT_AUTHOR_NAME": name,
        "GIT_AUTHOR_EMAIL": who,
        "GIT_AUTHOR_DATE": date,
        "GIT_COMMITTER_NAME": name,
        "GIT_COMMITTER_EMAIL": who,
        "GIT_COMMITTER_DATE": date,
    }


def gate(cwd: Path, *options: str, report: str | None = None) -> Result:
    """The gate in a folder, as JSON, on a report with one finding that the usual record covers."""
    text = trivy_report() if report is None else report
    return run_cli("gate", "-", "--output", "json", *options, cwd=cwd, stdin=text)


def excepts(result: Result) -> bool:
    """Whether the gate passed because an exception covered everything. Fails the test on any error."""
    assert result.code in {0, 1}, result.err
    found = {finding["disposition"] for finding in result.json()["findings"]}
    assert (found == {"excepted"}) == (result.code == 0), result.out
    return result.code == 0


def refusal(result: Result) -> str:
    """The message of an error: exit code 2, and no verdict at all."""
    assert result.code == 2, result.out
    assert not result.out
    return result.err
