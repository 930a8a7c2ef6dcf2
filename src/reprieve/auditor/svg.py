"""Plots as inline SVG: no script, no asset, the same bytes for the same numbers.

Colours are CSS classes over custom properties, so that a page themes them (`--rp-active`, `--rp-expired`, …)
and dark and print need nothing more. Each plot says in its `<title>` and `<desc>` what it shows; a page puts
the numbers beside it as a table. Every text is escaped.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT = 400, 210
"""Units of a plot; it grows with the page up to the width that the page allows."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 10, 28, 24
_CSS = re.compile(r"[a-z][a-z-]*")
_ID = re.compile(r"[a-z][a-z0-9-]*")

COLOURS: dict[str, tuple[str, str]] = {
    "active": ("#1f7a4d", "#4cc38a"),
    "expiring": ("#b7791f", "#f0b849"),
    "expired": ("#b42318", "#ff8a7a"),
    "approved": ("#3b6fb5", "#7fb0f5"),
    "requested": ("#6b7280", "#a3acb9"),
    "ended": ("#9aa1ab", "#6f7782"),
    "late": ("#b42318", "#ff8a7a"),
    "on-time": ("#1f7a4d", "#4cc38a"),
    "waiting": ("#6b7280", "#a3acb9"),
    "critical": ("#8e1b2d", "#ff7a8a"),
    "high": ("#c2510c", "#ff9e57"),
    "medium": ("#b7891f", "#e8c35a"),
    "low": ("#3b6fb5", "#7fb0f5"),
}
"""Class -> colour on a light page and on a dark one; `--rp-<class>` overrides both."""


class Series(NamedTuple):
    """One layer of a plot over time."""

    name: str
    css: str
    """The class that colours it, of `COLOURS` or a page's own."""
    values: Sequence[int]
    """One for each day."""


class Bar(NamedTuple):
    """One bar."""

    name: str
    css: str
    value: int


class Strip(NamedTuple):
    """One row of dots: how much of its limit each thing took, 1.0 being the limit."""

    name: str
    css: str
    shares: Sequence[float]


def style() -> str:
    """CSS for plots, light and dark; a page includes it once, inline or in a file of its own."""
    light = "".join(f"--rp-c-{name}:var(--rp-{name},{one});" for name, (one, _) in COLOURS.items())
    dark = "".join(f"--rp-c-{name}:var(--rp-{name},{two});" for name, (_, two) in COLOURS.items())
    fills = "".join(f".rp-plot .rp-{name}{{fill:var(--rp-c-{name})}}\n" for name in COLOURS)
    return (
        f".rp-plot{{{light}display:block;width:100%;height:auto;max-width:40rem;color:inherit}}\n"
        f"@media(prefers-color-scheme:dark){{.rp-plot{{{dark}}}}}\n"
        f":root[data-theme=light] .rp-plot{{{light}}}\n"
        f":root[data-theme=dark] .rp-plot{{{dark}}}\n"
        f"@media print{{.rp-plot{{{light}}}}}\n"
        ".rp-plot text{font:11px system-ui,sans-serif;fill:currentColor}\n"
        ".rp-plot .rp-axis{stroke:currentColor;stroke-opacity:.55;fill:none}\n"
        ".rp-plot .rp-grid{stroke:currentColor;stroke-opacity:.15;fill:none}\n"
        ".rp-plot .rp-limit{stroke:currentColor;stroke-dasharray:4 3;fill:none}\n"
        f"{fills}"
    )


def over_time(identity: str, title: str, days: Sequence[dt.date], layers: Sequence[Series]) -> str:
    """How many of each there were on each day, stacked.

    Args:
        identity: unique on the page; lower case, for ids of elements.
        title: what it shows.
        days: at least one, without gaps.
        layers: from the bottom up, each with a value for every day.
    """
    top = _scale(max((sum(values) for values in zip(*(x.values for x in layers), strict=True)), default=0))
    width = (WIDTH - _LEFT - _RIGHT) / len(days)
    base = [0] * len(days)
    shapes = []
    for layer in layers:
        upper = [below + value for below, value in zip(base, layer.values, strict=True)]
        if any(layer.values):
            shapes.append(f'<path class="rp-{_css(layer.css)}" d="{_steps(base, upper, width, top)}"/>')
        base = upper
    body = [*_levels(top), *shapes, *_months(days, width), *_legend([(x.name, x.css) for x in layers])]
    return _svg(identity, title, _told_over_time(days, layers), body, HEIGHT)


