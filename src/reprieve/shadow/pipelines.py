"""What pipelines say about the steps that run a scanner: that they may fail, or are not run at all.

GitHub Actions (`continue-on-error`, `if: false`, inputs of actions), GitLab CI (`allow_failure`,
`*_DISABLED`, `*_EXCLUDED_PATHS`), Azure Pipelines (`continueOnError`), pre-commit (`args`,
`exclude`, `stages: [manual]`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reprieve.shadow.commands import commands
from reprieve.shadow.entries import entry
from reprieve.shadow.model import Suppression
from reprieve.shadow.scanners import SCANNERS, Holds, Scanner, in_action, only_installs
from reprieve.shadow.source import File, of_expression, widened
from reprieve.shadow.structured import Doc, Path, documents, get, mappings, texts

_GITHUB = re.compile(r"(?:^|/)(?:\.github/(?:workflows|actions)/.*|action)\.ya?ml$", re.IGNORECASE)
_GITLAB = re.compile(r"(?:^|/)(?:\.?gitlab-ci[^/]*|[^/]*\.gitlab-ci|\.gitlab/.*)\.ya?ml$", re.IGNORECASE)
_AZURE = re.compile(r"(?:^|/)(?:[^/]*azure-pipelines[^/]*|\.azure-pipelines/.*)\.ya?ml$", re.IGNORECASE)
_PRE_COMMIT = re.compile(r"(?:^|/)\.pre-commit-config\.ya?ml$", re.IGNORECASE)

_INPUTS: Mapping[str, Holds] = {
    "exit-code": "zero",
    "soft_fail": "flag",
    "soft-fail": "flag",
    "skip-dirs": "folders",
    "skip-files": "globs",
    "skip_check": "checks",
    "skip-check": "checks",
    "skip_path": "expressions",
    "skip_framework": "flag",
    "skip_cve_package": "packages",
    "exclude": "checks",
    "exclude_queries": "checks",
    "exclude_paths": "globs",
    "exclude-queries": "checks",
    "exclude-paths": "globs",
    "ignore_on_exit": "flag",
    "ignore-unfixed": "flag",
    "ignore": "checks",
    "no-fail": "flag",
    "only-fixed": "flag",
    "exceptions": "file",
}
"""Inputs of actions that silence the scanner they run."""
_NOT = {"fail-build": "false", "fail_on_findings": "false", "failbuild": "false"}
"""Inputs that silence when they are false."""
_FALSE = frozenset({"false", "0", "", "no", "none"})
_NEVER = frozenset({"false", "${{ false }}", "${{false}}"})

_GITLAB_JOBS = re.compile(
    r"(?:.*[-_:])?(?:sast|secret_detection|container_scanning|dependency_scanning|iac-sast|kics-iac-sast|dast)(?:[-_:].*)?"
)
_GITLAB_VARIABLES = re.compile(
    r"(?:SAST|SECRET_DETECTION|CONTAINER_SCANNING|DEPENDENCY_SCANNING|DAST|API_FUZZING|LICENSE_MANAGEMENT)_DISABLED"
    r"|(?:SAST|SECRET_DETECTION|DS|CS)_EXCLUDED_(?:PATHS|ANALYZERS)|CS_IGNORE_UNFIXED"
)
_VARIABLES: Mapping[str, tuple[str, Holds]] = {
    "TRIVY_EXIT_CODE": ("trivy", "zero"),
    "TRIVY_SKIP_DIRS": ("trivy", "folders"),
    "TRIVY_SKIP_FILES": ("trivy", "globs"),
    "TRIVY_IGNORE_UNFIXED": ("trivy", "flag"),
    "CKV_SKIP_CHECK": ("checkov", "checks"),
    "HADOLINT_IGNORE": ("hadolint", "checks"),
    "HADOLINT_NOFAIL": ("hadolint", "flag"),
    "GITLEAKS_EXIT_CODE": ("gitleaks", "zero"),
}
"""Variables of an environment that are a scanner's options."""


def read(file: File) -> Iterator[Suppression]:
    """Each setting of a pipeline that silences a scanner. Errors: `InputError`."""
    for pattern, reader in (
        (_GITHUB, _github),
        (_GITLAB, _gitlab),
        (_AZURE, _azure),
        (_PRE_COMMIT, _pre_commit),
    ):
        if pattern.search(file.name):
            for doc in documents(file):
                yield from reader(doc)


