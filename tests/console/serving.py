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

from tests.support import PEOPLE, Office

_OURS = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "REPRIEVE_CONSOLE_HOME", "REPRIEVE_CONSOLE_URL"}
_MAKE_LINK = """
import sys
from reprieve.console.config import config
from reprieve.console.serve import link_for, prepare
from reprieve.register.writing.commits import Identity
prepare(config())
print(link_for(Identity(sys.argv[1].split("@")[0].capitalize(), sys.argv[1])))
"""
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
        port = free_port()
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
        self._process = subprocess.Popen(
            command, env=self._environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.link = self._read_link()
        self._wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def link_for(self, person: str) -> str:
        """A sign-in link for somebody else, as an administrator of the machine makes one."""
        done = subprocess.run(
            [sys.executable, "-c", _MAKE_LINK, PEOPLE.get(person, person)],
            env=self._environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends it."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            if self._process.stdout:
                self._process.stdout.close()
            self._process = None

    def _environment(self) -> dict[str, str]:
        """Of the server, and of whatever else works on the same index; nothing of the tests' own Django."""
        kept = {name: text for name, text in os.environ.items() if name not in _OURS}
        register = str(self.office.desk("console@example.com").directory)
        kept |= {
            "XDG_STATE_HOME": str(self._state),
            "PYTHONUNBUFFERED": "1",
            "REPRIEVE_CONSOLE_URL": self.url,
        }
        kept |= {"REPRIEVE_CONSOLE_REGISTER": register, "REPRIEVE_CONSOLE_SYNC_SECONDS": "0.5"}
        return kept | ({"DATABASE_URL": self._database_url} if self._database_url else {})

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


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
