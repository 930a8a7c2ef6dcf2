"""Accounts: one for each e-mail address, however it was proved; without passwords, all of them."""

from __future__ import annotations

import re

from django.contrib.auth.models import User

from reprieve.errors import UsageError
from reprieve.register.writing.commits import Identity

_LONGEST = 150
"""Characters of an account's name in Django: longer addresses would not be told apart."""
_ADDRESS = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f-\x9f]+@[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f-\x9f]+")
_NO_NAME = re.compile(r"[<>\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What would end or disguise a name in a commit: angle brackets, control and bidirectional characters."""


def person(name: str, email: str) -> Identity:
    """A person as the author of commits. Errors: `UsageError` for what is not one plain e-mail address."""
    address = email.strip().lower()
    if not _ADDRESS.fullmatch(address) or len(address) > _LONGEST:
        raise UsageError(f"not an e-mail address: {email[:200]!r}")
    shown = " ".join(_NO_NAME.sub(" ", name).split())[:_LONGEST]
    return Identity(shown or address.partition("@")[0], address)


def user_for(who: Identity) -> User:
    """The account of an address, made on first sight; it has no password and never gets one.

    An empty name leaves the one that is known. Errors: `UsageError` for what is not one plain e-mail address.
    """
    named = person(who.name, who.email)
    user, made = User.objects.get_or_create(username=named.email, defaults={"email": named.email})
    if made:
        user.set_unusable_password()
    if made or (who.name.strip() and user.first_name != named.name):
        user.first_name = named.name
        user.save()
    return user
