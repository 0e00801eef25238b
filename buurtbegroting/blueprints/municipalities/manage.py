"""What residents see of the municipality on every page: the page of an admin."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import page_with_errors, submit
from buurtbegroting.web.signing_in import current_actor

from . import actions, queries
from .forms import SettingsForm
from .models import Municipality
from .policy import may_manage_municipality

blueprint = flask.Blueprint("settings", __name__, url_prefix="/beheer/instellingen")


def _form(municipality: Municipality) -> SettingsForm:
    colours = {field: municipality.theme.get(name, "") for field, name in SettingsForm.COLOURS.items()}
    known = {name: getattr(municipality, name) for name in ("name", "phone", "phone_hours", "counter")}
    return SettingsForm(data={**known, **colours, "version": str(municipality.version)})


@blueprint.get("")
@requires(may_manage_municipality, load=queries.this_municipality)
def settings(municipality: Municipality) -> str:
    """Show name, help and colours, to be changed."""
    return flask.render_template("municipalities/settings.html", form=_form(municipality))


@blueprint.post("")
@requires(may_manage_municipality, load=queries.this_municipality)
def change_settings(municipality: Municipality) -> Any:
    """Keep name, help and colours."""
    form = _form(municipality)
    if submit(form, lambda: _change(municipality, form)) is None:
        return page_with_errors("municipalities/settings.html", form=form)
    return flask.redirect(flask.url_for(".settings", gelukt="bewaard"), 303)


def _change(municipality: Municipality, form: SettingsForm) -> Municipality:
    wanted = actions.Settings(
        name=form.name.data,
        phone=form.phone.data or "",
        phone_hours=form.phone_hours.data or "",
        counter=form.counter.data or "",
        colours=form.colours(municipality.theme),
        version=int(form.version.data) if form.version.data.isdecimal() else 0,
    )
    try:
        return actions.change_municipality(current_actor(), municipality, wanted)
    except Invalid as refusal:
        fields = {name: field for field, name in SettingsForm.COLOURS.items()}
        named = {fields[name]: reason for name, reason in refusal.fields.items() if name in fields}
        raise Invalid(refusal.reason, named) from None
