"""What the readers of native formats have in common: an entry as a suppression, lists of lines, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypedDict, Unpack

from reprieve.shadow.model import Kind, Silenced, Suppression
from reprieve.shadow.source import File, below, cited, literal, shown
from reprieve.words import CheckType


class Silences(TypedDict, total=False):
    """What an entry silences, as patterns of ours.

    `*` is for what the format could have narrowed and the entry does not.
    """

    type: CheckType | None
    """What it silences findings of."""
    checks: Iterable[str]
    """Ids or patterns; a `*` among them is everything."""
    paths: Iterable[str] | None
    """None, as when left out, is everything in the file's folder and below."""
    namespaces: Iterable[str]
    resources: Iterable[str]
    clusters: Iterable[str]
    images: Iterable[str]
    packages: Iterable[str]


def entry(
    file: File,
    line: int,
    *,
    tool: str,
    form: str,
    text: str,
    kind: Kind = "entry",
    reason: str | None = None,
    expires: object = None,
    lapses: dt.datetime | None = None,
    comments: Sequence[str] = (),
    says: Iterable[Any] = (),
    **silences: Unpack[Silences],
) -> Suppression:
    """One entry of a native file.

    Args:
        file: it stands in.
        line: where, from 1.
        tool: the scanner.
        form: the format.
        text: what stands there; the entry is known by it in a baseline, so it holds no line numbers.
        kind: `object` for objects of a cluster, `flag` for settings of a run.
        reason: as given there.
        expires: as given there.
        lapses: when the tool itself ends it.
        comments: lines of comment that go with it: a record may be cited there, a reason given.
        says: values of the entry in which a record may be cited.
        silences: what findings.
    """
    spoken = [text, reason or "", *_strings(says), *comments]
    return Suppression(
        path=file.path,
        name=file.name,
        line=max(line, 1),
        kind=kind,
        tool=tool,
        form=form,
        text=shown(text),
        silenced=_silenced(file, silences),
        reason=shown(reason) if reason else _comment(comments),
        expires=None if expires in (None, "") else shown(str(expires)),
        lapses=lapses,
        cites=tuple(dict.fromkeys(identifier for one in spoken for identifier in cited(one))),
        context=" ".join(text.split()),
    )


def _silenced(file: File, silences: Silences) -> Silenced:
    checks = tuple(dict.fromkeys(silences.get("checks", ())))
    paths = silences.get("paths")
    return Silenced(
        type=silences.get("type"),
        checks=() if "*" in checks else tuple(map(literal, checks)),
        paths=(below(file.folder),) if paths is None else tuple(paths),
        namespaces=tuple(silences.get("namespaces", ())),
        resources=tuple(silences.get("resources", ())),
        clusters=tuple(silences.get("clusters", ())),
        images=tuple(silences.get("images", ())),
        packages=tuple(silences.get("packages", ())),
    )


def listed(file: File, mark: str = "#") -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """The lines of a list: number, text without its comment, and the comments that go with it.

    A comment goes with the lines that follow it, up to the next comment or blank line; one at the end of a
    line goes with that line.
    """
    above: list[str] = []
    fresh = False
    for number, line in enumerate(file.lines, start=1):
        text = line.strip().removeprefix("\ufeff")
        if not text:
            above, fresh = [], False
        elif text.startswith(mark):
            above = [*above, text] if fresh else [text]
            fresh = True
        else:
            fresh = False
            head, found, tail = _parted(text, mark)
            yield number, head, ((mark + tail, *above) if found else tuple(above))


def _parted(text: str, mark: str) -> tuple[str, bool, str]:
    """A line, and the comment at its end: a mark after a blank."""
    for blank in (" ", "\t"):
        head, found, tail = text.partition(blank + mark)
        if found:
            return head.rstrip(), True, tail
    return text, False, ""


def _comment(comments: Sequence[str]) -> str | None:
    """The first comment that says something, as a reason."""
    for comment in comments:
        text = comment.strip().lstrip("#/;*-! ").strip()
        if any(c.isalpha() for c in text):
            return shown(text)
    return None


def _strings(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _strings([*value.keys(), *value.values()])
        elif isinstance(value, (list, tuple)):
            yield from _strings(value)


def instant(value: object) -> dt.datetime | None:
    """A date (its first moment) or a date-time, of UTC without an offset; None where it is neither."""
    if isinstance(value, dt.datetime):
        return value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time(), dt.UTC)
    if not isinstance(value, str):
        return None
    try:
        found = dt.datetime.fromisoformat(value.strip().replace(" UTC", "Z"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
