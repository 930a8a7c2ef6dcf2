"""The Markdown sections of a record, and the questions that a new one starts with.

A question is an HTML comment: invisible when rendered, and not an answer; a section that holds nothing
else is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

RENEWAL_SECTION = "Why the original timeline was not met"

QUESTIONS: dict[str, str] = {
    "Justification": "Why can the finding not be fixed now, and what does the business need meanwhile?",
    "Risk assessment": "What could go wrong, how likely is it, who would notice, and how bad would it be?",
    "Compensating controls": "What makes the risk acceptable until it is fixed, and how do we know it works?",
    "Remediation plan": "What ends this exception: steps, owner, dates, tickets?",
    RENEWAL_SECTION: "What was planned, what happened instead, and why will it hold this time?",
}

_HEADING = re.compile(r" {0,3}##[ \t]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def required_sections(renewal: bool) -> tuple[str, ...]:
    """The headings a record must have, in order."""
    return tuple(name for name in QUESTIONS if renewal or name != RENEWAL_SECTION)


def new_body(answers: dict[str, str], *, renewal: bool = False) -> str:
    """The body of a new record: each section with its answer, or with its question."""
    parts = []
    for name in required_sections(renewal):
        answer = answers.get(name, "").strip()
        parts.append(f"## {name}\n\n{answer or f'<!-- {QUESTIONS[name]} -->'}\n")
    return "\n".join(parts)


def sections_of(body: str) -> dict[str, tuple[int, str]]:
    """Heading -> (line within the body, from 0; prose without comments and template questions).

    Headings, fenced code and comments are told apart line by line as CommonMark does, in linear time:
    a record is written by whoever asks.
    """
    begins: dict[str, int] = {}
    prose: dict[str, list[str]] = {}
    name = None
    for number, (line, is_code) in enumerate(_visible(body)):
        if not is_code and _HEADING.match(line):
            name = _title(line)
            begins[name], prose[name] = number, []
        elif name is not None:
            prose[name].append(line)
    return {name: (begins[name], _answer("\n".join(lines))) for name, lines in prose.items()}


def _visible(body: str) -> Iterator[tuple[str, bool]]:
    """Each line as a reader sees it, without comments; and whether it belongs to fenced code."""
    fence, commented = "", False
    for line in body.split("\n"):
        if fence:
            yield line, True
            if line.lstrip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            continue
        text, commented = _uncommented(line, commented)
        opening = _FENCE.match(text)
        fence = opening[1] if opening else ""
        yield text, bool(opening)


def _uncommented(line: str, inside: bool) -> tuple[str, bool]:
    """The line without HTML comments, and whether one is open at its end."""
    if not inside and "<!--" not in line:
        return line, False
    kept = []
    while line:
        before, found, line = line.partition("-->" if inside else "<!--")
        if not inside:
            kept.append(before)
        inside = inside != bool(found)
    return "".join(kept), inside


def _title(line: str) -> str:
    """The text of a heading, without the `#`s that may close it."""
    text = line.strip()[2:].strip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare != text and bare[-1:] in ("", " ", "\t") else text


def _answer(prose: str) -> str:
    text = prose.strip()
    return "" if " ".join(text.split()) in QUESTIONS.values() else text
