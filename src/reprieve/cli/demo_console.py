"""The console on the demo: its register, and what the shop's scanners found, served."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reprieve import progress
from reprieve.errors import UsageError
from reprieve.verdict import Verdict

_HOME = "console"
"""Beside the demo's register: the console's index."""
_HOST = "127.0.0.1"


def show(
    directory: Path,
    estate: Verdict,
    reports: Sequence[Path],
    past: Iterable[tuple[dt.date, Mapping[str, tuple[int, int]]]],
    *,
    port: int,
    person: str | None,
    no_open: bool,
) -> None:
    """Serves the console on a demo until interrupted.

    Args:
        directory: of the demo.
        estate: what a scan of its files found.
        reports: of the shop's scanners.
        past: days before, and their raw and net findings by cluster, as `demo.past` tells them.
        port: to listen on, on loopback.
        person: `Name <email>`; whom git knows in the demo's register when None.
        no_open: leave the browser alone.
    """
    if importlib.util.find_spec("django") is None:
        raise UsageError("the console is not installed", hint="pip install 'reprieve[console]'")
    from reprieve.cli.serve import open_console, person_of
    from reprieve.console import serve
    from reprieve.console.config import PREFIX, from_environment
    from reprieve.demo.build import CLONE

    home, register = (directory / _HOME).resolve(), (directory / CLONE).resolve()
    given = {"REGISTER": str(register), "HOME": str(home), "URL": f"http://{_HOST}:{port}"}
    settings = from_environment({**os.environ, **{PREFIX + name: text for name, text in given.items()}})
    visitor = person_of(person, settings.register)
    serve.prepare(settings)
    if failure := serve.first_sync():
        raise UsageError(f"the register cannot be served: {failure}")
    with progress.task("Filling the console", len(reports) + 1, "reports") as advance:
        for name, content in _uploads(estate, reports):
            serve.take_in(name, content, by=visitor.email)
            advance(1)
    with progress.task("Remembering the past"):
        for day, counts in past:
            serve.remember(day, counts)
    open_console(settings, visitor, _HOST, port, no_open=no_open)


def _uploads(estate: Verdict, reports: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    from reprieve.report import json

    out = io.StringIO()
    json.write(estate, out)
    yield "estate.json", out.getvalue().encode()
    for report in reports:
        yield report.name, report.read_bytes()
