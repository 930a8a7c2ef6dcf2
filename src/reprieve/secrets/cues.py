"""Text that must be in a file for a detector to find anything, so that most files need no detector.

A plugin's regular expressions are only run on lines that hold one of its cues. Looking for a cue in a
whole file is one pass in C, which is what makes the scan two orders of magnitude faster than
detect-secrets itself. Each cue begins with a literal, since that is what `re` searches for quickly.

A cue asks for less than its plugin's expressions do, never for more: `tests/secrets/test_cues.py` holds
them against running every plugin on every line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Cue(NamedTuple):
    """One text or expression; none matches across lines."""

    text: str | re.Pattern[str]
    folded: bool = False
    """Whether it is looked for in the folded text, as the plugin ignores case."""

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each occurrence, in order."""
        if isinstance(self.text, str):
            start = text.find(self.text)
            while start >= 0:
                end = start + len(self.text)
                yield start, end
                start = text.find(self.text, end)
        else:
            for match in self.text.finditer(text):
                yield match.span()


def fold(text: str) -> str:
    """`text` as `re.IGNORECASE` sees its ASCII letters, each character in its old place.

    Four letters beyond ASCII equal one of it there; `str.lower` deals with one of them, the Kelvin sign.
    """
    if text.isascii():
        return text.lower()
    for odd, plain in (("\u0130", "i"), ("\u0131", "i"), ("\u017f", "s")):
        text = text.replace(odd, plain)
    return text.lower()


def literals(*texts: str, folded: bool = False) -> tuple[Cue, ...]:
    """A cue for each text."""
    return tuple(Cue(text, folded) for text in texts)


def patterns(*texts: str, folded: bool = False) -> tuple[Cue, ...]:
    """A cue for each regular expression."""
    return tuple(Cue(re.compile(text), folded) for text in texts)


ASSIGNED = patterns(
    *(
        rf"{word}[\"']?\]?[ =:>]+[\"']?[a-z0-9_\-]{{24}}"
        for word in ("key", "pwd", "pw", "pass(?:word)?", "token")
    ),
    folded=True,
)
"""What the plugins that use `build_assignment_regex` want from the keyword on; 24 is their shortest value."""

_SPACE = r"[^\S\n]*+"
_TAIL = (
    rf"\w*+(?:[\]'\"]{{0,2}}{_SPACE}[:=!(\[]"  # an operator after the name, perhaps closed before
    rf"|.assign"
    rf"|\S{{0,50}}?{_SPACE}[\"'`])"  # or a quoted value
)


_PLAIN_WORDS = ("password", "passwd", "pwd", "secret", "contrase[ñn]a")
_KEYS = ("api", "auth", "service", "account", "db", "database", "priv", "private", "client")
_PASSES = ("db", "database", "key")
WORD = re.compile("|".join((*_PLAIN_WORDS, f"(?:{'|'.join(_KEYS)})_?key", f"(?:{'|'.join(_PASSES)})_?pass")))
"""The words of `KeywordDetector`'s DENYLIST, in folded text."""


def _after(word: str, befores: tuple[str, ...]) -> str:
    """`word` with one of the `befores` before it, written so that the expression begins with a literal."""
    looks = "|".join(f"(?<={before}{join}{word})" for before in befores for join in ("", "_"))
    return rf"{word}(?:{looks}){_TAIL}"


KEYWORDS = patterns(
    *(word + _TAIL for word in _PLAIN_WORDS),
    _after("key", _KEYS),
    _after("pass", _PASSES),
    *(rf"{quote}{_SPACE}[!=]{{2,3}}{_SPACE}\w" for quote in "\"'`"),  # "value" == password
    folded=True,
)
"""`KeywordDetector`: one of its words, and what its expressions want after or before it."""

# The entropy of a text is at most the logarithm of its length: more than 4.5 bits takes 23 characters,
# more than 3 bits takes 9.
BASE64 = patterns(*(rf"{quote}[A-Za-z0-9+/\\\-_=]{{23,}}+(?={quote})" for quote in "\"'"))
HEX = patterns(*(rf"{quote}[0-9a-fA-F]{{9,}}+(?={quote})" for quote in "\"'"))
BARE_BASE64 = patterns(r"[A-Za-z0-9+/\\\-_=]{23,}+")
BARE_HEX = patterns(r"[0-9a-fA-F]{9,}+")
"""The same for settings files, whose values get their quotes only when a line is looked at."""
