"""How residents divide every 100 euros over themes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from buurtbegroting.web.forms import Form

NUMBER = {"inputmode": "numeric", "size": 4}


class DivisionForm(Form):
    """A number of euros for each theme."""

    @property
    def themes(self) -> list[Any]:
        """The fields with euros."""
        return [self[name] for name in self._fields if name.startswith("theme_")]

    @property
    def euros(self) -> dict[uuid.UUID, int]:
        """The euros that were filled in, by theme."""
        return {uuid.UUID(field.name.removeprefix("theme_")): field.data for field in self.themes}


def division_form(themes: Mapping[uuid.UUID, str]) -> type[DivisionForm]:
    """Return a form with a field for each theme."""
    words = lazy_gettext("Fill in a whole number from 0 to 100.")
    fields = {
        f"theme_{theme}": IntegerField(
            name, validators=[InputRequired(words), NumberRange(0, 100, words)], render_kw=NUMBER, default=0
        )
        for theme, name in themes.items()
    }
    return type("DivisionForm", (DivisionForm,), fields)
