"""What members fill in about where they meet and with whom they work."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext
from wtforms import SelectField
from wtforms.validators import InputRequired

from buurtbegroting.web.forms import OnceForm, offered

from .fields import short_text


class MeetForm(OnceForm):
    """In which house an initiative meets."""

    house = SelectField(
        lazy_gettext("In which house do you meet?"), validators=[InputRequired(lazy_gettext("Choose a house."))]
    )

    def offer(self, houses: Mapping[str, str]) -> MeetForm:
        """Offer the houses."""
        self.house.choices = offered(houses)
        return self


class TieForm(OnceForm):
    """With whom an initiative wants to work together."""

    other = SelectField(
        lazy_gettext("With which initiative?"), validators=[InputRequired(lazy_gettext("Choose an initiative."))]
    )
    words = short_text(
        lazy_gettext("What do you do together?"),
        200,
        lazy_gettext("Say what you do together."),
        lazy_gettext("Everybody reads this. For example: we cook with what grows in their garden."),
    )

    def offer(self, others: Mapping[str, str]) -> TieForm:
        """Offer the other initiatives."""
        self.other.choices = offered(others)
        return self
