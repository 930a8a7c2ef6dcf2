"""From one value to the scope entries that admit it, as the bits of one integer.

This is bit-vector packet classification (Lakshman and Stiliadis, SIGCOMM 1998): entries are numbered, and
each dimension, here a scope key, answers with a mask. So that an answer doesn't cost a step for each of
ten thousand patterns,

- a literal is found by the value itself;
- a head and a final `*` by the head, among the heads of that length;
- any other pattern by the rarest short run of letters in it, and only then tried in full.
"""

from __future__ import annotations

import functools
import operator
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from reprieve.record import glob

_EDGE = "\0"
"""Put before and behind every value, so that heads and tails are as telling as what lies between."""
_GRAM = 4
"""Long enough to tell patterns apart, short enough that most have a run of letters of that length."""
_NOT_ZERO = re.compile(rb"[^\0]")
_BITS = tuple(tuple(bit for bit in range(8) if octet >> bit & 1) for octet in range(256))


def mask_of(numbers: Iterable[int]) -> int:
    """The integer that has exactly these bits."""
    mask = bytearray()
    for number in numbers:
        if number >> 3 >= len(mask):
            mask.extend(bytes((number >> 3) + 1 - len(mask)))
        mask[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(mask, "little")


def numbers_of(mask: int) -> Iterator[int]:
    """The bits of an integer, lowest first."""
    octets = mask.to_bytes((mask.bit_length() + 7) // 8, "little")
    for found in _NOT_ZERO.finditer(octets):
        start = found.start()
        for bit in _BITS[octets[start]]:
            yield 8 * start + bit


def union(masks: Iterable[int]) -> int:
    """All bits of all masks."""
    return functools.reduce(operator.or_, masks, 0)


class PatternIndex:
    """The patterns that each entry has for one key; an entry that has none admits every value."""

    def __init__(self, entries: Sequence[Sequence[str]]) -> None:
        self.without = mask_of(number for number, patterns in enumerate(entries) if not patterns)
        """The entries that lack the key: those that admit a finding without the value."""
        self.having = self.without ^ ((1 << len(entries)) - 1)
        """The entries that have the key."""
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, patterns in enumerate(entries):
            for pattern in patterns:
                numbers[pattern].append(number)
        self._unions = _Unions(numbers, self.without)
        self._literals = {pattern for pattern in numbers if glob.is_literal(pattern)}
        self._heads: defaultdict[int, dict[str, str]] = defaultdict(dict)
        others = []
        for pattern in numbers.keys() - self._literals:
            head = pattern[:-1]
            if pattern.endswith("*") and glob.is_literal(head):
                self._heads[len(head)][head] = pattern
            else:
                others.append(pattern)
        self._grams = _by_rarest_grams(others)

    def mask(self, value: str | None) -> int:
        """The entries that admit the value; None is a finding that lacks it, which no pattern matches."""
        if value is None:
            return self.without
        return self._unions[frozenset(self._matching(value))]

    def _matching(self, value: str) -> list[str]:
        """The patterns that the value matches, some perhaps twice."""
        matching = [value] if value in self._literals else []
        for length, heads in self._heads.items():
            if (head := value[:length]) in heads:
                matching.append(heads[head])
        marked = f"{_EDGE}{value}{_EDGE}"
        for (size, step), grams in self._grams.items():
            starts = range(0, len(marked) - size + 1, step)
            for gram in [gram for start in starts if (gram := marked[start : start + size]) in grams]:
                for run, pattern in grams[gram]:
                    if run in marked and glob.matches(pattern, value):
                        matching.append(pattern)
        return matching


class MaskMemo(dict[str | None, int]):
    """The masks of one index by value, each looked for once."""

    def __init__(self, index: PatternIndex) -> None:
        super().__init__({None: index.without})
        self.index = index

    def __missing__(self, value: str | None) -> int:
        if not self.index.having:
            return self.index.without
        self[value] = mask = self.index.mask(value)
        return mask


class _Unions(dict[frozenset[str], int]):
    """One mask for each set of patterns that values were found to match: many values share few of them.

    Made when first asked for, as in a large register most patterns match nothing here.
    """

    def __init__(self, numbers: Mapping[str, Iterable[int]], without: int) -> None:
        self._numbers = numbers
        self._without = without
        self._masks: dict[str, int] = {}

    def __missing__(self, patterns: frozenset[str]) -> int:
        self[patterns] = mask = union([self._without, *map(self._mask, patterns)])
        return mask

    def _mask(self, pattern: str) -> int:
        if pattern not in self._masks:
            self._masks[pattern] = mask_of(self._numbers[pattern])
        return self._masks[pattern]


def _by_rarest_grams(patterns: Iterable[str]) -> dict[tuple[int, int], dict[str, list[tuple[str, str]]]]:
    """By length and step, then by gram: patterns, each with the run of letters that the gram is from.

    A pattern is found by as many successive grams as there are in a step. So of the grams of a value only
    every fourth is looked up: wherever the run is in it, one of the four is met.
    """
    grams_of = {pattern: _grams(pattern) for pattern in patterns}
    frequency = Counter(gram for runs in grams_of.values() for gram in set(chain(*runs.values())))
    index: dict[tuple[int, int], dict[str, list[tuple[str, str]]]] = {}
    for pattern, runs in grams_of.items():
        step = _GRAM if max(map(len, runs.values())) >= _GRAM else 1
        grams, run = _rarest(runs, step, frequency)
        buckets = index.setdefault((len(grams[0]), step), {})
        for gram in grams:
            buckets.setdefault(gram, []).append((run, pattern))
    return index


def _grams(pattern: str) -> dict[str, list[str]]:
    """The grams of each run of letters: all of one length, shorter only if every run is."""
    runs = re.split(r"[*?]+", f"{_EDGE}{pattern}{_EDGE}")
    size = min(_GRAM, max(map(len, runs)))
    return {run: [run[start : start + size] for start in range(len(run) - size + 1)] for run in runs}


def _rarest(runs: Mapping[str, list[str]], step: int, frequency: Mapping[str, int]) -> tuple[list[str], str]:
    """The successive grams that the fewest patterns share, and the run that they are from."""
    windows = (
        (grams[start : start + step], run)
        for run, grams in runs.items()
        for start in range(len(grams) - step + 1)
    )
    return min(windows, key=lambda window: sum(map(frequency.__getitem__, window[0])))
