"""Sign-in links: made by whoever may read the console's standard output, good for one use and ten minutes."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from reprieve.console.config import config
from reprieve.console.people.accounts import user_for
from reprieve.console.people.models import SignInLink
from reprieve.register.writing.commits import Identity

LIFE = dt.timedelta(minutes=10)


def make_link(person: Identity) -> str:
    """The address at which this person signs in, once. Errors: `UsageError` for what is no e-mail address."""
    secret = secrets.token_urlsafe(32)
    SignInLink.objects.create(digest=digest_of(secret), user=user_for(person), expires=timezone.now() + LIFE)
    return f"{config().url.rstrip('/')}/sign-in/{secret}"


def redeem(secret: str) -> User | None:
    """Whose link it is, and never again; None when it is used, too old or not ours."""
    now = timezone.now()
    found = SignInLink.objects.filter(digest=digest_of(secret), used_at=None, expires__gt=now)
    if not found.exists():  # a guess does not wait for the database's writers, nor they for it
        return None
    with transaction.atomic():
        if found.update(used_at=now) != 1:
            return None
        user = SignInLink.objects.select_related("user").get(digest=digest_of(secret)).user
        SignInLink.objects.filter(expires__lt=now - LIFE).delete()
    return user if user.is_active else None


def digest_of(secret: str) -> str:
    """What is kept of a secret that is long and random by itself."""
    return hashlib.sha256(secret.encode()).hexdigest()
