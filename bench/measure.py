"""Timing whole processes: wall seconds and peak memory, the median of several runs."""

from __future__ import annotations

import math
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.made import WORK

PYTHON = sys.executable
CACHE = WORK / "cache"


Words = list[str | Path]
"""A command."""


class Run(NamedTuple):
    """One command: median wall seconds, and peak memory in MiB."""

    seconds: float
    memory: float


def command(
    arguments: Words,
    *,
    runs: int,
    before: Callable[[], object] = lambda: None,
    output: str | Path = os.devnull,
) -> Run:
    """Runs a command several times.

    Args:
        arguments: the command.
        runs: how often.
        before: called, untimed, ahead of each.
        output: the file that its standard output goes to; that of the last run stays.
    """
    words = [str(argument) for argument in arguments]
    seconds, memory = [], 0.0
    for _ in range(runs):
        before()
        started = time.perf_counter()
        pid = os.posix_spawnp(words[0], words, _environment(), file_actions=_to(output))
        _, status, usage = os.wait4(pid, 0)
        seconds.append(time.perf_counter() - started)
        if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1 is a gate that fails
            raise SystemExit(f"{' '.join(words)}: exit code {os.waitstatus_to_exitcode(status)}")
        memory = max(memory, usage.ru_maxrss / 1024)
    return Run(statistics.median(seconds), memory)


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Slope of log(time) over log(size), least squares: 1 is linear."""
    return statistics.linear_regression([math.log(s) for s in sizes], [math.log(t) for t in seconds]).slope


def forget() -> None:
    """Empties the cache."""
    shutil.rmtree(CACHE, ignore_errors=True)


def _to(output: str | Path) -> list[tuple[int, int, str, int, int]]:
    return [(os.POSIX_SPAWN_OPEN, 1, str(output), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]


def _environment() -> dict[str, str]:
    """That of the caller, without what would change how programs work: CI, git's and Rust's switches.

    Nor Python's against bytecode: ours would be compiled anew in each run, that of what pip installed is not.
    """
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("GIT_", "RUST_")) and key not in ("CI", "PYTHONDONTWRITEBYTECODE")
    }
    return {**kept, "REPRIEVE_CACHE_DIR": str(CACHE)}
