"""What happened to each record and to the charter, commit by commit, read once from the graph."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import msgspec

from reprieve.record.document import MAX_SIZE, Document, parse
from reprieve.record.model import Problem
from reprieve.record.rules import own_problems
from reprieve.register.git import Git
from reprieve.register.graph import Change, Graph
from reprieve.register.layout import (
    CHARTER,
    FOLDER,
    REGULAR_FILE,
    SIGNERS,
    is_archived,
    looks_like_record,
    record_number,
)

Parsed = Document | list[Problem]


class Version(msgspec.Struct, frozen=True, gc=False):
    """One record as a commit leaves it. `path` is None once the record is gone."""

    commit: str
    path: str | None
    blob: str | None
    mode: str = REGULAR_FILE
    before: str | None = None
    """Blob before this commit, by its first parent."""

    @property
    def archived(self) -> bool:
        """Whether it lies in the archive."""
        return self.path is not None and is_archived(self.path)


class Present(msgspec.Struct, frozen=True):
    """The records that one commit holds: contents by blob, and what each path and blob parses to."""

    contents: dict[str, bytes]
    parsed: dict[tuple[str, str], Parsed]
    problems: dict[tuple[str, str], list[Problem]]
    """Of those that are records: what is wrong with them by themselves."""


def read_present(git: Git, commit: str) -> Present:
    """Reads and parses what a commit holds; most of all that a register ever held, and independent of its
    history, so it can be read while git walks that."""
    listing = git.run("ls-tree", "-r", "-z", "--full-tree", commit, f"{FOLDER}/")
    files = {}
    for entry in listing.decode("utf-8", "replace").split("\0")[:-1]:
        meta, _, path = entry.partition("\t")
        mode, _, blob = meta.split(" ")
        if mode == REGULAR_FILE and record_number(path) is not None:
            files[path] = blob
    contents = git.blobs(sorted(set(files.values())), MAX_SIZE)
    parsed = {(path, blob): parse(path, contents[blob]) for path, blob in files.items()}
    own = {key: own_problems(held) for key, held in parsed.items() if isinstance(held, Document)}
    return Present(contents, parsed, own)


class Blobs:
    """The contents that the register ever had, read in one go and parsed once each."""

    def __init__(self, git: Git, graph: Graph, known: Present | None = None) -> None:
        wanted = {
            change.new
            for changes in graph.changes.values()
            for change in changes
            if change.new and change.mode in (REGULAR_FILE, "100755", "120000") and _is_read(change.path)
        }
        self._parsed: dict[tuple[str, str], Parsed] = dict(known.parsed) if known else {}
        self._contents = dict(known.contents) if known else {}
        self._problems = known.problems if known else {}
        self._contents |= git.blobs(sorted(wanted - self._contents.keys()), MAX_SIZE)
        self._digests: dict[str, str | None] = {}

    def content(self, blob: str) -> bytes:
        """The bytes of a blob that some commit put into the register."""
        return self._contents[blob]

    def holds(self, blob: str) -> bool:
        """Whether the blob is the content of a file, and not a submodule."""
        return blob in self._contents

    def parsed(self, path: str, blob: str) -> Parsed:
        """The record file, or why it is none."""
        key = (path, blob)
        if key not in self._parsed:
            self._parsed[key] = parse(path, self._contents[blob])
        return self._parsed[key]

    def document(self, version: Version) -> Document | None:
        """The readable record of a version, if it has one."""
        if version.path is None or version.blob is None or version.mode != REGULAR_FILE:
            return None
        parsed = self.parsed(version.path, version.blob)
        return parsed if isinstance(parsed, Document) else None

    def problems(self, version: Version) -> list[Problem] | None:
        """What is wrong with the record of a version by itself; None where nobody has looked yet."""
        return self._problems.get((version.path or "", version.blob or ""))

    def digest(self, path: str | None, blob: str | None) -> str | None:
        """The terms digest of a blob; None when it is gone or not readable as a record."""
        if blob is None or path is None or blob not in self._contents:
            return None
        if blob not in self._digests:
            parsed = self.parsed(path, blob)
            self._digests[blob] = parsed.digest if isinstance(parsed, Document) else None
        return self._digests[blob]


def _is_read(path: str) -> bool:
    return record_number(path) is not None or path in (CHARTER, SIGNERS)


class Timeline:
    """Versions of each record over a set of commits, and its state at any of them."""

    def __init__(self, graph: Graph, mainline: Sequence[str]) -> None:
        self.graph = graph
        self.mainline = mainline
        self.main_index = {commit: index for index, commit in enumerate(mainline)}
        self.at_commit: dict[tuple[str, int], Version] = {}
        self.by_number: defaultdict[int, list[Version]] = defaultdict(list)
        self.on_main: dict[int, tuple[list[int], list[Version]]] = {}
        self.deleted_by: defaultdict[str, list[int]] = defaultdict(list)
        for commit in graph.order:
            for number, version in _versions(commit, graph.changes.get(commit, ())):
                self.at_commit[commit, number] = version
                self.by_number[number].append(version)
        self.paths = self._replay_mainline()

    def versions(self, number: int, commits: Collection[str]) -> list[Version]:
        """Those of one record that the given commits made, oldest first."""
        return [version for version in self.by_number[number] if version.commit in commits]

    def state_at(self, commit: str, number: int) -> Version | None:
        """The record as the tree of `commit` holds it: the last change on its first-parent history."""
        at: str | None = commit
        while at is not None:
            version = self.at_commit.get((at, number))
            if version is not None and at not in self.main_index:
                return version
            if at in self.main_index:
                return self.state_on_main(self.main_index[at], number)
            parents = self.graph.commits[at].parents
            at = parents[0] if parents else None
        return None

    def state_on_main(self, index: int, number: int) -> Version | None:
        """The record as the commit at this index of the mainline leaves it; None before its first."""
        indexes, versions = self.on_main.get(number, ([], []))
        found = bisect.bisect_right(indexes, index)
        return versions[found - 1] if found else None

    def _replay_mainline(self) -> dict[str, tuple[str, str]]:
        """Replays the protected branch; gives path -> (blob, mode) of every record file at its end."""
        paths: dict[str, tuple[str, str]] = {}
        of_number: defaultdict[int, set[str]] = defaultdict(set)
        for index, commit in enumerate(self.mainline):
            touched: dict[int, str | None] = {}
            for change in self.graph.changes.get(commit, ()):
                number = record_number(change.path)
                if number is None:
                    continue
                touched.setdefault(number, change.old)
                if change.new is None:
                    paths.pop(change.path, None)
                    of_number[number].discard(change.path)
                else:
                    paths[change.path] = (change.new, change.mode)
                    of_number[number].add(change.path)
            for number, before in touched.items():
                self._enter(index, commit, number, before, of_number[number], paths)
        return paths

    def _enter(
        self,
        index: int,
        commit: str,
        number: int,
        before: str | None,
        held: set[str],
        paths: dict[str, tuple[str, str]],
    ) -> None:
        # Of two files with one id, the active one stands: a duplicate cannot hide it in the archive.
        path = min(held, key=lambda name: (is_archived(name), name), default=None)
        blob, mode = paths[path] if path else (None, REGULAR_FILE)
        version = Version(commit, path, blob, mode, before)
        if path is None:
            self.deleted_by[commit].append(number)
        indexes, versions = self.on_main.setdefault(number, ([], []))
        indexes.append(index)
        versions.append(version)


def _versions(commit: str, changes: Iterable[Change]) -> Iterable[tuple[int, Version]]:
    """What one commit leaves of each record it touches; a rename is one version, not an end."""
    grouped: defaultdict[int, list[Change]] = defaultdict(list)
    for change in changes:
        number = record_number(change.path)
        if number is not None:
            grouped[number].append(change)
    for number, group in grouped.items():
        before = next((change.old for change in group if change.old), None)
        kept = sorted((c for c in group if c.new), key=lambda c: (is_archived(c.path), c.path))
        if kept:
            yield number, Version(commit, kept[0].path, kept[0].new, kept[0].mode, before)
        else:
            yield number, Version(commit, None, None, REGULAR_FILE, before)


def strays(graph: Graph, mainline: Sequence[str]) -> dict[str, str]:
    """Path -> mode of files at the end of the mainline that look like records but are not named so."""
    found: dict[str, str] = {}
    for commit in mainline:
        for change in graph.changes.get(commit, ()):
            if record_number(change.path) is None and looks_like_record(change.path):
                if change.new is None:
                    found.pop(change.path, None)
                else:
                    found[change.path] = change.mode
    return found
