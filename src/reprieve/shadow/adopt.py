"""Drafts of requests for what has no record: by tool, check and folder, ready for `reprieve request --file`.

A draft says what is silenced, where, since when, by whom and with which words. Why it may stay, what contains
the risk and what ends it is for people to write: until they have, `request` refuses the draft, as it refuses
any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reprieve.errors import UsageError
from reprieve.record import glob
from reprieve.record.editing import slug
from reprieve.register.register import Register
from reprieve.register.writing.clerk import Clerk
from reprieve.register.writing.request import Draft, render
from reprieve.report.text import amount, clean
from reprieve.shadow.model import PLACES, Audit, Audited
from reprieve.words import Environment

_DEPTH = 2
"""Folders from the top by which suppressions are grouped."""
_MOST = 100
"""Suppressions in a draft: somebody has to read it."""


class Drafted(NamedTuple):
    """One draft."""

    path: Path
    number: int
    """How many suppressions it is for."""
    written: bool
    """Not where a file of that name was there before."""


class Left(NamedTuple):
    """Suppressions that no record can be drafted for."""

    number: int
    why: str


class _Group(NamedTuple):
    tool: str
    checks: tuple[str, ...]
    folder: str
    environment: Environment


def adopt(
    audit: Audit,
    clerk: Clerk,
    folder: Path,
    *,
    owner: str | None,
    repository: str | None,
    environment: Environment | None,
) -> tuple[list[Drafted], list[Left]]:
    """Writes a draft for each group of shadow suppressions; gives them, and what was left out.

    Args:
        audit: what was found.
        clerk: whose identity is the requester.
        folder: where the drafts go; made if it is not there.
        owner: who must remove them.
        repository: the place of what has no other.
        environment: of all; by the charter's map of clusters when None.

    Errors: `UsageError` when git knows no identity, or the folder cannot be written.
    """
    register = clerk.register()
    groups: defaultdict[_Group, list[Audited]] = defaultdict(list)
    left: defaultdict[str, int] = defaultdict(int)
    for one in audit.found:
        if one.state not in {"shadow", "known"}:
            continue
        why = _why_not(one, repository)
        if why:
            left[why] += 1
        else:
            groups[_group(one, register, environment)].append(one)
    drafted = []
    for group, members in sorted(groups.items()):
        parts = [members[start : start + _MOST] for start in range(0, len(members), _MOST)]
        for number, part in enumerate(parts, start=1):
            suffix = f"-{number}" if len(parts) > 1 else ""
            content = _content(clerk, register, group, part, owner, repository)
            drafted.append(_written(folder / f"{_name(group)}{suffix}.md", content, len(part)))
    return drafted, [Left(number, why) for why, number in sorted(left.items())]


def _why_not(one: Audited, repository: str | None) -> str | None:
    """Why no record can stand behind it as it is."""
    silenced = one.suppression.silenced
    if not any(not glob.says_nothing(check) for check in silenced.checks):
        return "they silence every check: name those that they are about, and audit again"
    if not _place(one, repository):
        return "they act everywhere: say --repository, so that the scope has a place"
    return None


def _place(one: Audited, repository: str | None) -> dict[str, list[str]]:
    """The keys of a scope that say where; a repository for what only says what."""
    silenced = one.suppression.silenced
    found = {}
    for key in PLACES:
        values = [value for value in getattr(silenced, key) if not glob.says_nothing(value)]
        if values and len(values) == len(getattr(silenced, key)) and not any(map(glob.fault, values)):
            found[key] = values
    if not found.keys() - {"packages"} and repository:
        found["repositories"] = [repository]
    return found


def _group(one: Audited, register: Register, environment: Environment | None) -> _Group:
    silenced = one.suppression.silenced
    parts = one.suppression.name.split("/")[:-1]
    clusters = [cluster for cluster in silenced.clusters if glob.is_literal(cluster)]
    known = environment or register.snapshot.charter.environment_of(clusters[0] if clusters else None)
    return _Group(one.suppression.tool, tuple(sorted(silenced.checks)), "/".join(parts[:_DEPTH]), known)


def _content(
    clerk: Clerk,
    register: Register,
    group: _Group,
    members: Sequence[Audited],
    owner: str | None,
    repository: str | None,
) -> bytes:
    where = group.folder or "this repository"
    checks = ", ".join(group.checks[:3]) + (" …" if len(group.checks) > 3 else "")
    draft = Draft(
        summary=clean(f"{group.tool} is silenced for {checks} in {where}: {amount(len(members), 'place')}.")[
            :200
        ],
        reason="gate-blocked",
        risk="high",
        environment=group.environment,
        owner=owner or "team",
        scope=_scope(group, members, repository),
    )
    _, content = render(clerk, register, draft, 0)
    lines = [_line(one) for one in members]
    return content.rstrip(b"\n") + "\n".join(["\n\n## Adopted from\n", *lines, ""]).encode()


def _scope(group: _Group, members: Iterable[Audited], repository: str | None) -> list[dict[str, Any]]:
    """Entries that cover the suppressions and nothing else: files in one place share one."""
    entries: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in members:
        place = _place(one, repository)
        paths = place.pop("paths", [])
        type_ = one.suppression.silenced.type
        key = (type_, bool(paths), tuple((name, tuple(values)) for name, values in place.items()))
        if key not in entries:
            entries[key] = {"type": type_} if type_ else {}
            entries[key] |= {"checks": list(group.checks), **({"paths": []} if paths else {}), **place}
        for path in paths:
            if path not in entries[key]["paths"]:
                entries[key]["paths"].append(path)
    return list(entries.values())


def _line(one: Audited) -> str:
    """One suppression as an item of a list: a place, since when, and the words that stand there."""
    what = one.suppression
    since = f", since {one.since.at:%Y-%m-%d} by {one.since.email or one.since.author}" if one.since else ""
    said = f": {what.reason}" if what.reason else ""
    text = clean(f"{what.path}:{what.line} ({what.form}{since}){said}")
    return "- " + "".join(f"\\{c}" if c in "\\`*_[]<>|~&#!" else c for c in text)


def _name(group: _Group) -> str:
    """`bandit-b602-src-payments`."""
    return "-".join(slug(part) for part in (group.tool, "-".join(group.checks), group.folder) if part)


def _written(path: Path, content: bytes, number: int) -> Drafted:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return Drafted(path, number, written=False)
    except OSError as error:
        raise UsageError(f"cannot write a draft: {error.strerror}", where=str(path)) from None
    return Drafted(path, number, written=True)
