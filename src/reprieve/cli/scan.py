"""`reprieve scan`: configuration and source files in, one verdict out."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import msgspec

from reprieve.cli.judged import Judging, exit_code, needs_fingerprints, verdict_options, write
from reprieve.cli.options import Reading, chained, gathered, moment, opened, read_options
from reprieve.cli.push import Destination, destination_options, said
from reprieve.errors import UsageError
from reprieve.register.locate import in_play

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from reprieve.cli.sending import Console, Pushed
    from reprieve.register.register import Register
    from reprieve.scan.model import Options
    from reprieve.verdict import Verdict

_SCANNERS = ("misconfig", "secret")


class Wanted(NamedTuple):
    """What to scan for and how: the options of `scan` that its engine is asked with."""

    policies: tuple[str, ...]
    data: tuple[str, ...]
    namespaces: str | None
    trivy: bool
    scanners: str
    no_builtin: bool
    compliance: str | None
    input_kind: str | None
    no_cache: bool
    timeout: float
    memory: int


policy_options = chained(
    click.option("--policy", "policies", multiple=True, metavar="PATH", help="Custom checks and exceptions."),
    click.option("--data", multiple=True, metavar="PATH", help="JSON, YAML or TOML for `data`."),
    click.option("--namespaces", metavar="A,B", help="Only custom packages that begin with one of these."),
    click.option(
        "--trivy-compat",
        "trivy",
        is_flag=True,
        help='Rule-based exceptions as Trivy read them: "foo" exempts every rule that ends with foo.',
    ),
)


@click.command("scan")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@read_options
@policy_options
@verdict_options
@click.option(
    "--scanners", default="misconfig,secret", show_default=True, metavar="A,B", help="What to look for."
)
@click.option("--no-builtin", is_flag=True, help="Custom checks only.")
@click.option("--compliance", metavar="NAME", help="Only the checks of a framework: pss-restricted, cis-k8s…")
@click.option("--input-kind", metavar="NAME", help="Of every file, over what it looks like.")
@click.option("--no-register", is_flag=True, help="No records, even where there is a register.")
@click.option("--no-code", is_flag=True, help="The table without the lines of code.")
@click.option("--no-cache", is_flag=True, help="Scan again what did not change.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=10.0, show_default=True, metavar="SECONDS")
@click.option("--memory", type=click.IntRange(min=64), default=1024, show_default=True, metavar="MIB")
@click.option(
    "--explain", metavar="FINDING", help="Why a finding (fingerprint, check id) is excepted or not."
)
@click.option("--push", is_flag=True, help="Send what was found to the console, too.")
@destination_options
@gathered("wanted", Wanted)
def scan_command(
    paths: tuple[str, ...],
    reading: Reading,
    wanted: Wanted,
    destination: Destination,
    judging: Judging,
    no_register: bool,
    no_code: bool,
    explain: str | None,
    push: bool,
) -> None:
    """Check configuration files and look for secrets, with exceptions applied.

    \b
    reprieve scan .
    reprieve scan deploy/ Dockerfile --fail-on high
    helm template shop | reprieve scan -
    kubectl get all --all-namespaces --output json | reprieve scan - --cluster prod-eu-1
    reprieve scan . --policy policies/ --data policies/data --namespaces user
    reprieve scan . --compliance pss-restricted
    reprieve scan . --explain KSV012
    reprieve scan . --repository shop --push --console https://reprieve.example.com

    Kubernetes, Dockerfile, Terraform, CloudFormation and Compose are recognised by their content;
    YAML, JSON and TOML that is none of these is given to custom checks. Exceptions come from the
    register's records and, with --policy, from Rego. --timeout and --memory bound each evaluation.

    Exit 0: pass. 1: open, expired or pending findings that count. 2: error, or something was not scanned.
    """
    console = _console(destination) if push else None
    at, read_at, simulated = moment(reading.now, reading.as_of)
    register = None if no_register else _register(reading, read_at)
    verdict = _verdict(
        paths, wanted, register, at if simulated else None, judging, with_fingerprints=explain is not None
    )
    if console is not None:
        click.echo(said(_pushed(console, verdict, destination.target, paths, judging)), err=True)
    if explain is not None:
        from reprieve.report import explain as explanation

        sys.exit(explanation.write(verdict, explain, sys.stdout))
    write(verdict, judging.output, everything=judging.everything, code=not no_code)
    sys.exit(exit_code(verdict, strict=judging.strict))


def _verdict(
    paths: Sequence[str],
    wanted: Wanted,
    register: Register | None,
    now: dt.datetime | None,
    judging: Judging,
    *,
    with_fingerprints: bool,
) -> Verdict:
    """What a scan finds, judged; `now` is None at present."""
    from reprieve.api import gate
    from reprieve.scan.scan import in_cluster, scan
    from reprieve.secrets.identity import find_key

    key = find_key(os.environ, register.snapshot.charter.secret_key if register else None)
    scanned = scan(paths, _options(wanted, key))
    verdict = gate(
        [in_cluster(scanned.report, judging.cluster)],
        register,
        now=now,
        fail_on=judging.fail_on,
        environment=judging.environment,
        repository=judging.repository,
        with_fingerprints=with_fingerprints or needs_fingerprints(judging.output),
    )
    return msgspec.structs.replace(verdict, scan=scanned.looked)


def _console(destination: Destination) -> Console:
    """Where to send to, known before the scan begins."""
    from reprieve.cli.sending import console_of

    return console_of(destination.console, destination.token)


def _pushed(
    console: Console,
    verdict: Verdict,
    target: str | None,
    paths: Sequence[str],
    judging: Judging,
) -> Pushed:
    """Sends what was found, as our own JSON; what was scanned is the target, unless it has a name."""
    from reprieve.cli.sending import send
    from reprieve.report import json

    with tempfile.NamedTemporaryFile("w", prefix="reprieve-scan-", encoding="utf-8") as file:
        json.write(verdict, file)  # type: ignore[arg-type]  # a file as any other
        file.flush()
        parameters = {
            "name": "scan",
            "format": "reprieve",
            "target": target or _named(paths),
            "cluster": judging.cluster,
            "repository": judging.repository,
        }
        return send(console, file.name, parameters)


def _named(paths: Sequence[str]) -> str:
    """What was scanned, in words that are the same wherever the checkout is; the folder's own for `.`."""
    named = (Path(path).resolve().name if path in {".", "./"} else path for path in paths)
    return " ".join(named)[:500]


