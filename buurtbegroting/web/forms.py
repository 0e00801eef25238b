"""Forms: the shape and wording of input, the same for every slice."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import flask
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid
from buurtbegroting.foundation import submissions
from buurtbegroting.foundation.database import db, read_anew
from buurtbegroting.foundation.submissions import SentBefore

from .addresses import is_uuid
from .i18n import say

PAGE_OF_BEFORE = _r("This page was open too long, or cookies are off. Send it once more.")


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def untouched(value: Any) -> Any:
    """Leave what was typed as it is: as a filter of a field, for passwords."""
    return value


def offered(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """Return what a field lets people choose from: values with their words."""
    return [SelectChoice(value=value, label=label) for value, label in words.items()]


def sayable(reasons: Mapping[Any, Reason]) -> list[SelectChoice]:
    """Return what a field lets people choose from, said when the page is shown."""
    return offered({value: LazyString(say, reason) for value, reason in reasons.items()})


# A link for people to follow: never a javascript: or data: address.
WEB_ADDRESS = Regexp(
    r"https?://[^\s/?#]+\.[^\s/?#]+\S*\Z", message=lazy_gettext("Fill in a web address that begins with https://.")
)


class CheckboxesField(SelectMultipleField):  # type: ignore[misc]
    """A question with a tick box per answer."""

    widget = ListWidget()
    option_widget = CheckboxInput()


AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:[.,]\d{3})+|\d{1,12})(?:[.,](?P<cents>\d{2}))?")


def cents_typed(text: str) -> int | None:
    """Return an amount as people write it in whole cents; None for nothing, ValueError with what to type instead."""
    typed = re.sub(r"\s|€|euro|eur", "", text.lower())
    typed = re.sub(r"[.,][-–=]+$", "", typed)
    if not typed:
        return None
    found = AMOUNT.fullmatch(typed)
    if found is None:
        raise ValueError(say(_r("Fill in an amount in euros, for example 1250 or 1250,50.")))
    return int(re.sub(r"\D", "", found["whole"])) * 100 + int(found["cents"] or 0)


def typed_cents(cents: int | None) -> str:
    """Return whole cents as people write an amount in a form."""
    if cents is None:
        return ""
    euros, rest = divmod(cents, 100)
    return f"{euros},{rest:02d}" if rest else str(euros)


class EurosField(StringField):  # type: ignore[misc]
    """An amount in euros as people write it, "1250", "€ 1.250,50" or "1250,-"; its data are whole cents."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; raise ValueError with what to type instead."""
        self.data = None
        self.data = cents_typed(valuelist[0] if valuelist else "")

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return typed_cents(self.data)


class Form(FlaskForm):  # type: ignore[misc]
    """A page's form: texts lose the spaces around them."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Bind a field so that it strips what was typed."""
            own = unbound_field.kwargs.get("filters", ())
            filters = list(own) if untouched in own else [_stripped, *own]
            return unbound_field.bind(form=form, filters=filters, **options)


class OnceForm(Form):
    """A form that does nothing twice: a double click or a second try gets the first answer again."""

    submission = HiddenField(default=lambda: str(uuid.uuid4()))


class EditForm(OnceForm):
    """A form that changes what stands there; it knows which version of that it was made from.

    When it ``is_second``, somebody else changed that in the meantime; ``conflicts`` holds the question, what stands
    there now, and what was typed.
    """

    version = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: list[tuple[str, str, str]] = []
        self.is_second = False

    @property
    def version_seen(self) -> int:
        """The number of the version that the page showed; 0 when the page did not say."""
        return int(self.version.data) if str(self.version.data).isdecimal() else 0

    def meet(self, standing: EditForm) -> None:
        """Show what stands there now beside what was typed; sent again, what was typed wins."""
        self.is_second = True
        for field in self:
            now, typed = standing[field.name], field
            if not isinstance(field, HiddenField) and (now.data or None) != (typed.data or None):
                self.conflicts.append((field.label.text, _as_read(now), _as_read(typed)))
        if not self.conflicts:
            self.form_errors.append(say(_r("Somebody else changed this in the meantime. Look at it again.")))
        self.version.data = standing.version.data


def _as_read(field: Field) -> str:
    """Return an answer as people read it: the words of what was chosen, or what was typed."""
    if hasattr(field, "choices"):
        chosen = field.data if isinstance(field.data, list) else [field.data]
        return ", ".join(str(each.label) for each in field.choices if each.value in chosen)
    if isinstance(field.data, bool):
        return say(_r("Yes") if field.data else _r("No"))
    return str(field._value())


class OpenForm(Form):
    """A form that changes nothing: it needs no token, and so its page needs no cookie."""

    class Meta(Form.Meta):
        csrf = False


def submit(form: Form, action: Callable[[], Any], standing: Callable[[], EditForm] | None = None) -> Any | None:
    """Run an action for a valid form; return what it returns, or None when the form must be shown again.

    The refusal of invalid input lands at the fields it names, or above a form that does not ask those. With
    ``standing``, which makes the form as it stands by now, a change by somebody else is shown beside what was typed.
    """
    if not form.validate():
        if "csrf_token" in form.errors:
            form["csrf_token"].errors = []
            form.form_errors.append(say(PAGE_OF_BEFORE))
        return None
    try:
        return _once(form.submission.data, action) if isinstance(form, OnceForm) else action()
    except Invalid as refusal:
        asked = {name: reason for name, reason in refusal.fields.items() if name in form}
        for name, reason in asked.items():
            form[name].errors = [*form[name].errors, say(reason)]
        if not asked:
            form.form_errors.append(say(refusal.reason))
        return None
    except Changed:
        if not isinstance(form, EditForm) or standing is None:
            raise
        read_anew(db.session())
        form.meet(standing())
        return None


def _once(submission: str, action: Callable[[], Any]) -> Any:
    if not is_uuid(submission):
        raise Invalid(PAGE_OF_BEFORE)
    flask.g.submission = uuid.UUID(submission)
    return submissions.once(db.session(), flask.g.submission, action)


def init_app(app: flask.Flask) -> None:
    """Remember where each form led, and lead there again who sends it once more."""

    @app.after_request
    def note(response: flask.Response) -> flask.Response:
        sent = flask.g.pop("submission", None)
        if sent and response.status_code == 303 and response.location:
            submissions.note_led_to(db.session(), sent, response.location)
        return response

    @app.errorhandler(SentBefore)
    def lead_there_again(again: SentBefore) -> Any:
        flask.g.pop("submission", None)
        if again.led_to:
            return flask.redirect(again.led_to, 303)
        raise AlreadyDone(_r("We received this already. You need not send it again."))


def press(action: Callable[[], object]) -> None:
    """Do what a button asks; raise Invalid for a page of before, so that nothing is said to be done that was not."""
    if not Form().validate():
        raise Invalid(PAGE_OF_BEFORE)
    action()


def page_with_errors(template: str, **context: Any) -> tuple[str, int]:
    """Show a page again with its form kept and its errors named (422), or what somebody else changed (409)."""
    is_conflict = getattr(context.get("form"), "is_second", False)
    return flask.render_template(template, page_has_errors=True, **context), 409 if is_conflict else 422
