"""Forms of officials about rounds."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange

from buurtbegroting.web.forms import Form


class CriterionForm(Form):
    """A question by which plans are judged."""

    question = StringField(
        lazy_gettext("Question"),
        description=lazy_gettext("For example: Is the ground ours?"),
        validators=[DataRequired(lazy_gettext("Fill in a question.")), Length(max=200)],
    )
    explanation = TextAreaField(lazy_gettext("Explanation"), validators=[Length(max=500)])
    department = StringField(lazy_gettext("Which department looks at this?"), validators=[Length(max=80)])
    position = IntegerField(
        lazy_gettext("Place in the list"),
        validators=[
            DataRequired(lazy_gettext("Fill in a number, for example 6.")),
            NumberRange(1, 999, lazy_gettext("Fill in a number, for example 6.")),
        ],
        render_kw={"inputmode": "numeric", "size": 4},
    )
