"""What is said of an exception's use: why it is thought to be needed or not, and what would close it."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath

from reprieve.record.model import CloseReason
from reprieve.report.text import amount, clean, enumeration
from reprieve.standing.stale import State, Use
from reprieve.standing.trails import Mark

TITLES: dict[State, str] = {
    "never-matched": "Never matched",
    "no-longer-matching": "No longer matching",
    "target-gone": "Target gone",
    "not-seen": "Not seen since",
    "check-retired": "Check retired",
    "fix-available": "Fix available",
    "unknown": "Unknown",
    "not-looked-at": "Not looked at",
    "needed": "Needed",
}

EXPLAINED: dict[State, str] = {
    "never-matched": "Where they apply was looked at, and they covered nothing in any result.",
    "no-longer-matching": "Their target is still there, and what they covered is not.",
    "target-gone": "Their target is not among what was looked at any more: the reports list that.",
    "not-seen": "Nothing at all is found there any more. Removed, or nothing is wrong: no report lists it.",
    "check-retired": "Their check is not run any more, or not known to its tool: the reports list that.",
    "fix-available": "They still cover something, for which there is a fix now.",
    "unknown": "A native ignore file, exported from the register, may hide what they cover.",
    "not-looked-at": "No result tells: nothing was found anywhere near.",
    "needed": "They covered something, the last time that their target was looked at.",
}

CLOSING: dict[State, CloseReason] = {
    "never-matched": "not-needed",
    "no-longer-matching": "remediated",
    "target-gone": "not-needed",
    "not-seen": "not-needed",
    "check-retired": "not-needed",
}
"""States in which an exception can be closed, and as what."""


def why(use: Use) -> str:
    """The evidence, in a line: `last matched in gate-1.json of 2026-11-12, no more in gate-2.json of …`."""
    last = f"last matched in {_named(use.last_match)}" if use.last_match else "never matched"
    match use.state:
        case "never-matched":
            tools = clean(enumeration(use.tools))
            said = f"in {amount(use.looks, 'result')} of {tools} since {_day(use.since)}"
        case "no-longer-matching":
            said = f"{last}, no more in {_named(use.result)}"
        case "target-gone":
            said = f"{last}, and {_named(use.result)} does not list its target any more"
        case "not-seen":
            said = f"{last}, and nothing there in {_named(use.result)}"
        case "check-retired":
            said = f"{last}, and {_named(use.result)} lists the checks without it"
        case "fix-available":
            said = f"for {use.fixable:,} of {amount(use.findings, 'finding')}, since {_named(use.result)}"
        case "unknown":
            said = f"{last}, hidden perhaps since {_day(use.since)}"
        case "needed":
            hidden = f", {use.native:,} of them suppressed by the scanner as well" if use.native else ""
            said = f"{amount(use.findings, 'finding')} in {_named(use.last_match)}{hidden}"
        case _:
            said = ""
    return said


def proof(use: Use) -> str:
    """What a closing request states, on one line, with digests by which the results can be found again."""
    marks = [mark for mark in (use.last_match, use.result) if mark]
    digests = "; ".join(f"{PurePath(mark.path).name}: sha256 {mark.digest[:16]}" for mark in marks)
    return f"{TITLES[use.state].lower()}: {why(use)} ({digests})"


def _named(mark: Mark | None) -> str:
    return f"{clean(PurePath(mark.path).name)} of {_day(mark.at)}" if mark else "no result"


def _day(at: dt.datetime | None) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%d}" if at else "never"
