"""Semgrep: options that exclude rules, one a line, for `xargs -a .semgrep-options semgrep scan`.

Source: semgrep's command line (`--exclude-rule`). Semgrep has no file that ignores a rule in one place: that
is what comments in code are for. So only what is true of a whole scan is written.
"""

from __future__ import annotations

import re

from reprieve.export.fit import Expresses, fit_all, translated
from reprieve.export.interface import Format, Job, Written
from reprieve.export.patterns import literal

NAME = "semgrep"
EXPRESSES = Expresses(
    tool="Semgrep",
    types=frozenset({"code", "vulnerability"}),
    tests=frozenset({"checks"}),
    knows=frozenset({"paths", "packages"}),
    fixable=frozenset({"code", "vulnerability"}),
)
_RULE = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?")


def _write(job: Job) -> Written:
    fits = fit_all(job, EXPRESSES)
    left = list(fits.left)
    rules: set[str] = set()
    written = 0
    for fitted in fits.fitted:
        found = translated(fitted, "checks", _rule, left)
        rules |= set(found)
        written += bool(found)
    text = "".join(f"--exclude-rule={rule}\n" for rule in sorted(rules))
    return Written({"": text}, written, tuple(left), tuple(fits.aside))


def _rule(check: str) -> str:
    if _RULE.fullmatch(literal(check)) is None:
        raise ValueError("not the id of a rule")
    return check


FORMAT = Format(
    title="Semgrep, options",
    file=".semgrep-options",
    says="rules, for a whole scan",
    expiry="none: written while the record holds",
    write=_write,
)
