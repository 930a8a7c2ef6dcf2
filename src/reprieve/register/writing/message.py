"""Commit messages of the process: a subject, prose, and the trailers that machines read."""

from __future__ import annotations

import re


def message(subject: str, prose: str = "", **trailers: str) -> str:
    """A commit message; trailer keys are given as `exception="EXC-007"` for `Reprieve-Exception: EXC-007`.

    Prose cannot smuggle in a trailer: its last paragraph is never the message's last.
    """
    parts = [_one_line(subject)]
    if prose.strip():
        parts.append(_defused(prose.strip()))
    if trailers:
        parts.append(
            "\n".join(f"Reprieve-{key.title()}: {_one_line(value)}" for key, value in trailers.items())
        )
    return "\n\n".join(parts) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _defused(prose: str) -> str:
    """A line that looks like one of our trailers is indented, so that nobody takes it for one."""
    return re.sub(r"(?im)^(reprieve-[a-z]+\s*:)", r" \1", prose)
