"""When each phase of a round lasts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from wtforms import DateField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.web.forms import EditForm
from buurtbegroting.web.i18n import say

# Phases that a round can do without, and what they are for.
OPTIONAL = {
    PhaseKind.DIVIDE: _r("Optional: residents first say how the money is divided over subjects. Leave it empty if not.")
}


class PhaseDatesForm(EditForm):
    """From which until which day a phase lasts; the last day belongs to it."""

    first_day = DateField(
        lazy_gettext("The first day"), validators=[InputRequired(lazy_gettext("Fill in the first day."))]
    )
    last_day = DateField(
        lazy_gettext("The last day"), validators=[InputRequired(lazy_gettext("Fill in the last day."))]
    )
    reason = StringField(
        lazy_gettext("Why do the dates move?"),
        description=lazy_gettext("Everybody reads this reason. Who follows the round gets a message."),
        validators=[DataRequired(lazy_gettext("Say why the dates move.")), Length(max=300)],
    )


class WhenForm(EditForm):
    """When each phase lasts, of a round that nobody knows of yet."""

    @property
    def phases(self) -> dict[str, tuple[DateField, DateField]]:
        """The first and the last day of each phase, by its kind."""
        kinds = [name.removeprefix("first_") for name in self._fields if name.startswith("first_")]
        return {kind: (self[f"first_{kind}"], self[f"last_{kind}"]) for kind in kinds}

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse days in a wrong order, besides what each field refuses."""
        if not super().validate(extra_validators):
            return False
        before: date | None = None
        for first, last in self.phases.values():
            if first.data is None and last.data is None:
                continue
            if first.data is None or last.data is None:
                (last if first.data else first).errors = [say(_r("Fill in both days, or neither."))]
            elif last.data < first.data:
                last.errors = [say(_r("The last day cannot lie before the first day."))]
            elif before and first.data <= before:
                first.errors = [say(_r("A phase begins after the last day of the one before it."))]
            before = last.data or before
        return not self.errors


def when_form(titles: Mapping[PhaseKind, Reason]) -> type[WhenForm]:
    """Return a form with a first and a last day for each of some phases."""
    fields: dict[str, Any] = {}
    for kind, title in titles.items():
        words = say(title)
        needed = [Optional()] if kind in OPTIONAL else None
        fields[f"first_{kind.value}"] = DateField(
            say(_r("%(phase)s: first day", phase=words)),
            description=say(OPTIONAL[kind]) if kind in OPTIONAL else "",
            validators=needed or [InputRequired(lazy_gettext("Fill in the first day."))],
        )
        fields[f"last_{kind.value}"] = DateField(
            say(_r("%(phase)s: last day", phase=words)),
            validators=needed or [InputRequired(lazy_gettext("Fill in the last day."))],
        )
    return type("WhenForm", (WhenForm,), fields)