def _options(wanted: Wanted, key: bytes | None) -> Options:
    """What the options ask for. Errors: `UsageError`."""
    from reprieve.policy.bounds import Limits
    from reprieve.scan.model import Options

    scanners = _scanners(wanted.scanners)
    return Options(
        policies=wanted.policies,
        data=wanted.data,
        namespaces=_listed(wanted.namespaces or ""),
        kind=_kind(wanted.input_kind),
        misconfigurations="misconfig" in scanners,
        secrets="secret" in scanners and wanted.compliance is None,
        builtin=not wanted.no_builtin,
        compliance=_framework(wanted.compliance),
        trivy=wanted.trivy,
        limits=Limits(seconds=wanted.timeout, megabytes=wanted.memory),
        cache=not wanted.no_cache,
        key=key,
    )


def _register(reading: Reading, as_of: dt.datetime | None) -> Register | None:
    """The register that was named, or the one here; None where nobody named one and there is none."""
    if reading.where is None and not in_play():
        return None
    return opened(reading, as_of)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def _scanners(text: str) -> tuple[str, ...]:
    wanted = _listed(text)
    for name in wanted:
        if name not in _SCANNERS:
            raise UsageError(f"--scanners: expected {' and '.join(_SCANNERS)}, got {name!r}")
    return wanted


def _kind(name: str | None) -> str | None:
    from reprieve.policy.inputs import READERS

    if name is not None and name not in READERS:
        raise UsageError(f"--input-kind: expected one of {', '.join(READERS)}, got {name!r}")
    return name


def _framework(name: str | None) -> str | None:
    from reprieve.policy.compliance import FRAMEWORKS

    if name is not None and name not in FRAMEWORKS:
        raise UsageError(f"--compliance: expected one of {', '.join(FRAMEWORKS)}, got {name!r}")
    return name
