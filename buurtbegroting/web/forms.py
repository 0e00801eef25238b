"""Forms: the shape and wording of input, the same for every slice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import flask
from flask_babel import gettext
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import Field, SelectChoice

from buurtbegroting.civic.reasons import Reason
from buurtbegroting.civic.refusals import Invalid

from .i18n import say


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


class Form(FlaskForm):  # type: ignore[misc]
    """A page's form: texts lose the spaces around them."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Bind a field so that it strips what was typed."""
            own = unbound_field.kwargs.get("filters", ())
            filters = list(own) if untouched in own else [_stripped, *own]
            return unbound_field.bind(form=form, filters=filters, **options)


class OpenForm(Form):
    """A form that changes nothing: it needs no token, and so its page needs no cookie."""

    class Meta(Form.Meta):
        csrf = False


def submit(form: Form, action: Callable[[], Any]) -> Any | None:
    """Run an action for a valid form; return what it returns, or None when the form must be shown again.

    The refusal of invalid input lands at the fields it names, or above the form.
    """
    if not form.validate():
        if "csrf_token" in form.errors:
            form["csrf_token"].errors = []
            form.form_errors.append(gettext("This page was open too long, or cookies are off. Send it once more."))
        return None
    try:
        return action()
    except Invalid as refusal:
        for name, reason in refusal.fields.items():
            form[name].errors = [*form[name].errors, say(reason)]
        if not refusal.fields:
            form.form_errors.append(say(refusal.reason))
        return None


def page_with_errors(template: str, **context: Any) -> tuple[str, int]:
    """Show a page again with its form kept and its errors named (422)."""
    return flask.render_template(template, page_has_errors=True, **context), 422
