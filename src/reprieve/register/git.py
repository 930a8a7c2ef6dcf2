"""All of git behind one class: plumbing commands, NUL-separated output, nothing of the user's setup.

The register is hostile input (design section 4, rule 9). So: no `GIT_*` variable gets through but those
for transport and for the writer's identity; no replace objects, no grafts, no hooks, no pager, no file
system monitor, no signature program of a configuration's choice; e-mail addresses without mailmap; and
revisions are full names of refs or object ids, never what git would guess.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from reprieve.errors import RegisterError

_TRANSPORT = frozenset(
    {
        "GIT_SSL_CAINFO",
        "GIT_SSL_CAPATH",
        "GIT_SSL_CERT",
        "GIT_SSL_KEY",
        "GIT_SSL_NO_VERIFY",
        "GIT_SSH",
        "GIT_SSH_COMMAND",
        "GIT_SSH_VARIANT",
        "GIT_ASKPASS",
        "GIT_ALLOW_PROTOCOL",
        "GIT_HTTP_USER_AGENT",
        "GIT_HTTP_PROXY_AUTHMETHOD",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_SYSTEM",
        "GIT_EXEC_PATH",
    }
)
_IDENTITY = frozenset({"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"})

_SAFE_CONFIG = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.pager=cat",
    "core.quotePath=false",
    "core.useReplaceRefs=false",
    "core.alternateRefsCommand=",
    "log.showSignature=false",
    "log.mailmap=false",
    "log.follow=false",
    "i18n.logOutputEncoding=UTF-8",
    "diff.renames=false",
    "diff.orderFile=/dev/null",
    "trailer.separators=:",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "protocol.ext.allow=never",
    "advice.detachedHead=false",
    "advice.graftFileDeprecated=false",
    "safe.bareRepository=explicit",
)

OBJECT_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


class GitError(RegisterError):
    """A git command that failed; the message is git's own."""

    def __init__(self, arguments: Sequence[str], stderr: str) -> None:
        text = stderr.strip() or "no message"
        super().__init__(f"git {' '.join(arguments[:2])}: {text}")
        self.stderr = stderr


class Git:
    """One repository. Every method runs git and raises `GitError` when it fails."""

    def __init__(self, directory: Path, *, bare: bool = False) -> None:
        self.directory = directory
        self._named = (f"--git-dir={directory}",) if bare else ()
        self._environment = _scrubbed(os.environ)

    def run(
        self,
        *arguments: str,
        stdin: bytes | None = None,
        config: Iterable[str] = (),
        env: dict[str, str] | None = None,
        directory: Path | None = None,
    ) -> bytes:
        """Standard output of `git arguments…`, run in the repository."""
        done = self._spawn(arguments, stdin, config, env, directory)
        if done.returncode:
            raise GitError(arguments, done.stderr.decode("utf-8", "replace"))
        return done.stdout

    def text(self, *arguments: str, stdin: bytes | None = None, env: dict[str, str] | None = None) -> str:
        """The same as text without the newline at its end."""
        return self.run(*arguments, stdin=stdin, env=env).decode("utf-8", "replace").rstrip("\n")

    def succeeds(self, *arguments: str) -> bool:
        """Whether the command's exit code is 0."""
        return self._spawn(arguments, None, (), None, None).returncode == 0

    def always_signs(self) -> bool:
        """Whether git signs each commit, as the user set it up."""
        setting = self.run("config", "--type=bool", "--default", "false", "--get", "commit.gpgsign")
        return setting.strip() == b"true"

    def _spawn(
        self,
        arguments: Sequence[str],
        stdin: bytes | None,
        config: Iterable[str],
        env: dict[str, str] | None,
        directory: Path | None,
    ) -> subprocess.CompletedProcess[bytes]:
        settings = [part for pair in (*_SAFE_CONFIG, *config) for part in ("-c", pair)]
        try:
            return subprocess.run(
                ["git", *self._named, "--no-pager", "--no-replace-objects", *settings, *arguments],
                cwd=directory or self.directory,
                env={**self._environment, **(env or {})},
                input=stdin,
                stdin=subprocess.DEVNULL if stdin is None else None,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise RegisterError("git is not installed", hint="install git 2.34 or newer") from None

    def refs(self, *prefixes: str) -> dict[str, str]:
        """Full ref name -> commit id, for refs below the given full prefixes."""
        listing = self.text("for-each-ref", "--format=%(objectname) %(objecttype) %(refname)", *prefixes)
        rows = (line.split(" ", 2) for line in listing.splitlines())
        return {name: commit for commit, kind, name in rows if kind == "commit"}

    def symbolic(self, ref: str) -> str | None:
        """What a symbolic ref points to, None when it is none."""
        if not self.succeeds("symbolic-ref", "--quiet", ref):
            return None
        return self.text("symbolic-ref", "--quiet", ref)

    def commit_id(self, ref: str) -> str | None:
        """The commit of a full ref name or object id, None when there is none."""
        if not (ref.startswith("refs/") or OBJECT_ID.fullmatch(ref)):
            raise ValueError(f"not a full ref name: {ref!r}")
        if not self.succeeds("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"):
            return None
        return self.text("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")

    def blobs(self, ids: Sequence[str], max_size: int) -> dict[str, bytes]:
        """Content of blobs by object id; those over `max_size` bytes as the first `max_size` + 1 of them.

        Missing objects raise: a register that is not whole cannot be judged.
        """
        if not ids:
            return {}
        sizes = self._sizes(ids)
        small = [blob for blob in ids if sizes[blob] <= max_size]
        contents = self.objects(small)
        for blob in ids:
            if sizes[blob] > max_size:
                contents[blob] = b"x" * (max_size + 1)  # too large to be read, and to be anything
        return contents

    def _sizes(self, ids: Sequence[str]) -> dict[str, int]:
        stdin = "".join(f"{blob}\n" for blob in ids).encode()
        form = "--batch-check=%(objectname) %(objecttype) %(objectsize)"
        listing = self.text("cat-file", form, stdin=stdin)
        sizes: dict[str, int] = {}
        for line in listing.splitlines():
            fields = line.split(" ")
            if len(fields) != 3 or fields[1] != "blob":
                raise RegisterError(
                    f"an object of the register is missing: {line}",
                    hint="git fetch --refetch, or clone again",
                )
            sizes[fields[0]] = int(fields[2])
        return sizes

    def objects(self, ids: Sequence[str]) -> dict[str, bytes]:
        """Raw content of objects by id, whatever their size; for commits, and blobs known to be small."""
        if not ids:
            return {}
        out = self.run("cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in ids).encode())
        contents: dict[str, bytes] = {}
        at = 0
        for _ in ids:
            end = out.index(b"\n", at)
            name, _kind, size = out[at:end].split(b" ")
            start = end + 1
            contents[name.decode()] = out[start : start + int(size)]
            at = start + int(size) + 1
        return contents


def _scrubbed(environment: Iterable[tuple[str, str]] | os._Environ[str]) -> dict[str, str]:
    kept = {
        key: value
        for key, value in dict(environment).items()
        if not key.startswith("GIT_") or key in _TRANSPORT or key in _IDENTITY
    }
    kept |= {
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "",
        "GIT_PAGER": "cat",
    }
    return kept
