"""The terminal: what decides first, then each file with its suppressions, in lines fit for CI logs."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TextIO

import click

from reprieve.report.sentences import fault, moment
from reprieve.report.table import STYLES, WIDTH
from reprieve.report.text import amount, clean, joined, shorten
from reprieve.shadow.model import STATES, Audit, Audited, State

SHOWN = 60
"""Suppressions that are listed, unless all are wanted."""
_STYLE: dict[State, str] = {"shadow": "error", "backed": "pass", "known": "note", "lapsed": "note"}
_WORDS: dict[State, str] = {
    "shadow": "without a record",
    "backed": "backed by a record",
    "known": "in the baseline",
    "lapsed": "over by its tool's own clock",
}


def write(audit: Audit, out: TextIO, *, everything: bool = False) -> None:
    """Writes the page; in colour when `out` is a terminal.

    Args:
        audit: what was found.
        out: where to.
        everything: also what is backed, known or lapsed, and without a limit.
    """
    page = _Page(audit, everything=everything, colour=out.isatty() and not os.environ.get("NO_COLOR"))
    for lines in (page.head(), page.files(), page.faults(), page.tools(), page.foot()):
        out.writelines(f"{line.rstrip()}\n" for line in lines)


class _Page:
    """One page; each method is a section and yields its lines."""

    def __init__(self, audit: Audit, *, everything: bool, colour: bool) -> None:
        self.audit = audit
        self.everything = everything
        self.colour = colour

    def head(self) -> Iterator[str]:
        audit = self.audit
        number = audit.count("shadow")
        if number:
            word, what = self.ink("SHADOW", "fail"), f"{amount(number, 'suppression')} without a record"
        elif audit.faults:
            word, what = self.ink("UNKNOWN", "fail"), "not everything could be read"
        else:
            word, what = self.ink("CLEAR", "pass"), "no suppression without a record"
        yield f"{word}  {self.ink(what, 'title')}"
        rest = [f"{count:,} {_WORDS[state]}" for state in STATES[1:] if (count := audit.count(state))]
        if rest:
            yield "        " + " · ".join(rest)
        if audit.simulated:
            yield self.ink(f"SIMULATED  As of {moment(audit.now)}: not about the present.", "fail")

    def files(self) -> Iterator[str]:
        """Each file once, with what is in it."""
        wanted = [one for one in self.audit.found if self.everything or one.state == "shadow"]
        listed = wanted if self.everything else wanted[:SHOWN]
        for path, members in itertools.groupby(listed, key=lambda one: one.suppression.path):
            yield ""
            yield self.ink(clean(path), "title")
            for one in members:
                yield from self.one(one)
        if len(wanted) > len(listed):
            yield ""
            yield self.ink(f"… and {amount(len(wanted) - len(listed), 'more suppression')}: --all", "note")

    def one(self, one: Audited) -> Iterator[str]:
        what = one.suppression
        silenced = what_of(one)
        head = f"  {what.line:>5}  {what.tool:<14} "
        yield head + shorten(silenced, max(WIDTH - len(head), 20))
        yield self.ink(f"         {shorten(clean(what.text), WIDTH - 9)}", "note")
        notes = joined((self.state(one), who(one), given(one)), " · ")
        yield "         " + self.ink(notes, _STYLE[one.state])

    def state(self, one: Audited) -> str:
        if one.state == "lapsed":
            return f"over since {one.suppression.expires}"
        known = "in the baseline, " if one.state == "known" else ""
        return clean(f"{known}{one.behind.why}")

    def faults(self) -> Iterator[str]:
        if self.audit.faults:
            yield ""
            yield f"{self.ink('Not read', 'title')}  {len(self.audit.faults):,}"
            shown = self.audit.faults if self.everything else self.audit.faults[:SHOWN]
            for one in shown:
                yield self.ink(f"  {fault(one)}", "error")

    def tools(self) -> Iterator[str]:
        """By tool, how many are in which state."""
        if not self.audit.found:
            return
        counts = Counter((one.suppression.tool, one.state) for one in self.audit.found)
        tools = sorted({tool for tool, _ in counts}, key=lambda tool: (-counts[tool, "shadow"], tool))
        used = [state for state in STATES if any(counts[tool, state] for tool in tools)]
        width = max(len("Tool"), *(len(clean(tool)) for tool in tools)) + 2
        yield ""
        yield self.ink("Tool".ljust(width) + "".join(state.rjust(9) for state in used), "title")
        for tool in tools:
            yield clean(tool).ljust(width) + "".join(f"{counts[tool, state] or '':>9}" for state in used)

    def foot(self) -> Iterator[str]:
        audit = self.audit
        yield ""
        yield f"{self.ink('Register', 'title')}  {register_line(audit)}"
        yield f"{self.ink('Looked at', 'title')} {looked(audit)}"
        for linter, number in sorted(audit.unused.items()):
            why = f"left out, as no security rules of {linter} are in use here (--every-linter)"
            yield self.ink(f"          {amount(number, 'marker')} without ids: {why}", "note")
        if audit.gone:
            gone = "1 entry of the baseline is" if audit.gone == 1 else f"{audit.gone:,} of the baseline are"
            yield self.ink(
                f"          {gone} gone: --write-baseline drops what is not there any more", "note"
            )

    def ink(self, text: str, style: str) -> str:
        wanted = STYLES.get(style)
        return click.style(text, **wanted) if self.colour and wanted else text


def what_of(one: Audited) -> str:
    """`B608, B101 (bandit)`: what is silenced, and where if not here."""
    silenced = one.suppression.silenced
    checks = ", ".join(silenced.checks[:4]) + (
        f" and {len(silenced.checks) - 4} more" if len(silenced.checks) > 4 else ""
    )
    parts = [checks or "everything"]
    for key in ("resources", "namespaces", "clusters", "images", "packages"):
        values: Sequence[str] = getattr(silenced, key)
        if values and values != ("*",):
            parts.append(", ".join(values[:2]) + (" …" if len(values) > 2 else ""))
    if one.suppression.kind != "marker" and silenced.paths and silenced.paths != ("*",):
        parts.append(", ".join(silenced.paths[:2]) + (" …" if len(silenced.paths) > 2 else ""))
    return clean(" · ".join(parts))


def who(one: Audited) -> str | None:
    """`dana@example.com, 2026-11-02`."""
    return clean(f"{one.since.email or one.since.author}, {one.since.at:%Y-%m-%d}") if one.since else None


def given(one: Audited) -> str | None:
    """What the suppression itself says of its end."""
    return (
        clean(f"until {one.suppression.expires}")
        if one.suppression.expires and one.state != "lapsed"
        else None
    )


def register_line(audit: Audit) -> str:
    """`main @ 3f9a2c1, 5 hours old, 12 active records`."""
    register = audit.register
    if register is None:
        return "none in play: nothing is backed"
    age = f", {amount(register.age_hours, 'hour')} old" if register.age_hours else ""
    return clean(f"{register.ref} @ {register.commit[:7]}{age}, {amount(register.active, 'active record')}")


def looked(audit: Audit) -> str:
    """`1,204 files, 14.2 MB; left out: 3 binary, 1 huge`."""
    size = audit.bytes / 1e6
    left = ", ".join(f"{number:,} {reason}" for reason, number in sorted(audit.skipped.items()))
    return f"{amount(audit.files, 'file')}, {size:,.1f} MB" + (f"; left out: {left}" if left else "")
