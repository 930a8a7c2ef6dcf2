"""JSON, version 1: all that an audit knows, for programs. The keys are a promise; more may be added."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

import msgspec

from reprieve.report.stream import encode, write_array
from reprieve.shadow.model import STATES, Audit, Kind, Silenced, Since, State

VERSION = 1


class Row(msgspec.Struct, frozen=True, gc=False):
    """One suppression."""

    path: str
    line: int
    kind: Kind
    tool: str
    form: str
    text: str
    silences: Silenced
    """An empty list of checks is all that the tool would say."""
    reason: str | None
    expires: str | None
    since: Since | None
    state: State
    exception: str | None
    """The record that stands behind it, or the one that doesn't any more."""
    why: str
    cites: tuple[str, ...]
    identity: str
    """Names it in a baseline."""


def write(audit: Audit, out: TextIO) -> None:
    """Writes one JSON object, with a line for each suppression and fault."""
    tools = Counter((one.suppression.tool, one.state) for one in audit.found)
    head = {
        "version": VERSION,
        "now": audit.now.astimezone(dt.UTC).replace(microsecond=0),
        "simulated": audit.simulated,
        "register": audit.register,
        "summary": {state: audit.count(state) for state in STATES},
        "tools": {
            tool: {state: tools[tool, state] for state in STATES}
            for tool in sorted({tool for tool, _ in tools})
        },
        "files": audit.files,
        "bytes": audit.bytes,
        "skipped": audit.skipped,
        "unused_linters": audit.unused,
        "baseline_gone": audit.gone,
    }
    out.write(encode(head).removesuffix("}"))
    out.write(',"suppressions":')
    write_array(out, _rows(audit))
    out.write(',"faults":')
    write_array(out, audit.faults)
    out.write("}\n")


def _rows(audit: Audit) -> Iterator[Row]:
    for one in audit.found:
        what = one.suppression
        yield Row(
            path=what.path,
            line=what.line,
            kind=what.kind,
            tool=what.tool,
            form=what.form,
            text=what.text,
            silences=what.silenced,
            reason=what.reason,
            expires=what.expires,
            since=one.since,
            state=one.state,
            exception=one.behind.record,
            why=one.behind.why,
            cites=what.cites,
            identity=one.identity,
        )
