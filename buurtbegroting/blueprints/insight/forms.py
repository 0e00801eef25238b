"""Forms: which file, what its columns hold, how it is published, and a question about a line."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.web.forms import OnceForm, offered, sayable
from buurtbegroting.web.i18n import say

from .checking import THOUSANDS
from .columns import FIXED, TARGET_WORDS, Target, column
from .kinds import ALLOCATION_SLUGS, ALLOCATION_WORDS, KIND_SLUGS, KIND_WORDS

# A file of 10 MB and the rest of its form.
MOST_TO_SEND = 11 * 1024 * 1024
LONGEST_QUESTION = 2000


class SpendingFileForm(OnceForm):
    """A file with spending, and where its figures come from."""

    file = FileField(
        lazy_gettext("Which file?"),
        description=lazy_gettext("CSV or XLSX, at most 10 MB and 20,000 lines. The first line names the columns."),
        validators=[FileRequired(lazy_gettext("Choose a CSV or XLSX file."))],
    )
    source = StringField(
        lazy_gettext("Where do the figures come from?"),
        description=lazy_gettext("Residents read this. For example: Budget 2026, adopted by the council."),
        validators=[
            DataRequired(lazy_gettext("Say where the figures come from.")),
            Length(max=200, message=lazy_gettext("Keep it to %(max)d signs.")),
        ],
    )


def _column(target: Target) -> SelectField:
    missing = lazy_gettext("Choose a column, or what holds for all lines.")
    return SelectField(LazyString(say, TARGET_WORDS[target]), validators=[DataRequired(missing)])


class ColumnsForm(OnceForm):
    """What each column of a file holds."""

    year = _column(Target.YEAR)
    area = _column(Target.AREA)
    field = _column(Target.FIELD)
    name = _column(Target.NAME)
    amount = _column(Target.AMOUNT)
    unit = SelectField(
        lazy_gettext("The amounts are in"),
        choices=sayable({"1": _r("Euros"), THOUSANDS: _r("Thousands of euros")}),
    )
    kind = _column(Target.KIND)
    allocation = _column(Target.ALLOCATION)
    source = _column(Target.SOURCE)

    def offer(self, head: Sequence[str], this_year: int, source: str) -> ColumnsForm:
        """Let people choose from the columns of a file, and from what can hold for every line."""
        words = [_r("Column “%(name)s”", name=name or str(place)) for place, name in enumerate(head, 1)]
        columns = {column(place): say(each) for place, each in enumerate(words)}
        fixed: dict[Target, dict[str, str | Reason]] = {
            Target.YEAR: {str(year): str(year) for year in range(this_year + 1, this_year - 6, -1)},
            Target.AREA: {"": _r("the whole municipality")},
            Target.KIND: {KIND_SLUGS[each]: words for each, words in KIND_WORDS.items()},
            Target.ALLOCATION: {ALLOCATION_SLUGS[each]: words for each, words in ALLOCATION_WORDS.items()},
            Target.SOURCE: {"": source},
        }
        for target in Target:
            every = {
                f"{FIXED}{value}": say(_r("All lines: %(words)s", words=words))
                for value, words in fixed.get(target, {}).items()
            }
            self[target.value].choices = offered({"": say(_r("Choose")), **columns, **every})
        return self


class PublishForm(OnceForm):
    """What happens with figures of the same year that stand on the pages already; asked only when there are."""

    earlier = RadioField(
        lazy_gettext("What happens with them?"),
        choices=sayable(
            {
                "replace": _r("The new figures take their place"),
                "add": _r("The new figures are added to them"),
            }
        ),
        validators=[DataRequired(lazy_gettext("Choose what happens with the figures that are there."))],
    )


class QuestionForm(OnceForm):
    """A question. ``website`` is a field that no person sees; programs that fill in everything fill it in."""

    body = TextAreaField(
        lazy_gettext("Your question"),
        validators=[
            DataRequired(lazy_gettext("Fill in your question.")),
            Length(max=LONGEST_QUESTION, message=lazy_gettext("Keep it to 2,000 signs.")),
        ],
    )
    website = StringField(lazy_gettext("Leave this empty"))

    def validate_website(self, field: StringField) -> None:
        """Refuse what only a program fills in."""
        if field.data:
            raise ValidationError(lazy_gettext("Leave this empty"))
