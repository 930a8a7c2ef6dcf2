"""The gate: a large report, a small one, and growth over findings and exceptions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bench.made import QUICK, SCALE, register_of, report_of
from bench.measure import PYTHON, Words, command
from bench.page import Row, growth, timed
from bench.register import warm

NOTES = (
    """- **The gate on a million findings.** It is at the limit, and above it in some runs, as decoding varies
  by a third on this machine. Beside decoding, each finding is made, matched and sorted into the table.""",
)

DECODE = """
import gc, sys
gc.disable()
import msgspec
from reprieve.findings.readers import trivy
msgspec.json.Decoder(trivy._Document, strict=False).decode(open(sys.argv[1], 'rb').read())
"""


def rows(today: dt.date) -> list[Row]:
    """All of them."""
    return [*_large(today), _small(today)]


def growing(today: dt.date) -> list[Row]:
    """The doubling series."""
    return [_findings(today), _exceptions(today)]


def _large(today: dt.date) -> list[Row]:
    """A million findings against ten thousand exceptions: time and memory against decoding alone."""
    report, register = report_of(1_000_000 // SCALE), register_of(10_000 // SCALE, today)
    decoding = command([PYTHON, "-c", DECODE, report], runs=3)
    warm(register)
    gate = command(_command(report, register), runs=3)
    what = f"gate: {1_000_000 // SCALE:,} findings × {10_000 // SCALE:,} exceptions, whole command"
    return [
        timed(what, gate, decoding, "typed decoding alone", 3.0),
        Row(
            "the same, peak memory",
            f"{gate.memory:,.0f} MiB",
            f"{decoding.memory:,.0f} MiB (typed decoding alone)",
            f"{gate.memory / decoding.memory:.2f} ×",
            "≤ 2 ×",
            gate.memory <= 2 * decoding.memory,
        ),
    ]


def _small(today: dt.date) -> Row:
    """A small report, a small register, warm: what somebody waits for in a terminal."""
    report, register = report_of(200), register_of(100, today)
    base = command([PYTHON, "-c", "import msgspec, click"], runs=15)
    warm(register)
    gate = command(_command(report, register), runs=15)
    row = timed(
        "gate: 200 findings, 100 records, warm, whole process", gate, base, "import msgspec, click", 3.0
    )
    return row._replace(budget="≤ 3 ×, ≤ 200 ms", holds=bool(row.holds) and gate.seconds <= 0.2)


def _findings(today: dt.date) -> Row:
    """Four doublings of the report."""
    register = register_of(1_000, today)
    warm(register)
    sizes = [size // SCALE for size in (50_000, 100_000, 200_000, 400_000, 800_000)]
    runs = [command(_command(report_of(size), register), runs=3).seconds for size in sizes]
    return growth("findings", sizes, runs)


def _exceptions(today: dt.date) -> Row:
    """Four doublings of the exceptions a warm gate holds a fixed report against."""
    report = report_of(100_000 // SCALE)
    sizes = [size // SCALE for size in (1_250, 2_500, 5_000, 10_000, 20_000)][: 4 if QUICK else 5]
    runs = []
    for size in sizes:
        register = register_of(size, today)
        warm(register)
        runs.append(command(_command(report, register), runs=3).seconds)
    return growth("exceptions, warm", sizes, runs)


def _command(report: Path, register: Path) -> Words:
    """The command as a user would type it."""
    return [PYTHON, "-m", "reprieve", "gate", report, "--register", register]
