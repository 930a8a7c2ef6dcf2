"""The register's history as data: commits, and what each changed in the register against its first parent.

Three git processes read all of it: `log` for the commits, `cat-file` for the id of the register's
folder in each tree, `diff-tree` for those pairs of trees in which that id differs. Commits that do not
touch the register cost one line each, so a register may live in a large repository.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

import msgspec

from reprieve.errors import RegisterError
from reprieve.register.git import Git
from reprieve.register.layout import FOLDER

_FORMAT = "%x00".join(("%H", "%T", "%P", "%ae", "%an", "%ct", "%s"))
_FIELDS = 7
_TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]*): (.+)")
_END_OF_TIME = int(dt.datetime(9999, 1, 1, tzinfo=dt.UTC).timestamp())


class Commit(msgspec.Struct, frozen=True, gc=False):
    """What of a commit can matter to a register. `author` is the e-mail address as written, lower case."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: str
    author_name: str
    time: int
    """Committer date, seconds since the epoch."""
    subject: str
    trailers: tuple[tuple[str, str], ...] = ()
    """`Reprieve-…` trailers: key (lower case) and value."""

    @property
    def at(self) -> dt.datetime:
        """The committer date, UTC."""
        return dt.datetime.fromtimestamp(self.time, dt.UTC)

    def trailer(self, key: str) -> str | None:
        """The value of a trailer; None when it is absent or given twice, which says nothing for sure."""
        wanted = key.lower()
        values = [value for name, value in self.trailers if name == wanted]
        return values[0] if len(values) == 1 else None


class Change(msgspec.Struct, frozen=True, gc=False):
    """One file of the register that a commit changed, against its first parent."""

    path: str
    old: str | None
    """Blob before, None when the file is new."""
    new: str | None
    """Blob after, None when the file is gone."""
    mode: str
    """Mode after: `100644`, `120000`…"""


class Graph:
    """Commits by id, their topological order (parents first), and their changes to the register."""

    def __init__(
        self, commits: dict[str, Commit], order: list[str], changes: dict[str, tuple[Change, ...]]
    ) -> None:
        self.commits = commits
        self.order = order
        self.position = {commit: index for index, commit in enumerate(order)}
        self.changes = changes

    def mainline(self, tip: str) -> list[str]:
        """The first-parent history of `tip`, oldest first."""
        line = []
        commit: str | None = tip
        while commit is not None:
            line.append(commit)
            parents = self.commits[commit].parents
            commit = parents[0] if parents else None
        return line[::-1]

    def introduced(self, mainline: Sequence[str]) -> dict[str, int]:
        """Each commit reachable from the mainline's end -> the index in it at which it came in."""
        came: dict[str, int] = {}
        for index, commit in enumerate(mainline):
            for new in self.reachable(commit, came):
                came[new] = index
        return came

    def is_ancestor(self, one: str, other: str) -> bool:
        """Whether `one` is reachable from `other`."""
        floor = self.position[one]
        stack, seen = [other], set()
        while stack:
            commit = stack.pop()
            if commit == one:
                return True
            if commit not in seen and self.position[commit] > floor:
                seen.add(commit)
                stack.extend(self.commits[commit].parents)
        return False

    def behind(self, commits: Sequence[str]) -> set[str]:
        """Everything that comes before some of the commits, down to the oldest of them; one walk for all."""
        floor = min(self.position[commit] for commit in commits)
        stack = [parent for commit in commits for parent in self.commits[commit].parents]
        seen: set[str] = set()
        while stack:
            commit = stack.pop()
            if commit not in seen and self.position[commit] >= floor:
                seen.add(commit)
                stack.extend(self.commits[commit].parents)
        return seen

    def reachable(self, tip: str, known: Iterable[str]) -> list[str]:
        """The commits reachable from `tip` and not among `known` (nor behind them)."""
        stop = known if isinstance(known, (dict, set, frozenset)) else set(known)
        found: list[str] = []
        seen: set[str] = set()
        stack = [tip]
        while stack:
            commit = stack.pop()
            if commit in seen or commit in stop:
                continue
            seen.add(commit)
            found.append(commit)
            stack.extend(self.commits[commit].parents)
        return found


def read_graph(git: Git, tips: Sequence[str]) -> Graph:
    """Everything reachable from `tips`. Errors: `RegisterError` when git cannot give all of it."""
    order, commits = _read_commits(git, tips)
    folders = _folders(git, {commit.tree for commit in commits.values()})
    pairs: dict[str, tuple[str, str]] = {}
    empty = git.text("hash-object", "-t", "tree", "--stdin", stdin=b"")
    for commit in commits.values():
        before = commits[commit.parents[0]].tree if commit.parents else empty
        if folders.get(before) != folders[commit.tree]:
            pairs[commit.id] = (before, commit.tree)
    differences = _differences(git, _in_order(pairs, order))
    changes = {commit: differences[pair] for commit, pair in pairs.items()}
    return Graph(commits, order, changes)


