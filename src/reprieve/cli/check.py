"""`reprieve check`: which checks there are, and everything about one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from reprieve.cli.options import output_option
from reprieve.cli.output import Columns, print_csv, print_json, print_table
from reprieve.errors import UsageError
from reprieve.report.text import amount, clean, indented
from reprieve.words import SEVERITIES, Severity

if TYPE_CHECKING:
    from reprieve.policy.catalogue import Examples
    from reprieve.policy.check import Check

PACKS = ("kubernetes", "dockerfile", "aws", "custom")

_COLUMNS = Columns(
    ("id", "severity", "pack", "title", "frameworks"), wraps=("title", "frameworks"), spare=("frameworks",)
)
_STYLES = {"critical": "bold red", "high": "red", "medium": "yellow", "info": "dim"}
_WIDTH = 96


class Row(msgspec.Struct, frozen=True):
    """One check of the list."""

    id: str
    aliases: tuple[str, ...]
    severity: Severity
    pack: str
    title: str
    package: str
    frameworks: tuple[str, ...]
    path: str
    line: int


class RuleRow(msgspec.Struct, frozen=True):
    """A rule that reports, by the names that exceptions in Rego use."""

    name: str
    suffix: str
    path: str
    line: int


class InputRow(msgspec.Struct, frozen=True):
    """What a check looks at."""

    kind: str
    kinds: tuple[str, ...]
    """Of Kubernetes; all when empty."""


class About(msgspec.Struct, frozen=True):
    """Everything about one check."""

    id: str
    aliases: tuple[str, ...]
    """Derived spellings too."""
    title: str
    severity: Severity
    pack: str
    description: str
    recommendation: str
    references: tuple[str, ...]
    compliance: dict[str, tuple[str, ...]]
    frameworks: tuple[str, ...]
    package: str
    rules: tuple[RuleRow, ...]
    inputs: tuple[InputRow, ...]
    """Every kind when empty."""
    combine: bool
    path: str
    line: int
    examples: Examples


@click.group("check")
def check_command() -> None:
    """The checks of `reprieve scan`: which there are, and everything about one.

    \b
    reprieve check list --framework pss-restricted
    reprieve check show KSV012
    """


_policy_option = click.option(
    "--policy", "policies", multiple=True, metavar="PATH", help="Custom checks too. Repeatable."
)


@check_command.command("list")
@click.option("--pack", "packs", multiple=True, type=click.Choice(PACKS), help="Repeatable.")
@click.option("--framework", metavar="NAME", help="Those that speak to it: pss-restricted, cis-k8s, nsa…")
@click.option("--severity", "severities", multiple=True, type=click.Choice(SEVERITIES), help="Repeatable.")
@_policy_option
@output_option("table", "json", "csv")
def list_command(
    packs: tuple[str, ...],
    framework: str | None,
    severities: tuple[str, ...],
    policies: tuple[str, ...],
    output: str,
) -> None:
    """The checks, by pack and id.

    \b
    reprieve check list --pack dockerfile --severity critical --severity high
    reprieve check list --policy policies/ --pack custom
    reprieve check list --framework cis-k8s --output csv > checks.csv
    """
    from reprieve.policy.compliance import FRAMEWORKS, speaks_to

    if framework is not None and framework not in FRAMEWORKS:
        raise UsageError(f"--framework: expected one of {', '.join(FRAMEWORKS)}, got {framework!r}")
    rows = [
        row
        for check in _checks(policies, packs)
        for row in [_row(check)]
        if (not packs or row.pack in packs)
        and (not severities or row.severity in severities)
        and (framework is None or speaks_to(check, framework))
    ]
    rows.sort(key=lambda row: (PACKS.index(row.pack), row.id))
    if output == "json":
        print_json(rows)
    elif output == "csv":
        print_csv(Row.__struct_fields__, [msgspec.structs.astuple(row) for row in rows])
    else:
        _print_table(rows)


@check_command.command("show")
@click.argument("identifier", metavar="ID")
@_policy_option
@output_option("text", "json")
def show_command(identifier: str, policies: tuple[str, ...], output: str) -> None:
    """One check, whole: what it looks at, what to do, what an exception names, and examples.

    \b
    reprieve check show KSV012
    reprieve check show AVD-KSV-0012 --output json
    reprieve check show USR001 --policy policies/

    Any spelling of its id will do, an alias too, or its package.
    """
    from reprieve.policy.catalogue import find

    about = about_of(find(_checks(policies), identifier))
    if output == "json":
        print_json(about)
    else:
        for line in _lines(about):
            click.echo(line)


def about_of(check: Check) -> About:
    """Everything about a check, its examples read."""
    from reprieve.policy.catalogue import examples_of, frameworks_of, pack_of, spellings

    return About(
        id=check.id,
        aliases=spellings(check)[1:],
        title=check.title,
        severity=check.severity or "unknown",
        pack=pack_of(check),
        description=check.description,
        recommendation=check.recommendation,
        references=check.references,
        compliance=check.compliance,
        frameworks=frameworks_of(check),
        package=check.package,
        rules=tuple(RuleRow(rule.name, rule.suffix, rule.path, rule.line) for rule in check.rules),
        inputs=tuple(InputRow(selector.kind, selector.kinds) for selector in check.selectors),
        combine=check.combine,
        path=check.path,
        line=check.line,
        examples=examples_of(check),
    )


def _checks(policies: Sequence[str], packs: Sequence[str] = ()) -> tuple[Check, ...]:
    """Of the packs that are wanted, and the user's. What cannot be loaded is said on standard error."""
    from reprieve.policy import bundle as bundles

    wanted = [pack for pack in bundles.PACKS if not packs or pack in packs]
    bundle = bundles.load([Path(policy) for policy in policies], packs=wanted)
    for fault in bundle.faults:
        place = f"{fault.path}:{fault.line}" if fault.line else fault.path
        click.echo(f"warning: {clean(place)}: {clean(fault.message)}", err=True)
    return bundle.checks


