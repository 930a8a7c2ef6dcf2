"""The application that a server of WSGI serves (PEP 3333)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.core.wsgi import get_wsgi_application

from reprieve.console.config import config

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reprieve.console.settings")
_django = get_wsgi_application()
_SCHEME = urlsplit(config().url).scheme


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The console. People reach it by its configured address: what ends TLS need not say that it did."""
    environ["wsgi.url_scheme"] = _SCHEME
    return _django(environ, start_response)
