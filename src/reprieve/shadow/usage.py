"""Which linters have their security rules in use, by the files that configure them.

A marker such as a bare `# noqa` silences whatever its linter would say there. Whether that can be a security
check depends on the project: where nothing turns the security rules on, the marker silences none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reprieve.shadow.source import File

_SIGNS: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "ruff": (
        re.compile(
            r"(?:^|/)(?:pyproject\.toml|\.?ruff\.toml|setup\.cfg|tox\.ini|\.flake8|\.pre-commit-config\.ya?ml"
            r"|requirements[^/]*\.(?:txt|in))$"
        ),
        re.compile(
            r"flake8[-_]bandit|^\s*(?:lint\.)?(?:extend-)?select\s*=\s*"
            r"(?:\[[^\]]*[\"'](?:S\d*|ALL)[\"']|(?:[\w, ]*[, ])?S\d*(?:[, ]|$))",
            re.MULTILINE,
        ),
    ),
    "eslint": (
        re.compile(r"(?:^|/)(?:\.eslintrc[^/]*|eslint\.config\.[cm]?[jt]s|package\.json)$"),
        re.compile(r"eslint-plugin-(?:security|no-unsanitized|no-secrets|sonarjs|xss|scanjs)|plugin:security|@microsoft/eslint-plugin-sdl"),
    ),
    "golangci-lint": (
        re.compile(r"(?:^|/)\.golangci[^/]*\.(?:ya?ml|toml|json)$"),
        re.compile(r"\bgosec\b|\benable-all:\s*true|\bdefault:\s*all"),
    ),
    "sonar": (
        re.compile(r"(?:^|/)(?:sonar-project\.properties|pom\.xml|build\.gradle(?:\.kts)?|\.sonarcloud\.properties)$"),
        re.compile(r"sonar\.|sonarqube|sonar-maven|findsecbugs"),
    ),
    "roslyn": (
        re.compile(r"(?:^|/)(?:[^/]+\.(?:csproj|props|targets)|\.editorconfig)$"),
        re.compile(r"SecurityCodeScan|SonarAnalyzer|AnalysisModeSecurity|<AnalysisMode>All|category-Security"),
    ),
}  # fmt: skip
"""Linter -> names of the files that configure it, and what turns its security rules on."""


def configures(name: str) -> bool:
    """Whether a file may be one of these."""
    return any(names.search(name) for names, _ in _SIGNS.values())


def in_use(file: File) -> list[str]:
    """The linters whose security rules the file turns on."""
    return [
        linter
        for linter, (names, sign) in _SIGNS.items()
        if names.search(file.name) and sign.search(file.text)
    ]