def _github(doc: Doc) -> Iterator[Suppression]:
    yield from _environment(doc, ("env",))
    jobs = get(doc.value, "jobs")
    for name, job in jobs.items() if isinstance(jobs, dict) else ():
        base: Path = ("jobs", name)
        yield from _environment(doc, (*base, "env"))
        ran = [scanner for _, scanner in _steps(get(job, "steps"))]
        if ran and _is(get(job, "continue-on-error"), "true"):
            yield _passing(doc, (*base, "continue-on-error"), ran[0], "continue-on-error: true")
        yield from _github_steps(doc, (*base, "steps"), get(job, "steps"))
    yield from _github_steps(doc, ("runs", "steps"), get(doc.value, "runs", "steps"))


def _github_steps(doc: Doc, base: Path, steps: Any) -> Iterator[Suppression]:
    for index, scanner in _steps(steps):
        step, where = steps[index], (*base, index)
        yield from _environment(doc, (*where, "env"))
        if _is(step.get("continue-on-error"), "true"):
            yield _passing(doc, (*where, "continue-on-error"), scanner, "continue-on-error: true")
        if str(step.get("if")).strip().lower() in _NEVER and "if" in step:
            yield _passing(doc, (*where, "if"), scanner, "if: false")
        if step.get("uses"):
            yield from _inputs(doc, (*where, "with"), scanner)


def _steps(steps: Any) -> Iterator[tuple[int, Scanner]]:
    """The steps that run a scanner."""
    for index, step in mappings(steps):
        uses = step.get("uses")
        if isinstance(uses, str):
            scanner = None if only_installs(uses) else in_action(uses)
        else:
            scanner = _run_by(step.get("run"))
        if scanner is not None:
            yield index, scanner


def _run_by(script: Any) -> Scanner | None:
    """The first scanner that a script runs."""
    text = "\n".join(texts(script))
    return next((command.scanner for command in commands(File("", "a.sh", text))), None) if text else None


def _inputs(doc: Doc, where: Path, scanner: Scanner) -> Iterator[Suppression]:
    inputs = get(doc.value, *where)
    for key, value in inputs.items() if isinstance(inputs, dict) else ():
        text = "\n".join(texts(value)) if not isinstance(value, bool) else str(value).lower()
        name = str(key).lower()
        if name in _INPUTS:
            yield from _valued(doc, (*where, key), scanner, name, _INPUTS[name], text)
        elif _NOT.get(name) == text.lower():
            yield _passing(doc, (*where, key), scanner, f"{key}: {text}")
        elif name in {
            "args",
            "arguments",
            "extra_args",
            "extra-args",
            "options",
            "scan-args",
            "additional_args",
        }:
            yield from _arguments(doc, (*where, key), scanner, text.split())


def _arguments(doc: Doc, where: Path, scanner: Scanner, words: list[str]) -> Iterator[Suppression]:
    from reprieve.shadow.flags import silencing

    for option, holds, values in silencing(scanner, words):
        yield from _valued(doc, where, scanner, option, holds, ",".join(values) or "on")


def _valued(
    doc: Doc, where: Path, scanner: Scanner, name: str, holds: Holds, text: str
) -> Iterator[Suppression]:
    text = text.strip()
    if holds == "zero" and text != "0":
        return
    if holds != "zero" and text.lower() in _FALSE:
        return
    values = [] if holds == "flag" else [part.strip() for part in re.split(r"[,\n]", text) if part.strip()]
    paths: list[str] = ["*"]
    if holds in {"globs", "folders"}:
        paths = [f"{widened(value).rstrip('/*')}*" for value in values]
    elif holds == "expressions":
        paths = [of_expression(value) for value in values]
    yield entry(
        doc.file,
        doc.line(*where),
        kind="flag",
        tool=scanner.tool,
        form=name,
        text=f"{scanner.tool}: {name} {' '.join(values)}".rstrip(),
        type=scanner.type,
        checks=[widened(value) for value in values] if holds == "checks" else (),
        paths=paths,
        packages=[f"*{widened(value)}*" for value in values] if holds == "packages" else (),
        comments=doc.comments(*where),
    )


def _passing(doc: Doc, where: Path, scanner: Scanner, text: str) -> Suppression:
    """A step whose failure passes, or that is not run."""
    return entry(
        doc.file,
        doc.line(*where),
        kind="flag",
        tool=scanner.tool,
        form=text.partition(":")[0],
        text=f"{scanner.tool}: {text}",
        type=scanner.type,
        paths=["*"],
        comments=(*doc.comments(*where), *doc.file.comments_above(doc.line(*where[:-1]))),
    )


def _environment(doc: Doc, where: Path) -> Iterator[Suppression]:
    variables = get(doc.value, *where)
    for key, value in variables.items() if isinstance(variables, dict) else ():
        if key in _VARIABLES:
            command, holds = _VARIABLES[key]
            text = str(value).lower() if isinstance(value, bool) else "\n".join(texts(value))
            yield from _valued(doc, (*where, key), SCANNERS[command], key, holds, text)


