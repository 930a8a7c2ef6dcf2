"""A search's words, and the subjects and places that have them: few beside the findings.

With PostgreSQL's pg_trgm these are found by an index.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from reprieve.console.index.found import Finding, Place, Subject
from reprieve.console.index.glance import once

_CHOSEN = 2_000
"""Subjects or places that a search names one by one; more are looked up where they are."""
_WORDS = 8
"""Of a search; more say nothing more."""


def words_of(text: str) -> list[str]:
    """The words of what somebody typed, each once."""
    return list(dict.fromkeys(text.lower().replace("\0", "").split()))[:_WORDS]


class Word:
    """One word of a search."""

    def __init__(self, word: str, kind: str) -> None:
        self._word = word
        self._kind = kind

    def subjects(self) -> QuerySet[Subject]:
        """Those that have it."""
        return _subjects_with(self._word, self._kind)

    def is_somewhere(self) -> bool:
        """Whether a place has it."""
        return bool(_some_places(self._word))

    def of_finding(self) -> Q:
        """For `Finding`: what it is about has it, or where it is."""
        return self._subject() | self._place()

    def of_place(self) -> Q:
        """For `PlaceTally`: the place has it, or what is found there."""
        about = Finding.objects.filter(self._subject(), place_id=OuterRef("place_id"), type=OuterRef("type"))
        here = Q(place__search__contains=self._word)
        return here | Q(Exists(about)) if _some_subjects(self._word, self._kind) else here

    def _subject(self) -> Q:
        chosen = _some_subjects(self._word, self._kind)
        if len(chosen) > _CHOSEN:
            return Q(subject__search__contains=self._word)
        return Q(subject_id__in=chosen)

    def _place(self) -> Q:
        chosen = _some_places(self._word)
        if len(chosen) > _CHOSEN:
            return Q(place__search__contains=self._word)
        return Q(place_id__in=chosen)


def _subjects_with(word: str, kind: str) -> QuerySet[Subject]:
    found = Subject.objects.filter(search__contains=word).order_by()
    return found.filter(type=kind) if kind else found


@once
def _some_subjects(word: str, kind: str) -> Sequence[int]:
    """One more than `_CHOSEN` at most."""
    return list(_subjects_with(word, kind).values_list("pk", flat=True)[: _CHOSEN + 1])


@once
def _some_places(word: str) -> Sequence[int]:
    """One more than `_CHOSEN` at most."""
    places = Place.objects.filter(search__contains=word).order_by()
    return list(places.values_list("pk", flat=True)[: _CHOSEN + 1])
