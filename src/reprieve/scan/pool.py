"""Work spread over processes, each evaluation bounded in time and memory.

An evaluation cannot be interrupted from within its process, so each worker asks the system to end it: an
alarm signal after so many seconds, a limit on its address space. The parent sees the death, has a fresh
worker try the same unit rule by rule, disables the rule that dies again, names it, and goes on without it.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from reprieve.findings.model import Fault
from reprieve.policy.bounds import OUT_OF_MEMORY, Limits, alarm, confine, was_stopped, why
from reprieve.policy.bundle import Bundle
from reprieve.policy.evaluate import Evaluator
from reprieve.scan.model import Outcome, Unit
from reprieve.scan.work import Worker

_TOGETHER = 16
_SHARES = 8
"""Units go to a worker by so many at most, and to each in so many portions at least: all end together."""
_MOST_DEATHS = 20
"""After so many rules that had to be stopped, the policies are at fault and not the documents."""

_YOUNG = 100_000
"""New objects until a worker looks for cycles: those of a document are gone with it."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Outcome).decode

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Works(Protocol[T_co]):
    """Whoever does the work, in a process of its own."""

    def work(self, unit: Any, disabled: frozenset[str], *, alone: bool, each: Callable[[], object]) -> T_co:
        """What came of a unit; `disabled` rules are left out, `each` is called before each bounded piece."""
        ...


class Crew(Protocol[T_co]):
    """What the pool has to know of the work: who does it, and what it is when it had to be stopped."""

    alone: bool
    """Whether each rule is evaluated alone from the start, and not only after a death."""
    about_to: Callable[[str], object]
    """To be told of each rule that is evaluated alone."""

    def prepare(self) -> Works[T_co]:
        """Who does the work, made on first use."""
        ...

    def decode(self, data: bytes) -> T_co:
        """What a worker sent: MessagePack."""
        ...

    def stopped(self, unit: Any, rule: str, why: str) -> T_co:
        """What is said of a rule that had to be stopped."""
        ...

    def failed(self, unit: Any, why: str) -> T_co:
        """What is said of a unit that nothing came of."""
        ...


class Job(msgspec.Struct, frozen=True):
    """What a worker is told to do: one unit after the other, as many as are worth a message."""

    numbers: range
    units: Sequence[Any] = ()
    """Empty where the worker has all units already: it was forked from who has them."""
    disabled: frozenset[str] = frozenset()
    alone: bool = False
    """Rule by rule, saying which comes next."""


def outcomes(
    units: Sequence[Unit],
    bundle: Bundle | None,
    limits: Limits,
    *,
    trivy: bool = False,
    key: bytes | None = None,
) -> Iterator[tuple[int, Outcome]]:
    """What came of each unit, by its number, as they are done.

    Args:
        units: what to work on.
        bundle: what to evaluate; None to look for secrets only.
        limits: of each evaluation.
        trivy: whether exceptions are read as Trivy read them.
        key: what secrets are named with.
    """
    secrets = any(source.secrets for unit in units for source in unit.sources)
    yield from spread(units, _Factory(bundle, trivy, key, secrets=secrets), limits)


def spread(units: Sequence[Any], crew: Crew[T], limits: Limits) -> Iterator[tuple[int, T]]:
    """What came of each unit, by its number, as they are done; -1 for what is said of a stopped rule."""
    pool = _Pool(crew, limits)
    try:
        yield from pool.run(units)
    finally:
        pool.stop()


