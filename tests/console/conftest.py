"""A console over a real register: Django in this process for most tests, a server of its own for browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.console import browsing
from tests.console.browsing import Visit
from tests.console.database import Postgres, Prepared
from tests.console.desk import Console
from tests.console.serving import Served
from tests.support import Office


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what gets its address: whatever asks for no database would do the same once more."""
    if config.getoption("--database") == "sqlite":
        return
    same = [item for item in items if "database_url" not in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=same)
    items[:] = [item for item in items if item not in same]


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """SQLite; with `--database postgresql` a server of PostgreSQL that only this session uses."""
    if request.config.getoption("--database") == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('index') / 'index.sqlite3'}"
        return
    if reason := Postgres.missing():
        pytest.skip(reason)
    with Postgres() as server:
        yield server.url


@pytest.fixture(scope="session")
def django(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Django set up once in this process, with the console's tables, empty."""
    settings = {
        # Playwright keeps a loop in the thread of the tests: Django takes it for a view that must not wait.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "reprieve.console.settings",
        "REPRIEVE_CONSOLE_HOME": str(tmp_path_factory.mktemp("console")),
        "REPRIEVE_CONSOLE_URL": "http://testserver",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        import django as package
        from django.core.management import call_command
        from django.db import connections

        package.setup()
        call_command("migrate", verbosity=0, interactive=False)
        yield
        connections.close_all()


@pytest.fixture
def console(django: None, office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:
    """A console over the office's register; its tables are emptied afterwards."""
    from django.core.management import call_command

    from reprieve.console.config import config

    monkeypatch.setenv("REPRIEVE_CONSOLE_REGISTER", str(office.desk("console@example.com").directory))
    monkeypatch.setenv("REPRIEVE_CONSOLE_EMAIL", "console@example.com")
    config.cache_clear()
    yield Console(office, monkeypatch)
    config.cache_clear()
    call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="session")
def prepared(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Databases for consoles in processes of their own."""
    return Prepared(database_url, tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def served(office: Office, prepared: Prepared, tmp_path: Path) -> Iterator[Served]:
    """`reprieve serve` as a process of its own, over the office's register."""
    with Served(office, tmp_path / "state", prepared.copy()) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    if reason := browsing.missing():
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = browsing.launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens windows of people who are signed in; each sees none of the others' cookies."""
    with Visit(browser) as visit:
        yield visit
