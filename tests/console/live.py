"""The console's application behind a socket, in this process: for clients that are not browsers."""

from __future__ import annotations

import threading
from socketserver import ThreadingMixIn
from types import TracebackType
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from tests.support import PEOPLE


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = False


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Live:
    """A served console; each request in a thread of its own."""

    def __init__(self) -> None:
        from reprieve.console.wsgi import application

        def closing(environ: dict[str, object], start: object) -> object:
            from django.db import connections

            environ["HTTP_HOST"] = "testserver"
            try:
                return list(application(environ, start))  # type: ignore[arg-type]
            finally:
                connections.close_all()

        self._server = make_server("127.0.0.1", 0, closing, _Server, _Quiet)  # type: ignore[arg-type]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Live:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def token_of(person: str = "security-team", *scopes: str) -> str:
    """The secret of a new token."""
    from reprieve.console.people import tokens
    from reprieve.console.people.accounts import user_for
    from reprieve.register.writing.commits import Identity

    user = user_for(Identity("Sam", PEOPLE.get(person, person)))
    return tokens.make(user, "ci", scopes or ("upload",), 7)[1]  # type: ignore[arg-type]
