"""What looks like a secret and is none: detect-secrets' heuristics, each applied where it is true.

detect-secrets applies them all to every kind, so that a token in a call (`connect("ghp_…")`), a password
that is a UUID, or credentials in a lock file's URL get lost. Here the shape of a specific token outweighs
its surroundings; the kinds that go by shape or name alone are held to everything.
"""

from __future__ import annotations

import re

from detect_secrets.filters import heuristic
from detect_secrets.filters.allowlist import is_line_allowlisted
from detect_secrets.util.code_snippet import CodeSnippet

# The same truth as `heuristic.is_indirect_reference`, whose needless prefix makes it take cubic time.
_INDIRECT = re.compile(r"(?::=?|[!=]{1,3})\s*+[\w.-]++[\[(][^\v]*[\])]")
_INDIRECT_UP_TO = 1000

# `secretName: db`, `password_file = "/run/secrets/db"`: names of a secret's place, not the secret.
_PLACE_NAME = re.compile(
    r"(?:names?|namespace|refs?|files?|paths?|dir|arn|class|type|kind|version)[\]\"']{0,2}\s*[:=]?[=>]?\s*[\"'`]?$",
    re.IGNORECASE,
)


def noisy_file(path: str) -> bool:
    """Whether a file is full of hashes by nature: lock files, style sheets, API descriptions."""
    return heuristic.is_lock_file(path) or heuristic.is_non_text_file(path) or heuristic.is_swagger_file(path)


def no_secret(value: str) -> bool:
    """Whether a value is a placeholder or too plain to be a secret of any kind."""
    return (
        value == "REDACTED"
        or heuristic.is_templated_secret(value)
        or heuristic.is_prefixed_with_dollar_sign(value)
        or heuristic.is_not_alphanumeric_string(value)
        or heuristic.is_sequential_string(value)
    )


def only_looks_secret(value: str, line: str) -> bool:
    """Whether a value that only its shape or its variable's name speaks for is something else."""
    if heuristic.is_potential_uuid(value) or heuristic.is_likely_id_string(value, line):
        return True
    if len(line) <= _INDIRECT_UP_TO and _INDIRECT.search(line):
        return True
    return bool(_PLACE_NAME.search(line[: max(line.find(value), 0)][-100:]))


def allowlisted(path: str, line: str, previous: str) -> bool:
    """Whether a `pragma: allowlist secret` on the line, or `allowlist nextline` above it, speaks for it."""
    at = line.rfind("pragma:")
    if at < 0 and "pragma:" not in previous:
        return False
    near = line[max(at - 64, 0) :][:1000] if at >= 0 else ""
    return is_line_allowlisted(path, near, CodeSnippet([previous[:1000], near], 0, 1))
