"""The rules of a round that have a good default: who wants to, changes them."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from buurtbegroting.civic.reasons import _r
from buurtbegroting.counting.rules import COMPLETIONS, OPTIONS, TIES
from buurtbegroting.web.forms import EurosField, offered, sayable
from buurtbegroting.web.i18n import say

from ..rulebook import DROPOUT, LEFTOVER
from .wizard import NUMBER, NoteForm

EMPTY = lazy_gettext("Leave it empty when there is no limit.")
# Orders in which plans with equal votes go, as a rulebook names them; the last one always decides.
TIE_ORDERS = {
    "cheapest,most-votes,id": (TIES["cheapest"], TIES["most-votes"], TIES["id"]),
    "dearest,most-votes,id": (TIES["dearest"], TIES["most-votes"], TIES["id"]),
    "id": (TIES["id"],),
    "drawn": (TIES["drawn"],),
}


class MoreForm(NoteForm):
    """Everything in a rulebook that the wizard does not ask."""

    intro = TextAreaField(
        lazy_gettext("What else should people know of this round?"), validators=[Optional(), Length(max=5000)]
    )
    min_plan_cents = EurosField(lazy_gettext("A plan costs at least"), description=EMPTY, validators=[Optional()])
    max_plan_cents = EurosField(lazy_gettext("A plan costs at most"), description=EMPTY, validators=[Optional()])
    max_plans_per_person = IntegerField(
        lazy_gettext("How many plans may one person hand in?"),
        description=EMPTY,
        validators=[Optional(), NumberRange(1, 100)],
        render_kw=NUMBER,
    )
    support_needed = IntegerField(
        lazy_gettext("From how many people does a plan need support before you look at it?"),
        description=lazy_gettext("Leave it empty to look at every plan."),
        validators=[Optional(), NumberRange(1, 100_000)],
        render_kw=NUMBER,
    )
    leftover = RadioField(
        lazy_gettext("What happens with money that is left?"),
        choices=lambda: sayable(LEFTOVER),
        validators=[InputRequired()],
    )
    dropout = RadioField(
        lazy_gettext("What if a chosen plan cannot be done after all?"),
        choices=lambda: sayable(DROPOUT),
        validators=[InputRequired()],
    )
    free_cents = EurosField(
        lazy_gettext("Free money for what nobody foresaw"),
        description=lazy_gettext("Five to ten in a hundred is usual. Leave it empty for none."),
        validators=[Optional()],
    )
    maatwerk_cents = EurosField(
        lazy_gettext("Maatwerk money: somebody may spend it at once"),
        description=lazy_gettext("Of every amount is kept what it was for and whether it helped; never for whom."),
        validators=[Optional()],
    )
    holder = StringField(lazy_gettext("Who has the mandate for the maatwerk money?"), validators=[Length(max=120)])


class CountingForm(MoreForm):
    """These rules, and those of the ballot and the count."""

    reference_date = DateField(
        lazy_gettext("On which day must a voter live in the area?"),
        description=lazy_gettext("Leave it empty for the day on which voting begins."),
        validators=[Optional()],
    )
    min_choices = IntegerField(
        lazy_gettext("How many plans at least on a ballot?"),
        description=EMPTY,
        validators=[Optional(), NumberRange(1, 1000)],
        render_kw=NUMBER,
    )
    max_points = IntegerField(
        lazy_gettext("How many points has a voter?"),
        description=lazy_gettext("Only when voters give points."),
        validators=[Optional(), NumberRange(1, 1000)],
        render_kw=NUMBER,
    )
    completion = RadioField(
        lazy_gettext("Equal shares: what with the money that is left over?"), validators=[InputRequired()]
    )
    min_votes = IntegerField(
        lazy_gettext("How many votes does a plan need at least?"),
        description=EMPTY,
        validators=[Optional(), NumberRange(1, 1_000_000)],
        render_kw=NUMBER,
    )
    has_bar = BooleanField(lazy_gettext("Enough voters for the cost"))
    is_compared = BooleanField(lazy_gettext("Compared with most votes"))
    tie_order = SelectField(lazy_gettext("What if two plans have equally many votes?"), validators=[InputRequired()])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.completion.choices = sayable({name: each.title for name, each in COMPLETIONS.items()})
        self.has_bar.description = say(OPTIONS["bar"].explanation)
        self.is_compared.description = say(OPTIONS["compared"].explanation)
        said = {names: ", ".join(say(each.title).lower() for each in entries) for names, entries in TIE_ORDERS.items()}
        self.tie_order.choices = offered(said)

    def validate_min_choices(self, field: IntegerField) -> None:
        """Refuse more at least than at most."""
        most = getattr(self, "most_choices", None)
        if most is not None and field.data is not None and field.data > most:
            raise ValidationError(say(_r("A voter chooses at most %(number)s plans.", number=most)))
