"""Writing records: a new one from its fields; edits that keep the author's comments, order and quoting."""

from __future__ import annotations

import datetime as dt
import difflib
import io
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from reprieve.errors import UsageError
from reprieve.record import document
from reprieve.record.document import Document

Edit = Callable[[CommentedMap], None]

_REST = r"[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*"
"""Of a line after its key, and the blank and comment lines below it."""


def compose(fields: Mapping[str, Any], body: str) -> bytes:
    """A record file from its front matter (plain data, dates as `datetime.date`) and its prose."""
    yaml = _yaml(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(_styled(dict(fields)), out)
    return f"---\n{out.getvalue()}---\n\n{body.strip()}\n".encode()


def slug(summary: str) -> str:
    """The words of a file name: lower-case ASCII, at most six words and 50 characters."""
    ascii_only = unicodedata.normalize("NFKD", summary).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_only)[:6]
    return "-".join(words)[:50].strip("-") or "exception"


def edited(path: str, raw: bytes, edit: Edit, *, same_terms: bool = True) -> bytes:
    """The file with `edit` applied to its front matter.

    Errors: `UsageError` when the file is not a readable record, or when an edit that must not touch
    the terms would.
    """
    before = _readable(path, raw)
    yaml = _yaml(*_indentation(before.front))
    data = yaml.load(before.front)
    plain = _dumped(yaml, data)
    edit(data)
    dumped = _dumped(yaml, data)
    whole = _file(dumped, before.body, raw)
    after = _readable(path, whole)
    if same_terms and after.digest != before.digest:
        raise UsageError("this edit would change what was approved", where=path)
    spliced = _file(_spliced(before.front, plain, dumped), before.body, raw)
    kept = document.parse(path, spliced)
    return spliced if isinstance(kept, Document) and kept.data == after.data else whole


def _dumped(yaml: YAML, data: CommentedMap) -> str:
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _file(front: str, body: str, like: bytes) -> bytes:
    """The two parts as a file, with the line ends of the one before."""
    content = f"---\n{front}---\n{body}".encode()
    return content.replace(b"\n", b"\r\n") if b"\r\n" in like else content


def _spliced(original: str, plain: str, edited: str) -> str:
    """What is new between two dumps, put into the text as its author wrote it.

    A dump keeps comments, order and quotes, but not every blank. Where it also folds lines differently
    than the author, nothing can be told apart by lines, and the dump has to do.
    """
    lines, old, new = (text.splitlines(keepends=True) for text in (original, plain, edited))
    if ["".join(line.split()) for line in lines] != ["".join(line.split()) for line in old]:
        return edited
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    columns: dict[int, int] = {}  # of the dump -> of the author, as last seen
    result = []
    for tag, begin, end, first, last in steps:
        if tag == "equal":
            result += lines[begin:end]
        else:
            result += [_moved(line, columns) for line in new[first:last]]
        for line, dumped in zip(lines[begin:end], old[begin:end], strict=True):
            columns |= dict(zip(_columns(dumped), _columns(line), strict=True))
    return "".join(result)


def _columns(line: str) -> tuple[int, int]:
    """Where a line begins, and where its text does behind the hyphen of a list."""
    text = line.lstrip(" ")
    begin = len(line) - len(text)
    return begin, len(line) - len(text[1:].lstrip(" ")) if text.startswith("- ") else begin


def _moved(line: str, columns: Mapping[int, int]) -> str:
    begin, _ = _columns(line)
    return " " * columns.get(begin, begin) + line[begin:]


def implement(control: str, on: dt.date, evidence: str | None) -> Edit:
    """A compensating control is in place since `on`."""

    def edit(data: CommentedMap) -> None:
        for entry in data["controls"]:
            if entry["id"] == control:
                entry["implemented"] = on
                if evidence:
                    entry["evidence"] = evidence
                return
        known = ", ".join(entry["id"] for entry in data["controls"]) or "none"
        raise UsageError(f"{data['id']} has no control {control!r}", hint=f"its controls: {known}")

    return edit


def progress(on: dt.date, note: str) -> Edit:
    """A note on how the remediation goes."""

    def edit(data: CommentedMap) -> None:
        _append(data["remediation"], "progress", {"date": on, "note": note})

    return edit


def incident(on: dt.date, summary: str, url: str | None) -> Edit:
    """An incident that touched what the exception covers."""

    def edit(data: CommentedMap) -> None:
        _append(data, "incidents", {"date": on, "summary": summary, **({"url": url} if url else {})})

    return edit


def ended(key: str, on: dt.date, by: str, reason: str) -> Edit:
    """`revoked` or `closed`."""

    def edit(data: CommentedMap) -> None:
        data[key] = _flow({"date": on, "by": by, "reason": reason})

    return edit


def escalated(case: str, reason: str) -> Edit:
    """The escalation: part of the terms."""

    def edit(data: CommentedMap) -> None:
        data["escalation"] = {"case": case, "reason": reason}

    return edit


def both(*edits: Edit) -> Edit:
    """Several edits as one."""

    def edit(data: CommentedMap) -> None:
        for one in edits:
            one(data)

    return edit


def _readable(path: str, raw: bytes) -> Document:
    parsed = document.parse(path, raw)
    if isinstance(parsed, Document):
        return parsed
    first = parsed[0]
    raise UsageError(first.message, where=f"{path}:{first.line or 1}", hint=first.hint)


def _yaml(mapping: int, sequence: int, offset: int) -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.allow_unicode = True
    yaml.representer.ignore_aliases = lambda _: True  # a date used twice is not an alias
    yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
    return yaml


def _indentation(front: str) -> tuple[int, int, int]:
    """How the author indents: `mapping`, `sequence` and `offset` in ruamel.yaml's terms."""
    found = re.search(rf"^remediation:{_REST}( +)", front, re.MULTILINE)
    mapping = len(found[1]) if found else 2
    found = re.search(rf"^[\w-]+:{_REST}( *)-( +)", front, re.MULTILINE)
    if found is None:
        return mapping, 4, 2
    return mapping, len(found[1]) + 1 + len(found[2]), len(found[1])


def _append(parent: CommentedMap, key: str, value: dict[str, Any]) -> None:
    entries = parent.get(key)
    if not entries:
        entries = CommentedSeq()
        parent[key] = entries
    entries.append(_flow(value))


def _flow(value: dict[str, Any]) -> CommentedMap:
    mapping = CommentedMap(value)
    mapping.fa.set_flow_style()
    return mapping


def _styled(value: Any) -> Any:
    """Lists of plain values on one line, everything else as blocks."""
    if isinstance(value, dict):
        return CommentedMap({key: _styled(child) for key, child in value.items()})
    if isinstance(value, (list, tuple)):
        sequence = CommentedSeq(_styled(child) for child in value)
        if not any(isinstance(child, dict) for child in value):
            sequence.fa.set_flow_style()
        return sequence
    return value
