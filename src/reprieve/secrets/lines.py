"""A file as the detectors see it: its lines, and those parts of very long ones that are worth a look."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from pathlib import PurePosixPath

from detect_secrets.util.filetype import FileType, determine_file_type

from reprieve.secrets.cues import Cue, fold

LONG = 1000
"""Characters; a longer line (minified code, data) is shown to a detector in windows around its cues, as the
plugins' expressions take up to the square of a line's length."""

_SETTINGS = {
    FileType.YAML,
    FileType.CONFIG,
    FileType.INI,
    FileType.PROPERTIES,
    FileType.TOML,
    FileType.EXAMPLE,
}
_SETTINGS_SUFFIXES = {"", ".bash", ".env", ".sh", ".tfvars", ".zsh"}

_SETTING = re.compile(
    r"(?P<name>\s*(?:-\s+)?(?:(?:export|ENV|ARG)\s+)?[^\s:=#\"'`]++\s*[:=]\s*)"
    r"(?P<value>[^\s\"'`#][^\"'`]*?)"
    r"(?P<comment>(?:\s+[#;].*)?)"
)


class Lines:
    """The text of one file.

    Args:
        path: `/`-separated; its name tells settings from code.
        text: with any line ends.
    """

    def __init__(self, path: str, text: str) -> None:
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.path = path
        self.text = text
        self.settings = _is_settings(path)
        self._places: dict[Cue, list[tuple[int, int]]] = {}

    @cached_property
    def lines(self) -> list[str]:
        """Without line ends; the first is line 0."""
        return self.text.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins in `text`."""
        return [0, *accumulate(len(line) + 1 for line in self.lines)]

    @cached_property
    def _folded(self) -> str:
        return fold(self.text)

    def excerpts(self, cues: Iterable[Cue], before: int, after: int) -> Iterator[tuple[int, str]]:
        """Number and text of each line, or part of a very long one, that has one of the cues, each once."""
        seen: set[int] = set()
        places = sorted({place for cue in cues for place in self._find(cue)})
        shown = 0
        for start, end in places:
            number = bisect_right(self.starts, start) - 1
            first, last = self.starts[number], self.starts[number + 1] - 1
            if last - first <= LONG:
                if number not in seen:
                    seen.add(number)
                    yield number, self.lines[number].rstrip()
            elif number not in seen or min(end + after // 2, last) > shown:
                seen.add(number)
                shown = min(end + after, last)
                yield number, self.text[max(start - before, first) : shown]

    def _find(self, cue: Cue) -> list[tuple[int, int]]:
        found = self._places.get(cue)
        if found is None:
            found = self._places[cue] = list(cue.places(self._folded if cue.folded else self.text))
        return found


def _is_settings(path: str) -> bool:
    name = PurePosixPath(path).name
    return (
        determine_file_type(name) in _SETTINGS
        or PurePosixPath(name).suffix in _SETTINGS_SUFFIXES
        or name.startswith(".env.")
    )


def quoted(line: str) -> str:
    """A line of a settings file with its bare value in quotes, as the plugins want them; else unchanged.

    Stands in for detect-secrets' transformers, which parse a file whole: they see only YAML of a single
    document, and take exponential time for nested aliases.
    """
    if len(line) > LONG:
        return line
    match = _SETTING.fullmatch(line)
    return f'{match["name"]}"{match["value"]}"{match["comment"]}' if match else line