def _gitlab(doc: Doc) -> Iterator[Suppression]:
    if not isinstance(doc.value, dict):
        return
    yield from _gitlab_variables(doc, ("variables",))
    for name, job in doc.value.items():
        if not isinstance(job, dict) or name in {"variables", "default", "workflow", "include"}:
            continue
        yield from _gitlab_variables(doc, (name, "variables"))
        scanner = _run_by(job.get("script")) or _by_image(job) or _managed(str(name))
        if scanner is None:
            continue
        allowed = job.get("allow_failure")
        if allowed is True or isinstance(allowed, dict):
            yield _passing(doc, (name, "allow_failure"), scanner, "allow_failure: true")
        for index, rule in mappings(job.get("rules")):
            if rule.get("allow_failure") is True:
                yield _passing(doc, (name, "rules", index), scanner, "allow_failure: true")
        rules = [rule for _, rule in mappings(job.get("rules"))]
        if job.get("when") == "never" or (rules and "if" not in rules[0] and rules[0].get("when") == "never"):
            yield _passing(doc, (name, "rules" if rules else "when"), scanner, "when: never")


def _managed(name: str) -> Scanner | None:
    """A job of GitLab's own templates."""
    return Scanner("gitlab", None, {}) if _GITLAB_JOBS.fullmatch(name) else None


def _by_image(job: dict[str, Any]) -> Scanner | None:
    image = job.get("image")
    name = str(get(image, "name") if isinstance(image, dict) else image or "")
    command = name.rpartition("/")[2].partition(":")[0]
    return SCANNERS.get(command) if not SCANNERS.get(command, SCANNERS["npm"]).needs else None


def _gitlab_variables(doc: Doc, where: Path) -> Iterator[Suppression]:
    yield from _environment(doc, where)
    variables = get(doc.value, *where)
    for key, value in variables.items() if isinstance(variables, dict) else ():
        text = (
            ",".join(texts(get(value, "value") if isinstance(value, dict) else value)) or str(value).lower()
        )
        if not _GITLAB_VARIABLES.fullmatch(str(key)) or text.lower() in _FALSE:
            continue
        paths = [f"{widened(part)}*" for part in text.split(",")] if key.endswith("_PATHS") else ["*"]
        yield entry(
            doc.file,
            doc.line(*where, key),
            kind="flag",
            tool="gitlab",
            form=str(key),
            text=f"{key}: {text}",
            paths=paths,
            comments=doc.comments(*where, key),
        )


def _azure(doc: Doc) -> Iterator[Suppression]:
    for where, step in _azure_steps(doc.value, ()):
        script = next((step[key] for key in ("script", "bash", "pwsh", "powershell") if key in step), None)
        scanner = in_action(str(step.get("task") or "")) or _run_by(script)
        if scanner is not None and _is(step.get("continueOnError"), "true"):
            yield _passing(doc, (*where, "continueOnError"), scanner, "continueOnError: true")


def _azure_steps(value: Any, where: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every step of a pipeline, its stages and its jobs."""
    for key in ("stages", "jobs", "steps"):
        for index, one in mappings(get(value, key)):
            if key == "steps":
                yield (*where, key, index), one
            else:
                yield from _azure_steps(one, (*where, key, index))


def _pre_commit(doc: Doc) -> Iterator[Suppression]:
    for number, repository in mappings(get(doc.value, "repos")):
        for index, hook in mappings(repository.get("hooks")):
            where = ("repos", number, "hooks", index)
            name = str(hook.get("id") or "")
            scanner = SCANNERS.get(name) or in_action(name) or _run_by(hook.get("entry"))
            if scanner is None:
                continue
            yield from _arguments(doc, (*where, "args"), scanner, texts(hook.get("args")))
            if isinstance(hook.get("exclude"), str) and hook["exclude"] not in {"", "^$"}:
                yield _excluding(doc, (*where, "exclude"), scanner, hook["exclude"])
            if texts(hook.get("stages")) == ["manual"]:
                yield _passing(doc, (*where, "stages"), scanner, "stages: manual")


def _excluding(doc: Doc, where: Path, scanner: Scanner, expression: str) -> Suppression:
    return entry(
        doc.file,
        doc.line(*where),
        kind="flag",
        tool=scanner.tool,
        form="exclude",
        text=f"{scanner.tool}: exclude {expression}",
        type=scanner.type,
        paths=[of_expression(expression)],
        comments=doc.comments(*where),
    )


def _is(value: Any, wanted: str) -> bool:
    return str(value).strip().lower() == wanted
