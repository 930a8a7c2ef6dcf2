"""Git objects as they are, for an archive: enough of them that plain git can verify a decision without the
repository: the commit, and from its tree down to the record it decides on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reprieve.register.git import Git
from reprieve.register.layout import FOLDER, record_number


class Signed(NamedTuple):
    """A commit's signature, and what it was made over: as `ssh-keygen -Y verify -n git` takes them."""

    payload: bytes
    signature: bytes


class Held(NamedTuple):
    """A record's file in the tree of a commit, and the trees that lead to it."""

    path: str
    blob: str
    trees: tuple[str, ...]


def signed(commit: bytes) -> Signed | None:
    """The signature within a raw commit object; None where there is none, or more than one."""
    header, separator, message = commit.partition(b"\n\n")
    kept: list[bytes] = []
    signature: list[bytes] = []
    found, inside = 0, False
    for line in header.split(b"\n"):
        name, _, value = line.partition(b" ")
        if name in (b"gpgsig", b"gpgsig-sha256"):
            found, inside = found + 1, True
            signature.append(value)
        elif inside and line.startswith(b" "):
            signature.append(line[1:])
        else:
            inside = False
            kept.append(line)
    if found != 1:
        return None
    return Signed(b"\n".join(kept) + separator + message, b"\n".join(signature) + b"\n")


def held(git: Git, tree: str, number: int) -> list[Held]:
    """The files of an id in a tree, active or archived."""
    found = []
    for folder in (FOLDER, f"{FOLDER}/archive"):
        trees = _trees_to(git, tree, folder)
        if trees:
            for name, identifier in entries(git, trees[-1]):
                path = f"{folder}/{name}"
                if record_number(path) == number:
                    found.append(Held(path, identifier, tuple(trees)))
    return found


def entries(git: Git, tree: str) -> Iterator[tuple[str, str]]:
    """Names and ids of what one tree holds."""
    raw, size = git.objects([tree])[tree], len(tree) // 2
    at = 0
    while at < len(raw):
        end = raw.index(b"\0", at)
        name = raw[at:end].partition(b" ")[2]
        yield name.decode("utf-8", "replace"), raw[end + 1 : end + 1 + size].hex()
        at = end + 1 + size


def _trees_to(git: Git, tree: str, folder: str) -> list[str]:
    """The ids of the trees from the root to a folder; empty when there is none."""
    found = [tree]
    for name in folder.split("/"):
        inner = dict(entries(git, found[-1])).get(name)
        if inner is None:
            return []
        found.append(inner)
    return found


def contents(git: Git, ids: Iterable[str]) -> dict[str, bytes]:
    """Raw content of objects by id."""
    return git.objects(list(dict.fromkeys(ids)))
