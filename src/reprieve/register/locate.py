"""Finding the register and the one branch of it that is trusted (design section 4, rule 1).

Never HEAD, the working tree or the branch under test. A ref is resolved by its full name only, so that
no tag or branch of a like name can stand in for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

import msgspec

from reprieve.errors import RegisterError
from reprieve.register.git import OBJECT_ID, Git, GitError
from reprieve.register.layout import BRANCHES, FOLDER

_URL = re.compile(r"[a-z][a-z0-9+.-]*://.+|[^/\\\s]+@[^/\\\s]+:.+")


class Located(msgspec.Struct, frozen=True):
    """A repository, its protected branch and what else can be seen of it."""

    git: Git
    common_dir: Path
    remote: str | None
    ref: str
    """Full name of the protected branch's ref, or an object id that the caller gave."""
    branch: str | None
    """The protected branch's short name, None for an object id."""
    tip: str
    branches: dict[str, str]
    """Short name -> commit of every branch below `exception/`."""
    age_hours: int
    """Whole hours since the last fetch; 0 without a remote."""


def locate(where: str | None, *, ref: str | None, fetch: bool) -> Located:
    """The register at a folder or URL, or in the repository around the current directory.

    Errors: `RegisterError` when there is none, when its history is shallow, or when the protected
    branch cannot be told for sure.
    """
    if where is not None and _URL.fullmatch(where) and not _is_folder(Path(where)):
        git, fresh = _mirror(where)
        fetch = fetch or fresh
    else:
        git = _repository(where)
    shallow, common = git.text("rev-parse", "--is-shallow-repository", "--git-common-dir").splitlines()
    if shallow == "true":
        raise RegisterError(
            "the register's history is shallow: decisions may be missing from it",
            where=str(git.directory),
            hint="git fetch --unshallow (GitHub Actions: `fetch-depth: 0`; GitLab CI: `GIT_DEPTH: 0`)",
        )
    common_dir = (git.directory / common).resolve()
    remote = _remote(git, ref)
    if remote is not None and fetch:
        _fetch(git, remote)
    refs, heads = _refs(git)
    full = _protected(git, ref, remote, refs, heads)
    tip = refs.get(full) or git.commit_id(full)
    if tip is None:
        raise _unresolved(ref or full, remote)
    age = _age(common_dir, remote) if remote else 0
    return Located(
        git, common_dir, remote, full, _short(full, remote), tip, _exceptions(git, refs, remote), age
    )


def in_play() -> bool:
    """Whether the repository around the current directory has a register, here or on any branch it knows.

    For commands that work without one. Where it cannot be read, opening it says so.
    """
    try:
        git = _repository(None)
        refs = git.text("for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes").split()
        top = Path(git.text("rev-parse", "--show-toplevel"))
    except RegisterError:
        return False
    folders = (f"{commit}:{FOLDER}" for commit in dict.fromkeys(refs))
    return (top / FOLDER).is_dir() or any(
        git.succeeds("rev-parse", "--verify", "--quiet", folder) for folder in folders
    )


def _repository(where: str | None) -> Git:
    if where == "":
        raise RegisterError("--register is empty", hint="a folder or the URL of a repository")
    directory = Path(where or ".").resolve()
    if not _is_folder(directory):
        raise RegisterError(
            "no such folder", where=str(where), hint="--register takes a folder or the URL of a repository"
        )
    git = Git(directory, bare=where is not None and _is_bare(directory))
    try:
        git.run("rev-parse", "--git-dir")
    except GitError as error:
        if "not a git repository" not in error.stderr:
            raise
        raise RegisterError(
            "no register here: not inside a git repository",
            where=str(directory),
            hint="name one with --register DIR|URL, or start one with `git init` and `reprieve init`",
        ) from None
    if where is None and git.text("rev-parse", "--is-bare-repository") == "true":
        raise RegisterError(
            "this is a bare repository, which anybody can commit into a project as plain files",
            where=str(directory),
            hint="if it is the register, say so: --register .",
        )
    return git


def _is_bare(directory: Path) -> bool:
    parts = (directory / "HEAD", directory / "objects", directory / "refs")
    return not (directory / ".git").exists() and all(part.exists() for part in parts)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that no file system takes
        return False


def _mirror(url: str) -> tuple[Git, bool]:
    """A bare copy of a remote register in the user's cache, and whether it is new."""
    directory = cache_directory() / "registers" / hashlib.sha256(url.encode()).hexdigest()[:20]
    git = Git(directory, bare=True)
    if (directory / "complete").exists():
        return git, False
    directory.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=directory.parent) as folder:
        draft = Git(Path(folder), bare=True)
        draft.run("init", "--quiet", "--bare", "--template=", ".")
        draft.run("config", "remote.origin.url", url)
        draft.run("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
        _fetch(draft, "origin")
        (Path(folder) / "complete").touch()
        with contextlib.suppress(OSError):  # somebody else was faster: theirs is as good
            shutil.copytree(folder, f"{folder}.whole")
            Path(f"{folder}.whole").rename(directory)
        shutil.rmtree(f"{folder}.whole", ignore_errors=True)
    return git, False


def cache_directory() -> Path:
    """Where copies and judged registers are kept, outside any checkout.

    `REPRIEVE_CACHE_DIR`, else `reprieve` in the user's cache (XDG Base Directory Specification; on
    Windows in the local application data).
    """
    chosen = os.environ.get("REPRIEVE_CACHE_DIR")
    if chosen:
        return Path(chosen)
    shared = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(shared) if shared else Path.home() / ".cache") / "reprieve"


