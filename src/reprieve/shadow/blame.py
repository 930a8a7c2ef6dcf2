"""Since when and by whom: `git blame` of just the lines that matter, one process for each file."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from reprieve import progress
from reprieve.register.git import Git, GitError
from reprieve.shadow.model import Since

_HEADER = re.compile(rb"([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?$")
_SETTINGS = ("blame.ignoreRevsFile=", "blame.showRoot=true", "core.commitGraph=true")
_MOST_LINES = 500
"""In one call: a command line has an end."""

Place = tuple[str, int]
"""A file as it was found on disk, and a line of it, from 1."""


def blame(places: Iterable[Place]) -> dict[Place, Since]:
    """Who put each line there, as far as git knows: nothing for a line or a file that is not committed."""
    lines: defaultdict[str, set[int]] = defaultdict(set)
    for path, line in places:
        lines[path].add(line)
    found: dict[Place, Since] = {}
    workers = min(8, 2 * (os.cpu_count() or 1))
    with progress.task("Asking git who", len(lines), "files") as advance, ThreadPoolExecutor(workers) as pool:
        for path, since in zip(lines, pool.map(_of_file, lines.items()), strict=True):
            found |= {(path, line): one for line, one in since.items()}
            advance(1)
    return found


def _of_file(item: tuple[str, set[int]]) -> Mapping[int, Since]:
    path, wanted = item
    folder, name = os.path.split(path)
    found: dict[int, Since] = {}
    numbers = sorted(wanted)
    for start in range(0, len(numbers), _MOST_LINES):
        ranges = [f"-L{number},{number}" for number in numbers[start : start + _MOST_LINES]]
        try:
            out = Git(Path(folder or ".")).run("blame", "--porcelain", *ranges, "--", name, config=_SETTINGS)
        except (GitError, OSError):
            return found
        found |= _read(out.split(b"\n"))
    return found


def _read(lines: Sequence[bytes]) -> dict[int, Since]:
    """The porcelain format: a header for each line, with the commit's data after the first of each commit."""
    commits: dict[bytes, dict[bytes, bytes]] = {}
    places: list[tuple[int, bytes]] = []
    data: dict[bytes, bytes] = {}
    for line in lines:
        if line.startswith(b"\t"):
            continue
        if header := _HEADER.match(line):
            data = commits.setdefault(header[1], {})
            places.append((int(header[2]), header[1]))
        else:
            key, _, value = line.partition(b" ")
            data.setdefault(key, value)
    return {number: since for number, commit in places if (since := _since(commit, commits[commit]))}


def _since(commit: bytes, data: Mapping[bytes, bytes]) -> Since | None:
    if not commit.strip(b"0"):
        return None  # not committed
    try:
        at = dt.datetime.fromtimestamp(int(data.get(b"author-time", b"")), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
    name, email = (data.get(key, b"").decode("utf-8", "replace") for key in (b"author", b"author-mail"))
    return Since(commit.decode(), name, email.strip("<>"), at)
