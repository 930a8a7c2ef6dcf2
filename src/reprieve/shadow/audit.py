"""`audit`: a tree in, every suppression in it out, each with what stands behind it."""

from __future__ import annotations

import datetime as dt
import fnmatch
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from reprieve import progress
from reprieve.errors import RegisterError
from reprieve.findings.model import Fault
from reprieve.policy.bounds import Limits
from reprieve.register.git import Git
from reprieve.register.register import Register
from reprieve.scan.files import Tree
from reprieve.scan.pool import spread
from reprieve.scan.sources import shown
from reprieve.shadow import baseline as baselines
from reprieve.shadow.backing import Backing
from reprieve.shadow.blame import blame
from reprieve.shadow.look import Looker, Named
from reprieve.shadow.model import Audit, Audited, Behind, Outcome, RegisterSeen, State, Suppression
from reprieve.words import Environment

_PORTION = 40
"""Files that a worker is given at once."""
_decode = msgspec.msgpack.Decoder(Outcome).decode


class Options(msgspec.Struct, frozen=True):
    """What to look at, and how."""

    exclude: tuple[str, ...] = ()
    """Globs of names relative to the repository."""
    blame: bool = True
    every: bool = False
    """Whether markers count whose linter has no security rules in use."""
    baseline: str | None = None
    repository: str | None = None
    environment: Environment | None = None
    limits: Limits = Limits(seconds=10.0, megabytes=1024, file_bytes=5 << 20)


def audit(
    paths: Sequence[str],
    register: Register | None,
    now: dt.datetime,
    options: Options,
    *,
    simulated: bool = False,
) -> Audit:
    """Everything under some paths, judged.

    Args:
        paths: files and folders.
        register: None when none is in play.
        now: the moment to judge at; aware.
        options: what to look at, and how.
        simulated: whether `now` is not the present.

    Errors: `ReprieveError` for a path that is not, a baseline that cannot be read.
    """
    known = baselines.read(options.baseline) if options.baseline else {}
    tops = _Tops(paths)
    tree = Tree(paths)
    with progress.task("Listing files"):
        files = [one for path in tree.files() if (one := tops.named(path)) and not _excluded(one, options)]
    done = _looked(files, options.limits)
    done.skipped = dict(Counter(done.skipped) + tree.skipped)
    suppressions, unused = _counting(done, every=options.every)
    backing = Backing(register, now, tops.repositories(options.repository), options.environment)
    found = _judged(suppressions, backing.behind(suppressions), frozenset(known), now)
    if options.blame:
        found = _blamed(found, {shown(one.path): one.path for one in files})
    identities = {one.identity for one in found}
    names = {shown(one.name) for one in files}
    return Audit(
        now=now,
        simulated=simulated or (register is not None and register.as_of is not None),
        register=_seen(register, backing) if register else None,
        found=found,
        faults=sorted(done.faults, key=lambda fault: (fault.path, fault.line or 0)),
        files=done.files,
        bytes=done.bytes,
        skipped=done.skipped,
        unused=unused,
        gone=sum(
            identity not in identities and (path in names or tops.within(path))
            for identity, path in known.items()
        ),
    )


def _seen(register: Register, backing: Backing) -> RegisterSeen:
    located = register.located
    return RegisterSeen(register.commit, located.branch or located.ref, located.age_hours, backing.active)


class _Tops:
    """The repositories that the paths are in, and what their files are called in them."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._roots: list[tuple[str, str]] = []
        self._folders: list[str] = []
        self._tops: dict[str, None] = {}
        for path in paths:
            folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
            top = _top(folder)
            inside = os.path.relpath(os.path.realpath(folder), top or os.path.realpath(folder))
            self._roots.append((os.path.normpath(folder), "" if inside == "." else inside))
            if folder == path:
                self._folders.append(_slashed(self._roots[-1][1]))
            if top:
                self._tops[top] = None
        self._roots.sort(key=lambda root: -len(root[0]))

    def named(self, path: str) -> Named:
        """A file, by its name in its repository."""
        for root, inside in self._roots:
            if root == "." and not os.path.isabs(path) and not path.startswith(".." + os.sep):
                return Named(path, _slashed(os.path.join(inside, path)))
            if path.startswith(root + os.sep):
                return Named(path, _slashed(os.path.join(inside, path[len(root) + 1 :])))
        return Named(path, _slashed(path))

    def within(self, name: str) -> bool:
        """Whether a file of that name would have been looked at, were it there."""
        return any(not inside or name.startswith(inside + "/") for inside in self._folders)

    def repositories(self, given: str | None) -> tuple[str, ...]:
        """The names by which scopes may call the repository: as given, else forms of origin's address."""
        if given:
            return (given,)
        found: dict[str, None] = {}
        for top in self._tops if len(self._tops) == 1 else ():
            git = Git(Path(top))
            if git.succeeds("remote", "get-url", "origin"):
                found |= dict.fromkeys(_names_of(git.text("remote", "get-url", "origin")))
        return tuple(found)


