"""`reprieve lint`: records and charter in the working tree, the only command that reads it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reprieve.cli.options import Reading, fetch_option, moment, opened, output_option, where_options
from reprieve.errors import RegisterError, UsageError
from reprieve.record.model import Problem
from reprieve.register.git import Git, GitError
from reprieve.register.layout import CHARTER, FOLDER

if TYPE_CHECKING:
    from reprieve.register.linting.lint import Linted
    from reprieve.register.register import Register


@click.command("lint")
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@output_option("text", "json", "sarif", "github")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@where_options
@fetch_option
@click.option("--now", metavar="ISO", help="Judge as if it were then; marks the output simulated.")
def lint_command(
    paths: tuple[str, ...],
    output: str,
    strict: bool,
    where: str | None,
    ref: str | None,
    charter_root: str | None,
    fetch: bool | None,
    now: str | None,
) -> None:
    """Check records and charter as they are in the working tree; with PATHs, report on only those.

    \b
    reprieve lint
    reprieve lint security/exceptions/EXC-007-legacy-billing-root.md
    reprieve lint --output github --fetch
    reprieve lint --output sarif > lint.sarif

    Every problem in one run, with its line and a hint; and who will have to approve what is new or
    changed, and by when. What is new is judged by the charter that rules on the protected branch.

    Exit 0: no errors. 1: errors. 2: nothing could be checked.
    """
    from reprieve.register.linting.lint import lint
    from reprieve.register.linting.worktree import find_root, read_tree
    from reprieve.report.lint import OUTPUTS, Outcome

    at, _, simulated = moment(now, None)
    local = where if where and Path(where).is_dir() else None
    asked = [_absolute(path) for path in paths]
    start = asked[0] if asked else _absolute(local or ".")
    tree = read_tree(find_root(start if start.is_dir() else start.parent))
    wanted = [_within(path, tree.root) for path in asked]
    register, note = _history(tree.root, where, ref, charter_root, fetch)
    linted = _only(lint(tree, register, at), wanted, note)
    OUTPUTS[output](Outcome(linted, at, simulated), sys.stdout)
    failing = {"error", "warning"} if strict else {"error"}
    sys.exit(1 if any(problem.level in failing for problem in linted.problems) else 0)


def _absolute(path: str) -> Path:
    """Without following links: a linked record is to be found, not what it points to."""
    found = Path(os.path.abspath(path))  # noqa: PTH100
    if not os.path.lexists(found):
        raise UsageError("no such file or folder", where=path)
    return found


def _within(path: Path, root: Path) -> str:
    """The path from the register's root. Errors: `UsageError` for what is outside of its folder."""
    relative = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
    if relative == ".":
        return FOLDER
    if f"{FOLDER}/".startswith(f"{relative}/"):
        return FOLDER
    if not relative.startswith(f"{FOLDER}/"):
        raise UsageError(
            f"not in the register's folder, {root / FOLDER}",
            where=str(path),
            hint="a draft elsewhere is checked by: reprieve request --file DRAFT --dry-run",
        )
    return relative


def _only(linted: Linted, wanted: list[str], note: Problem | None) -> Linted:
    from reprieve.register.linting.lint import Linted

    def is_wanted(path: str) -> bool:
        return not wanted or any(path == one or path.startswith(f"{one}/") for one in wanted)

    problems = tuple(problem for problem in linted.problems if is_wanted(problem.path))
    return Linted(
        problems + ((note,) if note else ()),
        tuple(review for review in linted.reviews if is_wanted(review.path)),
        tuple(path for path in linted.files if is_wanted(path)),
    )


def _history(
    root: Path, where: str | None, ref: str | None, charter_root: str | None, fetch: bool | None
) -> tuple[Register | None, Problem | None]:
    """The register to hold the working tree against, or a note on why there is none yet.

    Errors: `RegisterError` when there is one, and it cannot be read.
    """
    here = where is None or Path(where).resolve() == root.resolve()
    if here:
        _refuse_nested(root)
    try:
        return opened(Reading(where or str(root), ref, charter_root, fetch), None), None
    except RegisterError:
        reason = _nothing_yet(root) if here and not (ref or charter_root) else None
        if reason is None:
            raise
    message = f"history was not looked at ({reason}): not for ids, renewals or approvals"
    return None, Problem(rule="history", message=message, path=FOLDER, level="note")


def _refuse_nested(root: Path) -> None:
    """A register is found at the top of its repository, and nowhere else. Errors: `RegisterError`."""
    git = Git(root)
    if git.succeeds("rev-parse", "--show-toplevel"):
        top = Path(git.text("rev-parse", "--show-toplevel"))
        if top.resolve() != root.resolve():
            raise RegisterError(
                f"a register lies at the top of its repository, which is {top}", where=str(root / FOLDER)
            )


def _nothing_yet(root: Path) -> str | None:
    """Why there is no protected register so far; None when there is something that should be readable."""
    from reprieve.register.locate import locate

    git = Git(root)
    try:
        git.run("rev-parse", "--git-dir")
    except GitError as error:
        return "not a git repository" if "not a git repository" in error.stderr else None
    if not git.text("for-each-ref", "--count=1", "refs/heads", "refs/remotes"):
        return "there are no commits"
    remotes = git.text("remote").split()
    if remotes and not git.text("for-each-ref", "--count=1", "refs/remotes"):
        return "nothing was pushed to the remote, or fetched from it, yet"
    try:
        located = locate(str(root), ref=None, fetch=False)
    except RegisterError:
        return None
    held = git.text("rev-list", "-1", "--first-parent", located.tip, "--", CHARTER)
    return None if held else "the protected branch holds no charter yet"
