"""What a plan costs: one amount, or lines that add up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import flask
from flask_babel import gettext, lazy_gettext
from wtforms import Field
from wtforms.validators import Optional, ValidationError

from buurtbegroting.civic.money import Money
from buurtbegroting.web.forms import EurosField, Form, cents_typed, typed_cents
from buurtbegroting.web.i18n import euros

MOST_LINES = 30
LONGEST_LINE = 100
BREAKS = re.compile(r"[\r\n\x00]")


@dataclass(frozen=True)
class Row:
    """One line as it was typed, and whether something is wrong with it."""

    what: str
    amount: str
    is_wrong: bool = False


def in_words(lines: Sequence[Mapping[str, Any]], currency: str = "EUR") -> str:
    """Return lines of costs as people read them, each on a line of its own."""
    return "\n".join(f"{line['what']}: {euros(Money(line['cents'], currency))}" for line in lines)


class CostLinesField(Field):  # type: ignore[misc]
    """Lines of what something costs; its data are a list of ``what`` and ``cents``.

    ``rows`` are the lines to show, ``extra`` how many empty ones come after them.
    """

    def __init__(self, label: object = None, **options: Any) -> None:
        super().__init__(label, **options)
        self.typed: list[tuple[str, str]] = []
        self.wrong: set[int] = set()
        self.left_empty = self.extra = 0

    @property
    def rows(self) -> list[Row]:
        """The lines as they were typed, and the empty ones that were asked for."""
        filled = [Row(what, amount, place in self.wrong) for place, (what, amount) in enumerate(self.typed)]
        return filled + [Row("", "")] * self.extra

    def is_extended(self) -> bool:
        """Add an empty line and tell so, when that is what the button asked that sent the form."""
        if flask.request.form.get("extra") != "line":
            return False
        self.extra = self.left_empty + 1
        return True

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the lines out of what was sent, or else out of what was kept."""
        self.process_errors: list[str] = []
        self.wrong = set()
        self.data = list(data or [])
        self.typed = [(line["what"], typed_cents(line["cents"])) for line in self.data]
        if formdata is not None and f"{self.name}-what" in formdata:
            self.data = self._read(formdata)

    def _read(self, formdata: Any) -> list[dict[str, Any]]:
        sent = zip(formdata.getlist(f"{self.name}-what"), formdata.getlist(f"{self.name}-amount"), strict=False)
        trimmed = [(what.strip(), amount.strip()) for what, amount in sent]
        self.typed = [line for line in trimmed if any(line)]
        self.left_empty = len(trimmed) - len(self.typed)
        return [self._line(place, *line) for place, line in enumerate(self.typed)]

    def _line(self, place: int, what: str, amount: str) -> dict[str, Any]:
        cents = None
        try:
            cents = cents_typed(amount)
        except ValueError as error:
            self._complain(place, str(error))
        else:
            if cents is None:
                self._complain(place, gettext("Say what it costs, about."))
        if not what or len(what) > LONGEST_LINE or BREAKS.search(what):
            self._complain(place, gettext("Say in a few words what it is for."))
        return {"what": what, "cents": cents}

    def _complain(self, place: int, words: str) -> None:
        self.wrong.add(place)
        self.process_errors.append(gettext("Line %(number)s: %(words)s", number=place + 1, words=words))

    def pre_validate(self, form: Any) -> None:
        """Refuse more lines than anybody reads."""
        if len(self.typed) > MOST_LINES:
            raise ValidationError(gettext("Keep it to %(most)s lines.", most=MOST_LINES))


def _needed_without_lines(form: Any, field: Any) -> None:
    if field.data is None and not field.errors and not form.cost_lines.typed:
        raise ValidationError(gettext("Say what it costs, about."))


class CostForm(Form):
    """What it costs, and who else pays. With lines, what is asked is what they add up to."""

    cost_cents = EurosField(
        lazy_gettext("How much money do you ask, about?"),
        description=lazy_gettext("In euros. An estimate is enough: we look at it with you."),
        validators=[_needed_without_lines],
    )
    own_cents = EurosField(
        lazy_gettext("How much do you bring yourselves?"),
        description=lazy_gettext("Leave this empty if it is nothing."),
        validators=[Optional()],
    )
    hoped_cents = EurosField(
        lazy_gettext("How much do you hope to get from others?"),
        description=lazy_gettext("A fund, a shop, a club. Leave this empty if it is nothing."),
        validators=[Optional()],
    )
    maintenance_cents = EurosField(
        lazy_gettext("What does it cost each year after that?"),
        description=lazy_gettext("For example to mow, to clean or to repair. Leave this empty if you do not know."),
        validators=[Optional()],
    )
    cost_lines = CostLinesField(
        lazy_gettext("What is the money for?"),
        description=lazy_gettext("You may skip this. If you fill in lines, we add them up: that is what you ask."),
    )
