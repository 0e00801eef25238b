"""What residents of the invented municipality set up themselves, and what the municipality said to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.queries import active_roles
from buurtbegroting.blueprints.grants import actions as grants
from buurtbegroting.blueprints.grants import queries as grants_queries
from buurtbegroting.blueprints.initiatives import queries
from buurtbegroting.blueprints.initiatives.actions import answering, members, writing
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.initiatives.states import Stage
from buurtbegroting.blueprints.rounds.queries import themes
from buurtbegroting.civic.actors import Actor
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db

# Title, what, wijk, theme, stage, what they ask, where they meet.
_TOLD = (
    (
        "Eettafel De Haven",
        "Elke vrijdag koken wij met buren voor wie alleen eet. Iedereen schuift aan. U betaalt wat u kunt.",
        "WK999901",
        "meeting",
        Stage.ACTIVE,
        "Wij zoeken een keuken voor de vrijdag. Onze eigen keuken is te klein geworden.",
        "Buurthuis De Haven",
    ),
    (
        "Repaircafé Zuid",
        "Wij maken spullen die stuk zijn. U krijgt koffie en leert hoe u het zelf doet.",
        "WK999902",
        "meeting",
        Stage.INDEPENDENT,
        "",
        "Bibliotheek",
    ),
    (
        "Moestuin aan de Dijk",
        "Van het lege veld bij de dijk maken wij een tuin voor de hele straat.",
        "WK999903",
        "green",
        Stage.STARTING,
        "Mogen wij het veld gebruiken? En is er ergens water?",
        "",
    ),
    (
        "Samen naar buiten",
        "Een keer in de week wandelen wij met wie anders niet buiten komt. Wij zijn met z'n tweeën begonnen.",
        "WK999901",
        "sport",
        Stage.IDEA,
        "Wie kent mensen die mee willen?",
        "",
    ),
    (
        "Vuurtje op het plein",
        "Met oud en nieuw een vuur op het plein, onder toezicht.",
        "WK999902",
        "safety",
        Stage.IDEA,
        "Mag dat?",
        "",
    ),
    (
        "Speelgoedruil",
        "Wij ruilden twee jaar lang speelgoed. De kinderen zijn nu groot.",
        "WK999903",
        "generic",
        Stage.ENDED,
        "",
        "",
    ),
)


def fill_initiatives(people: Mapping[str, Person]) -> None:
    """Register initiatives in every stage, and answer some of them."""
    fatima, gerrit, noor, sanne = (
        _actor(people[name]) for name in ("Fatima", "Gerrit de Vries", "Noor", "Sanne Bakker")
    )
    leads = (fatima, gerrit, fatima, gerrit, gerrit, fatima)
    pictures = {each.picture: each.id for each in themes()}
    made = []
    for lead, (title, what, wijk, theme, stage, asks, place) in zip(leads, _TOLD, strict=True):
        about = writing.About(title, what, wijk, pictures.get(theme), place)
        made.append(writing.register(lead, about, stage, asks, "nl"))
    table, repair, garden, walks, fire, _ = (_whole(each) for each in made)
    _join(table, fatima, gerrit, "kok")
    _join(_whole(table), fatima, noor, "dekt de tafels")
    _tell(table, fatima)
    today = clock.local_day(clock.now(db.session()))
    fixed = writing.Happened(today - timedelta(days=12), "Dertig apparaten gemaakt", "", 45, 60)
    writing.tell(gerrit, _whole(repair), fixed)
    for each in (table, garden):
        answering.give_contact(sanne, _whole(each), str(sanne.id), "Wijkmanager")
    answering.write_note(fatima, _whole(table), "Wij hebben nu 30 mensen op een vrijdag.", "Fatima")
    answering.write_note(sanne, _whole(table), "Ik ga met u kijken in de sporthal.", "Wijkmanager")
    answering.refer(sanne, _whole(table), "Vastgoed", "Is de keuken van de sporthal vrij op vrijdag?")
    answering.note_outcome(sanne, _whole(table).referrals[0], "Ja, van 15 tot 21 uur.")
    if_clean = answering.Answer("yes-if", "Graag!", "Haal een sleutel op.", "Beheer sporthal")
    answering.answer(sanne, _whole(table), if_clean, "Team wijken")
    answering.answer(sanne, _whole(garden), answering.Answer("yes", "U krijgt het veld voor drie jaar."), "Groen")
    not_safe = answering.Answer("no", "Het plein is te klein voor een vuur.", ground="safety", route="contact")
    answering.answer(sanne, _whole(fire), not_safe, "Veiligheid")
    answering.tell_again(gerrit, _whole(fire))
    _fill_grants(sanne, fatima, _whole(garden), _whole(table))
    answering.refer(sanne, _whole(walks), "Welzijn Waterveld", "Kent u mensen die mee willen wandelen?")


def _fill_grants(official: Actor, lead: Actor, garden: Initiative, table: Initiative) -> None:
    """Give one seed grant, of which the group told what came, and let another wait."""
    pots = [each for each in grants_queries.possible_pots() if each.round.rulebook.decision_form == "jury"]
    if not pots:
        return
    text = grants.FundText(
        "Startgeld van de wijk", "Voor wie begint met iets voor de buurt. Niet voor eten en drank alleen.", 750_00
    )
    fund = grants.make_fund(official, pots[0], text)
    pans = grants.Asked(400_00, "Pannen: € 250. Borden: € 150.", "Elke vrijdag dertig mensen aan tafel.")
    grant = grants.ask_grant(lead, table, fund, pans)
    grants.decide_grant(official, grant, 400_00, "Een goed begin voor de hele wijk.", "Team wijken")
    grants.pay_grant(official, grant, grant.asked_on)
    came = grants.Came("Elke vrijdag komen er 24 tot 31 mensen. De borden waren te weinig.", 8, would_do_again=True)
    grants.tell_of_grant(lead, grant, came)
    tools = grants.Asked(600_00, "Spades, harken en een waterton.", "Twintig gezinnen met een eigen stukje tuin.")
    grants.ask_grant(lead, garden, fund, tools)


def _actor(person: Person) -> Actor:
    return Actor(id=str(person.id), roles=active_roles(person))


def _whole(initiative: Initiative) -> Initiative:
    found = queries.initiative_by_id(initiative.id)
    if found is None:
        raise LookupError(initiative.number)
    return found


def _join(initiative: Initiative, lead: Actor, who: Actor, part: str) -> None:
    token = crypto.new_token()
    members.invite(lead, initiative, token)
    members.join(who, initiative, token, part)


def _tell(table: Initiative, fatima: Actor) -> None:
    today = clock.local_day(clock.now(db.session()))
    for weeks, title, people, hours in ((1, "Vol huis", 31, 26), (3, "De eerste keer met soep", 24, 20)):
        happened = writing.Happened(today - timedelta(weeks=weeks), title, "Het was gezellig.", people, hours)
        writing.tell(fatima, _whole(table), happened)
