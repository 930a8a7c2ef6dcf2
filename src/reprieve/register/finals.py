"""What ends an id for good: revoked, closed, archived, deleted (design section 4, "Final things")."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reprieve.record.document import Document
from reprieve.record.lifecycle import Final
from reprieve.register.graph import Change, Commit, Graph
from reprieve.register.layout import is_archived, record_number
from reprieve.register.timeline import Blobs, Timeline


def final_events(
    graph: Graph, timeline: Timeline, blobs: Blobs, introduced: Collection[str]
) -> dict[int, Final]:
    """The first event that ended each id for good, of all that the protected branch ever took in."""
    first: dict[int, Final] = {}
    for number, end in ends(graph, timeline, blobs, introduced):
        first.setdefault(number, end)
    return first


def ends(
    graph: Graph, timeline: Timeline, blobs: Blobs, introduced: Collection[str]
) -> Iterator[tuple[int, Final]]:
    """Every event that ends an id, by its number, parents first.

    Looked for in every file of an id and in every commit that is part of the protected branch, so that
    neither a copy beside the record, nor another file mode, nor a merge whose first parent is a side
    branch can hide one. Moving and deleting count on the first-parent history only: on its own
    branch a request may be written anew.
    """
    for name in graph.order:
        if name not in introduced:
            continue
        for change in graph.changes.get(name, ()):
            number = record_number(change.path)
            if number is not None and change.new:
                end = _end_in_file(graph.commits[name], blobs, change, name in timeline.main_index)
                if end:
                    yield number, end
        for number in timeline.deleted_by.get(name, ()):
            commit = graph.commits[name]
            yield number, Final("closed", commit.at, name, commit.author, "deleted from the register")


def _end_in_file(commit: Commit, blobs: Blobs, change: Change, on_main: bool) -> Final | None:
    parsed = blobs.parsed(change.path, change.new) if change.new and blobs.holds(change.new) else None
    record = parsed.record if isinstance(parsed, Document) else None
    if record and record.revoked:
        return Final("revoked", commit.at, commit.id, record.revoked.by, record.revoked.reason)
    if record and record.closed:
        return Final("closed", commit.at, commit.id, record.closed.by, record.closed.reason)
    if on_main and is_archived(change.path):
        return Final("closed", commit.at, commit.id, commit.author, "moved to the archive")
    return None
