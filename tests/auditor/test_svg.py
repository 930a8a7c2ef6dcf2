"""Plots: well-formed, told in words, and nothing gets out of a text."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from xml.etree import ElementTree

import pytest

from reprieve.auditor import svg

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title></svg><script>alert(1)</script> \" onload='x' & <b>"
DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(120)]


def parsed(text: str) -> ElementTree.Element:
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    named = [root.find(f".//*[@id='{name}']") for name in (root.get("aria-labelledby") or "").split()]
    assert [element.tag for element in named if element is not None] == [f"{SVG}title", f"{SVG}desc"]
    return root


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def plots(text: str) -> list[str]:
    layer = svg.Series(text, "active", [number % 7 for number in range(120)])
    return [
        svg.over_time("a", text, DAYS, [layer]),
        svg.bars("b", text, [svg.Bar(text, "high", 3)]),
        svg.strips("c", text, [svg.Strip(text, "on-time", [0.5, 4.0])], text),
    ]


@pytest.mark.parametrize("number", range(3))
def test_hostile_text_stays_text(number: int) -> None:
    root = parsed(plots(HOSTILE)[number])
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "path", "rect", "text", "line", "circle")
    }
    assert HOSTILE in texts(root)
    assert [title.text for title in root.iter(f"{SVG}title")] == [HOSTILE]
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def test_what_is_no_id_or_class_is_refused() -> None:
    with pytest.raises(ValueError, match="not an id"):
        svg.bars('x"', "t", [])
    with pytest.raises(ValueError, match="not a class"):
        svg.bars("x", "t", [svg.Bar("n", 'active" onload="', 1)])


def test_layers_are_stacked_day_by_day() -> None:
    layers = [svg.Series("one", "active", [1, 1, 2, 2]), svg.Series("two", "expired", [0, 1, 1, 0])]
    root = parsed(svg.over_time("a", "t", DAYS[:4], layers))
    heights = [
        [float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", path.get("d") or "")]
        for path in root.iter(f"{SVG}path")
    ]
    floor = max(heights[0])
    unit = (floor - min(heights[1])) / 3
    assert min(heights[0]) == pytest.approx(floor - 2 * unit, abs=0.1)
    assert max(heights[1]) == pytest.approx(floor - unit, abs=0.1)
    assert (root.find(f"{SVG}desc") or root).tag
    assert "one: 1 at first, 2 at last, between 1 and 2" in svg.over_time("a", "t", DAYS[:4], layers)


@pytest.mark.parametrize("most", [0, 1, 4, 5, 7, 11, 13, 99, 101, 1234, 99_999])
def test_axis_holds_the_highest_and_counts_whole_records(most: int) -> None:
    root = parsed(svg.over_time("a", "t", DAYS, [svg.Series("n", "active", [most] * 120)]))
    marks = [int(text.replace(",", "")) for text in texts(root) if re.fullmatch(r"[\d,]+", text)]
    assert marks == sorted(set(marks))
    assert most <= marks[-1] <= max(2 * most, 1)
    assert len({b - a for a, b in itertools.pairwise(marks)}) == 1


def test_dots_say_which_are_over_the_limit() -> None:
    root = parsed(svg.strips("s", "t", [svg.Strip("high", "on-time", [0.2, 1.0, 1.2, 9.0])]))
    dots = [(element.get("class"), float(element.get("cx") or 0)) for element in root.iter(f"{SVG}circle")]
    assert [css for css, _ in dots] == ["rp-on-time", "rp-on-time", "rp-late", "rp-late"]
    assert max(x for _, x in dots) <= svg.WIDTH
    assert "4, 2 over the limit" in svg.strips("s", "t", [svg.Strip("high", "on-time", [0.2, 1.0, 1.2, 9.0])])


def test_every_colour_has_a_dark_twin_and_can_be_themed() -> None:
    css = svg.style()
    for name, (light, dark) in svg.COLOURS.items():
        assert f"var(--rp-{name},{light})" in css
        assert f"var(--rp-{name},{dark})" in css
    assert "url(" not in css
