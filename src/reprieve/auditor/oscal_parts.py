"""The small pieces that an OSCAL document is made of."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from reprieve.report.text import clean

NS = "urn:reprieve:oscal"
"""The namespace of the properties that OSCAL has no name for."""

Json = dict[str, Any]

_EMAIL = re.compile(r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def prop(name: str, value: str) -> Json:
    """A property of ours."""
    return {"name": name, "ns": NS, "value": line(value)}


def party(identity: str, name: str) -> Json:
    """A person, by e-mail address; any other name is that of a team."""
    is_person = _EMAIL.fullmatch(name) is not None
    kind = "person" if is_person else "organization"
    addresses = {"email-addresses": [name]} if is_person else {}
    return {"uuid": identity, "type": kind, "name": name, **addresses}


def link(address: str) -> Json:
    """A link to an address that `href` takes for one."""
    return {"href": href(address), "rel": "reference"}


def href(address: str | None) -> str | None:
    """An address that is one; what a person wrote instead is in words elsewhere."""
    text = clean(address or "")
    plain = text.isascii() and " " not in text and not set(text) & set('<>"{}|\\^`')
    return text if plain and text.startswith(("https://", "http://")) else None


def line(text: str) -> str:
    """One line without what is invisible: titles and values must not hold line breaks."""
    return clean(text)


def stamp(moment: dt.datetime) -> str:
    """An RFC 3339 date and time, UTC."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def end_of(day: dt.date) -> dt.datetime:
    """The first instant at which it no longer holds."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)


def only(fields: Json) -> Json:
    """Without what says nothing: OSCAL has no empty lists."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
