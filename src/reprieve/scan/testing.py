"""Tests of policies, spread over processes and bounded as scans are: a test that never ends is an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from reprieve import progress
from reprieve.findings.model import Fault
from reprieve.policy import bundle as bundles
from reprieve.policy.bounds import Limits
from reprieve.policy.bundle import Bundle
from reprieve.policy.testing import FileCoverage, Ran, Test, Tested, Tester, TestFile, tests_of, together
from reprieve.scan.pool import spread

_decode = msgspec.msgpack.Decoder(Ran).decode


class Trial(msgspec.Struct, frozen=True):
    """A whole run."""

    tested: list[Tested]
    """By file, in the order of the file."""
    coverage: list[FileCoverage] | None
    """Of the files under test; None when it was not asked for."""
    faults: tuple[Fault, ...]
    """Files that could not be loaded."""

    def count(self, verdict: str) -> int:
        """How many tests came out so."""
        return sum(one.verdict == verdict for one in self.tested)


def trial(
    policies: Sequence[Path],
    data: Sequence[Path] = (),
    *,
    pattern: str | None = None,
    builtin: bool = True,
    coverage: bool = False,
    limits: Limits | None = None,
) -> Trial:
    """Runs the tests in files and folders.

    Args:
        policies: files and folders of Rego, with the data that lies in the folders.
        data: files and folders that become `data`.
        pattern: only tests whose package and name hold this regular expression.
        builtin: whether our checks are there to be imported. Our libraries always are.
        coverage: whether to note which lines were evaluated, of all files but those of tests.
        limits: of each test.

    Errors: `ReprieveError` for what is not there; `re.error` for a pattern that is none.
    """
    packs = bundles.PACKS if builtin else ()
    bundle = bundles.load(policies, data, packs=packs, tests=True, beside=True)
    ours = {str(path) for path in bundles.rego_files(policies, tests=True)}
    files = tests_of([module for module in bundle.modules if module.path in ours], pattern)
    subjects = [one for one in bundle.modules if one.path in ours and not one.path.endswith("_test.rego")]
    watched = frozenset(module.path for module in subjects) if coverage else None
    runs: list[Ran] = []
    with progress.task("Testing", len(files), "files") as advance:
        for index, ran in spread(files, _Crew(bundle, watched), limits or Limits()):
            runs.append(ran)
            advance(index >= 0)
    found: dict[Test, Tested] = {}
    for run in runs:
        for one in run.tested:
            found.setdefault(one.test, one)
    tested = [found[test] for file in files for test in file.tests]
    return Trial(tested, together(runs, subjects) if coverage else None, bundle.faults)


class _Crew:
    """Makes those who test. Each test is evaluated alone, so the one that had to be stopped is known."""

    alone = True

    def __init__(self, bundle: Bundle, watched: frozenset[str] | None) -> None:
        self._bundle = bundle
        self._watched = watched
        self._worker: _Worker | None = None
        self.about_to: Callable[[str], object] = lambda _rule: None

    def __getstate__(self) -> dict[str, Any]:
        """An engine stays in its process."""
        return {**self.__dict__, "_worker": None, "about_to": None}

    def prepare(self) -> _Worker:
        if self._worker is None:
            tester = Tester(self._bundle, watched=self._watched, about_to=self._tell)
            self._worker = _Worker(tester)
        return self._worker

    def decode(self, data: bytes) -> Ran:
        return _decode(data)

    def stopped(self, unit: TestFile, rule: str, why: str) -> Ran:
        return Ran([Tested(test, "error", why) for test in unit.tests if test.rule == rule])

    def failed(self, unit: TestFile, why: str) -> Ran:
        return Ran(
            [
                Tested(test, "skip" if test.todo else "error", f"the tests of this file were not run: {why}")
                for test in unit.tests
            ]
        )

    def _tell(self, rule: str) -> None:
        self.about_to(rule)


class _Worker:
    def __init__(self, tester: Tester) -> None:
        self._tester = tester

    def work(
        self,
        unit: TestFile,
        disabled: frozenset[str],
        *,
        alone: bool,  # noqa: ARG002 - it always does
        each: Callable[[], object],
    ) -> Ran:
        each()
        return self._tester.run(unit.tests, disabled)
