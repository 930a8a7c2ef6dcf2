"""People whom a proxy in front of the console has signed in: it says who, in a header.

Off unless `proxy_header` names the header, and believed only when the connection itself comes from one of
`proxies`: what any other client sends in that header changes nothing. The proxy must remove the header from
what browsers send. Nothing is kept in a session: each request is as the header says.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from reprieve.console.config import config
from reprieve.console.people.accounts import user_for
from reprieve.errors import UsageError
from reprieve.register.writing.commits import Identity

_LOG = logging.getLogger("reprieve.console")


class ProxyMiddleware:
    """Sets `request.user` to the person whom a trusted proxy names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """As Django's middleware protocol asks."""
        address = _named(request)
        if address is not None:
            try:
                request.user = user_for(Identity(_header(request, config().proxy_name_header), address))
            except UsageError:
                _LOG.warning("the proxy named nobody we could know: %r", address[:200])
                return HttpResponse("the proxy's header names no e-mail address\n", status=400)
            if not request.user.is_active:
                return HttpResponse("this account has been closed\n", status=403)
        return self._get_response(request)


def _named(request: HttpRequest) -> str | None:
    """What the header says; None where nobody is named, or by somebody whom we do not trust."""
    header = config().proxy_header
    told = _header(request, header)
    if not told:
        return None
    if not is_trusted(request.META.get("REMOTE_ADDR", "")):
        _LOG.warning("%s came from %s, which is no trusted proxy", header, request.META.get("REMOTE_ADDR"))
        return None
    return told


def _header(request: HttpRequest, name: str | None) -> str:
    if not name:
        return ""
    return str(request.META.get("HTTP_" + name.upper().replace("-", "_"), "")).strip()


def is_trusted(address: str) -> bool:
    """Whether the connection comes from one of the addresses or networks in `proxies`."""
    try:
        peer = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(peer, ipaddress.IPv6Address) and peer.ipv4_mapped:
        peer = peer.ipv4_mapped
    return any(peer in ipaddress.ip_network(network, strict=False) for network in config().proxies)
