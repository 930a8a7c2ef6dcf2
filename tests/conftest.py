"""Every test runs in a hermetic world: its own HOME, its own git configuration, nothing of the user's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.kept import Kept, KeptOffice
from tests.support import Office

# Property tests take as long as the machine is slow: neither an example nor their making has a deadline.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def hermetic(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """HOME and the cache are new; git sees no configuration but what a test writes; CI is not set."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / "gitconfig"))
    monkeypatch.setenv("REPRIEVE_CACHE_DIR", str(home / "cache"))
    # A test's repository need not survive a crash of the machine.
    (home / "gitconfig").write_text("[core]\n\tfsync = none\n")
    yield
    assert not (home / ".gitconfig").exists(), "something wrote to the user's git configuration"


@pytest.fixture(scope="session")
def first_steps(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """What came of the first steps of the offices of this session."""
    return Kept(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def office(tmp_path: Path, first_steps: Kept) -> Office:
    """A bare remote with a register, and the desks of the people who work on it."""
    return KeptOffice(tmp_path, first_steps)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which database the tests of the console use."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    """Where everything must run, a skipped test is a failure: say which."""
    skipped = terminalreporter.stats.get("skipped", [])
    if os.environ.get("REPRIEVE_DEMAND_ALL") and skipped:
        terminalreporter.write_line(f"REPRIEVE_DEMAND_ALL is set, and {len(skipped)} tests were skipped:")
        for report in skipped:
            terminalreporter.write_line(f"  {report.nodeid}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """The exit code for that."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("REPRIEVE_DEMAND_ALL") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
