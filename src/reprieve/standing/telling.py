"""A simulated verdict in words: the gate's own output, and with it what differs from the present."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

import click
import msgspec

from reprieve.match.model import Disposition
from reprieve.record.model import format_id
from reprieve.report import json, markdown, table
from reprieve.report.place import place
from reprieve.report.sentences import headline, moment
from reprieve.report.text import amount, clean, enumeration, shorten, shorten_middle
from reprieve.standing.simulation import Assumptions, Difference, Turn
from reprieve.words import SEVERITIES

_WORDS = {
    "approve": "approved",
    "implement": "given its controls",
    "expire": "expired",
    "revoke": "revoked",
    "close": "closed",
}


class Judged(msgspec.Struct, frozen=True):
    """A finding that would be judged otherwise."""

    finding: int
    """Its index in `findings`."""
    before: Disposition
    after: Disposition
    exception: str | None
    """The one that decides: as it would be for what opens, as it is for what closes."""


def premise(assumed: Assumptions, on: dt.datetime) -> str:
    """`2027-01-31 12:00 UTC, with EXC-012 approved and EXC-003 expired`."""
    parts = [
        f"{format_id(number)} {word}"
        for option, word in _WORDS.items()
        for number in dict.fromkeys(getattr(assumed, option))
    ]
    return moment(on) + (f", with {enumeration(parts)}" if parts else "")


def turn_lines(turns: Sequence[Turn], assumed: Assumptions, on: dt.datetime) -> Iterator[str]:
    """What would stand otherwise, where there is no report to judge."""
    yield f"SIMULATED  {premise(assumed, on)}: no report, so no verdict."
    yield from _turns(turns)
    if not turns:
        yield ""
        yield "Every exception would stand as it does now."


def write_table(found: Difference, assumed: Assumptions, out: TextIO, limit: int | None) -> None:
    """The difference, then the table of the gate."""
    colour = out.isatty() and not os.environ.get("NO_COLOR")
    for line in _lines(found, assumed, limit):
        out.write((click.style(line, bold=True) if colour and line[:1].strip() else line) + "\n")
    out.write("\n")
    table.write(found.after, out, limit)


def write_json(found: Difference, assumed: Assumptions, out: TextIO, _limit: int | None) -> None:
    """The gate's JSON, with the key `simulation` before its findings."""
    before = found.before
    simulation = {
        "assumed": {
            option: [format_id(number) for number in dict.fromkeys(getattr(assumed, option))]
            for option in _WORDS
        },
        "now": before.now.astimezone(dt.UTC),
        "verdict_now": before.verdict,
        "summary_now": before.summary,
        "turns": found.turns,
        "opens": [_judged(found, index, opens=True) for index in found.opens],
        "closes": [_judged(found, index, opens=False) for index in found.closes],
    }
    json.write(found.after, out, simulation=simulation)


def write_markdown(found: Difference, assumed: Assumptions, out: TextIO, _limit: int | None) -> None:
    """The comment of the gate, and the difference below it; together short enough for one."""
    told = "\n".join(_markdown(found, assumed)) + "\n"
    markdown.write(found.after, out, room=markdown.LIMIT - len(told))
    out.write(told)


Writer = Callable[[Difference, Assumptions, TextIO, "int | None"], None]

OUTPUTS: dict[str, Writer] = {"table": write_table, "json": write_json, "markdown": write_markdown}
"""Those that tell the difference; the gate's others are written from the simulated verdict alone."""


def _judged(found: Difference, index: int, *, opens: bool) -> Judged:
    before, after = found.before.outcomes[index], found.after.outcomes[index]
    deciding = (after.exception or before.exception) if opens else (before.exception or after.exception)
    return Judged(index, before.disposition, after.disposition, deciding)


def _lines(found: Difference, assumed: Assumptions, limit: int | None) -> Iterator[str]:
    before, after = found.before, found.after
    yield f"SIMULATED  {premise(assumed, after.now)}"
    yield f"  now   {before.verdict.upper()}  {headline(before)}"
    yield f"  then  {after.verdict.upper()}  {headline(after)}"
    yield from _turns(found.turns)
    for title, indexes, opens in (("Opens", found.opens, True), ("Closes", found.closes, False)):
        if indexes:
            yield ""
            yield f"{title}  {len(indexes):,}"
            shown = _worst_first(found, indexes)[:limit]
            yield from (f"  {_finding(found, index, opens=opens)}" for index in shown)
            if left := len(indexes) - len(shown):
                yield f"  … and {left:,} more"
    if not (found.opens or found.closes):
        yield ""
        yield "No finding would open or close."


def _turns(turns: Sequence[Turn]) -> Iterator[str]:
    if not turns:
        return
    yield ""
    yield f"Would stand otherwise  {len(turns):,}"
    for turn in turns:
        yield f"  {clean(turn.id).ljust(8)}  {_turned(turn)}  {shorten(clean(turn.summary), 60)}".rstrip()


def _turned(turn: Turn) -> str:
    plain = turn.after in {"expired", "revoked", "closed"} or not turn.reason
    return f"{turn.before or 'unknown'} → {turn.after}" + ("" if plain else f" ({clean(turn.reason)})")


def _worst_first(found: Difference, indexes: Sequence[int]) -> list[int]:
    findings = found.after.findings
    return sorted(indexes, key=lambda index: (SEVERITIES.index(findings[index].severity), index))


def _finding(found: Difference, index: int, *, opens: bool) -> str:
    finding, judged = found.after.findings[index], _judged(found, index, opens=opens)
    where = shorten_middle(place(finding), 48)
    why = f"{judged.before} → {judged.after}"
    exception = f", {clean(judged.exception)}" if judged.exception else ""
    return f"{finding.severity.ljust(8)}  {shorten(clean(finding.check), 22)}  {where}  {why}{exception}"


def _markdown(found: Difference, assumed: Assumptions) -> Iterator[str]:
    before, after = found.before, found.after
    yield "### Simulated"
    yield ""
    yield markdown.prose(f"{premise(assumed, after.now)}.")
    yield f"Now **{before.verdict.upper()}**, then **{after.verdict.upper()}**:"
    yield f"{amount(len(found.opens), 'finding')} would open, {len(found.closes):,} would close."
    rows = [
        f"- {markdown.code(turn.id)} {markdown.prose(shorten(_turned(turn), 200))}. "
        f"{markdown.prose(shorten(clean(turn.summary), 120))}"
        for turn in found.turns[: markdown.SHOWN]
    ]
    yield from _list("Would stand otherwise", rows, len(found.turns))
    for title, indexes, opens in (("Would open", found.opens, True), ("Would close", found.closes, False)):
        shown = _worst_first(found, indexes)[: markdown.SHOWN]
        yield from _list(title, [_row(found, index, opens=opens) for index in shown], len(indexes))


def _row(found: Difference, index: int, *, opens: bool) -> str:
    finding, judged = found.after.findings[index], _judged(found, index, opens=opens)
    cells = (
        finding.severity,
        markdown.code(shorten(clean(finding.check), 60)),
        markdown.code(shorten_middle(place(finding), 120)),
        f"{judged.before} → {judged.after}",
        markdown.code(judged.exception or ""),
    )
    return f"- {' '.join(filter(None, cells))}"


def _list(title: str, lines: Sequence[str], number: int) -> Iterator[str]:
    if lines:
        shown = markdown.fitting(lines, markdown.SECTION)
        yield from ("", f"**{title}: {number:,}**", "", *shown)
        if left := number - len(shown):
            yield f"- … and {left:,} more"
