"""What the invented people say to each other about a plan."""

from __future__ import annotations

from collections.abc import Mapping

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.queries import active_roles
from buurtbegroting.blueprints.conversations.actions import moderating, talking
from buurtbegroting.blueprints.conversations.models import Comment, Stance
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.civic.actors import Actor


def fill_talk(plan: Proposal, people: Mapping[str, Person]) -> None:
    """Let residents and an official talk about a plan, with something for who moderates."""
    fatima, gerrit, noor = (_actor(people[name]) for name in ("Fatima", "Gerrit de Vries", "Noor"))
    sanne, ine = _actor(people["Sanne Bakker"]), _actor(people["Ine Smit"])
    question = _published(ine, _say(gerrit, plan, Stance.QUESTION, "Is het er ook open in de winter?"))
    _say(sanne, plan, Stance.NEUTRAL, "Ja, van november tot maart op dinsdag en donderdag.", question, "Team wijken")
    idea = _published(
        ine,
        _say(
            fatima,
            plan,
            Stance.FOR,
            "Wat een goed plan. Mijn buurvrouw eet elke dag alleen.\n\nIk wil best een keer in de week koken.",
        ),
    )
    talking.second(gerrit, idea)
    against = _say(gerrit, plan, Stance.AGAINST, "Er is al een eettafel in het buurthuis. Doe het samen met hen.")
    talking.report_abuse(fatima, against, "Dit klopt niet: die eettafel is gestopt.")
    named = _say(fatima, plan, Stance.NEUTRAL, "Vraag het aan mevrouw De Wit op nummer 12, die weet er alles van.")
    moderating.hide_comment(ine, named, "U noemt iemand met naam en adres. Zeg het zonder naam.")
    _say(noor, plan, Stance.FOR, "Mogen kinderen ook mee-eten?")


def _actor(person: Person) -> Actor:
    return Actor(id=str(person.id), roles=active_roles(person))


def _say(
    actor: Actor, plan: Proposal, stance: Stance, body: str, answers: Comment | None = None, department: str = ""
) -> Comment:
    return talking.say_something(actor, plan.thread, talking.Said(stance, body, "nl", answers), department)


def _published(moderator: Actor, comment: Comment) -> Comment:
    return moderating.show_comment(moderator, comment)
