"""What `lint` found, as text, JSON, SARIF 2.1.0 or annotations for GitHub Actions."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from typing import Any, TextIO

import click
import msgspec

from reprieve.record.model import Problem
from reprieve.register.linting.lint import Linted
from reprieve.register.linting.reviewers import Review
from reprieve.report.json import ProblemRow
from reprieve.report.sarif_parts import Object, location, log, message, tool
from reprieve.report.stream import encode, write_array
from reprieve.report.text import amount, clean
from reprieve.report.workflow import command, problem_command

VERSION = 1


class Outcome(msgspec.Struct, frozen=True):
    """What was found, and at what moment."""

    linted: Linted
    now: dt.datetime
    simulated: bool


def write_text(outcome: Outcome, out: TextIO) -> None:
    """Writes problems by file, the reviews that are needed, and how many problems there are."""
    problems = outcome.linted.problems
    for path, found in itertools.groupby(problems, key=lambda problem: problem.path):
        lines = "".join(_text(problem) for problem in found)
        click.echo(f"{click.style(clean(path), bold=True)}\n{lines}", file=out)
    for review in outcome.linted.reviews:
        click.echo(f"{clean(review.exception)}: {_waits_for(review)}", file=out)
    click.echo(_summary(outcome), file=out)


_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}


def _text(problem: Problem) -> str:
    level = click.style(f"{problem.level:<7}", fg=_COLOURS[problem.level])
    head = f"  {problem.line or '':>4}  {level}  {clean(problem.message)}  [{problem.rule}]\n"
    return head + (f"                 hint: {clean(problem.hint)}\n" if problem.hint else "")


def _waits_for(review: Review) -> str:
    """`to approve: ciso (carol@example.com), by Tue 24 Nov 12:00 UTC`."""
    if not review.approvers:
        return "no approval is missing"
    held = (f"{a.role} ({', '.join(a.holders) or 'nobody'})" for a in review.approvers)
    roles = clean(", ".join(held))
    if review.paused:
        return f"to approve: {roles}; the clock stands still until a question is answered"
    due = f", by {review.due:%a %d %b %H:%M} UTC" if review.due else ""
    return f"to approve: {roles}{due}"


def _summary(outcome: Outcome) -> str:
    linted = outcome.linted
    counts = [
        amount(number, level)
        for level in _COLOURS
        if (number := sum(problem.level == level for problem in linted.problems))
    ]
    when = f" Judged as if it were {outcome.now:%Y-%m-%d %H:%M} UTC." if outcome.simulated else ""
    return f"{', '.join(counts) or 'No problems'} in {amount(len(linted.files), 'file')}.{when}"


def write_json(outcome: Outcome, out: TextIO) -> None:
    """Writes one object, with a line for each problem and review."""
    head = {"version": VERSION, "now": outcome.now, "simulated": outcome.simulated}
    out.write(encode(head).removesuffix("}") + ',"problems":')
    rows = (msgspec.convert(problem, ProblemRow, from_attributes=True) for problem in outcome.linted.problems)
    write_array(out, rows)
    out.write(',"reviews":')
    write_array(out, (_review(review) for review in outcome.linted.reviews))
    out.write("}\n")


def _review(review: Review) -> dict[str, Any]:
    roles = [{"role": approver.role, "holders": approver.holders} for approver in review.approvers]
    return {
        "exception": review.exception,
        "path": review.path,
        "roles": roles,
        "due": review.due,
        "paused": review.paused,
    }


def write_sarif(outcome: Outcome, out: TextIO) -> None:
    """Writes one log (OASIS SARIF 2.1.0) with a rule for each kind of problem and a result for each one."""
    rules = sorted({problem.rule for problem in outcome.linted.problems})
    described: list[Object] = [
        {"id": rule, "shortDescription": {"text": rule.replace("-", " ").capitalize()}} for rule in rules
    ]
    run: Object = {
        "tool": tool("Reprieve lint", described),
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(problem, rules) for problem in outcome.linted.problems],
        "properties": {
            "simulated": outcome.simulated,
            "reviews": [_review(review) for review in outcome.linted.reviews],
        },
    }
    out.write(encode(log([run])) + "\n")


def _result(problem: Problem, rules: list[str]) -> dict[str, Any]:
    return {
        "ruleId": problem.rule,
        "ruleIndex": rules.index(problem.rule),
        "level": problem.level,
        "message": message(problem),
        "locations": [location(problem.path, problem.line or 1)],
    }


def write_github(outcome: Outcome, out: TextIO) -> None:
    """Writes workflow commands. GitHub shows the first ten of each level, so the summary comes first."""
    out.write(command("notice", {"title": "Reprieve lint"}, [_summary(outcome)]))
    out.writelines(_annotations(outcome))


def _annotations(outcome: Outcome) -> Iterator[str]:
    for review in outcome.linted.reviews:
        yield command("notice", {"file": review.path, "title": review.exception}, [_waits_for(review)])
    for problem in outcome.linted.problems:
        yield problem_command("notice" if problem.level == "note" else problem.level, problem)


OUTPUTS: dict[str, Callable[[Outcome, TextIO], None]] = {
    "text": write_text,
    "json": write_json,
    "sarif": write_sarif,
    "github": write_github,
}
"""By the name that `--output` takes."""
