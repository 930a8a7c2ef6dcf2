"""Sign-in links: made by whoever may read the console's standard output, good for one use and ten minutes."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from reprieve.console.config import config
from reprieve.console.people.models import SignInLink
from reprieve.register.writing.commits import Identity

LIFE = dt.timedelta(minutes=10)


def user_for(person: Identity) -> User:
    """The account of an address, made on first sight; it has no password and never gets one."""
    address = person.email.lower()
    user, made = User.objects.get_or_create(username=address[:150], defaults={"email": address})
    if made:
        user.set_unusable_password()
    if made or user.first_name != person.name[:150]:
        user.first_name, user.email = person.name[:150], address
        user.save()
    return user


def make_link(person: Identity) -> str:
    """The address at which this person signs in, once."""
    secret = secrets.token_urlsafe(32)
    SignInLink.objects.create(digest=digest_of(secret), user=user_for(person), expires=timezone.now() + LIFE)
    return f"{config().url.rstrip('/')}/sign-in/{secret}"


def redeem(secret: str) -> User | None:
    """Whose link it is, and never again; None when it is used, too old or not ours."""
    with transaction.atomic():
        now = timezone.now()
        found = SignInLink.objects.filter(digest=digest_of(secret), used_at=None, expires__gt=now)
        if found.update(used_at=now) != 1:
            return None
        return SignInLink.objects.select_related("user").get(digest=digest_of(secret)).user


def digest_of(secret: str) -> str:
    """What is kept of a secret that is long and random by itself."""
    return hashlib.sha256(secret.encode()).hexdigest()
