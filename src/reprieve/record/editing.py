"""Writing records: a new one from its fields; edits that keep the author's comments, order and quoting."""

from __future__ import annotations

import datetime as dt
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


def compose(fields: Mapping[str, Any], body: str) -> bytes:
    """A record file from its front matter (plain data, dates as `datetime.date`) and its prose."""
    yaml = _yaml(sequence=4, offset=2)
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
    edit(data)
    out = io.StringIO()
    yaml.dump(data, out)
    result = f"---\n{out.getvalue()}---\n{before.body}".encode()
    after = _readable(path, result)
    if same_terms and after.digest != before.digest:
        raise UsageError("this edit would change what was approved", where=path)
    return result


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


def _yaml(sequence: int, offset: int) -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.allow_unicode = True
    yaml.representer.ignore_aliases = lambda _: True  # a date used twice is not an alias
    yaml.indent(mapping=2, sequence=sequence, offset=offset)
    return yaml


def _indentation(front: str) -> tuple[int, int]:
    """How the author indents lists: `sequence` and `offset` in ruamel.yaml's terms."""
    found = re.search(r"^(\w[\w-]*):[ \t]*(?:#.*)?\n(?:[ \t]*#.*\n)*( *)-( +)", front, re.MULTILINE)
    if found is None:
        return 4, 2
    return len(found[2]) + 1 + len(found[3]), len(found[2])


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
