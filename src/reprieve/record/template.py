"""The Markdown sections of a record, and the questions that a new one starts with.

A question is an HTML comment: invisible when rendered, and not an answer; a section that holds nothing
else is empty.
"""

from __future__ import annotations

import re

RENEWAL_SECTION = "Why the original timeline was not met"

QUESTIONS: dict[str, str] = {
    "Justification": "Why can the finding not be fixed now, and what does the business need meanwhile?",
    "Risk assessment": "What could go wrong, how likely is it, who would notice, and how bad would it be?",
    "Compensating controls": "What makes the risk acceptable until it is fixed, and how do we know it works?",
    "Remediation plan": "What ends this exception: steps, owner, dates, tickets?",
    RENEWAL_SECTION: "What was planned, what happened instead, and why will it hold this time?",
}

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"^##[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1[`~]*[ \t]*$", re.DOTALL | re.MULTILINE)


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
    """Heading -> (line within the body, from 0; prose without comments and template questions)."""
    masked = _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), body)
    found = list(_HEADING.finditer(masked))
    sections = {}
    for heading, following in zip(found, [*found[1:], None], strict=True):
        prose = body[heading.end() : following.start() if following else len(body)]
        sections[heading[1].strip()] = (body.count("\n", 0, heading.start()), _answer(prose))
    return sections


def _answer(prose: str) -> str:
    text = _COMMENT.sub("", prose).strip()
    return "" if " ".join(text.split()) in QUESTIONS.values() else text
