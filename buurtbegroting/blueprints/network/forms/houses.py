"""What is filled in about houses and what is on the agenda."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from buurtbegroting.web.forms import WEB_ADDRESS, EditForm, EurosField, OnceForm, offered, sayable

from ..actions.agenda import AboutActivity
from ..actions.houses import AboutHouse
from ..kinds import HOUSE_KINDS, WHEELCHAIR
from .fields import MAY_BE_EMPTY, TOO_LONG, long_text, short_text


class HouseForm(EditForm):
    """What is said of a house."""

    name = short_text(lazy_gettext("What is the house called?"), 120, lazy_gettext("Say what the house is called."))
    kind = SelectField(lazy_gettext("What kind of house is it?"), choices=lambda: sayable(HOUSE_KINDS))
    address = short_text(
        lazy_gettext("Address"),
        200,
        lazy_gettext("Fill in the address."),
        lazy_gettext("Street and number. For example: Havenstraat 12."),
    )
    wijk = SelectField(lazy_gettext("In which wijk?"), validators=[InputRequired(lazy_gettext("Choose a wijk."))])
    wheelchair = RadioField(
        lazy_gettext("Can one come in with a wheelchair?"),
        choices=lambda: sayable(WHEELCHAIR),
        validators=[InputRequired(lazy_gettext("Choose what is true."))],
    )
    wheelchair_words = short_text(
        lazy_gettext("More about coming in"),
        300,
        description=lazy_gettext("For example: the lift is at the back. You may leave this empty."),
    )
    opening = long_text(
        lazy_gettext("When is it open?"), lazy_gettext("For example: Monday to Friday from 9 to 17."), most=1000
    )
    website = StringField(
        lazy_gettext("Website"),
        description=MAY_BE_EMPTY,
        validators=[Optional(), Length(max=200, message=TOO_LONG), WEB_ADDRESS],
    )
    organisation = SelectField(
        lazy_gettext("Who runs it?"),
        description=lazy_gettext("Who speaks for this organisation keeps the agenda of the house."),
        validators=[Optional()],
    )

    def offer(self, wijken: Mapping[str, str], organisations: Mapping[str, str]) -> HouseForm:
        """Offer the wijken and the organisations."""
        self.wijk.choices = offered(wijken)
        self.organisation.choices = offered({"": lazy_gettext("Nobody on this site")} | dict(organisations))
        return self

    @property
    def about(self) -> AboutHouse:
        """What was filled in."""
        return AboutHouse(
            name=self.name.data,
            kind=self.kind.data,
            address=self.address.data,
            wijk_code=self.wijk.data,
            wheelchair=self.wheelchair.data,
            wheelchair_words=self.wheelchair_words.data or "",
            opening=self.opening.data or "",
            website=self.website.data or "",
            organisation_id=uuid.UUID(self.organisation.data) if self.organisation.data else None,
        )


class ActivityForm(EditForm):
    """An activity in a house."""

    title = short_text(
        lazy_gettext("What is it called?"),
        120,
        lazy_gettext("Say what it is called."),
        lazy_gettext("A few words. For example: Drinking coffee together."),
    )
    what = long_text(lazy_gettext("What will you do?"), needed=lazy_gettext("Say what you will do."))
    day = DateField(lazy_gettext("On which day?"), validators=[InputRequired(lazy_gettext("Fill in the day."))])
    starts = TimeField(
        lazy_gettext("From what time?"), validators=[InputRequired(lazy_gettext("Fill in when it begins."))]
    )
    ends = TimeField(
        lazy_gettext("Until what time?"), validators=[InputRequired(lazy_gettext("Fill in when it ends."))]
    )
    is_weekly = BooleanField(lazy_gettext("Every week on this day"))
    until = DateField(
        lazy_gettext("Until and including which day?"),
        description=lazy_gettext("Only for every week. Does it go on? Then leave this empty."),
        validators=[Optional()],
    )
    for_whom = short_text(
        lazy_gettext("For whom is it?"), 200, description=lazy_gettext("For example: for everybody from 60.")
    )
    cost_cents = EurosField(
        lazy_gettext("What does it cost, in euros?"),
        description=lazy_gettext("Is it free? Then leave this empty."),
        validators=[Optional()],
    )
    sign_up = short_text(
        lazy_gettext("How does one sign up?"),
        300,
        description=lazy_gettext("Everybody reads this. For example: you need not, just come in."),
    )

    @property
    def about(self) -> AboutActivity:
        """What was filled in."""
        return AboutActivity(
            title=self.title.data,
            what=self.what.data,
            day=self.day.data,
            starts=self.starts.data,
            ends=self.ends.data,
            is_weekly=self.is_weekly.data,
            until=self.until.data,
            for_whom=self.for_whom.data or "",
            cost_cents=self.cost_cents.data or 0,
            sign_up=self.sign_up.data or "",
            **self.where,
        )

    @property
    def where(self) -> dict[str, Any]:
        """Where it is; an activity of a house is in that house."""
        return {}


class GroupActivityForm(ActivityForm):
    """What an initiative does, in a house of the wijk or elsewhere."""

    house = SelectField(lazy_gettext("In which house?"), validators=[Optional()])
    place = short_text(
        lazy_gettext("Where is it?"),
        200,
        description=lazy_gettext("Only when it is not in a house of the list. Do not fill in a home address."),
    )
    wijk = SelectField(lazy_gettext("In which wijk?"), validators=[Optional()])

    def offer(self, houses: Mapping[str, str], wijken: Mapping[str, str]) -> GroupActivityForm:
        """Offer the houses and the wijken."""
        self.house.choices = offered({"": lazy_gettext("Somewhere else")} | dict(houses))
        self.wijk.choices = offered(wijken)
        return self

    @property
    def where(self) -> dict[str, Any]:
        """Where it is; who chose a house does not need a place."""
        if self.house.data:
            return {"house_id": uuid.UUID(self.house.data)}
        return {"place": self.place.data or "", "wijk_code": self.wijk.data or ""}


class CallOffForm(OnceForm):
    """Which day is called off, and why."""

    day = SelectField(lazy_gettext("Which day?"), validators=[InputRequired(lazy_gettext("Choose a day."))])
    reason = short_text(
        lazy_gettext("Why is it called off?"),
        300,
        lazy_gettext("Say why it is called off."),
        lazy_gettext("Everybody reads this. For example: the cook is ill."),
    )

    def offer(self, days: Mapping[date, str]) -> CallOffForm:
        """Offer the days to come."""
        self.day.choices = offered({day.isoformat(): words for day, words in days.items()})
        return self

    @property
    def day_chosen(self) -> date:
        """The day that was chosen."""
        return date.fromisoformat(self.day.data)
