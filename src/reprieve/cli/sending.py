"""Sending a report to a console: streamed, packed, tried again while it is busy; the token is never shown.

The standard library's client, which knows the proxies of the environment; redirects are refused, as they
would take the token elsewhere.
"""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn
from urllib.parse import urlencode, urlsplit

import click
import msgspec

from reprieve import progress
from reprieve.errors import ReprieveError, UsageError
from reprieve.progress import Advance
from reprieve.version import __version__

_BUSY = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT})
_TRIES = 8
_LONGEST_PAUSE = 60.0
_TIMEOUT = 900.0
"""Seconds without an answer: a million findings take a minute."""
_PACKED_ABOVE = 1 << 16
_PORTION = 1 << 20
_LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})


class ConsoleError(ReprieveError):
    """A console that cannot be reached, or that does not take what it is sent."""


class Console(NamedTuple):
    """Where to send to, and as whom."""

    url: str
    token: str


class Pushed(msgspec.Struct):
    """What the console says of a report that it took (the API's `Scan`)."""

    target: str
    tool: str
    findings: int
    new: int
    gone: int
    counts: dict[str, dict[str, int]]
    known: bool


class _Problem(msgspec.Struct):
    detail: str = ""
    hint: str | None = None


def console_of(url: str | None, token: str | None) -> Console:
    """The console that options or environment name. Errors: `UsageError`, which never quotes the token."""
    if not url:
        raise UsageError("which console?", hint="--console URL, or REPRIEVE_CONSOLE in the environment")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise UsageError("--console: expected an address such as https://reprieve.example.com")
    if not token:
        raise UsageError(
            "a token is needed", hint="make one on the console's page Settings; then set REPRIEVE_TOKEN"
        )
    token = token.strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("the token holds characters that no token holds: was it copied whole?")
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        click.echo("warning: the token goes to the console unencrypted (http)", err=True)
    return Console(f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/"), token)


def send(console: Console, path: str, parameters: Mapping[str, str | None]) -> Pushed:
    """Sends one report.

    Args:
        console: where to.
        path: the file.
        parameters: of the API's upload; those without a value are left out.

    Errors: `ConsoleError` with what the console says is wrong.
    """
    query = urlencode({name: value for name, value in parameters.items() if value})
    with _body(path) as (body, headers):
        for attempt in range(1, _TRIES + 1):
            try:
                return _post(console, f"/api/v1/scans?{query}", path, body, headers)
            except _BusyError as error:
                if attempt == _TRIES:
                    raise ConsoleError(f"the console is busy: {error}", hint="push it again later") from None
                pause = min(error.pause or 2.0**attempt, _LONGEST_PAUSE)
                with progress.task(f"The console is busy; trying again in {pause:.0f} s"):
                    time.sleep(pause)
    raise AssertionError  # the last attempt returns or raises


class _BusyError(Exception):
    """Not now."""

    def __init__(self, message: str, pause: float = 0) -> None:
        super().__init__(message)
        self.pause = pause


@contextmanager
def _body(path: str) -> Iterator[tuple[IO[bytes], dict[str, str]]]:
    """The report as it is sent, and what is to be said of it; large ones are packed into a temporary file."""
    try:
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size <= _PACKED_ABOVE:
                yield file, {"Content-Length": str(size)}
                return
            with tempfile.TemporaryFile(prefix="reprieve-push-") as packed:
                with (
                    progress.task(f"Packing {Path(path).name}", size, "bytes") as advance,
                    gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1, mtime=0) as out,
                ):
                    shutil.copyfileobj(_Counted(file, advance), out, _PORTION)
                yield packed, {"Content-Length": str(packed.tell()), "Content-Encoding": "gzip"}
    except OSError as error:
        raise ConsoleError(f"cannot read the report: {error.strerror or error}", where=path) from None


class _Counted:
    """A file that tells how much of it has been read."""

    def __init__(self, file: IO[bytes], advance: Advance) -> None:
        self._file = file
        self._advance = advance

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        portion = self._file.read(size)
        self._advance(len(portion))
        return portion


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def _post(console: Console, address: str, path: str, body: IO[bytes], headers: Mapping[str, str]) -> Pushed:
    body.seek(0)
    size = int(headers["Content-Length"])
    name = Path(path).name
    with progress.task(f"Sending {name}", size, "bytes") as advance, ExitStack() as waiting:
        left = size

        def sent(units: int) -> None:
            nonlocal left
            advance(units)
            left -= units
            if units and left <= 0:
                waiting.enter_context(progress.task(f"The console takes in {name}"))

        request = urllib.request.Request(  # noqa: S310  (http or https: `console_of`)
            console.url + address,
            data=_Counted(body, sent),
            headers={
                **headers,
                "Authorization": f"Bearer {console.token}",
                "Content-Type": "application/octet-stream",
                "Accept": "application/json",
                "User-Agent": f"reprieve/{__version__}",
            },
            method="POST",
        )
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=_TIMEOUT) as answer:
                told = answer.read()
        except urllib.error.HTTPError as error:
            with error:
                _refused(console, path, error)
        except (OSError, http.client.HTTPException) as error:
            _unreached(console, error)
    try:
        return msgspec.json.decode(told, type=Pushed)
    except msgspec.DecodeError:
        raise ConsoleError(
            "what answers there is no console of this version", where=console.url, hint="see --console"
        ) from None


def _refused(console: Console, path: str, error: urllib.error.HTTPError) -> NoReturn:
    problem = _problem(error)
    if error.code in _BUSY:
        pause = error.headers.get("Retry-After", "")
        raise _BusyError(problem.detail or str(error.code), float(pause) if pause.isdecimal() else 0)
    if error.code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        hint = "make a token with the scope `upload` on the console's page Settings; they end some day"
        known = error.code == HTTPStatus.FORBIDDEN
        what = problem.detail if known and problem.detail else "the console does not know this token"
        raise ConsoleError(what, where=console.url, hint=hint)
    if 300 <= error.code < 400:
        raise ConsoleError(
            "the console sends us elsewhere, and the token does not go along",
            where=console.url,
            hint="give its own address with --console",
        )
    detail = problem.detail or f"the console answers {error.code} {error.reason}"
    hint_of = None if problem.detail else "is this the address of a console?"
    raise ConsoleError(detail, where=path, hint=problem.hint or hint_of)


def _problem(error: urllib.error.HTTPError) -> _Problem:
    try:
        return msgspec.json.decode(error.read(_PORTION), type=_Problem)
    except (msgspec.DecodeError, OSError, http.client.HTTPException):
        return _Problem()


def _unreached(console: Console, error: Exception) -> NoReturn:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ConnectionResetError | BrokenPipeError | http.client.RemoteDisconnected):
        raise _BusyError("it closed the connection")
    told = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
    raise ConsoleError(f"the console cannot be reached: {told}", where=console.url)
