"""`reprieve serve` as a process, for browsers and for tests of what happens between processes."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType

from tests.support import Office

_LINK = re.compile(r"http://\S+/sign-in/\S+")


class Served:
    """A running console; `link` signs in the person it was started as."""

    def __init__(
        self, office: Office, state: Path, database_url: str | None = None, *options: str, person: str = ""
    ) -> None:
        self.office = office
        self._state = state
        self._database_url = database_url
        self._options = options
        self._person = person
        self._process: subprocess.Popen[str] | None = None
        self.url = ""
        self.link = ""

    def __enter__(self) -> Served:
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        register = self.office.desk("console@example.com").directory
        command = [
            sys.executable,
            "-m",
            "reprieve",
            "serve",
            "--register",
            str(register),
            "--port",
            str(port),
        ]
        command += ["--no-open", *(["--as", self._person] if self._person else []), *self._options]
        environment = {**os.environ, "XDG_STATE_HOME": str(self._state), "PYTHONUNBUFFERED": "1"}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        if self._database_url:
            environment["DATABASE_URL"] = self._database_url
        else:
            environment.pop("DATABASE_URL", None)
        self._process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.link = self._read_link()
        self._wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends it."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            if self._process.stdout:
                self._process.stdout.close()
            self._process = None

    def _read_link(self) -> str:
        assert self._process is not None and self._process.stdout is not None
        seen = []
        for line in self._process.stdout:
            seen.append(line)
            if found := _LINK.search(line):
                return found[0]
        raise AssertionError("no sign-in link:\n" + "".join(seen))

    def _wait(self) -> None:
        for _ in range(100):
            try:
                with urllib.request.urlopen(self.url + "/sign-in/", timeout=5) as answer:
                    assert answer.status == 200
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the console did not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
