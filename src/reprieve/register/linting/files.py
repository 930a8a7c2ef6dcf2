"""The files of a register, one by one and side by side: names, form, ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from reprieve.record.document import Document, parse
from reprieve.record.editing import slug
from reprieve.record.model import Problem, format_id, id_number
from reprieve.register.layout import is_archived, looks_like_record, record_number
from reprieve.register.linting.worktree import Baseline, File, Tree


def read_documents(tree: Tree) -> tuple[list[tuple[File, Document]], list[Problem]]:
    """Every readable record, and everything that keeps another file from being one."""
    documents: list[tuple[File, Document]] = []
    problems: list[Problem] = []
    for file in tree.records:
        if file.fault is not None:
            if looks_like_record(file.path):
                message = f"{file.fault} is not a record"
                problems.append(Problem(rule="file-mode", message=message, path=file.path))
            continue
        if not looks_like_record(file.path) and not _states_an_id(file):
            continue
        parsed = parse(file.path, file.raw)
        if record_number(file.path) is None:
            problems.append(_misnamed(file.path, parsed if isinstance(parsed, Document) else None))
        if isinstance(parsed, list):
            problems += parsed
        elif record_number(file.path) is not None:
            documents.append((file, parsed))
    return documents, problems


def _states_an_id(file: File) -> bool:
    """Whether a file of any other name was meant as a record."""
    front, _, _ = file.raw.partition(b"\n---")
    return file.path.endswith(".md") and front.startswith(b"---") and b"\nid: EXC-" in front


def _misnamed(path: str, document: Document | None) -> Problem:
    number = id_number(document.record.id) if document else None
    hint = "EXC-NNN-short-description.md: three digits or more, lower case, hyphens"
    if document is not None and number is not None:
        hint = f"name it {format_id(number)}-{slug(document.record.summary)}.md"
    message = "looks like a record, but is not named as one, so it covers nothing"
    return Problem(rule="file-name", message=message, path=path, hint=hint)


def misplaced(tree: Tree) -> Iterator[Problem]:
    """What is named like a record but lies in a folder where none counts."""
    for path in tree.misplaced:
        message = "named like a record, but in a subfolder, so it covers nothing"
        yield Problem(rule="file-place", message=message, path=path, level="warning")


def duplicates(tree: Tree) -> Iterator[Problem]:
    """Ids that several files have; of the archive too, since an id is never reused."""
    held: defaultdict[int, list[str]] = defaultdict(list)
    for file in tree.records:
        number = record_number(file.path)
        if number is not None:
            held[number].append(file.path)
    for number, paths in sorted(held.items()):
        for path in paths if len(paths) > 1 else ():
            others = ", ".join(other for other in paths if other != path)
            yield Problem(
                rule="duplicate-id",
                message=f"{format_id(number)} is the id of another file too: {others}",
                path=path,
                hint="an id is never used twice; `reprieve request --file` gives a free one",
                exception=format_id(number),
            )


def removed(tree: Tree, baseline: Baseline, ended: Collection[int]) -> Iterator[Problem]:
    """What the protected branch holds and somebody deleted here; of what has not ended already."""
    here = {record_number(file.path) for file in tree.records}
    for path in sorted(baseline.tip.keys() & baseline.base.keys()):
        number = record_number(path)
        if number is None or is_archived(path) or number in here or number in ended:
            continue
        yield Problem(
            rule="deleted",
            message=f"{format_id(number)} is deleted here: once merged, that closes it for good",
            path=path,
            hint=f"reprieve close {format_id(number)} keeps the document in the archive",
            exception=format_id(number),
            level="warning",
        )
