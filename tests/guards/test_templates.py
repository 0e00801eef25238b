"""Templates: no logic that runs in the browser, nothing unescaped, a mistake fails loudly."""

from __future__ import annotations

import re

import flask
from jinja2 import StrictUndefined

from buurtbegroting.foundation import paths

TEMPLATES = sorted(paths.PACKAGE.rglob("templates/**/*.html"))


def test_there_are_templates() -> None:
    assert TEMPLATES


def test_nothing_is_inline_or_unescaped() -> None:
    forbidden = re.compile(
        r"\|\s*safe\b|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:|autoescape", re.IGNORECASE
    )
    wrong = {
        f"{path.relative_to(paths.PACKAGE)}:{number}: {line.strip()}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if forbidden.search(line)
    }
    assert not wrong


def test_a_mistake_in_a_template_fails_loudly(bare_app: flask.Flask) -> None:
    assert bare_app.jinja_env.undefined is StrictUndefined
