"""Registering an initiative, and what its members write of it."""

from __future__ import annotations

import uuid
from typing import Any

import flask
from werkzeug.wrappers import Response

from buurtbegroting.blueprints.conversations import queries as conversations
from buurtbegroting.blueprints.conversations.actions.albums import prepared
from buurtbegroting.blueprints.conversations.policy import may_change_attachment
from buurtbegroting.blueprints.municipalities import queries as municipalities
from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.rounds import queries as rounds
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web import subjects
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.i18n import language, say
from buurtbegroting.web.pages import slug
from buurtbegroting.web.signing_in import current_actor
from buurtbegroting.web.uploading import MOST_TO_SEND, AttachmentForm

from .. import queries
from ..actions import answering, writing
from ..forms import groups as forms
from ..models import Initiative, InitiativeLink, InitiativeUpdate
from ..policy import (
    may_ask,
    may_register,
    may_take_back_question,
    may_tell_again,
    may_work_on,
    may_work_on_part,
)
from ..states import Stage

blueprint = flask.Blueprint("my_initiative", __name__, url_prefix="/initiatieven")
# An initiative is not linked to itself, a wijk or a theme: those it has already.
NOT_LINKED = frozenset({"initiatief", "wijk", "thema", "gemeente"})


def to_page(found: Initiative, done: str) -> Response:
    """Lead to the page of an initiative, which says what was done."""
    address = flask.url_for("initiatives.initiative", number=found.number, name=slug(found.title), gelukt=done)
    return flask.redirect(address, 303)


def _offer(form: forms.AboutForm) -> dict[str, uuid.UUID]:
    """Offer wijken and themes; return the ids of the themes by their name in the form."""
    themes = rounds.themes()
    is_dutch = language() == "nl"
    wijken = {each.code: each.name for each in municipalities.current_areas(AreaKind.WIJK)}
    form.offer(wijken, {each.slug: each.name_nl if is_dutch else each.name_en for each in themes})
    return {each.slug: each.id for each in themes}


@blueprint.get("/aanmelden")
@requires(may_register)
def register_page() -> str:
    """Ask what the initiative is."""
    form = forms.RegisterForm(data={"wijk": flask.request.args.get("wijk", current_actor().wijk_code or "")})
    _offer(form)
    return flask.render_template("initiatives/register.html", form=form)


@blueprint.post("/aanmelden")
@requires(may_register)
def register() -> Any:
    """Register an initiative."""
    form = forms.RegisterForm()
    themes = _offer(form)

    def keep() -> Initiative:
        about, stage = form.about(themes), Stage(form.stage.data)
        return writing.register(current_actor(), about, stage, form.asks.data or "", language())

    made = submit(form, keep)
    if made is None:
        return page_with_errors("initiatives/register.html", form=form)
    return to_page(made, "aangemeld")


def _about_form(found: Initiative, **how: Any) -> tuple[forms.AboutForm, dict[str, uuid.UUID]]:
    known = {name: getattr(found, name) for name in ("title", "what", "place", "website")}
    known |= {"wijk": found.wijk_code or "", "theme": found.theme.slug if found.theme else ""}
    form = forms.AboutForm(**how, data=known | {"version": str(found.version)})
    return form, _offer(form)


@blueprint.get("/<human_number:number>/wijzigen")
@requires(may_work_on, load=queries.initiative_by_number)
def change_page(found: Initiative) -> str:
    """Show what the group says of itself, to be changed."""
    return flask.render_template("initiatives/change.html", initiative=found, form=_about_form(found)[0])


@blueprint.post("/<human_number:number>/wijzigen")
@requires(may_work_on, load=queries.initiative_by_number)
def change(found: Initiative) -> Any:
    """Keep what the group says of itself."""
    form, themes = _about_form(found)

    def keep() -> Initiative:
        return writing.change(current_actor(), found, form.about(themes), form.version_seen)

    if submit(form, keep, lambda: _about_form(found, formdata=None)[0]) is None:
        return page_with_errors("initiatives/change.html", initiative=found, form=form)
    return to_page(found, "gewijzigd")


