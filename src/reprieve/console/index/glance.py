"""What the index was made from, read once for each request; and what is counted once for each state of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar, cast

from reprieve.console.index.models import RegisterState

P = ParamSpec("P")
R = TypeVar("R")

Stamp = tuple[Hashable, ...]

_KEPT = 500
"""Answers of all functions; the oldest give way."""
_SEEN: ContextVar[dict[str, RegisterState] | None] = ContextVar("seen", default=None)
"""Of a request; None outside of one."""


def state() -> RegisterState:
    """What the index was made from, now; an empty one before the first sync."""
    return RegisterState.objects.filter(pk=1).first() or RegisterState(pk=1)


@contextmanager
def one_look() -> Iterator[None]:
    """Within it, `glance` reads the database once."""
    token = _SEEN.set({})
    try:
        yield
    finally:
        _SEEN.reset(token)


def glance() -> RegisterState:
    """The same as it was when this request first asked; without what is long and few ask for."""
    seen = _SEEN.get()
    if seen is not None and "state" in seen:
        return seen["state"]
    lean = RegisterState.objects.defer("problems", "grounds_charter")
    found = lean.filter(pk=1).first() or RegisterState(pk=1)
    if seen is not None:
        seen["state"] = found
    return found


def look_again() -> None:
    """The next glance is a new one: something was written."""
    if (seen := _SEEN.get()) is not None:
        seen.clear()


def stamp(known: RegisterState) -> Stamp:
    """What is another whenever exceptions or findings are."""
    return known.commit, known.branches, known.judged_at, known.found


def once(function: Callable[P, R]) -> Callable[P, R]:
    """The function, whose answers for the same arguments are kept while exceptions and findings stay.

    It takes hashable arguments by position, and gives what nobody changes.
    """

    @functools.wraps(function)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        known = glance()
        if kwargs or known.judged_at is None:
            return function(*args, **kwargs)
        return cast("R", _answer(stamp(known), function, args))

    return kept


@functools.lru_cache(maxsize=_KEPT)
def _answer(_stamp: Stamp, function: Callable[..., object], args: tuple[Hashable, ...]) -> object:
    return function(*args)


def forget_answers() -> None:
    """All that is kept by `once` is worked out anew."""
    _answer.cache_clear()
