"""Serving: the database brought up to date, the index to the register, a link printed, workers started."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from typing import Any

from reprieve import progress
from reprieve.console.config import Config, config
from reprieve.errors import UsageError
from reprieve.register.writing.commits import Identity


def prepare(settings: Config) -> None:
    """Sets Django up for these settings and migrates its database.

    Errors: `UsageError` for a database that is not there, and a folder that cannot be written to.
    """
    os.environ.update(settings.environment())
    os.environ["DJANGO_SETTINGS_MODULE"] = "reprieve.console.settings"
    config.cache_clear()
    import dj_database_url
    import django
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("clearsessions", verbosity=0)
    except (dj_database_url.UnknownSchemeError, dj_database_url.ParseError):
        hint = "postgresql://user@host/name; without it the index is SQLite"
        raise UsageError("not the address of a database", where="DATABASE_URL", hint=hint) from None
    except DatabaseError as error:
        told = str(error).strip().splitlines()
        raise UsageError(f"the database cannot be used: {told[0] if told else error!r}") from None
    except OSError as error:
        raise UsageError(
            f"cannot write to it: {error.strerror}",
            where=str(settings.home),
            hint="REPRIEVE_CONSOLE_HOME names another folder",
        ) from None


def first_sync(*, anew: bool = False) -> str:
    """Brings the index to the register. Gives why it could not; empty when it could.

    Args:
        anew: whether all that came from the register is forgotten first; uploaded findings are judged again.
    """
    from reprieve.console.history import record
    from reprieve.console.index.sync import rebuild, sync

    with progress.task("Bringing the index to the register"):
        if not anew:
            return sync().failure
        record.forget()
        return rebuild().failure


def take_in(name: str, report: bytes, *, by: str) -> None:
    """Takes a report into the index, as an upload does. Errors: `ReprieveError` for one that is no report."""
    import io

    from reprieve.console.config import config
    from reprieve.console.index.intake import Upload, take

    take(io.BytesIO(report), Upload(source=name, by=by), config().present())


def remember(day: dt.date, counts: Mapping[str, tuple[int, int]]) -> None:
    """Writes down raw and net findings of a day that has gone by; by cluster, empty for all of them."""
    from reprieve.console.history.posture import Counts, keep

    keep(day, {cluster: Counts(*own) for cluster, own in counts.items()})


def link_for(person: Identity) -> str:
    """A sign-in link, good once."""
    from reprieve.console.people.links import make_link

    return make_link(person)


def run(host: str, port: int, *, workers: int, ready: Callable[[], None]) -> None:
    """Serves until interrupted. `ready` is called once the port is open."""
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    from reprieve.console.index.follow import Follower
    from reprieve.console.wsgi import application

    connections.close_all()  # none is shared with the workers

    class Console(BaseApplication):  # type: ignore[misc]
        """gunicorn with its settings given by us, and no file of its own."""

        def load_config(self) -> None:
            for key, value in options(host, port, workers).items():
                self.cfg.set(key, value)
            self.cfg.set("when_ready", lambda _server: ready())
            self.cfg.set("post_worker_init", lambda _worker: Follower().start())

        def load(self) -> Any:
            return application

    Console().run()


def options(host: str, port: int, workers: int) -> dict[str, Any]:
    """gunicorn's settings."""
    bracketed = f"[{host}]" if ":" in host else host
    return {
        "bind": f"{bracketed}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": 4,
        "timeout": 300,
        "graceful_timeout": 15,
        "accesslog": None,
        "loglevel": "warning",
        "proc_name": "reprieve",
        "preload_app": False,
        "header_map": "drop",  # `X_Forwarded_Email` would pass for the proxy's own header
        "forwarder_headers": "",
        "control_socket_disable": True,
    }