def bars(identity: str, title: str, rows: Sequence[Bar]) -> str:
    """One bar for each, from the left, with its number. `identity` and `title` as in `over_time`."""
    top = _scale(max((row.value for row in rows), default=0))
    left = 12 + 6.4 * max((len(row.name) for row in rows), default=0)
    body = []
    for number, row in enumerate(rows):
        y = 10 + 26 * number
        length = row.value / top * (WIDTH - left - 40)
        body += [
            f'<text x="{_n(left - 6)}" y="{y + 14}" text-anchor="end">{escape(row.name)}</text>',
            f'<rect class="rp-{_css(row.css)}" x="{_n(left)}" y="{y}" width="{_n(length)}" height="18"/>',
            f'<text x="{_n(left + length + 5)}" y="{y + 14}">{row.value:,}</text>',
        ]
    told = ", ".join(f"{row.name} {row.value:,}" for row in rows)
    return _svg(identity, title, f"{told}." if told else "Nothing.", body, 20 + 26 * len(rows))


def strips(identity: str, title: str, rows: Sequence[Strip], limit: str = "limit") -> str:
    """Dots by how much of its limit each thing took; what took more than three times is at the edge.

    `identity` and `title` as in `over_time`.
    """
    left = 12 + 6.4 * max((len(row.name) for row in rows), default=0)
    most = max((share for row in rows for share in row.shares), default=1.0)
    edge = 3.0 if most > 2 else 2.0 if most > 1.5 else 1.5
    unit = (WIDTH - left - 16) / edge
    height = _TOP + 28 * len(rows) + _BOTTOM
    body = []
    for share in (0.0, 0.5, 1.0, *((1.5,) if edge < 2 else ()), *((2.0,) if edge >= 2 else ()), edge):
        x, css = left + share * unit, "rp-limit" if share == 1 else "rp-grid"
        label = limit if share == 1 else f"{share:.0%}"
        body += [
            f'<line class="{css}" x1="{_n(x)}" x2="{_n(x)}" y1="{_TOP - 8}" y2="{height - _BOTTOM}"/>',
            f'<text x="{_n(x)}" y="{height - 8}" text-anchor="middle">{escape(label)}</text>',
        ]
    for number, row in enumerate(rows):
        y = _TOP + 28 * number + 8
        body.append(f'<text x="{_n(left - 8)}" y="{y + 4}" text-anchor="end">{escape(row.name)}</text>')
        for share in sorted(row.shares):
            x = left + min(max(share, 0), edge) * unit
            css = "rp-late" if share > 1 else f"rp-{_css(row.css)}"
            body.append(f'<circle class="{css}" cx="{_n(x)}" cy="{y}" r="4.5" fill-opacity=".7"/>')
    return _svg(identity, title, _told_strips(rows, limit), body, height)


def _svg(identity: str, title: str, description: str, body: Sequence[str], height: float) -> str:
    if not _ID.fullmatch(identity):
        raise ValueError(f"not an id: {identity!r}")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="rp-plot" role="img"'
        f' viewBox="0 0 {WIDTH} {_n(height)}" aria-labelledby="{identity}-title {identity}-desc">'
        f'<title id="{identity}-title">{escape(title)}</title>'
        f'<desc id="{identity}-desc">{escape(description)}</desc>'
        f"{''.join(body)}</svg>"
    )


def _css(name: str) -> str:
    if not _CSS.fullmatch(name):
        raise ValueError(f"not a class: {name!r}")
    return name


