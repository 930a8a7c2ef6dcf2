"""Text that people wrote, as HTML that cannot do anything."""

from __future__ import annotations

import functools
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

register = template.Library()


@functools.cache
def _markdown() -> MarkdownIt:
    """CommonMark and tables; raw HTML is text, pictures are links that nobody loads."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


@register.filter
def prose(text: str) -> SafeString:
    """Markdown as HTML. Headings of the text come below those of the page."""
    tokens = _markdown().parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
        for child in token.children or ():
            if child.type == "link_open":
                _defuse(child)
    rendered = str(_markdown().renderer.render(tokens, _markdown().options, {}))
    return mark_safe(rendered)  # noqa: S308  (markdown-it escapes all text, and html is off)


def _defuse(token: object) -> None:
    """A link only leads to the web; anything else is left without an address."""
    attributes = token.attrs  # type: ignore[attr-defined]  # a Token
    if is_web(str(attributes.get("href", ""))):
        attributes["rel"] = "nofollow noopener noreferrer"
    else:
        attributes.pop("href", None)


@register.filter
def web_link(address: str) -> SafeString:
    """An address as a link when it is one of the web; else as the text that it is."""
    if is_web(address):
        return format_html('<a href="{}" rel="nofollow noopener noreferrer">{}</a>', address, address)
    return format_html("{}", address)


def is_web(address: str) -> bool:
    """Whether it is an absolute address of http or https."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
