"""Settings of a scanner's run that silence it: options in CI, scripts and Makefiles, failures that pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reprieve.shadow import pipelines
from reprieve.shadow.commands import Command, commands
from reprieve.shadow.entries import entry
from reprieve.shadow.model import Suppression
from reprieve.shadow.scanners import CUES, Holds, Scanner
from reprieve.shadow.source import File, of_expression, widened

_NAMES = re.compile(
    r"(?:^|/)(?:\.github/(?:workflows|actions)/.*\.ya?ml|action\.ya?ml|\.?gitlab-ci[^/]*\.ya?ml|[^/]*\.gitlab-ci\.ya?ml"
    r"|\.gitlab/.*\.ya?ml|(?:gnu)?makefile[^/]*|[^/]+\.mk|[^/]+\.(?:sh|bash|zsh|ksh|ps1|bat|jenkinsfile|groovy)"
    r"|jenkinsfile[^/]*|\.pre-commit-(?:config|hooks)\.ya?ml|[^/]*azure-pipelines[^/]*\.ya?ml|\.azure-pipelines/.*\.ya?ml"
    r"|\.circleci/.*\.ya?ml|bitbucket-pipelines\.ya?ml|\.drone\.ya?ml|\.travis\.ya?ml|taskfile[^/]*\.ya?ml|justfile"
    r"|tox\.ini|package\.json|buildspec[^/]*\.ya?ml|cloudbuild[^/]*\.ya?ml|earthfile|\.buildkite/.*\.ya?ml"
    r"|\.tekton/.*\.ya?ml|\.woodpecker[^/]*|lefthook\.ya?ml|\.husky/[^/]+|dockerfile[^/]*|[^/]+\.dockerfile|containerfile"
    r"|(?:\.?ci|bin|scripts?|hack|tools|build)/[^/.]+)$",
    re.IGNORECASE,
)


def may_hold(name: str, lower: bytes) -> bool:
    """Whether a file may hold a command that runs a scanner: by its name and its lower-case bytes."""
    return _NAMES.search(name) is not None and any(cue in lower for cue in CUES)


def read(file: File) -> Iterator[Suppression]:
    """Each setting that silences a scanner. Errors: `InputError`, of a pipeline that cannot be read."""
    base = file.basename.lower()
    groovy = base.startswith("jenkinsfile") or base.endswith((".groovy", ".jenkinsfile"))
    recipes = "makefile" in base or base.endswith(".mk")
    for command in commands(file, groovy=groovy, recipes=recipes, scripts=base == "package.json"):
        yield from _of_command(file, command, groovy=groovy)
    yield from pipelines.read(file)


def _of_command(file: File, command: Command, *, groovy: bool) -> Iterator[Suppression]:
    comments = _comments(file, command)
    for option, holds, values in silencing(command.scanner, command.arguments):
        yield setting(file, _line_of(file, command, option), command.scanner, option, holds, values, comments)
    swallowed = command.swallowed
    if groovy and re.search(r"returnStatus\s*:\s*true", file.line(command.line)):
        swallowed = "returnStatus: true"
    if swallowed:
        yield setting(file, command.last, command.scanner, swallowed, "flag", (), comments)


def silencing(scanner: Scanner, arguments: Iterable[str]) -> Iterator[tuple[str, Holds, tuple[str, ...]]]:
    """The options among some arguments that silence, each with its values."""
    words = list(arguments)
    for index, word in enumerate(words):
        option, equals, value = word.partition("=")
        holds = scanner.options.get(option)
        if holds is None:
            continue
        if not equals and holds != "flag":
            value = words[index + 1] if index + 1 < len(words) else ""
        if holds == "flag" and equals and value.lower() in {"false", "0", "none"}:
            continue
        if holds == "zero" and value.strip("\"'") != "0":
            continue
        values = tuple(part.strip("\"' ") for part in value.split(",") if part.strip("\"' "))
        yield option, holds, values


def setting(
    file: File,
    line: int,
    scanner: Scanner,
    option: str,
    holds: Holds,
    values: tuple[str, ...],
    comments: list[str],
) -> Suppression:
    """One setting as a suppression."""
    paths = None
    if holds in {"globs", "folders"}:
        paths = [f"{widened(value).rstrip('/*')}*" for value in values]
    elif holds == "expressions":
        paths = [of_expression(value) for value in values]
    said = f"{option} {','.join(values)}".strip() if holds != "zero" else f"{option} 0"
    return entry(
        file,
        line,
        kind="flag",
        tool=scanner.tool,
        form=option,
        text=f"{scanner.tool}: {said}",
        type=scanner.type,
        checks=[widened(value.partition(":")[0]) for value in values] if holds == "checks" else (),
        paths=paths or ["*"],
        packages=[f"*{widened(value)}*" for value in values] if holds == "packages" else (),
        comments=comments,
    )


def _comments(file: File, command: Command) -> list[str]:
    inline = [
        tail for n in range(command.line, command.last + 1) if (tail := file.line(n).partition(" #")[2])
    ]
    return [*inline, *file.comments_above(command.line)]


def _line_of(file: File, command: Command, option: str) -> int:
    """The line of a command on which an option stands."""
    return next((n for n in range(command.line, command.last + 1) if option in file.line(n)), command.line)
