"""People, their roles and organisations: the pages of who gives roles."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import flask

from buurtbegroting.civic import roles as civic_roles
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import page_with_errors, press, submit
from buurtbegroting.web.pages import PageOf, page_number
from buurtbegroting.web.signing_in import current_actor
from buurtbegroting.web.slices import Task

from . import queries
from .actions import organisations as organisation_deeds
from .actions import roles as role_deeds
from .actions import second_factor
from .forms.account import ButtonForm
from .forms.manage import ORGANISATION_KINDS, InviteForm, MemberForm, OrganisationForm, RoleForm
from .models import Organisation, OrganisationKind, Person, RoleGrant
from .policy import may_confirm_role, may_manage_organisations, may_see_people

blueprint = flask.Blueprint("people", __name__, url_prefix="/beheer")
PAGE_SIZE = 50


def waiting_roles(actor: Actor) -> Sequence[Task]:
    """Return the roles that wait for this actor as the second person."""
    now = clock.now(db.session())
    waiting = [grant for grant in queries.open_grants() if grant.confirmed_at is None]
    return [
        Task(
            _r("Confirm a role for %(name)s", name=grant.person.name),
            flask.url_for("people.roles"),
            grant.granted_at,
            grant.granted_at + civic_roles.CONFIRM_WITHIN,
        )
        for grant in waiting
        if may_confirm_role(_just_now(actor, now), grant, now)
    ]


def _just_now(actor: Actor, now: Any) -> Actor:
    """Return the actor as if the second factor had just been given: it is asked for when it comes to it."""
    return Actor(id=actor.id, roles=actor.roles, second_factor_at=now)


@blueprint.get("/mensen")
@requires(may_see_people)
def people() -> str:
    """Show who has an account, by name, with a search."""
    words = flask.request.args.get("zoek", "").strip()[:80]
    number = page_number()
    found, total = queries.people(words, number, PAGE_SIZE)
    page = PageOf(found, number, PAGE_SIZE, total)
    return flask.render_template("accounts/manage/people.html", page=page, words=words)


@blueprint.get("/mensen/nieuw")
@requires(may_see_people)
def invite_page() -> str:
    """Ask whom to invite."""
    return flask.render_template("accounts/manage/invite.html", form=InviteForm())


@blueprint.post("/mensen/nieuw")
@requires(may_see_people)
def invite() -> Any:
    """Mail somebody a link to choose a password, and go on to their roles."""
    form = InviteForm()
    made = submit(form, lambda: role_deeds.invite(current_actor(), form.name.data, form.email.data))
    if made is None:
        return page_with_errors("accounts/manage/invite.html", form=form)
    return flask.redirect(flask.url_for(".person", person_id=made.id, gelukt="uitgenodigd"), 303)


def _role_form() -> RoleForm:
    form = RoleForm()
    mine = frozenset(role.name for role in current_actor().roles)
    form.offer([name for name in RoleName if civic_roles.may_give(mine, name)], queries.wijken())
    return form


@blueprint.get("/mensen/<uuid:person_id>")
@requires(may_see_people, load=queries.person_by_id)
def person(found: Person) -> str:
    """Show one person with their roles."""
    return flask.render_template("accounts/manage/person.html", **_person(found, _role_form()))


def _person(found: Person, form: RoleForm) -> dict[str, Any]:
    grants = [grant for grant in found.grants if grant.ended_at is None]
    names = queries.names_of_areas()
    return {"person": found, "grants": grants, "form": form, "button": ButtonForm(), "names": names}


@blueprint.post("/mensen/<uuid:person_id>")
@requires(may_see_people, load=queries.person_by_id)
def give_role(found: Person) -> Any:
    """Give somebody a role."""
    form = _role_form()
    given = submit(form, lambda: role_deeds.give_role(current_actor(), found, form.role_asked()))
    if given is None:
        return page_with_errors("accounts/manage/person.html", **_person(found, form))
    done = "gegeven" if given.confirmed_at else "voorgesteld"
    return flask.redirect(flask.url_for(".person", person_id=found.id, gelukt=done), 303)


def _person_with_address(person_id: uuid.UUID) -> Person | None:
    found = queries.person_by_id(person_id)
    return found if found and found.email else None


@blueprint.post("/mensen/<uuid:person_id>/uitnodiging")
@requires(may_see_people, load=_person_with_address)
def invite_again(found: Person) -> Any:
    """Mail the invitation once more."""
    press(lambda: role_deeds.invite(current_actor(), found.name, found.email or ""))
    return flask.redirect(flask.url_for(".person", person_id=found.id, gelukt="uitgenodigd"), 303)


@blueprint.post("/mensen/<uuid:person_id>/tweede-stap")
@requires(may_see_people, load=queries.person_by_id)
def reset_second_factor(found: Person) -> Any:
    """Take away the second factor of who lost it."""
    press(lambda: second_factor.reset_second_factor(current_actor(), found))
    return flask.redirect(flask.url_for(".person", person_id=found.id, gelukt="tweede-stap"), 303)


@blueprint.get("/rollen")
@requires(may_see_people)
def roles() -> str:
    """Show who has which role, and what waits for a second person."""
    grants, now = queries.open_grants(), clock.now(db.session())
    actor = _just_now(current_actor(), now)
    return flask.render_template(
        "accounts/manage/roles.html",
        waiting=[(grant, may_confirm_role(actor, grant, now)) for grant in grants if grant.confirmed_at is None],
        held=[grant for grant in grants if grant.confirmed_at is not None],
        tasks=civic_roles.TASKS,
        names=queries.names_of_areas(),
        button=ButtonForm(),
    )


@blueprint.post("/rollen/<uuid:grant_id>/bevestigen")
@requires(may_see_people, load=queries.grant_by_id)
def confirm_role(grant: RoleGrant) -> Any:
    """Let a role that was proposed count."""
    press(lambda: role_deeds.confirm_role(current_actor(), grant))
    return flask.redirect(flask.url_for(".roles", gelukt="bevestigd"), 303)


@blueprint.post("/rollen/<uuid:grant_id>/beeindigen")
@requires(may_see_people, load=queries.grant_by_id)
def end_role(grant: RoleGrant) -> Any:
    """Take a role away."""
    press(lambda: role_deeds.end_role(current_actor(), grant))
    return flask.redirect(flask.url_for(".roles", gelukt="beeindigd"), 303)


@blueprint.get("/organisaties")
@requires(may_manage_organisations)
def organisations() -> str:
    """Show which organisations take part and who speaks for them."""
    return flask.render_template(
        "accounts/manage/organisations.html", organisations=queries.organisations(), kinds=ORGANISATION_KINDS
    )


@blueprint.get("/organisaties/nieuw")
@requires(may_manage_organisations)
def new_organisation_page() -> str:
    """Ask for a new organisation."""
    return flask.render_template("accounts/manage/organisation.html", form=_organisation_form(None), organisation=None)


def _organisation_form(found: Organisation | None) -> OrganisationForm:
    form = OrganisationForm(obj=found)
    form.offer(queries.wijken())
    return form


def _wanted(form: OrganisationForm) -> organisation_deeds.Wanted:
    return organisation_deeds.Wanted(
        form.name.data, OrganisationKind(form.kind.data), form.wijk_code.data or None, form.website.data
    )


@blueprint.post("/organisaties/nieuw")
@requires(may_manage_organisations)
def make_organisation() -> Any:
    """Make an organisation."""
    form = _organisation_form(None)
    made = submit(form, lambda: organisation_deeds.make_organisation(current_actor(), _wanted(form)))
    if made is None:
        return page_with_errors("accounts/manage/organisation.html", form=form, organisation=None)
    return flask.redirect(flask.url_for(".organisation", organisation_id=made.id), 303)


@blueprint.get("/organisaties/<uuid:organisation_id>")
@requires(may_manage_organisations, load=queries.organisation_by_id)
def organisation(found: Organisation) -> str:
    """Show one organisation, to be changed."""
    return flask.render_template("accounts/manage/organisation.html", **_organisation(found))


def _organisation(
    found: Organisation, form: OrganisationForm | None = None, member_form: MemberForm | None = None
) -> dict[str, Any]:
    return {
        "organisation": found,
        "form": form or _organisation_form(found),
        "member_form": member_form or MemberForm(formdata=None, prefix="member"),
        "button": ButtonForm(formdata=None),
    }


@blueprint.post("/organisaties/<uuid:organisation_id>")
@requires(may_manage_organisations, load=queries.organisation_by_id)
def change_organisation(found: Organisation) -> Any:
    """Keep what was changed about an organisation."""
    form = _organisation_form(found)
    done = submit(form, lambda: organisation_deeds.change_organisation(current_actor(), found, _wanted(form)))
    if done is None:
        return page_with_errors("accounts/manage/organisation.html", **_organisation(found, form))
    return flask.redirect(flask.url_for(".organisations", gelukt="bewaard"), 303)


@blueprint.post("/organisaties/<uuid:organisation_id>/leden")
@requires(may_manage_organisations, load=queries.organisation_by_id)
def add_member(found: Organisation) -> Any:
    """Let somebody speak for an organisation."""
    form = MemberForm(prefix="member")
    done = submit(form, lambda: organisation_deeds.add_member(current_actor(), found, form.email.data))
    if done is None:
        page = _organisation(found, OrganisationForm(formdata=None, obj=found), form)
        page["form"].offer(queries.wijken())
        return page_with_errors("accounts/manage/organisation.html", **page)
    return flask.redirect(flask.url_for(".organisation", organisation_id=found.id, gelukt="bewaard"), 303)


@blueprint.post("/organisaties/<uuid:organisation_id>/leden/<uuid:member_id>")
@requires(may_manage_organisations, load=queries.membership)
def remove_member(membership: queries.Membership) -> Any:
    """Let somebody no longer speak for an organisation."""
    found, member = membership
    press(lambda: organisation_deeds.remove_member(current_actor(), found, member))
    return flask.redirect(flask.url_for(".organisation", organisation_id=found.id, gelukt="bewaard"), 303)