def _slashed(path: str) -> str:
    return path.replace(os.sep, "/").removeprefix("./")


def _top(folder: str) -> str | None:
    try:
        return os.path.realpath(Git(Path(folder)).text("rev-parse", "--show-toplevel"))
    except RegisterError:
        return None


_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://)?(?:[^@/]*@)?(?P<host>[\w.-]+)(?::\d+)?[:/](?P<path>.+?)(?:\.git)?/?$"
)


def _names_of(url: str) -> Iterator[str]:
    """`https://host/owner/name`, `host/owner/name`, `owner/name`, `name`."""
    found = _ADDRESS.match(url)
    if found is None or ("://" not in url and "@" not in url):
        return
    host, path = found["host"], found["path"].strip("/")
    yield from (f"https://{host}/{path}", f"https://{host}/{path}.git", f"{host}/{path}", path)
    yield path.rpartition("/")[2]


def _excluded(one: Named, options: Options) -> bool:
    return any(fnmatch.fnmatchcase(one.name, glob) for glob in options.exclude)


class _Crew:
    """Makes those who look, in whichever process it is asked to."""

    alone = False

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._looker: Looker | None = None
        self.about_to: Callable[[str], object] = lambda _path: None

    def __getstate__(self) -> dict[str, object]:
        return {"_largest": self._largest, "_looker": None, "about_to": None}

    def prepare(self) -> Looker:
        if self._looker is None:
            self._looker = Looker(self._largest, self._tell)
        return self._looker

    def _tell(self, path: str) -> None:
        self.about_to(path)

    def decode(self, data: bytes) -> Outcome:
        return _decode(data)

    def stopped(self, unit: Sequence[Named], rule: str, why: str) -> Outcome:
        del unit
        return Outcome(faults=[Fault(shown(rule), f"not looked at: {why}")])

    def failed(self, unit: Sequence[Named], why: str) -> Outcome:
        return Outcome(faults=[Fault(shown(one.path), f"not looked at: {why}") for one in unit])


def _looked(files: Sequence[Named], limits: Limits) -> Outcome:
    """Everything that is in the files, by all cores."""
    units = [tuple(files[start : start + _PORTION]) for start in range(0, len(files), _PORTION)]
    whole = Outcome()
    skipped: Counter[str] = Counter()
    with progress.task("Looking for suppressions", len(files), "files") as advance:
        for number, outcome in spread(units, _Crew(limits.file_bytes), limits):
            whole.found += outcome.found
            whole.uncertain += outcome.uncertain
            whole.in_use += outcome.in_use
            whole.faults += outcome.faults
            whole.files += outcome.files
            whole.bytes += outcome.bytes
            skipped.update(outcome.skipped)
            advance(len(units[number]) if number >= 0 else 0)
    whole.skipped = dict(skipped)
    return whole


def _counting(done: Outcome, *, every: bool) -> tuple[list[Suppression], dict[str, int]]:
    """What counts, in the order of places; by linter, how many markers do not."""
    used = frozenset(done.in_use)
    found = list(done.found)
    unused: Counter[str] = Counter()
    for linter, one in done.uncertain:
        if every or linter in used:
            found.append(one)
        else:
            unused[linter] += 1
    found.sort(key=lambda one: (one.path, one.line, one.tool, one.form, one.text))
    return found, dict(unused)


def _judged(
    suppressions: Sequence[Suppression], behind: Sequence[Behind], known: frozenset[str], now: dt.datetime
) -> list[Audited]:
    identities = baselines.identities(suppressions)
    return [
        Audited(one, _state(one, backed, identity in known, now), backed, identity)
        for one, backed, identity in zip(suppressions, behind, identities, strict=True)
    ]


def _state(one: Suppression, behind: Behind, known: bool, now: dt.datetime) -> State:
    if one.lapses is not None and one.lapses <= now:
        return "lapsed"
    if behind.holds:
        return "backed"
    return "known" if known else "shadow"


def _blamed(found: Sequence[Audited], on_disk: dict[str, str]) -> list[Audited]:
    places = {
        index: (on_disk[path], one.suppression.line)
        for index, one in enumerate(found)
        if (path := one.suppression.path) in on_disk
    }
    since = blame(places.values())
    return [
        msgspec.structs.replace(one, since=since.get(places[index])) if index in places else one
        for index, one in enumerate(found)
    ]
