"""Writing records: a new one from its fields; edits that keep the author's comments, order and quoting."""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from reprieve.errors import UsageError
from reprieve.record import document
from reprieve.record.document import Document
from reprieve.record.splicing import apply_splices, differences, round_trip

Edit = Callable[[CommentedMap], None]


def compose(fields: Mapping[str, Any], body: str) -> bytes:
    """A record file from its front matter (plain data, dates as `datetime.date`) and its prose."""
    out = io.StringIO()
    round_trip().dump(_styled(dict(fields)), out)
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
    text = raw.decode()
    opening = text.index("\n") + 1
    closing = re.search(r"\n---\r?(?:\n|\Z)", text)
    assert closing is not None  # noqa: S101  (it is readable)
    front = text[opening : closing.start() + 1]
    data = round_trip().load(front)
    wanted = copy.deepcopy(data)
    edit(wanted)
    changes = sorted(differences(front, round_trip().compose(front), data, wanted), key=lambda s: s.start)
    newline = "\r\n" if text[:opening].endswith("\r\n") else "\n"
    spliced = apply_splices(front, changes, newline)
    result = (text[:opening] + spliced + text[opening + len(front) :]).encode()
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
    if isinstance(value, str) and value != value.strip():
        return SingleQuotedScalarString(value)  # a reader may strip blanks that are not ASCII
    return value
