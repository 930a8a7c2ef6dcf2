"""Tokens for the API: what each may do, until when, and whose it is (RFC 6750, OWASP API2:2023).

A token acts as the person who made it, with the roles that the charter gives that person at that moment, and
within its scopes. It is shown once; the database holds its SHA-256, which is enough for 256 random bits.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Mapping
from typing import Literal, get_args

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from reprieve.console.config import config
from reprieve.console.people.links import digest_of
from reprieve.console.people.models import Token
from reprieve.errors import UsageError

Scope = Literal["read", "request", "maintain", "decide", "upload", "gate", "metrics"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
MEANING: Mapping[Scope, str] = {
    "read": "Read exceptions, findings, reviews and the audit trail.",
    "request": "Ask for exceptions, renew, escalate, answer questions.",
    "maintain": "Say that controls are in, note progress and incidents, close.",
    "decide": "Approve, deny, ask, merge, revoke, record the weekly review.",
    "upload": "Upload scans.",
    "gate": "Judge a report; nothing of it is kept.",
    "metrics": "Read /metrics.",
}

_PREFIX = "rpv_"
"""Tells scanners for exposed secrets what it is."""
_MOST = 50
"""Living tokens of one person."""
_NOTICE = dt.timedelta(minutes=1)
"""How exactly the last use is noted: a write for each request would be too much."""


def make(user: User, name: str, scopes: Collection[str], days: int) -> tuple[Token, str]:
    """A new token and its secret, which nobody can show again.

    Args:
        user: whose it is.
        name: what it is for, for people.
        scopes: of `SCOPES`, at least one.
        days: how long it lives, 1 to the console's `token_days`.

    Errors: `UsageError` that says what is wrong.
    """
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise UsageError(
            f"no scope {unknown[0]!r}" if unknown else "a token without a scope can do nothing",
            hint=f"one or more of: {', '.join(SCOPES)}",
        )
    if not 1 <= days <= config().token_days:
        raise UsageError(f"a token lives 1 to {config().token_days} days, not {days}")
    title = " ".join(name.split())
    if not title or len(title) > 100 or not title.isprintable():
        raise UsageError(
            "a token needs a name of at most 100 characters", hint="such as: pipeline of billing"
        )
    secret = _PREFIX + secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic():
        if living(now).filter(user=user).count() >= _MOST:
            raise UsageError(f"you have {_MOST} tokens", hint="revoke those that nobody uses")
        token = Token.objects.create(
            digest=digest_of(secret),
            hint=secret[:8],
            name=title,
            user=user,
            scopes=[scope for scope in SCOPES if scope in scopes],
            created=now,
            expires=now + dt.timedelta(days=days),
        )
    return token, secret


def living(now: dt.datetime | None = None) -> QuerySet[Token]:
    """Those that are neither revoked nor over."""
    return Token.objects.filter(revoked_at=None, expires__gt=now or timezone.now())


def bearer(secret: str) -> Token | None:
    """The living token of this secret, with its person; None for any other. Notes the use."""
    if not secret.startswith(_PREFIX) or len(secret) > 100:
        return None
    now = timezone.now()
    found = living(now).filter(digest=digest_of(secret), user__is_active=True).select_related("user").first()
    if found is not None and (found.used_at is None or now - found.used_at > _NOTICE):
        Token.objects.filter(pk=found.pk).update(used_at=now)
    return found


def revoke(user: User, pk: int, *, of_anybody: bool = False) -> bool:
    """Ends a token of this person, or of anybody for whoever owns the charter; whether there was one."""
    whose = Q() if of_anybody else Q(user=user)
    return Token.objects.filter(whose, pk=pk, revoked_at=None).update(revoked_at=timezone.now()) == 1
