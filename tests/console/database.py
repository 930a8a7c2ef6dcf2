"""A server of PostgreSQL of our own: made, used and thrown away by one session of tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from types import TracebackType


class Postgres:
    """In a folder of its own, on loopback, without durability. Runs as `postgres` where we are root.

    Its settings are the defaults, but for those that are given, such as `shared_buffers=1GB`.
    """

    def __init__(self, *settings: str) -> None:
        self._settings = settings
        self._folder = Path(tempfile.mkdtemp(prefix="reprieve-pg-", dir=_reachable()))
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
        port = _free_port()
        arguments = ["-D", str(data), "-p", str(port), "-k", str(self._folder), "-h", "127.0.0.1"]
        settings = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", *self._settings)
        quick = [part for setting in settings for part in ("-c", setting)]
        self._process = subprocess.Popen(
            self._as_user("postgres", *arguments, *quick),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        self._wait(port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")
            self._process.wait(20)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(self._as_user(program, *arguments), check=True, capture_output=True, cwd="/")

    def _as_user(self, program: str, *arguments: str) -> list[str]:
        found = _program(program)
        assert found is not None, program
        as_postgres = [] if os.getuid() else ["runuser", "-u", "postgres", "--"]
        return [*as_postgres, found, *arguments]

    def _wait(self, port: int) -> None:
        for _ in range(200):
            ready = subprocess.run(
                self._as_user("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)), check=False, cwd="/"
            )
            if ready.returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError("PostgreSQL did not start")


def _reachable() -> str | None:
    """A temporary folder that the user `postgres` can get to, where we are root; else the usual one."""
    if os.getuid():
        return None
    for folder in (tempfile.gettempdir(), "/dev/shm", "/tmp"):
        path = Path(folder).resolve()
        if path.is_dir() and all(above.stat().st_mode & 0o001 for above in (path, *path.parents)):
            return folder
    return None


def fresh_database(url: str) -> str | None:
    """An empty database beside the one at this URL; None for SQLite, which is a file of whoever starts it."""
    if url.startswith("sqlite"):
        return None
    import psycopg

    name = f"fresh_{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return url.rpartition("/")[0] + "/" + name


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
