"""Which files a scan looks at: what git does not ignore, no links, nothing twice."""

from __future__ import annotations

import functools
import os
import stat
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from reprieve.errors import ReprieveError

_NEVER = frozenset({".git", ".hg", ".svn", ".terraform", "node_modules", ".venv"})


class Tree:
    """The files under some paths, and why others were left out."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.skipped: Counter[str] = Counter()
        self._paths = paths

    def files(self) -> list[str]:
        """Names, relative where the paths were, in order. Errors: `ReprieveError` for one that is not."""
        found: dict[str, str] = {}
        real = functools.cache(os.path.realpath)
        for path in self._paths:
            if os.path.isdir(path):
                for name in self._within(path):  # links to files are left out, those to folders count
                    parent, base = os.path.split(name)
                    found.setdefault(os.path.join(real(parent), base), name)
            elif os.path.exists(path):
                found.setdefault(os.path.realpath(path), path)
            else:
                raise ReprieveError("no such file or folder", where=path)
        return sorted(found.values())

    def _within(self, folder: str) -> Iterator[str]:
        known = _known_to_git(folder)
        if known == [] and _ignored_itself(folder):  # but it was named
            known = None
        if known == []:
            self.skipped["folder of which git knows nothing"] += 1
        for name in _walked(folder) if known is None else known:
            path = os.path.normpath(os.path.join(folder, name)) if folder != "." else os.path.normpath(name)
            kind = _kind_of(path)
            if stat.S_ISLNK(kind):
                self.skipped["link"] += 1
            elif stat.S_ISREG(kind):
                yield path
            elif stat.S_ISDIR(kind):  # a repository of its own, or a submodule: git names it and no more
                yield from self._within(path)


def _kind_of(path: str) -> int:
    """The mode of what is there, links not followed; 0 of nothing."""
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def _known_to_git(folder: str) -> list[str] | None:
    """What git tracks, and what it would offer to add; None outside a work tree or without git."""
    run = _git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
    if run is None or run.returncode != 0:
        return None
    return [os.fsdecode(name) for name in run.stdout.split(b"\0") if name]


def _ignored_itself(folder: str) -> bool:
    """Whether git ignores the folder, and not only what is in it: `rendered/`, made for this scan."""
    run = _git(
        os.path.join(folder, os.pardir), "check-ignore", "--quiet", os.path.basename(os.path.abspath(folder))
    )
    return run is not None and run.returncode == 0


def _git(folder: str, *arguments: str) -> subprocess.CompletedProcess[bytes] | None:
    try:
        return subprocess.run(
            ["git", "-c", "core.fsmonitor=false", "-C", folder, *arguments],
            capture_output=True,
            check=False,
            env={key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        )
    except OSError:
        return None


def _walked(folder: str) -> Iterator[str]:
    """Everything below, without links to folders, and without what is never one's own source."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _NEVER)
        within = os.path.relpath(parent, folder)
        for name in files:
            yield os.path.join(within, name)


def is_chart_template(path: str) -> bool:
    """Whether a file is a template of a Helm chart, which is no manifest before it is rendered."""
    parts = Path(path).parts
    return "templates" in parts[:-1] and any(
        os.path.isfile(os.path.join(*parts[:index], "Chart.yaml"))
        for index, part in enumerate(parts)
        if part == "templates" and index
    )