def _row(check: Check) -> Row:
    from reprieve.policy.catalogue import frameworks_of, pack_of

    return Row(
        id=check.id,
        aliases=check.aliases,
        severity=check.severity or "unknown",
        pack=pack_of(check),
        title=check.title,
        package=check.package,
        frameworks=frameworks_of(check),
        path=check.path,
        line=check.line,
    )


def _print_table(rows: Sequence[Row]) -> None:
    cells = [(row.id, row.severity, row.pack, row.title, " ".join(row.frameworks)) for row in rows]
    if cells:
        print_table(_COLUMNS, cells, [_STYLES.get(row.severity, "") for row in rows])
    click.echo(amount(len(rows), "check"))


def _lines(about: About) -> Iterator[str]:
    """The page for people, at most 100 columns wide but for what cannot be broken."""
    pack = "a custom check" if about.pack == "custom" else f"pack {about.pack}"
    yield f"{click.style(clean(about.id), bold=True)}  {about.severity}  {pack}"
    yield clean(about.title or "It has no title.")
    for text in (about.description, about.recommendation and f"What to do: {about.recommendation}"):
        if text:
            yield ""
            yield from _wrapped(text)
    for title, lines in _sections(about):
        if lines:
            yield f"\n{click.style(title, bold=True)}"
            yield from (f"  {line}" for line in lines)
    for word, examples in (("Bad", about.examples.bad), ("Good", about.examples.good)):
        for example in examples:
            yield f"\n{click.style(f'{word}: {clean(example.path)}', bold=True)}"
            yield from (f"  │ {indented(line)}".rstrip() for line in example.text.splitlines())


def _sections(about: About) -> Iterator[tuple[str, list[str]]]:
    yield "Also called", list(_wrapped(", ".join(about.aliases), indent=2))
    yield "Looks at", [line for row in about.inputs for line in _input(row)] or ["every document"]
    yield (
        "An exception in Rego names",
        [f"package   {clean(about.package)}", *(_rule(rule) for rule in about.rules)],
    )
    yield (
        "Compliance",
        [
            line
            for name, controls in about.compliance.items()
            for line in _wrapped(f"{name}: {', '.join(controls)}", indent=2)
        ],
    )
    yield "References", [clean(reference) for reference in about.references]
    yield "File", [f"{clean(about.path)}:{about.line}"]


def _input(row: InputRow) -> Iterator[str]:
    kinds = f": {', '.join(row.kinds)}" if row.kinds else ""
    return _wrapped(f"{row.kind}{kinds}", indent=2)


def _rule(rule: RuleRow) -> str:
    suffix = f'"{clean(rule.suffix)}"'
    return f"rule      {clean(rule.name)}, as {suffix}"


def _wrapped(text: str, indent: int = 0) -> Iterator[str]:
    import textwrap

    yield from textwrap.wrap(clean(text), _WIDTH - indent, break_long_words=False, break_on_hyphens=False)