def _in_order(pairs: dict[str, tuple[str, str]], order: list[str]) -> list[tuple[str, str]]:
    """Each pair once, newest first, as packs store them: git's cache of delta bases then serves best."""
    return list(dict.fromkeys(pairs[commit] for commit in reversed(order) if commit in pairs))


def _read_commits(git: Git, tips: Sequence[str]) -> tuple[list[str], dict[str, Commit]]:
    stdin = "".join(f"{tip}\n" for tip in dict.fromkeys(tips)).encode()
    out = git.run("log", "-z", "--topo-order", f"--format={_FORMAT}", "--stdin", stdin=stdin)
    fields = _fields(out, _FIELDS)
    trailers = _read_trailers(git, stdin)
    order: list[str] = []
    commits: dict[str, Commit] = {}
    for at in range(0, len(fields), _FIELDS):
        name, tree, parents, author, author_name, time, subject = fields[at : at + _FIELDS]
        order.append(name)
        commits[name] = Commit(
            name,
            tree,
            tuple(parents.split()),
            author.lower(),
            author_name,
            _seconds(time),
            subject,
            trailers.get(name, ()),
        )
    return order[::-1], commits


def _read_trailers(git: Git, tips: bytes) -> dict[str, tuple[tuple[str, str], ...]]:
    """Commit -> its `Reprieve-…` trailers.

    Not by git's own parser: what that takes for a trailer depends on `trailer.*` settings, which nothing
    can switch off. Ours is stricter: the last paragraph, and every line of it a trailer.
    """
    out = git.run(
        "log", "-z", "--fixed-strings", "--grep=Reprieve-", "--format=%H%x00%B", "--stdin", stdin=tips
    )
    fields = _fields(out, 2)
    found = {name: _trailers(text) for name, text in zip(fields[0::2], fields[1::2], strict=True)}
    return {name: trailers for name, trailers in found.items() if trailers}


def _trailers(message: str) -> tuple[tuple[str, str], ...]:
    paragraphs = message.strip().replace("\r\n", "\n").split("\n\n")
    if len(paragraphs) < 2:
        return ()
    pairs = [_TRAILER.fullmatch(line) for line in paragraphs[-1].splitlines()]
    if not all(pairs):
        return ()
    named = [(pair[1].lower(), pair[2].strip()) for pair in pairs if pair]
    return tuple((key, value) for key, value in named if key.startswith("reprieve-"))


def _fields(out: bytes, number: int) -> list[str]:
    """The NUL-separated fields of a log; a register whose log cannot be split cannot be judged."""
    fields = out.decode("utf-8", "replace").removesuffix("\0").split("\0") if out else []
    if len(fields) % number:
        raise RegisterError("git log gave an answer that cannot be split into commits")
    return fields


def _seconds(text: str) -> int:
    """A commit's date, within what a calendar can show; 0 for one that is no date."""
    digits = text.removeprefix("-")
    if not digits.isdigit() or text.startswith("-"):
        return 0
    return min(int(digits[:20]), _END_OF_TIME)


def _folders(git: Git, trees: Iterable[str]) -> dict[str, str | None]:
    """Tree -> id of the register's folder in it, None where there is none."""
    asked = list(trees)
    stdin = "".join(f"{tree}:{FOLDER}\n" for tree in asked).encode()
    answers = git.text("cat-file", "--batch-check=%(objectname) %(objecttype)", stdin=stdin).splitlines()
    return {
        tree: answer.split(" ")[0] if answer.endswith(" tree") else None
        for tree, answer in zip(asked, answers, strict=True)
    }


def _differences(git: Git, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], tuple[Change, ...]]:
    """Pair of trees -> what differs in the register between them."""
    if not pairs:
        return {}
    stdin = "".join(f"{before} {after}\n" for before, after in pairs).encode()
    out = git.run("diff-tree", "--stdin", "--raw", "-r", "-z", "--no-renames", "--no-abbrev", stdin=stdin)
    found: dict[tuple[str, str], tuple[Change, ...]] = dict.fromkeys(pairs, ())
    prefix = f"{FOLDER}/".encode()
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        before, _, after = out[at:end].decode().partition(" ")
        at = end + 1
        changes: list[Change] = []
        while out[at : at + 1] == b":":
            middle = out.index(b"\0", at)
            end = out.index(b"\0", middle + 1)
            if out.startswith(prefix, middle + 1):
                changes.append(_change(out[at + 1 : middle].decode(), out[middle + 1 : end]))
            at = end + 1
        found[before, after] = tuple(changes)
    return found


def _change(raw: str, path: bytes) -> Change:
    _, mode, old, new, _ = raw.split(" ")
    return Change(
        path.decode("utf-8", "replace"),
        None if not old.strip("0") else old,
        None if not new.strip("0") else new,
        mode,
    )
