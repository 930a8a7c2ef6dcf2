"""What `policy test` prints: failing tests by file, counts and coverage; or all of it as JSON."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

import click

from reprieve.policy.testing import FileCoverage, Tested, percent
from reprieve.report.stream import encode, write_array
from reprieve.report.text import amount, clean
from reprieve.scan.testing import Trial

VERSION = 1

_COLOURS = {"fail": "red", "error": "red", "skip": "yellow"}
_COUNTED = {"pass": "passed", "fail": "failed", "error": "errors", "skip": "skipped"}


def write_table(trial: Trial, out: TextIO) -> None:
    """Writes what did not pass, by file, then how many tests there are, then coverage."""
    for path, group in itertools.groupby(trial.tested, key=lambda one: one.test.path):
        lines = [line for one in group for line in _test(one)]
        if lines:
            click.echo(click.style(clean(path), bold=True), file=out)
            click.echo("\n".join(lines) + "\n", file=out)
    for fault in trial.faults:
        place = f"{fault.path}:{fault.line}" if fault.line else fault.path
        click.echo(f"{click.style('not loaded', fg='red')}  {clean(place)}: {clean(fault.message)}", file=out)
    if trial.coverage is not None:
        click.echo("Coverage", file=out)
        for line in _coverage(trial.coverage):
            click.echo(f"  {line}", file=out)
        click.echo(file=out)
    click.echo(_summary(trial), file=out)


def _test(one: Tested) -> Iterator[str]:
    """Nothing of a test that passed."""
    if one.verdict == "pass":
        return
    word = click.style(f"{one.verdict:<5}", fg=_COLOURS[one.verdict])
    message = f": {clean(one.message)}" if one.message else ""
    yield f"  {one.test.line:>4}  {word}  {clean(one.test.name)}{message}"
    if one.path is not None:
        yield f"               at {clean(one.path)}:{one.line}"
    yield from (f"               print {clean(said)}" for said in one.output)


def _coverage(files: Sequence[FileCoverage]) -> Iterator[str]:
    for file in files:
        missing = f"  not: {_ranges(file.uncovered)}" if file.uncovered else ""
        yield f"{file.percent:>5.1f} %  {clean(file.path)}{missing}"
    yield f"{_overall(files):>5.1f} %  overall"


def _overall(files: Sequence[FileCoverage]) -> float:
    return percent(sum(len(file.covered) for file in files), sum(file.lines for file in files))


def _ranges(lines: Sequence[int]) -> str:
    """`3, 7-9`."""
    found: list[list[int]] = []
    for line in lines:
        if found and line == found[-1][1] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in found)


def _summary(trial: Trial) -> str:
    counts = [f"{number:,} {word}" for verdict, word in _COUNTED.items() if (number := trial.count(verdict))]
    missing = [f"{amount(len(trial.faults), 'file')} not loaded"] if trial.faults else []
    return f"{amount(len(trial.tested), 'test')}: {', '.join([*counts, *missing])}"


def write_json(trial: Trial, out: TextIO) -> None:
    """Writes one object, with a line for each test."""
    head: dict[str, object] = {
        "version": VERSION,
        "summary": {word: trial.count(verdict) for verdict, word in _COUNTED.items()},
        "coverage": _coverage_json(trial.coverage),
    }
    out.write(encode(head).removesuffix("}") + ',"tests":')
    write_array(out, map(_row, trial.tested))
    out.write(',"faults":')
    write_array(out, trial.faults)
    out.write("}\n")


def _row(one: Tested) -> dict[str, object]:
    return {
        "package": one.test.package,
        "name": one.test.name,
        "path": one.test.path,
        "line": one.test.line,
        "result": one.verdict,
        "message": one.message,
        "error_path": one.path,
        "error_line": one.line,
        "output": one.output,
    }


def _coverage_json(files: Sequence[FileCoverage] | None) -> dict[str, object] | None:
    if files is None:
        return None
    rows = [
        {"path": file.path, "percent": file.percent, "covered": file.covered, "uncovered": file.uncovered}
        for file in files
    ]
    return {"percent": _overall(files), "files": rows}


OUTPUTS: dict[str, Callable[[Trial, TextIO], None]] = {"table": write_table, "json": write_json}
"""By the name that `--output` takes."""
