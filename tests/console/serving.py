"""`reprieve serve` as a process, for browsers and for tests of what happens between processes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from tests.ports import Port
from tests.support import PEOPLE, Office
from tests.waiting import PATIENCE, until

_OURS = ("DATABASE_URL", "DJANGO_", "REPRIEVE_CONSOLE_HOME", "REPRIEVE_CONSOLE_URL")
_MAKE_LINK = """
import sys
from reprieve.console.config import config
from reprieve.console.serve import link_for, prepare
from reprieve.register.writing.commits import Identity
prepare(config())
print(link_for(Identity(sys.argv[1].split("@")[0].capitalize(), sys.argv[1])))
"""
_TAKE_IN = """
import sys
from reprieve.console.config import config
from reprieve.console.serve import prepare, take_in
prepare(config())
take_in(sys.argv[1], sys.stdin.buffer.read(), by="ci@example.com")
"""
_LINK = re.compile(r"http://\S+/sign-in/\S+")


def untouched() -> dict[str, str]:
    """The environment without what the tests' own Django has put into it."""
    return {name: text for name, text in os.environ.items() if not name.startswith(_OURS)}


class Served:
    """A running console; `link` signs in the person it was started as."""

    def __init__(
        self,
        office: Office,
        state: Path,
        database_url: str | None = None,
        *options: str,
        person: str = "",
        linked: bool = True,
    ) -> None:
        self.office = office
        self._state = state
        self._database_url = database_url
        self._options = options
        self._person = person
        self._linked = linked
        self._process: subprocess.Popen[str] | None = None
        self._port = Port()
        self.url = f"http://127.0.0.1:{self._port.number}"
        self.link = ""
        self.said = ""
        """What it printed: until it served, and all of it once it has ended."""

    def __enter__(self) -> Served:
        register = self.office.desk("console@example.com").directory
        command = [
            sys.executable,
            "-m",
            "reprieve",
            "serve",
            "--register",
            str(register),
            "--port",
            str(self._port.number),
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
        return self.inside(_MAKE_LINK, PEOPLE.get(person, person)).strip()

    def take_in(self, report: str, name: str = "trivy.json") -> None:
        """Takes a report into the index, as an upload does."""
        self.inside(_TAKE_IN, name, stdin=report)

    def inside(self, code: str, *arguments: str, stdin: str = "") -> str:
        """Runs a piece of Python on the same index; what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            input=stdin,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int | None:
        """Ends it; gives its exit code, None when it had ended before."""
        self._port.close()
        if self._process is None:
            return None
        self._process.send_signal(how)
        self.said += self._process.communicate(timeout=PATIENCE)[0]
        code, self._process = self._process.returncode, None
        return code

    def _environment(self) -> dict[str, str]:
        """Of the server, and of whatever else works on the same index; nothing of the tests' own Django."""
        kept = untouched()
        register = str(self.office.desk("console@example.com").directory)
        kept |= {
            "XDG_STATE_HOME": str(self._state),
            "PYTHONUNBUFFERED": "1",
            "REPRIEVE_CONSOLE_URL": self.url,
        }
        kept |= {"REPRIEVE_CONSOLE_REGISTER": register, "REPRIEVE_CONSOLE_SYNC_SECONDS": "0.5"}
        return kept | ({"DATABASE_URL": self._database_url} if self._database_url else {})

    def _read_link(self) -> str:
        """Reads until it serves; the link that it has printed, if any."""
        assert self._process is not None and self._process.stdout is not None
        link = ""
        for line in self._process.stdout:
            self.said += line
            if found := _LINK.search(line):
                link = found[0]
            if line.startswith("Ctrl-C"):
                assert bool(link) is self._linked, self.said
                return link
        raise AssertionError("it did not serve:\n" + self.said)

    def _wait(self) -> None:
        until(lambda: answers(self.url + "/healthz"), "an answer of the console")


def answers(url: str) -> bool:
    """Whether somebody answers there."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def demo(folder: Path, *options: str) -> Iterator[str]:
    """`reprieve demo --serve` in a folder; gives the link that signs in, once it answers."""
    with Port() as port:
        command = [sys.executable, "-m", "reprieve", "demo", "--directory", "demo", "--serve", "--no-open"]
        command += ["--port", str(port), *options]
        environment = untouched() | {"PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                assert process.stdout is not None
                link = next(found[0] for line in process.stdout if (found := _LINK.search(line)))
                until(lambda: answers(f"http://127.0.0.1:{port}/healthz"), "an answer of the demo's console")
                yield link
            finally:
                process.terminate()
