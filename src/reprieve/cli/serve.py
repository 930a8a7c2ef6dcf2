"""`reprieve serve`: the console."""

from __future__ import annotations

import importlib.util
import os
import re
from typing import TYPE_CHECKING

import click

from reprieve.cli.options import Reading, moment, read_options
from reprieve.errors import UsageError
from reprieve.register.writing.commits import Identity

if TYPE_CHECKING:
    from reprieve.console.config import Config


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8421, show_default=True, type=click.IntRange(1, 65535))
@click.option("--url", metavar="URL", help="Where people reach it; default: that address.")
@click.option("--as", "person", metavar="'NAME <EMAIL>'", help="Who the sign-in link is for; default: you.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option("--rebuild", is_flag=True, help="Work out the index anew first; uploaded scans are kept.")
@read_options
def serve_command(
    host: str,
    port: int,
    url: str | None,
    person: str | None,
    workers: int,
    no_open: bool,
    rebuild: bool,
    reading: Reading,
) -> None:
    """Serve the console: pages and an API over the register, its findings and the gate.

    \b
    reprieve serve
    reprieve serve --register https://git.example.com/security.git --port 9000
    reprieve serve --as "Lena <lena@example.com>"

    It prints a link that signs one person in, once. Every decision on its pages is a commit, like those of
    the command line. Its index is SQLite in your state folder; set DATABASE_URL for PostgreSQL.
    """
    if importlib.util.find_spec("django") is None:
        raise UsageError("the console is not installed", hint="pip install 'reprieve[console]'")
    from reprieve.console import serve
    from reprieve.console.config import from_environment

    address = url or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    settings = from_environment(_environment(address, reading))
    visitor = person_of(person, settings.register)
    serve.prepare(settings)
    open_console(settings, visitor, host, port, workers=workers, no_open=no_open, rebuild=rebuild)


def open_console(
    settings: Config,
    visitor: Identity,
    host: str,
    port: int,
    *,
    workers: int = 1,
    no_open: bool = False,
    rebuild: bool = False,
) -> None:
    """Serves a console that is prepared, with a sign-in link for the visitor, until interrupted.

    Errors: `UsageError` when its register cannot be read.
    """
    from reprieve.console import serve

    if failure := serve.first_sync(anew=rebuild):
        raise UsageError(f"the register cannot be served: {failure}")
    link = serve.link_for(visitor)

    def ready() -> None:
        click.echo(f"Reprieve's console for {settings.register} is at {settings.url}\n")
        click.echo(f"  sign in as {visitor}:\n  {link}\n\nCtrl-C ends it.")
        if not no_open:
            click.launch(link)

    serve.run(host, port, workers=workers, ready=ready)


def _environment(address: str, reading: Reading) -> dict[str, str]:
    from reprieve.console.config import PREFIX

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