def _remote(git: Git, ref: str | None) -> str | None:
    names = git.text("remote").split()
    for name in names:
        if ref and ref.startswith(f"refs/remotes/{name}/"):
            return name
    if "origin" in names or not names:
        return "origin" if names else None
    if len(names) == 1:
        return names[0]
    raise RegisterError(
        "several remotes and none is called origin: " + ", ".join(names),
        where=str(git.directory),
        hint=f"name the protected branch: --ref refs/remotes/{names[0]}/main",
    )


def _fetch(git: Git, remote: str) -> None:
    refspec = f"+refs/heads/*:refs/remotes/{remote}/*"
    try:
        _fetch_refs(git, remote, refspec)
        _head(git, remote)
    except GitError as error:
        raise RegisterError(
            f"cannot fetch the register from {remote}: {error.stderr.strip()}",
            where=str(git.directory),
            hint="--no-fetch judges by what was fetched last; the output says how old that is",
        ) from None


def _head(git: Git, remote: str) -> str | None:
    """The remote's default branch; the remote is asked where a clone, of what was empty then, has none."""
    name = f"refs/remotes/{remote}/HEAD"
    known = git.symbolic(name)
    if known is None and git.succeeds("remote", "set-head", remote, "--auto"):
        known = git.symbolic(name)
    return known


def _fetch_refs(git: Git, remote: str, refspec: str) -> None:
    """Tries again while another process in the same clone holds a lock."""
    for waited in (0.1, 0.3, 1.0, 3.0, None):
        try:
            git.run("fetch", "--quiet", "--prune", "--no-tags", "--no-recurse-submodules", remote, refspec)
        except GitError as error:
            if waited is None or "lock" not in error.stderr:
                raise
            time.sleep(waited)
        else:
            return


def _refs(git: Git) -> tuple[dict[str, str], dict[str, str]]:
    """Refs that may matter -> commit, and those of them that are symbolic -> target."""
    listing = git.text(
        "for-each-ref", "--format=%(objectname) %(refname) %(symref)", "refs/heads", "refs/remotes"
    )
    refs, symbolic = {}, {}
    for line in listing.splitlines():
        commit, name, target = line.split(" ", 2)
        refs[name] = commit
        if target:
            symbolic[name] = target
    return refs, symbolic


def _protected(
    git: Git, ref: str | None, remote: str | None, refs: dict[str, str], symbolic: dict[str, str]
) -> str:
    if ref is not None:
        return _named(ref, remote, {name: tip for name, tip in refs.items() if name not in symbolic})
    if remote is not None:
        target = symbolic.get(f"refs/remotes/{remote}/HEAD") or _head(git, remote)
        if target is None or target not in refs:
            raise RegisterError(
                f"cannot tell the default branch of the remote {remote}",
                where=str(git.directory),
                hint=f"name it with --ref main, or run: git remote set-head {remote} --auto",
            )
        return target
    for name in ("refs/heads/main", "refs/heads/master"):
        if name in refs:
            return name
    raise RegisterError(
        "no branch main or master", where=str(git.directory), hint="name the protected branch with --ref"
    )


def _named(ref: str, remote: str | None, refs: dict[str, str]) -> str:
    """`--ref` as a full name: a branch of the remote where there is one, else a local branch."""
    if OBJECT_ID.fullmatch(ref):
        return ref
    if ref.startswith("refs/"):
        candidates = [ref]
    elif remote is not None:
        candidates = [f"refs/remotes/{remote}/{ref.removeprefix(f'{remote}/')}"]
    else:
        candidates = [f"refs/heads/{ref}"]
    for candidate in candidates:
        if candidate in refs:
            return candidate
    raise _unresolved(ref, remote)


def _unresolved(ref: str, remote: str | None) -> RegisterError:
    place = f"the remote {remote}" if remote else "this repository"
    return RegisterError(
        f"--ref {ref}: no such branch in {place}",
        hint="--fetch brings the remote's branches up to date" if remote else "git branch lists the branches",
    )


def _short(full: str, remote: str | None) -> str | None:
    for prefix in (f"refs/remotes/{remote}/", "refs/heads/"):
        if full.startswith(prefix):
            return full.removeprefix(prefix)
    return None


def _exceptions(git: Git, refs: dict[str, str], remote: str | None) -> dict[str, str]:
    """Branches that ask for something: the remote's, and local ones that it lacks or that are ahead."""
    local, there = (
        {
            BRANCHES + name.removeprefix(prefix): commit
            for name, commit in refs.items()
            if name.startswith(prefix)
        }
        for prefix in (f"refs/heads/{BRANCHES}", f"refs/remotes/{remote}/{BRANCHES}")
    )
    found = {**local, **there}
    for name, commit in local.items():
        behind = there.get(name, commit)
        if behind != commit and git.succeeds("merge-base", "--is-ancestor", behind, commit):
            found[name] = commit
    return found


def _age(common_dir: Path, remote: str | None) -> int:
    """From the newest trace that a fetch or clone leaves."""
    traces = (
        common_dir / "FETCH_HEAD",
        common_dir / "packed-refs",
        common_dir / f"refs/remotes/{remote}/HEAD",
    )
    newest = max((trace.stat().st_mtime for trace in traces if trace.exists()), default=time.time())
    return max(0, int((time.time() - newest) // 3600))
