"""Timing whole processes: wall seconds and peak memory, the median of several runs."""

from __future__ import annotations

import math
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    """One command: median wall seconds, and peak memory in MiB."""

    seconds: float
    memory: float


def command(arguments: Sequence[str], *, runs: int, before: Callable[[], object] = lambda: None) -> Run:
    """Runs a command several times; `before` is called, untimed, ahead of each."""
    seconds, memory = [], 0.0
    for _ in range(runs):
        before()
        started = time.perf_counter()
        pid = os.posix_spawnp(arguments[0], arguments, _environment(), file_actions=_TO_NOWHERE)
        _, status, usage = os.wait4(pid, 0)
        seconds.append(time.perf_counter() - started)
        if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1 is a gate that fails
            raise SystemExit(f"{' '.join(arguments)}: exit code {os.waitstatus_to_exitcode(status)}")
        memory = max(memory, usage.ru_maxrss / 1024)
    return Run(statistics.median(seconds), memory)


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Slope of log(time) over log(size), least squares: 1 is linear."""
    return statistics.linear_regression([math.log(s) for s in sizes], [math.log(t) for t in seconds]).slope


_TO_NOWHERE = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
CACHE = Path(os.environ.get("TMPDIR", "/tmp")) / "reprieve-bench" / "cache"
PYTHON = sys.executable


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") and key != "CI"}
    return {**kept, "REPRIEVE_CACHE_DIR": str(CACHE)}