class _Pool(Generic[T]):
    def __init__(self, crew: Crew[T], limits: Limits) -> None:
        methods = multiprocessing.get_all_start_methods()
        self._context: Any = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
        self._limits = limits
        self._make = crew
        self._members: dict[Connection, _Member] = {}
        self._disabled: frozenset[str] = frozenset()
        self._units: Sequence[Any] = ()
        self._forks = self._context.get_start_method() == "fork"

    def run(self, units: Sequence[Any]) -> Iterator[tuple[int, T]]:
        self._units = units
        alone = self._make.alone
        size = 1 if alone else min(_TOGETHER, 1 + len(units) // (_SHARES * _cores()))
        todo: deque[Job] = deque(
            Job(range(first, min(first + size, len(units))), alone=alone)
            for first in range(0, len(units), size)
        )
        if self._forks:
            self._make.prepare()  # compiled once, shared by all that are forked from here
        for _ in range(min(_cores(), len(todo))):
            self._start(todo)
        while self._members:
            for connection in wait(list(self._members)):
                assert isinstance(connection, Connection)  # noqa: S101
                yield from self._heard(self._members[connection], todo)

    def stop(self) -> None:
        """Ends the workers that are left."""
        for member in self._members.values():
            member.process.kill()
            member.process.join()
        self._members.clear()

    def _start(self, todo: deque[Job]) -> None:
        ours, theirs = self._context.Pipe()
        units = self._units if self._forks else ()
        process = self._context.Process(
            target=_serve, args=(theirs, self._make, self._limits, units), daemon=True
        )
        process.start()
        theirs.close()
        member = _Member(process, ours)
        self._members[ours] = member
        self._next(member, todo)

    def _next(self, member: _Member, todo: deque[Job]) -> None:
        member.rule = None
        if todo:
            job = todo.popleft()
            units = () if self._forks else [self._units[number] for number in job.numbers]
            member.job = msgspec.structs.replace(job, units=units, disabled=self._disabled)
        else:
            member.job = None
        member.connection.send(member.job)

    def _heard(self, member: _Member, todo: deque[Job]) -> Iterator[tuple[int, T]]:
        try:
            said = member.connection.recv()
        except (EOFError, ConnectionError):
            yield from self._died(member, todo)
            return
        if isinstance(said, str):
            member.rule = said
            return
        numbers = member.job.numbers if member.job else range(0)
        self._next(member, todo)  # before what it did is read: it goes on meanwhile
        for number, outcome in zip(numbers, said, strict=True):
            yield number, self._make.decode(outcome)

    def _died(self, member: _Member, todo: deque[Job]) -> Iterator[tuple[int, T]]:
        del self._members[member.connection]
        member.connection.close()
        member.process.join()
        job = member.job
        if job is None:  # it had nothing left to do
            return
        if len(job.numbers) > 1:  # which of them it was is seen when each is a job
            todo.extendleft(Job(range(number, number + 1)) for number in reversed(job.numbers))
        else:
            yield from self._blamed(member, job, todo)
        if todo:
            self._start(todo)

    def _blamed(self, member: _Member, job: Job, todo: deque[Job]) -> Iterator[tuple[int, T]]:
        """What is said of a unit that a worker died of, or how it is tried again."""
        (number,) = job.numbers
        unit = self._units[number]
        reason = why(member.process.exitcode, self._limits)
        if not was_stopped(member.process.exitcode):
            yield number, self._make.failed(unit, reason)
        elif not job.alone:
            todo.appendleft(msgspec.structs.replace(job, alone=True))
        elif member.rule in self._disabled:  # another worker died of it in the meantime
            todo.appendleft(job)
        elif member.rule is not None and len(self._disabled) < _MOST_DEATHS:
            self._disabled |= {member.rule}
            yield -1, self._make.stopped(unit, member.rule, reason)
            todo.appendleft(job)
        else:
            yield number, self._make.failed(unit, reason)


class _Member:
    """One worker as its parent sees it."""

    def __init__(self, process: Any, connection: Connection) -> None:
        self.process = process
        self.connection = connection
        self.job: Job | None = None
        self.rule: str | None = None


class _Factory:
    """Makes those who scan, in whichever process it is asked to."""

    alone = False

    def __init__(self, bundle: Bundle | None, trivy: bool, key: bytes | None, *, secrets: bool) -> None:
        self._bundle = bundle
        self._secrets = secrets
        self._key = key
        self._trivy = trivy
        self._worker: Worker | None = None
        self.about_to: Callable[[str], object] = lambda _rule: None

    def __getstate__(self) -> dict[str, Any]:
        """An engine stays in its process."""
        return {**self.__dict__, "_worker": None, "about_to": None}

    def prepare(self) -> Worker:
        """The worker, compiled on first use."""
        if self._worker is None:
            if self._secrets:
                import reprieve.secrets.scan  # noqa: F401  (once, before processes are forked)
            evaluator = None
            if self._bundle is not None:
                evaluator = Evaluator(self._bundle, trivy=self._trivy, about_to=self._about_to)
            self._worker = Worker(self._bundle or Bundle((), (), (), {}, ()), evaluator, self._key)
        return self._worker

    def decode(self, data: bytes) -> Outcome:
        return _decode(data)

    def stopped(self, unit: Unit, rule: str, why: str) -> Outcome:
        path, line, rule = self._place_of(rule)
        message = f"{why}: it is evaluated no further ({unit.path} was the input)"
        return Outcome(faults=[Fault(path or unit.path, message, line, rule=rule)])

    def failed(self, unit: Unit, why: str) -> Outcome:
        return Outcome(faults=[Fault(unit.path, f"not scanned: {why}")])

    def _place_of(self, rule: str) -> tuple[str | None, int | None, str]:
        """File and line of a rule, as far as they are known, and what it is called there."""
        for check in self._bundle.checks if self._bundle else ():
            for reporting in check.rules:
                if rule == f"data.{check.package}.{reporting.name}":
                    return reporting.path, reporting.line, rule
        for clause in self._bundle.clauses if self._bundle else ():
            if rule == f"data.{clause.package}.{clause.rule}":
                return clause.exemption.path, clause.exemption.line, clause.written
        return None, None, rule

    def _about_to(self, rule: str) -> None:
        self.about_to(rule)


def _serve(connection: Connection, crew: Crew[T], limits: Limits, units: Sequence[Any]) -> None:
    """A worker's whole life: jobs in, outcomes out, until it is told None."""
    worker = crew.prepare()
    gc.freeze()
    gc.set_threshold(_YOUNG)
    confine(limits)

    def about_to(rule: str) -> None:
        connection.send(rule)
        alarm(limits.seconds)

    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            job: Job | None = connection.recv()
            if job is None:
                return
            crew.about_to = about_to
            given = job.units or [units[number] for number in job.numbers]
            outcomes = [_worked(crew, worker, job, unit, lambda: alarm(limits.seconds)) for unit in given]
            alarm(0)
            connection.send(outcomes)


def _worked(crew: Crew[T], worker: Works[T], job: Job, unit: Any, each: Callable[[], object]) -> bytes:
    """The outcome, encoded; of our own mistake a fault, so that the other files are still scanned."""
    try:
        return _encode(worker.work(unit, job.disabled, alone=job.alone, each=each))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        return _encode(crew.failed(unit, f"{what}; this is a bug in reprieve"))


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
