"""Tests written in Rego: rules called `test_…`, as `opa test` and `conftest verify` run them.

A test passes when its rule is `true`; undefined, false or any other value is a failure, and a rule that
cannot be evaluated an error. `todo_test_…` is a test that somebody still has to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Literal

import msgspec

from reprieve.policy.bundle import Bundle
from reprieve.policy.engine import Engine, RegoError
from reprieve.policy.evaluate import resolved
from reprieve.policy.functions import Causes, functions
from reprieve.policy.imports import written_out
from reprieve.policy.module import Module

Verdict = Literal["pass", "fail", "error", "skip"]

_TEST = "test_"
_TODO = "todo_test_"


class Test(msgspec.Struct, frozen=True):
    """One test: all clauses of one name in one package."""

    package: str
    name: str
    path: str
    line: int

    @property
    def rule(self) -> str:
        """What is evaluated: `data.user_test.test_denies_root`."""
        return f"data.{self.package}.{self.name}"

    @property
    def todo(self) -> bool:
        """Whether it is not to be run yet."""
        return self.name.startswith(_TODO)


class TestFile(msgspec.Struct, frozen=True):
    """The tests of one file: they are run in one go."""

    path: str
    tests: tuple[Test, ...]


class Tested(msgspec.Struct, frozen=True):
    """What came of one test."""

    test: Test
    verdict: Verdict
    message: str = ""
    """Why it did not pass, beyond being undefined or false."""
    path: str | None = None
    line: int | None = None
    """Where the message is about, of an error: often the check and not the test."""
    output: tuple[str, ...] = ()
    """What `print` said, of a test that did not pass."""


Coverage = dict[str, tuple[frozenset[int], frozenset[int]]]
"""File -> the lines that were evaluated, and the others that could have been."""


class Ran(msgspec.Struct, frozen=True):
    """What came of some tests."""

    tested: Sequence[Tested] = ()
    coverage: Coverage = {}


def tests_of(modules: Sequence[Module], pattern: str | None = None) -> list[TestFile]:
    """The tests in some modules, by file.

    Args:
        modules: where to look.
        pattern: a regular expression that package and name (`user_test.test_root`) must hold; all without.

    Errors: `re.error` for a pattern that is none.
    """
    wanted = re.compile(pattern or "")
    seen: set[tuple[str, str]] = set()
    files = []
    for module in modules:
        tests = []
        for rule in module.rules:
            known = (module.package, rule.name)
            if not is_test(rule.name) or not rule.constant or rule.default or known in seen:
                continue
            seen.add(known)
            if wanted.search(f"{module.package}.{rule.name}"):
                tests.append(Test(module.package, rule.name, module.path, rule.line))
        if tests:
            files.append(TestFile(module.path, tuple(tests)))
    return files


def is_test(rule: str) -> bool:
    """Whether a rule of that name is a test, one to be written included."""
    return rule.startswith((_TEST, _TODO))


class Tester:
    """A bundle in an engine, ready to be tested."""

    def __init__(
        self,
        bundle: Bundle,
        *,
        watched: frozenset[str] | None = None,
        about_to: Callable[[str], object] = lambda _: None,
    ) -> None:
        """Compiles.

        Args:
            bundle: the modules, their tests among them, and data.
            watched: the files whose coverage is wanted; None for no coverage at all.
            about_to: is told of each rule before it is evaluated.
        """
        self._about_to = about_to
        self._watched = watched
        self._causes = Causes()
        self._engine = Engine(functions(self._causes))
        if watched is not None:
            self._engine.watch_coverage()
        self._engine.add_data(bundle.data)
        for module in bundle.modules:
            self._engine.add_module(module.path, self._text(module), v0=module.v0)

    def run(self, tests: Sequence[Test], stopped: frozenset[str] = frozenset()) -> Ran:
        """Runs some tests.

        Args:
            tests: which; those to do later are skipped.
            stopped: rules to leave out, and to say nothing of.
        """
        tested = []
        for test in tests:
            if test.todo:
                tested.append(Tested(test, "skip"))
            elif test.rule not in stopped:
                self._about_to(test.rule)
                tested.append(self._run(test))
        return Ran(tested, self._coverage())

    def _text(self, module: Module) -> str:
        text = resolved(module)
        if self._watched is None:
            return text
        return written_out(msgspec.structs.replace(module, text=text))

    def _run(self, test: Test) -> Tested:
        self._causes.clear()
        self._engine.prints()
        try:
            value = self._engine.evaluate(test.rule)
        except RegoError as error:
            output = tuple(self._engine.prints())
            return Tested(test, "error", error.message, error.path or None, error.line, output)
        if value is True:
            return Tested(test, "pass")
        return Tested(test, "fail", _unlike_true(value), output=tuple(self._engine.prints()))

    def _coverage(self) -> Coverage:
        watched = self._watched
        if not watched:
            return {}
        return {path: lines for path, lines in self._engine.coverage().items() if path in watched}


def _unlike_true(value: Any) -> str:
    if value is None or value is False:
        return ""
    text = msgspec.json.encode(value).decode()
    return f"its value is {text if len(text) <= 200 else text[:199] + '…'} and not true"


class FileCoverage(msgspec.Struct, frozen=True):
    """How much of one file was evaluated by tests."""

    path: str
    covered: tuple[int, ...]
    uncovered: tuple[int, ...]

    @property
    def lines(self) -> int:
        """Those that could have been evaluated."""
        return len(self.covered) + len(self.uncovered)

    @property
    def percent(self) -> float:
        """Of the lines that could be; 100 where there are none."""
        return percent(len(self.covered), self.lines)


def percent(part: int, whole: int) -> float:
    """A share with one decimal, never rounded up to 100."""
    return 100.0 if part == whole else int(1000 * part / whole) / 10


def together(runs: Sequence[Ran], modules: Sequence[Module]) -> list[FileCoverage]:
    """The coverage of some modules in several runs as one: what one of them evaluated is covered."""
    covered: dict[str, set[int]] = {module.path: set() for module in modules}
    known = {module.path: set(_lines(module)) for module in modules}
    for run in runs:
        for path, (evaluated, others) in run.coverage.items():
            covered[path].update(evaluated)
            known[path].update(evaluated, others)
    return [
        FileCoverage(path, tuple(sorted(covered[path])), tuple(sorted(lines - covered[path])))
        for path, lines in sorted(known.items())
    ]


def _lines(module: Module) -> frozenset[int]:
    """The lines that could be evaluated; the engine knows them once it evaluated something in the file."""
    last = module.text.count("\n") + 2
    probe = "reprieve_probe"
    engine = Engine()
    engine.watch_coverage()
    engine.add_module(module.path, f"{module.text}\n{probe} := true\n", v0=module.v0)
    engine.evaluate(f"data.{module.package}.{probe}")
    covered, others = engine.coverage().get(module.path, (frozenset[int](), frozenset[int]()))
    return (covered | others) - {last}
