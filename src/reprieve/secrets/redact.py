"""Lines of code to show beside a finding, with whatever could be a credential masked.

Wider than what is reported as a secret: a value under a name like PASSWORD is masked whatever it looks like,
since a finding about it shows just that line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reprieve.secrets.lines import Lines
from reprieve.secrets.scan import candidates

_WORD = "passw|passphrase|secret|token|api[_-]?key|credential|private[_-]?key|access[_-]?key|auth"
_NAME = rf"[\w.-]*(?:{_WORD})[\w.-]*"
_SETTING = re.compile(
    rf"(?i)(?P<head>[\"']?\b{_NAME}[\"']?\s*(?:[:=]\s*|\s+(?=\S)))(?P<value>\"[^\"]*\"|'[^']*'|[^\s,;}}\]]+)"
)
_NAMED = re.compile(rf"(?i)\bname[\"']?\s*[:=]\s*[\"']?{_NAME}[\"']?")
_VALUE = re.compile(r"(?i)(?P<head>\bvalue[\"']?\s*[:=]\s*)(?P<value>\S.*)")
_KEY_ROW = re.compile(r"\s*[\"']?[A-Za-z0-9+/=]{40,}\\?n?[\"',]*\s*")
_REFERENCE = re.compile(r"[\"']?(?:\$[\w{(]|\{\{|!|\||>|&|\*|\{|\[)")
_MASK = "****"


def redacted(path: str, code: Sequence[str]) -> list[str]:
    """The same lines, masked.

    Args:
        path: of the file; its name decides how values are quoted.
        code: some lines of it, in order.
    """
    shown = list(code)
    for number, value, _ in candidates(Lines(path, "\n".join(code))):
        shown[number] = shown[number].replace(value, _MASK)
    named = False
    for number, line in enumerate(shown):
        masked = _SETTING.sub(_hidden, line)
        if named:
            masked = _VALUE.sub(_hidden, masked)
        named = bool(_NAMED.search(line)) or (named and not line.lstrip().startswith("-"))
        shown[number] = _MASK if _KEY_ROW.fullmatch(masked) else masked
    return shown


def _hidden(match: re.Match[str]) -> str:
    """The value masked, but for one that only says where the value is."""
    if _REFERENCE.match(match["value"]):
        return match[0]
    return f"{match['head']}{_MASK}"
