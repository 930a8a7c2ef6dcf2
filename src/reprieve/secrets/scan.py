"""Exposed credentials in one text, as findings that never hold one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reprieve.findings.masking import mask
from reprieve.findings.model import Finding
from reprieve.secrets.detectors import DETECTORS, PRIVATE_KEY, Detector
from reprieve.secrets.identity import keyed
from reprieve.secrets.lines import LONG, Lines, quoted
from reprieve.secrets.noise import allowlisted, no_secret, noisy_file, only_looks_secret

TOOL = "reprieve"

_KEY_ENDS = ("PRIVATE KEY", "Private-MAC")
_KEY_AT_MOST = 16384
_KEY_AT_LEAST = 40
_KEY_ROW = re.compile(r"[\s\"'`#*>\-]*+[A-Za-z0-9+/=]++(?:\\+[nrt])*+[\s\"'`,;+.)\\]*")
_NOT_BASE64 = re.compile(r"\\+[nrt]|[^A-Za-z0-9+/=]")


def scan_text(path: str, text: str, key: bytes | None = None) -> list[Finding]:
    """The secrets in a text, in the order of lines; one for each secret on a line, named by the surest kind.

    Pure: no network, no state, the same in any process. What a `pragma: allowlist secret` comment allows
    is a finding with `suppressed` set.

    Args:
        path: `/`-separated, as findings are to show it; its name decides how values are quoted.
        text: the decoded file; see `files.decode`.
        key: names secrets alike in all places (`identity`); without it they are told apart by place.
    """
    lines = Lines(path, text)
    found: dict[tuple[int, str], Detector] = {}
    for number, value, detector in candidates(lines):
        found.setdefault((number, value), detector)
    for place in _parts_of_keys(lines, found):
        del found[place]
    ordered = sorted(found.items(), key=lambda item: item[0][0])  # by line; within one, the surest first
    return [_finding(lines, number, value, detector, key) for (number, value), detector in ordered]


def candidates(lines: Lines) -> Iterator[tuple[int, str, Detector]]:
    """Line (from 0), value and detector of everything that could be a secret."""
    noisy = noisy_file(lines.path)
    for detector in DETECTORS:
        if noisy and detector.generic:
            continue
        cues = detector.bare_cues if lines.settings else detector.cues
        for number, line in lines.excerpts(cues, detector.before, detector.after):
            for value in _values(detector, line, lines):
                yield number, value, detector


def _values(detector: Detector, line: str, lines: Lines) -> Iterator[str]:
    setting = quoted(line) if lines.settings else line
    if detector.generic:
        for value in detector.values(setting, lines.path):
            if not no_secret(value) and not only_looks_secret(value, setting):
                yield value
    else:
        for shown in {line: None, setting: None}:  # quotes make some expressions match and break others
            for value in detector.values(shown, lines.path):
                if not no_secret(value):
                    yield value


def _finding(lines: Lines, number: int, value: str, detector: Detector, key: bytes | None) -> Finding:
    material, masked = value, _masked(value)
    if detector.kind == PRIVATE_KEY:
        body, whole = _key_body(lines, number, value)
        # Only the words "BEGIN … KEY", or a form we cannot read, must not be one with any other.
        material = body if whole else f"{lines.path}\0{value}\0{body}"
        masked = _masked(body) if whole else "****"
    previous = lines.lines[number - 1] if number else ""
    return Finding(
        type="secret",
        check=detector.kind,
        severity=detector.severity,
        tool=TOOL,
        message=f"possible secret: {detector.kind} ({masked})",
        path=lines.path,
        line=number + 1,
        context=keyed(material, key) if key else f"masked:{masked}",
        suppressed="pragma: allowlist secret"
        if allowlisted(lines.path, lines.lines[number], previous)
        else None,
    )


def _masked(value: str) -> str:
    """`mask`, which leaves what is masked already; a secret may only look so."""
    return "****" if "****" in value else mask(value)


def _key_body(lines: Lines, number: int, marker: str) -> tuple[str, bool]:
    """The Base64 of a private key without its layout, so that it is the same in a file and in a string.

    And whether it is one: there is an end to it, and enough before. If not, it is the text that follows.
    """
    start = lines.text.index(marker, lines.starts[number]) + len(marker)
    ends = [end for mark in _KEY_ENDS if (end := lines.text.find(mark, start, start + _KEY_AT_MOST)) >= 0]
    text = lines.text[start : min(ends, default=start + _KEY_AT_MOST)]
    body = _NOT_BASE64.sub("", text.rpartition("END")[0] or text)
    return body, bool(ends) and len(body) >= _KEY_AT_LEAST


def _parts_of_keys(lines: Lines, found: Mapping[tuple[int, str], Detector]) -> list[tuple[int, str]]:
    """What is only a row of a private key that was found, or the string around it."""
    keys = [place for place, detector in found.items() if detector.kind == PRIVATE_KEY]
    rows = {row for number, _ in keys for row in _rows_after(lines, number)}
    return [
        (number, value)
        for (number, value), detector in found.items()
        if detector.generic
        and (number in rows or any(number == line and marker in value for line, marker in keys))
    ]


def _rows_after(lines: Lines, number: int) -> Iterator[int]:
    """The lines right below that hold nothing but a piece of Base64, in quotes or not."""
    for row in range(number + 1, len(lines.lines)):
        if len(lines.lines[row]) > LONG or not _KEY_ROW.fullmatch(lines.lines[row]):
            return
        yield row
