"""Who does an initiative, and what the group and the municipality write to each other."""

from __future__ import annotations

from typing import Any

import flask
from flask_babel import gettext
from werkzeug.wrappers import Response

from buurtbegroting.foundation import crypto
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, OnceForm, page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import answering, members
from ..forms import groups as forms
from ..models import Initiative
from ..policy import may_join_initiative, may_lead, may_leave_initiative, may_read_file, may_work_on
from ..queries import cases
from .writing import to_page

blueprint = flask.Blueprint("initiative_members", __name__, url_prefix="/initiatieven")


def _hand_over_form(found: Initiative) -> forms.HandOverForm:
    form = forms.HandOverForm()
    own = current_actor().person_id
    others = [each for each in found.members if str(each.person_id) != own]
    form.offer({str(each.person_id): each.person.public_name or gettext("A resident") for each in others})
    return form


def _members(found: Initiative, **more: Any) -> dict[str, Any]:
    own = next((each for each in found.members if str(each.person_id) == current_actor().person_id), None)
    known = {
        "initiative": found,
        "part": forms.PartForm(formdata=None, data={"part": own.part if own else ""}),
        "hand_over": _hand_over_form(found),
        "form": Form(),
        "link": "",
        "may_lead": may_lead,
        "may_leave": may_leave_initiative,
    }
    return known | more


@blueprint.get("/<human_number:number>/leden")
@requires(may_work_on, load=queries.initiative_by_number)
def members_page(found: Initiative) -> str:
    """Show who are members, and what who leads can do."""
    return flask.render_template("initiatives/members.html", **_members(found))


@blueprint.post("/<human_number:number>/leden/uitnodigen")
@requires(may_lead, load=queries.initiative_by_number)
def invite(found: Initiative) -> Any:
    """Make a link for one more member; it is shown this once."""
    token, form = crypto.new_token(), OnceForm()
    if submit(form, lambda: members.invite(current_actor(), found, token)) is None:
        return page_with_errors("initiatives/members.html", **_members(found, form=form))
    link = flask.url_for(".join_page", number=found.number, token=token, _external=True)
    return flask.render_template("initiatives/members.html", **_members(found, link=link))


@blueprint.post("/<human_number:number>/leden/ik")
@requires(may_work_on, load=queries.initiative_by_number)
def name_part(found: Initiative) -> Any:
    """Keep as what one is a member."""
    form = forms.PartForm()
    if submit(form, lambda: members.name_part(current_actor(), found, form.part.data or "")) is None:
        return page_with_errors("initiatives/members.html", **_members(found, part=form, form=form))
    return flask.redirect(flask.url_for(".members_page", number=found.number, gelukt="bewaard"), 303)


@blueprint.post("/<human_number:number>/leden/overdragen")
@requires(may_lead, load=queries.initiative_by_number)
def hand_over(found: Initiative) -> Any:
    """Let another member lead."""
    form = _hand_over_form(found)

    def keep() -> Initiative:
        return members.hand_over(current_actor(), found, form.member.data, stays_lead=form.stays_lead.data)

    if submit(form, keep) is None:
        return page_with_errors("initiatives/members.html", **_members(found, hand_over=form, form=form))
    return flask.redirect(flask.url_for(".members_page", number=found.number, gelukt="overgedragen"), 303)


@blueprint.post("/<human_number:number>/leden/<uuid:person_id>/verwijderen")
@requires(may_lead, load=lambda number, person_id: queries.initiative_by_number(number))
def let_go(found: Initiative) -> Response:
    """Let another member go."""
    person_id = str((flask.request.view_args or {})["person_id"])
    press(lambda: members.let_go(current_actor(), found, person_id))
    return flask.redirect(flask.url_for(".members_page", number=found.number, gelukt="lid-weg"), 303)


@blueprint.post("/<human_number:number>/leden/stoppen")
@requires(may_leave_initiative, load=queries.initiative_by_number)
def leave(found: Initiative) -> Response:
    """Stop being a member."""
    press(lambda: members.leave(current_actor(), found))
    return to_page(found, "gestopt")


def _invited(number: str, token: str) -> Initiative | None:
    found = queries.initiative_by_number(number)
    if found is None or not crypto.is_same(found.invitation_hash, crypto.token_hash(token)):
        return None
    return found


@blueprint.get("/<human_number:number>/meedoen/<token>")
@requires(may_join_initiative, load=_invited)
def join_page(found: Initiative) -> str:
    """Ask who was invited whether they want to be a member."""
    return flask.render_template("initiatives/join.html", initiative=found, form=forms.PartForm())


@blueprint.post("/<human_number:number>/meedoen/<token>")
@requires(may_join_initiative, load=_invited)
def join(found: Initiative) -> Any:
    """Become a member."""
    form, token = forms.PartForm(), str((flask.request.view_args or {})["token"])
    if submit(form, lambda: members.join(current_actor(), found, token, form.part.data or "")) is None:
        return page_with_errors("initiatives/join.html", initiative=found, form=form)
    return to_page(found, "lid")


def _file(found: Initiative, form: Form) -> dict[str, Any]:
    return {"initiative": found, "form": form, "notes": cases.notes_of(found.id)}


@blueprint.get("/<human_number:number>/berichten")
@requires(may_read_file, load=queries.initiative_by_number)
def file(found: Initiative) -> str:
    """Show what the group and the municipality write to each other, with a form for one more message."""
    return flask.render_template("initiatives/file.html", **_file(found, forms.NoteForm()))


@blueprint.post("/<human_number:number>/berichten")
@requires(may_read_file, load=queries.initiative_by_number)
def write_note(found: Initiative) -> Any:
    """Write to the other side."""
    form = forms.NoteForm()

    def keep() -> Any:
        return answering.write_note(current_actor(), found, form.body.data, _shown_as(found))

    if submit(form, keep) is None:
        return page_with_errors("initiatives/file.html", **_file(found, form))
    return flask.redirect(flask.url_for(".file", number=found.number, gelukt="verstuurd"), 303)


def _shown_as(found: Initiative) -> str:
    own = current_actor().person_id
    member = next((each for each in found.members if str(each.person_id) == own), None)
    if member:
        return member.person.public_name
    return found.contact_shown if str(found.contact_id) == own else flask.g.tenant.full_name
