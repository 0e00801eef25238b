"""Text with simple marks, written by who works for the municipality: to HTML that cannot do harm."""

from __future__ import annotations

import functools
import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote"}


@functools.cache
def _reader() -> MarkdownIt:
    return MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": True}).disable(
        ["image", "table", "code"]
    )


ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")


def paragraphs(text: str) -> Markup:
    """Return plain words as HTML: paragraphs, line breaks and addresses that can be followed, and no marks at all."""
    parts = [_linked(part) for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())]
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts)


def _linked(text: str) -> Markup:
    done, rest = Markup(""), 0
    for found in ADDRESS.finditer(text):
        done += _broken(text[rest : found.start()])
        done += Markup('<a class="nl-link" href="{0}" rel="nofollow noopener ugc">{0}</a>').format(found.group())
        rest = found.end()
    return done + _broken(text[rest:])


def _broken(text: str) -> Markup:
    return Markup("<br>").join(text.split("\n"))


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
