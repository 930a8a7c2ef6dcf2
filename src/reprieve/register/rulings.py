"""Which charter rules from when (design section 4, rule 5).

The first charter on the protected branch is trusted, or the one pinned with `--charter-root`. A changed
charter (or a changed `allowed_signers` beside it) rules from the commit at which its digest is approved
by the `charter_owner` of the one that rules until then. Nothing else about it is looked at before. What
rules is what gets merged: a draft that was changed between its approval and the merge is not approved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

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


class _Merge(msgspec.Struct, frozen=True):
    """A commit of the mainline, and the two files before and after it."""

    commit: Commit
    before: _Files
    after: _Files


def charters(
    graph: Graph,
    mainline: Sequence[str],
    introduced: Mapping[str, int],
    blobs: Blobs,
    verify: Verify,
    root: str | None,
) -> Rulings:
    """Replays the protected branch. Errors: `RegisterError` when no charter can rule or be read."""
    _refuse_two_beginnings(graph, introduced, root)
    approvals = _approvals(graph, introduced)
    history: list[Ruling] = []
    at: list[int] = []
    line = list(_along(graph, mainline))
    for index, (commit, files) in enumerate(zip(mainline, line, strict=True)):
        if history:
            merge = _Merge(graph.commits[commit], line[index - 1], files)
            found = _approved(graph, history[-1], merge, approvals.get(index, ()), verify, blobs)
        else:
            found = _first(files, blobs, root)
        if found:
            held, why = found
            ruling = _ruling(graph.commits[commit], held, why, blobs)
            if not isinstance(ruling, Ruling):
                raise _unreadable(graph.commits[commit], ruling, _readable(line[-1], blobs))
            history.append(ruling)
        at.append(len(history) - 1)
    if not history:
        raise _no_charter(root)
    first = next(index for index in at if index >= 0)
    digest = _digest(line[-1], blobs)
    problems = () if digest == history[-1].digest else _unapproved(digest, history[-1])
    return Rulings(tuple(history), tuple(max(index, first) for index in at), problems)


def _first(files: _Files, blobs: Blobs, root: str | None) -> tuple[_Files, str] | None:
    """The charter to start from: the first, or the pinned one."""
    digest = _digest(files, blobs)
    if digest is None or (root is not None and digest != root):
        return None
    return (
        files,
        "the first charter on the protected branch" if root is None else "pinned with --charter-root",
    )


def _approved(
    graph: Graph, former: Ruling, merge: _Merge, approvals: Sequence[Commit], verify: Verify, blobs: Blobs
) -> tuple[_Files, str] | None:
    """The charter that the owner of the former one approved, as the approving commit holds it."""
    for commit in sorted(approvals, key=lambda commit: graph.position[commit.id], reverse=True):
        if not graph.is_ancestor(former.commit, commit.id):
            continue  # its author did not know the charter that rules
        held = _held(graph, commit)
        digest = _digest(held, blobs)
        if digest in {None, former.digest} or digest != commit.trailer("Reprieve-Charter"):
            continue
        reason = _approved_by(commit, former, verify)
        if reason and _merged(graph, merge, commit, digest, blobs):
            return held, reason
    return None


def _merged(graph: Graph, merge: _Merge, approval: Commit, digest: str, blobs: Blobs) -> bool:
    """Whether an approved charter is what was merged, and not a draft that was changed afterwards.

    A merge that leaves the protected branch's text as it was has taken in what its other side holds: whoever
    turns history round, so that the former charter's line comes first, does not bring that back.
    """
    if _digest(merge.after, blobs) == digest:
        return True
    sides = [side for side in merge.commit.parents[1:] if graph.is_ancestor(approval.id, side)]
    return merge.after == merge.before and any(
        _digest(_held(graph, graph.commits[side]), blobs) == digest for side in sides
    )


def _refuse_two_beginnings(graph: Graph, introduced: Mapping[str, int], root: str | None) -> None:
    """A merge can put a history with a charter of its own before ours: people say which one to trust."""
    if root is not None or sum(not graph.commits[name].parents for name in introduced) < 2:
        return
    added = [
        name
        for name in introduced
        for change in graph.changes.get(name, ())
        if change.path == CHARTER and change.old is None
    ]
    if len({graph.mainline(name)[0] for name in added}) > 1:
        raise RegisterError(
            "the protected branch has two beginnings, each with a charter",
            where=CHARTER,
            hint="say which charter to trust with --charter-root sha256:…",
        )


def _approvals(graph: Graph, introduced: Mapping[str, int]) -> dict[int, list[Commit]]:
    """Commits that approve a charter, by the index on the mainline at which they came in."""
    found: defaultdict[int, list[Commit]] = defaultdict(list)
    for name, index in introduced.items():
        commit = graph.commits[name]
        if commit.trailers and commit.trailer("Reprieve-Charter"):
            found[index].append(commit)
    return found


def _along(graph: Graph, mainline: Sequence[str]) -> Iterator[_Files]:
    """The two files at each commit of the mainline."""
    files = _Files()
    for commit in mainline:
        files = _after(graph, commit, files)
        yield files


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


def _held(graph: Graph, commit: Commit) -> _Files:
    """The two files as the tree of `commit` holds them: the last changes on its first-parent history."""
    held: dict[str, str | None] = {}
    at: Commit | None = commit
    while at is not None and len(held) < 2:
        for change in graph.changes.get(at.id, ()):
            if change.path in (CHARTER, SIGNERS):
                held.setdefault(change.path, change.new if change.mode == REGULAR_FILE else None)
        at = graph.commits[at.parents[0]] if at.parents else None
    return _Files(held.get(CHARTER), held.get(SIGNERS))


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


def _ruling(commit: Commit, files: _Files, why: str, blobs: Blobs) -> Ruling | list[Problem]:
    digest = _digest(files, blobs)
    assert files.charter is not None and digest is not None  # noqa: S101  (what rules is there)
    parsed = parse_charter(CHARTER, blobs.content(files.charter))
    if not isinstance(parsed, Charter):
        return parsed
    return Ruling(parsed, digest, commit.id, commit.at, why, _signers(files, blobs))


def _readable(files: _Files, blobs: Blobs) -> str | None:
    """The digest of a charter that could rule."""
    content = blobs.content(files.charter) if files.charter else b""
    return _digest(files, blobs) if isinstance(parse_charter(CHARTER, content), Charter) else None


def _unreadable(commit: Commit, problems: Sequence[Problem], mended: str | None) -> RegisterError:
    """Mending it is not enough: only people can say that another charter than the one to trust is trusted."""
    first = problems[0]
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    if mended:
        hint = f"it has been mended since: read it, then trust that one with --charter-root {mended}"
    else:
        advice = f"{first.hint}; " if first.hint else ""
        hint = f"{advice}mend it on the protected branch, and this says how to go on from there"
    return RegisterError(
        f"the charter cannot be read: {first.message}{more}",
        where=f"{CHARTER}:{first.line or 1} (as of {commit.id[:10]})",
        hint=hint,
    )


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


def _unapproved(digest: str | None, ruling: Ruling) -> tuple[Problem, ...]:
    owner = ruling.charter.charter_owner
    if digest is None:
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
