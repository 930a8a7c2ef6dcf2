"""`reprieve serve`: the console."""

from __future__ import annotations

import errno
import importlib.util
import os
import re
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from reprieve.cli.options import Reading, moment, read_options
from reprieve.errors import UsageError
from reprieve.register.writing.commits import Identity

if TYPE_CHECKING:
    from reprieve.console.config import Config


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    envvar="REPRIEVE_CONSOLE_HOST",
    help="Address to listen on.",
)
@click.option(
    "--port",
    default=8421,
    show_default=True,
    type=click.IntRange(1, 65535),
    envvar="REPRIEVE_CONSOLE_PORT",
)
@click.option("--url", metavar="URL", help="Where people reach it; default: that address.")
@click.option("--as", "person", metavar="'NAME <EMAIL>'", help="Who the sign-in link is for; default: you.")
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    envvar="REPRIEVE_CONSOLE_WORKERS",
    help="Processes that serve.",
)
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option("--rebuild", is_flag=True, help="Work out the index anew first; uploaded scans are kept.")
@click.option("--insecure-plain-http", is_flag=True, help="Let sessions cross a network unencrypted.")
@read_options
def serve_command(
    host: str,
    port: int,
    url: str | None,
    person: str | None,
    workers: int,
    no_open: bool,
    rebuild: bool,
    insecure_plain_http: bool,
    reading: Reading,
) -> None:
    """Serve the console: pages and an API over the register, its findings and the gate.

    \b
    reprieve serve
    reprieve serve --register https://git.example.com/security.git --port 9000
    reprieve serve --as "Lena <lena@example.com>"
    reprieve serve --host 0.0.0.0 --url https://reprieve.example.com

    It prints a link that signs one person in, once. Every decision on its pages is a commit, like those of
    the command line. Its index is SQLite in your state folder; set DATABASE_URL for PostgreSQL. For a team,
    people sign in by OpenID Connect or a proxy: docs/console.md, with all that REPRIEVE_CONSOLE_… sets.
    """
    _refuse_uninstalled()
    from reprieve.console import serve
    from reprieve.console.config import from_environment

    settings = from_environment(_environment(url, host, port, reading))
    _refuse_plain(settings.url, host, allowed=insecure_plain_http)
    _refuse_taken(host, port)
    visitor = None if settings.for_team and person is None else person_of(person, settings.register)
    serve.prepare(settings)
    open_console(settings, visitor, host, port, workers=workers, no_open=no_open, rebuild=rebuild)


def open_console(
    settings: Config,
    visitor: Identity | None,
    host: str,
    port: int,
    *,
    workers: int = 1,
    no_open: bool = False,
    rebuild: bool = False,
) -> None:
    """Serves a console that is prepared, with a sign-in link for the visitor if any, until interrupted.

    Errors: `UsageError` when its register cannot be read, or nothing can listen there.
    """
    from reprieve.console import serve

    _refuse_taken(host, port)
    if failure := serve.first_sync(anew=rebuild):
        raise UsageError(f"the register cannot be served: {failure}")
    link = serve.link_for(visitor) if visitor else None

    def ready() -> None:
        click.echo(f"Reprieve's console for {settings.register} is at {settings.url}\n")
        if link:
            click.echo(f"  sign in as {visitor}:\n  {link}\n")
        click.echo("Ctrl-C ends it.")
        if link and not no_open:
            click.launch(link)

    serve.run(host, port, workers=workers, ready=ready)


def _refuse_uninstalled() -> None:
    """Errors: `UsageError` that says which extra brings what is missing."""
    if importlib.util.find_spec("django") is None:
        raise UsageError("the console is not installed", hint="pip install 'reprieve[console]'")
    if importlib.util.find_spec("gunicorn") is None:
        raise UsageError(
            "the console's server does not run on this system",
            hint="run it where there is gunicorn: Linux, macOS, WSL, a container",
        )
    database = os.environ.get("DATABASE_URL", "")
    if database.startswith("postgres") and importlib.util.find_spec("psycopg") is None:
        raise UsageError(
            "DATABASE_URL names PostgreSQL, and its driver is not installed",
            hint="pip install 'reprieve[console,postgres]'",
        )


def _refuse_plain(url: str, host: str, *, allowed: bool) -> None:
    """Errors: `UsageError` where sessions would cross a network that others can read."""
    from reprieve.console.config import is_loopback

    address = urlsplit(url)
    if address.scheme == "https" or (is_loopback(host) and is_loopback(address.hostname or "")):
        return
    if allowed:
        click.secho(
            f"warning: {url} is not encrypted: whoever can read the network can act as anybody who signs in",
            fg="yellow",
            err=True,
        )
        return
    raise UsageError(
        f"listening on {host} for {url}: whoever can read the network could act as anybody who signs in",
        hint="--url https://… with a proxy in front that ends TLS, or --host 127.0.0.1;"
        " --insecure-plain-http to do it all the same",
    )


def _refuse_taken(host: str, port: int) -> None:
    """Errors: `UsageError` where nothing can listen."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[4])
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = f"port {port} is taken" if taken else f"cannot listen on {host}:{port}: {error.strerror}"
        raise UsageError(why, where=host, hint=f"--port {port + 1}" if taken else None) from None


def _environment(url: str | None, host: str, port: int, reading: Reading) -> dict[str, str]:
    """What the options say over what the environment says."""
    from reprieve.console.config import PREFIX

    known = os.environ.get(PREFIX + "URL")
    address = url or known or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    now, _, simulated = moment(reading.now, None)
    given = {
        "REGISTER": reading.where,
        "REF": reading.ref,
        "CHARTER_ROOT": reading.charter_root,
        "URL": address,
        "NOW": now.isoformat() if simulated else None,
    }
    return {**os.environ, **{PREFIX + name: value for name, value in given.items() if value}}


def person_of(text: str | None, register: str) -> Identity:
    """`Name <email>`; whom git knows in the register when there is no text. Errors: `UsageError`."""
    from reprieve.register.writing.clerk import Clerk

    if text is None:
        clerk = Clerk(register, fetch=False)
        return clerk.identity(clerk.register())
    match = re.fullmatch(r"\s*([^<>]+?)\s*<([^<>@\s]+@[^<>@\s]+)>\s*", text)
    if match is None:
        raise UsageError(f"--as: not a person: {text!r}", hint="--as 'Your Name <you@example.com>'")
    return Identity(match[1], match[2])
