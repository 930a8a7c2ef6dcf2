"""Bounds of an evaluation, which cannot be interrupted from within: the system is asked to end its process.

An alarm signal after so many seconds, a limit on the address space. Where the system has neither (Windows has
no such signal), an evaluation is not bounded.
"""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

OUT_OF_MEMORY = 12
"""Exit code (ENOMEM) of a process that ran out of memory in Python rather than in the engine."""

_FATAL = frozenset({"SIGALRM", "SIGABRT", "SIGSEGV", "SIGBUS", "SIGILL", "SIGKILL"})


class Limits(msgspec.Struct, frozen=True):
    """Of one evaluation."""

    seconds: float = 10.0
    megabytes: int = 1024
    file_bytes: int = 20 << 20
    """Larger files are not read."""


class StoppedError(Exception):
    """An evaluation that had to be ended, and why."""


def within(limits: Limits, call: Callable[[], Any]) -> Any:
    """What a call gives, as MessagePack can say it, from a process of its own.

    Errors: `StoppedError`; what the call raises comes as `StoppedError` too.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return call()
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, limits, call), daemon=True)
    process.start()
    theirs.close()
    try:
        value, error = msgspec.msgpack.decode(ours.recv())
    except EOFError:
        process.join()
        raise StoppedError(why(process.exitcode, limits)) from None
    process.join()
    if error is not None:
        raise StoppedError(error)
    return value


def _answer(connection: Any, limits: Limits, call: Callable[[], Any]) -> None:
    confine(limits)
    alarm(limits.seconds)
    answer: tuple[Any, str | None]
    try:
        answer = (call(), None)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:
        answer = (None, str(error))
    connection.send(msgspec.msgpack.encode(answer))


def confine(limits: Limits) -> None:
    """Bounds this process from now on: its memory, and what it prints when it dies (addresses)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    faulthandler.disable()
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform != "linux":
        return
    import resource

    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    bound = used + (limits.megabytes << 20)
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def alarm(seconds: float) -> None:
    """Asks the system to end this process after so long, where there is such a signal; 0 takes it back."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def was_stopped(code: int | None) -> bool:
    """Whether an exit code is that of an evaluation gone wrong, rather than of a mistake of ours."""
    signals = {-getattr(signal, name) for name in _FATAL if hasattr(signal, name)}
    return code == OUT_OF_MEMORY or code in signals


def why(code: int | None, limits: Limits) -> str:
    """What an exit code says."""
    if code == -getattr(signal, "SIGALRM", 0):
        return f"stopped after {limits.seconds:g} s"
    return f"stopped: it ran out of its {limits.megabytes:,} MiB of memory, or crashed (exit code {code})"
