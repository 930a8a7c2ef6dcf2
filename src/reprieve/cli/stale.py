"""`reprieve stale`: which exceptions are still needed, by what gates and scans said over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

import click
import msgspec

from reprieve.cli.options import Reading, Writing, output_option, read_options
from reprieve.cli.output import print_json
from reprieve.cli.reading import caption, remark, view_of
from reprieve.cli.reports import Taken, taken_options
from reprieve.errors import UsageError
from reprieve.register.layout import branch_of
from reprieve.register.register import Register
from reprieve.register.writing.clerk import find as find_case
from reprieve.register.writing.clerk import number_of
from reprieve.report.text import amount, clean, shorten
from reprieve.standing.results import Left, Place, find
from reprieve.standing.stale import STATES, State, Use, uses
from reprieve.standing.uses import CLOSING, EXPLAINED, TITLES, proof, why
from reprieve.standing.view import View

_QUIET: tuple[State, ...] = ("needed", "not-looked-at")
"""States that are counted, and shown with --all."""
_COLOURS: dict[State, str] = {
    "never-matched": "yellow",
    "no-longer-matching": "yellow",
    "target-gone": "yellow",
    "not-seen": "yellow",
    "check-retired": "yellow",
    "fix-available": "green",
}


class Looked(msgspec.Struct, frozen=True):
    """What `--output json` prints."""

    version: int
    now: dt.datetime
    simulated: bool
    exceptions: list[Use]
    results: list[Place]
    left: list[Left]
    """Files that are no result, or a simulated one."""


@click.command("stale")
@click.argument("results", nargs=-1, required=True, metavar="RESULT…")
@taken_options
@click.option("--all", "everything", is_flag=True, help="Those that are needed or were not looked at, too.")
@click.option("--close", "closing", is_flag=True, help="Ask to close what is not needed: a branch for each.")
@click.option("--only", multiple=True, metavar="EXC-NNN", help="Only these. Repeatable.")
@click.option("--no-push", is_flag=True, help="Keep these branches local.")
@output_option("text", "json")
@read_options
def stale_command(
    results: tuple[str, ...],
    taken: Taken,
    everything: bool,
    closing: bool,
    only: tuple[str, ...],
    no_push: bool,
    output: str,
    reading: Reading,
) -> None:
    """Which exceptions are not needed any more, and since when: by what gates and scans said over time.

    \b
    reprieve stale results/
    reprieve stale results/ trivy.json
    reprieve stale results/ --output json
    reprieve stale results/ --close --only EXC-007

    A RESULT is a verdict that `reprieve gate` or `scan` wrote with --output json, or a folder of them: each
    has its moment. A scanner's own report is of now. --close puts a closing request on a branch for each
    exception that is not needed; nothing ends before that branch is merged.
    """
    if closing and (reading.now or reading.as_of or output == "json"):
        raise UsageError("--close is about the present, and prints what it does", hint="leave out the others")
    view = view_of(reading)
    places, left = find(results, view.now)
    found = _uses(view, places, taken, only)
    remark(view, machine=output == "json")
    for one in left:
        click.echo(f"left out: {clean(one.path)}: {clean(one.why)}", err=True)
    if output == "json":
        print_json(Looked(1, view.now, view.simulated, found, places, left))
        return
    for line in _lines(found, places, view, everything=everything):
        click.echo(line)
    if closing:
        _close([use for use in found if use.state in CLOSING], reading, no_push=no_push)


def _uses(view: View, places: Sequence[Place], taken: Taken, only: Sequence[str]) -> list[Use]:
    """Errors: `UsageError` for an id that the register does not hold; `ReportError`."""
    wanted = {find_case(view.register, identifier, view.now)[0].number for identifier in only}
    found = uses(
        view.register,
        places,
        view.now,
        _builtin,
        environment_of=taken.environment_of(),
        cluster=taken.cluster,
        repository=taken.repository,
        format_=taken.format_,
    )
    return [use for use in found if not wanted or number_of(use.id) in wanted]


def _builtin() -> Collection[str]:
    """Every name of a check of ours."""
    from reprieve.policy import bundle as bundles
    from reprieve.policy.catalogue import spellings

    return frozenset(name for check in bundles.load([]).checks for name in spellings(check))


def _lines(found: Sequence[Use], places: Sequence[Place], view: View, *, everything: bool) -> Iterator[str]:
    for state in STATES:
        group = [use for use in found if use.state == state]
        if group and (everything or state not in _QUIET):
            yield f"{click.style(TITLES[state], bold=True, fg=_COLOURS.get(state))}  {len(group):,}"
            yield f"  {EXPLAINED[state]}"
            for use in group:
                yield from _use(use, view.register)
            yield ""
    counts = [f"{sum(use.state == state for use in found):,} {TITLES[state].lower()}" for state in _QUIET]
    first, last = places[0].at, places[-1].at
    days = f"{first:%Y-%m-%d}" + (f" to {last:%Y-%m-%d}" if last.date() != first.date() else "")
    yield " · ".join([amount(len(found), "exception"), *counts])
    yield f"{amount(len(places), 'result')} from {days} · {caption(view)}"


def _use(use: Use, register: Register) -> Iterator[str]:
    status = "" if use.status == "active" else f"{use.status}, "
    yield f"  {clean(use.id).ljust(8)}  {shorten(clean(use.summary), 66)} ({status}{clean(use.owner)})"
    if reason := why(use):
        yield click.style(f"            {reason}", dim=True)
    if (branch := branch_of(number_of(use.id), "close")) in register.located.branches:
        yield f"            a request to close it waits on {branch}"


def _close(found: Sequence[Use], reading: Reading, *, no_push: bool) -> None:
    """A closing request for each; those that wait already are left."""
    from reprieve.cli.steps import clerk_of, report_step
    from reprieve.register.writing.ending import draft_close

    clerk = clerk_of(
        Writing(reading.where, reading.ref, reading.charter_root, no_push, reading.fetch is False)
    )
    waiting = clerk.register().located.branches
    asked = [use for use in found if branch_of(number_of(use.id), "close") not in waiting]
    click.echo("")
    for use in asked:
        step = draft_close(clerk, use.id, CLOSING[use.state], proof(use))
        report_step(step, f"asked to close {step.id}: {CLOSING[use.state]}")
    if asked:
        click.echo("Read them, and merge what is right; until then nothing has ended.")
    else:
        click.echo("Nothing more to ask for.")
