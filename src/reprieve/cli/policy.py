"""`reprieve policy`: tests and lint of custom policies."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reprieve.cli.options import Decorator, chained, output_option
from reprieve.errors import UsageError

if TYPE_CHECKING:
    from reprieve.scan.testing import Trial

_paths: Decorator = chained(
    click.argument("paths", nargs=-1, required=True, metavar="PATH…"),
    click.option("--data", multiple=True, metavar="PATH", help="JSON, YAML or TOML for `data`. Repeatable."),
)


@click.group("policy")
def policy_command() -> None:
    """Custom policies: run their tests, and find what is wrong with them.

    \b
    reprieve policy test policies/ --coverage
    reprieve policy lint policies/
    """


@policy_command.command("test")
@_paths
@click.option("--run", "pattern", metavar="REGEX", help="Only tests whose package and name hold it.")
@click.option(
    "--coverage", is_flag=True, help="Which lines the tests evaluate, of all files but *_test.rego."
)
@click.option("--no-builtin", is_flag=True, help="Our checks are not there to be imported.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=10.0, show_default=True, metavar="SECONDS")
@click.option("--memory", type=click.IntRange(min=64), default=1024, show_default=True, metavar="MIB")
@output_option("table", "json")
def test_command(
    paths: tuple[str, ...],
    data: tuple[str, ...],
    pattern: str | None,
    coverage: bool,
    no_builtin: bool,
    timeout: float,
    memory: int,
    output: str,
) -> None:
    """Run the rules called test_… in files and folders of Rego, as `opa test` does.

    \b
    reprieve policy test policies/
    reprieve policy test policies/ --run 'user_test\\.test_root' --coverage
    reprieve policy test policies/ --data policies/data --output json

    A test passes when it is true. What print() said is shown of tests that do not pass; todo_test_… is
    counted and not run. --timeout and --memory bound each test.

    Exit 0: all pass. 1: some fail. 2: one could not be evaluated, a file could not be loaded, or there
    are no tests.
    """
    from reprieve.policy.bounds import Limits
    from reprieve.report import testing as report
    from reprieve.scan.testing import trial

    found = trial(
        _within(paths),
        _within(data),
        pattern=_pattern(pattern),
        builtin=not no_builtin,
        coverage=coverage,
        limits=Limits(seconds=timeout, megabytes=memory),
    )
    if not found.tested and not found.faults:
        wanted = f"no test matches {pattern!r}" if pattern else "no rule is called test_…"
        raise UsageError(wanted, where=" ".join(paths))
    report.OUTPUTS[output](found, sys.stdout)
    sys.exit(_exit_code(found))


def _exit_code(found: Trial) -> int:
    if found.faults or found.count("error"):
        return 2
    return 1 if found.count("fail") else 0


@policy_command.command("lint")
@_paths
@click.option("--no-builtin", is_flag=True, help="Ids and exceptions are not held against our checks.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@output_option("text", "json", "sarif", "github")
def lint_command(
    paths: tuple[str, ...], data: tuple[str, ...], no_builtin: bool, strict: bool, output: str
) -> None:
    """Find what is wrong with files and folders of Rego.

    \b
    reprieve policy lint policies/
    reprieve policy lint policies/ --strict --output github
    reprieve policy lint policies/ --output sarif > policies.sarif

    Errors: a file that does not parse, malformed metadata, a check without id or severity, an id that
    another check has, an exception that cites no record's id. Warnings: a check without title or test, a
    package that reports nothing and nobody uses, an exception that names what there is not.

    Exit 0: no errors. 1: errors. 2: nothing could be checked.
    """
    from reprieve.policy.linting import lint
    from reprieve.register.linting.lint import Linted
    from reprieve.report.lint import OUTPUTS, Outcome

    found = lint(_within(paths), _within(data), builtin=not no_builtin)
    if not found.files:
        raise UsageError("no file is called *.rego", where=" ".join(paths))
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    OUTPUTS[output](Outcome(Linted(found.problems, (), found.files), now, simulated=False), sys.stdout)
    failing = {"error", "warning"} if strict else {"error"}
    sys.exit(1 if any(problem.level in failing for problem in found.problems) else 0)


def _within(paths: tuple[str, ...]) -> list[Path]:
    return [Path(path) for path in paths]


def _pattern(text: str | None) -> str | None:
    try:
        re.compile(text or "")
    except re.error as error:
        raise UsageError(f"--run: {text!r} is no regular expression: {error}") from None
    return text
