"""Which charter rules from when (design section 4, rule 5).

The first charter on the protected branch is trusted, or the one pinned with `--charter-root`. A changed
charter (or a changed `allowed_signers` beside it) rules from the commit at which its digest is approved
by the `charter_owner` of the one that rules until then. Nothing else about it is looked at before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import msgspec

from reprieve.errors import RegisterError
from reprieve.record.charter import Charter, charter_digest, parse_charter
from reprieve.record.model import Problem
from reprieve.register.graph import Commit, Graph
from reprieve.register.layout import CHARTER, REGULAR_FILE, SIGNERS
from reprieve.register.signatures import Signature
from reprieve.register.snapshot import Ruling
from reprieve.register.timeline import Blobs

Verify = Callable[[str, bytes], Signature]
"""Commit and content of `allowed_signers` -> signature."""


class Rulings(msgspec.Struct, frozen=True):
    """Every charter that ever ruled, and for each commit of the mainline the index of the one in force."""

    history: tuple[Ruling, ...]
    at: tuple[int, ...]
    problems: tuple[Problem, ...]


class _Files(msgspec.Struct, frozen=True):
    """The two files as a commit holds them: blob ids, None when absent or not a regular file."""

    charter: str | None = None
    signers: str | None = None


def charters(
    graph: Graph,
    mainline: Sequence[str],
    introduced: Mapping[str, int],
    blobs: Blobs,
    verify: Verify,
    root: str | None,
) -> Rulings:
    """Replays the protected branch. Errors: `RegisterError` when no charter can rule or be read."""
    approvals = _approvals(graph, introduced)
    history: list[Ruling] = []
    at: list[int] = []
    files, pending = _Files(), None
    seen: list[str] = []
    for index, commit in enumerate(mainline):
        files = _after(graph, commit, files)
        seen += [approval.id for approval in approvals.get(index, ())]
        digest = _digest(files, blobs)
        if digest and (not history or digest != history[-1].digest):
            why = _why(graph, files, digest, history, seen, verify, root)
            pending = None if why else digest
            if why:
                history.append(_ruling(graph.commits[commit], files, digest, why, blobs))
        elif history:
            pending = None if digest else "missing"
        at.append(len(history) - 1)
    if not history:
        raise _no_charter(root)
    first = next(index for index in at if index >= 0)
    problems = _unapproved(pending, history[-1]) if pending else ()
    return Rulings(tuple(history), tuple(max(index, first) for index in at), problems)


def _approvals(graph: Graph, introduced: Mapping[str, int]) -> dict[int, list[Commit]]:
    """Commits that approve a charter, by the index on the mainline at which they came in."""
    found: defaultdict[int, list[Commit]] = defaultdict(list)
    for name, index in introduced.items():
        commit = graph.commits[name]
        if commit.trailers and commit.trailer("Reprieve-Charter"):
            found[index].append(commit)
    return found


def _after(graph: Graph, commit: str, files: _Files) -> _Files:
    for change in graph.changes.get(commit, ()):
        blob = change.new if change.mode == REGULAR_FILE else None
        if change.path == CHARTER:
            files = msgspec.structs.replace(files, charter=blob)
        elif change.path == SIGNERS:
            files = msgspec.structs.replace(files, signers=blob)
    return files


def _digest(files: _Files, blobs: Blobs) -> str | None:
    if files.charter is None:
        return None
    return charter_digest(blobs.content(files.charter), _signers(files, blobs))


def _signers(files: _Files, blobs: Blobs) -> bytes:
    return blobs.content(files.signers) if files.signers else b""


def _why(
    graph: Graph,
    files: _Files,
    digest: str,
    history: Sequence[Ruling],
    seen: Sequence[str],
    verify: Verify,
    root: str | None,
) -> str | None:
    """Why this charter may rule from here on; None when it may not."""
    if root is not None and digest == root:
        return "pinned with --charter-root"
    if not history:
        return None if root is not None else "the first charter on the protected branch"
    former = history[-1]
    for name in seen:
        commit = graph.commits[name]
        if commit.trailer("Reprieve-Charter") == digest and holds_charter(graph, commit, files):
            reason = _approved_by(commit, former, verify)
            if reason:
                return reason
    return None


def holds_charter(graph: Graph, commit: Commit, files: _Files) -> bool:
    """Whether the tree of `commit` holds these files: an approval is of what its author had before them."""
    held: dict[str, str | None] = {}
    at: Commit | None = commit
    while at is not None and len(held) < 2:
        for change in graph.changes.get(at.id, ()):
            if change.path in (CHARTER, SIGNERS):
                held.setdefault(change.path, change.new if change.mode == REGULAR_FILE else None)
        at = graph.commits[at.parents[0]] if at.parents else None
    return held.get(CHARTER) == files.charter and held.get(SIGNERS) == files.signers


def _approved_by(commit: Commit, former: Ruling, verify: Verify) -> str | None:
    charter = former.charter
    if commit.author not in charter.holders(charter.charter_owner):
        return None
    signature = verify(commit.id, former.signers)
    signed = signature.state == "good" and (
        signature.principal == commit.author or charter.is_recorder(signature.principal)
    )
    contradicted = signature.state == "bad" or (signature.state == "good" and not signed)
    if contradicted or (charter.signatures == "required" and not signed):
        return None
    return f"approved by {commit.author} ({charter.charter_owner}) in {commit.id[:10]}"


def _ruling(commit: Commit, files: _Files, digest: str, why: str, blobs: Blobs) -> Ruling:
    assert files.charter is not None  # noqa: S101  (a digest is made of it)
    parsed = parse_charter(CHARTER, blobs.content(files.charter))
    if not isinstance(parsed, Charter):
        first = parsed[0]
        place = f"{CHARTER}:{first.line or 1} (as of {commit.id[:10]})"
        more = f" (and {len(parsed) - 1} more)" if len(parsed) > 1 else ""
        raise RegisterError(
            f"the charter cannot be read: {first.message}{more}", where=place, hint=first.hint
        )
    return Ruling(parsed, digest, commit.id, commit.at, why, _signers(files, blobs))


def _no_charter(root: str | None) -> RegisterError:
    if root is not None:
        return RegisterError(
            f"no charter on the protected branch has the digest {root}",
            where=CHARTER,
            hint="`reprieve charter` prints the digest of the one that rules without --charter-root",
        )
    return RegisterError(
        "the protected branch holds no charter", where=CHARTER, hint="`reprieve init` writes one; commit it"
    )


def _unapproved(digest: str, ruling: Ruling) -> tuple[Problem, ...]:
    owner = ruling.charter.charter_owner
    if digest == "missing":
        message = "the charter was removed from the protected branch; the former one goes on ruling"
        return (Problem(rule="charter-missing", message=message, path=CHARTER, level="warning"),)
    holders = ", ".join(sorted(ruling.charter.holders(owner))) or "nobody holds that role"
    return (
        Problem(
            rule="charter-unapproved",
            message=f"the charter there is not approved; that of {ruling.since:%Y-%m-%d} goes on ruling",
            path=CHARTER,
            hint=f"the {owner} ({holders}) approves it: reprieve charter approve",
            level="warning",
        ),
    )
