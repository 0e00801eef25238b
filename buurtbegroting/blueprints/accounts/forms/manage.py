"""Forms of who gives roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from buurtbegroting.civic.actors import Role, RoleName
from buurtbegroting.civic.roles import TASKS, TITLES
from buurtbegroting.web.forms import WEB_ADDRESS, Form, OnceForm, offered
from buurtbegroting.web.i18n import say

from ..models import OrganisationKind
from .fields import email_field

ORGANISATION_KINDS = {
    OrganisationKind.NEIGHBOURHOOD_TEAM: lazy_gettext("Neighbourhood team"),
    OrganisationKind.CLIENT_COUNCIL: lazy_gettext("Client council"),
    OrganisationKind.WELFARE: lazy_gettext("Welfare organisation"),
    OrganisationKind.BUSINESS: lazy_gettext("Business"),
    OrganisationKind.HOUSING: lazy_gettext("Housing corporation"),
    OrganisationKind.OTHER: lazy_gettext("Another organisation"),
}


class InviteForm(OnceForm):
    """Somebody who will work on the site."""

    name = StringField(
        lazy_gettext("Name"),
        validators=[DataRequired(lazy_gettext("Fill in a name.")), Length(max=80)],
        render_kw={"autocomplete": "off"},
    )
    email = email_field(lazy_gettext("E-mail address"))


class RoleForm(Form):
    """A role for somebody, perhaps for one wijk or department."""

    role = RadioField(lazy_gettext("Which role?"), validators=[DataRequired(lazy_gettext("Choose a role."))])
    area_code = SelectField(lazy_gettext("Only for one wijk?"), validators=[Optional()])
    department = StringField(
        lazy_gettext("Department"),
        description=lazy_gettext("For an assessor always; for an official if you like."),
        validators=[Length(max=80)],
    )

    def offer(self, names: Sequence[RoleName], wijken: Sequence[Any]) -> None:
        """Offer these roles and wijken to choose from."""
        self.role.choices = offered({name.value: f"{say(TITLES[name])}. {say(TASKS[name])}" for name in names})
        self.area_code.choices = [
            ("", lazy_gettext("The whole municipality")),
            *((each.code, each.name) for each in wijken),
        ]

    def role_asked(self) -> Role:
        """Return the role that was chosen."""
        return Role(RoleName(self.role.data), self.area_code.data or None, self.department.data or None)


class OrganisationForm(OnceForm):
    """An organisation that takes part."""

    name = StringField(
        lazy_gettext("Name of the organisation"),
        validators=[DataRequired(lazy_gettext("Fill in a name.")), Length(max=120)],
    )
    kind = SelectField(lazy_gettext("What kind of organisation?"), choices=offered(ORGANISATION_KINDS))
    wijk_code = SelectField(lazy_gettext("In which wijk?"), validators=[Optional()])
    website = StringField(
        lazy_gettext("Website"),
        validators=[Optional(), WEB_ADDRESS, Length(max=200)],
        render_kw={"inputmode": "url"},
    )

    def offer(self, wijken: Sequence[Any]) -> None:
        """Offer these wijken to choose from."""
        self.wijk_code.choices = [
            ("", lazy_gettext("The whole municipality")),
            *((each.code, each.name) for each in wijken),
        ]


class MemberForm(Form):
    """Somebody who speaks for an organisation."""

    email = email_field(lazy_gettext("E-mail address of who speaks for it"))
