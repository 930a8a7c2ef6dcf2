"""`allowed_signers`: whose key is whose (ssh-keygen(1), ALLOWED SIGNERS), judged line by line.

ssh-keygen passes over a line that it cannot read, so a mistake here shows only when a decision does not
count. And a decision counts only when the principal equals its author: patterns and lists, which
OpenSSH takes, are of no use.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

import msgspec

from reprieve.record.model import Problem

_PRINCIPALS = re.compile(r'(?:"([^"]*)"|([^\s"]+))[ \t]+')
_OPTION = r'(?:cert-authority|(?:namespaces|valid-after|valid-before)="[^"]*")'
_OPTIONS = re.compile(rf"{_OPTION}(?:,{_OPTION})*(?=[ \t])", re.IGNORECASE)
_NAMESPACES = re.compile(r'namespaces="([^"]*)"', re.IGNORECASE)
_KEY_TYPES = frozenset(
    {
        "ssh-ed25519",
        "ssh-rsa",
        "ssh-dss",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com",
        "sk-ecdsa-sha2-nistp256@openssh.com",
    }
)
_FORM = 'principal [options] key-type key: `dana@example.com namespaces="git" ssh-ed25519 AAAA…`'

Advice = tuple[str, str]
"""What is wrong and what to do."""


class Signers(msgspec.Struct, frozen=True):
    """The principals whose signatures can count, lower case, and what is wrong with the file."""

    principals: frozenset[str]
    problems: tuple[Problem, ...]


def parse_signers(path: str, raw: bytes) -> Signers:
    """The file as ssh-keygen reads it. A line that it cannot read is an error, a useless one a warning."""
    principals: set[str] = set()
    problems: list[Problem] = []
    for number, line in enumerate(raw.decode("utf-8", "replace").split("\n"), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        read = _read(text)
        if isinstance(read, str):
            problem = Problem(rule="signers", message=read, path=path, line=number, hint=_FORM)
            problems.append(problem)
            continue
        useless = list(_useless(*read))
        if not useless:
            principals.add(read[0].lower())
        problems += [
            Problem(rule="signers", message=message, path=path, line=number, hint=hint, level="warning")
            for message, hint in useless
        ]
    return Signers(frozenset(principals), tuple(problems))


def _read(text: str) -> tuple[str, str] | str:
    """Principals and options of a line, or what keeps it from being read."""
    start = _PRINCIPALS.match(text)
    if start is None:
        return "the line holds no key"
    rest = text[start.end() :]
    given = _OPTIONS.match(rest)
    options = given[0] if given else ""
    kind, _, key = rest[len(options) :].strip().partition(" ")
    if kind not in _KEY_TYPES:
        return f"neither an option nor a type of key: {kind[:40]!r}"
    if not _is_key(kind, key.split()[0] if key.split() else ""):
        return f"the key is not one of type {kind}"
    return start[1] if start[1] is not None else start[2], options


def _is_key(kind: str, key: str) -> bool:
    """Whether the key is whole enough to say its own type, as RFC 4253, section 6.6 has it."""
    try:
        blob = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        return False
    name = kind.encode()
    head = len(name).to_bytes(4, "big") + name
    return blob.startswith(head) and len(blob) > len(head)


def _useless(principals: str, options: str) -> Iterator[Advice]:
    exact = "one line for each address: only one exact address counts"
    if "," in principals:
        yield "several principals on one line", exact
    elif re.search(r"[*?!]", principals):
        yield f"a pattern is nobody's address: {principals}", exact
    elif "@" not in principals:
        yield f"not an e-mail address: {principals}", "decisions are compared with their author's address"
    if "cert-authority" in options.lower():
        yield "a certificate authority signs no decisions", "list each person's own key"
    namespaces = _NAMESPACES.search(options)
    if namespaces and "git" not in namespaces[1].split(","):
        yield "the key may not sign commits", 'namespaces="git", or no namespaces'