def _n(value: float) -> str:
    """A coordinate: one decimal, so that the bytes do not depend on the machine."""
    return f"{value:.1f}".removesuffix(".0")


def _scale(most: int) -> int:
    """The top of an axis: a round number, not below what there is, that four or five steps divide."""
    if most <= 4:
        return max(most, 1)
    power: int = 10 ** max(len(str(most)) - 2, 0)
    steps = (5, 8, 10, 12, 15, 16, 20, 25, 30, 40, 50, 60, 80, 100)
    return next(step * power for step in steps if step * power >= most)


def _steps(base: Sequence[int], upper: Sequence[int], width: float, top: int) -> str:
    """A closed path: along the upper edge day by day, and back along the lower one."""
    return f"M{_edge(upper, width, top)}L{_edge(base, width, top, back=True)}Z"


def _edge(values: Sequence[int], width: float, top: int, *, back: bool = False) -> str:
    points: list[str] = []
    runs = [(i, v) for i, v in enumerate(values) if i == 0 or values[i - 1] != v]
    for place, (start, value) in enumerate(runs):
        end = runs[place + 1][0] if place + 1 < len(runs) else len(values)
        y = _n(_height(value, top))
        points += [f"{_n(_LEFT + start * width)} {y}", f"{_n(_LEFT + end * width)} {y}"]
    return "L".join(points[::-1] if back else points)


def _height(value: float, top: int) -> float:
    return HEIGHT - _BOTTOM - value / top * (HEIGHT - _TOP - _BOTTOM)


def _levels(top: int) -> Iterator[str]:
    steps = top if top <= 4 else 4 if top % 4 == 0 else 5
    for number in range(steps + 1):
        value = top * number // steps
        y = _n(_height(value, top))
        css = "rp-grid" if number else "rp-axis"
        yield f'<line class="{css}" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>'
        yield f'<text x="{_LEFT - 5}" y="{_n(_height(value, top) + 4)}" text-anchor="end">{value:,}</text>'


def _months(days: Sequence[dt.date], width: float) -> Iterator[str]:
    """Dates along the axis: firsts of months, or a few days where there are no two of them."""
    marks = [i for i, day in enumerate(days) if day.day == 1]
    if len(marks) < 2:
        marks = sorted({0, len(days) // 2, len(days) - 1})
    every = math.ceil(len(marks) / 6)
    for place in marks[::every]:
        x = _LEFT + place * width
        anchor = "end" if x > WIDTH - 40 else "middle"
        yield f'<line class="rp-axis" x1="{_n(x)}" x2="{_n(x)}" y1="{HEIGHT - _BOTTOM}" y2="{HEIGHT - 20}"/>'
        yield f'<text x="{_n(x)}" y="{HEIGHT - 8}" text-anchor="{anchor}">{_date(days, place)}</text>'


def _date(days: Sequence[dt.date], place: int) -> str:
    day = days[place]
    return f"{day:%Y-%m}" if day.day == 1 and len(days) > 45 else f"{day:%m-%d}"


def _legend(names: Sequence[tuple[str, str]]) -> Iterator[str]:
    x = float(_LEFT)
    for name, css in names:
        yield f'<rect class="rp-{_css(css)}" x="{_n(x)}" y="5" width="10" height="10"/>'
        yield f'<text x="{_n(x + 14)}" y="14">{escape(name)}</text>'
        x += 28 + 6.6 * len(name)


def _told_over_time(days: Sequence[dt.date], layers: Sequence[Series]) -> str:
    told = [
        f"{layer.name}: {layer.values[0]:,} at first, {layer.values[-1]:,} at last,"
        f" between {min(layer.values):,} and {max(layer.values):,}"
        for layer in layers
    ]
    return f"From {days[0]} to {days[-1]}. {'; '.join(told)}."


def _told_strips(rows: Sequence[Strip], limit: str) -> str:
    told = [
        f"{row.name}: {len(row.shares):,}, {sum(share > 1 for share in row.shares):,} over the {limit}"
        for row in rows
    ]
    return f"{'; '.join(told)}." if told else "Nothing."
