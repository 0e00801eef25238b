"""What an admin decides about the municipality: how it looks, what it uses, how long things take, what it says."""

from __future__ import annotations

from datetime import date
from typing import Any

import flask

from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.terms import SOURCES, UNITS, Term
from buurtbegroting.web import practices
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import page_with_errors, sayable, submit
from buurtbegroting.web.i18n import LANGUAGES
from buurtbegroting.web.signing_in import current_actor

from . import actions, promises, queries
from .finding import TITLES
from .forms import AccessibilityForm, OwnTextForm, PracticesForm, SettingsForm, TermForm
from .models import Municipality
from .policy import may_manage_municipality

blueprint = flask.Blueprint("settings", __name__, url_prefix="/beheer/instellingen")


def _form(municipality: Municipality, **how: Any) -> SettingsForm:
    colours = {field: municipality.theme.get(name, "") for field, name in SettingsForm.COLOURS.items()}
    known = {name: getattr(municipality, name) for name in ("name", "phone", "phone_hours", "counter")}
    return SettingsForm(**how, data={**known, **colours, "version": str(municipality.version)})


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
    if submit(form, lambda: _change(municipality, form), lambda: _form(municipality, formdata=None)) is None:
        return page_with_errors("municipalities/settings.html", form=form)
    return flask.redirect(flask.url_for(".settings", gelukt="bewaard"), 303)


def _change(municipality: Municipality, form: SettingsForm) -> Municipality:
    wanted = actions.Settings(
        name=form.name.data,
        phone=form.phone.data or "",
        phone_hours=form.phone_hours.data or "",
        counter=form.counter.data or "",
        colours=form.colours(municipality.theme),
        version=form.version_seen,
    )
    try:
        return actions.change_municipality(current_actor(), municipality, wanted)
    except Invalid as refusal:
        fields = {name: field for field, name in SettingsForm.COLOURS.items()}
        named = {fields[name]: reason for name, reason in refusal.fields.items() if name in fields}
        raise Invalid(refusal.reason, named) from None


@blueprint.get("/onderdelen")
@requires(may_manage_municipality, load=queries.this_municipality)
def practices_page(municipality: Municipality) -> str:
    """Show which practices are used, to be changed."""
    return flask.render_template("municipalities/manage/practices.html", form=_practices_form(municipality))


def _practices_form(municipality: Municipality) -> PracticesForm:
    there_are = practices.there_are()
    used = [name for name in there_are if name not in municipality.switched_off]
    form = PracticesForm(data={"used": used, "is_moderated_before": municipality.is_moderated_before})
    form.used.choices = sayable(there_are)
    return form


@blueprint.post("/onderdelen")
@requires(may_manage_municipality, load=queries.this_municipality)
def choose_practices(municipality: Municipality) -> Any:
    """Keep which practices are used."""
    form = _practices_form(municipality)

    def choose() -> Municipality:
        switched_off = set(practices.there_are()) - set(form.used.data)
        return actions.choose_practices(
            current_actor(), municipality, switched_off, is_moderated_before=form.is_moderated_before.data
        )

    if submit(form, choose) is None:
        return page_with_errors("municipalities/manage/practices.html", form=form)
    return flask.redirect(flask.url_for(".practices_page", gelukt="bewaard"), 303)


@blueprint.get("/termijnen")
@requires(may_manage_municipality)
def terms_page() -> str:
    """Show how long things take here, and where that comes from."""
    local = queries.local_terms(promises.terms())
    return flask.render_template("municipalities/manage/terms.html", terms=local, units=UNITS, sources=SOURCES)


def _term(key: str) -> Term | None:
    return next((each for each in promises.terms() if each.key == key), None)


@blueprint.get("/termijnen/<key>")
@requires(may_manage_municipality, load=_term)
def term_page(term: Term) -> str:
    """Show one term, to be changed."""
    local = queries.local_term(term)
    form = TermForm(data={"length": local.length, "named_source": local.named_source})
    return flask.render_template("municipalities/manage/term.html", term=local, form=form, units=UNITS, sources=SOURCES)


@blueprint.post("/termijnen/<key>")
@requires(may_manage_municipality, load=_term)
def choose_term(term: Term) -> Any:
    """Keep how long something takes here."""
    form = TermForm()

    def choose() -> object:
        municipality = queries.this_municipality()
        return actions.choose_term(current_actor(), municipality, term, form.length.data, form.named_source.data or "")

    if submit(form, choose) is None:
        local = queries.local_term(term)
        return page_with_errors("municipalities/manage/term.html", term=local, form=form, units=UNITS, sources=SOURCES)
    return flask.redirect(flask.url_for(".terms_page", gelukt="bewaard"), 303)


@blueprint.get("/teksten")
@requires(may_manage_municipality)
def texts_page() -> str:
    """Show on which pages the municipality says something of its own."""
    return flask.render_template(
        "municipalities/manage/texts.html", pages=TITLES, written=queries.own_texts(), languages=LANGUAGES
    )


def _place(page: str, language: str) -> tuple[str, str] | None:
    return (page, language) if page in TITLES and language in LANGUAGES else None


@blueprint.get("/teksten/<page>/<language>")
@requires(may_manage_municipality, load=_place)
def text_page(place: tuple[str, str]) -> str:
    """Show one text, to be changed."""
    return flask.render_template("municipalities/manage/text.html", **_text_parts(place))


def _text_form(place: tuple[str, str], **how: Any) -> OwnTextForm:
    found = queries.own_text(*place)
    data = {"body": found.body if found else "", "version": str(found.version if found else 0)}
    return OwnTextForm(**how, data=data)


def _text_parts(place: tuple[str, str]) -> dict[str, Any]:
    return {"form": _text_form(place), "title": TITLES[place[0]], "written_in": LANGUAGES[place[1]]}


@blueprint.post("/teksten/<page>/<language>")
@requires(may_manage_municipality, load=_place)
def write_text(place: tuple[str, str]) -> Any:
    """Keep one text."""
    parts = _text_parts(place)
    form = parts["form"]

    def write() -> object:
        return actions.write_own_text(
            current_actor(), queries.this_municipality(), *place, form.body.data or "", form.version_seen
        )

    if submit(form, write, lambda: _text_form(place, formdata=None)) is None:
        return page_with_errors("municipalities/manage/text.html", **parts)
    return flask.redirect(flask.url_for(".texts_page", gelukt="bewaard"), 303)


@blueprint.get("/toegankelijkheid")
@requires(may_manage_municipality, load=queries.this_municipality)
def accessibility_page(municipality: Municipality) -> str:
    """Show what the register of accessibility says, to be changed."""
    return flask.render_template("municipalities/manage/accessibility.html", form=_accessibility_form(municipality))


def _accessibility_form(municipality: Municipality) -> AccessibilityForm:
    known = dict(municipality.accessibility)
    known["checked_on"] = date.fromisoformat(known["checked_on"]) if known.get("checked_on") else None
    return AccessibilityForm(data=known)


@blueprint.post("/toegankelijkheid")
@requires(may_manage_municipality, load=queries.this_municipality)
def state_accessibility(municipality: Municipality) -> Any:
    """Keep what the register of accessibility says."""
    form = _accessibility_form(municipality)

    def state() -> Municipality:
        statement = actions.AccessibilityStatement(
            form.status.data, form.register.data or "", form.report.data or "", form.checked_on.data
        )
        return actions.state_accessibility(current_actor(), municipality, statement)

    if submit(form, state) is None:
        return page_with_errors("municipalities/manage/accessibility.html", form=form)
    return flask.redirect(flask.url_for(".accessibility_page", gelukt="bewaard"), 303)
