"""What one console is set up with: read once from the environment, where `reprieve serve` puts its options.

An environment and no file, so that a container, a unit of systemd and each worker process get the same.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from reprieve.errors import UsageError
from reprieve.register.writing.commits import Identity

PREFIX = "REPRIEVE_CONSOLE_"


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of a console, as strings in the environment: each is `REPRIEVE_CONSOLE_` and its name."""

    register: str
    """Folder or URL, as for `Register.open`."""
    ref: str | None = None
    charter_root: str | None = None
    home: Path
    """Where the console keeps what is its own: the SQLite index, its secret key."""
    url: str = "http://127.0.0.1:8421"
    """Where people reach it: the base of links, and the origin that forms may come from."""
    hosts: tuple[str, ...] = ()
    """Further names that it answers to."""
    name: str = "Reprieve Console"
    email: str = "reprieve-console@localhost"
    """The committer of what people do on its pages."""
    signing_key: str | None = None
    """An SSH key of its own to sign these commits with."""
    proxy_header: str | None = None
    """Header in which a trusted proxy says who is there (`X-Forwarded-Email`); nobody is trusted without."""
    proxy_name_header: str | None = None
    """Header in which it gives the person's name, if it does."""
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """Addresses, or networks such as `10.1.0.0/16`, that these headers are believed from."""
    oidc_url: str | None = None
    """The issuer, as it calls itself: `https://login.example.com/realms/acme`."""
    oidc_client: str | None = None
    oidc_secret: str | None = None
    oidc_domains: tuple[str, ...] = ()
    """Domains of the addresses that may sign in; any when empty."""
    token_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] = 90
    """How long a token for the API may live at most."""
    max_report_mb: Annotated[int, msgspec.Meta(ge=1)] = 512
    """The largest report that is taken in, in megabytes."""
    max_gate_mb: Annotated[int, msgspec.Meta(ge=1)] = 64
    """The largest report that is judged by the API: it is in memory meanwhile."""
    sync_seconds: float = 5.0
    """How often to look whether the register has moved."""
    now: dt.datetime | None = None
    """A simulated present; pages say so."""

    @property
    def identity(self) -> Identity:
        """Who commits."""
        return Identity(self.name, self.email)

    @property
    def for_team(self) -> bool:
        """Whether people sign in by an identity provider or a proxy."""
        return bool(self.oidc_url or self.proxy_header)

    def present(self) -> dt.datetime:
        """The moment to judge at: the simulated one, else now (aware, whole seconds)."""
        return self.now or dt.datetime.now(dt.UTC).replace(microsecond=0)

    def environment(self) -> dict[str, str]:
        """The variables that `from_environment` reads this from again."""
        found = {}
        for field in self.__struct_fields__:
            value = getattr(self, field)
            if value is None or value == ():
                continue
            text = ",".join(value) if isinstance(value, tuple) else value
            found[PREFIX + field.upper()] = text.isoformat() if isinstance(text, dt.datetime) else str(text)
        return found


def from_environment(environment: Mapping[str, str] = os.environ) -> Config:
    """The settings. Errors: `UsageError` naming the variable."""
    given: dict[str, object] = {}
    for field in msgspec.structs.fields(Config):
        text = environment.get(PREFIX + field.name.upper())
        if not text:
            continue
        several = field.name in {"hosts", "proxies", "oidc_domains"}
        given[field.name] = tuple(part.strip() for part in text.split(",")) if several else text
    given.setdefault("register", str(Path.cwd()))
    given.setdefault("home", home_of(str(given["register"])))
    try:
        settings = msgspec.convert(given, Config, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        name = re.search(r"\$\.(\w+)", str(error))
        where = PREFIX + name[1].upper() if name else None
        raise UsageError(f"the console's settings: {error}", where=where) from None
    _check(settings)
    return settings


def _check(settings: Config) -> None:
    """What the types do not say. Errors: `UsageError` naming the variable."""
    for network in settings.proxies:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            raise UsageError(
                f"neither an address nor a network: {network!r}",
                where=PREFIX + "PROXIES",
                hint="10.0.0.7,10.1.0.0/16",
            ) from None
    for name in ("proxy_header", "proxy_name_header"):
        header = getattr(settings, name)
        if header and not re.fullmatch(r"[A-Za-z0-9-]+", header):
            raise UsageError(f"not the name of a header: {header!r}", where=PREFIX + name.upper())
    oidc = {name: getattr(settings, name) for name in ("oidc_url", "oidc_client", "oidc_secret")}
    missing = [name for name, value in oidc.items() if not value]
    if 0 < len(missing) < len(oidc):
        raise UsageError("sign-in by OpenID Connect needs this as well", where=PREFIX + missing[0].upper())
    for name in ("url", "oidc_url") if settings.oidc_url else ("url",):
        address = urlsplit(getattr(settings, name))
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise UsageError("not an address of the web", where=PREFIX + name.upper(), hint="https://…")
        if name == "oidc_url" and address.scheme == "http" and not is_loopback(address.hostname):
            raise UsageError("an identity provider is only believed over https", where=PREFIX + "OIDC_URL")


def is_loopback(host: str) -> bool:
    """Whether a name or an address never leaves this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


@functools.cache
def config() -> Config:
    """The settings of this process."""
    return from_environment()


def home_of(register: str) -> Path:
    """Where the console of one register keeps its own, outside any checkout.

    `reprieve` in the user's state folder (XDG Base Directory Specification), by the register's address.
    """
    shared = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    root = Path(shared) if shared else Path.home() / ".local" / "state"
    address = os.path.realpath(register) if Path(register).is_dir() else register
    return root / "reprieve" / "console" / hashlib.sha256(address.encode()).hexdigest()[:20]


def _path(kind: type, value: object) -> object:
    if kind is Path:
        return Path(str(value))
    raise NotImplementedError(kind)
