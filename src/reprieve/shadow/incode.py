"""The markers of one file: found by their cues, and kept where their tool would honour them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from reprieve.shadow.bandit_tests import tests_in
from reprieve.shadow.markers import CUES, Marker
from reprieve.shadow.model import Silenced, Suppression
from reprieve.shadow.place import Place, place_of
from reprieve.shadow.source import File, cited, literal, shown
from reprieve.words import CheckType

_WINDOW = 2000
"""Characters around a cue that are looked at where a line is longer: nobody wrote it by hand."""
_MOST_A_LINE = 20
_CACHE: dict[str, re.Pattern[str]] = {}

_OPENING = re.compile(
    r"\s*(?:#+!?|//+!?|/\*+|\*+|--+|;+|%+|<!--|\{\{-?\s*/\*|'|!|REM\b|@)?[\s*#/]*", re.IGNORECASE
)
"""What a comment begins with before its text."""
_OTHERS = re.compile(
    r"(?:type:\s*ignore(?:\[[^\]]*\])?|pylint:\s*\S+|pragma:\s*no\s*cover|fmt:\s*\w+|noqa(?::\s*[\w, ]+)?"
    r"|nosec(?:\s+B\d+[, ]*)*|nosemgrep(?::\s*\S+)?|mypy:\s*\S+|pyright:\s*\S+|isort:\s*\S+|NOSONAR"
    r"|nolint(?::\S+)?|gitleaks:allow|pragma:\s*\S+\s+secret|trufflehog:ignore|(?:trivy|tfsec):ignore:\S+"
    r"|checkov:skip=\S*|ts:skip=\S+|kics-scan\s+\S+)",
    re.IGNORECASE,
)
"""Markers of other tools that may come before in the same comment."""
_WORD = re.compile(r"[A-Za-z]{2,}")
_QUOTES = "\"'`\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
_KEY_BEFORE = re.compile(r"(?:^|[{,])[\s\"']*(?:-\s+)?[\"']?$")
_JSON_COMMENT = re.compile(r"\"//\"\s*:\s*(?:\[\s*(?:\"[^\"]*\"\s*,\s*)*)?\"$")
"""What JSON has instead of comments: the key `//`."""
_TEXT_COMMENT = re.compile(r"(?:^|\s)(?:#|//|/\*|--|<!--|;|%|'|\*|REM\b|!)")
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`[^`]*`")
_SPLIT = re.compile(r"[,\s]+")
_IN_QUOTES = re.compile(r"\"([^\"]*)\"")
_JUSTIFICATION = re.compile(r"[Jj]ustification\s*[:=]+\s*\"([^\"]*)\"")
_ENDING = re.compile(r"\s*(?:\*+/|--+>)$")
_RULE = re.compile(r"\\?\"rule\\?\"\s*:\s*\\?\"([^\"\\]+)")
_DASHES = re.compile(r"^[\s\-–—:#/*]+|[\s\-–—*/]+$|\s*(?:\*/|-->).*$")


def markers_in(file: File, cues: Iterator[str] | list[str]) -> Iterator[tuple[str | None, Suppression]]:
    """Each marker, with the linter that has to have its security rules in use for it to count; mostly None.

    Args:
        file: what to look at.
        cues: those of `CUES` that its text holds, in lower case.
    """
    seen: set[tuple[str, int]] = set()
    for cue in cues:
        wanted = [
            one
            for one in CUES[cue]
            if one.syntaxes is None or file.syntax in one.syntaxes or file.syntax == "text"
        ]
        if not wanted:
            continue
        for number, start, line in _lines_with(file, cue):
            for marker in wanted:
                for match in marker.pattern.finditer(line):
                    key = (marker.name, start + match.start())
                    if key in seen or not any(cue in match[0].lower() for cue in marker.cues):
                        continue
                    seen.add(key)
                    yield from _judged(file, marker, match, number, start)


def _lines_with(file: File, cue: str) -> Iterator[tuple[int, int, str]]:
    """Number, offset and text of each line that holds the cue, or of as much of it as is looked at."""
    at, last = file.lower.find(cue), (0, 0)
    while at >= 0:
        number = file.line_at(at)
        start, line = file.start_of(number), file.line(number)
        count = last[1] + 1 if last[0] == number else 1
        last = (number, count)
        if len(line) <= 2 * _WINDOW:
            yield number, start, line
            at = start + len(line)
        elif count <= _MOST_A_LINE:
            begin = max(start, at - _WINDOW // 4)
            yield number, begin, file.text[begin : min(start + len(line), at + _WINDOW)]
        else:
            at = start + len(line)
        at = file.lower.find(cue, at + 1)


def _judged(
    file: File, marker: Marker, match: re.Match[str], number: int, start: int
) -> Iterator[tuple[str | None, Suppression]]:
    if not _honoured(file, marker, match, number, start):
        return
    group = match.groupdict()
    if (group.get("verb") or "").startswith("enable") or _is_off(marker, group):
        return
    ids = _ids(marker, group)
    linter = None
    if marker.security is not None:
        bare = not ids or ids == ("all",)
        ids = () if bare else tuple(one for one in ids if marker.security.fullmatch(one))
        if not bare and not ids:
            return
        linter = marker.linter if bare else None
    if marker.needs_ids and not ids:
        return
    yield linter, _suppression(file, marker, match, number, start, ids)


def _is_off(marker: Marker, group: dict[str, str | None]) -> bool:
    """Whether the value of an annotation takes it back."""
    return marker.name == "kubescape" and not (group.get("ids") or "").strip()


def _honoured(file: File, marker: Marker, match: re.Match[str], number: int, start: int) -> bool:
    cue = min((at for cue in marker.cues if (at := match[0].lower().find(cue)) >= 0), default=0)
    offset = start + match.start() + cue
    span = file.span_at(offset)
    if marker.where == "key":
        return (span is None or not span.comment) and bool(_KEY_BEFORE.search(match.string[: match.start()]))
    if marker.where == "code":
        return span is None and file.syntax != "text"
    if file.syntax == "json" and span is not None and not span.comment and marker.name == "checkov":
        return _JSON_COMMENT.search(match.string[: match.start()]) is not None
    if file.syntax == "prose" or (file.syntax == "markdown" and marker.type != "secret"):
        return False
    before = _comment_before(file, match, offset, start)
    if before is None:
        return False
    return _is_meant(file, marker, match, before, number)


def _comment_before(file: File, match: re.Match[str], offset: int, start: int) -> str | None:
    """The text of the comment before a marker, on its line; None where it is in no comment."""
    span = file.span_at(offset)
    if file.syntax == "text":
        before = match.string[: offset - start]
        found = list(_TEXT_COMMENT.finditer(before))
        if not found or before.count('"') % 2:
            return None
        return before[found[0].start() :]
    if span is None or not span.comment:
        return None
    return (
        file.text[max(span.start, start) : start + match.start()]
        if span.start < start + match.start()
        else ""
    )


def _is_meant(file: File, marker: Marker, match: re.Match[str], before: str, number: int) -> bool:
    """Whether a marker in a comment is one, and not a mention of it."""
    after = match.string[match.end() : match.end() + 1]
    quote = before.rstrip("#/*! ")[-1:] or ""
    if quote in _QUOTES and quote and before.strip() not in {"'"}:
        return False
    if after and after in _QUOTES and marker.name not in {"sonar"}:
        return False
    rest = _OTHERS.sub("", before[_opening(before) :])
    words = _WORD.findall(rest)
    if marker.where == "leading":
        return not words
    return len(words) < 2 or not file.whole_line_comment(number)


def _opening(before: str) -> int:
    found = _OPENING.match(before)
    return found.end() if found else 0


def _ids(marker: Marker, group: dict[str, str | None]) -> tuple[str, ...]:
    text = group.get("ids") or ""
    if marker.name in {"java-suppress", "spotbugs"}:
        found = _IN_QUOTES.findall(_JUSTIFICATION.sub("", text))
        return tuple(one for one in found if one)
    if marker.name == "dotnet-attribute":
        return tuple(one.partition(":")[0].strip() for one in _IN_QUOTES.findall(text)[1:2])
    if marker.name == "terrascan-metadata":
        return tuple(_RULE.findall(group.get("value") or ""))
    if marker.name == "bandit":
        return tests_in(text)
    words = [word.strip("'\"`.;") for word in _SPLIT.split(text) if word.strip("'\"`.;")]
    if marker.name in {"noqa", "noqa-file", "hadolint"}:
        words = [word.upper() for word in words]
    if marker.name == "trivy-tfsec":
        words = [word for word in words if not word.startswith("<")]
        return () if not words else tuple("*" if word == "*" else word for word in words)
    return tuple(dict.fromkeys(words))


def _suppression(
    file: File, marker: Marker, match: re.Match[str], number: int, start: int, ids: tuple[str, ...]
) -> Suppression:
    group = match.groupdict()
    own = _own_text(file, match, start)
    tool = group.get("tool") or marker.tool
    place = place_of(file, number)
    expires = group.get("exp")
    silenced = Silenced(
        type=_type(marker, ids),
        checks=tuple(literal(one) for one in ids if one != "*"),
        paths=(literal(file.name),),
        namespaces=place.namespaces,
        resources=place.resources,
    )
    return Suppression(
        path=file.path,
        name=file.name,
        line=number,
        kind="marker",
        tool=tool.lower(),
        form=marker.name,
        text=shown(own),
        silenced=silenced,
        reason=_reason(marker, match, own),
        expires=expires,
        lapses=_lapses(marker, expires),
        cites=cited(own)
        or tuple(dict.fromkeys(i for line in file.comments_around(number, number) for i in cited(line))),
        context=_context(file, marker, match, number, place),
    )


_TYPES: tuple[tuple[str, CheckType], ...] = (
    ("CKV_SECRET_", "secret"),
    ("CVE-", "vulnerability"),
    ("BC_LIC_", "license"),
)


def _type(marker: Marker, ids: tuple[str, ...]) -> CheckType | None:
    """What is silenced findings of: by the ids, where a tool has several kinds."""
    return next((kind for head, kind in _TYPES if ids and all(head in one for one in ids)), marker.type)


def _own_text(file: File, match: re.Match[str], start: int) -> str:
    """The marker and the rest of its comment: not the code before it, which may hold a secret."""
    offset = start + match.start()
    span = file.span_at(start + match.end() - 1) or file.span_at(offset)
    end = start + len(match.string)
    if span is not None and span.comment:
        end = min(end, max(span.end, start + match.end()))
    return _ENDING.sub("", file.text[offset:end].strip())


def _reason(marker: Marker, match: re.Match[str], own: str) -> str | None:
    group = match.groupdict()
    if marker.name in {"java-suppress", "spotbugs", "dotnet-attribute"}:
        found = _JUSTIFICATION.search(own)
        return shown(found[1]) if found else None
    if marker.name == "terrascan-metadata":
        return None
    text = group.get("reason")
    if text is None:
        text = own[match.end() - match.start() :]
    if marker.name == "bandit" and group.get("ids"):
        words = [word for word in (group["ids"] or "").split() if not tests_in(word)]
        text = " ".join((*words, text))
    text = _DASHES.sub("", text.strip().strip("\"'")).strip()
    return shown(text) if _WORD.search(text) else None


def _lapses(marker: Marker, expires: str | None) -> dt.datetime | None:
    """Trivy and tfsec: 00:00 UTC at the start of that day; DevSkim: at its end."""
    if expires is None:
        return None
    try:
        day = dt.date.fromisoformat(expires)
    except ValueError:
        return None
    if marker.name == "devskim":
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _context(file: File, marker: Marker, match: re.Match[str], number: int, place: Place) -> str:
    """The marker, and the code that it is about, without what might be a secret."""
    below = number
    if file.whole_line_comment(number):
        below += 1
        while below <= min(len(file.lines), number + 20) and (
            not file.line(below).strip() or file.whole_line_comment(below)
        ):
            below += 1
    code = file.line(below)[:_WINDOW]
    if below == number:
        code = code.replace(match[0].strip(), "")
    code = re.split(r"[=:]", code, maxsplit=1)[0] if marker.type == "secret" else _STRING.sub('""', code)
    return " ".join((match[0].strip(), *place.resources, code)).strip()
