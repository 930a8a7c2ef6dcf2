"""What one version of a record changed against another, in words.

A version is a document, the problems that keep a file from being one, or None where there is no file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeVar

from reprieve.record.document import Document
from reprieve.record.model import Control, Record
from reprieve.record.template import sections_of
from reprieve.record.terms import normal_body, terms_of
from reprieve.register.layout import is_archived
from reprieve.register.timeline import Parsed

Kind = Literal["requested", "amended", "control", "progress", "incident", "revoked", "closed", "deleted"]
Change = tuple[Kind, str]

T = TypeVar("T")


def changes(before: Parsed | None, after: Parsed | None) -> list[Change]:
    """Everything that `after` changed, most weighty first; empty when nothing did."""
    if after is None:
        return [] if before is None else [("deleted", "deleted from the register")]
    if not isinstance(after, Document):
        kind: Kind = "requested" if before is None else "amended"
        return [(kind, f"cannot be read as a record: {after[0].message}")]
    if before is None:
        return [("requested", _request(after.record)), *_ends(None, after.record)]
    if not isinstance(before, Document):
        return [("amended", "can be read as a record again"), *_ends(None, after.record)]
    return [*_terms(before, after), *_operational(before.record, after.record), *_moved(before, after)]


def _request(record: Record) -> str:
    renewal = f"renews {record.renews}: " if record.renews else ""
    return renewal + record.summary


def _terms(before: Document, after: Document) -> Iterator[Change]:
    if before.digest == after.digest:
        return
    old, new = _flat(terms_of(before.data)), _flat(terms_of(after.data))
    parts = [
        _field(key, old.get(key), new.get(key)) for key in {**old, **new} if old.get(key) != new.get(key)
    ]
    parts += _sections(before.body, after.body)
    yield "amended", "; ".join(parts)


def _flat(terms: dict[str, Any]) -> dict[str, Any]:
    """Nested mappings by dotted key, but the escalation, which reads better whole."""
    flat: dict[str, Any] = {}
    for key, value in terms.items():
        if isinstance(value, dict) and key != "escalation":
            flat |= {f"{key}.{inner}": kept for inner, kept in value.items()}
        else:
            flat[key] = value
    return flat


def _field(key: str, old: Any, new: Any) -> str:
    if key == "escalation" and isinstance(new, dict):
        return f"escalated ({new.get('case')}): {new.get('reason')}"
    if isinstance(old, list | dict) or isinstance(new, list | dict):
        return key
    return f"{key}: {'none' if old is None else old} → {'none' if new is None else new}"


def _sections(before: str, after: str) -> list[str]:
    if normal_body(before) == normal_body(after):
        return []
    old, new = ({name: prose for name, (_, prose) in sections_of(body).items()} for body in (before, after))
    changed = [f"section {name}" for name in {**old, **new} if old.get(name) != new.get(name)]
    return changed or ["prose"]


def _operational(before: Record, after: Record) -> Iterator[Change]:
    yield from _ends(before, after)
    yield from _controls(before.controls, after.controls)
    notes, noted = before.remediation.progress, after.remediation.progress
    yield from (("progress", f"{note.note} ({note.date})") for note in _new(notes, noted))
    yield from (("progress", f"taken out: {note.note} ({note.date})") for note in _new(noted, notes))
    linked, links = before.incidents, after.incidents
    for prefix, found in (("", _new(linked, links)), ("taken out: ", _new(links, linked))):
        for incident in found:
            url = f", {incident.url}" if incident.url else ""
            yield "incident", f"{prefix}{incident.summary} ({incident.date}{url})"


def _controls(before: tuple[Control, ...], after: tuple[Control, ...]) -> Iterator[Change]:
    known = {control.id: control for control in before}
    for control in after:
        old = known.get(control.id)
        since, evidence = (old.implemented, old.evidence) if old else (None, None)
        if not control.implemented:
            if since:
                yield "control", f"{control.id} is no longer implemented"
        elif (control.implemented, control.evidence) != (since, evidence):
            proof = f" ({control.evidence})" if control.evidence else ""
            yield "control", f"{control.id} implemented on {control.implemented}{proof}"


def _ends(before: Record | None, after: Record) -> Iterator[Change]:
    """Revoked and closed; and an edit that takes that out again, which revives nothing."""
    ended = "taken out of the document; it stays ended"
    if after.revoked and (before is None or before.revoked != after.revoked):
        yield "revoked", f"{after.revoked.reason} (by {after.revoked.by})"
    elif before and before.revoked and not after.revoked:
        yield "revoked", ended
    if after.closed and (before is None or before.closed != after.closed):
        yield "closed", f"{after.closed.reason} (by {after.closed.by})"
    elif before and before.closed and not after.closed:
        yield "closed", ended


def _moved(before: Document, after: Document) -> Iterator[Change]:
    was, now = is_archived(before.path), is_archived(after.path)
    if now and not was and not after.record.closed:
        yield "closed", "moved to the archive"
    elif was and not now:
        yield "amended", "moved out of the archive; it stays closed"


def _new(before: tuple[T, ...], after: tuple[T, ...]) -> list[T]:
    """Those of `after` that `before` lacks."""
    return [item for item in after if item not in before]