@blueprint.get("/<human_number:number>/fase")
@requires(may_work_on, load=queries.initiative_by_number)
def stage_page(found: Initiative) -> str:
    """Ask how far it is."""
    form = forms.StageForm(data={"stage": found.stage_name})
    return flask.render_template("initiatives/stage.html", initiative=found, form=form)


@blueprint.post("/<human_number:number>/fase")
@requires(may_work_on, load=queries.initiative_by_number)
def move(found: Initiative) -> Any:
    """Keep how far it is."""
    form = forms.StageForm()
    if submit(form, lambda: writing.move_to(current_actor(), found, Stage(form.stage.data))) is None:
        return page_with_errors("initiatives/stage.html", initiative=found, form=form)
    return to_page(found, "fase")


@blueprint.get("/<human_number:number>/vraag")
@requires(may_ask, load=queries.initiative_by_number)
def ask_page(found: Initiative) -> str:
    """Ask what the group needs of the municipality."""
    return flask.render_template("initiatives/ask.html", initiative=found, form=forms.AskForm())


@blueprint.post("/<human_number:number>/vraag")
@requires(may_ask, load=queries.initiative_by_number)
def ask(found: Initiative) -> Any:
    """Put a question to the municipality."""
    form = forms.AskForm()
    if submit(form, lambda: writing.ask(current_actor(), found, form.asks.data)) is None:
        return page_with_errors("initiatives/ask.html", initiative=found, form=form)
    return to_page(found, "gevraagd")


@blueprint.post("/<human_number:number>/vraag/terug")
@requires(may_take_back_question, load=queries.initiative_by_number)
def take_back(found: Initiative) -> Response:
    """Ask nothing any more."""
    press(lambda: writing.take_back_question(current_actor(), found))
    return to_page(found, "vraag-terug")


@blueprint.post("/<human_number:number>/gaat-door")
@requires(may_work_on, load=queries.initiative_by_number)
def say_alive(found: Initiative) -> Response:
    """Say that it still goes on."""
    press(lambda: writing.say_alive(current_actor(), found))
    return to_page(found, "gaat-door")


@blueprint.post("/<human_number:number>/opnieuw-verteld")
@requires(may_tell_again, load=queries.initiative_by_number)
def tell_again(found: Initiative) -> Response:
    """Say that the group had to tell its story again."""
    press(lambda: answering.tell_again(current_actor(), found))
    return to_page(found, "opnieuw-verteld")


@blueprint.get("/<human_number:number>/nieuws")
@requires(may_work_on, load=queries.initiative_by_number)
def update_page(found: Initiative) -> str:
    """Ask what happened."""
    form = forms.UpdateForm(data={"happened_on": clock.local_day(clock.now(db.session()))})
    return flask.render_template("initiatives/update.html", initiative=found, form=form, update=None)


@blueprint.post("/<human_number:number>/nieuws")
@requires(may_work_on, load=queries.initiative_by_number)
def tell(found: Initiative) -> Any:
    """Keep what happened."""
    form = forms.UpdateForm()
    if submit(form, lambda: writing.tell(current_actor(), found, form.happened)) is None:
        return page_with_errors("initiatives/update.html", initiative=found, form=form, update=None)
    return to_page(found, "verteld")


def _update_form(update: InitiativeUpdate, **how: Any) -> forms.UpdateForm:
    known = {name: getattr(update, name) for name in ("happened_on", "title", "body", "people", "hours")}
    return forms.UpdateForm(**how, data=known | {"version": str(update.version)})


@blueprint.get("/nieuws/<uuid:update_id>")
@requires(may_work_on_part, load=queries.update_by_id)
def change_update_page(update: InitiativeUpdate) -> str:
    """Show what was told, to be changed."""
    form = _update_form(update)
    return flask.render_template("initiatives/update.html", initiative=update.initiative, form=form, update=update)


