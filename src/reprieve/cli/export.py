"""`reprieve export`: the records as the ignore files of the scanners themselves."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reprieve.cli.options import Reading, read_options
from reprieve.cli.reading import remark, view_of
from reprieve.errors import UsageError
from reprieve.report.text import clean, indented
from reprieve.standing.view import View
from reprieve.words import ENVIRONMENTS, EXPORT_FORMATS, Environment, ExportFormat

if TYPE_CHECKING:
    from reprieve.export.interface import Left, Target, Written
    from reprieve.export.writing import Drift


@click.command("export")
@click.argument("format_", metavar="[FORMAT]", required=False)
@click.argument("reports", nargs=-1, metavar="[REPORT]…")
@click.option("--all", "every", is_flag=True, help="All that the charter lists under `exports`.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a file is not what it should be.")
@click.option("--out", metavar="PATH", help="Where to write; default: standard output, with --all here.")
@click.option("--cluster", help="The cluster that will be scanned with it.")
@click.option("--environment", type=click.Choice(ENVIRONMENTS), help="Over the charter's map of clusters.")
@click.option("--repository", help="The repository that will be scanned with it.")
@click.option("--image", help="The image that will be scanned with it.")
@click.option("--strict", is_flag=True, help="Exit 1 when something had to be left out.")
@read_options
def export_command(
    format_: str | None,
    reports: tuple[str, ...],
    every: bool,
    check: bool,
    out: str | None,
    cluster: str | None,
    environment: Environment | None,
    repository: str | None,
    image: str | None,
    strict: bool,
    reading: Reading,
) -> None:
    """Write the active exceptions as a scanner's own ignore file, never wider than their records.

    \b
    reprieve export trivyignore-yaml --out .trivyignore.yaml
    reprieve export trivyignore-yaml --check
    reprieve export kubescape --cluster prod-eu-1 --out exceptions.json
    reprieve export gitleaks gitleaks.json --out .gitleaksignore
    reprieve export --all --check

    What the format cannot say is left out, and listed with the reason on standard error. --cluster,
    --environment, --repository and --image say what the file is for, as for `gate`: what they settle need
    not be said in the file. Formats that name findings one by one are made from current REPORTs.

    \b
    Formats: trivyignore, trivyignore-yaml, trivy-policy, rego, kyverno, gatekeeper, kubescape,
      kubescape-crd, checkov, checkov-baseline, grype, osv-scanner, snyk, prowler, gitleaks,
      detect-secrets, semgrep, sarif, openvex, cyclonedx

    Exit 0: written, or as it should be. 1: --check found drift, or --strict something left out. 2: error.
    """
    from reprieve.export.interface import Target

    if every:
        if format_ or reports or cluster or environment or repository or image:
            raise UsageError("--all takes formats, targets and reports from the charter")
        view = view_of(reading)
        remark(view, machine=True)
        sys.exit(_all(view, Path(out or "."), check=check, strict=strict))
    name = _named_format(format_)
    view = view_of(reading)
    remark(view, machine=True)
    target = Target(view.register.snapshot.charter, cluster, environment, repository, image)
    sys.exit(_one(view, name, target, reports, out, check=check, strict=strict))


def _named_format(name: str | None) -> ExportFormat:
    import difflib

    for known in EXPORT_FORMATS:
        if known == name:
            return known
    near = difflib.get_close_matches(name or "", EXPORT_FORMATS, n=1)
    hint = f"did you mean {near[0]}?" if near else "one of: " + ", ".join(EXPORT_FORMATS)
    raise UsageError(f"no export format {name!r}" if name else "say which format, or --all", hint=hint)


def _one(
    view: View,
    name: ExportFormat,
    target: Target,
    reports: Sequence[str],
    out: str | None,
    *,
    check: bool,
    strict: bool,
) -> int:
    from reprieve.export import format_of
    from reprieve.export.exporting import export
    from reprieve.export.writing import drifts, write

    written = export(name, view.register, view.now, target, reports)
    place = out or (format_of(name).file if check else None)
    if place is None:
        _print(written)
        changed: list[Drift] = []
    else:
        changed = (drifts if check else write)(Path(place), written.files)
    _report(name, place, written, changed, check=check)
    return 1 if (check and changed) or (strict and written.left) else 0


def _all(view: View, folder: Path, *, check: bool, strict: bool) -> int:
    from reprieve.export.interface import Target
    from reprieve.export.writing import inside

    charter = view.register.snapshot.charter
    if not charter.exports:
        raise UsageError(
            "the charter lists no exports",
            hint="exports: [{format: trivyignore-yaml, path: .trivyignore.yaml}]",
        )
    codes = [
        _one(
            view,
            one.format,
            Target(charter, one.cluster, one.environment, one.repository, one.image),
            [str(inside(folder, report)) for report in one.reports],
            str(inside(folder, one.path)),
            check=check,
            strict=strict,
        )
        for one in charter.exports
    ]
    return max(codes)


def _print(written: Written) -> None:
    """To standard output; of several files each behind its name."""
    for name, text in written.files.items():
        if name:
            click.echo(f"# ----- {name}")
        click.echo(text, nl=False)


def _report(name: str, place: str | None, written: Written, changed: Sequence[Drift], *, check: bool) -> None:
    """On standard error: what was written, what was left out and why."""
    entries = "1 entry" if written.entries == 1 else f"{written.entries:,} entries"
    lines = [f"{name}: {entries}{_where(place, changed, check=check)}"]
    if written.left:
        lines.append(f"  left out, because {name} cannot say it exactly; the gate excepts it all the same:")
        lines += [f"    {clean(_named(left))}: {clean(left.reason)}" for left in dict.fromkeys(written.left)]
    for reason, number in sorted(Counter(aside.reason for aside in written.aside).items()):
        lines.append(f"  not for this file: {number} {clean(reason)}")
    for drift in changed if check else ():
        lines.append(f"  {drift.change}: {clean(str(drift.path))}")
        lines += [f"    {line[:1]}{indented(line[1:])}" for line in drift.lines]
    for line in lines:
        click.echo(line, err=True)


def _named(left: Left) -> str:
    return f"{left.exception}, scope entry {left.entry}" + (f", {left.part}" if left.part else "")


def _where(place: str | None, changed: Sequence[Drift], *, check: bool) -> str:
    if place is None:
        return ""
    if not changed:
        return f", {clean(place)} is up to date"
    return f", {clean(place)} has drifted" if check else f", written to {clean(place)}"
