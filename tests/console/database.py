"""A server of PostgreSQL of our own: made, used and thrown away by one session of tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from types import TracebackType

from tests.ports import Port
from tests.waiting import PATIENCE, until


class Postgres:
    """In a folder of its own, on loopback, without durability. Runs as `postgres` where we are root.

    Its settings are the defaults, but for those that are given, such as `shared_buffers=1GB`.
    """

    def __init__(self, *settings: str) -> None:
        self._settings = settings
        self._folder = Path(tempfile.mkdtemp(prefix="reprieve-pg-", dir=_reachable()))
        self._port = Port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = ""

    @staticmethod
    def missing() -> str:
        """Why there is none here; empty when there is."""
        if _program("initdb") is None:
            return "PostgreSQL's server is not installed (Debian: postgresql)"
        return "" if os.getuid() or _postgres_user() else "root needs a user `postgres` to run PostgreSQL as"

    def __enter__(self) -> Postgres:
        data = self._folder / "data"
        if not os.getuid():
            user = _postgres_user()
            assert user is not None
            os.chown(self._folder, user.pw_uid, user.pw_gid)
        self._run(
            "initdb",
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        port = self._port.number
        arguments = ["-D", str(data), "-p", str(port), "-k", str(self._folder), "-h", "127.0.0.1"]
        settings = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", *self._settings)
        quick = [part for setting in settings for part in ("-c", setting)]
        self._process = subprocess.Popen(
            self._as_user("postgres", *arguments, *quick),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        until(self._is_ready, "PostgreSQL")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")
            self._process.wait(PATIENCE)
        self._port.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(self._as_user(program, *arguments), check=True, capture_output=True, cwd="/")

    def _as_user(self, program: str, *arguments: str) -> list[str]:
        found = _program(program)
        assert found is not None, program
        as_postgres = [] if os.getuid() else ["runuser", "-u", "postgres", "--"]
        return [*as_postgres, found, *arguments]

    def _is_ready(self) -> bool:
        asked = self._as_user("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self._port.number))
        return subprocess.run(asked, check=False, cwd="/").returncode == 0


def _reachable() -> str | None:
    """A temporary folder that the user `postgres` can get to, where we are root; else the usual one."""
    if os.getuid():
        return None
    for folder in (tempfile.gettempdir(), "/dev/shm", "/tmp"):
        path = Path(folder).resolve()
        if path.is_dir() and all(above.stat().st_mode & 0o001 for above in (path, *path.parents)):
            return folder
    return None


class Prepared:
    """A database that has the console's tables, made on first use, and empty copies of it."""

    def __init__(self, url: str, folder: Path) -> None:
        self._is_sqlite = url.startswith("sqlite")
        self._root = f"sqlite:///{folder}" if self._is_sqlite else url.rpartition("/")[0]
        self._maintained = url
        self._folder = folder
        self._is_made = False

    def copy(self) -> str:
        """The URL of another copy."""
        if not self._is_made:
            self._make("prepared")
            self._is_made = True
        name = f"copy_{uuid.uuid4().hex}"
        if self._is_sqlite:
            shutil.copyfile(self._folder / "prepared", self._folder / name)
        else:
            self._execute(f"CREATE DATABASE {name} TEMPLATE prepared")
        return f"{self._root}/{name}"

    def _make(self, name: str) -> None:
        """As `reprieve serve` does it, in a process of its own: nobody may be connected to a template."""
        if not self._is_sqlite:
            self._execute(f"CREATE DATABASE {name}")
        told = {"DATABASE_URL": f"{self._root}/{name}", "REPRIEVE_CONSOLE_HOME": str(self._folder)}
        code = "from reprieve.console import config, serve; serve.prepare(config.from_environment())"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=self._folder, env={**os.environ, **told})
        assert not list(self._folder.glob(f"{name}-*")), "SQLite has left a journal"

    def _execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._maintained, autocommit=True) as connection:
            connection.execute(statement)


def _program(name: str) -> str | None:
    """On PATH, else where Debian keeps each version's."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    return shutil.which(
        name, path=os.pathsep.join([os.environ.get("PATH", ""), *map(str, reversed(versions))])
    )


def _postgres_user() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return None