@blueprint.post("/nieuws/<uuid:update_id>")
@requires(may_work_on_part, load=queries.update_by_id)
def change_update(update: InitiativeUpdate) -> Any:
    """Keep what was told otherwise."""
    form = _update_form(update)

    def keep() -> InitiativeUpdate:
        return writing.tell_otherwise(current_actor(), update, form.happened, form.version_seen)

    if submit(form, keep, lambda: _update_form(update, formdata=None)) is None:
        return page_with_errors("initiatives/update.html", initiative=update.initiative, form=form, update=update)
    return to_page(update.initiative, "verteld")


@blueprint.post("/nieuws/<uuid:update_id>/verwijderen")
@requires(may_work_on_part, load=queries.update_by_id)
def remove_update(update: InitiativeUpdate) -> Response:
    """Take away what was told."""
    initiative = update.initiative
    press(lambda: writing.take_back_telling(current_actor(), update))
    return to_page(initiative, "nieuws-weg")


def _link_form() -> forms.LinkForm:
    form = forms.LinkForm()
    form.offer({kind: say(each.title) for kind, each in subjects.kinds().items() if kind not in NOT_LINKED})
    return form


def _links(found: Initiative, form: Form) -> dict[str, Any]:
    known = [(each, subjects.find(each.kind, each.key)) for each in queries.links_of(found.id)]
    return {"initiative": found, "form": form, "links": known, "button": Form()}


@blueprint.get("/<human_number:number>/hoort-bij")
@requires(may_work_on, load=queries.initiative_by_number)
def links_page(found: Initiative) -> str:
    """Show what it has to do with, with a form for one more."""
    return flask.render_template("initiatives/links.html", **_links(found, _link_form()))


@blueprint.post("/<human_number:number>/hoort-bij")
@requires(may_work_on, load=queries.initiative_by_number)
def link(found: Initiative) -> Any:
    """Say that it has to do with something else."""
    form = _link_form()

    def keep() -> Initiative:
        def is_there(kind: str, key: str) -> bool:
            return subjects.find(kind, key) is not None

        return writing.link(current_actor(), found, form.kind.data, form.key.data, is_there)

    if submit(form, keep) is None:
        return page_with_errors("initiatives/links.html", **_links(found, form))
    return flask.redirect(flask.url_for(".links_page", number=found.number, gelukt="bewaard"), 303)


@blueprint.post("/hoort-bij/<uuid:link_id>/verwijderen")
@requires(may_work_on_part, load=queries.link_by_id)
def unlink(link_: InitiativeLink) -> Response:
    """Take such a link away."""
    number = link_.initiative.number
    press(lambda: writing.unlink(current_actor(), link_))
    return flask.redirect(flask.url_for(".links_page", number=number, gelukt="weg"), 303)


def _photos(found: Initiative, form: AttachmentForm) -> dict[str, Any]:
    attachments = conversations.attachments_of(found.album_id)
    known = {"attachments": attachments, "may_change_attachment": may_change_attachment}
    return {"initiative": found, "form": form} | known


@blueprint.get("/<human_number:number>/fotos")
@requires(may_work_on, load=queries.initiative_by_number)
def photos_page(found: Initiative) -> str:
    """Show the photos of an initiative, with a form for one more."""
    return flask.render_template("initiatives/photos.html", **_photos(found, AttachmentForm()))


@blueprint.post("/<human_number:number>/fotos")
@requires(may_work_on, load=queries.initiative_by_number)
def add_photo(found: Initiative) -> Any:
    """Add a photo or PDF."""
    flask.request.max_content_length = MOST_TO_SEND
    form = AttachmentForm()

    def add() -> Initiative:
        sent = form.file.data
        upload = prepared(sent.read(), sent.filename or "", form.text.data)
        return writing.illustrate(current_actor(), found, upload)

    if submit(form, add) is None:
        return page_with_errors("initiatives/photos.html", **_photos(found, form))
    return flask.redirect(flask.url_for(".photos_page", number=found.number, gelukt="toegevoegd"), 303)
