"""Text with simple marks, written by who works for the municipality: to HTML that cannot do harm."""

from __future__ import annotations

import functools

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote"}


@functools.cache
def _reader() -> MarkdownIt:
    return MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": True}).disable(
        ["image", "table", "code"]
    )


def html(text: str) -> Markup:
    """Return a text as HTML with paragraphs, headings, lists, bold, italics and links, and nothing else.

    Headings begin at the second level: the first belongs to the page.
    """
    tokens = _reader().parse(text)
    for token in tokens:
        if token.type.startswith("heading"):
            token.tag = "h2" if token.tag in ("h1", "h2") else "h3"
    written = _reader().renderer.render(tokens, _reader().options, {})
    clean = nh3.clean(
        written,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener",
    )
    return Markup(clean)  # noqa: S704
